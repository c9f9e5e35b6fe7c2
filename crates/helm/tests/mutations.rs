//! What the fuzzers ask, of a small corpus that is changed here and there: nothing that is read from outside panics or runs on.

#[path = "../../../fuzz/src/targets.rs"]
mod targets;

/// A small generator, so that a failure repeats.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }
}

/// Pieces that mean something to one of the readers.
const PIECES: &[&[u8]] = &[
    b"{{",
    b"}}",
    b"{{-",
    b"end",
    b"range",
    b"(",
    b")",
    b"|",
    b":=",
    b"$",
    b".",
    b"\"",
    b"`",
    b"/*",
    b"0x",
    b"1e9",
    b": ",
    b"- ",
    b"\n",
    b"\t",
    b"  ",
    b"&a ",
    b"*a",
    b"<<: ",
    b"!!str ",
    b"? ",
    b"|+\n",
    b">-\n",
    b"---\n",
    b"...",
    b"#",
    b"[",
    b"]",
    b"{",
    b"}",
    b"'",
    b",",
    b"=",
    b"\\",
    b"[0]",
    b"null",
    b"\0",
    b"\xff",
    b"\xe2\x82",
    b"\xef\xbb\xbf",
    b"%",
    b"99999999999999999999",
];

/// How often each text of the corpus is changed.
const ROUNDS: usize = 150;

fn check(corpus: &[&[u8]], target: fn(&[u8])) {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for text in corpus {
        target(text);
        for _ in 0..ROUNDS {
            let mut changed = text.to_vec();
            for _ in 0..=dice.roll(4) {
                let (from, to) = (dice.roll(changed.len() + 1), dice.roll(changed.len() + 1));
                let range = from.min(to)..from.max(to).min(from.min(to) + dice.roll(9));
                match dice.roll(4) {
                    0 => drop(changed.drain(range)),
                    1 => drop(changed.splice(range, PIECES[dice.roll(PIECES.len())].iter().copied())),
                    2 => {
                        let copy = changed[range].to_vec();
                        drop(changed.splice(from..from, copy));
                    }
                    _ => {
                        if let Some(byte) = changed.get_mut(from) {
                            *byte ^= 1 << dice.roll(8);
                        }
                    }
                }
            }
            target(&changed);
        }
    }
}

const TEMPLATES: &[&[u8]] = &[
    b"a: {{ .Values.s | quote }}\n{{- range $i, $x := .Values.l }}\n- {{ $i }}: {{ $x | toYaml | nindent 2 }}{{ else }}none{{ end }}\n",
    b"{{ define \"h\" }}{{ $x := 1.5e3 }}{{ with .m }}{{ .x }}{{ end }}{{ end }}{{ include \"h\" .Values | trim }}{{ tpl \"{{ .s }}\" .Values }}",
    b"{{/* c */}}{{ if and (eq 1 2) (not .Values.b) }}a{{ else if or .Values.s 'x' }}{{ printf \"%05.2f|%-5s\" 1.5 `raw` }}{{ break }}{{ end }}",
];

#[test]
fn actions() {
    let actions: Vec<&[u8]> =
        TEMPLATES.iter().flat_map(|text| text.split(|byte| matches!(byte, b'{' | b'}'))).filter(|text| text.len() > 3).collect();
    check(&actions, targets::lexer);
}

#[test]
fn templates() {
    check(TEMPLATES, targets::parser);
}

#[test]
fn documents() {
    let documents: &[&[u8]] = &[
        b"a: &a {b: [1, 2.5, ~, yes], 'c d': \"\\u00e9\\n\"}\ne: *a\n<<: *a\n",
        b"# c\na: |+2\n    x\n\n  y\nb: >-\n  f\n  g\n? [k, l]\n: - m\n  - n: 0o17\n---\n!!binary aGk=\n...\n",
        b"- 1_000\n- 0x1F\n- 2001-01-01\n- .inf\n- !!str 1\n- - - a\n- {? b, c: }\n",
    ];
    check(documents, targets::yaml);
}

#[test]
fn set_lines() {
    let lines: &[&[u8]] =
        &[b"a.b[1].c={x,y,{z}},d=null,e\\.f=1", b"a={\"b\":[1,2.5e3,\"\\u00e9\"]},c=[]", b"a[0][1]=x,a[0]=1e3,b=,c=true,d.e={}"];
    check(lines, targets::set);
}

#[cfg(feature = "archives")]
#[test]
fn archives() {
    let entry = |name: &str, kind: u8, text: &[u8]| {
        let mut block = vec![0u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", text.len()).as_bytes());
        block[156] = kind;
        block[257..263].copy_from_slice(b"ustar\0");
        block.extend_from_slice(text);
        block.resize(block.len().next_multiple_of(512), 0);
        block
    };
    let tar = [
        entry("c/Chart.yaml", b'0', b"apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        entry("c/values.yaml", b'0', b"a: 1\n"),
        entry("x", b'x', b"20 path=c/templates\n"),
        entry("c/templates/a.yaml", b'0', b"a: {{ .Values.a }}\n"),
        entry("c/link", b'2', b""),
    ]
    .concat();
    check(&[&tar], targets::archive);
}

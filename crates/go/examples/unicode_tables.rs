//! Makes `src/unicode/tables.rs`: where Go's view of a code point differs from that of Rust's standard library.
//!
//! `go run crates/go/tools/unicode.go | cargo run -p chartwright-go --example unicode_tables > crates/go/src/unicode/tables.rs`

use std::io::Read;

struct Point {
    flags: u32,
    upper: u32,
    lower: u32,
    title: u32,
}

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let word = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let points: Vec<Point> = (0..bytes.len() / 16)
        .map(|i| Point { flags: word(16 * i), upper: word(16 * i + 4), lower: word(16 * i + 8), title: word(16 * i + 12) })
        .collect();
    println!("//! Made by `examples/unicode_tables.rs`; not to be edited.\n");
    let flag = |bit: u32| points.iter().map(|p| p.flags >> bit & 1 == 1).collect::<Vec<bool>>();
    let rust = |test: fn(char) -> bool| (0..points.len() as u32).map(|c| char::from_u32(c).is_some_and(test)).collect::<Vec<bool>>();
    let none = vec![false; points.len()];
    table("PRINTABLE", "What `strconv.IsPrint` accepts.", &flag(0), &none);
    table("LETTER", "Where `unicode.IsLetter` differs from `char::is_alphabetic`.", &flag(1), &rust(char::is_alphabetic));
    table("UPPER", "Where `unicode.IsUpper` differs from `char::is_uppercase`.", &flag(2), &rust(char::is_uppercase));
    table("LOWER", "Where `unicode.IsLower` differs from `char::is_lowercase`.", &flag(3), &rust(char::is_lowercase));
    table("TITLE", "What `unicode.IsTitle` accepts.", &flag(4), &none);
    table("PUNCTUATION", "What `unicode.IsPunct` accepts.", &flag(5), &none);
    table("NUMBER", "Where `unicode.IsNumber` differs from `char::is_numeric`.", &flag(6), &rust(char::is_numeric));
    table("SPACE", "Where `unicode.IsSpace` differs from `char::is_whitespace`.", &flag(7), &rust(char::is_whitespace));
    let single = |mut mapped: Box<dyn Iterator<Item = char>>, c: char| match (mapped.next(), mapped.next()) {
        (Some(one), None) => one as u32,
        _ => c as u32,
    };
    let mut cases = [Vec::new(), Vec::new(), Vec::new()];
    for (code, point) in points.iter().enumerate() {
        let Some(c) = char::from_u32(code as u32) else {
            continue;
        };
        if single(Box::new(c.to_uppercase()), c) != point.upper {
            cases[0].push((code as u32, point.upper));
        }
        if single(Box::new(c.to_lowercase()), c) != point.lower {
            cases[1].push((code as u32, point.lower));
        }
        if point.title != point.upper {
            cases[2].push((code as u32, point.title));
        }
    }
    let names = [
        ("TO_UPPER", "Where `unicode.ToUpper` differs from `char::to_uppercase` (a longer mapping counts as none)."),
        ("TO_LOWER", "Where `unicode.ToLower` differs from `char::to_lowercase` (a longer mapping counts as none)."),
        ("TO_TITLE", "Where `unicode.ToTitle` differs from `unicode.ToUpper`."),
    ];
    for ((name, doc), pairs) in names.iter().zip(cases) {
        println!("/// {doc} First code point, last, and the first's mapping.\npub(super) const {name}: &[(u32, u32, u32)] = &[");
        let mut at = 0;
        while at < pairs.len() {
            let mut end = at;
            while end + 1 < pairs.len() && pairs[end + 1].0 == pairs[end].0 + 1 && pairs[end + 1].1 == pairs[end].1 + 1 {
                end += 1;
            }
            println!("    ({:#x}, {:#x}, {:#x}),", pairs[at].0, pairs[end].0, pairs[at].1);
            at = end + 1;
        }
        println!("];\n");
    }
    Ok(())
}

/// Prints the ranges of code points in which two views differ, those of the first plane in half the room.
fn table(name: &str, doc: &str, go: &[bool], rust: &[bool]) {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for code in 0..go.len() {
        if go[code] == rust[code] {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.1 + 1 == code && code != 0x10000 => last.1 = code,
            _ => ranges.push((code, code)),
        }
    }
    let print = |suffix: &str, ty: &str, part: &[(usize, usize)]| {
        println!("/// {doc}\n#[rustfmt::skip]\npub(super) const {name}_{suffix}: &[({ty}, {ty})] = &[");
        for row in part.chunks(8) {
            println!("    {}", row.iter().map(|r| format!("({:#x}, {:#x}),", r.0, r.1)).collect::<Vec<_>>().join(" "));
        }
        println!("];\n");
    };
    let split = ranges.iter().position(|r| r.0 > 0xFFFF).unwrap_or(ranges.len());
    print("LOW", "u16", &ranges[..split]);
    print("HIGH", "u32", &ranges[split..]);
}

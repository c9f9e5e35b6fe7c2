//! An edit re-executes only the files that read what it changed, and gives what a full render gives: random edits of the shipped charts,
//! and of one that is hard to follow.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use chartwright_helm::{Chart, Engine, HelmVersion, RenderError, Rendered, Request, SourceFile, ValuesLayer};
use chartwright_template::NoHost;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A chart's folder, with the charts that its `file://` dependencies name.
fn chart(folder: &Path) -> Chart {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.push(SourceFile { path: name, bytes: std::fs::read(&path).unwrap() });
            }
        }
    }
    let mut loaded = Chart::load(files).unwrap();
    for dependency in loaded.metadata().dependencies.clone() {
        if let Some(path) = dependency.repository.strip_prefix("file://") {
            loaded.add_dependency(chart(&folder.join(path)));
        }
    }
    loaded
}

fn hard() -> Chart {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    Chart::load(vec![
        file("Chart.yaml", "apiVersion: v2\nname: hard\nversion: 0.1.0\ndependencies: [{name: sub, version: 0.1.0, condition: sub.use}]\n"),
        file("values.yaml", "a: 1\nb: {c: x, d: {e: f}}\nlist: [1, 2]\ntext: \"{{ .Values.b.c }}\"\nglobal: {g: 1, h: {i: 2}}\nsub: {use: true, s: 1}\nmap: {k: v}\n"),
        file("templates/_h.tpl", "{{ define \"h\" }}{{ .Values.b.c }}-{{ .Values.b.d.e | default .Values.a }}{{ end }}"),
        file("templates/a.yaml", "a: {{ include \"h\" . | quote }}\nn: {{ len .Values.list }}\n"),
        file("templates/b.yaml", "b: {{ tpl .Values.text . | quote }}\n{{- range $k, $v := .Values.map }}\nk{{ $k }}: {{ $v | toJson }}\n{{- end }}\n"),
        file("templates/c.yaml", "c: {{ index .Values \"b\" \"c\" | toJson }}\nd: {{ dig \"d\" \"e\" \"none\" .Values.b | toJson }}\nh: {{ hasKey .Values \"later\" }}\n"),
        file("templates/d.yaml", "{{- with .Values.b }}\nd: {{ toYaml .d | nindent 2 }}\n{{- end }}\nm: {{ toJson (merge (dict \"z\" 1) .Values.map) }}\n"),
        file("templates/e.yaml", "l: {{ toJson .Values.list }}\nsum: {{ .Values | toJson | sha256sum | trunc 8 }}\n"),
        file("templates/NOTES.txt", "Notes of {{ .Values.a }}.\n"),
        file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
        file("charts/sub/values.yaml", "s: 0\nt: 2\nglobal: {own: 3}\n"),
        file("charts/sub/templates/a.yaml", "s: {{ .Values.s | toJson }}\ng: {{ .Values.global.g | toJson }}\ni: {{ (.Values.global.h).i | toJson }}\no: {{ .Values.global.own | toJson }}\n"),
    ])
    .unwrap()
}

/// Steele and Vigna's splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// The paths of the defaults as `--set-json` takes them, and some that are not there.
fn paths(chart: &Chart) -> Vec<String> {
    let tree = chartwright_yaml::Tree::parse(chart.values_text()).unwrap();
    let mut found = vec!["later".to_owned(), "sub.later".to_owned(), "global.later".to_owned()];
    let mut pending = vec![(tree.root(), String::new())];
    while let Some((node, above)) = pending.pop() {
        for &(key, value) in tree.pairs(node) {
            let key = tree.key_text(key).replace('.', "\\.");
            let path = if above.is_empty() { key } else { format!("{above}.{key}") };
            found.push(path.clone());
            pending.push((value, path));
        }
    }
    found.sort();
    found
}

const VALUES: &[&str] = &[
    "1",
    "2",
    "0",
    "true",
    "false",
    "null",
    "\"x\"",
    "\"\"",
    "{}",
    "[]",
    "{\"k\":\"v\"}",
    "[\"a\"]",
    "[1,2,3]",
    "\"{{ .Release.Name }}\"",
];

fn told(result: &Result<Rendered, RenderError>) -> String {
    match result {
        Ok(rendered) => format!("{}{:?}{:?}", rendered.manifest(), rendered.notes, rendered.warnings),
        Err(error) => format!("{}{:?}", error.message, error.outputs),
    }
}

/// What each line is told to have come from.
fn traces(engine: &Engine, rendered: &Rendered) -> Vec<String> {
    let trace = engine.trace().unwrap();
    let mut all = Vec::new();
    for document in &rendered.documents {
        let mut start = 0;
        for line in document.content.split('\n') {
            let told = trace.range(document, start..start + line.len()).unwrap();
            let steps = |paths: &[chartwright_helm::PathId]| {
                let mut all: Vec<_> = paths.iter().map(|path| trace.steps(*path)).collect();
                all.sort();
                all
            };
            all.push(format!("{line} {:?} {:?} {:?}", told.site, steps(&told.origins), steps(&told.conditions)));
            start += line.len() + 1;
        }
    }
    all
}

#[track_caller]
fn check(chart: Chart, seed: u64, edits: usize) {
    let paths = paths(&chart);
    let chart = std::sync::Arc::new(chart);
    let mut engine = Engine::compile(std::sync::Arc::clone(&chart), HelmVersion::V4).unwrap();
    let mut random = Random(seed);
    let mut lines: Vec<String> = Vec::new();
    let (mut renders, mut kept) = (0, 0);
    for _ in 0..edits {
        if random.below(4) == 0 {
            lines.pop();
        } else {
            let value = VALUES[random.below(VALUES.len())];
            lines.push(format!("{}={value}", paths[random.below(paths.len())]));
        }
        // So that most renders succeed.
        if lines.len() > 3 {
            lines.remove(0);
        }
        let layers: Vec<ValuesLayer<'_>> = lines.iter().map(|line| ValuesLayer::SetJson(line)).collect();
        let mut request = Request::new("r", "default");
        request.values = &layers;
        request.trace = true;
        request.skip_schema_validation = true;
        let edited = engine.render(&request, &mut NoHost);
        let mut fresh = Engine::compile(std::sync::Arc::clone(&chart), HelmVersion::V4).unwrap();
        let full = fresh.render(&request, &mut NoHost);
        assert_eq!(told(&edited), told(&full), "{lines:?}");
        if let (Ok(edited), Ok(full)) = (&edited, &full) {
            assert_eq!(traces(&engine, edited), traces(&fresh, full), "{lines:?}");
            renders += 1;
            kept += usize::from(engine.executed() < fresh.executed());
        }
    }
    assert!(renders > edits / 4 && kept > renders / 4, "{renders} of {edits} edits rendered, {kept} of them in part");
}

#[test]
fn shipped_charts() {
    for (seed, name) in
        ["infrastructure/kaggle-data-pvc", "applications/kaggle-data-api", "applications/fetch-kaggle-job"].iter().enumerate()
    {
        check(chart(&root().join("charts").join(name)), seed as u64, 25);
    }
}

#[test]
fn a_chart_that_is_hard_to_follow() {
    for seed in 10..14 {
        check(hard(), seed, 100);
    }
}

#[test]
fn an_edit_executes_what_reads_it_alone() {
    let mut engine = Engine::compile(hard(), HelmVersion::V4).unwrap();
    let mut render = |line: &str| {
        let layers = [ValuesLayer::SetJson(line)];
        let mut request = Request::new("r", "default");
        request.values = &layers;
        request.trace = true;
        engine.render(&request, &mut NoHost).unwrap();
        engine.executed()
    };
    // All seven files; nothing; those that read `sub.s`: the subchart's file, and the one that reads all values.
    assert_eq!([render("sub.s=2"), render("sub.s=2"), render("sub.s=3")], [7, 0, 2]);
}

#[test]
fn notes_of_a_render_that_failed_are_not_kept() {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let chart = Chart::load(vec![
        file("Chart.yaml", "apiVersion: v2\nname: notes\nversion: 0.1.0\n"),
        file("values.yaml", "size: 5Gi\n"),
        // Notes are taken over before the manifests, whose names come later.
        file("templates/NOTES.txt", "It asks for {{ .Values.size }}.\n"),
        file("templates/claim.yaml", "size: {{ .Values.size }}\n"),
    ]);
    let mut engine = Engine::compile(std::sync::Arc::new(chart.unwrap()), HelmVersion::V4).unwrap();
    let mut notes_with = |given: &[ValuesLayer<'_>]| {
        let mut request = Request::new("r", "default");
        request.values = given;
        request.trace = true;
        engine.render(&request, &mut NoHost).map(|rendered| rendered.notes.unwrap())
    };
    assert_eq!(notes_with(&[]).unwrap(), "It asks for 5Gi.\n");
    notes_with(&[ValuesLayer::SetJson("size=\"{{ no }}\"")]).unwrap_err();
    assert_eq!(notes_with(&[]).unwrap(), "It asks for 5Gi.\n");
}

//! What a traced render tells beyond what `explain` prints: what was read, and what was not reached.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use chartwright_helm::{Chart, Engine, HelmVersion, PathId, Request, SourceFile, Step, Trace, ValuesLayer};
use chartwright_template::NoHost;

fn engine(files: &[(&str, &str)]) -> Engine {
    let files = files.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() });
    let chart = Chart::load(files.chain([SourceFile { path: "Chart.yaml".to_owned(), bytes: CHART.into() }]).collect()).unwrap();
    Engine::compile(chart, HelmVersion::V4).unwrap()
}

const CHART: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

fn render<'e>(engine: &'e mut Engine, values: &str) -> Trace<'e> {
    let layers = [ValuesLayer::File { name: "mine.yaml", text: values }];
    let mut request = Request::new("r", "default");
    request.values = &layers;
    request.trace = true;
    engine.render(&request, &mut NoHost).unwrap();
    engine.trace().unwrap()
}

fn dotted(trace: &Trace<'_>, paths: &[PathId]) -> Vec<String> {
    let text = |step: Step| match step {
        Step::Key(key) => String::from_utf8_lossy(&key).into_owned(),
        Step::Item(item) => item.to_string(),
    };
    let mut all: Vec<String> = paths.iter().map(|path| trace.steps(*path).into_iter().map(text).collect::<Vec<_>>().join(".")).collect();
    all.sort();
    all
}

#[test]
fn lines_that_no_branch_led_to_are_told() {
    let template = concat!(
        "a: 1\n{{- if .Values.b }}\nb: 1\n{{- if .Values.c }}\nc: 1\n{{- end }}\n{{- else }}\nno: b\n{{- end }}\n",
        "{{- range .Values.list }}\nl{{ . }}: 1\n{{- end }}\n",
    );
    let helpers = "{{ define \"used\" }}\nx\n{{ end }}\n{{ define \"unused\" }}\ny: {{ .Values.y | quote }}\nz: 1\n{{ end }}";
    let use_it = "# {{ include \"used\" . | trim }}\n";
    let mut engine = engine(&[
        ("templates/a.yaml", template),
        ("templates/_h.tpl", helpers),
        ("templates/b.yaml", use_it),
        ("values.yaml", "b: false\n"),
    ]);
    let told = |trace: Trace<'_>| -> Vec<String> {
        trace
            .unreached()
            .into_iter()
            .map(|lines| format!("{}:{}-{}", &lines.file["c/templates/".len()..], lines.first, lines.last))
            .collect()
    };
    assert_eq!(told(render(&mut engine, "")), ["_h.tpl:5-6", "a.yaml:3-5", "a.yaml:11-11"]);
    assert_eq!(told(render(&mut engine, "b: true\nlist: [1]")), ["_h.tpl:5-6", "a.yaml:5-5", "a.yaml:8-8"]);
}

#[test]
fn what_a_file_read_is_told_exactly_by_presence_or_deeply() {
    let template = "a: {{ .Values.m.a }}\n{{ if .Values.n }}x: 1{{ end }}\nq: {{ .Values.none }}\n{{ toYaml .Values.deep }}\n";
    let mut engine = engine(&[("templates/a.yaml", template), ("values.yaml", "m: {a: 1, b: 2}\nn: {}\ndeep: {x: {z: 1}}\n")]);
    let trace = render(&mut engine, "");
    let reads = trace.reads("c/templates/a.yaml").unwrap();
    assert_eq!(dotted(&trace, &reads.touched), ["deep", "m.a", "n", "none"]);
    assert_eq!(dotted(&trace, &reads.deep), ["deep"]);
    assert!(!reads.writes);
}

#[test]
fn a_file_that_changes_what_others_see_is_told() {
    let files = [("templates/a.yaml", "{{ $_ := set .Values \"a\" 2 }}a: 1"), ("templates/b.yaml", "{{ $_ := set (dict) \"a\" 2 }}b: 1")];
    let mut engine = engine(&files);
    let trace = render(&mut engine, "");
    assert!(trace.reads("c/templates/a.yaml").unwrap().writes);
    assert!(!trace.reads("c/templates/b.yaml").unwrap().writes);
}

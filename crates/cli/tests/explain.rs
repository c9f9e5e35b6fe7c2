//! `chartwright explain`: each case is a chart, and for lines of its output the template line, the values and the conditions that it tells.
//! That nothing is missing is held by `make trace-check`, against what real Helm makes of changed values.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Case<'a> {
    templates: &'a [(&'a str, &'a str)],
    values: &'a str,
    args: &'a [&'a str],
    /// A line, where it was written (`FILE:LINE`), its origins and its conditions.
    expected: &'a [(&'a str, &'a str, &'a str, &'a str)],
}

fn lay(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let place = std::env::temp_dir().join(format!("chartwright-explain-{}-{name}", std::process::id()));
    for (path, text) in files {
        let path = place.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    place
}

fn run(place: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_chartwright")).args(args).current_dir(place).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn path(json: &Json) -> String {
    let steps = json["path"].as_array().unwrap().iter().map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned));
    steps.collect::<Vec<_>>().join(".")
}

#[track_caller]
#[expect(clippy::panic, reason = "how a test fails")]
fn missing(text: &str, manifest: &str) -> ! {
    panic!("no line {text:?} in\n{manifest}");
}

#[track_caller]
fn check(name: &str, case: &Case<'_>) {
    let mut files = vec![("Chart.yaml", "apiVersion: v2\nname: chart\nversion: 0.1.0\n"), ("values.yaml", case.values)];
    files.extend(case.templates);
    let place = lay(name, &files);
    let args: Vec<&str> = case.args.to_vec();
    let manifest = run(&place, &[&["template", "rel", "."], &args[..]].concat());
    let told: Vec<Json> = serde_json::from_str(&run(&place, &[&["explain", "rel", ".", "--format", "json"], &args[..]].concat())).unwrap();
    std::fs::remove_dir_all(&place).unwrap();
    let lines: Vec<&str> = told.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(lines, manifest.strip_suffix('\n').unwrap_or(&manifest).split('\n').collect::<Vec<_>>(), "the lines are the output's");
    for (text, site, origins, conditions) in case.expected {
        let line = told.iter().find(|line| line["text"].as_str() == Some(text)).unwrap_or_else(|| missing(text, &manifest));
        let template = &line["template"];
        let found = format!("{}:{}", template["file"].as_str().unwrap_or("-"), template["line"]);
        let paths = |key: &str| line[key].as_array().unwrap().iter().map(path).collect::<Vec<_>>().join(" ");
        let told = (found.trim_start_matches("chart/templates/").to_owned(), paths("origins"), paths("conditions"));
        assert_eq!(told, ((*site).to_owned(), (*origins).to_owned(), (*conditions).to_owned()), "{text}");
    }
}

#[test]
fn values_branches_and_loops() {
    check(
        "branches",
        &Case {
            templates: &[(
                "templates/a.yaml",
                concat!(
                    "a: {{ .Values.a }}\n",
                    "{{- if .Values.use }}\n",
                    "b: {{ .Values.b | quote }}\n",
                    "{{- else }}\n",
                    "no: b\n",
                    "{{- end }}\n",
                    "c: {{ .Values.c | default \"x\" }}\n",
                    "d: {{ if .Values.off }}yes{{ end }}\n",
                    "list:\n",
                    "{{- range $i, $e := .Values.list }}\n",
                    "- {{ $e }}\n",
                    "{{- end }}\n",
                    "{{- range $k, $v := .Values.map }}\n",
                    "{{ $k }}: fixed\n",
                    "{{- end }}\n",
                    "last: 1\n",
                ),
            )],
            values: "a: 1\nuse: true\nb: two\nlist: [p, q]\nmap: {k: v}\n",
            args: &[],
            expected: &[
                ("a: 1", "a.yaml:1", "a", ""),
                ("b: \"two\"", "a.yaml:3", "b", "use"),
                ("c: x", "a.yaml:7", "", "c"),
                ("d: ", "a.yaml:8", "", "off"),
                ("- q", "a.yaml:11", "list.1", "list"),
                ("k: fixed", "a.yaml:14", "map.k", "map"),
                ("last: 1", "a.yaml:16", "", ""),
            ],
        },
    );
}

#[test]
fn what_a_branch_not_taken_would_have_done() {
    check(
        "untaken",
        &Case {
            templates: &[(
                "templates/a.yaml",
                concat!(
                    "{{- $x := \"\" -}}\n",
                    "{{- if .Values.a }}{{ $x = \"y\" }}{{ end -}}\n",
                    "{{- $d := dict \"k\" \"v\" \"other\" \"o\" -}}\n",
                    "{{- if .Values.b }}{{ $_ := set $d \"k\" \"w\" }}{{ end -}}\n",
                    "x: {{ $x }}.\n",
                    "k: {{ $d.k }}\n",
                    "other: {{ $d.other }}\n",
                    "list:\n",
                    "{{- range .Values.list }}\n",
                    "{{- if eq . $.Values.stop }}{{ break }}{{ end }}\n",
                    "- {{ . }}\n",
                    "{{- end }}\n",
                ),
            )],
            values: "a: false\nb: false\nlist: [p, q, r]\nstop: r\n",
            args: &[],
            expected: &[
                ("x: .", "a.yaml:5", "", "a"),
                ("k: v", "a.yaml:6", "", "b"),
                ("other: o", "a.yaml:7", "", ""),
                ("- q", "a.yaml:11", "list.1", "stop list list.0"),
            ],
        },
    );
}

#[test]
fn text_keeps_its_trace_through_functions() {
    check(
        "functions",
        &Case {
            templates: &[
                (
                    "templates/_h.tpl",
                    "{{ define \"labels\" }}\none: {{ .Values.one }}\n{{- if .Values.more }}\ntwo: {{ .Values.two }}\n{{- end }}\n{{- end }}",
                ),
                (
                    "templates/a.yaml",
                    concat!(
                        "labels:\n",
                        "  {{- include \"labels\" . | trim | nindent 2 }}\n",
                        "resources:\n",
                        "  {{- toYaml .Values.resources | nindent 2 }}\n",
                        "env:\n",
                        "  {{- tpl .Values.template . | nindent 2 }}\n",
                        "sum: {{ include \"labels\" . | sha256sum | trunc 4 }}\n",
                        "image: {{ printf \"%s:%s\" .Values.image (.Values.tag | default \"latest\") }}\n",
                        "read: {{ (fromYaml (include \"labels\" .)).two }}\n",
                        "merged: {{ (merge (dict) .Values.first .Values.second).m }}\n",
                    ),
                ),
            ],
            values: concat!(
                "one: 1\nmore: true\ntwo: 2\nresources: {limits: {cpu: 1}, requests: {cpu: 2}}\n",
                "template: \"t: {{ .Values.one }}\\nu: plain\"\nimage: app\ntag: \"\"\nfirst: {}\nsecond: {m: 3}\n",
            ),
            args: &[],
            expected: &[
                ("  one: 1", "_h.tpl:2", "one", ""),
                ("  two: 2", "_h.tpl:4", "two", "more"),
                ("  limits:", "a.yaml:4", "resources.limits", ""),
                ("    cpu: 1", "a.yaml:4", "resources.limits.cpu", ""),
                ("  t: 1", "gotpl:1", "template one", ""),
                ("  u: plain", "gotpl:2", "template", ""),
                ("image: app:latest", "a.yaml:8", "image", "tag"),
                ("read: 2", "a.yaml:9", "two", "more"),
                ("merged: 3", "a.yaml:10", "second.m", "first.m"),
            ],
        },
    );
}

#[test]
fn what_mixes_its_inputs_has_them_all_and_what_chooses_is_a_condition() {
    let template = concat!(
        "sum: {{ printf \"%s%s\" .Values.a .Values.b | sha256sum }}\n",
        "replaced: {{ .Values.a | replace \"x\" \"y\" }}\n",
        "chosen: {{ ternary .Values.a .Values.b .Values.first }}\n",
        "held: {{ (dict \"k\" (list .Values.b .Values.a)).k | join \"-\" }}\n",
        "quoted: {{ .Values.a | squote | indent 1 }}\n",
    );
    check(
        "mixes",
        &Case {
            templates: &[("templates/a.yaml", template)],
            values: "a: xa\nb: b\nfirst: true\n",
            args: &[],
            expected: &[
                ("sum: 8906bb0efdf319cfb033b78e340740dd50a8df05aca21cc1ee67af2eed186d98", "a.yaml:1", "b a", ""),
                ("replaced: ya", "a.yaml:2", "a", ""),
                ("chosen: xa", "a.yaml:3", "a", "first"),
                ("held: b-xa", "a.yaml:4", "b a", ""),
                ("quoted:  'xa'", "a.yaml:5", "a", ""),
            ],
        },
    );
}

#[test]
fn a_text_or_a_list_is_empty_only_by_what_all_its_parts_depend_on() {
    check(
        "common",
        &Case {
            templates: &[
                ("templates/_h.tpl", "{{ define \"both\" }}{{ if .Values.m.a }}a{{ end }}\n{{ if .Values.m.b }}b{{ end }}{{ end }}"),
                (
                    "templates/a.yaml",
                    concat!(
                        "{{- with include \"both\" . | trim }}\n",
                        "both: here\n",
                        "{{- end }}\n",
                        "{{- $list := list }}\n",
                        "{{- if .Values.p }}{{ $list = append $list \"p: 1\" }}{{ end }}\n",
                        "{{- if .Values.q }}{{ $list = append $list \"q: 1\" }}{{ end }}\n",
                        "{{- if .Values.r }}{{ $list = append $list \"r: 1\" }}{{ end }}\n",
                        "{{- range $list }}\n",
                        "{{ . }}\n",
                        "{{- end }}\n",
                        "length: {{ len $list }}\n",
                        "{{ join \"\\n\" $list }}.\n",
                    ),
                ),
            ],
            values: "m: {a: true, b: true}\np: true\nq: true\n",
            args: &[],
            expected: &[
                ("both: here", "a.yaml:2", "", "m"),
                ("p: 1", "a.yaml:9", "", "p"),
                ("q: 1", "a.yaml:9", "", "q"),
                ("length: 2", "a.yaml:11", "", "q p r"),
                ("q: 1.", "a.yaml:12", "", "q"),
            ],
        },
    );
}

#[test]
fn values_of_subcharts_globals_and_flags() {
    let place = lay(
        "subcharts",
        &[
            (
                "Chart.yaml",
                "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies: [{name: sub, version: 0.1.0, condition: sub.enabled}]\n",
            ),
            ("values.yaml", "global:\n  zone: eu\nsub:\n  enabled: true\n  size: 2\n"),
            ("mine.yaml", "# Larger.\nsub:\n  size: 3\n"),
            ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            ("charts/sub/values.yaml", "size: 1\nkind: small\n"),
            (
                "charts/sub/templates/a.yaml",
                "size: {{ .Values.size }}\nkind: {{ .Values.kind }}\nzone: {{ .Values.global.zone }}\nnone: {{ .Values.global.none }}\n",
            ),
        ],
    );
    let told = run(&place, &["explain", "rel", ".", "-f", "mine.yaml", "--set", "sub.kind=big"]);
    std::fs::remove_dir_all(&place).unwrap();
    let found: Vec<&str> = told.lines().map(str::trim).filter(|line| line.starts_with("value") || line.starts_with("condition")).collect();
    assert_eq!(
        found,
        [
            "value      sub.size  from mine.yaml:3, over values.yaml:5, charts/sub/values.yaml:1",
            "condition  sub.enabled  from values.yaml:4",
            "value      sub.kind  from --set, over charts/sub/values.yaml:2",
            "condition  sub.enabled  from values.yaml:4",
            "value      global.zone  from values.yaml:2",
            "condition  sub.enabled  from values.yaml:4",
            "value      global.none  not set",
            "condition  sub.enabled  from values.yaml:4",
        ]
    );
}

#[test]
fn a_charts_null_for_a_subchart_counts_where_somebody_gives_the_subchart_values() {
    let place = lay(
        "chart-nulls",
        &[
            ("Chart.yaml", "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies: [{name: sub, version: 0.1.0}]\n"),
            ("values.yaml", "sub:\n  image:\n    registry: null\n"),
            ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            ("charts/sub/values.yaml", "image:\n  registry: docker.io\n"),
            ("charts/sub/templates/a.yaml", "image: {{ .Values.image.registry }}\n"),
        ],
    );
    let told = |args: &[&str]| -> Vec<String> {
        let told = run(&place, &[&["explain", "rel", ".", "--line", "3"], args].concat());
        told.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let (template, given) = ("template chart/charts/sub/templates/a.yaml:1:1", "--set sub.other=1");
    assert_eq!(
        told(&[]),
        ["3 image: docker.io", template, "value sub.image.registry from charts/sub/values.yaml:2", "condition sub from values.yaml:1"]
    );
    assert_eq!(
        told(&given.split(' ').collect::<Vec<_>>()),
        [
            "3 image:",
            template,
            "value sub.image.registry from values.yaml:3, over charts/sub/values.yaml:2",
            "condition sub from --set, over values.yaml:1"
        ]
    );
    std::fs::remove_dir_all(&place).unwrap();
}

/// What a chart with two uses of one subchart, imports and nulls tells of its values.
#[test]
fn each_kind_of_source_is_told_with_what_it_overrode() {
    let place = lay(
        "sources",
        &[
            (
                "Chart.yaml",
                concat!(
                    "apiVersion: v2\nname: chart\nversion: 0.1.0\ndependencies:\n",
                    "- {name: sub, version: 0.1.0, import-values: [data, {child: net, parent: network}]}\n",
                    "- {name: sub, version: 0.1.0, alias: second}\n",
                ),
            ),
            ("values.yaml", "top: 1\nnetwork:\n  host: parent\ngone: x\nobj: {a: 1, b: 2}\n"),
            ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            ("charts/sub/values.yaml", "exports:\n  data:\n    imported: child\nnet:\n  host: child\n  port: 80\nsize: 1\n"),
            ("charts/sub/templates/s.yaml", "size-of-{{ .Chart.Name }}: {{ .Values.size }}\n"),
            (
                "templates/a.yaml",
                concat!(
                    "top: {{ .Values.top }}\nimported: {{ .Values.imported }}\nhost: {{ .Values.network.host }}\nport: {{ .Values.network.port }}\n",
                    "gone: {{ .Values.gone | default \"d\" }}\nfile: {{ .Values.file }}\nb: {{ .Values.obj.b }}\nq: {{ index .Values.list 1 }}\n",
                    "text: {{ .Values.text }}\n",
                ),
            ),
            ("f1.yaml", "top: 2\ngone: null\nobj: {c: 3}\n"),
            ("f2.yaml", "# Two lines\n# of words.\ntop: 3\n"),
            ("file.txt", "hello"),
        ],
    );
    let flags = [
        "explain",
        "rel",
        ".",
        "-f",
        "f1.yaml",
        "-f",
        "f2.yaml",
        "--set-string",
        "top=9",
        "--set-file",
        "file=file.txt",
        "--set-json",
        "obj={\"b\":5}",
        "--set",
        "list={p,q}",
        "--set",
        "second.size=4",
        "--set-literal",
        "text=a,b",
        "--format",
        "json",
    ];
    let told: Vec<Json> = serde_json::from_str(&run(&place, &flags)).unwrap();
    std::fs::remove_dir_all(&place).unwrap();
    let written = |source: &Json| match source["line"].as_u64() {
        Some(line) => format!("{}:{line}:{}", source["source"].as_str().unwrap(), source["column"]),
        None => source["source"].as_str().unwrap_or("-").to_owned(),
    };
    let all = |line: &Json, kind: &str| -> Vec<String> {
        let paths = line[kind].as_array().unwrap().iter();
        paths
            .map(|entry| {
                let over = entry["overrides"].as_array().unwrap().iter().map(written).collect::<Vec<_>>();
                format!("{}: {} over [{}]", path(entry), written(entry), over.join(" "))
            })
            .collect()
    };
    let found: Vec<(&str, Vec<String>)> = told
        .iter()
        .map(|line| (line["text"].as_str().unwrap(), [all(line, "origins"), all(line, "conditions")].concat()))
        .filter(|(_, paths)| !paths.is_empty())
        .collect();
    let expected = [
        ("size-of-sub: 1", "sub.size: charts/sub/values.yaml:7:1 over []"),
        ("size-of-second: 4", "second.size: --set over [charts/second/values.yaml:7:1]"),
        ("top: 9", "top: --set-string over [f2.yaml:3:1 f1.yaml:1:1 values.yaml:1:1]"),
        ("imported: child", "imported: charts/sub/values.yaml:3:5 over []"),
        ("host: parent", "network.host: values.yaml:3:3 over [charts/sub/values.yaml:5:3]"),
        ("port: 80", "network.port: charts/sub/values.yaml:6:3 over []"),
        ("gone: d", "gone: f1.yaml:2:1 over [values.yaml:4:1]"),
        ("file: hello", "file: --set-file over []"),
        ("b: 5", "obj.b: --set-json over [values.yaml:5:13]"),
        ("q: q", "list.1: --set over []"),
        ("text: a,b", "text: --set-literal over []"),
    ];
    for (text, source) in expected {
        let paths = found.iter().find(|(line, _)| *line == text).map(|(_, paths)| paths.as_slice()).unwrap_or_default();
        assert_eq!(paths, [source], "{text}");
    }
    let line = told.iter().find(|line| line["text"] == "gone: d").unwrap();
    let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys.iter().collect::<std::collections::BTreeSet<_>>(),
        ["conditions", "file", "line", "origins", "template", "text"].iter().collect()
    );
    assert_eq!(line["conditions"][0]["path"], serde_json::json!(["gone"]));
    assert_eq!(
        (line["file"].as_str(), line["template"].as_object().unwrap().len(), &line["template"]["calls"]),
        (Some("chart/templates/a.yaml"), 5, &serde_json::json!([]))
    );
}

#[test]
fn one_line_or_one_node_can_be_asked_for() {
    let place = lay(
        "asked",
        &[
            ("Chart.yaml", "apiVersion: v2\nname: chart\nversion: 0.1.0\n"),
            ("values.yaml", "replicas: 2\nlabels: {a: b}\n"),
            (
                "templates/a.yaml",
                "apiVersion: v1\nkind: Thing\nmetadata:\n  name: it\n  labels: {{ toYaml .Values.labels | nindent 4 }}\nspec:\n  replicas: {{ .Values.replicas }}\n",
            ),
        ],
    );
    let lines = |args: &[&str]| -> Vec<String> {
        let told: Vec<Json> = serde_json::from_str(&run(&place, &[&["explain", "rel", ".", "--format", "json"], args].concat())).unwrap();
        told.iter().map(|line| format!("{}: {}", line["line"], line["text"].as_str().unwrap())).collect()
    };
    assert_eq!(lines(&["--line", "4"]), ["4: kind: Thing"]);
    assert_eq!(lines(&["--pointer", "thing/it#/spec/replicas"]), ["10:   replicas: 2"]);
    assert_eq!(lines(&["--pointer", "Thing/it#/metadata/labels"]), ["7:   labels: ", "8:     a: b"]);
    for (args, error) in [
        (["--line", "99"], "Error: --line is a line of the output, from 1 to 10, not 99\n"),
        (["--pointer", "Thing/no#/spec"], "Error: the chart makes no Thing/no, but Thing/it\n"),
        (["--pointer", "Thing/it#/spec/none"], "Error: Thing/it has nothing at /spec/none\n"),
        (["--pointer", "Thing/it"], "Error: --pointer is KIND/NAME#/JSON/POINTER, not Thing/it\n"),
        (["--pointer", "Thing/it#spec"], "Error: --pointer is KIND/NAME#/JSON/POINTER, not Thing/it#spec\n"),
        (["--line=4", "--pointer=Thing/it#/spec"], "Error: --line and --pointer exclude each other\n"),
        (["--format", "xml"], "Error: --format is text or json, not \"xml\"\n"),
    ] {
        let output =
            Command::new(env!("CARGO_BIN_EXE_chartwright")).args(["explain", "rel", "."]).args(args).current_dir(&place).output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), error);
    }
    std::fs::remove_dir_all(&place).unwrap();
}

#[test]
fn what_a_trim_took_away_has_decided_the_cut() {
    check(
        "trims",
        &Case {
            templates: &[
                (
                    "templates/_h.tpl",
                    concat!(
                        "{{ define \"name\" }}{{ printf \"%s-%s\" .Release.Name .Values.part | trunc 63 | trimSuffix \"-\" }}{{ end }}",
                        "{{ define \"tail\" }}x {{ if .Values.more }}y{{ end }}{{ end }}",
                        "{{ define \"labels\" }}{{- if .Values.part -}}\npart: {{ .Values.part }}\n{{- end }}\nrest: 1{{ end }}",
                    ),
                ),
                (
                    "templates/a.yaml",
                    "name: {{ include \"name\" . }}\ntail: {{ include \"tail\" . | trim }}\nlabels:\n  {{- include \"labels\" . | nindent 2 }}\nend: 1\n",
                ),
            ],
            values: "part: \"\"\nmore: false\n",
            args: &[],
            expected: &[
                ("name: rel", "a.yaml:1", "part", ""),
                ("tail: x", "a.yaml:2", "", "more"),
                ("  ", "_h.tpl:1", "", "part"),
                ("  rest: 1", "_h.tpl:4", "", ""),
                ("end: 1", "a.yaml:5", "", ""),
            ],
        },
    );
}

#[test]
fn a_list_that_could_be_longer_is_told_where_its_end_stands() {
    check(
        "growth",
        &Case {
            templates: &[(
                "templates/a.yaml",
                concat!(
                    "{{- $list := list \"x\" }}\n",
                    "{{- if .Values.more }}{{ $list = append $list \"y\" }}{{ end }}\n",
                    "joined: {{ join \",\" $list }}\n",
                    "sorted: {{ $list | uniq | sortAlpha | join \",\" | quote }}\n",
                    "first: {{ first $list }}\n",
                    "last: {{ last $list }}\n",
                    "inline: {{ range $list }}{{ . }},{{ end }}\n",
                    "lines:\n",
                    "{{- range $list }}\n",
                    "- {{ . }}\n",
                    "{{- end }}\n",
                    "text: {{ join \"\\n\" $list | nindent 2 }}\n",
                ),
            )],
            values: "more: false\n",
            args: &[],
            expected: &[
                ("joined: x", "a.yaml:3", "", "more"),
                ("sorted: \"x\"", "a.yaml:4", "", "more"),
                ("first: x", "a.yaml:5", "", ""),
                ("last: x", "a.yaml:6", "", "more"),
                ("inline: x,", "a.yaml:7", "", "more"),
                ("- x", "a.yaml:10", "", ""),
                ("  x", "a.yaml:12", "", ""),
            ],
        },
    );
}

#[test]
fn what_a_template_in_the_middle_of_a_line_left_out_belongs_to_the_line() {
    let helpers = "{{ define \"image\" -}}\n{{- with .name -}}\n{{ . }}\n{{- end -}}\n{{- end }}";
    let template = "a: \"{{ template \"image\" .Values.image }}\"\nb: \"{{ include \"image\" .Values.image }}\"\nc:\n{{- template \"image\" .Values.image }}\n";
    check(
        "middle",
        &Case {
            templates: &[("templates/_h.tpl", helpers), ("templates/a.yaml", template)],
            values: "image: {}\n",
            args: &[],
            expected: &[("a: \"\"", "a.yaml:1", "", "image.name"), ("b: \"\"", "a.yaml:2", "", "image.name"), ("c:", "a.yaml:3", "", "")],
        },
    );
}

#[test]
fn a_text_made_for_a_line_brings_what_it_left_out() {
    let helpers = concat!(
        "{{- define \"registry\" }}\n{{- if .registry }}\n{{- printf \"%s/\" .registry }}\n{{- end }}\n{{- end }}\n",
        "{{- define \"image\" }}\n{{- $registry := include \"registry\" . }}\n{{- printf \"%s%s\" $registry .name }}\n{{- end }}\n",
    );
    let template = "a: {{ template \"image\" .Values.image }}\nb: {{ list .Values.image.tag .Values.image.name | compact | join \"-\" }}\n";
    check(
        "made-for-a-line",
        &Case {
            templates: &[("templates/_h.tpl", helpers), ("templates/a.yaml", template)],
            values: "image: {registry: \"\", name: app, tag: \"\"}\n",
            args: &[],
            expected: &[("a: app", "a.yaml:1", "image.name", "image.registry"), ("b: app", "a.yaml:2", "image.name", "image.tag")],
        },
    );
}

#[test]
fn a_line_is_told_of_the_way_that_would_have_gone_on_in_it() {
    let branch = "a: 1\n{{- if .Values.joined -}}\n  b: 2\n{{- else }}\nb: 3\n{{- end }}\n";
    let windows = "c: 4\r\n{{- with .Values.more }}\r\n{{- toYaml . | nindent 0 }}\r\n{{- end }}\r\nd: 5\r\n";
    for more in ["{}", "{e: 6}"] {
        check(
            &format!("goes-on-{}", more.len()),
            &Case {
                templates: &[("templates/a.yaml", branch), ("templates/b.yaml", windows)],
                values: &format!("joined: false\nmore: {more}\n"),
                args: &[],
                expected: &[
                    ("a: 1", "a.yaml:1", "", "joined"),
                    ("b: 3", "a.yaml:5", "", "joined"),
                    (if more == "{}" { "c: 4\r" } else { "c: 4" }, "b.yaml:1", "", "more"),
                ],
            },
        );
    }
}

#[test]
fn a_branch_that_would_have_begun_with_a_margin_goes_on_in_the_line_before_it() {
    let helper = "{{ define \"item\" }}\n- item{{ end }}";
    let template = concat!(
        "a:\n- first\n{{- if .Values.indented -}}\n{{- $x := . -}}\n{{- include \"item\" $x | indent 2 }}\n{{- end }}\n",
        "b:\n- second\n{{- if .Values.broken }}\n{{- include \"item\" . | nindent 0 }}\n{{- end }}\n",
    );
    check(
        "margin",
        &Case {
            templates: &[("templates/_h.tpl", helper), ("templates/a.yaml", template)],
            values: "indented: false\nbroken: false\n",
            args: &[],
            expected: &[("- first", "a.yaml:2", "", "indented"), ("- second", "a.yaml:8", "", "")],
        },
    );
}

#[test]
fn lines_between_a_line_and_what_goes_on_in_it_part_it() {
    let template = concat!(
        "a: 1\n{{- if .Values.more }}\nb: 2\n{{- end }}\n{{- if .Values.other }}\nc: 3\n{{- end }} # tail\n",
        "d: 4\n{{- if .Values.more }}\ne: 5\n{{- end }}\nf: 6\n",
    );
    for (more, ends) in [("false", "a: 1 # tail"), ("true", "a: 1")] {
        check(
            &format!("parts-{more}"),
            &Case {
                templates: &[("templates/a.yaml", template)],
                values: &format!("more: {more}\nother: false\n"),
                args: &[],
                expected: &[
                    (ends, "a.yaml:1", "", if more == "true" { "more" } else { "other more" }),
                    ("d: 4", "a.yaml:8", "", ""),
                    ("f: 6", "a.yaml:12", "", ""),
                ],
            },
        );
    }
}

#[test]
fn a_text_in_a_block_scalar_keeps_the_trace_of_its_lines() {
    let helper = "{{ define \"text\" }}one: {{ .Values.one }}\n{{ if .Values.more }}two: {{ .Values.two }}\n\n{{ end }}three: {{ .Values.three }}{{ end }}";
    check(
        "block-scalars",
        &Case {
            templates: &[
                ("templates/_h.tpl", helper),
                ("templates/a.yaml", "data:\n  {{- toYaml (dict \"k\" (include \"text\" .) \"last\" .Values.last) | nindent 2 }}\n"),
            ],
            values: "one: 1\nmore: true\ntwo: 2\nthree: 3\nlast: 4\n",
            args: &[],
            expected: &[
                ("  k: |-", "a.yaml:2", "", "three"),
                ("    one: 1", "_h.tpl:1", "one", ""),
                ("    two: 2", "_h.tpl:2", "two", "more"),
                ("    three: 3", "_h.tpl:4", "three", ""),
                ("  last: 4", "a.yaml:2", "last", ""),
            ],
        },
    );
}

#[test]
fn what_makes_a_manifest_a_hook_decides_about_all_its_lines() {
    let template =
        "kind: Job\nmetadata:\n  annotations:\n    {{- toYaml .Values.annotations | nindent 4 }}\n    kept: {{ .Values.kept }}\n";
    check(
        "hook",
        &Case {
            templates: &[("templates/a.yaml", template)],
            values: "annotations: {\"helm.sh/hook\": pre-install}\nkept: a\n",
            args: &[],
            expected: &[
                ("kind: Job", "a.yaml:1", "", "annotations.helm.sh/hook"),
                ("    helm.sh/hook: pre-install", "a.yaml:4", "annotations.helm.sh/hook", ""),
                ("    kept: a", "a.yaml:5", "kept", "annotations.helm.sh/hook"),
            ],
        },
    );
}

#[test]
fn who_reads_all_reads_what_a_null_took_away() {
    check(
        "null",
        &Case {
            templates: &[("templates/a.yaml", "all: {{ len .Values }}\nsum: {{ toYaml .Values.m | trunc 2 | quote }}\n")],
            values: "x: 1\nm: {a: 1, b: 2}\n",
            args: &["--set", "x=null,m.b=null"],
            expected: &[("all: 1", "a.yaml:1", "", "x"), ("sum: \"a:\"", "a.yaml:2", "m.a", "m.b")],
        },
    );
}

#[test]
fn an_empty_line_is_the_line_breaks_around_it() {
    check(
        "empty",
        &Case {
            templates: &[("templates/a.yaml", "a: 1\n{{ if .Values.b }}b: 1\n{{ end }}\nc: 1\n")],
            values: "b: true\n",
            args: &[],
            expected: &[("b: 1", "a.yaml:2", "", "b"), ("", "a.yaml:3", "", "b"), ("c: 1", "a.yaml:4", "", "")],
        },
    );
}

#[test]
fn json_keeps_the_paths_of_its_parts() {
    check(
        "json",
        &Case {
            templates: &[("templates/a.yaml", "a: |\n  {{- toPrettyJson .Values.j | nindent 2 }}\nb: {{ toJson .Values.j.list }}\n")],
            values: "j: {num: 1, list: [u, v], s: t}\n",
            args: &[],
            expected: &[
                ("  {", "a.yaml:2", "j", ""),
                ("    \"num\": 1,", "a.yaml:2", "j.num", ""),
                ("    \"list\": [", "a.yaml:2", "j.list", ""),
                ("      \"v\"", "a.yaml:2", "j.list.1", ""),
                ("    ],", "a.yaml:2", "j.list", ""),
                ("    \"s\": \"t\"", "a.yaml:2", "j.s", ""),
                ("  }", "a.yaml:2", "j", ""),
                ("b: [\"u\",\"v\"]", "a.yaml:3", "j.list j.list.1 j.list.0", ""),
            ],
        },
    );
}

#[test]
fn a_template_that_is_a_value_keeps_the_paths_of_its_parts() {
    check(
        "value",
        &Case {
            templates: &[("templates/a.yaml", "a:\n  {{- tpl (toYaml .Values.p) $ | nindent 2 }}\n")],
            values: "path: /x\np:\n  http: {path: \"{{ .Values.path }}/live\"}\n  more: 5\n  opt: \"{{ if .Values.path }}on{{ end }}\"\n",
            args: &[],
            expected: &[
                ("  http:", "gotpl:1", "p.http", ""),
                ("    path: '/x/live'", "gotpl:2", "path p.http.path", ""),
                ("  more: 5", "gotpl:3", "p.more", ""),
                ("  opt: 'on'", "gotpl:4", "p.opt", "path"),
            ],
        },
    );
}

#[test]
fn what_is_read_from_a_text_as_empty_came_from_where_it_stands() {
    let template = concat!(
        "{{- define \"all\" }}\nr: {{ toYaml .Values.r }}\nl: {{ toYaml .Values.l }}\ne: {{ .Values.e }}\n{{- end }}\nall:\n",
        "  {{- include \"all\" . | fromYaml | toYaml | nindent 2 }}\n"
    );
    check(
        "emptied",
        &Case {
            templates: &[("templates/a.yaml", template)],
            values: "r: {}\nl: []\ne: \"\"\n",
            args: &[],
            expected: &[("  r: {}", "a.yaml:7", "r", ""), ("  l: []", "a.yaml:7", "l", ""), ("  e: null", "a.yaml:7", "e", "")],
        },
    );
}

#[test]
fn what_decides_one_key_of_a_map_says_nothing_of_the_others() {
    check(
        "keys",
        &Case {
            templates: &[(
                "templates/a.yaml",
                concat!(
                    "{{- $hard := dict }}\n",
                    "{{- range $key, $name := dict \"one\" \"1\" \"two\" \"2\" }}\n",
                    "{{- $value := get $.Values.quota $key }}\n",
                    "{{- if $value }}{{ $_ := set $hard $name $value }}{{ end }}\n",
                    "{{- end }}\n",
                    "{{- range $name, $value := merge $hard .Values.more }}\n",
                    "k{{ $name }}: {{ $value }}\n",
                    "{{- end }}\n",
                ),
            )],
            values: "quota: {one: a, two: b}\nmore: {}\n",
            args: &[],
            expected: &[("k1: a", "a.yaml:7", "quota.one", ""), ("k2: b", "a.yaml:7", "quota.two", "")],
        },
    );
}

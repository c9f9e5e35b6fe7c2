//! Each rule of charts against its specification in `crates/lint/tests/rules/<id>.md`.
//!
//! A case is a heading with a block for each file, named after its language (`yaml values.yaml`); one without a Chart.yaml gets a good one. A block
//! `yaml given FILE` is a values file above the chart's. `findings` has a line a finding: file and line, JSON pointer, message. An empty
//! block means none. What other rules find does not count.

#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use chartwright_configure::hygiene::{self, Hygiene};
use chartwright_helm::lint::Entry;
use chartwright_helm::{Chart, Engine, HelmVersion, Request, SourceFile, ValuesLayer};
use chartwright_lint::chart::ChartFinding;
use chartwright_lint::rule::Check;
use chartwright_lint::{Linter, Profile, rules};
use chartwright_template::NoHost;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const CHART_FILE: &str = "apiVersion: v2\nname: api\nversion: 0.1.0\nicon: https://example.com/icon.svg\n";

#[derive(Default)]
struct Case {
    title: String,
    files: Vec<(String, String)>,
    given: Vec<(String, String)>,
    expected: Option<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("```") {
            let Some((name, text)) = open.take() else {
                open = Some((name.to_owned(), String::new()));
                continue;
            };
            let case = cases.last_mut().expect("a heading before a block");
            match name.split(' ').collect::<Vec<_>>()[..] {
                ["findings"] => case.expected = Some(text),
                [_, "given", file] => case.given.push((file.to_owned(), text)),
                [_, file] => case.files.push((file.to_owned(), text)),
                _ => assert_eq!(name, "findings", "no such block"),
            }
        } else if let Some((_, text)) = &mut open {
            text.push_str(line);
            text.push('\n');
        } else if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title: title.to_owned(), ..Case::default() });
        }
    }
    cases
}

fn files(case: &Case) -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> =
        case.files.iter().map(|(path, text)| SourceFile { path: path.clone(), bytes: text.clone().into_bytes() }).collect();
    if !files.iter().any(|file| file.path == "Chart.yaml") {
        files.push(SourceFile { path: "Chart.yaml".to_owned(), bytes: CHART_FILE.into() });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn line(finding: &ChartFinding) -> String {
    let place = &finding.place;
    let pointer = if place.pointer.is_empty() { String::new() } else { format!(" {}", place.pointer) };
    format!("{}:{}{pointer} {}\n", place.file, place.line, finding.message)
}

#[track_caller]
fn check(rule: &str, case: &Case) {
    let files = files(case);
    let layers: Vec<ValuesLayer<'_>> = case.given.iter().map(|(name, text)| ValuesLayer::File { name, text }).collect();
    let chart = Chart::load(files.clone()).ok().map(Arc::new);
    let mut engine = chart.clone().map(|chart| Engine::compile(chart, HelmVersion::V4).unwrap());
    let mut request = Request::new("api", "default");
    request.values = &layers;
    request.trace = true;
    let rendered = engine.as_mut().map(|engine| engine.render(&request, &mut NoHost));
    let file = |path: &str| files.iter().find(|file| file.path == path);
    let asked = Hygiene {
        chart_file: &file("Chart.yaml").map_or(Entry::Missing, |file| Entry::File(file.bytes.clone())),
        text: &|path| file(path).map(|file| file.text().into_owned()),
        chart: chart.as_deref(),
        layers: &layers,
        helm: HelmVersion::V4,
        failure: rendered.as_ref().and_then(|rendered| rendered.as_ref().err()),
        engine: engine.as_ref().filter(|_| rendered.as_ref().is_some_and(Result::is_ok)),
    };
    let looked = hygiene::look(&Linter::default(), &asked, Profile::All);
    let found: String = looked.findings.iter().filter(|finding| finding.rule == rule).map(line).collect();
    assert_eq!(Some(&found), case.expected.as_ref(), "{rule}: {}", case.title);
}

fn specifications() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../lint/tests/rules")
}

#[test]
fn every_rule_of_charts_finds_what_its_specification_says() {
    for rule in rules::RULES.iter().filter(|rule| matches!(rule.check, Check::Chart(_))) {
        let text = fs::read_to_string(specifications().join(format!("{}.md", rule.id))).unwrap();
        let cases = cases(&text);
        let with = |empty: bool| cases.iter().any(|case| case.expected.as_deref().is_some_and(|text| text.is_empty() == empty));
        assert!(with(false) && with(true), "{}: wants a fault and a near miss", rule.id);
        for case in &cases {
            check(rule.id, case);
        }
    }
}

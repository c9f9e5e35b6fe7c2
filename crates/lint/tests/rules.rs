//! Each rule against its specification: `tests/rules/<id>.md` shows manifests, and what the rule finds in them.
//!
//! A case is a heading with a `yaml` block (documents apart by `---`), a `yaml context` block for other charts and a `yaml before` block for what is deployed if need be, and a
//! `findings` block with a line a finding: document and line, JSON pointer, message, further places. An empty block means none.
//! What other rules find does not count. Specifications of rules of charts have blocks for the chart's files instead.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chartwright_kube::crd::{Bundle, COMMON};
use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_lint::rule::Check;
use chartwright_lint::{Document, Finding, Input, Linter, Place, Profile, rules};

struct Case {
    title: String,
    manifest: String,
    context: String,
    before: String,
    expected: Option<String>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<String> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &block) {
            (Some(""), Some(_)) => block = None,
            (Some(name), None) => {
                block = Some(name.to_owned());
                if name == "findings" {
                    cases.last_mut().expect("a heading before a block").expected = Some(String::new());
                }
            }
            (_, Some(name)) => {
                let case = cases.last_mut().expect("a heading before a block");
                let into = match name.as_str() {
                    "yaml" => &mut case.manifest,
                    "yaml context" => &mut case.context,
                    "yaml before" => &mut case.before,
                    other => {
                        assert_eq!(other, "findings", "no such block");
                        case.expected.as_mut().expect("set where the block opened")
                    }
                };
                into.push_str(line);
                into.push('\n');
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    cases.push(Case {
                        title: title.to_owned(),
                        manifest: String::new(),
                        context: String::new(),
                        before: String::new(),
                        expected: None,
                    });
                }
            }
        }
    }
    cases
}

fn documents(text: &str) -> Vec<Document<'_>> {
    // A line of its own: the head of a PEM block ends alike.
    let parts = text.split("\n---\n").filter(|part| !part.is_empty());
    parts.map(|content| Document { source: "chart/templates/manifest.yaml", content, namespace: "data" }).collect()
}

fn place(place: &Place) -> String {
    format!("{}:{} {}", place.document + 1, place.line, place.pointer)
}

fn line(finding: &Finding) -> String {
    let mut line = format!("{} {}", place(&finding.place), finding.message);
    for also in &finding.places {
        line.push_str(&format!("; also {}", place(also)));
    }
    line + "\n"
}

/// What is said of which field, wherever the line is.
fn said(findings: &[Finding]) -> Vec<String> {
    let also = |finding: &Finding| finding.places.iter().map(|place| place.pointer.clone()).collect::<Vec<_>>();
    let line = |finding: &Finding| format!("{} {} {:?}", finding.place.pointer, finding.message, also(finding));
    let mut lines: Vec<String> = findings.iter().map(line).collect();
    lines.sort();
    lines
}

#[track_caller]
fn check(linter: &mut Linter, rule: &str, case: &Case) {
    let (documents, context) = (documents(&case.manifest), documents(&case.context));
    let others: Vec<&str> = rules::RULES.iter().map(|other| other.id).filter(|id| *id != rule).collect();
    let input = Input {
        documents: &documents,
        context: &context,
        kubernetes_minor: 37,
        partial: false,
        apart: false,
        profile: Profile::All,
        disabled: &others,
    };
    linter.forget_before();
    linter.add_before(&case.before, "data").expect("YAML");
    let findings = linter.lint(&input).findings;
    let found: String = findings.iter().map(line).collect();
    assert_eq!(Some(&found), case.expected.as_ref(), "{rule}: {}", case.title);

    // As one file, the documents say the same. What is no YAML ends a file, and a rule on the text itself counts its lines.
    let file = [Document { source: "chart/templates/manifest.yaml", content: &case.manifest, namespace: "data" }];
    let findings_of_file = linter.lint(&Input { documents: &file, ..input }).findings;
    assert_eq!(said(&findings_of_file), said(&findings), "{rule}: {}, as one file", case.title);
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

#[test]
fn every_rule_finds_what_its_specification_says() {
    let schemas = Arc::new(Schemas::parse(KUBERNETES).expect("the table that is part of the program"));
    let mut linter = Linter::with_schemas(schemas);
    linter.set_bundle(Arc::new(Bundle::parse(COMMON)));
    // Those of charts are held to theirs in `configure`, which knows what a chart is.
    for rule in rules::RULES.iter().filter(|rule| !matches!(rule.check, Check::Chart(_))) {
        let text = fs::read_to_string(folder().join(format!("{}.md", rule.id))).unwrap_or_else(|error| panic!("{}: {error}", rule.id));
        let cases = cases(&text);
        let with = |empty: bool| cases.iter().any(|case| case.expected.as_deref().is_some_and(|text| text.is_empty() == empty));
        assert!(with(false) && with(true), "{}: wants a fault and a near miss", rule.id);
        for case in &cases {
            check(&mut linter, rule.id, case);
        }
    }
}

#[test]
fn every_specification_has_its_rule() {
    for entry in fs::read_dir(folder()).expect("the folder of specifications") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let id = name.strip_suffix(".md").expect("a Markdown file");
        assert!(rules::find(id).is_some(), "{id}: no such rule");
    }
}

#[test]
fn every_rule_documents_itself() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let files: Vec<String> = fs::read_dir(source)
        .expect("the folder of rules")
        .map(|entry| fs::read_to_string(entry.expect("an entry").path()).expect("a text"))
        .collect();
    for rule in rules::RULES {
        let opening = format!("//! `{}`: ", rule.id);
        let docs = files.iter().find(|text| text.starts_with(&opening)).unwrap_or_else(|| panic!("{}: no file opens with it", rule.id));
        for section in ["What it checks", "Why it matters", "Example", "Cure"] {
            assert!(docs.contains(&format!("//! # {section}\n")), "{}: no section {section}", rule.id);
        }
        assert!(!rule.reason.is_empty() && !rule.cure.is_empty(), "{}", rule.id);
    }
}

#[test]
fn rules_have_ids_of_their_own() {
    for (index, rule) in rules::RULES.iter().enumerate() {
        assert!(!rules::RULES[..index].iter().any(|other| other.id == rule.id), "{}", rule.id);
    }
}

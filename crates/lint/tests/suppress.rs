//! Suppressions by annotation: whose annotations silence what, how far they reach, and what is told of them.

use chartwright_lint::{Document, Input, Linter, Profile, Report, Setting, Severity, rules};

fn run(linter: &mut Linter, manifest: &str) -> Report {
    let documents = [Document { source: "t.yaml", content: manifest, namespace: "data" }];
    let of_interest = ["latest-tag", "unset-cpu-requests", "unset-memory-requests", "unused-suppression"];
    let disabled: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).filter(|id| !of_interest.contains(id)).collect();
    linter.lint(&Input {
        documents: &documents,
        context: &[],
        kubernetes_minor: 37,
        partial: false,
        apart: false,
        profile: Profile::All,
        disabled: &disabled,
    })
}

/// A deployment with an image without a tag, and with no requests.
fn deployment(annotations: &str, template: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: api, annotations: {{{annotations}}}}}
spec:
  selector: {{matchLabels: {{app: api}}}}
  template:
    metadata: {{labels: {{app: api}}, annotations: {{{template}}}}}
    spec:
      containers:
        - {{name: api, image: registry.example/api}}
"
    )
}

#[track_caller]
fn check(manifest: &str, kept: &[&str], suppressed: &[(&str, &str, Option<&str>)]) {
    let report = run(&mut Linter::default(), manifest);
    let found: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    let silenced: Vec<(&str, &str, Option<&str>)> =
        report.suppressed.iter().map(|one| (one.finding.rule, one.by.as_str(), one.reason.as_deref())).collect();
    assert_eq!((found.as_slice(), silenced.as_slice()), (kept, suppressed), "{manifest}");
}

#[test]
fn nothing_is_silenced_without_an_annotation() {
    check(&deployment("", ""), &["unset-cpu-requests", "unset-memory-requests", "latest-tag"], &[]);
}

#[test]
fn each_linters_annotation_silences_what_is_its_check_here() {
    let rest = ["unset-cpu-requests", "unset-memory-requests"];
    for (key, value, reason) in [
        ("ignore.chartwright.io/latest-tag", "a mirror", Some("a mirror")),
        ("ignore-check.kube-linter.io/latest-tag", "a mirror", Some("a mirror")),
        ("kube-score/ignore", "container-image-tag", None),
        ("polaris.fairwinds.com/tagNotSpecified-exempt", "true", None),
        ("checkov.io/skip1", "CKV_K8S_14=a mirror", Some("a mirror")),
    ] {
        check(&deployment(&format!("{key}: '{value}'"), ""), &rest, &[("latest-tag", key, reason)]);
        check(&deployment("", &format!("{key}: '{value}'")), &rest, &[("latest-tag", key, reason)]);
    }
}

#[test]
fn all_of_a_tools_checks() {
    for (key, value, reason) in
        [("kube-linter.io/ignore-all", "vendored", Some("vendored")), ("polaris.fairwinds.com/exempt", "true", None)]
    {
        let all = ["unset-cpu-requests", "unset-memory-requests", "latest-tag"].map(|rule| (rule, key, reason));
        check(&deployment(&format!("{key}: '{value}'"), ""), &[], &all);
    }
}

#[test]
fn an_annotation_reaches_no_further_than_its_object() {
    let annotated = deployment("ignore.chartwright.io/latest-tag: a mirror", "");
    let other = deployment("", "").replace("name: api, annotations", "name: other, annotations");
    let rest = ["latest-tag", "unset-cpu-requests", "unset-memory-requests", "unset-cpu-requests", "unset-memory-requests"];
    let report = run(&mut Linter::default(), &format!("{annotated}---\n{other}"));
    let mut found: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
    found.sort_unstable();
    let mut rest = rest.to_vec();
    rest.sort_unstable();
    assert_eq!(found, rest);
    assert_eq!(report.suppressed.iter().map(|one| one.finding.object.name.as_str()).collect::<Vec<_>>(), ["api"]);
}

#[test]
fn what_is_of_no_use_is_told_of() {
    let requests = "kube-score/ignore: 'container-image-tag,container-resources'";
    let manifest = deployment(requests, "ignore.chartwright.io/latest-tag: ''").replace("api}", "api:1.0}");
    let report = run(&mut Linter::default(), &manifest);
    let told: Vec<(&str, &str, u32)> =
        report.findings.iter().map(|finding| (finding.rule, finding.message.as_str(), finding.place.line)).collect();
    assert_eq!(
        told,
        [
            ("unused-suppression", "kube-score/ignore silences container-image-tag, which finds nothing here", 3),
            ("unused-suppression", "ignore.chartwright.io/latest-tag does not say why latest-tag is meant", 7),
        ]
    );
    assert_eq!(report.suppressed.len(), 2);
}

#[test]
fn a_rule_may_be_given_another_severity_and_be_switched() {
    let mut linter = Linter::default();
    let rule = |id: &str| rules::find(id).expect("a rule");
    linter.set_rule(rule("latest-tag"), Setting { enabled: None, severity: Some(Severity::Info) });
    linter.set_rule(rule("unset-cpu-requests"), Setting { enabled: Some(false), severity: None });
    let report = run(&mut linter, &deployment("", ""));
    let told: Vec<(&str, Severity)> = report.findings.iter().map(|finding| (finding.rule, finding.severity)).collect();
    assert_eq!(told, [("unset-memory-requests", Severity::Warning), ("latest-tag", Severity::Info)]);
}

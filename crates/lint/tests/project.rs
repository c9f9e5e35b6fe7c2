//! The project file: what it says, and what it is told when it is wrong.

use chartwright_lint::project::{Project, ProjectError};
use chartwright_lint::{Profile, Setting, Severity};

const WHOLE: &str = r#"
profile: restricted
kube-version: 1.30
crds: [deploy/crds, more.yaml]
rules:
  latest-tag: off
  no-liveness-probe: error
  image-digest: on
exclude:
  - path: charts/vendored/**
    rule: [runAsNonRoot, runAsUser]
    reason: not ours
  - object: Job/migrate-*
    reason: runs once
charts:
  charts/*:
    namespace: shop
    values: common.yaml
    environments:
      production: [production.yaml, eu.yaml]
      test: test.yaml
"#;

#[test]
fn all_that_it_may_say() {
    let project = Project::read(WHOLE).expect("a project file");
    assert_eq!((project.profile, project.kube_version.as_deref()), (Some(Profile::Restricted), Some("1.30")));
    assert_eq!(project.definitions, ["deploy/crds", "more.yaml"]);
    let rules: Vec<(&str, Setting)> = project.rules.iter().map(|(rule, setting)| (rule.id, *setting)).collect();
    let setting = |enabled, severity| Setting { enabled: Some(enabled), severity };
    assert_eq!(
        rules,
        [
            ("latest-tag", setting(false, None)),
            ("no-liveness-probe", setting(true, Some(Severity::Error))),
            ("image-digest", setting(true, None)),
        ]
    );
    let chart = project.chart("charts/api").expect("the chart's settings");
    assert_eq!((chart.release.as_deref(), chart.namespace.as_deref()), (None, Some("shop")));
    assert_eq!(chart.values, ["common.yaml"]);
    let files = |name: &str| chart.environments.iter().find(|(known, _)| known == name).map(|(_, files)| files.join(" "));
    assert_eq!((files("production").as_deref(), files("test").as_deref()), (Some("production.yaml eu.yaml"), Some("test.yaml")));
    assert!(project.chart("charts/api/charts/sub").is_none());
}

#[test]
fn exclusions_cover_what_they_name() {
    let project = Project::read(WHOLE).expect("a project file");
    let object =
        |kind: &str, name: &str| chartwright_kube::object::ObjectRef { kind: kind.to_owned(), name: name.to_owned(), ..Default::default() };
    let [vendored, migrations] = project.exclusions.as_slice() else { panic!("two exclusions") };
    let files = ["charts/vendored/templates/a.yaml", "charts/vendored"];
    assert!(vendored.covers("runAsUser", &object("Pod", "a"), &files));
    assert!(!vendored.covers("latest-tag", &object("Pod", "a"), &files));
    assert!(!vendored.covers("runAsUser", &object("Pod", "a"), &["charts/own/templates/a.yaml"]));
    assert!(migrations.covers("latest-tag", &object("Job", "migrate-1"), &[]));
    assert!(!migrations.covers("latest-tag", &object("Job", "other"), &[]));
    assert_eq!((vendored.line, migrations.line), (10, 13));
    let text = "exclude:\n- {rule: latest-tag, environment: test, reason: a sandbox}\n";
    let project = Project::read(text).expect("a project file");
    let environments = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let sandbox = &project.exclusions[0];
    assert!(sandbox.is_in(&environments(&["test"])) && !sandbox.is_in(&environments(&["production"])) && !sandbox.is_in(&[]));
    assert_eq!(sandbox.left(&environments(&["test", "production"])), ["production"]);
    assert!(vendored.is_in(&[]) && vendored.left(&environments(&["test"])).is_empty());
}

#[test]
fn nothing_at_all() {
    let project = Project::read("# nothing\n").expect("a project file");
    assert!(project.profile.is_none() && project.exclusions.is_empty());
}

#[track_caller]
fn check(text: &str, line: u32, column: u32, message: &str) {
    let expected = ProjectError { line, column, message: message.to_owned() };
    assert_eq!(Project::read(text).err(), Some(expected), "{text}");
}

#[test]
fn faults_name_their_place_and_what_would_be_right() {
    check("profil: all\n", 1, 1, "the file has no profil; it has profile, kube-version, rules, exclude, crds, charts");
    check("profile: strict\n", 1, 10, "there is no profile strict; it is one of api, default, baseline, restricted, all");
    check("rules:\n  latest: off\n", 2, 3, "there is no rule latest; is latest-tag meant?");
    check("rules:\n  run-as-non-root: off\n", 2, 3, "there is no rule run-as-non-root: kube-linter calls so what is runAsNonRoot here");
    check("rules:\n  xyz: off\n", 2, 3, "there is no rule xyz");
    check("rules:\n  latest-tag: fatal\n", 2, 15, "a rule is on, off, error, warning or info");
    check("rules: [latest-tag]\n", 1, 8, "rules is a map");
    check("exclude:\n  - rule: latest-tag\n", 2, 5, "an exclusion wants a reason: say why these findings are meant");
    check("exclude:\n  - reason: why\n", 2, 5, "an exclusion of everything: name a path, a rule or an object");
    check("exclude:\n  - rules: latest-tag\n", 2, 5, "an exclusion has no rules; it has path, rule, object, environment, reason");
    check("exclude: {}\n", 1, 10, "exclude is a list");
    check("crds: [1]\n", 1, 8, "each of crds is a text");
    check("charts:\n  a: {enviroments: {}}\n", 2, 7, "a chart has no enviroments; it has release, namespace, values, environments");
    check("kube-version: [1]\n", 1, 15, "kube-version is a version such as \"1.31\"");
    check("a: [\n", 2, 1, "yaml: line 1: did not find expected node content");
}

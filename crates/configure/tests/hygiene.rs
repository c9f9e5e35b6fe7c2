//! Findings of the chart itself and of values, as the page gets them: worked out in idle moments, by environment, silenced and kept like the others.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle, shipped};

const SMALL: &str = "applications/small";

const FILES: &[(&str, &str)] = &[
    ("Chart.yaml", "apiVersion: v2\nname: small\nversion: 1.0.0\nhomepage: https://example.com\n"),
    ("values.yaml", "name: one\n# @param size how much\nauth:\n  password: letmein\nunread: 1\nport: 80\n"),
    ("values-local.yaml", "name: two\n"),
    ("values-production.yaml", "nmae: three\nauth:\n  password: \"\"\naws: AKIAQ7T4XN2ZPLM3WV5K\n"),
    ("values.schema.json", r#"{"type": "object", "properties": {"port": {"type": "integer"}}}"#),
    (
        "templates/all.yaml",
        "  {apiVersion: v1, kind: Secret, metadata: {name: {{ .Values.name }}}, stringData: {p: {{ .Values.auth.password | quote }}, q: \"{{ .Values.port }}\"}}\n",
    ),
];

/// Goes on until there is no more to work out.
fn inspect(user: &mut User) {
    for _ in 0..100 {
        if user.does(Action::Inspect).inspecting == Some(false) {
            return;
        }
    }
    panic!("it does not end");
}

fn small() -> User {
    let mut user = User::visits(&bundle(SMALL, FILES));
    user.does(Action::Environment("production".to_owned()));
    user.does(Action::Recheck);
    inspect(&mut user);
    user
}

/// What is found in files: rule, file and line, in an environment.
fn found(user: &User, environment: &str) -> Vec<(String, String)> {
    let report = user.report.environments.iter().find(|report| report.environment == environment);
    let findings = report.into_iter().flat_map(|report| &report.findings).filter(|finding| !finding.place.file.is_empty());
    findings.map(|finding| (finding.rule.clone(), format!("{}:{}", finding.place.file, finding.place.line))).collect()
}

fn one<'u>(user: &'u User, environment: &str, rule: &str) -> &'u FindingView {
    let report = user.report.environments.iter().find(|report| report.environment == environment);
    let found = report.and_then(|report| report.findings.iter().find(|finding| finding.rule == rule));
    found.unwrap_or_else(|| panic!("no {rule} in {environment}: {:?}", user.report))
}

#[track_caller]
fn check(user: &User, environment: &str, expected: &[(&str, &str)]) {
    let found = found(user, environment);
    let mut told: Vec<(&str, &str)> = found.iter().map(|(rule, place)| (rule.as_str(), place.as_str())).collect();
    told.sort_unstable();
    assert_eq!(told, expected, "{environment}");
}

#[test]
fn each_environment_has_its_own() {
    let user = small();
    let everywhere = [("chart-metadata", "Chart.yaml:4"), ("documented-value", "values.yaml:2"), ("top-indent", "templates/all.yaml:1")];
    let with = |more: &[(&'static str, &'static str)]| {
        let mut all = [&everywhere[..], more].concat();
        all.sort_unstable();
        all
    };
    check(
        &user,
        "production",
        &with(&[
            ("unknown-value", "values-production.yaml:1"),
            ("unknown-value", "values-production.yaml:4"),
            ("values-secret", "values-production.yaml:4"),
        ]),
    );
    check(&user, "local", &with(&[("default-password", "values.yaml:4")]));
    assert_eq!(one(&user, "production", "chart-metadata").elsewhere, ["local"]);
    assert!(one(&user, "local", "default-password").elsewhere.is_empty());
    assert_eq!(one(&user, "local", "default-password").field.as_deref(), Some("/auth/password"));
    let unknown = one(&user, "production", "unknown-value");
    assert!(unknown.cure.contains("Write name"), "{}", unknown.cure);
}

#[test]
fn an_edit_is_looked_at_again_and_nothing_else() {
    let mut user = small();
    user.does(Action::Environment("local".to_owned()));
    inspect(&mut user);
    user.sets("/auth/password", "\"other\"");
    // What was known stays until then.
    assert!(found(&user, "local").iter().any(|(rule, _)| rule == "default-password"));
    inspect(&mut user);
    assert!(!found(&user, "local").iter().any(|(rule, _)| rule == "default-password"));
    let asked = user.last.check.clone().unwrap_or_default();
    assert!(!asked.contains("AKIA"), "the worker has the file of production");
    // There is nothing new to tell.
    inspect(&mut user);
    assert_eq!(user.last.check, None);
    // A new worker is told everything.
    user.checks = chartwright_configure::Checks::new();
    let before = user.report.clone();
    user.does(Action::Recheck);
    assert_eq!(user.report, before);
}

#[test]
fn what_the_schema_refuses_is_found_although_nothing_renders() {
    let mut user = small();
    user.does(Action::Environment("local".to_owned()));
    user.does(Action::Yaml("name: two\nport: eighty\n".to_owned()));
    inspect(&mut user);
    let finding = one(&user, "local", "values-schema");
    assert_eq!((finding.place.file.as_str(), finding.place.line, finding.severity), ("values-local.yaml", 2, Severity::Error));
    assert_eq!(finding.field.as_deref(), Some("/port"));
    assert!(user.report.environments.iter().any(|report| report.environment == "local" && report.failed.is_some()));
    assert!(!found(&user, "production").iter().any(|(rule, _)| rule == "values-schema"));
}

#[test]
fn rules_are_asked_for_by_the_profile() {
    let mut user = small();
    user.does(Action::Profile(Profile::All));
    assert!(found(&user, "local").contains(&("unused-value".to_owned(), "values.yaml:5".to_owned())), "{:?}", found(&user, "local"));
    user.does(Action::Profile(Profile::Api));
    assert!(!found(&user, "local").iter().any(|(rule, _)| rule == "unused-value"));
}

#[test]
fn a_silence_speaks_of_a_file_and_goes_into_the_project_file() {
    let mut user = small();
    let silence = Silence {
        rule: "unknown-value".to_owned(),
        files: vec!["values-production.yaml".to_owned()],
        reason: "an operator reads them".to_owned(),
        ..Silence::default()
    };
    user.does(Action::Silence(silence.clone()));
    let has = |user: &User| found(user, "production").iter().any(|(rule, _)| rule == "unknown-value");
    assert!(!has(&user));
    let report = &user.report.environments[0];
    let [first, second] = report.silenced.as_slice() else { panic!("two: {:?}", report.silenced) };
    assert_eq!((&first.by, &second.by), (&SilencedBy::Me(silence.clone()), &SilencedBy::Me(silence.clone())));
    let text = user.gets(Export::Project);
    let read: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    let exclusion = &read["exclude"][0];
    assert_eq!((&exclusion["path"], &exclusion["object"]), (&"values-production.yaml".into(), &serde_yaml::Value::Null));
    let again = User::returns(&bundle(SMALL, FILES), None, Some(&user.save));
    assert_eq!(again.header.silences, 1);
    user.does(Action::Unsilence(silence));
    assert!(has(&user));
    // The project file that was handed out says the same.
    user.does(Action::AddLayer { name: ".chartwright.yaml".to_owned(), text });
    assert!(!has(&user));
    assert_eq!(user.report.environments[0].silenced[0].by, SilencedBy::Project(3));
}

#[test]
fn files_can_be_looked_at() {
    let mut user = small();
    user.does(Action::Look("Chart.yaml".to_owned()));
    assert!(user.last.file.as_ref().is_some_and(|file| file.text.contains("homepage")), "{:?}", user.last.file);
}

#[test]
fn another_chart_has_nothing_of_it() {
    let mut user = User::visits(&shipped());
    user.does(Action::Recheck);
    inspect(&mut user);
    for report in &user.report.environments {
        assert_eq!(found(&user, &report.environment), [], "the shipped charts are clean");
    }
    user.does(Action::AddChart(Dropped {
        name: "small".to_owned(),
        content: DroppedContent::Files(FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()),
    }));
    for report in &user.report.environments {
        assert_eq!(found(&user, &report.environment), [], "not looked at yet");
    }
    inspect(&mut user);
    assert!(found(&user, "local").iter().any(|(rule, _)| rule == "default-password"), "{:?}", user.report);
}

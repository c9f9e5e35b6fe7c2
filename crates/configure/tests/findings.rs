//! Findings as the page gets them: by environment, those of one environment alone, one entry for a cause; and silences, which are kept,
//! shared, undone and taken away as a project file.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle, shipped};

const API: &str = "applications/kaggle-data-api";
const SMALL: &str = "applications/small";

const WORKLOAD: &str = "{{- range .Values.names }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $.Release.Name }}-{{ . }}
  {{- with $.Values.annotations }}
  annotations: {{ toYaml . | nindent 4 }}
  {{- end }}
spec:
  selector:
    matchLabels: {app: {{ . }}}
  template:
    metadata:
      labels: {app: {{ . }}}
    spec:
      containers:
        - name: main
          image: registry.example.com/app:{{ $.Values.tag }}
{{- end }}
";

/// Two Deployments; production runs an image that is not pinned.
const FILES: &[(&str, &str)] = &[
    ("Chart.yaml", "apiVersion: v2\nname: small\nversion: 1.0.0\n"),
    ("values.yaml", "names: [one, two]\ntag: \"1.0\"\nannotations: {}\n"),
    ("values-local.yaml", "names: [one, two]\n"),
    ("values-production.yaml", "tag: latest\n"),
    ("templates/all.yaml", WORKLOAD),
];

/// Production of a chart of those.
fn small() -> User {
    let mut user = User::visits(&bundle(SMALL, FILES));
    user.does(Action::Environment("production".to_owned()));
    user.does(Action::Recheck);
    user
}

#[track_caller]
fn report<'u>(user: &'u User, environment: &str) -> &'u EnvironmentReport {
    let found = user.report.environments.iter().find(|report| report.environment == environment);
    found.unwrap_or_else(|| panic!("no report of {environment}"))
}

fn of<'u>(user: &'u User, environment: &str, rule: &str) -> Vec<&'u FindingView> {
    report(user, environment).findings.iter().filter(|finding| finding.rule == rule).collect()
}

fn silence(environment: Option<&str>, reason: &str) -> Silence {
    Silence {
        rule: "latest-tag".to_owned(),
        objects: vec!["Deployment/rel-one".to_owned(), "Deployment/rel-two".to_owned()],
        files: Vec::new(),
        environment: environment.map(str::to_owned),
        reason: reason.to_owned(),
    }
}

#[test]
fn one_cause_is_one_entry_with_its_places() {
    let user = small();
    let [finding] = of(&user, "production", "latest-tag")[..] else { panic!("one entry: {:?}", user.report) };
    assert_eq!(finding.objects(), ["Deployment/rel-one", "Deployment/rel-two"]);
    for place in std::iter::once(&finding.place).chain(&finding.places) {
        let text = &user.document(&place.document).text;
        let line = text.lines().nth(place.line as usize - 1).unwrap_or_default();
        assert!(line.contains(":latest"), "line {} of\n{text}", place.line);
    }
}

#[test]
fn what_only_production_has_says_so() {
    let mut user = small();
    let [finding] = of(&user, "production", "latest-tag")[..] else { panic!("one entry") };
    assert_eq!(finding.elsewhere, Vec::<String>::new());
    assert!(of(&user, "local", "latest-tag").is_empty());
    let shared = of(&user, "production", "unset-memory-limits");
    assert!(!shared.is_empty() && shared.iter().all(|finding| finding.elsewhere == ["local"]), "{shared:?}");
    // An entry of which the other environment has a part only is not found there.
    user.does(Action::Environment("local".to_owned()));
    user.sets("/names", "[\"one\"]");
    let [finding] = of(&user, "production", "unset-memory-limits")[..] else { panic!("one entry") };
    assert_eq!((finding.objects().len(), finding.elsewhere.len()), (2, 0));
    let [finding] = of(&user, "local", "unset-memory-limits")[..] else { panic!("one entry") };
    assert_eq!((finding.objects().len(), finding.elsewhere.as_slice()), (1, &["production".to_owned()][..]));
}

#[test]
fn the_profile_chooses_the_rules() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Recheck);
    let count = |user: &User| report(user, "production").findings.len();
    let ordinary = count(&user);
    user.does(Action::Profile(Profile::All));
    assert!(count(&user) > ordinary, "every rule finds more than {ordinary}");
    assert_eq!(user.header.profile, Profile::All);
    let asked = user.last.check.as_ref().map_or(0, String::len);
    assert!(asked < 2_000, "no manifest is sent again: {asked} bytes");
    user.does(Action::Profile(Profile::Api));
    assert_eq!(count(&user), 0, "{:?}", report(&user, "production").findings);
    user.does(Action::Undo);
    assert_eq!(user.header.profile, Profile::All);
    let again = User::returns(&shipped(), None, Some(&user.save));
    assert_eq!(again.header.profile, Profile::All);
}

#[test]
fn a_silence_wants_a_reason() {
    let mut user = small();
    let before = user.report.clone();
    user.does(Action::Silence(silence(None, "  ")));
    assert!(user.last.notice.as_ref().is_some_and(|notice| notice.contains("reason")), "{:?}", user.last.notice);
    assert_eq!((user.report.clone(), user.header.silences, user.header.can_undo), (before, 0, false));
}

#[test]
fn what_is_silenced_stands_apart_and_comes_back() {
    let mut user = small();
    let before = user.report.clone();
    user.does(Action::Silence(silence(None, " a mirror pins it ")));
    assert!(of(&user, "production", "latest-tag").is_empty());
    let [silenced] = report(&user, "production").silenced.as_slice() else { panic!("one: {:?}", user.report) };
    assert_eq!((silenced.reason.as_str(), silenced.finding.objects().len()), ("a mirror pins it", 2));
    assert_eq!(silenced.by, SilencedBy::Me(silence(None, "a mirror pins it")));
    assert!(user.report.idle.is_empty());
    user.does(Action::Undo);
    assert_eq!(user.report, before);
    user.does(Action::Redo);
    user.does(Action::Unsilence(silence(None, "a mirror pins it")));
    assert_eq!((user.report.clone(), user.header.silences), (before, 0));
}

#[test]
fn a_silence_of_one_environment_holds_there() {
    let mut user = small();
    user.does(Action::Silence(silence(Some("local"), "meant")));
    assert_eq!(of(&user, "production", "latest-tag").len(), 1);
    assert_eq!(user.report.idle, [silence(Some("local"), "meant")]);
    user.does(Action::Environment("local".to_owned()));
    user.types("/tag", "latest");
    assert!(user.report.idle.is_empty());
    assert!(of(&user, "local", "latest-tag").is_empty());
    // What is silenced there is found there all the same.
    assert_eq!(of(&user, "production", "latest-tag")[0].elsewhere, ["local"]);
}

#[test]
fn a_silence_goes_with_the_release() {
    let mut user = small();
    user.does(Action::Silence(silence(None, "meant")));
    user.does(Action::Release { name: "shop".to_owned(), namespace: "data".to_owned(), kube_version: "v1.37.0".to_owned() });
    assert!(of(&user, "production", "latest-tag").is_empty());
    let [silenced] = report(&user, "production").silenced.as_slice() else { panic!("one") };
    assert_eq!(silenced.finding.place.object, "Deployment/shop-one");
}

#[test]
fn silences_are_kept_and_shared() {
    let mut user = small();
    user.does(Action::Silence(silence(None, "a mirror pins it")));
    for (fragment, saved) in [(Some(user.fragment.clone()), None), (None, Some(user.save.clone()))] {
        let mut again = User::returns(&bundle(SMALL, FILES), fragment.as_deref(), saved.as_deref());
        again.does(Action::Recheck);
        assert_eq!(again.header.silences, 1);
        assert_eq!(report(&again, "production").silenced[0].by, SilencedBy::Me(silence(None, "a mirror pins it")));
    }
    // Another engine goes on with them.
    let carried = user.session.carry();
    let mut session = chartwright_configure::Session::new();
    let start = Action::Start { bundle: bundle(SMALL, FILES), dropped: Vec::new(), fragment: None, saved: None };
    let _ = session.act(start, &mut || 0.0);
    assert!(session.go_on_from(&carried));
    assert_eq!(session.refresh(&mut || 0.0).header.map(|header| header.silences), Some(1));
}

#[test]
fn the_charts_own_silences_say_why() {
    let mut user = small();
    user.sets("/annotations", "{\"ignore.chartwright.io/latest-tag\": \"a mirror pins it\"}");
    assert!(of(&user, "production", "latest-tag").is_empty());
    let [silenced] = report(&user, "production").silenced.as_slice() else { panic!("one: {:?}", report(&user, "production").silenced) };
    assert_eq!(silenced.by, SilencedBy::Annotation("ignore.chartwright.io/latest-tag".to_owned()));
    assert_eq!(silenced.reason, "a mirror pins it");
}

#[test]
fn silences_are_taken_away_as_a_project_file() {
    let mut user = small();
    assert!(user.gets(Export::Project).lines().all(|line| line.starts_with('#')));
    user.does(Action::Silence(silence(None, "a mirror: it pins")));
    user.does(Action::Profile(Profile::Restricted));
    let text = user.gets(Export::Project);
    let read: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    assert_eq!(read["profile"], "restricted");
    let exclusion = &read["exclude"][0];
    assert_eq!(exclusion["rule"], "latest-tag");
    assert_eq!(exclusion["object"][0], "Deployment/*-one");
    assert_eq!(exclusion["reason"], "a mirror: it pins");
    assert_eq!(user.last.export.as_ref().map(|export| export.name.as_str()), Some(".chartwright.yaml"));
    // Dropped in elsewhere it says the same.
    let mut other = small();
    other.does(Action::AddLayer { name: ".chartwright.yaml".to_owned(), text });
    assert!(other.header.project && other.layers.len() == user.layers.len());
    assert_eq!(other.header.profile, Profile::Restricted);
    other.does(Action::Profile(Profile::Default));
    let [silenced] = report(&other, "production").silenced.as_slice() else { panic!("one: {:?}", report(&other, "production")) };
    assert_eq!((&silenced.by, silenced.reason.as_str()), (&SilencedBy::Project(4), "a mirror: it pins"));
}

const PROJECT: &str = "# Ours.
rules:
  no-liveness-probe: off
  latest-tag: error
exclude:
  # They are small.
  - rule: [unset-cpu-requests, unset-memory-requests]
    object: Deployment/*-two
    reason: a side car's worth
  - rule: unset-memory-limits
    path: templates/all.yaml
    environment: local
    reason: a laptop
";

#[test]
fn a_project_file_beside_the_chart_is_read() {
    let mut user = with_project(PROJECT);
    assert!(user.header.project && user.report.project_fault.is_none());
    assert!(of(&user, "production", "no-liveness-probe").is_empty());
    assert_eq!(of(&user, "production", "latest-tag")[0].severity, Severity::Error);
    let requests = of(&user, "production", "unset-cpu-requests");
    assert_eq!(requests[0].objects(), ["Deployment/rel-one"], "{requests:?}");
    assert_eq!(of(&user, "production", "unset-memory-limits").len(), 1);
    assert_eq!(of(&user, "local", "unset-memory-limits").len(), 0);
    // What is silenced here goes behind what it says.
    user.does(Action::Silence(silence(None, "pinned")));
    let text = user.gets(Export::Project);
    assert!(text.starts_with(PROJECT.trim_end()), "{text}");
    let read: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    assert_eq!(read["exclude"][2]["reason"], "pinned");
    // One that is dropped in takes its place, until that is undone.
    user.does(Action::AddLayer { name: ".chartwright.yaml".to_owned(), text: "profile: api\n".to_owned() });
    assert!(report(&user, "production").findings.is_empty());
    let saved = User::returns(&project_bundle(PROJECT), None, Some(&user.save));
    assert_eq!(saved.header.profile, Profile::Api);
    user.does(Action::Undo);
    assert_eq!(of(&user, "production", "unset-cpu-requests").len(), 1);
}

#[test]
fn a_project_file_that_is_wrong_counts_for_nothing() {
    let user = with_project("rules:\n  no-such-rule: off\n");
    assert!(user.report.project_fault.as_ref().is_some_and(|fault| fault.starts_with("line 2: ")), "{:?}", user.report.project_fault);
    assert!(!of(&user, "production", "no-liveness-probe").is_empty());
}

fn project_bundle(text: &str) -> String {
    let mut files = FILES.to_vec();
    files.push((".chartwright.yaml", text));
    bundle(SMALL, &files)
}

fn with_project(text: &str) -> User {
    let mut user = User::visits(&project_bundle(text));
    user.does(Action::Environment("production".to_owned()));
    user.does(Action::Recheck);
    user
}

/// What the checks want of the chosen environment, and the first fix of a rule's finding that they find better.
fn fix_of(user: &mut User, rule: &str) -> Option<FixView> {
    let environment = user.header.environment.clone();
    let change = of(user, &environment, rule).first()?.change.clone()?;
    let fix = user.does(Action::Fix(change.clone())).fix.clone().expect("an answer");
    assert_eq!(fix.change, change);
    if fix.refused.is_some() {
        return None;
    }
    let verdict = user.checks.judge(&fix.trial).verdict;
    verdict.is_some_and(|(of, better)| of == change && better).then_some(fix)
}

#[test]
fn a_fix_is_shown_to_cure_and_is_one_step_back() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Recheck);
    let original = user.yaml.text.clone();
    user.sets("/podSecurityContext/seccompProfile", "null");
    let before = user.report.clone();
    let fix = fix_of(&mut user, "seccompProfile_restricted").expect("a fix");
    assert_eq!(user.report, before, "asking changes nothing");
    assert!(fix.key.starts_with("podSecurityContext") || fix.key.starts_with("securityContext"), "{fix:?}");
    assert_eq!((fix.file.as_str(), fix.lines > 0), ("values-production.yaml", true));
    let text = user.yaml.text.clone();
    user.does(Action::Set { path: fix.path, json: fix.json });
    assert!(of(&user, "production", "seccompProfile_restricted").is_empty());
    assert_eq!(
        user.yaml.text, original,
        "the chart's own default is what was wanted: the file says nothing of it again, comments included"
    );
    user.does(Action::Undo);
    assert_eq!((user.yaml.text.clone(), user.report.clone()), (text, before));
}

#[test]
fn what_stands_in_the_template_has_no_fix() {
    let mut user = small();
    assert!(of(&user, "production", "seccompProfile_restricted")[0].change.is_some());
    assert_eq!(fix_of(&mut user, "seccompProfile_restricted"), None);
    // One that makes nothing better is not offered.
    let change = of(&user, "production", "seccompProfile_restricted")[0].change.clone().expect("a change");
    let trial =
        serde_json::json!({ "change": [change.document, change.pointer, change.json], "environment": "production", "documents": [] });
    let verdict = user.checks.judge(&trial.to_string()).verdict.expect("a verdict");
    assert_eq!(verdict.0, change);
    assert!(user.checks.judge("no trial").verdict.is_none());
}

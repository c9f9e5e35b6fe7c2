//! The releases of Kubernetes: what each of them makes of a chart, worked out one at a time.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle};

const SMALL: &str = "applications/small";

/// A budget by an API that 1.25 has taken away, in charts that ask for nothing newer; a field that is known since 1.26.
const FILES: &[(&str, &str)] = &[
    ("Chart.yaml", "apiVersion: v2\nname: small\nversion: 1.0.0\nkubeVersion: \">=1.27.0-0\"\n"),
    ("values.yaml", "policy: \"\"\nflow: false\n"),
    ("values-local.yaml", "flow: true\n"),
    ("values-production.yaml", "policy: AlwaysAllow\n"),
    (
        "templates/all.yaml",
        "apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: budget}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: a}}
  {{- with .Values.policy }}
  unhealthyPodEvictionPolicy: {{ . }}
  {{- end }}
---
{{- if .Values.flow }}
{{- if semverCompare \"<1.32-0\" .Capabilities.KubeVersion.Version }}
apiVersion: v1
kind: ConfigMap
metadata: {name: old}
{{- else }}
apiVersion: v1
kind: ConfigMap
metadata: {name: new, labels: {\"not a label\": x}}
{{- end }}
{{- end }}
",
    ),
];

fn small() -> User {
    let mut user = User::visits(&bundle(SMALL, FILES));
    user.checks.set_schemas(chartwright_kube::schema::KUBERNETES);
    user.does(Action::Environment("production".to_owned()));
    user.does(Action::Recheck);
    user
}

/// Goes on until everything is known; gives how many releases were looked at.
fn sweep(user: &mut User) -> usize {
    for count in 0..100 {
        let request = user.does(Action::Sweep).sweep.clone().unwrap_or_default();
        if request.is_empty() {
            return count;
        }
        let report = user.checks.sweep(&request);
        assert!(report.environments.is_empty());
        user.report.sweep = report.sweep;
    }
    panic!("it does not end");
}

#[track_caller]
fn of<'u>(user: &'u User, environment: &str) -> &'u SweepView {
    let found = user.report.sweep.iter().flatten().find(|view| view.environment == environment);
    found.unwrap_or_else(|| panic!("nothing of {environment}"))
}

fn told(view: &SweepView) -> Vec<(&str, Vec<&str>, &str)> {
    view.breaks.iter().map(|one| (one.rule.as_str(), one.objects.iter().map(String::as_str).collect(), one.releases.as_str())).collect()
}

#[test]
fn what_breaks_where() {
    let mut user = small();
    assert_eq!(sweep(&mut user), 26, "two environments in thirteen releases");
    let production = of(&user, "production");
    assert!(production.is_whole);
    let versions: Vec<&str> = production.releases.iter().map(|release| release.version.as_str()).collect();
    assert_eq!((versions.len(), versions[0], versions[12]), (13, "1.25", "1.37"));
    let failed = production.releases[0].failed.as_deref().unwrap_or_default();
    assert!(failed.contains("kubeVersion: >=1.27.0-0"), "{failed}");
    assert!(production.releases[2..].iter().all(|release| release.failed.is_none()));
    // The field is unknown in 1.25 alone, where nothing renders. What Helm says is of one cause.
    assert_eq!(told(production), [("chart-render", vec![], "before 1.27")]);
    let local = of(&user, "local");
    let breaks: Vec<usize> = local.releases.iter().map(|release| release.breaks).collect();
    assert_eq!(breaks, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    let found = told(local);
    assert!(
        found.iter().any(|(rule, objects, releases)| *rule != "chart-render" && objects == &["ConfigMap/new"] && *releases == "since 1.32"),
        "{found:?}"
    );
}

#[test]
fn new_and_gone_are_said_of_the_release_that_is_chosen() {
    let mut user = small();
    sweep(&mut user);
    let at = |user: &User, version: &str| {
        let release = of(user, "local").releases.iter().find(|release| release.version == version).cloned();
        release.map(|release| (release.words, release.compared)).unwrap_or_default()
    };
    let two = |words: &str, compared: &str| (words.to_owned(), compared.to_owned());
    assert_eq!((at(&user, "1.37"), at(&user, "1.33"), at(&user, "1.30")), (two("1 fault", ""), two("1 fault", ""), two("works", "1 gone")));
    user.does(Action::Release { name: "rel".to_owned(), namespace: "data".to_owned(), kube_version: "1.30".to_owned() });
    // The render is another, what is known of the releases is not.
    assert_eq!(sweep(&mut user), 0);
    assert_eq!((at(&user, "1.30"), at(&user, "1.37"), at(&user, "1.25")), (two("works", ""), two("1 fault", "1 new"), two("fails", "")));
}

#[test]
fn an_edit_begins_its_environment_anew_and_a_chart_all() {
    let mut user = small();
    sweep(&mut user);
    user.sets("/policy", "\"\"");
    assert_eq!(sweep(&mut user), 13);
    user.does(Action::Profile(Profile::Api));
    assert_eq!(sweep(&mut user), 26);
    // What is silenced does not count.
    user.does(Action::Silence(Silence {
        rule: of(&user, "local").breaks.iter().find(|one| one.releases == "since 1.32").map(|one| one.rule.clone()).unwrap_or_default(),
        objects: vec!["ConfigMap/new".to_owned()],
        reason: "meant".to_owned(),
        ..Silence::default()
    }));
    assert_eq!(sweep(&mut user), 26);
    assert!(of(&user, "local").releases.iter().all(|release| release.breaks == 0), "{:?}", of(&user, "local"));
    let files = FILES.iter().map(|(path, text)| ((*path).to_owned(), text.replace("name: small", "name: other").into_bytes())).collect();
    user.does(Action::AddChart(Dropped { name: "other".to_owned(), content: DroppedContent::Files(files) }));
    assert_eq!(user.report.sweep, None);
    assert_eq!(sweep(&mut user), 26);
}

#[test]
fn a_new_worker_is_told_everything() {
    let mut user = small();
    sweep(&mut user);
    let before = user.report.sweep.clone();
    user.checks = chartwright_configure::Checks::new();
    user.checks.set_schemas(chartwright_kube::schema::KUBERNETES);
    user.does(Action::Recheck);
    assert_eq!((user.report.sweep.clone(), sweep(&mut user)), (None, 26));
    assert_eq!(user.report.sweep, before);
}

//! What a session finds out on demand: blast radius, unused keys, overrides without effect, unreached lines, and lines as they were typed.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, bundle, shipped};

const API: &str = "applications/kaggle-data-api";
const DEPLOYMENT: &str = "Deployment/rel-kaggle-data-api";
const CHART: &str = "applications/c";

/// A chart with a switch, a helper, a dependency's condition, and values that nobody reads.
fn small() -> String {
    bundle(
        CHART,
        &[
            (
                "Chart.yaml",
                "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies:\n  - {name: sub, version: 0.1.0, condition: sub.enabled}\n",
            ),
            ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            ("charts/sub/values.yaml", "size: 1\n"),
            ("charts/sub/templates/a.yaml", "kind: Sub\nmetadata: {name: s}\nsize: {{ .Values.size }}\n"),
            (
                "values.yaml",
                "replicas: 1\nport: 80\nname: app\ntag: v1\nimage: reg\nsub:\n  enabled: false\ningress:\n  enabled: false\n  host: a\nlist:\n  - name: x\nlabels:\n  team: a\nspare: 1\n",
            ),
            (
                "templates/a.yaml",
                concat!(
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}-{{ .Values.name }}\n  labels: {{- toYaml .Values.labels | nindent 4 }}\n",
                    "spec:\n  replicas: {{ .Values.replicas }}\n  template:\n    image: {{ .Values.image }}:{{ .Values.tag | quote | trimAll \"\\\"\" }}\n",
                    "    port: {{ add .Values.port 8000 }}\n    upper: {{ upper .Values.name }}\n    b64: {{ .Values.name | b64enc }}\n    pull: {{ .Values.pullPolicy | default \"Always\" }}\n    fixed: yes\n",
                    "    items: {{ range .Values.list }}{{ .name }},{{ end }}\n",
                ),
            ),
            (
                "templates/b.yaml",
                "{{ if .Values.ingress.enabled }}\nkind: Ingress\nmetadata:\n  name: i\nhost: {{ .Values.ingress.host }}\n{{ end }}\n",
            ),
            ("values-production.yaml", "# Much.\nreplicas: 3\nreplicaz: 4\nport: 80\nsub:\n  sise: 2\nlabels:\n  team: b\n"),
            ("values-staging.yaml", "replicas: 1\n"),
        ],
    )
}

fn analysed(user: &mut User) -> Insights {
    for _ in 0..1_000 {
        let found = user.does(Action::Analyse).insights.clone().expect("an analysis");
        if !found.pending {
            return found;
        }
    }
    panic!("the analysis does not end")
}

fn keys<T>(all: &[T], key: impl Fn(&T) -> String) -> Vec<String> {
    all.iter().map(key).collect()
}

#[test]
fn unused_keys_are_told_with_the_one_that_was_meant() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    let found = analysed(&mut user);
    assert_eq!((found.environments.join(" "), found.failed.len()), ("default staging production".to_owned(), 0));
    let told = keys(&found.unused, |one| format!("{}:{} {} {:?} {:?}", one.file, one.line, one.key, one.why, one.nearest.as_deref()));
    assert_eq!(
        told,
        [
            "values-production.yaml:3 replicaz Unknown Some(\"replicas\")",
            "values-production.yaml:6 sub.sise Unknown None",
            "values.yaml:10 ingress.host Asleep None",
            "values.yaml:15 spare Unknown None",
        ]
    );
    assert_eq!(keys(&found.unset, |one| format!("{} {}", one.key, one.file)), ["pullPolicy c/templates/a.yaml"]);
    let lines = keys(&found.unreached, |one| format!("{}:{}-{} {}", one.file, one.first, one.last, one.text));
    assert_eq!(lines, ["c/templates/b.yaml:2-5 kind: Ingress"]);
}

#[test]
fn a_switched_on_dependency_reads_its_values() {
    let mut user = User::visits(&small());
    user.opens(CHART, "staging");
    user.sets("/sub/enabled", "true");
    let found = analysed(&mut user);
    let told = keys(&found.unused, |one| format!("{} {:?}", one.key, one.nearest.as_deref()));
    assert!(told.contains(&"sub.sise Some(\"sub.size\")".to_owned()), "{told:?}");
}

#[test]
fn the_effective_values_are_those_of_subcharts_too() {
    let mut user = User::visits(&small());
    user.opens(CHART, "staging");
    let told = |user: &User| -> Vec<String> {
        let rows = user.values.iter().filter(|row| row.id.starts_with("/sub/"));
        rows.map(|row| format!("{}={} {}:{} {:?}", row.key, row.value, row.file, row.line, row.over)).collect()
    };
    assert_eq!(told(&user), ["sub.enabled=false values.yaml:7 []", "sub.size=1 charts/sub/values.yaml:1 []"]);
    user.does(Action::Set { path: user::path("/sub/size"), json: "4".into() });
    assert_eq!(
        told(&user),
        ["sub.enabled=false values.yaml:7 []", "sub.size=4 values-staging.yaml:3 [(\"1\", \"charts/sub/values.yaml\")]"]
    );
}

#[test]
fn overrides_without_effect_are_taken_out_together() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    let before = user.documents.clone();
    let found = analysed(&mut user);
    let told = keys(&found.idle, |one| format!("{}:{} {}: {}", one.file, one.line, one.key, one.reason));
    assert_eq!(
        told,
        [
            "values-production.yaml:3 replicaz: No template reads it",
            "values-production.yaml:4 port: It is the same without it",
            "values-production.yaml:5 sub: No template reads it",
        ]
    );
    user.does(Action::Prune(found.idle.iter().map(|one| (one.layer.clone(), one.path.clone())).collect()));
    assert_eq!(user.last.notice, None);
    assert_eq!(user.yaml.text, "# Much.\nreplicas: 3\nlabels:\n  team: b\n");
    assert_eq!(user.documents.values().map(|one| &one.text).collect::<Vec<_>>(), before.values().map(|one| &one.text).collect::<Vec<_>>());
    assert!(analysed(&mut user).idle.is_empty());
    user.undoes();
    assert!(user.yaml.text.contains("replicaz"));
    // What matters stays.
    user.does(Action::Prune(vec![("values-production.yaml".to_owned(), user::path("/replicas"))]));
    assert!(user.last.notice.as_deref().is_some_and(|notice| notice.contains("another one")), "{:?}", user.last.notice);
    assert!(user.yaml.text.contains("replicas: 3"));
}

#[test]
fn the_last_edit_and_all_of_mine() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    let found = analysed(&mut user);
    assert_eq!((found.last_edit, found.mine), (None, None));
    user.types("/replicas", "5");
    user.types("/tag", "v2");
    let found = analysed(&mut user);
    let last = found.last_edit.expect("an edit");
    let one = &last.objects[0];
    assert_eq!((one.id.as_str(), one.change, one.restarts, last.objects.len()), ("Deployment/rel-app", Change::Changed, true, 1));
    assert!(one.notes.is_empty() && one.refused.is_empty(), "{one:?}");
    let mine = found.mine.expect("changes");
    assert_eq!(mine.objects[0].notes, ["Scaled from 3 to 5"]);
    user.undoes();
    user.undoes();
    let found = analysed(&mut user);
    assert_eq!((found.last_edit, found.mine), (None, None));
    // A name makes it another object.
    user.types("/name", "other");
    let objects = analysed(&mut user).last_edit.expect("an edit").objects;
    assert_eq!(keys(&objects, |one| format!("{} {:?}", one.id, one.change)), ["Deployment/rel-other Right", "Deployment/rel-app Left"]);
}

#[test]
fn a_claim_that_shrinks_would_be_refused() {
    let mut user = User::visits(&shipped());
    user.opens("infrastructure/kaggle-data-pvc", "production");
    let smaller = user.field("/size").input.clone();
    assert!(smaller.ends_with("Gi"), "{smaller}");
    user.types("/size", "1Gi");
    let found = analysed(&mut user).last_edit.expect("an edit");
    assert_eq!(found.objects[0].refused[0].0, "spec.resources.requests.storage");
}

#[test]
fn an_analysis_goes_on_in_slices_and_begins_anew_after_an_edit() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    // A clock that runs: each look at it is a second later.
    let mut now = 0.0;
    let mut slice = |user: &mut User| {
        user.session.act(Action::Analyse, &mut || {
            now += 1e6;
            now
        })
    };
    let first = slice(&mut user).insights.expect("an analysis");
    assert!(first.pending && first.environments.is_empty());
    let mut slices = 1;
    while slice(&mut user).insights.is_some_and(|found| found.pending) {
        slices += 1;
        assert!(slices < 100);
    }
    assert!(slices > 5, "{slices}");
    user.types("/replicas", "7");
    assert!(slice(&mut user).insights.is_some_and(|found| found.pending && found.idle.is_empty()));
}

#[test]
fn environments_that_fail_are_named() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    user.writes("list: 3\nlabels: {a: {{}\n");
    user.writes("list: {a: b}\n");
    let found = analysed(&mut user);
    assert_eq!((found.failed.join(" "), found.environments.join(" ")), ("production".to_owned(), "default staging".to_owned()));
    assert!(found.mine.expect("changes").error.is_some_and(|error| error.contains("fails now")));
    assert!(found.idle.is_empty());
}

/// Types a line of a document otherwise.
#[track_caller]
fn types_line(user: &mut User, document: &str, line: &str, typed: &str) -> LineEdit {
    let text = user.document(document).text.clone();
    let (at, old) =
        text.lines().enumerate().find(|(_, known)| known.trim() == line).unwrap_or_else(|| panic!("{line:?} is not in\n{text}"));
    let typed = format!("{}{typed}", &old[..old.len() - old.trim_start().len()]);
    let action = Action::EditLine { document: document.to_owned(), line: at as u32 + 1, text: typed };
    user.does(action).edit.clone().expect("an answer")
}

#[track_caller]
fn gives(line: &str, typed: &str, key: &str, value: &str) {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    let edit = types_line(&mut user, "Deployment/rel-app", line, typed);
    assert_eq!((edit.refused.as_deref(), edit.key.as_str(), edit.value.as_str()), (None, key, value), "{edit:?}");
    user.does(Action::Set { path: edit.path.clone(), json: edit.json });
    let id = user.order.iter().find(|id| id.starts_with("Deployment/")).expect("a deployment").clone();
    user.sees(&id, typed);
    user.undoes();
    user.sees("Deployment/rel-app", line);
}

#[test]
fn a_line_that_is_typed_becomes_an_override() {
    gives("replicas: 3", "replicas: 4", "replicas", "4");
    gives("image: reg:v1", "image: reg:v2", "tag", "v2");
    gives("image: reg:v1", "image: other/reg:v1", "image", "other/reg");
    gives("port: 8080", "port: 8090", "port", "90");
    gives("upper: APP", "upper: WEB", "name", "WEB");
    gives("b64: YXBw", "b64: d2Vi", "name", "web");
    gives("pull: Always", "pull: Never", "pullPolicy", "Never");
    gives("team: b", "team: c", "labels.team", "c");
    gives("name: rel-app", "name: rel-web", "name", "web");
}

#[test]
fn what_changes_along_is_told() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    let edit = types_line(&mut user, "Deployment/rel-app", "b64: YXBw", "b64: d2Vi");
    assert_eq!((edit.was.as_str(), edit.file.as_str()), ("app", "values-production.yaml"));
    assert!(
        edit.along > 0 && edit.others.iter().any(|(_, old, new)| old.contains("whole object") || new.contains("whole object")),
        "{edit:?}"
    );
    let edit = types_line(&mut user, "Deployment/rel-app", "replicas: 3", "replicas: 4");
    assert_eq!((edit.along, edit.others.len()), (0, 0));
}

#[test]
fn what_cannot_be_had_says_why() {
    let mut user = User::visits(&small());
    user.opens(CHART, "production");
    for (line, typed, reason) in [
        ("fixed: yes", "fixed: no", "stands in the template"),
        ("image: reg:v1", "image: other:v2", "Several values make this"),
        ("image: reg:v1", "picture: reg:v1", "stands in the template"),
        ("upper: APP", "upper: web", "No value of name"),
        ("# Source: c/templates/a.yaml", "# x", "Helm writes this line"),
    ] {
        let edit = types_line(&mut user, "Deployment/rel-app", line, typed);
        assert!(edit.refused.as_deref().is_some_and(|why| why.contains(reason)), "{line}: {edit:?}");
    }
    let edit = types_line(&mut user, "Deployment/rel-app", "image: reg:v1", "image: reg:v1");
    assert_eq!((edit.refused, edit.key.as_str(), edit.json.as_str()), (None, "image, tag", ""));
    let text = user.yaml.text.clone();
    user.does(Action::AddLayer { name: "above.yaml".into(), text: "replicas: 9\n".into() });
    user.does(Action::SelectLayer("values-production.yaml".into()));
    let edit = types_line(&mut user, "Deployment/rel-app", "replicas: 9", "replicas: 8");
    assert!(edit.refused.as_deref().is_some_and(|why| why.contains("above.yaml lies above")), "{edit:?}");
    assert_eq!(user.yaml.text, text);
}

#[test]
fn secrets_are_not_edited_in_the_manifest() {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Add { path: user::path("/secret"), key: Some("TOKEN".into()) });
    user.types("/secret/TOKEN", "hunter2hunter2");
    let id = user.order.iter().find(|id| id.starts_with("Secret/")).expect("a secret").clone();
    let edit = types_line(&mut user, &id, "type: Opaque", "type: x");
    assert!(edit.refused.as_deref().is_some_and(|why| why.contains("Secrets are not shown")), "{edit:?}");
}

#[test]
fn the_shipped_charts_are_clean() {
    let mut user = User::visits(&shipped());
    for chart in [API, "applications/fetch-kaggle-job", "infrastructure/kaggle-data-pvc"] {
        user.opens(chart, "production");
        let found = analysed(&mut user);
        let unknown: Vec<&UnusedKey> = found.unused.iter().filter(|one| one.why == Unread::Unknown).collect();
        assert!(unknown.is_empty(), "{chart}: {unknown:#?}");
        assert!(found.failed.is_empty() && !found.environments.is_empty());
    }
    user.opens(API, "production");
    let edit = types_line(&mut user, DEPLOYMENT, "memory: 768Mi", "memory: 2Gi");
    assert_eq!((edit.refused, edit.key.as_str(), edit.value.as_str(), edit.along), (None, "resources.limits.memory", "2Gi", 0));
    for line in ["kind: Deployment", "apiVersion: apps/v1", "spec:"] {
        let edit = types_line(&mut user, DEPLOYMENT, line, line);
        assert!(edit.refused.as_deref().is_some_and(|why| why.contains("stands in the template")), "{edit:?}");
    }
    let ingress = user.order.iter().find(|id| id.starts_with("Ingress/")).expect("an ingress").clone();
    let text = user.document(&ingress).text.clone();
    let line = text.lines().find(|line| line.contains("kaggle-data-api.example.com")).expect("a host").trim().to_owned();
    let edit = types_line(&mut user, &ingress, &line, &line.replace("kaggle-data-api.example.com", "data.example.com"));
    assert_eq!((edit.refused, edit.key.starts_with("ingress."), edit.value.as_str()), (None, true, "data.example.com"));
}

//! The stack as a user of the page has it: the shipped charts together, edited, checked and downloaded; without the page.

#![allow(clippy::panic, reason = "what is not as expected ends the test")]

mod user;

use chartwright_configure::protocol::*;
use user::{User, shipped};

const API: &str = "applications/kaggle-data-api";
const JOB: &str = "applications/fetch-kaggle-job";
const CLAIM: &str = "infrastructure/kaggle-data-pvc";

/// The page with the stack open, in production.
fn opened() -> User {
    let mut user = User::visits(&shipped());
    user.opens(API, "production");
    user.does(Action::Recheck);
    user.does(Action::Stack(true));
    user
}

fn view(user: &User) -> StackView {
    user.last.stack.clone().expect("the stack")
}

fn report(user: &User) -> &StackReport {
    user.report.stack.as_ref().expect("what is said of the stack")
}

fn rules(user: &User) -> Vec<(u32, &str)> {
    report(user)
        .findings
        .iter()
        .filter(|(_, finding)| finding.severity != Severity::Info)
        .map(|(member, finding)| (*member, finding.rule.as_str()))
        .collect()
}

fn set(at: usize, release: &str, namespace: &str, environment: &str) -> Action {
    Action::SetMember { at, release: release.into(), namespace: namespace.into(), environment: environment.into() }
}

#[test]
fn the_charts_that_belong_together() {
    let user = opened();
    let stack = view(&user);
    assert_eq!(
        (stack.name.as_str(), stack.repository.as_str(), stack.revision.as_str()),
        ("kaggle-data", "https://github.com/chartwright/chartwright", "main")
    );
    assert_eq!(stack.errors, [None, None, None]);
    let members: Vec<(&str, &str, &str, &str)> = stack
        .members
        .iter()
        .map(|one| (one.chart.as_str(), one.release.as_str(), one.namespace.as_str(), one.environment.as_str()))
        .collect();
    assert_eq!(
        members,
        [
            (CLAIM, "kaggle-data-pvc", "data", "production"),
            (JOB, "fetch-kaggle-job", "data", "production"),
            (API, "kaggle-data-api", "data", "production"),
        ]
    );
    assert!(stack.members.iter().all(|member| member.failed.is_none() && member.objects > 0 && member.follows));
    assert_eq!(user.last.stack_documents.len(), 3);

    let report = report(&user);
    assert_eq!(report.waves, [0, 1, 1]);
    let ties: Vec<(&str, &str)> = report.ties.iter().map(|tie| (tie.from.as_str(), tie.to.as_str())).collect();
    let claim = "PersistentVolumeClaim/kaggle-data-pvc";
    assert_eq!(ties, [("CronJob/fetch-kaggle-job", claim), ("Deployment/kaggle-data-api", claim)]);
    assert!(!rules(&user).iter().any(|(_, rule)| rule.starts_with("missing-")), "{:?}", rules(&user));
    let classes: Vec<(&str, &str, &str)> =
        report.workloads.iter().map(|one| (one.object.as_str(), one.pods.as_str(), one.qos.as_str())).collect();
    assert_eq!(classes, [("CronJob/fetch-kaggle-job", "0–1", "Burstable"), ("Deployment/kaggle-data-api", "2–10", "Burstable")]);
    assert_eq!(report.totals.qos, "Burstable");
    assert!(report.totals.storage.starts_with("20Gi ReadWriteMany on efs-sc"), "{}", report.totals.storage);
    assert!(report.prerequisites.iter().any(|(what, _)| what == "StorageClass/efs-sc"), "{:?}", report.prerequisites);
}

#[test]
fn an_edit_touches_one_member() {
    let mut user = opened();
    user.types("/resources/requests/cpu", "750m");
    let changed: Vec<u32> = user.last.stack_documents.iter().map(|one| one.member).collect();
    assert_eq!(changed, [2], "only the API's manifests are sent anew");
    assert_eq!(view(&user).members[2].mine, 1);
    assert!(user.last.stack_documents[0].documents.iter().any(|(_, text)| text.contains("cpu: 750m")));
    let api = report(&user).workloads.iter().find(|one| one.member == 2).expect("the API");
    assert_eq!(api.requests, "750m · 512 Mi");
    // What it does not touch says nothing.
    user.does(Action::Point(String::new()));
    assert!(user.last.stack.is_none() && user.last.stack_documents.is_empty());
}

#[test]
fn what_dangles_is_named_with_its_member() {
    let mut user = opened();
    user.does(set(0, "kaggle-data-pvc", "storage", ""));
    let missing: Vec<(u32, String)> = report(&user)
        .findings
        .iter()
        .filter(|(_, finding)| finding.rule == "missing-pvc-ref")
        .map(|(member, finding)| (*member, finding.message.clone()))
        .collect();
    let elsewhere = "the claim kaggle-data-pvc is in the namespace storage, not in data";
    assert_eq!(missing, [(1, elsewhere.to_owned()), (2, elsewhere.to_owned())]);
    assert!(report(&user).ties.is_empty());
    user.undoes();
    assert!(!rules(&user).iter().any(|(_, rule)| *rule == "missing-pvc-ref"));
    user.does(Action::RemoveMember(0));
    assert!(report(&user).findings.iter().any(|(_, finding)| finding.message == "no chart makes the claim kaggle-data-pvc"));
    user.undoes();
    assert_eq!(view(&user).members.len(), 3);
}

#[test]
fn a_failed_member_is_told_and_nothing_is_missing_for_it() {
    let mut user = opened();
    user.opens(CLAIM, "production");
    user.writes("size: [\n");
    user.writes("accessMode: Never\n");
    let stack = view(&user);
    assert!(stack.members[0].failed.is_some(), "{stack:?}");
    assert!(report(&user).partial && report(&user).ties.is_empty());
    assert!(!rules(&user).iter().any(|(_, rule)| rule.starts_with("missing-")), "{:?}", rules(&user));
    user.does(Action::ExportStack(Flavour::Flux));
    let archive = user.report.archive.clone().expect("an answer");
    assert!(archive.bytes.is_empty() && archive.refused.is_some_and(|why| why.starts_with("kaggle-data-pvc cannot be rendered: ")));
}

#[test]
fn members_of_their_own() {
    let mut user = opened();
    user.does(Action::AddMember(API.into()));
    assert_eq!(view(&user).members[3].release, "kaggle-data-api-2");
    user.does(set(3, "kaggle-data-api", "data", "local"));
    let stack = view(&user);
    assert_eq!((stack.members[3].environment.as_str(), stack.members[3].follows), ("local", false));
    assert_eq!(stack.members[3].errors[0].as_deref(), Some("there is another kaggle-data-api in data"));
    assert!(rules(&user).iter().any(|(member, rule)| *member == 3 && *rule == "duplicate-object"), "{:?}", rules(&user));
    user.does(set(3, "-", "data", ""));
    assert!(view(&user).members[3].errors[0].is_some() && view(&user).members[3].failed.is_none());
    for refused in ["library/service", "nowhere"] {
        assert!(user.does(Action::AddMember(refused.into())).notice.is_some());
    }
    user.does(Action::RemoveMember(9));
    assert!(user.last.notice.is_some());
    // The page's environment goes with those that have no other.
    user.does(Action::Environment("staging".into()));
    let environments: Vec<String> = view(&user).members.into_iter().map(|member| member.environment).collect();
    assert_eq!(environments, ["staging", "staging", "staging", "staging"]);
}

#[test]
fn the_download_has_the_files_as_they_are_edited() {
    let mut user = opened();
    user.types("/resources/requests/cpu", "750m");
    let edited = user.yaml.text.clone();
    assert!(edited.contains("750m") && edited.contains("# The cache grows"), "comments stay");
    for (flavour, file) in
        [(Flavour::ArgoCd, "argocd/applicationset.yaml"), (Flavour::Flux, "flux/releases.yaml"), (Flavour::Helmfile, "helmfile.yaml")]
    {
        user.does(Action::ExportStack(flavour));
        let archive = user.report.archive.clone().expect("an archive");
        assert_eq!((archive.name.as_str(), archive.refused), (format!("kaggle-data-{}.zip", flavour.name()).as_str(), None));
        let text = String::from_utf8(archive.bytes.iter().map(|byte| if byte.is_ascii() { *byte } else { b'?' }).collect()).expect("ASCII");
        assert!(text.contains(&format!("kaggle-data/{file}")) && text.contains(&edited));
    }
    // It is made once: what comes next does not make it again.
    user.types("/resources/requests/cpu", "800m");
    assert_eq!(user.report.archive, None);
}

#[test]
fn it_is_kept_and_costs_nothing_while_it_is_closed() {
    let mut user = opened();
    user.does(Action::StackSource { name: "mine".into(), repository: "https://x/y".into(), revision: "main".into() });
    user.does(Action::Stack(false));
    user.types("/resources/requests/cpu", "750m");
    assert!(user.last.stack.is_none() && user.last.stack_documents.is_empty() && user.report.stack.is_none());
    let mut again = User::returns(&shipped(), None, Some(&user.save));
    again.does(Action::Stack(true));
    assert_eq!((view(&again).name.as_str(), view(&again).members.len()), ("mine", 3));
    // A link is of one chart alone.
    let mut linked = User::returns(&shipped(), Some(&user.fragment), None);
    linked.does(Action::Stack(true));
    assert_eq!(view(&linked).name, "kaggle-data");
    // Another engine goes on with it.
    let mut session = chartwright_configure::Session::new();
    session.act(Action::Start { bundle: shipped(), dropped: Vec::new(), fragment: None, saved: None }, &mut || 0.0);
    again.does(Action::RemoveMember(0));
    assert!(session.go_on_from(&again.session.carry()));
    let update = session.refresh(&mut || 0.0);
    assert_eq!(update.stack.map(|stack| (stack.name, stack.members.len())), Some(("mine".to_owned(), 2)));
    assert_eq!(update.stack_documents.len(), 2);
}

#[test]
fn secrets_are_masked() {
    let mut user = opened();
    user.writes("secret:\n  TOKEN: not-a-real-token\n");
    let texts: String = user.last.stack_documents.iter().flat_map(|one| &one.documents).map(|(_, text)| text.as_str()).collect();
    assert!(texts.contains("kind: Secret") && !texts.contains("not-a-real-token") && !texts.contains("bm90LWEtcmVhbC10b2tlbg"), "{texts}");
}

#[test]
fn charts_that_name_no_stack() {
    let chart = serde_json::json!({ "Chart.yaml": "apiVersion: v2\nname: c\nversion: 0.1.0\n", "values.yaml": "" });
    let mut user = User::visits(&serde_json::json!({ "charts": { "apps/c": chart } }).to_string());
    user.does(Action::Stack(true));
    assert_eq!((view(&user).name.as_str(), view(&user).members.len(), view(&user).revision.as_str()), ("stack", 0, "main"));
    assert!(view(&user).errors[1].is_some(), "there is no repository to name");
    user.does(Action::AddMember("apps/c".into()));
    assert_eq!(view(&user).members[0].title, "c 0.1.0");
}

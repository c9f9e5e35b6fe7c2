//! What a stack is exported as, against files that were read by people and accepted by the published definitions of Argo CD and Flux
//! (`tools/accept-stack.mjs`). After an intended change, `ACCEPT=1 cargo test --package chartwright-configure --test stack` writes them anew.

use chartwright_configure::stack::*;
use chartwright_lint::{Document, Linter};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

const CLAIM: &str = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data}\nspec: {accessModes: [ReadWriteMany], storageClassName: shared, resources: {requests: {storage: 1Gi}}}\n";
const API: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: a, image: 'a:1'}]\n      volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]\n";

fn member(release: &str, namespace: &str, chart: &str, values: &[(&str, &str)]) -> Member {
    Member {
        release: release.into(),
        namespace: namespace.into(),
        environment: "production".into(),
        chart: chart.into(),
        version: "0.1.0".into(),
        folder: format!("charts/{chart}"),
        values: values.iter().map(|(name, text)| ValuesFile { name: (*name).into(), text: (*text).into() }).collect(),
    }
}

/// A claim, an API that mounts it, and one of the same name elsewhere.
fn stack() -> Stack {
    Stack {
        name: "shop".into(),
        repository: "git@github.com:example/charts.git".into(),
        revision: "main".into(),
        members: vec![
            member("api", "web", "api", &[("values-production.yaml", "replicas: 2\n"), ("more.yaml", "a: 1\n"), ("empty.yaml", " \n")]),
            member("claim", "web", "claim", &[]),
            member("api", "other", "api", &[("v.yaml", "a: 1\n"), ("v.yaml", "a: 2\n")]),
        ],
    }
}

fn checked(stack: &Stack, immediate: &[&str]) -> Checked {
    let texts = [API, CLAIM, ""];
    let members = stack.members.iter().zip(texts).map(|(member, content)| RenderedMember {
        documents: Some(vec![Document { source: "t.yaml", content, namespace: &member.namespace }]),
    });
    check(&mut Linter::default(), &members.collect::<Vec<_>>(), 37, immediate)
}

#[track_caller]
fn check_files(name: &str, flavour: Flavour, immediate: &[&str]) {
    let stack = stack();
    let made: BTreeMap<String, String> = files(&stack, &checked(&stack, immediate), flavour).expect("a stack").into_iter().collect();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/stack").join(name);
    let values = ["shop/values/web-api/values-production.yaml", "shop/values/web-api/more.yaml"];
    let values = values.into_iter().chain(["shop/values/other-api/v.yaml", "shop/values/other-api/2-v.yaml"]);
    let texts: Vec<&str> = values.map(|path| made.get(path).map_or("missing", String::as_str)).collect();
    assert_eq!(texts, ["replicas: 2\n", "a: 1\n", "a: 1\n", "a: 2\n"]);
    for (path, text) in made.iter().filter(|(path, _)| !path.contains("/values/")) {
        let file = folder.join(path.trim_start_matches("shop/").replace('/', "-"));
        if std::env::var_os("ACCEPT").is_some() {
            std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, text)).expect("a folder to write to");
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), *text, "{}", file.display());
        if path.ends_with(".yaml") {
            // Another reader takes it for the same number of documents.
            let documents: Result<Vec<serde_yaml::Value>, _> =
                serde_yaml::Deserializer::from_str(text).map(Deserialize::deserialize).collect();
            assert_eq!(documents.expect("YAML").len(), 1 + text.matches("\n---\n").count());
        }
    }
}

#[test]
fn for_argo_cd() {
    check_files("argocd", Flavour::ArgoCd, &["shared"]);
}

#[test]
fn for_argo_cd_where_a_claim_waits() {
    check_files("argocd-waiting", Flavour::ArgoCd, &[]);
}

#[test]
fn for_flux() {
    check_files("flux", Flavour::Flux, &["shared"]);
}

#[test]
fn for_flux_where_a_claim_waits() {
    check_files("flux-waiting", Flavour::Flux, &[]);
}

#[test]
fn for_helmfile() {
    check_files("helmfile", Flavour::Helmfile, &["shared"]);
}

#[test]
fn what_cannot_be_exported_says_why() {
    let mut stack = stack();
    stack.members[2].namespace = "web".into();
    let error = files(&stack, &checked(&stack, &[]), Flavour::Flux).expect_err("two of a name");
    assert_eq!(error, "There are two releases api in the namespace web.");
}

#[test]
fn as_text() {
    let stack = stack();
    let text = table(&stack, &checked(&stack, &["shared"]), &[None, None, Some("nil pointer".into())]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1].split_whitespace().collect::<Vec<_>>(), ["0", "claim", "web", "claim-0.1.0", "production", "1"]);
    assert_eq!(lines[2].split_whitespace().collect::<Vec<_>>(), ["0", "api", "other", "api-0.1.0", "production", "failed"]);
    assert_eq!(lines[3].split_whitespace().collect::<Vec<_>>(), ["1", "api", "web", "api-0.1.0", "production", "1"]);
    for line in [
        "pods       1 pod",
        "storage    1Gi ReadWriteMany on shared",
        "Deployment/api of api   needs   PersistentVolumeClaim/data of claim",
    ] {
        assert!(lines.contains(&line), "{line:?} is not in\n{text}");
    }
    assert!(text.contains("BestEffort") && text.contains("(unset-memory-requests)"), "{text}");
}

//! Validation against a real kube-apiserver 1.37: the documents of `validation/*.yaml` with its errors in `validation/*.txt`, which
//! `tools/validation-goldens.mjs` records. The order of errors is not compared: ours is the document's, the server's that of its checks.

mod recorded;

use std::path::Path;

use chartwright_kube::node::Node;
use chartwright_kube::validate::{Subject, validate};
use chartwright_yaml::Tree;

/// The errors of all documents of a file, in the form of the recorded ones.
fn found(file: &Path, minor: u32) -> String {
    let text = std::fs::read_to_string(file).expect("documents");
    let mut out = String::new();
    for document in text.split("\n---\n") {
        let tree = Tree::parse(document).expect("YAML");
        let root = Node::new(&tree, tree.root());
        let (api_version, kind) = (root.str_at("apiVersion").expect("apiVersion"), root.str_at("kind").expect("kind"));
        let name = root.at(&["metadata", "name"]).and_then(Node::str).unwrap_or_default();
        let messages = validate(Subject { root, api_version, kind, minor }).into_iter().map(|error| error.message).collect();
        recorded::tell(&mut out, &format!("{kind} {name}"), messages);
    }
    out
}

#[track_caller]
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validation");
    let expected = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("recorded errors");
    let found = found(&folder.join(format!("{name}.yaml")), 37);
    recorded::hold(name, &found, &expected);
}

#[test]
fn workloads() {
    check("apps");
}

#[test]
fn jobs() {
    check("batch");
}

#[test]
fn autoscalers_and_disruption_budgets() {
    check("autoscaling");
}

#[test]
fn the_network() {
    check("networking");
}

#[test]
fn access_priorities_flows_and_events() {
    check("access");
}

#[test]
fn admission() {
    check("admission");
}

#[test]
fn storage_runtimes_and_devices() {
    check("storage");
}

#[test]
fn definitions_of_custom_resources() {
    check("apiextensions");
}

#[test]
fn names_in_expressions() {
    check("expressions");
}

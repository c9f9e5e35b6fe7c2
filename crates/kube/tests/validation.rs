//! Validation against a real kube-apiserver 1.37: the documents of `validation/*.yaml` with its errors in `validation/*.txt`, which
//! `tools/validation-goldens.mjs` records. The order of errors is not compared: ours is the document's, the server's that of its checks.

use std::fmt::Write as _;
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
        let mut messages: Vec<String> =
            validate(Subject { root, api_version, kind, minor }).into_iter().map(|error| error.message).collect();
        messages.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
        messages.dedup();
        writeln!(out, "{}", format!("{kind} {name}").trim()).expect("a string");
        for message in messages {
            writeln!(out, "  {message}").expect("a string");
        }
    }
    out
}

#[track_caller]
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validation");
    let expected = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("recorded errors");
    let found = found(&folder.join(format!("{name}.yaml")), 37);
    let differing: Vec<(&str, &str)> = expected.lines().zip(found.lines()).filter(|(expected, found)| expected != found).take(3).collect();
    assert_eq!(found, expected, "{name}: server and ours first differ in {differing:#?}");
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

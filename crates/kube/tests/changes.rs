//! Changes against a real kube-apiserver 1.37: the documents of `changes/*.yaml` come in twos, an object as it is deployed and as it is to be, with the server's errors in
//! `changes/*.txt`, which `tools/change-goldens.mjs` records.

mod recorded;

use std::path::Path;

use chartwright_kube::immutable::refused;
use chartwright_kube::node::Node;
use chartwright_yaml::Tree;

#[track_caller]
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes");
    let text = std::fs::read_to_string(folder.join(format!("{name}.yaml"))).expect("documents");
    let expected = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("recorded errors");
    let trees: Vec<Tree> = text.split("\n---\n").map(|document| Tree::parse(document).expect("YAML")).collect();
    let mut found = String::new();
    let (pairs, alone) = trees.as_chunks::<2>();
    assert!(alone.is_empty(), "{name}: an object without its change");
    for pair in pairs {
        let [old, new] = pair.each_ref().map(|tree| Node::new(tree, tree.root()));
        let (api_version, kind) = (new.str_at("apiVersion").expect("apiVersion"), new.str_at("kind").expect("kind"));
        let named = new.at(&["metadata", "name"]).and_then(Node::str).expect("a name");
        let messages = refused(api_version, kind, old, new).into_iter().map(|refusal| refusal.message).collect();
        recorded::tell(&mut found, &format!("{kind} {named}"), messages);
    }
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
fn volumes_services_configurations_and_pods() {
    check("core");
}

#[test]
fn the_rest() {
    check("others");
}

//! What a real kube-apiserver 1.37 refuses, in its words: `tests/refusals.jsonl` is written by
//! `node tools/admission-check.mjs --record`, a line for each kind of refusal of each kind of object. A line names an object of
//! `tools/admission-check/`, a place in it, what is put there (nothing where the field is taken away), and the server's errors.

#![expect(clippy::panic, reason = "a test says which row it stumbled over")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chartwright_kube::node::Node;
use chartwright_kube::schema::{self, FaultKind, KUBERNETES, Schemas};
use chartwright_kube::validate::{Subject, validate};
use chartwright_yaml::Tree;
use serde_json::{Value, json};

fn refusals() -> Vec<Value> {
    let text = include_str!("refusals.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The objects of a file below `tools/admission-check/`.
fn objects(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/admission-check").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Tree::parse_stream(&text).expect("YAML").iter().map(|tree| tree.to_json(tree.root())).collect()
}

fn name(object: &Value) -> String {
    let part = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    format!("{} {} {}", part("/apiVersion"), part("/kind"), part("/metadata/name"))
}

/// Puts a value at a place, or takes the field away.
fn put(object: &mut Value, pointer: &str, value: Option<&Value>) {
    let (parent, key) = pointer.rsplit_once('/').expect("a place within the object");
    let key = key.replace("~1", "/").replace("~0", "~");
    match (object.pointer_mut(parent), value) {
        (Some(Value::Object(fields)), Some(value)) => {
            fields.insert(key, value.clone());
        }
        (Some(Value::Object(fields)), None) => {
            fields.remove(&key);
        }
        (Some(Value::Array(items)), Some(value)) => items[key.parse::<usize>().expect("the number of an item")] = value.clone(),
        (other, _) => panic!("{pointer}: {other:?}"),
    }
}

/// What is said of an object: the fields that are missing, and what validation finds.
fn errors(schemas: &Schemas, object: &Value) -> BTreeSet<String> {
    let tree = Tree::parse(&object.to_string()).expect("JSON is YAML");
    let root = Node::new(&tree, tree.root());
    let (api_version, kind) = (root.str_at("apiVersion").expect("apiVersion"), root.str_at("kind").expect("kind"));
    let resource = schemas.for_version(37).kind(api_version, kind).expect("a built-in kind");
    let missing = schema::decode(resource, root).into_iter().filter(|fault| fault.kind == FaultKind::Missing);
    let invalid = validate(Subject { root, api_version, kind, minor: 37 });
    missing.map(|fault| fault.message).chain(invalid.into_iter().map(|error| error.message)).collect()
}

#[test]
fn what_the_api_server_refuses_is_refused_in_its_words() {
    let schemas = Schemas::parse(KUBERNETES).expect("the table that is part of the program");
    let known = ["objects.yaml", "variants.yaml"].map(|file| (file, objects(file)));
    let mut differing = Vec::new();
    for row in refusals() {
        let (file, of) = (row["file"].as_str().expect("a file"), row["object"].as_str().expect("an object"));
        let (_, objects) = known.iter().find(|(name, _)| *name == file).expect("a known file");
        let mut object = objects.iter().find(|object| name(object) == of).unwrap_or_else(|| panic!("{file} has no {of}")).clone();
        let at = row["at"].as_str().expect("a place");
        put(&mut object, at, row.get("put"));
        let found = errors(&schemas, &object);
        let said: Vec<&str> = row["errors"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        // What is filled in is refused at both places by the server, and told of once here.
        if !said.iter().any(|error| found.contains(*error)) {
            differing.push(json!({ "object": of, "at": at, "put": row.get("put"), "server": said, "chartwright": found }).to_string());
        }
    }
    assert!(differing.is_empty(), "{} rows differ:\n{}", differing.len(), differing.join("\n"));
}

#[test]
fn what_the_api_server_accepts_is_accepted() {
    let schemas = Schemas::parse(KUBERNETES).expect("the table that is part of the program");
    for object in ["objects.yaml", "variants.yaml"].iter().flat_map(|file| objects(file)) {
        assert_eq!(errors(&schemas, &object), BTreeSet::new(), "{}", name(&object));
    }
}

//! Rules in CEL: what a real kube-apiserver 1.37 said of objects (`tools/cel-answers.mjs` wrote it down), and what is said here.

use std::sync::Arc;

use chartwright_kube::crd::{Bundle, Bundled, COMMON, Definitions, check};
use chartwright_kube::node::Node;
use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_yaml::Tree;
use serde_json::Value;

struct Case {
    object: Tree,
    says: Vec<String>,
}

fn read(recorded: &str) -> (Vec<Tree>, Vec<Case>) {
    let recorded: Value = serde_json::from_str(recorded).expect("JSON");
    let list = |key: &str| recorded.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let tree = |value: &Value| Tree::parse(&value.to_string()).expect("YAML");
    let says = |case: &Value| case["says"].as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let cases = list("cases").iter().map(|case| Case { object: tree(&case["object"]), says: says(case) }).collect();
    (list("definitions").iter().map(tree).collect(), cases)
}

/// What is said of an object, in the server's order: that of the alphabet.
fn found(schemas: &Schemas, definitions: &Definitions<'_>, object: &Tree) -> Vec<String> {
    let root = Node::new(object, object.root());
    let text = |key| root.str_at(key).unwrap_or_default();
    let definition = definitions.get(text("apiVersion"), text("kind")).expect("a definition");
    let mut found: Vec<String> = check(definition, Some(schemas.for_version(37)), root).into_iter().map(|fault| fault.message).collect();
    found.sort();
    found
}

/// Lines that one side says alone.
fn differences(cases: &[Case], definitions: &Definitions<'_>) -> Vec<String> {
    let schemas = Schemas::parse(KUBERNETES).expect("the table that is part of the program");
    let mut lines = Vec::new();
    for case in cases {
        let found = found(&schemas, definitions, &case.object);
        let name = || case.object.text().chars().take(60).collect::<String>();
        lines.extend(case.says.iter().filter(|line| !found.contains(line)).map(|line| format!("server: {line}    {}", name())));
        lines.extend(found.iter().filter(|line| !case.says.contains(line)).map(|line| format!("here:   {line}    {}", name())));
    }
    lines
}

#[test]
fn rules_of_our_own() {
    let (trees, cases) = read(include_str!("cel/rules.json"));
    let mut definitions = Definitions::default();
    trees.iter().for_each(|tree| definitions.add(Node::new(tree, tree.root())));
    assert!(cases.iter().any(|case| !case.says.is_empty()));
    let differences = differences(&cases, &definitions);
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn objects_of_operators() {
    let (_, cases) = read(include_str!("cel/operators.json"));
    let bundle = Bundle::parse(COMMON);
    let text = |case: &Case, key| Node::new(&case.object, case.object.root()).str_at(key).unwrap_or_default().to_owned();
    let bundled: Vec<Arc<Bundled>> = cases.iter().filter_map(|case| bundle.get(&text(case, "apiVersion"), &text(case, "kind"))).collect();
    let mut definitions = Definitions::default();
    bundled.iter().for_each(|bundled| definitions.add_bundled(bundled));
    assert!(cases.iter().any(|case| !case.says.is_empty()));
    let differences = differences(&cases, &definitions);
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

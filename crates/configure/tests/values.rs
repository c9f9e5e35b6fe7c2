//! The effective values that the page lists are those that templates see, whatever layers say.

mod user;

use chartwright_configure::protocol::*;
use std::collections::BTreeMap;
use user::{User, bundle};

/// Renders `.Values` itself and compares it, leaf by leaf, with the list of effective values.
#[track_caller]
fn check(defaults: &str, layers: &[&str]) {
    let charts = bundle(
        "other/plain",
        &[
            ("Chart.yaml", "apiVersion: v2\nname: plain\nversion: 1.0.0\n"),
            ("values.yaml", defaults),
            ("templates/all.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\nvalues: {{ toJson .Values }}\n"),
        ],
    );
    let mut user = User::visits(&charts);
    for layer in layers {
        user.does(Action::AddLayer { name: "layer.yaml".into(), text: (*layer).to_owned() });
    }
    assert_eq!(user.render.error, None);
    let text = &user.document("ConfigMap/x").text;
    let json = text.lines().find_map(|line| line.strip_prefix("values: ")).expect("the values");
    let mut seen = BTreeMap::new();
    flatten(&serde_json::from_str(json).expect("JSON"), &mut String::new(), &mut seen);
    // A null that is left stands for nothing.
    let listed: BTreeMap<String, String> =
        user.values.iter().filter(|row| row.value != "null").map(|row| (row.id.clone(), row.value.clone())).collect();
    assert_eq!(listed, seen, "{layers:?} over {defaults:?}");
}

fn flatten(value: &serde_json::Value, path: &mut String, out: &mut BTreeMap<String, String>) {
    let before = path.len();
    match value {
        serde_json::Value::Object(map) if !map.is_empty() => {
            for (key, inner) in map {
                path.push('/');
                path.push_str(key);
                flatten(inner, path, out);
                path.truncate(before);
            }
        }
        serde_json::Value::Array(items) if !items.is_empty() => {
            for (at, inner) in items.iter().enumerate() {
                path.push_str(&format!("/{at}"));
                flatten(inner, path, out);
                path.truncate(before);
            }
        }
        serde_json::Value::Null => {}
        _ if path.is_empty() => {}
        other => drop(out.insert(path.clone(), other.to_string().trim_matches('"').to_owned())),
    }
}

#[test]
fn maps_are_merged_and_lists_replaced() {
    check("a: 1\nb: {c: x, d: w}\nl: [1, 2]\n", &[]);
    check("a: 1\nb: {c: x, d: w}\nl: [1, 2]\n", &["b: {c: k}\nl: [3]\n"]);
    check("a: 1\n", &["b: {c: k}\n", "b: {d: m}\n"]);
}

#[test]
fn nulls_take_away() {
    check("a: 1\nb: {c: x, d: w}\n", &["b: {c: null}\n"]);
    check("a: 1\nb: {c: x, d: w}\n", &["b: null\n"]);
    check("a: 1\nb: {c: x, d: w}\n", &["b: null\n", "b: {e: k}\n"]);
    check("a: 1\nb: {c: x, d: w}\n", &["b: {c: k}\n", "b: {c: null}\n"]);
    check("a: null\nb: {c: null, d: w}\n", &[]);
}

#[test]
fn what_is_no_map_gives_way() {
    check("a: 1\nb: {c: x}\n", &["b: s\n", "b: {d: m}\n"]);
    check("a: 1\n", &["a: {d: m}\n"]);
    check("a: {b: 1}\n", &["a: {b: {c: 2}}\n", "a: {b: {d: 3}}\n"]);
    check("", &["a: 1\n"]);
    check("a: {}\nl: []\n", &["a: {b: {}}\n"]);
}

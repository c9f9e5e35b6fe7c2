//! Keys in values files that nobody reads, with the key that was likely meant; and keys that templates read and no file sets.

use super::distance::nearest;
use super::reads::{ITEM, Reads, dotted};
use crate::form::Schema;
use crate::pointer;
use crate::protocol::{Unread, UnusedKey};
use crate::values::{Node, Value};
use std::collections::HashSet;

/// How many keys are told of one file.
const MOST: usize = 500;

/// What a key is held to.
pub(crate) struct Known<'a> {
    /// What was read in any environment.
    pub(crate) reads: &'a Reads,
    /// The words of the templates' actions.
    pub(crate) words: &'a HashSet<String>,
    pub(crate) schema: Option<Schema<'a>>,
}

/// A values file.
pub(crate) struct File<'a> {
    /// The environment that it belongs to; nothing for the chart's own.
    pub(crate) environment: &'a str,
    pub(crate) name: &'a str,
    pub(crate) values: &'a Node,
}

/// The keys of a file that nobody reads: the outermost, where nothing below is read either.
pub(crate) fn unused(file: &File<'_>, known: &Known<'_>) -> Vec<UnusedKey> {
    let mut found = Vec::new();
    // Where a node stands: with its items' numbers, and with `[]` in their place.
    let mut open = vec![(file.values, Vec::<String>::new(), Vec::<String>::new())];
    while let Some((node, path, read)) = open.pop() {
        if found.len() >= MOST {
            break;
        }
        if !path.is_empty() && !known.reads.has(&read) {
            found.push(key(file, node, path, &read, known));
            continue;
        }
        let child = |at: String, wild: String| {
            let (mut path, mut read) = (path.clone(), read.clone());
            path.push(at);
            read.push(wild);
            (path, read)
        };
        match &node.value {
            Value::Map(pairs) => open.extend(pairs.iter().rev().map(|(key, node)| {
                let (path, read) = child(key.to_string(), key.to_string());
                (node, path, read)
            })),
            // An item itself is read with its list; what stands in it may not be.
            Value::List(items) => open.extend(items.iter().enumerate().rev().filter(|(_, item)| item.map().is_some()).map(|(at, node)| {
                let (path, read) = child(at.to_string(), ITEM.to_owned());
                (node, path, read)
            })),
            _ => {}
        }
    }
    found
}

fn key(file: &File<'_>, node: &Node, path: Vec<String>, read: &[String], known: &Known<'_>) -> UnusedKey {
    let (last, above) = read.split_last().map_or(("", &[][..]), |(last, above)| (last.as_str(), above));
    let declared = known.schema.is_some_and(|schema| {
        let mut at = Some(schema);
        path.iter().all(|key| {
            at = at.and_then(|at| at.named(key).or_else(|| crate::values::index(key).and_then(|_| at.items())));
            at.is_some()
        })
    });
    let why = match (known.words.contains(last) || last == ITEM, declared) {
        (true, _) => Unread::Asleep,
        (false, true) => Unread::Declared,
        (false, false) => Unread::Unknown,
    };
    let nearest = (why == Unread::Unknown).then(|| meant(last, above, known)).flatten();
    UnusedKey {
        environment: file.environment.to_owned(),
        file: file.name.to_owned(),
        line: node.line,
        key: pointer::dotted(&path),
        path,
        why,
        nearest,
    }
}

/// The key that was likely meant: one beside it that is spelled alike, or the only one of the same name that is read elsewhere.
fn meant(last: &str, above: &[String], known: &Known<'_>) -> Option<String> {
    let schema = known.schema.and_then(|schema| above.iter().try_fold(schema, |schema, key| schema.named(key)));
    let declared = schema.map(Schema::properties).unwrap_or_default();
    let beside = known.reads.below(above).filter(|key| *key != ITEM).chain(declared.iter().map(|(key, _)| *key));
    if let Some(found) = nearest(last, beside) {
        let mut path = above.to_vec();
        path.push(found.to_owned());
        return Some(dotted(&path));
    }
    let leaves = known.reads.leaves();
    let mut elsewhere = leaves.iter().filter(|(path, _)| path.last().is_some_and(|key| key == last));
    match (elsewhere.next(), elsewhere.next()) {
        (Some((path, _)), None) => Some(dotted(path)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{read_json, read_yaml};
    use chartwright_yaml::Tree;

    fn path(dotted: &str) -> Vec<String> {
        dotted.split('.').map(str::to_owned).collect()
    }

    #[track_caller]
    fn check(values: &str, schema: Option<&str>, expected: &[(&str, Unread, Option<&str>)]) {
        let mut reads = Reads::default();
        for dotted in ["replicaCount", "resources.limits.memory", "hosts.[].name", "image.tag"] {
            reads.add(&path(dotted), false, Some("a.yaml"));
        }
        reads.add(&path("labels"), true, Some("a.yaml"));
        let words = ["ingress", "replicaCount"].map(str::to_owned).into();
        let schema = schema.map(|text| read_json(text).expect("JSON"));
        let known = Known { reads: &reads, words: &words, schema: schema.as_ref().map(Schema::new) };
        let values = read_yaml(&Tree::parse(values).expect("YAML")).expect("values");
        let found = unused(&File { environment: "", name: "values.yaml", values: &values }, &known);
        let told: Vec<(&str, Unread, Option<&str>)> = found.iter().map(|one| (one.key.as_str(), one.why, one.nearest.as_deref())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_read_is_not_told() {
        check("replicaCount: 1\nresources: {limits: {memory: 1Gi}}\nlabels: {a: {b: c}}\nhosts: [{name: a}, {name: b}]\n", None, &[]);
    }

    #[test]
    fn mistyped_keys_have_a_neighbour() {
        check("replicaCuont: 1\n", None, &[("replicaCuont", Unread::Unknown, Some("replicaCount"))]);
        check("resources: {limit: {memory: 1Gi}}\n", None, &[("resources.limit", Unread::Unknown, Some("resources.limits"))]);
        check("hosts: [{nmae: a}]\n", None, &[("hosts[0].nmae", Unread::Unknown, Some("hosts[].name"))]);
        check("tag: 1\n", None, &[("tag", Unread::Unknown, Some("image.tag"))]);
        check("zebra: {a: 1, b: 2}\n", None, &[("zebra", Unread::Unknown, None)]);
    }

    #[test]
    fn keys_of_other_branches_and_of_the_schema() {
        check("ingress: {host: a}\n", None, &[("ingress", Unread::Asleep, None)]);
        let schema = r#"{"properties": {"zebra": {"properties": {"a": {}}}, "stripes": {}}}"#;
        check(
            "zebra: {a: 1}\nstripe: 1\n",
            Some(schema),
            &[("zebra", Unread::Declared, None), ("stripe", Unread::Unknown, Some("stripes"))],
        );
    }
}

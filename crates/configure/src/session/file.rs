//! The way to `yaml::edit`: paths as the session has them, values as the session has them, errors in words.

use crate::values::{Node, Value, index, to_yaml};
use chartwright_yaml::edit::{self, EditOptions, NewValue, PathSegment, RemoveOptions};

/// A path in a file: numbers are indices only where the file has a list.
fn segments(root: &Node, path: &[String]) -> Vec<PathSegment> {
    let mut node = Some(root);
    path.iter()
        .map(|key| {
            let list = node.is_some_and(|node| node.list().is_some());
            node = node.and_then(|node| node.step(key));
            match index(key).filter(|_| list) {
                Some(at) => PathSegment::Index(at),
                None => PathSegment::Key(key.clone()),
            }
        })
        .collect()
}

/// Writes a value at a path. A key that was not there gets a comment above it; so it does inside maps that are made on the way.
/// `fresh` says that the file did not come with the key.
pub(crate) fn set(text: &str, root: &Node, path: &[String], value: &Node, comment: Option<&str>, fresh: bool) -> Result<String, String> {
    let there = (0..path.len())
        .take_while(|depth| root.at(&path[..=*depth]).is_some_and(|node| !node.is_null() || depth + 1 == path.len()))
        .count();
    let mut whole = segments(root, path);
    let list = |above: &[PathSegment]| root_list(root, above);
    // One after the last element: a new one.
    if let Some((PathSegment::Index(at), above)) = whole.split_last()
        && list(above) == Some(*at)
    {
        return edit::insert_item(text, above, *at, &written(value)).map_err(|error| error.to_string());
    }
    let mut new = written(value);
    if fresh && root.at(path).and_then(Node::str) == Some("") && value.str().is_some_and(|text| !text.is_empty()) {
        // The quotes of an empty string that I made are not the file's style.
        let plain = edit::set(text, &whole, &NewValue::Null, &EditOptions::default()).map_err(|error| error.to_string())?;
        return edit::set(&plain, &whole, &new, &EditOptions::default()).map_err(|error| error.to_string());
    }
    let mut options = EditOptions { comment: comment.filter(|_| there < path.len()).map(str::to_owned) };
    if there + 1 < path.len() {
        // The comment stands above the key that it speaks of, not above the first map that is made.
        let (inner, outer) = (&path[there + 1..], &path[..=there]);
        let mut lines = nested(inner, value);
        if let Some(comment) = options.comment.take() {
            let indent = "  ".repeat(inner.len() - 1);
            let comment: String =
                comment.lines().map(|line| if line.is_empty() { format!("{indent}#\n") } else { format!("{indent}# {line}\n") }).collect();
            let at = lines.split_inclusive('\n').take(inner.len() - 1).map(str::len).sum();
            lines.insert_str(at, &comment);
        }
        whole.truncate(outer.len());
        new = NewValue::Yaml(lines);
    }
    edit::set(text, &whole, &new, &options).map_err(|error| error.to_string())
}

fn written(value: &Node) -> NewValue {
    match &value.value {
        Value::Null => NewValue::Null,
        Value::Bool(value) => NewValue::Bool(*value),
        Value::Int(value) => NewValue::Int(*value),
        Value::Float(value) => NewValue::Float(*value),
        Value::String(text) => NewValue::String(text.to_string()),
        // As text, since its keys have an order.
        Value::List(_) | Value::Map(_) => NewValue::Yaml(to_yaml(value)),
    }
}

/// A value under the keys that lead to it, one on each line.
fn nested(path: &[String], value: &Node) -> String {
    let wrapped = path.iter().rev().fold(value.clone(), |inner, key| Value::Map(vec![(key.as_str().into(), inner)]).into());
    to_yaml(&wrapped)
}

fn root_list(root: &Node, path: &[PathSegment]) -> Option<usize> {
    let found = path.iter().try_fold(root, |node, segment| match segment {
        PathSegment::Key(key) => node.get(key),
        PathSegment::Index(at) => node.list()?.get(*at),
    });
    found?.list().map(<[Node]>::len)
}

/// Takes a key or an element away; with the comment above it if that is one that came with the key.
pub(crate) fn remove(text: &str, root: &Node, path: &[String], comment: bool) -> Result<String, String> {
    edit::remove(text, &segments(root, path), &RemoveOptions { prune_empty: false, comment }).map_err(|error| error.to_string())
}

/// Renames a key.
pub(crate) fn rename(text: &str, root: &Node, path: &[String], key: &str) -> Result<String, String> {
    edit::rename_key(text, &segments(root, path), key).map_err(|error| error.to_string())
}

/// Moves a list's element.
pub(crate) fn shift(text: &str, root: &Node, path: &[String], from: usize, to: usize) -> Result<String, String> {
    edit::move_item(text, &segments(root, path), from, to).map_err(|error| error.to_string())
}

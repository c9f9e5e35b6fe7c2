//! Positioned trees: types, places, lookups, and faults with Go's words.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use chartwright_yaml::{NodeView, Tree};

const DEPLOYMENT: &str = "\
# What runs.
kind: Deployment
spec:
  replicas: 3   # three of them
  # The pods.
  # All of them.
  template:
    labels: {app: web, \"on\": yes}
  list:
  - a
  - >-
    folded
    text

  last: |
    one
    two


";

#[track_caller]
fn check(text: &str, path: &[&str], expected: NodeView<'_>, (line, column, end_line): (u32, u32, u32)) {
    let tree = Tree::parse(text).unwrap();
    let node = tree.at(path).unwrap_or_else(|| panic!("nothing at {path:?}"));
    assert_eq!(tree.view(node), expected, "{path:?}");
    let span = tree.span(node);
    assert_eq!((span.line, span.column, span.end_line), (line, column, end_line), "{path:?} {span:?}");
    assert_eq!(tree.path_of(node), path);
    assert_eq!(tree.pointer(&tree.pointer_of(node)), Some(node));
}

#[test]
fn finds_values_and_their_places() {
    for (path, expected, place) in [
        (&["kind"][..], NodeView::String("Deployment"), (2, 7, 2)),
        (&["spec", "replicas"], NodeView::Int(3), (4, 13, 4)),
        (&["spec", "template", "labels", "app"], NodeView::String("web"), (8, 19, 8)),
        (&["spec", "template", "labels", "on"], NodeView::Bool(true), (8, 30, 8)),
        (&["spec", "list", "0"], NodeView::String("a"), (10, 5, 10)),
        (&["spec", "list", "1"], NodeView::String("folded text"), (11, 5, 13)),
        (&["spec", "last"], NodeView::String("one\ntwo\n"), (15, 9, 17)),
    ] {
        check(DEPLOYMENT, path, expected, place);
    }
}

#[test]
fn finds_nodes_by_line_and_comments() {
    let tree = Tree::parse(DEPLOYMENT).unwrap();
    for (line, pointer) in [
        (1, None),
        (2, Some("/kind")),
        (3, Some("/spec")),
        (4, Some("/spec/replicas")),
        (7, Some("/spec/template")),
        (12, Some("/spec/list/1")),
        (17, Some("/spec/last")),
    ] {
        assert_eq!(tree.node_at_line(line).map(|node| tree.pointer_of(node)).as_deref(), pointer, "line {line}");
    }
    let comment = |pointer: &str| tree.comment_before(tree.pointer(pointer).unwrap());
    assert_eq!(comment("/kind").as_deref(), Some("What runs."));
    assert_eq!(comment("/spec/template").as_deref(), Some("The pods.\nAll of them."));
    assert_eq!(comment("/spec/replicas"), None);
    assert_eq!(tree.comment_after(tree.pointer("/spec/replicas").unwrap()), Some("three of them"));
}

#[test]
fn resolves_aliases_and_merges() {
    let tree = Tree::parse("base: &b {x: 1, z: 2}\nuse:\n  z: 0\n  <<: *b\n  x: 9\nagain: *b\n").unwrap();
    assert_eq!(
        tree.to_json(tree.root()),
        serde_json::json!({"base": {"x": 1, "z": 2}, "use": {"x": 9, "z": 2}, "again": {"x": 1, "z": 2}})
    );
    let laughs = (1..30).fold("a0: &a0 [x, x, x]\n".to_string(), |text, n| {
        let m = n - 1;
        text + &format!("a{n}: &a{n} [*a{m}, *a{m}, *a{m}]\n")
    });
    assert_eq!(Tree::parse(&laughs).unwrap_err().message, "yaml: document contains excessive aliasing");
    assert_eq!(Tree::parse("a: &a [*a]").unwrap_err().message, "yaml: anchor 'a' value contains itself");
}

#[test]
fn reads_streams() {
    assert_eq!(Tree::parse_stream("").unwrap().len(), 0);
    assert_eq!(Tree::parse_stream("# nothing\n").unwrap().len(), 0);
    assert_eq!(Tree::parse_stream("---\n---\na: 1\n").unwrap().len(), 2);
    let tree = Tree::parse("").unwrap();
    assert_eq!(tree.view(tree.root()), NodeView::Null);
    assert_eq!(Tree::parse("a: 1\n---\n}").map(|tree| tree.get_int(tree.root(), "a")), Ok(Some(1)));
}

#[test]
fn nests_deeply_without_the_native_stack() {
    let deep = "[".repeat(9_000) + &"]".repeat(9_000);
    let tree = Tree::parse(&deep).unwrap();
    assert_eq!(tree.items(tree.root()).len(), 1);
    assert_eq!(Tree::parse(&"[".repeat(20_000)).unwrap_err().message, "yaml: exceeded max depth of 10000");
}

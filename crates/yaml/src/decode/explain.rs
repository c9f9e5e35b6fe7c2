//! Go's words for faults of meaning that name a Go value: rare, so the value is read once more, as a tree.

use crate::resolve::{Scalar, resolve};
use crate::tree::{NodeId, NodeView, Tree};
use crate::{ParseError, ScalarStyle};
use chartwright_go::quote::quoted;
use std::fmt::Write;

/// How much of a value is printed: aliases may make it endless.
const MAX_TEXT: usize = 1 << 20;

/// A fault of meaning. Nodes are named by where their content begins.
pub(super) enum Fault {
    Text {
        text: String,
        line: u32,
        column: u32,
    },
    /// A map or a list as a key.
    InvalidKey {
        start: u32,
    },
    /// A key for the second time: where it stands, or its name if it came by a merge. Go names the line of its value.
    Duplicate {
        key: Result<u32, String>,
        line: u32,
    },
}

/// A key that JSON has no name for, and its value, by where their contents begin.
#[derive(Clone, Copy)]
pub(super) struct UnsupportedKey {
    pub(super) key: u32,
    pub(super) value: u32,
    /// Whether it is null, not a number beyond int64.
    pub(super) null: bool,
}

impl UnsupportedKey {
    pub(super) fn explain(self, text: &str) -> ParseError {
        let tree = Tree::parse_lenient(text);
        let key = key_at(&tree, self.key, false);
        let (place, value) = (tree.span(key), value_at(&tree, self.value));
        let (go_type, key) = match resolve(tree.raw(key)) {
            Scalar::Uint(int) => ("uint64", format!("{int:#x}")),
            _ => ("%!s(<nil>)", "<nil>".to_string()),
        };
        // Alone, nil prints differently than inside a map.
        let value = if tree.is_null(value) { "<nil>".to_string() } else { go_syntax(&tree, value) };
        let message = format!("unsupported map key of type: {go_type}, key: {key}, value: {value}");
        ParseError { message, line: place.line, column: place.column }
    }
}

impl Fault {
    pub(super) fn explain(self, text: &str) -> ParseError {
        match self {
            Fault::Text { text, line, column } => ParseError::meaning(&text, line, column),
            Fault::InvalidKey { start } => {
                let tree = Tree::parse_lenient(text);
                let node = key_at(&tree, start, true);
                let place = tree.span(node);
                ParseError::meaning(&format!("invalid map key: {}", go_syntax(&tree, node)), place.line, place.column)
            }
            Fault::Duplicate { .. } => duplicates(text, &[self]),
        }
    }
}

/// Go's list of what a strict reading refuses (`yaml.go`, `TypeError`).
pub(super) fn duplicates(text: &str, faults: &[Fault]) -> ParseError {
    let mut message = "yaml: unmarshal errors:".to_string();
    let mut first = (0, 0);
    let tree = Tree::parse_lenient(text);
    for fault in faults {
        let Fault::Duplicate { key, line } = fault else {
            continue;
        };
        if first == (0, 0) {
            first = (*line, 0);
        }
        let name = match key {
            Ok(start) => go_syntax(&tree, key_at(&tree, *start, false)),
            Err(text) => quoted(text.as_bytes()),
        };
        let _ = write!(message, "\n  line {line}: key {name} already set in map");
    }
    ParseError { message, line: first.0, column: first.1 }
}

/// The innermost key that begins here and is a collection or not: the one that Go stumbles over first.
fn key_at(tree: &Tree, start: u32, collection: bool) -> NodeId {
    let is_collection = |node: &NodeId| matches!(tree.view(*node), NodeView::Sequence(_) | NodeView::Mapping(_));
    let keys = tree.nodes_from(start as usize).filter(|node| tree.is_key(*node) && is_collection(node) == collection);
    keys.last().unwrap_or(tree.root())
}

/// The outermost value that begins here.
fn value_at(tree: &Tree, start: u32) -> NodeId {
    tree.nodes_from(start as usize).find(|node| !tree.is_key(*node)).unwrap_or(tree.root())
}

/// A value as `%#v` prints what yaml v2 makes of it.
fn go_syntax(tree: &Tree, id: NodeId) -> String {
    enum Task {
        Node(NodeId),
        Text(&'static str),
    }
    let mut out = String::new();
    let mut tasks = vec![Task::Node(id)];
    while let Some(task) = tasks.pop() {
        if out.len() > MAX_TEXT {
            break;
        }
        let id = match task {
            Task::Text(text) => {
                out.push_str(text);
                continue;
            }
            Task::Node(id) => id,
        };
        match tree.view(id) {
            NodeView::Null => out.push_str("interface {}(nil)"),
            NodeView::Bool(b) => out.push_str(if b { "true" } else { "false" }),
            NodeView::Int(int) => out.push_str(&int.to_string()),
            NodeView::Float(float) => match resolve(tree.raw(id)) {
                Scalar::Uint(int) if tree.scalar_style(id) == Some(ScalarStyle::Plain) => {
                    let _ = write!(out, "{int:#x}");
                }
                _ => out.push_str(&crate::float::format_go(float)),
            },
            NodeView::String(text) => out.push_str(&quoted(text.as_bytes())),
            NodeView::Sequence(items) => {
                out.push_str("[]interface {}{");
                tasks.push(Task::Text("}"));
                for (n, item) in items.iter().enumerate().rev() {
                    tasks.push(Task::Node(*item));
                    if n > 0 {
                        tasks.push(Task::Text(", "));
                    }
                }
            }
            NodeView::Mapping(pairs) => {
                out.push_str("map[interface {}]interface {}{");
                tasks.push(Task::Text("}"));
                let mut pairs = pairs.to_vec();
                chartwright_go::sort::by_key(&mut pairs, |(key, _)| sort_key(tree, *key));
                pairs.dedup_by(|later, earlier| {
                    let same = tree.view(later.0) == tree.view(earlier.0);
                    if same {
                        earlier.1 = later.1;
                    }
                    same
                });
                for (n, (key, value)) in pairs.iter().enumerate().rev() {
                    tasks.extend([Task::Node(*value), Task::Text(":"), Task::Node(*key)]);
                    if n > 0 {
                        tasks.push(Task::Text(", "));
                    }
                }
            }
        }
    }
    out
}

/// Go's `fmtsort` sorts keys of interface type by nil, then by where their types lie in the program (as observed); of one type by value.
fn sort_key(tree: &Tree, id: NodeId) -> (u8, i64, String) {
    match tree.view(id) {
        NodeView::Null => (0, 0, String::new()),
        NodeView::Bool(b) => (4, i64::from(b), String::new()),
        NodeView::Int(int) => (2, int, String::new()),
        NodeView::Float(float) => (3, float as i64, String::new()),
        NodeView::String(text) => (1, 0, text.to_string()),
        NodeView::Sequence(_) | NodeView::Mapping(_) => (5, 0, String::new()),
    }
}

//! The effective values as a list: each scalar with its file, its line, and what it hides.

use super::secret::{MASK, is_secret};
use super::{Layers, Node, Place, to_line};
use crate::pointer;
use crate::protocol::{Source, ValueRow};

/// How deep the list goes; below that a value stands on one line.
const MAX_LEVELS: usize = 24;

/// A scalar, an empty map or list, in the effective values.
pub(crate) struct Leaf<'a> {
    pub(crate) path: Vec<String>,
    pub(crate) place: Place<'a>,
    pub(crate) node: &'a Node,
    pub(crate) layer: usize,
    pub(crate) secret: bool,
}

/// All leaves in the order of the chart's values.
pub(crate) fn leaves<'a>(layers: &Layers<'a>, declared: &dyn Fn(&[String]) -> bool) -> Vec<Leaf<'a>> {
    let mut out = Vec::new();
    walk(layers.root(), None, &mut Vec::new(), declared, &mut out);
    out
}

/// The leaves at and below a top-level key.
pub(crate) fn leaves_of<'a>(layers: &Layers<'a>, key: &str, declared: &dyn Fn(&[String]) -> bool) -> Vec<Leaf<'a>> {
    let mut out = Vec::new();
    let root = layers.root();
    walk(root.child(key), root.value(), &mut vec![key.to_owned()], declared, &mut out);
    out
}

fn walk<'a>(
    place: Place<'a>,
    holder: Option<&Node>,
    path: &mut Vec<String>,
    declared: &dyn Fn(&[String]) -> bool,
    out: &mut Vec<Leaf<'a>>,
) {
    let Some((layer, node)) = place.said() else { return };
    let mut keys: Vec<String> = Vec::new();
    if path.len() < MAX_LEVELS {
        if node.map().is_some() {
            keys = place.keys().iter().map(ToString::to_string).collect();
        } else if let Some(items) = node.list() {
            keys = (0..items.len()).map(|at| at.to_string()).collect();
        }
    }
    if keys.is_empty() {
        if !path.is_empty() {
            let scalar = node.map().is_none() && node.list().is_none() && node.bool().is_none();
            let secret = scalar && (is_secret(path, holder) || declared(path));
            out.push(Leaf { path: path.clone(), place, node, layer, secret });
        }
        return;
    }
    let holder = node.map().map(|_| node).or(holder);
    for key in keys {
        let child = place.child(&key);
        path.push(key);
        walk(child, holder, path, declared, out);
        path.pop();
    }
}

/// The rows of the list.
pub(crate) fn rows(leaves: &[Leaf<'_>], layers: &Layers<'_>) -> Vec<ValueRow> {
    leaves.iter().map(|leaf| row(leaf, layers)).collect()
}

fn row(leaf: &Leaf<'_>, layers: &Layers<'_>) -> ValueRow {
    let show = |node: &Node| if leaf.secret && !to_line(node).is_empty() { MASK.to_owned() } else { to_line(node) };
    let source = leaf.place.source();
    let name = |layer: usize| layers.all.get(layer).map_or_else(String::new, |layer| layer.name.to_owned());
    let mut over: Vec<(String, String)> = Vec::new();
    if source == Source::Mine
        && let Some(was) = leaf.place.came_in(leaf.layer).filter(|was| *was != leaf.node)
    {
        over.push((show(was), name(leaf.layer)));
    }
    over.extend(leaf.place.hidden().map(|(layer, node)| (show(node), name(layer))));
    ValueRow {
        id: pointer::id(&leaf.path),
        key: pointer::dotted(&leaf.path),
        value: show(leaf.node),
        source,
        file: name(leaf.layer),
        line: leaf.node.line,
        over,
    }
}

//! Defaults that the API server puts in before it looks at an object: `k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chartwright_yaml::{NodeId, NodeView, Tree};

use crate::node::Node;

/// So many values are looked at; what is beyond gets no defaults.
const MAX_VALUES: usize = 500_000;

/// A node of any tree.
type Place = (*const Tree, NodeId);

fn place(node: Node<'_>) -> Place {
    (std::ptr::from_ref(node.tree()), node.id())
}

/// What an object has once defaults are in.
pub(super) struct Defaulted<'d> {
    /// The object's own tree; defaults are of another.
    tree: &'d Tree,
    /// Values that count as left out: those that do not fit, and nulls that may not be.
    dropped: &'d HashSet<NodeId>,
    /// The fields that are put into an object or a default.
    added: HashMap<Place, Vec<(&'d str, Node<'d>)>>,
    /// For each part of a default, what of the object it was put into.
    homes: HashMap<Place, NodeId>,
}

impl<'d> Defaulted<'d> {
    pub(super) fn new(schema: Node<'d>, root: Node<'d>, dropped: &'d HashSet<NodeId>) -> Self {
        let mut whole = Self { tree: root.tree(), dropped, added: HashMap::new(), homes: HashMap::new() };
        let mut open = vec![(schema, root)];
        let mut seen = 0;
        while let Some((schema, value)) = open.pop() {
            seen += 1;
            if seen > MAX_VALUES {
                break;
            }
            match value.view() {
                NodeView::Sequence(_) => {
                    let Some(items) = schema.get("items") else { continue };
                    for item in value.items() {
                        whole.put(item, value);
                        open.push((items, item));
                    }
                }
                NodeView::Mapping(_) => {
                    let properties = schema.get("properties");
                    let defaults = properties
                        .into_iter()
                        .flat_map(Node::entries)
                        .filter_map(|(name, property)| Some((name, property.get("default")?)));
                    let added: Vec<_> = defaults.filter(|(name, _)| whole.entries(value).all(|(own, _)| own != *name)).collect();
                    if !added.is_empty() {
                        whole.added.insert(place(value), added);
                    }
                    let parts = open.len();
                    let additional = schema.get("additionalProperties");
                    open.extend(whole.entries(value).filter_map(|(name, part)| {
                        let inner = properties.and_then(|properties| properties.get(&name)).or(additional)?;
                        Some((inner, part))
                    }));
                    for (_, part) in open.iter().skip(parts) {
                        whole.put(*part, value);
                    }
                }
                _ => {}
            }
        }
        whole
    }

    /// Remembers where a part of a default is.
    fn put(&mut self, part: Node<'d>, owner: Node<'d>) {
        if !std::ptr::eq(part.tree(), self.tree) {
            let home = self.home(owner);
            self.homes.insert(place(part), home);
        }
    }

    /// A value's place in the object, or what a default was put into.
    pub(super) fn home(&self, value: Node<'_>) -> NodeId {
        if std::ptr::eq(value.tree(), self.tree) {
            return value.id();
        }
        self.homes.get(&place(value)).copied().unwrap_or_else(|| self.tree.root())
    }

    /// What is in an object, with the defaults.
    pub(super) fn entries(&self, value: Node<'d>) -> impl Iterator<Item = (Cow<'d, str>, Node<'d>)> + use<'_, 'd> {
        let tree: &'d Tree = value.tree();
        let is_own = std::ptr::eq(tree, self.tree);
        let pairs = match value.view() {
            NodeView::Mapping(pairs) => pairs,
            _ => &[],
        };
        let own = pairs.iter().filter(move |(_, id)| !(is_own && self.dropped.contains(id)));
        let added = if self.added.is_empty() { None } else { self.added.get(&place(value)) };
        own.map(move |(key, id)| (tree.key_text(*key), Node::new(tree, *id)))
            .chain(added.into_iter().flatten().map(|(name, default)| (Cow::Borrowed(*name), *default)))
    }
}

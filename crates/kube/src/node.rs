//! A place in a manifest: reading it without surprises, and naming it in findings. What the place means is not known here.

use chartwright_yaml::{NodeId, NodeView, Tree};

/// A node of a tree. Cheap to copy.
///
/// Null counts as absent everywhere, as it does for the API server.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

impl<'t> Node<'t> {
    /// The node of `tree` with this id.
    #[must_use]
    pub fn new(tree: &'t Tree, id: NodeId) -> Self {
        Self { tree, id }
    }

    /// Its id in the tree.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The tree that it belongs to.
    #[must_use]
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// What it is.
    #[must_use]
    pub fn view(self) -> NodeView<'t> {
        self.tree.view(self.id)
    }

    /// The line of its key, or of its value where it has none; counted from 1.
    #[must_use]
    pub fn line(self) -> u32 {
        self.tree.key_span(self.id).line
    }

    /// Its JSON pointer within its document.
    #[must_use]
    pub fn pointer(self) -> String {
        self.tree.pointer_of(self.id)
    }

    /// The value under a key, unless it is absent or null. The last of repeated keys counts, as for the API server.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Self> {
        let id = self.tree.get_text(self.id, key)?;
        Some(Self { tree: self.tree, id }).filter(|node| !node.is_null())
    }

    /// The value at the end of a path of keys.
    #[must_use]
    pub fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// How far a path leads: the last node on it that exists. Where something is missing, this is the place to name.
    #[must_use]
    pub fn nearest(self, path: &[&str]) -> Self {
        let mut node = self;
        for key in path {
            match node.get(key) {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.view(), NodeView::Null)
    }

    /// Its text, if it is a string.
    #[must_use]
    pub fn str(self) -> Option<&'t str> {
        match self.view() {
            NodeView::String(text) => Some(text),
            _ => None,
        }
    }

    /// Its number, if it is whole.
    #[must_use]
    pub fn int(self) -> Option<i64> {
        match self.view() {
            NodeView::Int(number) => Some(number),
            #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
            NodeView::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(number as i64),
            _ => None,
        }
    }

    /// Its truth, if it is a boolean.
    #[must_use]
    pub fn bool(self) -> Option<bool> {
        match self.view() {
            NodeView::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    /// The text of a scalar as it is written, which is what a quantity is read from.
    #[must_use]
    pub fn scalar(self) -> Option<&'t str> {
        match self.view() {
            NodeView::String(text) => Some(text),
            NodeView::Int(_) | NodeView::Float(_) | NodeView::Bool(_) => Some(self.tree.raw(self.tree.resolve_alias(self.id))),
            _ => None,
        }
    }

    /// The text under a key.
    #[must_use]
    pub fn str_at(self, key: &str) -> Option<&'t str> {
        self.get(key)?.str()
    }

    /// The elements of a list; none if it is none.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Self> + use<'t> {
        let items: &[NodeId] = match self.view() {
            NodeView::Sequence(items) => items,
            _ => &[],
        };
        let tree = self.tree;
        items.iter().map(move |&id| Self { tree, id })
    }

    /// The elements of the list under a key; none if there is none.
    pub fn items_at(self, key: &str) -> impl DoubleEndedIterator<Item = Self> + use<'t> {
        self.get(key).into_iter().flat_map(Self::items)
    }

    /// The entries of a map with their keys' texts, nulls included; none if it is none. Keys that are no text are left out.
    pub fn entries(self) -> impl DoubleEndedIterator<Item = (&'t str, Self)> + use<'t> {
        let entries: &[(NodeId, NodeId)] = match self.view() {
            NodeView::Mapping(entries) => entries,
            _ => &[],
        };
        let tree = self.tree;
        entries.iter().filter_map(move |&(name, id)| match tree.view(name) {
            NodeView::String(text) => Some((text, Self { tree, id })),
            _ => None,
        })
    }

    /// The entries of the map under a key; none if there is none.
    pub fn entries_at(self, key: &str) -> impl DoubleEndedIterator<Item = (&'t str, Self)> + use<'t> {
        self.get(key).into_iter().flat_map(Self::entries)
    }
}

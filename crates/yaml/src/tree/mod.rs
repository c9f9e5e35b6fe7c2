//! Positioned documents: what lint, the Kubernetes index and the form read. Building them is [`build`]'s work; nothing here changes one.

mod build;
mod json;
mod plain;
mod position;

use crate::ParseError;
use crate::scan::ScalarStyle;
use std::sync::Arc;

/// A node of one [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(pub(crate) u32);

/// Where a node stands in the text. Comments after it do not belong to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Line of the first byte, from 1.
    pub line: u32,
    /// Its column, from 1, in characters.
    pub column: u32,
    /// Line of the last byte, from 1.
    pub end_line: u32,
}

/// What a node is. Types are YAML 1.1's, as Go's yaml v2 resolves them; dates are strings, an alias is what it stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum NodeView<'a> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// A boolean, `yes` and `off` included.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(&'a str),
    /// A sequence's items.
    Sequence(&'a [NodeId]),
    /// A mapping's keys and values as written, duplicates included; merge keys (`<<`) are resolved.
    Mapping(&'a [(NodeId, NodeId)]),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Range {
    fn of<T>(self, all: &[T]) -> &[T] {
        all.get(self.start as usize..(self.start + self.len) as usize).unwrap_or(&[])
    }

    fn of_str(self, all: &str) -> &str {
        all.get(self.start as usize..(self.start + self.len) as usize).unwrap_or("")
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// Text that stands in the source as it is.
    Slice(Range),
    /// Text that had to be put together.
    Cooked(Range),
    Sequence(Range),
    /// The pairs as written, and as they are once merge keys are resolved.
    Mapping {
        written: Range,
        merged: Range,
    },
    Alias(NodeId),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Scalar(ScalarStyle),
    Block,
    Flow,
    Alias,
}

/// What a node is to its parent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Root,
    Key,
    /// The value of this key.
    Value(NodeId),
    Item(u32),
}

/// Many are kept, so it is small: texts are shorter than 4 GiB.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    start: u32,
    end: u32,
    line: u32,
    column: u32,
    end_line: u32,
    full_start: u32,
    /// Of the root the root itself.
    parent: NodeId,
    pub(crate) role: Role,
    pub(crate) style: Style,
    pub(crate) anchored: bool,
    pub(crate) tagged: bool,
}

impl Node {
    /// The content, without anchor and tag.
    pub(crate) fn span(&self) -> Span {
        Span { start: self.start as usize, end: self.end as usize, line: self.line, column: self.column, end_line: self.end_line }
    }

    /// Where it begins with them.
    pub(crate) fn full_start(&self) -> usize {
        self.full_start as usize
    }

    /// The collection that it stands in.
    pub(crate) fn parent(&self) -> Option<NodeId> {
        (self.role != Role::Root).then_some(self.parent)
    }
}

/// One document: its text's nodes with their positions.
#[derive(Clone, Debug)]
pub struct Tree {
    text: Arc<str>,
    nodes: Vec<Node>,
    items: Vec<NodeId>,
    pairs: Vec<(NodeId, NodeId)>,
    cooked: String,
    root: NodeId,
    span: Span,
    odd: bool,
    doubtful: bool,
    repeats: bool,
}

impl Tree {
    /// All documents of a stream. A document without content is there, with a null root; a stream without documents is empty.
    ///
    /// # Errors
    /// Go's text for what is not YAML, and where.
    pub fn parse_stream(text: &str) -> Result<Vec<Tree>, ParseError> {
        build::parse(text, usize::MAX, false)
    }

    /// The first document, as Go's `yaml.Unmarshal` reads: what follows it is not looked at. Nothing at all is null.
    ///
    /// # Errors
    /// See [`Tree::parse_stream`].
    pub fn parse(text: &str) -> Result<Tree, ParseError> {
        let mut trees = build::parse(text, 1, false)?;
        Ok(trees.pop().unwrap_or_else(|| Tree::null(text)))
    }

    /// The first document, faults of meaning let pass: for telling of them.
    pub(crate) fn parse_lenient(text: &str) -> Tree {
        let trees = build::parse(text, 1, true);
        trees.ok().and_then(|mut trees| trees.pop()).unwrap_or_else(|| Tree::null(text))
    }

    /// How a scalar is written; none for anything else.
    pub fn scalar_style(&self, id: NodeId) -> Option<ScalarStyle> {
        match self.node(id).style {
            Style::Scalar(style) => Some(style),
            _ => None,
        }
    }

    /// Whether something in it has no place in JSON: an infinity, or a key that is null, a collection or beyond int64.
    pub fn is_odd(&self) -> bool {
        self.odd
    }

    /// Whether a word or number in it may be read otherwise elsewhere, as `yes` and `010` are, or by its tag. Most documents have none.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Whether a mapping in it may have a key twice. If not, nobody needs to look.
    pub fn may_repeat_keys(&self) -> bool {
        self.repeats
    }

    /// All nodes, each before its parts.
    pub(crate) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// How deep collections nest.
    pub(crate) fn depth(&self) -> usize {
        let mut depths: Vec<usize> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let above = node.parent().and_then(|parent| depths.get(parent.0 as usize)).copied();
            depths.push(above.map_or(0, |above| above + 1));
        }
        depths.into_iter().max().unwrap_or(0)
    }

    /// The nodes that begin at a byte of the text, the outermost first.
    pub(crate) fn nodes_from(&self, start: usize) -> impl Iterator<Item = NodeId> {
        let found = self.nodes.iter().enumerate().filter(move |(_, node)| node.span().start == start);
        found.map(|(at, _)| NodeId(at as u32))
    }

    /// The whole text that the tree was read from, other documents included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, to be kept.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The document's topmost node.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Where the document stands in its stream.
    pub fn document_span(&self) -> Span {
        self.span
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        static MISSING: Node = Node {
            data: Data::Null,
            start: 0,
            end: 0,
            line: 1,
            column: 1,
            end_line: 1,
            full_start: 0,
            parent: NodeId(0),
            role: Role::Root,
            style: Style::Scalar(ScalarStyle::Plain),
            anchored: false,
            tagged: false,
        };
        // An id of another tree finds a null.
        self.nodes.get(id.0 as usize).unwrap_or(&MISSING)
    }

    /// What an alias stands for; any other node is itself.
    pub fn resolve_alias(&self, id: NodeId) -> NodeId {
        match self.node(id).data {
            Data::Alias(target) => target,
            _ => id,
        }
    }

    /// The content of a node, or of what it is an alias of.
    fn resolved(&self, id: NodeId) -> &Data {
        match &self.node(id).data {
            Data::Alias(target) => &self.node(*target).data,
            data => data,
        }
    }

    /// What a node is.
    pub fn view(&self, id: NodeId) -> NodeView<'_> {
        match *self.resolved(id) {
            Data::Null | Data::Alias(_) => NodeView::Null,
            Data::Bool(b) => NodeView::Bool(b),
            Data::Int(i) => NodeView::Int(i),
            Data::Float(f) => NodeView::Float(f),
            Data::Slice(range) => NodeView::String(range.of_str(&self.text)),
            Data::Cooked(range) => NodeView::String(range.of_str(&self.cooked)),
            Data::Sequence(range) => NodeView::Sequence(range.of(&self.items)),
            Data::Mapping { merged, .. } => NodeView::Mapping(merged.of(&self.pairs)),
        }
    }

    /// A mapping's pairs exactly as written, merge keys among them; empty for anything else.
    pub fn written_pairs(&self, id: NodeId) -> &[(NodeId, NodeId)] {
        match *self.resolved(id) {
            Data::Mapping { written, .. } => written.of(&self.pairs),
            _ => &[],
        }
    }

    /// A mapping's pairs; empty for anything else.
    pub fn pairs(&self, id: NodeId) -> &[(NodeId, NodeId)] {
        match *self.resolved(id) {
            Data::Mapping { merged, .. } => merged.of(&self.pairs),
            _ => &[],
        }
    }

    /// A sequence's items; empty for anything else.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.view(id) {
            NodeView::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The value under a key; of duplicates the last, as Go has it.
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|(_, value)| value)
    }

    /// The key and the value under a key; of duplicates the last.
    pub fn entry(&self, id: NodeId, key: &str) -> Option<(NodeId, NodeId)> {
        self.pairs(id).iter().rev().find(|(name, _)| self.is_text(*name, key).unwrap_or_else(|| self.key_text(*name) == key)).copied()
    }

    /// The value under a key that is a string; of duplicates the last.
    pub fn get_text(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.pairs(id).iter().rev().find(|(name, _)| self.is_text(*name, key) == Some(true)).map(|(_, value)| *value)
    }

    /// Whether a string is this one; nothing for what is no string. Most keys differ by their length already.
    fn is_text(&self, id: NodeId, text: &str) -> Option<bool> {
        let (range, all) = match self.resolved(id) {
            Data::Slice(range) => (range, &*self.text),
            Data::Cooked(range) => (range, &*self.cooked),
            _ => return None,
        };
        Some(range.len as usize == text.len() && range.of(all.as_bytes()) == text.as_bytes())
    }

    /// A key as JSON and Helm's values name it: `true` for `yes`, `8` for `010`, its text for a string.
    pub fn key_text(&self, id: NodeId) -> std::borrow::Cow<'_, str> {
        use std::borrow::Cow;
        match self.view(id) {
            NodeView::String(text) => Cow::Borrowed(text),
            NodeView::Bool(b) => Cow::Borrowed(if b { "true" } else { "false" }),
            NodeView::Int(int) => Cow::Owned(int.to_string()),
            NodeView::Float(float) => Cow::Owned(crate::float::format(float, true)),
            NodeView::Null | NodeView::Sequence(_) | NodeView::Mapping(_) => Cow::Borrowed(self.raw(id)),
        }
    }

    /// The node under a path of keys and item numbers, from the root.
    pub fn at(&self, path: &[&str]) -> Option<NodeId> {
        self.at_from(self.root, path)
    }

    /// The node under a path of keys and item numbers, from another node.
    pub fn at_from(&self, id: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, segment| self.step(id, segment))
    }

    fn step(&self, id: NodeId, segment: &str) -> Option<NodeId> {
        match self.view(id) {
            NodeView::Sequence(items) => segment.parse::<usize>().ok().and_then(|at| items.get(at).copied()),
            NodeView::Mapping(_) => self.get(id, segment),
            _ => None,
        }
    }

    /// The node under a JSON pointer such as `/spec/containers/0`; the empty pointer is the root.
    pub fn pointer(&self, pointer: &str) -> Option<NodeId> {
        if pointer.is_empty() {
            return Some(self.root);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self.root, |id, segment| {
            if segment.contains('~') { self.step(id, &segment.replace("~1", "/").replace("~0", "~")) } else { self.step(id, segment) }
        })
    }

    /// The text of a string node.
    pub fn str(&self, id: NodeId) -> Option<&str> {
        match self.view(id) {
            NodeView::String(text) => Some(text),
            _ => None,
        }
    }

    /// An integer node, or a float that is whole.
    pub fn int(&self, id: NodeId) -> Option<i64> {
        match self.view(id) {
            NodeView::Int(int) => Some(int),
            NodeView::Float(float) if float.fract() == 0.0 && float.abs() < 9e18 => Some(float as i64),
            _ => None,
        }
    }

    /// A boolean node.
    pub fn bool(&self, id: NodeId) -> Option<bool> {
        match self.view(id) {
            NodeView::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// Whether a node is null.
    pub fn is_null(&self, id: NodeId) -> bool {
        self.view(id) == NodeView::Null
    }

    /// The string under a key.
    pub fn get_str(&self, id: NodeId, key: &str) -> Option<&str> {
        self.get(id, key).and_then(|value| self.str(value))
    }

    /// The integer under a key.
    pub fn get_int(&self, id: NodeId, key: &str) -> Option<i64> {
        self.get(id, key).and_then(|value| self.int(value))
    }

    /// The boolean under a key.
    pub fn get_bool(&self, id: NodeId, key: &str) -> Option<bool> {
        self.get(id, key).and_then(|value| self.bool(value))
    }
}

//! Events to a tree, with a stack of its own: aliases are tied, merge keys resolved, types told.

use super::{Data, Node, NodeId, Range, Role, Span, Style, Tree, plain};
use crate::ParseError;
use crate::event::{Event, EventKind, Parser};
use crate::resolve::{BINARY_TAG, MERGE_TAG, Scalar, resolve, resolve_tagged};
use crate::scan::{Mark, ScalarStyle, reader};
use std::collections::HashMap;
use std::sync::Arc;

/// How many nodes a document may have with its aliases written out: Go's bound for large documents (`decode.go`, `alias_ratio_range_high`).
const MAX_EXPANDED: u64 = 4_000_000;

/// Of mappings with more keys it is not found out while reading whether one stands there twice.
const MANY_KEYS: usize = 16;

/// About how many bytes of a manifest a node takes, by which room is made for the nodes; texts of many lines have fewer, so no more than
/// [`MAX_ROOM`] is made at once.
const BYTES_A_NODE: usize = 12;
const MAX_ROOM: usize = 512;

/// Reads up to `limit` documents. `lenient` lets faults of meaning pass.
pub(super) fn parse(text: &str, limit: usize, lenient: bool) -> Result<Vec<Tree>, ParseError> {
    let shared: Arc<str> = Arc::from(text);
    let (readable, fault) = reader::read_str(text);
    if fault.is_none()
        && limit > 0
        && !lenient
        && let Some(tree) = plain::read(readable, &shared)
    {
        return Ok(vec![tree]);
    }
    parse_fully(readable, fault, &shared, limit, lenient)
}

/// The same, event by event, whatever the text is.
pub(super) fn parse_fully(
    readable: &str,
    fault: Option<reader::Fault>,
    shared: &Arc<str>,
    limit: usize,
    lenient: bool,
) -> Result<Vec<Tree>, ParseError> {
    let mut parser = Parser::new(readable, fault);
    let mut trees = Vec::new();
    while trees.len() < limit {
        let event = parser.next()?;
        match event.kind {
            EventKind::StreamEnd => break,
            EventKind::DocumentStart { .. } => trees.push(Builder::new(shared, lenient).document(&mut parser, event.start)?),
            _ => {}
        }
    }
    Ok(trees)
}

impl Tree {
    /// What a text without any document reads as.
    pub(super) fn null(text: &str) -> Tree {
        let mut builder = Builder::new(&Arc::from(text), false);
        builder.add(Data::Null, Style::Scalar(ScalarStyle::Plain), Span { line: 1, column: 1, end_line: 1, ..Span::default() }, 0);
        builder.tree
    }
}

/// A collection whose end has not come yet.
struct Open<'a> {
    id: NodeId,
    is_mapping: bool,
    flow: bool,
    /// Where its children begin in [`Builder::children`].
    from: usize,
    anchor: Option<&'a str>,
}

pub(super) struct Builder<'a> {
    tree: Tree,
    anchors: HashMap<&'a str, NodeId>,
    open: Vec<Open<'a>>,
    /// What stands in the collections that are open, those of the innermost last.
    children: Vec<NodeId>,
    /// How many nodes each node is once its aliases are written out.
    sizes: Vec<u64>,
    lenient: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(text: &Arc<str>, lenient: bool) -> Builder<'a> {
        let room = (text.len() / BYTES_A_NODE).min(MAX_ROOM);
        let tree = Tree {
            text: text.clone(),
            nodes: Vec::with_capacity(room),
            items: Vec::new(),
            pairs: Vec::new(),
            cooked: String::new(),
            root: NodeId(0),
            span: Span::default(),
            odd: false,
            doubtful: false,
            repeats: false,
        };
        let (open, children, sizes) = (Vec::new(), Vec::new(), Vec::with_capacity(room));
        Builder { tree, anchors: HashMap::new(), open, children, sizes, lenient }
    }

    /// Whether nothing has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.tree.nodes.is_empty()
    }

    /// The tree, once all its events have come.
    pub(super) fn finish(mut self, start: Mark, end: Mark) -> Tree {
        self.tree.span = span(start, end);
        self.tree
    }

    fn document(mut self, parser: &mut Parser<'a>, start: Mark) -> Result<Tree, ParseError> {
        loop {
            let event = parser.next()?;
            match event.kind {
                EventKind::DocumentEnd | EventKind::StreamEnd => {
                    return Ok(self.finish(start, event.end));
                }
                EventKind::SequenceEnd | EventKind::MappingEnd => self.close(event.start, event.end)?,
                EventKind::StreamStart | EventKind::DocumentStart { .. } => {}
                EventKind::SequenceStart { flow } => self.enter_event(&event, flow, false),
                EventKind::MappingStart { flow } => self.enter_event(&event, flow, true),
                EventKind::Alias(name) => self.alias(&event, name)?,
                EventKind::Scalar { .. } => self.scalar(event)?,
            }
        }
    }

    fn add(&mut self, data: Data, style: Style, span: Span, full_start: usize) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let (parent, role) = match self.open.last() {
            None => (id, Role::Root),
            Some(open) => {
                let before = self.children.len() - open.from;
                let role = match self.children.last() {
                    _ if !open.is_mapping => Role::Item(before as u32),
                    Some(key) if before % 2 == 1 => Role::Value(*key),
                    _ => Role::Key,
                };
                self.children.push(id);
                (open.id, role)
            }
        };
        self.tree.odd |= match data {
            Data::Float(float) => !float.is_finite() || role == Role::Key && float >= 9.2e18,
            Data::Null | Data::Alias(_) => role == Role::Key,
            _ => self.open.len() > 5_000,
        };
        let Span { start, end, line, column, end_line } = span;
        let (start, end, full_start) = (start as u32, end as u32, full_start as u32);
        let (anchored, tagged) = (false, false);
        self.tree.nodes.push(Node { data, start, end, line, column, end_line, full_start, parent, role, style, anchored, tagged });
        self.sizes.push(1);
        id
    }

    fn decorate(&mut self, id: NodeId, event: &Event<'a>) {
        let node = &mut self.tree.nodes[id.0 as usize];
        node.anchored = event.anchor.is_some();
        node.tagged = event.tag.is_some();
    }

    fn enter_event(&mut self, event: &Event<'a>, flow: bool, is_mapping: bool) {
        let id = self.enter(flow, is_mapping, event.content, event.start);
        self.decorate(id, event);
        if let (Some(anchor), Some(open)) = (event.anchor, self.open.last_mut()) {
            open.anchor = Some(anchor);
            self.anchors.insert(anchor, id);
        }
    }

    /// Begins a collection at a place, whose anchor and tag begin at another.
    pub(super) fn enter(&mut self, flow: bool, is_mapping: bool, content: Mark, start: Mark) -> NodeId {
        let style = if flow { Style::Flow } else { Style::Block };
        let id = self.add(Data::Null, style, span(content, content), start.at());
        self.open.push(Open { id, is_mapping, flow, from: self.children.len(), anchor: None });
        id
    }

    fn alias(&mut self, event: &Event<'a>, name: &'a str) -> Result<(), ParseError> {
        let fault = |text: String| ParseError::meaning(&text, event.start.line + 1, event.start.column + 1);
        let Some(&target) = self.anchors.get(name) else {
            return Err(fault(format!("unknown anchor '{name}' referenced")));
        };
        if self.open.iter().any(|open| open.anchor.is_some() && open.id == target) {
            if !self.lenient {
                return Err(fault(format!("anchor '{name}' value contains itself")));
            }
            self.add(Data::Null, Style::Alias, span(event.start, event.end), event.start.at());
            return Ok(());
        }
        let id = self.add(Data::Alias(target), Style::Alias, span(event.start, event.end), event.start.at());
        self.sizes[id.0 as usize] = 1 + self.sizes[target.0 as usize];
        Ok(())
    }

    pub(super) fn scalar(&mut self, event: Event<'a>) -> Result<(), ParseError> {
        let EventKind::Scalar { value, style, implicit } = &event.kind else {
            return Ok(());
        };
        let meaning = |text: String| ParseError::meaning(&text, event.start.line + 1, event.start.column + 1);
        let resolved = match &event.tag {
            None if *implicit => resolve(value),
            None => Scalar::Text,
            Some(tag) => match resolve_tagged(tag, value) {
                Err(text) if !self.lenient => return Err(meaning(text)),
                resolved => resolved.unwrap_or(Scalar::Text),
            },
        };
        self.tree.doubtful |= event.tag.is_some() || is_doubtful(resolved, value);
        let data = match plain_data(resolved) {
            Some(data) => data,
            None => match event.tag.as_deref() {
                Some(BINARY_TAG) => {
                    let bytes = chartwright_go::base64::decode64(value.as_bytes());
                    if bytes.is_err() && !self.lenient {
                        return Err(meaning("!!binary value contains invalid base64 data".to_string()));
                    }
                    self.cook(&String::from_utf8_lossy(&bytes.unwrap_or_default()))
                }
                _ => match value {
                    std::borrow::Cow::Borrowed(text) => {
                        let quote = usize::from(*style != ScalarStyle::Plain);
                        Data::Slice(Range { start: (event.content.at() + quote) as u32, len: text.len() as u32 })
                    }
                    std::borrow::Cow::Owned(text) => self.cook(text),
                },
            },
        };
        let mut place = span(event.content, event.end);
        if let ScalarStyle::Literal | ScalarStyle::Folded = style {
            self.trim_end(&mut place);
        }
        let id = self.add(data, Style::Scalar(*style), place, event.start.at());
        self.decorate(id, &event);
        if let Some(anchor) = event.anchor {
            self.anchors.insert(anchor, id);
        }
        Ok(())
    }

    /// A scalar of one line without anchor and tag, whose text stands in the source as it is: in quotes, or plain.
    pub(super) fn word(&mut self, text: &str, style: ScalarStyle, start: Mark) {
        let (quote, resolved) = if style == ScalarStyle::Plain { (0, resolve(text)) } else { (1, Scalar::Text) };
        self.tree.doubtful |= is_doubtful(resolved, text);
        let at = start.at();
        let data = plain_data(resolved).unwrap_or(Data::Slice(Range { start: (at + quote) as u32, len: text.len() as u32 }));
        let line = start.line + 1;
        let place = Span { start: at, end: at + text.len() + 2 * quote, line, column: start.column + 1, end_line: line };
        self.add(data, Style::Scalar(style), place, at);
    }

    fn cook(&mut self, text: &str) -> Data {
        let start = self.tree.cooked.len() as u32;
        self.tree.cooked.push_str(text);
        Data::Cooked(Range { start, len: text.len() as u32 })
    }

    /// A block scalar ends with its last line that is not empty.
    fn trim_end(&self, place: &mut Span) {
        let bytes = self.tree.text.as_bytes();
        place.end_line = place.end_line.max(place.line);
        while place.end > place.start && matches!(bytes.get(place.end - 1), Some(b'\n' | b'\r' | b' ' | b'\t')) {
            place.end -= 1;
            if bytes[place.end] == b'\n' {
                place.end_line = place.end_line.saturating_sub(1).max(place.line);
            }
        }
    }

    /// Ends the innermost collection; a flow collection at the bracket that stands there.
    pub(super) fn close(&mut self, start: Mark, end: Mark) -> Result<(), ParseError> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let fault = |text: &str| ParseError::meaning(text, start.line + 1, start.column + 1);
        let children = self.children.get(open.from..).unwrap_or(&[]);
        let size = children.iter().fold(1u64, |size, child| size.saturating_add(self.sizes[child.0 as usize]));
        let last = children.last().map(|child| &self.tree.nodes[child.0 as usize]).map(|node| (node.end, node.end_line));
        let data = if open.is_mapping {
            let pairs = children.as_chunks::<2>().0;
            let written = Range { start: self.tree.pairs.len() as u32, len: pairs.len() as u32 };
            self.tree.pairs.extend(pairs.iter().map(|[key, value]| (*key, *value)));
            self.tree.repeats = self.tree.repeats || self.may_repeat(written);
            let merged = match self.merge(written) {
                Err(text) if !self.lenient => return Err(fault(text)),
                merged => merged.unwrap_or(written),
            };
            Data::Mapping { written, merged }
        } else {
            let from = self.tree.items.len() as u32;
            self.tree.items.extend_from_slice(children);
            Data::Sequence(Range { start: from, len: children.len() as u32 })
        };
        self.children.truncate(open.from);
        let merged = self.tree.pairs.len() as u64;
        if size.max(merged) > MAX_EXPANDED && !self.lenient {
            return Err(fault("document contains excessive aliasing"));
        }
        self.sizes[open.id.0 as usize] = size;
        let node = &mut self.tree.nodes[open.id.0 as usize];
        node.data = data;
        if open.flow && end.at() > start.at() {
            (node.end, node.end_line) = (end.at() as u32, end.line + 1);
        } else if let Some(last) = last {
            (node.end, node.end_line) = (last.0.max(node.end), last.1.max(node.end_line));
        }
        Ok(())
    }

    /// Resolves merge keys as Go does: in order, so that a merge overrides what was written before it.
    fn merge(&mut self, written: Range) -> Result<Range, &'static str> {
        if !written.of(&self.tree.pairs).iter().any(|(key, _)| self.is_merge(*key)) {
            return Ok(written);
        }
        let pairs = written.of(&self.tree.pairs).to_vec();
        let mut merged: Vec<(NodeId, NodeId)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut put = |tree: &Tree, pair: (NodeId, NodeId)| {
            let at = *places.entry(tree.key_text(pair.0).into_owned()).or_insert(merged.len());
            if at == merged.len() { merged.push(pair) } else { merged[at] = pair }
        };
        for (key, value) in pairs {
            if !self.is_merge(key) {
                put(&self.tree, (key, value));
                continue;
            }
            let target = self.tree.resolve_alias(value);
            let sources = match self.tree.node(target).data {
                Data::Mapping { .. } => vec![target],
                // An alias of a sequence is refused, a sequence is not.
                Data::Sequence(items) if target == value => {
                    items.of(&self.tree.items).iter().rev().map(|item| self.tree.resolve_alias(*item)).collect()
                }
                _ => return Err(WANT_MAP),
            };
            for source in sources {
                let Data::Mapping { merged, .. } = self.tree.node(source).data else {
                    return Err(WANT_MAP);
                };
                for pair in merged.of(&self.tree.pairs) {
                    put(&self.tree, *pair);
                }
            }
        }
        let start = self.tree.pairs.len() as u32;
        self.tree.pairs.extend_from_slice(&merged);
        Ok(Range { start, len: merged.len() as u32 })
    }

    /// Whether a mapping may have a key twice. Of many keys, and of those that are no plain texts, nothing is said for certain.
    fn may_repeat(&self, written: Range) -> bool {
        let pairs = written.of(&self.tree.pairs);
        if pairs.len() > MANY_KEYS {
            return true;
        }
        pairs.iter().enumerate().any(|(at, (key, _))| match self.tree.node(*key).data {
            Data::Slice(range) => pairs[..at].iter().any(|(other, _)| match self.tree.node(*other).data {
                Data::Slice(before) => {
                    before.len == range.len && before.of(self.tree.text.as_bytes()) == range.of(self.tree.text.as_bytes())
                }
                _ => true,
            }),
            _ => true,
        })
    }

    fn is_merge(&self, key: NodeId) -> bool {
        let node = self.tree.node(key);
        let plain = node.style == Style::Scalar(ScalarStyle::Plain) && !node.tagged;
        let tagged = node.tagged
            && self
                .tree
                .text
                .get(node.full_start()..node.span().start)
                .is_some_and(|tag| tag.contains("!!merge") || tag.contains(MERGE_TAG));
        (plain || tagged) && matches!(node.data, Data::Slice(range) if range.of_str(&self.tree.text) == "<<")
    }
}

/// The text that a scalar stands for may be another elsewhere: `yes` and `010`.
fn is_doubtful(resolved: Scalar, text: &str) -> bool {
    match resolved {
        Scalar::Bool(_) => !text.eq_ignore_ascii_case("true") && !text.eq_ignore_ascii_case("false"),
        Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_) => {
            matches!(text.strip_prefix(['+', '-']).unwrap_or(text).as_bytes(), [b'0', b'0'..=b'9', ..])
        }
        Scalar::Null | Scalar::Text | Scalar::Timestamp => false,
    }
}

/// What a scalar is that is no text.
fn plain_data(resolved: Scalar) -> Option<Data> {
    Some(match resolved {
        Scalar::Null => Data::Null,
        Scalar::Bool(b) => Data::Bool(b),
        Scalar::Int(int) => Data::Int(int),
        Scalar::Uint(int) => Data::Float(int as f64),
        Scalar::Float(float) => Data::Float(float),
        Scalar::Text | Scalar::Timestamp => return None,
    })
}

const WANT_MAP: &str = "map merge requires map or sequence of maps as the value";

fn span(start: Mark, end: Mark) -> Span {
    Span { start: start.at(), end: end.at(), line: start.line + 1, column: start.column + 1, end_line: end.line + 1 }
}

//! The parsed templates of one text: nodes in an arena, by number, so that nothing nests on the native stack. How nodes are written
//! in errors is in `tree/print.rs`; what they do is decided by `compile`. Source: `text/template/parse/node.go`.

mod number;
mod print;

pub(crate) use number::Number;

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU32;

/// A node, by its place in [`Tree::nodes`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NodeId(pub(crate) u32);

/// A range of [`Tree::children`] or [`Tree::idents`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Range {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Range {
    pub(crate) fn indices(self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }
}

/// `if`, `with` or `range`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Branch {
    If,
    With,
    Range,
}

impl Branch {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Branch::If => "if",
            Branch::With => "with",
            Branch::Range => "range",
        }
    }
}

/// What a node is. Texts are ranges of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NodeKind {
    Text(Range),
    Action {
        pipe: NodeId,
    },
    Bool(bool),
    Chain {
        node: NodeId,
        fields: Range,
    },
    Command {
        args: Range,
    },
    Dot,
    Field {
        idents: Range,
    },
    Identifier(Range),
    Branch {
        branch: Branch,
        pipe: NodeId,
        list: NodeId,
        otherwise: Option<NodeId>,
    },
    List(Range),
    Nil,
    Number(u32),
    Pipe {
        assigns: bool,
        declared: Range,
        commands: Range,
    },
    String {
        quoted: Range,
        text: u32,
    },
    Template {
        name: u32,
        pipe: Option<NodeId>,
    },
    /// The name with its dollar sign, then fields.
    Variable {
        idents: Range,
    },
    Break,
    Continue,
}

/// A node and where it begins, as Go counts: a chain of fields begins at its *second* field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) pos: u32,
}

/// The definitions of one text.
pub(crate) struct Tree {
    /// The name under which it was parsed: the file in errors.
    pub(crate) file: Arc<str>,
    pub(crate) source: Arc<[u8]>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) children: Vec<NodeId>,
    /// Names: ranges of the source.
    pub(crate) idents: Vec<Range>,
    /// For each name where it stood in the map in which it was looked up last: mostly it stands there again.
    pub(crate) places: Vec<AtomicU32>,
    pub(crate) numbers: Vec<Number>,
    /// Unquoted strings.
    pub(crate) strings: Vec<Vec<u8>>,
    /// Where the source's lines begin, once somebody has asked.
    lines: OnceLock<Box<[u32]>>,
}

impl Tree {
    pub(crate) fn new(file: Arc<str>, source: Arc<[u8]>) -> Tree {
        Tree {
            file,
            source,
            nodes: Vec::new(),
            children: Vec::new(),
            idents: Vec::new(),
            places: Vec::new(),
            numbers: Vec::new(),
            strings: Vec::new(),
            lines: OnceLock::new(),
        }
    }

    pub(crate) fn add(&mut self, pos: u32, kind: NodeKind) -> NodeId {
        self.nodes.push(Node { kind, pos });
        NodeId(self.nodes.len() as u32 - 1)
    }

    pub(crate) fn add_children(&mut self, nodes: &[NodeId]) -> Range {
        let start = self.children.len() as u32;
        self.children.extend_from_slice(nodes);
        Range { start, len: nodes.len() as u32 }
    }

    pub(crate) fn add_idents(&mut self, idents: &[Range]) -> Range {
        let start = self.idents.len() as u32;
        self.idents.extend_from_slice(idents);
        Range { start, len: idents.len() as u32 }
    }

    pub(crate) fn add_string(&mut self, text: Vec<u8>) -> u32 {
        self.strings.push(text);
        self.strings.len() as u32 - 1
    }

    pub(crate) fn node(&self, id: NodeId) -> Node {
        self.nodes[id.0 as usize]
    }

    pub(crate) fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    pub(crate) fn children(&self, range: Range) -> &[NodeId] {
        &self.children[range.indices()]
    }

    pub(crate) fn idents(&self, range: Range) -> &[Range] {
        &self.idents[range.indices()]
    }

    pub(crate) fn text(&self, range: Range) -> &[u8] {
        &self.source[range.indices()]
    }

    /// Whether a list holds nothing but blank text. Source: `text/template/parse/parse.go`, `IsEmptyTree`.
    pub(crate) fn is_empty(&self, list: NodeId) -> bool {
        let NodeKind::List(range) = self.kind(list) else {
            return false;
        };
        self.children(range).iter().all(|&child| match self.kind(child) {
            NodeKind::Text(text) => {
                let (start, end) = chartwright_go::strings::space_trimmed(self.text(text));
                start >= end
            }
            _ => false,
        })
    }

    /// The line, from one, and the column in bytes, from zero, of a node. Source: `text/template/parse/parse.go`, `ErrorContext`.
    pub(crate) fn line_column(&self, id: NodeId) -> (usize, usize) {
        let before = &self.source[..self.node(id).pos as usize];
        let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
        let column = before.iter().rev().take_while(|&&b| b != b'\n').count();
        (line, column)
    }

    /// A byte of the source as a position.
    pub(crate) fn position(&self, at: usize) -> crate::Position {
        let line = self.line_of(at);
        let column = at - self.line_start(line);
        crate::Position { file: self.file.to_string(), line: line + 1, column: Some(column) }
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| line_starts(&self.source))
    }

    /// The line of a byte, from zero.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.lines().partition_point(|start| *start as usize <= at).saturating_sub(1)
    }

    /// Where a line, from zero, begins.
    pub(crate) fn line_start(&self, line: usize) -> usize {
        self.lines().get(line).map_or(self.source.len(), |start| *start as usize)
    }

    /// Where a node begins, or [`Tree::action_start`] of one that only the execution knows.
    pub(crate) fn node_start(&self, id: NodeId) -> usize {
        self.nodes.get(id.0 as usize).map_or(0, |node| node.pos as usize)
    }

    /// Where the action that a node stands in begins, with its braces.
    pub(crate) fn action_start(&self, id: NodeId) -> usize {
        let pos = self.node_start(id);
        let before = &self.source[..pos.min(self.source.len())];
        before.windows(2).rposition(|pair| pair == b"{{").unwrap_or(pos)
    }

    /// Whether an action that took the blanks before it away stands on a line of its own: what it writes then begins a new line.
    pub(crate) fn begins_line(&self, id: NodeId) -> bool {
        let start = self.action_start(id);
        if self.source.get(start + 2) != Some(&b'-') {
            return false;
        }
        let blanks = self.source[..start].iter().rev().take_while(|byte| byte.is_ascii_whitespace());
        blanks.into_iter().any(|byte| *byte == b'\n')
    }
}

/// Where the lines of a text begin.
pub(crate) fn line_starts(text: &[u8]) -> Box<[u32]> {
    let breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    [0].into_iter().chain(breaks.map(|(at, _)| at as u32 + 1)).collect()
}

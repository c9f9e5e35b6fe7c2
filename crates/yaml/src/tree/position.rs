//! From nodes to places in the text and back: spans, lines, pointers, the comments above.

use super::{NodeId, Role, Span, Tree};

/// How deep the nodes of manifests stand mostly, and how long a segment of a pointer to them is.
const USUAL_DEPTH: usize = 12;
const USUAL_SEGMENT: usize = 12;

/// Adds a key to a JSON pointer.
fn escaped(pointer: &mut String, key: &str) {
    if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(key);
    }
}

impl Tree {
    /// Where a node's content stands, without its anchor and tag. An alias stands where it is written.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span()
    }

    /// The node that holds this one; the mapping for both its keys and its values.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent()
    }

    /// Whether a node is a key of a mapping.
    pub fn is_key(&self, id: NodeId) -> bool {
        self.node(id).role == Role::Key
    }

    /// The key under which a node stands in its mapping.
    pub fn key_of(&self, id: NodeId) -> Option<NodeId> {
        match self.node(id).role {
            Role::Value(key) => Some(key),
            _ => None,
        }
    }

    /// Where the key of a node stands; the node's own place if it has no key.
    pub fn key_span(&self, id: NodeId) -> Span {
        self.span(self.key_of(id).unwrap_or(id))
    }

    /// A scalar as it is written, quotes included; for a collection all its text.
    pub fn raw(&self, id: NodeId) -> &str {
        let span = self.span(id);
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// The JSON pointer of a node; a key has its value's.
    pub fn pointer_of(&self, id: NodeId) -> String {
        // The nodes that a segment each stands for, the innermost first.
        let mut steps = Vec::with_capacity(USUAL_DEPTH);
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            steps.push(at);
            at = parent;
        }
        let mut pointer = String::with_capacity(steps.len() * USUAL_SEGMENT);
        for step in steps.into_iter().rev() {
            pointer.push('/');
            match self.node(step).role {
                Role::Root => {}
                Role::Item(index) => pointer.push_str(&index.to_string()),
                Role::Key => escaped(&mut pointer, &self.key_text(step)),
                Role::Value(key) => escaped(&mut pointer, &self.key_text(key)),
            }
        }
        pointer
    }

    /// The keys and item numbers that lead to a node from the root; a key has its value's.
    pub fn path_of(&self, id: NodeId) -> Vec<String> {
        let mut path = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            match self.node(at).role {
                Role::Root => break,
                Role::Item(index) => path.push(index.to_string()),
                Role::Key => path.push(self.key_text(at).into_owned()),
                Role::Value(key) => path.push(self.key_text(key).into_owned()),
            }
            at = parent;
        }
        path.reverse();
        path
    }

    /// The innermost value that a line (from 1) belongs to: of several the one that begins last, keys count for their values.
    pub fn node_at_line(&self, line: u32) -> Option<NodeId> {
        let mut best: Option<(u32, NodeId)> = None;
        for at in 0..self.nodes.len() {
            let id = NodeId(at as u32);
            let node = self.node(id);
            // Keys are found through their values.
            if node.role == Role::Key {
                continue;
            }
            let begin = self.key_span(id).line.min(node.span().line);
            if begin <= line && line <= node.span().end_line && best.is_none_or(|(known, _)| known <= begin) {
                best = Some((begin, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The comment lines right above a node's line, without `#` and one blank; none if an empty line stands between.
    pub fn comment_before(&self, id: NodeId) -> Option<String> {
        let start = self.key_span(id).start;
        let above = self.text.get(..start)?;
        let line_start = above.rfind('\n').map_or(0, |at| at + 1);
        let mut comment: Vec<&str> = Vec::new();
        for line in above.get(..line_start)?.lines().rev() {
            let Some(text) = line.trim().strip_prefix('#') else {
                break;
            };
            comment.push(text.strip_prefix(' ').unwrap_or(text));
        }
        comment.reverse();
        (!comment.is_empty()).then(|| comment.join("\n"))
    }

    /// The comment after a node on its last line, without `#` and blanks.
    pub fn comment_after(&self, id: NodeId) -> Option<&str> {
        let rest = self.text.get(self.span(id).end..)?;
        let line = rest.lines().next()?;
        line.trim_start().strip_prefix('#').filter(|_| line.starts_with([' ', '\t'])).map(str::trim)
    }
}

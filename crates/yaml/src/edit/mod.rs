//! Edits of a user's file that leave everything else as it is: comments, order, quoting, indentation, line ends.
//!
//! An edit is made on the text by the places that [`Tree`] knows, and is then proven: the new text is read again, and unless it differs
//! from the old one exactly in what was asked, the edit is refused. Nothing here reads values as Helm does, that is [`crate::decode`].

mod format;
mod items;
mod layout;
mod proof;
mod remove;
mod set;

pub use items::{insert_item, move_item};
pub use remove::{RemoveOptions, remove, rename_key};
pub use set::set;

use crate::ParseError;
use crate::tree::{NodeId, NodeView, Style, Tree};

/// A step from a collection to one of its parts.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PathSegment {
    /// A mapping's key.
    Key(String),
    /// A sequence's item, from 0.
    Index(usize),
}

impl From<&str> for PathSegment {
    fn from(key: &str) -> PathSegment {
        PathSegment::Key(key.to_string())
    }
}

impl From<usize> for PathSegment {
    fn from(index: usize) -> PathSegment {
        PathSegment::Index(index)
    }
}

/// What an edit writes.
#[derive(Clone, PartialEq, Debug)]
pub enum NewValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text, quoted if it must be.
    String(String),
    /// A mapping or a sequence (or any other JSON).
    Json(serde_json::Value),
    /// YAML as the user wrote it: its comments and style are kept where the place allows it.
    Yaml(String),
}

/// How an edit writes what is new.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EditOptions {
    /// Put above a key that was not there before.
    pub comment: Option<String>,
}

/// Why a file was left alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EditError {
    /// The file, or the YAML to be written, is no YAML.
    Parse(ParseError),
    /// Nothing stands at the path.
    NotFound(String),
    /// The path leads through something that is no collection, or no collection of that kind.
    NotACollection(String),
    /// The place is shared by an anchor, an alias or a merge key: an edit would change other places too.
    Shared(String),
    /// The key is there already.
    Exists(String),
    /// The file is written in a way that cannot be edited without damage.
    Unsupported(&'static str),
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            EditError::Parse(error) => error.fmt(f),
            EditError::NotFound(path) => write!(f, "nothing is at {path}"),
            EditError::NotACollection(path) => write!(f, "{path} is not a map or list that this could be in"),
            EditError::Shared(path) => write!(f, "{path} is shared by an anchor or a merge key; edit the file by hand"),
            EditError::Exists(path) => write!(f, "{path} exists already"),
            EditError::Unsupported(why) => write!(f, "this cannot be edited here: {why}"),
        }
    }
}

impl std::error::Error for EditError {}

impl From<ParseError> for EditError {
    fn from(error: ParseError) -> EditError {
        EditError::Parse(error)
    }
}

/// How deep an edited file may nest: people write no deeper, and proofs stay small.
const MAX_DEPTH: usize = 200;

/// Reads a file for an edit: one document, not too deep. A file without any document is null.
fn open(text: &str) -> Result<Tree, EditError> {
    let mut trees = Tree::parse_stream(text)?;
    if trees.len() > 1 {
        return Err(EditError::Unsupported("the file holds more than one document"));
    }
    let tree = trees.pop().map_or_else(|| Tree::parse(text), Ok)?;
    if tree.depth() > MAX_DEPTH {
        return Err(EditError::Unsupported("the file nests too deeply"));
    }
    Ok(tree)
}

/// A path as people write it: `a.b[0]`.
fn spell(path: &[PathSegment]) -> String {
    let mut out = String::new();
    for segment in path {
        match segment {
            PathSegment::Key(key) if out.is_empty() => out.push_str(key),
            PathSegment::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            PathSegment::Index(index) => out.push_str(&format!("[{index}]")),
        }
    }
    if out.is_empty() { "the file".to_string() } else { out }
}

/// The part of a collection that a segment names, as written: not by a merge key. Of duplicate keys the last.
fn child(tree: &Tree, id: NodeId, segment: &PathSegment) -> Option<NodeId> {
    match (tree.view(id), segment) {
        (NodeView::Sequence(items), PathSegment::Index(index)) => items.get(*index).copied(),
        (NodeView::Mapping(_), PathSegment::Key(key)) => {
            let pair = tree.written_pairs(id).iter().rev().find(|(name, _)| tree.key_text(*name) == *key);
            pair.map(|(_, value)| *value)
        }
        _ => None,
    }
}

/// Goes down a path as far as it is there: the node reached, and how many segments led to it.
fn descend(tree: &Tree, path: &[PathSegment]) -> Result<(NodeId, usize), EditError> {
    let mut at = tree.root();
    for (done, segment) in path.iter().enumerate() {
        if tree.node(at).style == Style::Alias {
            return Err(EditError::Shared(spell(&path[..done])));
        }
        match child(tree, at, segment) {
            Some(next) => at = next,
            None => {
                if let PathSegment::Key(key) = segment
                    && tree.get(at, key).is_some()
                    && done + 1 < path.len()
                {
                    return Err(EditError::Shared(spell(&path[..=done])));
                }
                return Ok((at, done));
            }
        }
    }
    Ok((at, path.len()))
}

/// The node at a path.
fn find(tree: &Tree, path: &[PathSegment]) -> Result<NodeId, EditError> {
    match descend(tree, path)? {
        (node, done) if done == path.len() => Ok(node),
        (_, done) => Err(EditError::NotFound(spell(&path[..=done]))),
    }
}

/// A replacement of a part of the text.
struct Patch {
    start: usize,
    end: usize,
    text: String,
}

impl Patch {
    /// The text with the patch, in the file's own line ends.
    fn apply(&self, text: &str) -> String {
        let patch = if layout::uses_crlf(text) { self.text.replace("\r\n", "\n").replace('\n', "\r\n") } else { self.text.clone() };
        let (before, after) = (text.get(..self.start).unwrap_or(""), text.get(self.end..).unwrap_or(""));
        format!("{before}{patch}{after}")
    }
}

//! Kubernetes' JSONPath, as `show values --jsonpath` takes it: text with paths in braces (`k8s.io/client-go/util/jsonpath`).

mod evaluate;
mod parse;

use chartwright_value::{Heap, Value};

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    /// Text outside braces, or a quoted one.
    Text(String),
    /// `.key`.
    Field(String),
    /// `[from:to:step]`, or one item.
    Array(Slice),
    /// `[?(left operator right)]`; without an operator, whether there is anything.
    Filter {
        left: Vec<Node>,
        operator: String,
        right: Vec<Node>,
    },
    Int(i64),
    Float(f64),
    Bool(bool),
    /// `*`.
    Wildcard,
    /// `..`.
    Recursive,
    /// `[a,b]`.
    Union(Vec<Vec<Node>>),
    /// `range` or `end`.
    Word(String),
    /// What stands in a pair of braces.
    List(Vec<Node>),
}

/// The numbers of `[from:to:step]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Slice {
    from: Option<i64>,
    to: Option<i64>,
    step: Option<i64>,
    /// One number stood there: `to` is the one after it.
    is_item: bool,
}

/// A template that has been read.
#[derive(Debug)]
pub(crate) struct Template {
    nodes: Vec<Node>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Kubernetes' text.
    pub(crate) fn parse(text: &str) -> Result<Template, String> {
        Ok(Template { nodes: parse::parse(text)? })
    }

    /// What the template prints of a value. What cannot be found prints nothing at all: `helm show` drops the error.
    pub(crate) fn print(&self, heap: &mut Heap, value: Value) -> Vec<u8> {
        evaluate::print(&self.nodes, heap, value)
    }
}

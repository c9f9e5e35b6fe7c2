//! The Common Expression Language as the API server evaluates the rules of CustomResourceDefinitions: `github.com/google/cel-go`, with the
//! libraries of `k8s.io/apiserver/pkg/cel/environment/base.go`.
//!
//! An expression is read into a tree in an arena and evaluated as it stands; types are not checked, since the API server does so when it takes a
//! definition. What is not understood here is told apart from an error of the expression: a rule that cannot be judged says nothing.

mod equal;
mod eval;
mod fold;
mod functions;
mod lex;
mod literal;
mod operators;
mod parse;
mod tree;
mod undeclared;
mod value;

#[cfg(test)]
mod tests;

pub use eval::{Budget, Variables, evaluate};
pub(crate) use functions::convert::double_text;
pub use tree::Program;
pub(crate) use undeclared::undeclared;
pub use value::{List, ListKind, Map, MapKind, Moment, Value};

/// Words that no name in an expression can be: `k8s.io/apiserver/pkg/cel/escaping.go`.
pub(crate) const RESERVED: [&str; 21] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// So deep may expressions and values be nested, which bounds how deep evaluation and comparison may go; the API server's own limit for expressions
/// is 250.
pub const MAX_DEPTH: usize = 100;

/// So long may an expression be, in bytes.
const MAX_LENGTH: usize = 100_000;

/// So many steps may the rules of one object take together; a step is a node evaluated, an item looked at or a few bytes of text. The API server's
/// budget, in units of its own, is as much.
const MAX_STEPS: u64 = 10_000_000;

/// What may be done for one match of a pattern.
const PATTERN_WORK: u64 = 1_000_000;

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The expression's own error, in the API server's words: `no such key: a`.
    Error(String),
    /// It holds something that is not known here, or takes too long: nothing can be said.
    Unknown,
}

/// What evaluating comes to.
type Outcome = Result<Value, Stop>;

/// An error in the API server's words.
fn error<T>(text: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Error(text.into()))
}

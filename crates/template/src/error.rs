//! Errors: Go's text word for word, with the positions it was made from. Drawing them is others' work.

use std::fmt;

/// Where something stands in a template's source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file: the name under which its text was parsed.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// The column in bytes, from zero as in Go's errors; nothing where Go tells none (parse errors).
    pub column: Option<usize>,
}

/// Why a text is not a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Go's text: `template: FILE:LINE: …`. Source: `text/template/parse/parse.go`, `errorf`.
    pub message: String,
    /// Where.
    pub position: Position,
}

impl ParseError {
    /// A text beyond our limits.
    pub(crate) fn too_large(file: &str, complaint: &str) -> ParseError {
        let message = format!("template: {file}:1: {complaint}");
        ParseError { message, position: Position { file: file.to_owned(), line: 1, column: None } }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// What sort of failure ended an execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The template or a function of it failed, as in Go.
    Failed,
    /// There is no template of the name that was to be rendered.
    NoTemplate,
    /// A limit of the render; Go would have gone on, or crashed.
    Limit,
    /// The template asked for what this build leaves out; a full build has it.
    NeedsFull,
}

/// One error of Go's chain (`errors.Unwrap`), outermost first. Its text is the rest of the whole message from `start`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Where its text begins in [`ExecError::message`].
    pub start: usize,
    /// What Go's `template.ExecError` knows; nothing for an error that a function returned.
    pub executing: Option<Executing>,
}

/// Which template was executing, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executing {
    /// The template's name.
    pub template: String,
    /// Where its blamed node stands.
    pub position: Position,
    /// The blamed node as Go writes it.
    pub context: String,
}

/// Why an execution failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecError {
    /// Go's full text: `template: FILE:LINE:COLUMN: executing "NAME" at <NODE>: …`. Source: `text/template/exec.go`, `errorf`.
    pub message: String,
    /// The chain, outermost first.
    pub levels: Vec<Level>,
    /// The sort.
    pub kind: ErrorKind,
    /// What Go leaves out: which key was missing, and what might have been meant.
    pub hint: Option<String>,
}

impl ExecError {
    /// The innermost position known.
    pub fn position(&self) -> Option<&Position> {
        self.levels.iter().rev().find_map(|level| level.executing.as_ref()).map(|executing| &executing.position)
    }

    /// The texts of the chain's errors, outermost first: what `Error()` gives at each `errors.Unwrap`.
    pub fn chain(&self) -> impl Iterator<Item = &str> + '_ {
        self.levels.iter().filter_map(|level| self.message.get(level.start..))
    }
}

impl fmt::Display for ExecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ExecError {}

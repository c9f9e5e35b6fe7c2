//! The one error of this crate: Go's words, and where the fault is.

use crate::scan::{Layer, Problem};

/// Text that is not the YAML that Go reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Go's text, e.g. `yaml: line 3: did not find expected key`. Its line is Go's, which may be one off.
    pub message: String,
    /// The true line of the fault, from 1; 0 if there is none.
    pub line: u32,
    /// Its column, from 1; 0 if there is none.
    pub column: u32,
}

impl ParseError {
    /// Go counts a parser's lines from zero and a scanner's from one, and is silent about the first (`decode.go`, `fail`).
    pub(crate) fn syntax(problem: &Problem) -> ParseError {
        let line = match (problem.at.line, problem.context.line) {
            (0, context) => context,
            (at, _) => at + u32::from(problem.layer == Layer::Scanner),
        };
        let place = if line == 0 { String::new() } else { format!("line {line}: ") };
        let known = u32::from(problem.layer != Layer::Reader);
        ParseError {
            message: format!("yaml: {place}{}", problem.text),
            line: (problem.at.line + 1) * known,
            column: (problem.at.column + 1) * known,
        }
    }

    /// The same, as sigs.k8s.io/yaml hands it on.
    pub fn converting(self) -> ParseError {
        ParseError { message: format!("error converting YAML to JSON: {}", self.message), ..self }
    }

    /// A fault of meaning, which Go gives no line.
    pub(crate) fn meaning(text: &str, line: u32, column: u32) -> ParseError {
        ParseError { message: format!("yaml: {text}"), line, column }
    }
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

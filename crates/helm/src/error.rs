//! Why a chart did not load or render: Helm's own text, and beside it what Helm leaves out.

use chartwright_template::trace::Step;
use std::fmt;
use std::sync::Arc;

/// A chart that cannot be loaded. The text is Helm's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// Helm's text, without `Error: `.
    pub message: String,
}

impl LoadError {
    pub(crate) fn new(message: impl Into<String>) -> LoadError {
        LoadError { message: message.into() }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for LoadError {}

/// A place in a chart's file. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, with its chart's path.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The column in bytes, or 0 where Helm names none.
    pub column: u32,
}

/// A value that the schema refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaViolation {
    /// The chart whose schema it is, as the values name it (empty for the root chart).
    pub chart: String,
    /// The value's path in the root chart's values.
    pub path: Vec<String>,
    /// The schema keyword.
    pub keyword: String,
    /// The violation in Helm's words, without the place.
    pub message: String,
}

/// A template that was executing when a render failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Where it was.
    pub position: Position,
    /// The template's name.
    pub template: String,
    /// The expression that it was at, as Go writes it; empty where it was none.
    pub expression: String,
}

/// What led to a failure.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Trail {
    /// The templates that were executing, outermost first.
    pub frames: Vec<Frame>,
    /// Of a traced render: the paths of the values that stood at the place, or were read there.
    pub origins: Vec<Vec<Step>>,
    /// Of a traced render: the paths of those that had decided that it came there.
    pub conditions: Vec<Vec<Step>>,
}

/// What kind of failure it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenderErrorKind {
    /// The chart itself cannot be installed: a library, a missing dependency.
    Chart,
    /// The chart does not fit the Kubernetes version.
    KubeVersion,
    /// A layer of values does not parse or does not fit.
    Values,
    /// The schema refuses the values.
    Schema(Vec<SchemaViolation>),
    /// A template does not parse.
    Parse,
    /// A template failed as it ran.
    Execute,
    /// What a template wrote is not YAML.
    Yaml,
    /// A limit of the render was reached.
    Limit,
    /// A template asked for what this build leaves out; a full build has it.
    NeedsFull,
}

/// A render that failed. The text is Helm's, word for word; the rest says more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderError {
    /// What kind of failure.
    pub kind: RenderErrorKind,
    /// What Helm writes to stderr after `Error: `.
    pub message: String,
    /// Where it happened.
    pub position: Option<Position>,
    /// The template's lines around the place: line number and text.
    pub excerpt: Vec<(u32, String)>,
    /// The line of the excerpt at fault.
    pub at: Option<u32>,
    /// What Helm leaves out: which key was missing, what it might have meant.
    pub hint: Option<String>,
    /// What led there.
    pub trail: Box<Trail>,
    /// Warnings up to here, as Helm writes them to stderr before the error.
    pub warnings: Vec<String>,
    /// What the templates wrote, by their names, where it was no YAML: `--debug` prints it.
    pub outputs: Vec<(Arc<str>, String)>,
}

impl RenderError {
    /// Whether Helm had a release in hand when it failed: `helm template` then adds a line about `--debug`.
    pub fn is_after_release(&self) -> bool {
        !matches!(self.kind, RenderErrorKind::Chart | RenderErrorKind::Values | RenderErrorKind::Schema(_))
    }

    pub(crate) fn new(kind: RenderErrorKind, message: impl Into<String>) -> RenderError {
        RenderError {
            kind,
            message: message.into(),
            position: None,
            excerpt: Vec::new(),
            at: None,
            hint: None,
            trail: Box::default(),
            warnings: Vec::new(),
            outputs: Vec::new(),
        }
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderError {}

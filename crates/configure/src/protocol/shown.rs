//! What stands beside the form: the edited file, the render, its documents, the effective values, a comparison.

use super::{ChainValue, FilePlace, Source};

/// The edited file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YamlView {
    /// The text.
    pub text: String,
    /// Whether this update comes from the editor itself, which then must not be written to.
    pub from_editor: bool,
    /// The fault, with its line (1-based) and column (1-based), if it cannot be read. The form then shows the last good state.
    pub error: Option<Fault>,
    /// Lines (1-based) that differ from the file as it came.
    pub mine: Vec<u32>,
}

/// A fault at a place in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fault {
    /// The text.
    pub message: String,
    /// Counted from 1; 0 where unknown.
    pub line: u32,
    /// Counted from 1; 0 where unknown.
    pub column: u32,
}

/// How the render went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderView {
    /// How long the render took, in microseconds, as the host measured it.
    pub micros: f64,
    /// How many objects there are.
    pub objects: usize,
    /// Why it failed. The documents shown are then those of the last good render.
    pub error: Option<RenderFault>,
    /// What Helm would warn of.
    pub warnings: Vec<String>,
}

/// A render's failure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderFault {
    /// Helm's text, word for word.
    pub message: String,
    /// `templates/deployment.yaml`, or the values file.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: Option<u32>,
    /// Counted from 1.
    pub column: Option<u32>,
    /// The lines around it: number and text.
    pub excerpt: Vec<(u32, String)>,
    /// The line of the excerpt at fault.
    pub at: Option<u32>,
    /// What is at fault in that line: its first character, from 0, and how many.
    pub underline: Option<(u32, u32)>,
    /// The templates that led there, outermost first.
    pub calls: Vec<FaultCall>,
    /// The values that were read there, or that stand in the faulty line.
    pub origins: Vec<ChainValue>,
    /// The values that had decided that it came there.
    pub conditions: Vec<ChainValue>,
    /// What Helm leaves out: the key that was missing, what it might have meant.
    pub hint: Option<String>,
    /// The fields at fault, by id, with the text for each.
    pub fields: Vec<(String, String)>,
}

/// A template that was executing when a render failed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FaultCall {
    /// Where it was.
    pub place: FilePlace,
    /// Its name.
    pub template: String,
    /// The expression that it was at; empty where it was none.
    pub expression: String,
}

/// A rendered document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentView {
    /// `Deployment/rel-kaggle-data-api`, with an ordinal where that is not unique.
    pub id: String,
    /// `kaggle-data-api/templates/deployment.yaml`.
    pub source: String,
    /// `Deployment`.
    pub kind: String,
    /// `rel-kaggle-data-api`.
    pub name: String,
    /// The hook's events, if it is one.
    pub hook: Vec<String>,
    /// The text, beginning with its `# Source:` line.
    pub text: String,
    /// The source of each line, run-length: (how many lines, source).
    pub sources: Vec<(u32, Source)>,
    /// Lines (1-based) that the last action changed.
    pub changed: Vec<u32>,
}

/// An effective value.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueRow {
    /// The field's id (a JSON pointer).
    pub id: String,
    /// `resources.limits.cpu`.
    pub key: String,
    /// The value as one line of YAML; masked where secret.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
    /// The file.
    pub file: String,
    /// The line in it, counted from 1; 0 where unknown.
    pub line: u32,
    /// What it overrode, nearest first: value and file.
    pub over: Vec<(String, String)>,
}

/// Two environments beside each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The one compared with (left).
    pub left: String,
    /// The chosen one (right).
    pub right: String,
    /// Why the left one could not be rendered, if so.
    pub left_error: Option<String>,
    /// Resource by resource.
    pub resources: Vec<ResourceDiff>,
    /// The values that differ: key, left, right (`None`: absent).
    pub values: Vec<(String, Option<String>, Option<String>)>,
}

/// One resource in two environments.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceDiff {
    /// The document's id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What became of it.
    pub change: Change,
    /// Its lines.
    pub lines: Vec<DiffLine>,
}

/// What became of a resource or a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The same on both sides.
    Same,
    /// On both sides, but different. Never of a line.
    Changed,
    /// Only on the left.
    Left,
    /// Only on the right.
    Right,
}

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct DiffLine {
    /// Where it stands.
    pub change: Change,
    /// Its number on the left, counted from 1.
    pub left: Option<u32>,
    /// Its number on the right, counted from 1.
    pub right: Option<u32>,
    /// The text.
    pub text: String,
}

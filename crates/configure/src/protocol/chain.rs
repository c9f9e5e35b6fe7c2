//! Where a line came from, and which lines a value makes.

use super::Source;

/// Where a line of a manifest came from: values, the files that set them, the template line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// The environment's id.
    pub environment: String,
    /// The document's id.
    pub document: String,
    /// The line in [`DocumentView::text`](super::DocumentView), counted from 1.
    pub line: u32,
    /// The template's line that wrote it; nothing for what no template wrote.
    pub template: Option<TemplateLine>,
    /// The values that stand in the line, or made what stands there.
    pub origins: Vec<ChainValue>,
    /// The values that only decided that the line is there, or which of others stands in it.
    pub conditions: Vec<ChainValue>,
}

/// A line of a template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TemplateLine {
    /// Where it stands.
    pub place: FilePlace,
    /// The name of the template that was running: `service.deployment`, or the file's own.
    pub template: String,
    /// The lines around it: number and text.
    pub excerpt: Vec<(u32, String)>,
    /// The calls that led there, outermost first.
    pub calls: Vec<FilePlace>,
}

/// A place in a file of the chart or in a layer of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilePlace {
    /// The layer's id, where it is one: it can be edited.
    pub layer: Option<String>,
    /// The file, as [`Action::Look`](super::Action) takes it.
    pub file: String,
    /// The line, counted from 1; 0 where unknown.
    pub line: u32,
    /// The column, counted from 1; 0 where unknown.
    pub column: u32,
}

/// A value in a chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChainValue {
    /// The field's id (a JSON pointer).
    pub id: String,
    /// `resources.limits.cpu`.
    pub key: String,
    /// The value in short; masked where secret, empty where it is not set.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
    /// Where it is set; nothing where it is not.
    pub place: Option<FilePlace>,
    /// What it overrode, nearest first: the value in short, and where it is set.
    pub over: Vec<(String, FilePlace)>,
}

/// The lines that a value makes, in every environment that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// The field's id, as it was asked for.
    pub id: String,
    /// By environment, the chosen one first.
    pub environments: Vec<EnvironmentMarks>,
}

/// The lines of one environment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnvironmentMarks {
    /// The environment's id.
    pub environment: String,
    /// The documents with any such line.
    pub documents: Vec<DocumentMarks>,
}

/// The lines of one document: runs of first line, counted from 1, and how many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentMarks {
    /// The document's id.
    pub document: String,
    /// Lines in which the value stands, or that were made of it.
    pub makes: Vec<(u32, u32)>,
    /// Lines that it only decided about.
    pub steers: Vec<(u32, u32)>,
}

/// A file of the chart, to look at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileView {
    /// As it was asked for.
    pub file: String,
    /// Its text.
    pub text: String,
}

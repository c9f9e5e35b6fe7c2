//! What a lint reports: findings and prerequisites. How they come about, is not known here.

use chartwright_kube::object::ObjectRef;

use crate::fix::Fix;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It is refused, or will not work.
    Error,
    /// It will hurt one day.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// In small letters, as reports name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document's number in the input.
    pub document: usize,
    /// The line within that document's content, counted from 1.
    pub line: u32,
    /// A JSON pointer within the YAML document.
    pub pointer: String,
}

/// One cause for concern.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id: `latest-tag`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The object that is concerned; empty where the document could not be read.
    pub object: ObjectRef,
    /// The place to look at; where something is missing, the nearest that is there.
    pub place: Place,
    /// Further places of the same cause.
    pub places: Vec<Place>,
    /// What is wrong here, as a sentence.
    pub message: String,
    /// Why it matters.
    pub reason: &'static str,
    /// What to do.
    pub cure: String,
    /// What other tools call the rule: `kube-linter:latest-tag`.
    pub aliases: &'static [&'static str],
    /// What cures it for certain, if anything does.
    pub fix: Option<Fix>,
}

/// A finding that an annotation silences.
#[derive(Clone, Debug, PartialEq)]
pub struct Suppressed {
    /// The finding.
    pub finding: Finding,
    /// The annotation's key.
    pub by: String,
    /// Why, if the annotation says so.
    pub reason: Option<String>,
}

/// Something that must be in the cluster and that no chart brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Prerequisite {
    /// `Secret`, `StorageClass`, `CustomResourceDefinition`, …
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The namespace that it is looked for in; nothing for what belongs to none.
    pub namespace: Option<String>,
    /// The keys that are read of it.
    pub keys: Vec<String>,
    /// Whether everything works without it.
    pub optional: bool,
    /// The objects that need it.
    pub needed_by: Vec<ObjectRef>,
    /// Where it is named first.
    pub place: Place,
}

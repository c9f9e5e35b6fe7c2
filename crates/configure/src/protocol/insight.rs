//! What the session finds out about values and manifests when it is asked to: what a change does to a cluster, which keys nobody reads,
//! which overrides change nothing, which template lines are never reached, and how a manifest's line could be made to read otherwise.

use super::{Change, Path};

/// What [`super::Action::Analyse`] has found out so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Insights {
    /// Whether there is more to find out: another [`super::Action::Analyse`] goes on.
    pub pending: bool,
    /// What the last edit does, which undo would take back; `None` where this environment has no edit.
    pub last_edit: Option<Blast>,
    /// What all of my changes in this environment do; `None` where there are none.
    pub mine: Option<Blast>,
    /// The environments whose renders were looked at.
    pub environments: Vec<String>,
    /// Those that cannot be rendered, so that nothing is known of what they read.
    pub failed: Vec<String>,
    /// Keys that no template read in any environment.
    pub unused: Vec<UnusedKey>,
    /// Keys that templates read and no file sets.
    pub unset: Vec<UnsetKey>,
    /// Keys of this environment's files whose removal changes no byte of the output.
    pub idle: Vec<IdleKey>,
    /// How many keys were not tried out, since there are too many.
    pub untried: usize,
    /// Template lines that no environment reaches.
    pub unreached: Vec<UnreachedLines>,
}

/// What a change does to a cluster that runs what was before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blast {
    /// Why nothing can be said: one of the two renders fails.
    pub error: Option<String>,
    /// The objects that differ.
    pub objects: Vec<Touched>,
}

/// An object that a change touches.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// The document's id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What becomes of it: `Left` is removed, `Right` is new.
    pub change: Change,
    /// Whether its pods are replaced.
    pub restarts: bool,
    /// What else is to be known of it, in words.
    pub notes: Vec<String>,
    /// The fields that an upgrade would be refused on, and what the cluster says of each.
    pub refused: Vec<(String, String)>,
}

/// Why nobody reads a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No template so much as names it.
    Unknown,
    /// Templates name it, in branches that no environment takes.
    Asleep,
    /// The schema declares it, and no template names it.
    Declared,
}

/// A key that no template read in any environment.
#[derive(Clone, Debug, PartialEq)]
pub struct UnusedKey {
    /// The environment whose file it stands in; the chart's own values have none.
    pub environment: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// Where it stands.
    pub path: Path,
    /// The same in words: `resources.limits.cpu`.
    pub key: String,
    /// Why nobody reads it.
    pub why: Unread,
    /// A key that is read and looks like it, in words.
    pub nearest: Option<String>,
}

/// A key that templates read and no file sets.
#[derive(Clone, Debug, PartialEq)]
pub struct UnsetKey {
    /// In words: `global.imageRegistry`.
    pub key: String,
    /// The template file that reads it first.
    pub file: String,
}

/// A key whose removal changes no byte of the output.
#[derive(Clone, Debug, PartialEq)]
pub struct IdleKey {
    /// The layer's id.
    pub layer: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// Where it stands.
    pub path: Path,
    /// The same in words.
    pub key: String,
    /// Why it has no effect, in words.
    pub reason: String,
}

/// Template lines that no environment reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct UnreachedLines {
    /// `kaggle-data-api/templates/deployment.yaml`.
    pub file: String,
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
    /// The first line's text.
    pub text: String,
    /// Whether the file is a subchart's.
    pub subchart: bool,
}

/// The answer to [`super::Action::EditLine`]: what would make a line read as it was typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineEdit {
    /// The document's id.
    pub document: String,
    /// The line, from 1.
    pub line: u32,
    /// The line as it was typed.
    pub text: String,
    /// Why it cannot be had, in words.
    pub refused: Option<String>,
    /// The value to set.
    pub path: Path,
    /// The same in words.
    pub key: String,
    /// What to set it to, as JSON for [`super::Action::Set`].
    pub json: String,
    /// The same as one line of YAML.
    pub value: String,
    /// What it is now, as one line of YAML.
    pub was: String,
    /// The file that is written to.
    pub file: String,
    /// Lines that change along: the document's id, the line before and after (empty where there is none). At most as many as can be shown.
    pub others: Vec<(String, String, String)>,
    /// How many there are of them in all.
    pub along: usize,
}

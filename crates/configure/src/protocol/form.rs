//! The form as the page shows it: sections, fields and what each is edited with.

use super::{Path, Source};
/// The form's shape: sections in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The sections, most used first.
    pub sections: Vec<Section>,
    /// How many scalar values can be searched.
    pub total: usize,
}

/// A section of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// `Resources`.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Its fields in order, as paths joined by `/` (see [`Field::id`]).
    pub fields: Vec<String>,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The path's JSON pointer (`/resources/limits/cpu`): the field's key everywhere.
    pub id: String,
    /// The path itself.
    pub path: Path,
    /// Short label in sentence case.
    pub label: String,
    /// What it does.
    pub description: String,
    /// What it is edited with.
    pub control: Control,
    /// The effective value as text to show and edit (or what I typed, where it does not fit). For [`Control::Choice`] the JSON text of
    /// one of its options, for [`Control::Yaml`] block YAML, empty for an empty map or list; empty for groups, lists and maps.
    pub input: String,
    /// Whether the value is absent or null.
    pub unset: bool,
    /// Where the effective value comes from.
    pub source: Source,
    /// The file that set it: `values-production.yaml`, `values.yaml`.
    pub file: String,
    /// What it would be without me, and what the chart says, where they differ from now: `768Mi in values-production.yaml, 256Mi by default`.
    pub over: Option<String>,
    /// What is wrong with it, if anything.
    pub error: Option<String>,
    /// What it depends on, when that takes its effect away: `Unused while the autoscaler is on`.
    pub inert: Option<String>,
    /// A warning to show where it is changed: `The class of an existing claim cannot change`.
    pub caution: Option<String>,
    /// Rarely needed: folded away.
    pub advanced: bool,
    /// To be masked on screen.
    pub secret: bool,
    /// Fields inside, for groups, lists and maps.
    pub children: Vec<String>,
    /// The findings that this field cures, by rule id.
    pub cures: Vec<String>,
}

/// What a field is edited with.
#[derive(Clone, Debug, PartialEq)]
pub enum Control {
    /// One line of text.
    Text {
        /// Shown while empty.
        placeholder: String,
    },
    /// Several lines.
    Multiline,
    /// A number.
    Number {
        /// Whole numbers only.
        integer: bool,
        /// Smallest.
        minimum: Option<f64>,
        /// Largest.
        maximum: Option<f64>,
        /// `s`, `%`, `pods`.
        unit: String,
    },
    /// A CPU or memory quantity: a number and one of the units.
    Quantity {
        /// Units to choose from: `m`, `core` or `Mi`, `Gi`.
        units: Vec<String>,
    },
    /// On or off.
    Toggle,
    /// One of a few.
    Choice {
        /// The values as JSON text.
        options: Vec<String>,
    },
    /// One of the known storage classes, or free text.
    StorageClass {
        /// What is known of each.
        classes: Vec<StorageClass>,
    },
    /// Fields inside, under a heading.
    Group,
    /// A list: elements can be added, removed and moved.
    List,
    /// A map with free keys: keys can be added, renamed and removed.
    Map,
    /// YAML text, where the schema does not say enough for a form.
    Yaml,
}

/// A known storage class.
#[derive(Clone, Debug, PartialEq)]
pub struct StorageClass {
    /// Its name.
    pub name: String,
    /// `ebs.csi.aws.com`.
    pub provisioner: String,
    /// `ReadWriteOnce` …
    pub access_modes: Vec<String>,
    /// Whether claims can grow.
    pub expansion: bool,
    /// Whether snapshots can be taken.
    pub snapshots: bool,
    /// `WaitForFirstConsumer` or `Immediate`.
    pub binding: String,
    /// One sentence.
    pub description: String,
}

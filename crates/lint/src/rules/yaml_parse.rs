//! `yaml-parse`: a document that is no YAML.
//!
//! # What it checks
//!
//! Every rendered document can be read. What depends on a document that cannot, is not judged: nothing is said to be missing then.
//!
//! # Why it matters
//!
//! Helm refuses the whole release. Most often a template printed a value without quoting it, or indented it wrongly.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   name: api
//!  labels: {}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   name: api
//!   labels: {}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-parse",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["yamllint:syntax"],
    reason: "Helm refuses the whole release.",
    cure: "Look at the line and the one before: an indent, a quote, or a value that begins with a special character.",
    check: Check::Reader,
};

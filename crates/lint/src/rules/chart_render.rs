//! `chart-render`: a chart that cannot be rendered.
//!
//! # What it checks
//!
//! The chart loads and renders with the given values. What the templates would have made is not judged where it does not.
//!
//! # Why it matters
//!
//! Helm stops with the same error, and installs nothing.
//!
//! # Example
//!
//! ```yaml
//! name: {{ required "name is needed" .Values.name }}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # values.yaml
//! name: api
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

/// See the module.
pub static RULE: Rule = Rule {
    id: "chart-render",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &[],
    reason: "Helm stops with this error, and installs nothing.",
    cure: "Mend the template or the values that the error names.",
    check: Check::Reader,
};

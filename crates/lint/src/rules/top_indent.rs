//! `top-indent`: a template whose output begins indented.
//!
//! # What it checks
//!
//! The first line of what a template writes has no blanks before it. The text is that of `helm lint`.
//!
//! # Why it matters
//!
//! Helm trims what it splits into documents: the first line moves to the left, and the others then belong to it or are no YAML.
//!
//! # Example
//!
//! ```yaml
//!   apiVersion: v1
//!   kind: ConfigMap
//! ```
//!
//! # Cure
//!
//! ```yaml
//! apiVersion: v1
//! kind: ConfigMap
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "top-indent",
    severity: Severity::Warning,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:top-indent"],
    reason: "Helm trims the output: its first line moves to the left of all the others.",
    cure: "Take the blanks away, or trim them by {{- at the start.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

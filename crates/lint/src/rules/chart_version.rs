//! `chart-version`: a chart whose version is none.
//!
//! # What it checks
//!
//! `version` in Chart.yaml is there, is a text, and is a semantic version: one that Helm can read is a warning where it is not written out
//! (`1.2`, `v1.2.3`). The text is that of `helm lint`.
//!
//! # Why it matters
//!
//! Repositories sort charts by their versions, and dependencies choose by them: what is no version cannot be packaged, and what is read as a
//! number loses its zeros.
//!
//! # Example
//!
//! ```yaml
//! # Chart.yaml
//! version: 1.10
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # Chart.yaml
//! version: 1.10.0
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "chart-version",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:version", "chart-testing:check-version-increment"],
    reason: "Helm packages and finds charts by their semantic versions.",
    cure: "Write major, minor and patch, without anything before them.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

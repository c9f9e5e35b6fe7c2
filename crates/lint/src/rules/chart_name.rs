//! `chart-name`: a chart whose name is missing or no name.
//!
//! # What it checks
//!
//! Chart.yaml has a `name`, and the name is no path. The text is that of `helm lint`.
//!
//! # Why it matters
//!
//! Helm loads no chart without one; the name stands in file names, labels and the names of objects.
//!
//! # Example
//!
//! ```yaml
//! # Chart.yaml
//! name: team/api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # Chart.yaml
//! name: api
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "chart-name",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:name", "chart-testing:validate-chart-schema"],
    reason: "Helm loads no chart without a name of its own.",
    cure: "Give it a name of small letters, digits and hyphens, that of its folder.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

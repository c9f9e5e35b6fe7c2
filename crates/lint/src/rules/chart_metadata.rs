//! `chart-metadata`: metadata in Chart.yaml that are wrong.
//!
//! # What it checks
//!
//! Chart.yaml can be read, knows no other fields than Helm's, and has a valid `apiVersion`; `type` and `dependencies` stand only where that is
//! `v2`; `appVersion` is a text; each of the maintainers has a name, and addresses that are some; `sources` and `icon` are URLs, if there are any. The texts
//! are those of `helm lint`.
//!
//! # Why it matters
//!
//! What Helm does not know it leaves out without a word, so that a mistyped field does nothing; the rest is shown to whoever looks for a chart.
//!
//! # Example
//!
//! ```yaml
//! # Chart.yaml
//! appVersion: 1.10
//! maintainer: [{name: a}]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # Chart.yaml
//! appVersion: "1.10"
//! maintainers: [{name: a}]
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "chart-metadata",
    severity: Severity::Warning,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:Chart.yaml", "chart-testing:validate-maintainers"],
    reason: "What Helm does not know in Chart.yaml it leaves out without a word.",
    cure: "Write the field as the documentation of Chart.yaml has it.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

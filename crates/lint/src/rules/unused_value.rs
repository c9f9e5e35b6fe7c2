//! `unused-value`: a value of the chart that nothing reads.
//!
//! # What it checks
//!
//! Each key of a chart's own values is read by a template that ran, or is at least named in one. Keys of subcharts are held to the subcharts.
//!
//! # Why it matters
//!
//! Whoever sets it waits for something that does not happen.
//!
//! # Example
//!
//! ```yaml
//! # values.yaml, where templates read image.tag alone
//! imageTag: v1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # values.yaml
//! image:
//!   tag: v1
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "unused-value",
    severity: Severity::Info,
    by_default: false,
    group: "Chart hygiene",
    aliases: &[],
    reason: "Whoever sets it waits for something that does not happen.",
    cure: "Take it out, or have a template read it.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    for unread in chart.unread.iter().filter(|unread| unread.is_own) {
        sink.report(unread.place.clone(), format!("no template reads {}", unread.key));
    }
}

//! `unknown-value`: a value that nobody knows.
//!
//! # What it checks
//!
//! Each key of the values files and flags above a chart's own values stands in those, in its schema, or in a template. A key that some template
//! names is let pass, even if what reads it is switched off.
//!
//! # Why it matters
//!
//! Helm takes any key and says nothing: a mistyped one leaves the default as it is.
//!
//! # Example
//!
//! ```yaml
//! # prod.yaml, where values.yaml has replicaCount
//! replicas: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # prod.yaml
//! replicaCount: 3
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "unknown-value",
    severity: Severity::Warning,
    by_default: true,
    group: "Chart hygiene",
    aliases: &[],
    reason: "Helm takes any key and says nothing: the default stays.",
    cure: "Take it out, or write the key that the chart reads.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    for unread in chart.unread.iter().filter(|unread| !unread.is_own) {
        let reported = sink.report(unread.place.clone(), format!("{} is no value of the chart's, and no template reads it", unread.key));
        if let Some(meant) = &unread.meant {
            reported.cure(format!("Write {meant}, if that is meant; or take it out."));
        }
    }
}

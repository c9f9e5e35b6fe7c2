//! `values-schema`: values that the chart's schema refuses.
//!
//! # What it checks
//!
//! The values, with all that is given above the chart's own, fit `values.schema.json` and the schemas of subcharts; and the schemas can be used.
//! Where a schema refers to what lies on the network, which is not fetched, a note says so, and the values are not held to schemas.
//!
//! # Why it matters
//!
//! Helm renders nothing of values that do not fit. A chart whose own values do not fit cannot be tried out as it is.
//!
//! # Example
//!
//! ```yaml
//! # values.yaml, where the schema wants a number from 1
//! replicas: 0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # values.yaml
//! replicas: 1
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "values-schema",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:values.schema.json"],
    reason: "Helm stops with this error, and installs nothing.",
    cure: "Change the value, or the schema.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    for refused in chart.refused {
        sink.report(refused.place.clone(), refused.message.clone());
    }
}

//! `resource-policy-in-list`: an object to be kept in a List.
//!
//! # What it checks
//!
//! No item of a `List` has the annotation `helm.sh/resource-policy`. The text is that of `helm lint`.
//!
//! # Why it matters
//!
//! Helm looks for the annotation at whole documents only: it deletes the item for all that, with its data.
//!
//! # Example
//!
//! ```yaml
//! kind: List
//! items:
//!   - kind: PersistentVolumeClaim
//!     metadata:
//!       annotations: {helm.sh/resource-policy: keep}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: PersistentVolumeClaim
//! metadata:
//!   annotations: {helm.sh/resource-policy: keep}
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "resource-policy-in-list",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:resource-policy"],
    reason: "Helm does not look into lists: it deletes the item for all that.",
    cure: "Make the item a document of its own.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

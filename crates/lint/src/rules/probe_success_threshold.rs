//! `probe-success-threshold`: a liveness or startup probe that wants more than one success.
//!
//! # What it checks
//!
//! `successThreshold` of liveness and startup probes is 1.
//!
//! # Why it matters
//!
//! The API server refuses the object: only readiness can be asked for more than once.
//!
//! # Example
//!
//! ```yaml
//! livenessProbe:
//!   successThreshold: 2
//! ```
//!
//! # Cure
//!
//! ```yaml
//! livenessProbe:
//!   successThreshold: 1
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "probe-success-threshold",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["datree:CONTAINERS_INCORRECT_SUCCESSTHRESHOLD_VALUE"],
    reason: "The API server refuses it: only readiness can be asked for more than once.",
    cure: "Leave successThreshold out.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        for field in ["livenessProbe", "startupProbe"] {
            // 0 is filled in with 1.
            let Some(threshold) =
                container.node.at(&[field, "successThreshold"]).filter(|node| node.int().is_some_and(|number| !matches!(number, 0 | 1)))
            else {
                continue;
            };
            let message = format!("the successThreshold of the {field} of container {} must be 1", container.name());
            sink.report(context.object, threshold, message);
        }
    }
}

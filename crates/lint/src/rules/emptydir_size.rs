//! `emptydir-size`: a scratch volume without an end.
//!
//! # What it checks
//!
//! Each `emptyDir` volume has a `sizeLimit`.
//!
//! # Why it matters
//!
//! On disk it fills the node until pods are evicted; in memory (`medium: Memory`) it grows to the memory of the node.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - {name: tmp, emptyDir: {}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - {name: tmp, emptyDir: {sizeLimit: 256Mi}}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "emptydir-size",
    severity: Severity::Info,
    by_default: false,
    group: "Resources/cost/observability",
    aliases: &["kyverno:add-emptydir-sizelimit", "kyverno:require-emptydir-requests-and-limits"],
    reason: "It grows until the node is out of disk or memory, and pods are evicted.",
    cure: "Set emptyDir.sizeLimit.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() {
        return;
    }
    for volume in context.pod.spec().items_at("volumes") {
        let Some(scratch) = volume.get("emptyDir").filter(|scratch| scratch.get("sizeLimit").is_none()) else { continue };
        let of = if scratch.str_at("medium") == Some("Memory") { "the memory" } else { "the disk" };
        sink.report(context.object, scratch, format!("the volume {} may fill {of} of its node", volume.str_at("name").unwrap_or_default()));
    }
}

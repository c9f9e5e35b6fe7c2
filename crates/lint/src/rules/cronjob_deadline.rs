//! `cronjob-deadline`: a run that may start long after its time.
//!
//! # What it checks
//!
//! Each CronJob has `startingDeadlineSeconds`.
//!
//! # Why it matters
//!
//! After an outage of the control plane the missed run starts at whatever hour; after a hundred missed ones the CronJob never
//! starts again by itself.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   schedule: "0 3 * * *"
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   schedule: "0 3 * * *"
//!   startingDeadlineSeconds: 600
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-deadline",
    severity: Severity::Info,
    by_default: false,
    group: "Storage/jobs",
    aliases: &["kube-score:cronjob-has-deadline", "datree:CRONJOB_MISSING_STARTINGDEADLINESECOND_KEY"],
    reason: "After an outage a missed run starts at whatever hour; after a hundred missed ones none does.",
    cure: "Set startingDeadlineSeconds to how late a run may still start.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Some(spec) = context.object.spec_node().filter(|_| context.object.kind() == Kind::CronJob) else { return };
    if spec.get("startingDeadlineSeconds").is_none() {
        sink.report(context.object, spec, "a missed run may start at any time later".to_owned());
    }
}

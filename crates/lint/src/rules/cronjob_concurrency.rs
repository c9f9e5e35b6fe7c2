//! `cronjob-concurrency`: runs that may overlap by default.
//!
//! # What it checks
//!
//! Each CronJob says by `concurrencyPolicy` whether a run may start while the last one goes on.
//!
//! # Why it matters
//!
//! Unless told otherwise Kubernetes starts the next run beside one that takes longer than usual: both then work on the same data,
//! and slow runs pile up.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   schedule: "*/5 * * * *"
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   schedule: "*/5 * * * *"
//!   concurrencyPolicy: Forbid
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "cronjob-concurrency",
    severity: Severity::Info,
    by_default: true,
    group: "Storage/jobs",
    aliases: &["datree:CRONJOB_MISSING_CONCURRENCYPOLICY_KEY"],
    reason: "A run that takes longer than usual gets the next one beside it, on the same data.",
    cure: "Set concurrencyPolicy to Forbid or Replace, or to Allow if runs may overlap.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Some(spec) = context.object.spec_node().filter(|_| context.object.kind() == Kind::CronJob) else { return };
    if spec.get("concurrencyPolicy").is_none() {
        sink.report(context.object, spec, "a run may start while the last one goes on".to_owned());
    }
}

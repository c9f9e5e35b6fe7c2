//! `hpa-min-max`: an autoscaler whose minimum is above its maximum.
//!
//! # What it checks
//!
//! `minReplicas` (1 where it is left out) is not above `maxReplicas`.
//!
//! # Why it matters
//!
//! The API server refuses the autoscaler, and with it the release.
//!
//! # Example
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! spec:
//!   minReplicas: 5
//!   maxReplicas: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! spec:
//!   minReplicas: 3
//!   maxReplicas: 5
//! ```

use chartwright_kube::object::Spec;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hpa-min-max",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["polaris:hpaMaxAvailability"],
    reason: "The API server refuses the autoscaler, and with it the release.",
    cure: "Raise maxReplicas or lower minReplicas.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Spec::HorizontalPodAutoscaler(spec) = context.object.spec() else { return };
    // Without a maximum the object misses a required field, which is another fault.
    let Some(node) = context.object.root().at(&["spec", "maxReplicas"]) else { return };
    let least = spec.min_replicas.unwrap_or(1);
    if node.int().is_some() && spec.max_replicas < least {
        sink.report(context.object, node, format!("maxReplicas is {}, below minReplicas, which is {least}", spec.max_replicas));
    }
}

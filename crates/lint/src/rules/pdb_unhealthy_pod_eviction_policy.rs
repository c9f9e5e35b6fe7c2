//! `pdb-unhealthy-pod-eviction-policy`: a budget that guards pods which do not work.
//!
//! # What it checks
//!
//! A PodDisruptionBudget says by `unhealthyPodEvictionPolicy` what happens to pods that are not ready; since Kubernetes 1.27.
//!
//! # Why it matters
//!
//! Without it a pod that never becomes ready counts as a disruption, and the node that it runs on cannot be drained until someone
//! deletes it.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   maxUnavailable: 1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   maxUnavailable: 1
//!   unhealthyPodEvictionPolicy: AlwaysAllow
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "pdb-unhealthy-pod-eviction-policy",
    severity: Severity::Info,
    by_default: false,
    group: "Reliability",
    aliases: &["kube-linter:pdb-unhealthy-pod-eviction-policy"],
    reason: "A pod that never becomes ready keeps its node from being drained.",
    cure: "Set unhealthyPodEvictionPolicy: AlwaysAllow.",
    check: Check::Object(check),
};

/// The field is on by default from here on.
const SINCE: u32 = 27;

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::PodDisruptionBudget || context.minor < SINCE {
        return;
    }
    let Some(spec) = context.object.spec_node() else { return };
    if spec.get("unhealthyPodEvictionPolicy").is_none() {
        let fix = Fix::set(spec, &["unhealthyPodEvictionPolicy"], NewValue::String("AlwaysAllow".to_owned()));
        sink.report(context.object, spec, "the budget also guards pods that are not ready".to_owned()).fix(fix);
    }
}

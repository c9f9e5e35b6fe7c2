//! `priority-class`: a pod whose rank nobody chose.
//!
//! # What it checks
//!
//! Pods that are to run for good have a `priorityClassName`.
//!
//! # Why it matters
//!
//! When nodes are full, the scheduler ends pods of a lower rank to make room: without a class all have the same, and chance
//! decides.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   containers: []
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   priorityClassName: production
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "priority-class",
    severity: Severity::Info,
    by_default: false,
    group: "Reliability",
    aliases: &["kube-linter:priority-class-name", "polaris:priorityClassNotSet", "kyverno:require-pod-priorityclassname"],
    reason: "When nodes are full, chance decides which pods have to go.",
    cure: "Name a PriorityClass of the cluster.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let spec = context.pod.spec();
    let is_ranked =
        spec.str_at("priorityClassName").is_some_and(|name| !name.is_empty()) || spec.get("priority").and_then(Node::int).is_some();
    if context.object.is_long_running() && !is_ranked {
        sink.report(context.object, spec.nearest(&["priorityClassName"]), "the pod has no priority class".to_owned());
    }
}

//! `missing-pdb`: several replicas, and nothing keeps one of them during maintenance.
//!
//! # What it checks
//!
//! A Deployment, StatefulSet or ReplicaSet that always has more than one pod (its replicas, or the minimum of its autoscaler) is
//! counted by a PodDisruptionBudget of its namespace.
//!
//! # Why it matters
//!
//! When nodes are drained, for an upgrade or to save cost, all replicas may be evicted at once. A budget makes the drain wait.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   replicas: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: PodDisruptionBudget
//! spec:
//!   maxUnavailable: 1
//!   selector:
//!     matchLabels:
//!       app.kubernetes.io/name: api
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-pdb",
    severity: Severity::Info,
    by_default: true,
    group: "Reliability",
    aliases: &[
        "kube-score:deployment-has-poddisruptionbudget",
        "kube-score:statefulset-has-poddisruptionbudget",
        "polaris:missingPodDisruptionBudget",
        "kyverno:require-pdb",
        "popeye:POP-206",
    ],
    reason: "When nodes are drained, all replicas may be evicted at once.",
    cure: "Add a PodDisruptionBudget with maxUnavailable: 1 that selects the pods.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for (workload, _, scale) in context.long_running() {
        if workload.kind().is_replicated() && scale.min > 1 && !context.index.has_budget(workload) {
            let message = format!("at least {} pods, and no PodDisruptionBudget counts them", scale.min);
            sink.report(workload, workload.root().nearest(&["spec", "replicas"]), message);
        }
    }
}

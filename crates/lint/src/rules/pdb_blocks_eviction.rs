//! `pdb-blocks-eviction`: a disruption budget that lets no pod go.
//!
//! # What it checks
//!
//! A PodDisruptionBudget leaves at least one pod to be evicted. It never does with `maxUnavailable: 0`, with `minAvailable: 100%`, or
//! with a `minAvailable` as large as the number of pods that it counts. Shares are rounded up, as Kubernetes does: 60 % of two pods
//! are two. Under an autoscaler its maximum counts here; its minimum is judged by `hpa-equals-pdb`.
//!
//! # Why it matters
//!
//! The node that such a pod runs on cannot be drained: upgrades of the cluster stop there, or end it by force after a time-out.
//!
//! # Example
//!
//! ```yaml
//! kind: PodDisruptionBudget
//! spec:
//!   minAvailable: 2 # of two replicas
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: PodDisruptionBudget
//! spec:
//!   maxUnavailable: 1
//! ```

use super::budget::{Amount, amount, scaled_up};
use chartwright_kube::index::{Budget, scale};

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "pdb-blocks-eviction",
    severity: Severity::Error,
    by_default: true,
    group: "Reliability",
    aliases: &[
        "kube-linter:pdb-max-unavailable",
        "kube-linter:pdb-min-available",
        "polaris:pdbDisruptionsIsZero",
        "kyverno:deployment-replicas-higher-than-pdb",
    ],
    reason: "A node with such a pod cannot be drained: upgrades of the cluster stop there, or end the pod by force.",
    cure: "Use maxUnavailable: 1, or a minAvailable below the number of pods.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for Budget { object, spec, counted } in context.index.budgets() {
        let Some(node) = object.spec_node() else { continue };
        // Both together are refused, which is another rule's.
        match (spec.max_unavailable.as_ref().and_then(amount), spec.min_available.as_ref().and_then(amount)) {
            (Some(Amount::Count(0) | Amount::Percent(0)), None) => {
                sink.report(object, node.nearest(&["maxUnavailable"]), "maxUnavailable is 0, so no pod may ever be evicted".to_owned());
            }
            (None, Some(Amount::Percent(100..))) => {
                sink.report(object, node.nearest(&["minAvailable"]), "minAvailable is 100%, so no pod may ever be evicted".to_owned());
            }
            (None, Some(least)) => {
                let scales: Option<Vec<_>> =
                    counted.iter().map(|workload| scale(*workload, context.index).filter(|scale| !scale.per_node)).collect();
                let pods = scales.iter().flatten().fold(0_i64, |sum, scale| sum.saturating_add(scale.max));
                if pods > 0 && scaled_up(least, pods) >= pods {
                    let message = format!("minAvailable is {} of {pods} pods, so none may be evicted", scaled_up(least, pods));
                    let mut reported = sink.report(object, node.nearest(&["minAvailable"]), message);
                    for workload in counted {
                        reported = reported.also(workload, workload.root().nearest(&["spec", "replicas"]));
                    }
                }
            }
            _ => {}
        }
    }
}

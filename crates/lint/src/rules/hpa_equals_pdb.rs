//! `hpa-equals-pdb`: at its smallest an autoscaled workload cannot be evicted.
//!
//! # What it checks
//!
//! The `minAvailable` of a PodDisruptionBudget is below the minimum of the autoscaler whose pods it counts.
//!
//! # Why it matters
//!
//! In quiet hours, when nodes are drained, the autoscaler is at its minimum, and the budget then lets no pod go.
//!
//! # Example
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! spec:
//!   minReplicas: 2
//! ---
//! kind: PodDisruptionBudget
//! spec:
//!   minAvailable: 2
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: PodDisruptionBudget
//! spec:
//!   maxUnavailable: 1
//! ```

use chartwright_kube::index::{Budget, scale};

use super::budget::{Amount, amount, scaled_up};
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hpa-equals-pdb",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["polaris:pdbMinAvailableGreaterThanHPAMinReplicas"],
    reason: "In quiet hours, when nodes are drained, the autoscaler is at its minimum and the budget lets no pod go.",
    cure: "Use maxUnavailable: 1, or a minAvailable below the autoscaler's minimum.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for Budget { object, spec, counted } in context.index.budgets() {
        let least =
            spec.min_available.as_ref().and_then(amount).filter(|least| *least != Amount::Percent(100) && spec.max_unavailable.is_none());
        let (Some(least), Some(node)) = (least, object.root().at(&["spec", "minAvailable"])) else { continue };
        for workload in counted {
            let Some(scale) = scale(workload, context.index).filter(|scale| scale.autoscaled && scale.min > 0) else { continue };
            // At the maximum too: `pdb-blocks-eviction`.
            if scaled_up(least, scale.min) >= scale.min && scaled_up(least, scale.max) < scale.max {
                let message =
                    format!("minAvailable is {} of the {} pods that the autoscaler keeps at least", scaled_up(least, scale.min), scale.min);
                let autoscaler = context.index.autoscaler_of(workload);
                let reported = sink.report(object, node, message);
                if let Some(autoscaler) = autoscaler {
                    reported.also(autoscaler, autoscaler.root().nearest(&["spec", "minReplicas"]));
                }
            }
        }
    }
}

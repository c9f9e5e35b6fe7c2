//! `topology-spread`: replicas that no constraint spreads.
//!
//! # What it checks
//!
//! A workload that always has two pods or more has `topologySpreadConstraints`. Whether its pods are kept apart at all is
//! `no-anti-affinity`.
//!
//! # Why it matters
//!
//! Anti-affinity keeps pods apart one by one; a constraint also keeps them even over zones, so that the loss of one takes no more
//! than its share.
//!
//! # Example
//!
//! ```yaml
//! replicas: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! replicas: 3
//! template:
//!   spec:
//!     topologySpreadConstraints:
//!       - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, …}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "topology-spread",
    severity: Severity::Info,
    by_default: false,
    group: "Reliability",
    aliases: &[
        "kube-score:pod-topology-spread-constraints",
        "polaris:topologySpreadConstraint",
        "kyverno:topologyspreadconstraints-policy",
        "kyverno:spread-pods",
    ],
    reason: "Nothing keeps the pods even over zones: the loss of one may take them all.",
    cure: "Add a topologySpreadConstraint over topology.kubernetes.io/zone.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, pod, scale) in context.long_running() {
        let has_any = pod.spec().items_at("topologySpreadConstraints").next().is_some();
        if workload.kind().is_replicated() && scale.min > 1 && !has_any {
            sink.report(workload, pod.spec(), format!("no constraint spreads the {} pods", scale.min));
        }
    }
}

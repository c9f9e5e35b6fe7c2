//! `null-label-selector`: spreading or affinity that no pod meets.
//!
//! # What it checks
//!
//! Each term of pod affinity and anti-affinity, and each topology spread constraint, has a `labelSelector`. An empty one meets
//! all pods. The message is the warning of the API server.
//!
//! # Why it matters
//!
//! A term without a selector meets no pod: replicas are not kept apart, while the manifest looks as if they were; and a required
//! affinity leaves the pod pending for ever.
//!
//! # Example
//!
//! ```yaml
//! topologySpreadConstraints:
//!   - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: topology.kubernetes.io/zone
//!     whenUnsatisfiable: DoNotSchedule
//!     labelSelector: {matchLabels: {app: api}}
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "null-label-selector",
    severity: Severity::Warning,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "A term without a selector meets no pod, so it does nothing, or keeps the pod from being scheduled.",
    cure: "Add a labelSelector with the labels of the pods.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let spec = context.pod.spec();
    let affinity = spec.get("affinity").into_iter().flat_map(|affinity| ["podAffinity", "podAntiAffinity"].map(|kind| affinity.get(kind)));
    let terms = affinity.flatten().flat_map(|affinity| {
        let preferred = affinity.items_at("preferredDuringSchedulingIgnoredDuringExecution");
        let preferred = preferred.filter_map(|weighted| weighted.get("podAffinityTerm"));
        affinity.items_at("requiredDuringSchedulingIgnoredDuringExecution").chain(preferred)
    });
    for term in terms.chain(spec.items_at("topologySpreadConstraints")) {
        if Node::get(term, "labelSelector").is_none() {
            sink.report(context.object, term, "a null labelSelector results in matching no pod".to_owned());
        }
    }
}

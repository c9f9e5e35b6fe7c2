//! `no-anti-affinity`: all replicas may land on one node.
//!
//! # What it checks
//!
//! A Deployment, StatefulSet or ReplicaSet that always has more than one pod spreads them: by a `podAntiAffinity` term or a
//! `topologySpreadConstraints` entry whose selector meets the pods' own labels.
//!
//! # Why it matters
//!
//! Replicas are there to survive the loss of a node. The scheduler spreads them a little by itself, but not when nodes are scarce.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   replicas: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! topologySpreadConstraints:
//!   - maxSkew: 1
//!     topologyKey: kubernetes.io/hostname
//!     whenUnsatisfiable: ScheduleAnyway
//!     labelSelector:
//!       matchLabels:
//!         app.kubernetes.io/name: api
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::pod::Pod;
use chartwright_kube::selector;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "no-anti-affinity",
    severity: Severity::Info,
    by_default: true,
    group: "Reliability",
    aliases: &[
        "kube-linter:no-anti-affinity",
        "kube-score:deployment-has-host-podantiaffinity",
        "kube-score:statefulset-has-host-podantiaffinity",
        "kyverno:insert-pod-antiaffinity",
    ],
    reason: "If one node fails, all replicas may fail with it.",
    cure: "Spread the pods over nodes by topologySpreadConstraints or podAntiAffinity that select them.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, pod, scale) in context.long_running() {
        if !workload.kind().is_replicated() || scale.min < 2 || terms(pod).any(|term| spreads(term, pod)) {
            continue;
        }
        let wrong = terms(pod).next();
        let message = match wrong {
            Some(_) => "what should spread the pods does not select them".to_owned(),
            None => format!("all {} replicas may land on one node", scale.min),
        };
        sink.report(workload, wrong.unwrap_or_else(|| pod.spec()), message);
    }
}

fn terms<'t>(pod: Pod<'t>) -> impl Iterator<Item = Node<'t>> {
    let affinity = pod.spec().at(&["affinity", "podAntiAffinity"]);
    let required = affinity.into_iter().flat_map(|affinity| affinity.items_at("requiredDuringSchedulingIgnoredDuringExecution"));
    let preferred = affinity.into_iter().flat_map(|affinity| affinity.items_at("preferredDuringSchedulingIgnoredDuringExecution"));
    let preferred = preferred.filter_map(|weighted| weighted.get("podAffinityTerm"));
    required.chain(preferred).chain(pod.spec().items_at("topologySpreadConstraints"))
}

/// An absent selector selects nothing; an empty one all.
fn spreads<'t>(term: Node<'t>, pod: Pod<'t>) -> bool {
    term.get("labelSelector").is_some_and(|selector| selector::matches(&selector::read(selector), pod.labels()))
}

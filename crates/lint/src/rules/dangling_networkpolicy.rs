//! `dangling-networkpolicy`: a network policy that selects no pod.
//!
//! # What it checks
//!
//! The `podSelector` of a NetworkPolicy meets the labels of some workload's pods, of the render or of a chart beside it. An empty
//! selector means all pods. Where a custom resource, or an operator whose role lets it, may make pods of its own, nothing is
//! said.
//!
//! # Why it matters
//!
//! The pods that it was written for are open, while one thinks that they are not. Most often a label was changed on one side.
//!
//! # Example
//!
//! ```yaml
//! kind: NetworkPolicy
//! spec:
//!   podSelector: {matchLabels: {app: web}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: NetworkPolicy
//! spec:
//!   podSelector: {matchLabels: {app: api}}
//! ```

use super::policies;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-networkpolicy",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &["kube-linter:dangling-networkpolicy", "kube-score:networkpolicy-targets-pod", "kubescape:C-0299", "popeye:POP-1200"],
    reason: "The pods that it was written for are open, while one thinks that they are not.",
    cure: "Use the labels of the pods in the selector.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete || super::operators::may_make_pods(context) {
        return;
    }
    for policy in policies::policies(context).iter().filter(|policy| policy.is_own && !policy.selects_all()) {
        let mut workloads = context.index.workloads().iter().chain(context.others.workloads());
        if !workloads.any(|(workload, _)| workload.pod().is_some_and(|pod| policy.selects(*workload, pod))) {
            sink.report(policy.object, policy.selector_node(), "no pod has the labels that the policy selects".to_owned());
        }
    }
}

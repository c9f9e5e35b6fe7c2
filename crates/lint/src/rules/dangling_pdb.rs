//! `dangling-pdb`: a disruption budget that counts no pod.
//!
//! # What it checks
//!
//! The selector of a PodDisruptionBudget meets the labels of some workload's pods, of the render or of a chart beside it. Where a
//! custom resource, or an operator whose role lets it, may make pods of its own, nothing is said.
//!
//! # Why it matters
//!
//! It protects nothing, while one thinks that it does.
//!
//! # Example
//!
//! ```yaml
//! kind: PodDisruptionBudget
//! spec:
//!   selector: {matchLabels: {app: web}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: PodDisruptionBudget
//! spec:
//!   selector: {matchLabels: {app: api}}
//! ```

use chartwright_kube::index::Budget;
use chartwright_kube::selector;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-pdb",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["popeye:POP-900"],
    reason: "It protects nothing, while one thinks that it does.",
    cure: "Use the labels of the pods in the selector.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete || super::operators::may_make_pods(context) {
        return;
    }
    for Budget { object, spec, counted } in context.index.budgets() {
        let Some(selector) = spec.selector.as_ref().filter(|_| counted.is_empty()) else { continue };
        let workloads = context.index.workloads().iter().chain(context.others.workloads());
        let mut beside =
            workloads.filter(|(workload, _)| workload.namespace() == object.namespace()).filter_map(|(workload, _)| workload.pod());
        if !beside.any(|pod| selector::matches(selector, pod.labels())) {
            sink.report(object, object.root().nearest(&["spec", "selector"]), "no pod has the labels that the budget selects".to_owned());
        }
    }
}

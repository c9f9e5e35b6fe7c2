//! `dangling-service`: a Service that sends traffic to nothing.
//!
//! # What it checks
//!
//! The selector of a Service meets the labels of some workload's pods, of the render or of a chart beside it. Where a custom
//! resource, or an operator whose role lets it, may make pods of its own, nothing is said.
//!
//! # Why it matters
//!
//! Whoever calls the Service is refused. Most often a label was changed on one side.
//!
//! # Example
//!
//! ```yaml
//! kind: Service
//! spec:
//!   selector: {app: web}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Service
//! spec:
//!   selector: {app: api}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Spec;
use chartwright_kube::selector::matches_pairs;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-service",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &["kube-linter:dangling-service", "kube-score:service-targets-pod", "kubescape:C-0293", "popeye:POP-1100"],
    reason: "Whoever calls the Service is refused: no pod has these labels.",
    cure: "Use the labels of the pods in the selector.",
    check: Check::Set(check),
};

/// Labels that controllers give to pods: no template has them.
const MADE: &[&str] = &[
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "pod-template-hash",
    "batch.kubernetes.io/job-name",
    "job-name",
];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete || super::operators::may_make_pods(context) {
        return;
    }
    for object in context.index.of(Kind::Service) {
        let Spec::Service(spec) = object.spec() else { continue };
        let external = spec.type_.as_deref() == Some("ExternalName");
        let Some(selector) = spec.selector.as_ref().filter(|selector| !selector.is_empty() && !external) else { continue };
        let workloads = context.index.workloads().iter().chain(context.others.workloads());
        let mut labels =
            workloads.filter(|(workload, _)| workload.namespace() == object.namespace()).filter_map(|(workload, _)| workload.pod());
        let pairs = || selector.iter().map(|(key, value)| (key.as_str(), value.as_str())).filter(|(key, _)| !MADE.contains(key));
        if !labels.any(|pod| matches_pairs(pairs(), pod.labels())) {
            sink.report(object, object.root().nearest(&["spec", "selector"]), "no pod has the labels that the Service selects".to_owned());
        }
    }
}

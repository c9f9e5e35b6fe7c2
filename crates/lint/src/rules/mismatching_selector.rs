//! `mismatching-selector`: a workload does not select the pods that it makes.
//!
//! # What it checks
//!
//! The labels of the pod template meet the `selector` of its Deployment, ReplicaSet, StatefulSet, DaemonSet or ReplicationController:
//! all its `matchLabels` and `matchExpressions`.
//!
//! # Why it matters
//!
//! The API server refuses the workload: it would make pods for ever without finding one of them.
//!
//! # Example
//!
//! ```yaml
//! selector:
//!   matchLabels:
//!     app: api
//! template:
//!   metadata:
//!     labels:
//!       app: api-server
//! ```
//!
//! # Cure
//!
//! ```yaml
//! selector:
//!   matchLabels:
//!     app: api
//! template:
//!   metadata:
//!     labels:
//!       app: api
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "mismatching-selector",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[
        "kube-linter:mismatching-selector",
        "kube-score:deployment-pod-selector-labels-match-template-metadata-labels",
        "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
        "kubescape:C-0296",
    ],
    reason: "The API server refuses a workload that does not select the pods that it makes.",
    cure: "Use the same labels in the selector and in the pod template.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for (error, node) in context.invalid(&[Concern::SelectorMismatch]) {
        let selector = context.object.root().nearest(&["spec", "selector"]);
        let reported = sink.report(context.object, node, error.message.clone()).also(context.object, selector);
        if let Some(cure) = difference(context, selector) {
            reported.cure(cure);
        }
    }
}

/// The first label that the selector wants and the pods do not have.
fn difference<'t>(context: ObjectContext<'t>, selector: Node<'t>) -> Option<String> {
    let labels = context.object.pod().and_then(|pod| pod.labels());
    let label = |key: &str| labels.and_then(|labels| labels.get(key)).and_then(Node::str);
    // A ReplicationController has the labels themselves.
    let wanted = selector.get("matchLabels").unwrap_or(selector);
    let (key, value) = wanted.entries().find(|(key, value)| value.str().is_some() && label(key) != value.str())?;
    let wanted = value.str().unwrap_or_default();
    Some(match label(key) {
        Some(found) => format!("The selector wants {key}: {wanted}, but the pods have {key}: {found}. Use the same value for both."),
        None => format!("The selector wants {key}: {wanted}, but the pods have no label {key}. Add it to the pod template."),
    })
}

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

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::selector;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

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
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let labels = context.pod.labels();
    let Some(selector) = selector::of_workload(context.object) else { return };
    if selector::matches(&selector, labels) {
        return;
    }
    let root = context.object.root();
    let path: &[&str] =
        if context.object.kind() == Kind::ReplicationController { &["spec", "selector"] } else { &["spec", "selector", "matchLabels"] };
    let label = |key: &str| labels.and_then(|labels| labels.get(key)).and_then(Node::str);
    let wrong = root.at(path).into_iter().flat_map(Node::entries).find(|(key, value)| label(key) != value.str());
    let (node, message) = match wrong {
        Some((key, value)) => {
            let wanted = value.scalar().unwrap_or_default();
            let message = match label(key) {
                Some(found) => format!("the selector wants {key}: {wanted}, but the pods have {key}: {found}"),
                None => format!("the selector wants {key}: {wanted}, but the pods have no label {key}"),
            };
            (value, message)
        }
        None => {
            (root.nearest(&["spec", "selector", "matchExpressions"]), "the pods do not meet the selector's matchExpressions".to_owned())
        }
    };
    let reported = sink.report(context.object, node, message);
    if let Some(labels) = labels {
        reported.also(context.object, labels);
    }
}

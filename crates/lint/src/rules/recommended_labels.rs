//! `recommended-labels`: a workload that tools cannot tell apart.
//!
//! # What it checks
//!
//! Each workload has the labels `app.kubernetes.io/name` and `app.kubernetes.io/instance`. Hooks and tests are left out.
//!
//! # Why it matters
//!
//! Dashboards, cost reports and `kubectl get -l` group by these labels; without them two releases of one chart look alike.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   labels: {app: api}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   labels:
//!     app.kubernetes.io/name: api
//!     app.kubernetes.io/instance: api-prod
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "recommended-labels",
    severity: Severity::Info,
    by_default: true,
    group: "Labels/metadata",
    aliases: &["kubescape:C-0077", "kubescape:C-0076", "kyverno:require-labels"],
    reason: "Dashboards, cost reports and selections by label group by these labels.",
    cure: "Add app.kubernetes.io/name and app.kubernetes.io/instance.",
    check: Check::Pod(check),
};

const LABELS: [&str; 2] = ["app.kubernetes.io/name", "app.kubernetes.io/instance"];

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_hook() {
        return;
    }
    let labels = context.object.root().at(&["metadata", "labels"]);
    let lacks = |label: &&&str| labels.and_then(|labels| labels.get(label)).and_then(Node::str).is_none_or(str::is_empty);
    if LABELS.iter().any(|label| lacks(&label)) {
        let lacking: Vec<&str> = LABELS.iter().filter(lacks).copied().collect();
        let node = context.object.root().nearest(&["metadata", "labels"]);
        sink.report(context.object, node, format!("no label {}", lacking.join(" and no label ")));
    }
}

//! `naked-pod`: a pod that nobody makes again.
//!
//! # What it checks
//!
//! No Pod stands by itself, unless it is a hook or a test, or says that it is not to be restarted.
//!
//! # Why it matters
//!
//! When its node fails or is drained, the pod is gone for good. It cannot be rolled out either: most of its fields never change.
//!
//! # Example
//!
//! ```yaml
//! kind: Pod
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Deployment
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "naked-pod",
    severity: Severity::Warning,
    by_default: true,
    group: "Reliability",
    aliases: &["kubescape:C-0073", "kyverno:prevent-bare-pods", "datree:K8S_INCORRECT_KIND_VALUE_POD", "popeye:POP-208"],
    reason: "When its node is gone, so is the pod, for good.",
    cure: "Use a Deployment, or a Job for what runs once.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() == Kind::Pod && context.object.is_long_running() {
        sink.report(
            context.object,
            context.object.root().nearest(&["kind"]),
            "nothing makes this pod again when its node is gone".to_owned(),
        );
    }
}

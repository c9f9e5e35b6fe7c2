//! `default-service-account`: the account that all share.
//!
//! # What it checks
//!
//! Pods name a ServiceAccount of their own. Pods that mount no token, and tests, are left out.
//!
//! # Why it matters
//!
//! A right that is given to the account for one application is given to every pod of the namespace that names none.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   containers: []
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   serviceAccountName: api
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "default-service-account",
    severity: Severity::Info,
    by_default: false,
    group: "Security",
    aliases: &["kube-linter:default-service-account", "checkov:CKV_K8S_41", "kubescape:C-0189", "popeye:POP-300", "popeye:POP-308"],
    reason: "A right that is given to one application through it is given to all of the namespace.",
    cure: "Make a ServiceAccount for the application, or mount no token.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let spec = context.pod.spec();
    if context.object.is_test() || spec.get("automountServiceAccountToken").and_then(Node::bool) == Some(false) {
        return;
    }
    let name = spec.get("serviceAccountName").or_else(|| spec.get("serviceAccount"));
    if name.and_then(Node::str).is_none_or(|name| name.is_empty() || name == "default") {
        sink.report(context.object, name.unwrap_or(spec), "the pod uses the default ServiceAccount".to_owned());
    }
}

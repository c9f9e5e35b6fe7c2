//! `use-namespace`: an object that is written into the default namespace.
//!
//! # What it checks
//!
//! No object names the namespace `default` itself, unless the release is installed there.
//!
//! # Why it matters
//!
//! What is in the default namespace shares it with whatever else was put there without a thought: quotas, policies and rights
//! hold for all of it.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   namespace: default
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   name: api # helm install --namespace data
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "use-namespace",
    severity: Severity::Info,
    by_default: false,
    group: "Labels/metadata",
    aliases: &[
        "kube-linter:use-namespace",
        "checkov:CKV_K8S_21",
        "trivy:KSV110",
        "kubescape:C-0061",
        "kubescape:C-0212",
        "kyverno:disallow-default-namespace",
        "datree:WORKLOAD_INCORRECT_NAMESPACE_VALUE_DEFAULT",
    ],
    reason: "It shares quotas, policies and rights with whatever else was put there.",
    cure: "Leave the namespace out, and install the release into one.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for &object in context.index.objects().iter().filter(|object| object.release_namespace() != "default") {
        if object.own_namespace() == Some("default") {
            let node = object.root().nearest(&["metadata", "namespace"]);
            sink.report(object, node, "the object is written into the default namespace".to_owned());
        }
    }
}

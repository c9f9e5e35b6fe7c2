//! `pod-exec-attach`: a role that runs commands in pods.
//!
//! # What it checks
//!
//! No rule of a Role or ClusterRole allows `create` or `get` on `pods/exec` or `pods/attach`.
//!
//! # Why it matters
//!
//! A shell in a pod has its files, its Secrets and its account, and leaves no trace in the manifests.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - apiGroups: [""]
//!     resources: [pods/exec]
//!     verbs: [create]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - apiGroups: [""]
//!     resources: [pods, pods/log]
//!     verbs: [get, list]
//! ```

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "pod-exec-attach",
    severity: Severity::Warning,
    by_default: true,
    group: "RBAC",
    aliases: &[
        "polaris:rolePodExecAttach",
        "polaris:clusterrolePodExecAttach",
        "polaris:clusterrolebindingPodExecAttach",
        "polaris:rolebindingClusterRolePodExecAttach",
        "polaris:rolebindingRolePodExecAttach",
        "checkov:CKV2_K8S_2",
        "trivy:KSV053",
        "trivy:KSV054",
        "kubescape:C-0002",
    ],
    reason: "A shell in a pod has its files, its Secrets and its account.",
    cure: "Leave pods/exec and pods/attach out.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for grant in rbac::grants(context.object) {
        let Some(resource) = grant.resource("", &["pods/exec", "pods/attach", "pods/*", "*/exec", "*/attach"]) else { continue };
        if grant.verb(&["create", "get"]).is_some() {
            sink.report(context.object, resource, "the role runs commands in pods".to_owned());
        }
    }
}

//! `access-to-create-pods`: a role that makes pods.
//!
//! # What it checks
//!
//! No rule of a Role or ClusterRole allows `create` on pods or on the workloads that make them.
//!
//! # Why it matters
//!
//! Who makes a pod chooses its ServiceAccount, Secrets and volumes, and so has the rights of every account of the namespace.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - apiGroups: [apps]
//!     resources: [deployments]
//!     verbs: [create]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - apiGroups: [apps]
//!     resources: [deployments]
//!     verbs: [get, patch]
//! ```

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "access-to-create-pods",
    severity: Severity::Info,
    by_default: false,
    group: "RBAC",
    aliases: &["kube-linter:access-to-create-pods", "trivy:KSV048", "kubescape:C-0188", "datree:CIS_INVALID_VALUE_CREATE_POD"],
    reason: "Who makes a pod has the rights of every account and the Secrets of its namespace.",
    cure: "Keep to the namespaces and verbs that are needed.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for resource in rbac::makes_pods(context.object) {
        sink.report(context.object, resource, "the role makes pods".to_owned());
    }
}

//! `cluster-admin-binding`: a binding to cluster-admin.
//!
//! # What it checks
//!
//! No RoleBinding or ClusterRoleBinding refers to the ClusterRole `cluster-admin`.
//!
//! # Why it matters
//!
//! Whoever gets into one of these pods has the whole cluster; by a RoleBinding, the whole namespace with its Secrets.
//!
//! # Example
//!
//! ```yaml
//! kind: ClusterRoleBinding
//! roleRef: {kind: ClusterRole, name: cluster-admin}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: ClusterRoleBinding
//! roleRef: {kind: ClusterRole, name: operator} # with the rules that it needs
//! ```

use chartwright_kube::node::Node;

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "cluster-admin-binding",
    severity: Severity::Warning,
    by_default: true,
    group: "RBAC",
    aliases: &[
        "kube-linter:cluster-admin-role-binding",
        "polaris:clusterrolebindingClusterAdmin",
        "polaris:rolebindingClusterAdminClusterRole",
        "polaris:rolebindingClusterAdminRole",
        "trivy:KSV111",
        "kubescape:C-0185",
        "kyverno:restrict-binding-clusteradmin",
        "datree:CIS_INVALID_ROLE_CLUSTER_ADMIN",
    ],
    reason: "Whoever gets into one of these pods has the whole cluster.",
    cure: "Bind a role with the rules that are used.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if !rbac::is_binding(context.object) {
        return;
    }
    let Some(role) = context.object.root().get("roleRef").filter(|role| role.str_at("kind") != Some("Role")) else { return };
    if let Some(name) = role.get("name").filter(|name| Node::str(*name) == Some("cluster-admin")) {
        sink.report(context.object, name, "the binding gives away every right that there is".to_owned());
    }
}

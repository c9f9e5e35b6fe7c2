//! `rbac-escalation`: a role that gives itself more rights.
//!
//! # What it checks
//!
//! No rule allows `bind` or `escalate` on roles, or `impersonate` on users, groups or ServiceAccounts. Rules that name their
//! objects (`resourceNames`) are left alone.
//!
//! # Why it matters
//!
//! Such a subject may take any right of the cluster, whatever else its role says.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - apiGroups: [rbac.authorization.k8s.io]
//!     resources: [clusterroles]
//!     verbs: [bind]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - apiGroups: [rbac.authorization.k8s.io]
//!     resources: [clusterroles]
//!     resourceNames: [view]
//!     verbs: [bind]
//! ```

use chartwright_kube::node::Node;

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "rbac-escalation",
    severity: Severity::Warning,
    by_default: true,
    group: "RBAC",
    aliases: &[
        "checkov:CKV_K8S_157",
        "checkov:CKV_K8S_158",
        "checkov:CKV2_K8S_1",
        "checkov:CKV2_K8S_3",
        "trivy:KSV043",
        "trivy:KSV050",
        "kubescape:C-0065",
        "kubescape:C-0191",
        "kyverno:restrict-escalation-verbs-roles",
        "datree:CIS_INVALID_VALUE_BIND_IMPERSONATE_ESCALATE",
    ],
    reason: "Such a subject may take any right of the cluster.",
    cure: "Name the roles or users by resourceNames, or do without the verb.",
    check: Check::Object(check),
};

const RBAC: &str = "rbac.authorization.k8s.io";

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for grant in rbac::grants(context.object).filter(|grant| !grant.is_limited()) {
        // By a wildcard for its verbs: `wildcard-in-rules`.
        let verb = |verbs: &[&str]| grant.verb(verbs).filter(|verb| Node::str(*verb) != Some(rbac::ALL));
        let on_roles = verb(&["bind", "escalate"])
            .filter(|_| grant.resource(RBAC, &["roles", "clusterroles"]).or_else(|| grant.has_all_resources(RBAC)).is_some());
        let on_users = || {
            verb(&["impersonate"]).filter(|_| {
                let named = grant.resource("", &["users", "groups", "serviceaccounts"]);
                named.or_else(|| grant.has_all_resources("")).is_some()
            })
        };
        if let Some(verb) = on_roles.or_else(on_users) {
            let text = verb.str().unwrap_or_default();
            sink.report(context.object, verb, format!("the verb {text} gives the role any right that it wants"));
        }
    }
}

//! `access-to-secrets`: a role that reads Secrets.
//!
//! # What it checks
//!
//! No rule of a Role or ClusterRole allows `get`, `list` or `watch` on Secrets, by name or by wildcard. Rules that name the
//! Secrets (`resourceNames`) are left alone.
//!
//! # Why it matters
//!
//! Tokens, keys and passwords of everything in the namespace, or in the cluster, can be read with it.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - apiGroups: [""]
//!     resources: [secrets]
//!     verbs: [get, list]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - apiGroups: [""]
//!     resources: [secrets]
//!     resourceNames: [api-credentials]
//!     verbs: [get]
//! ```

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "access-to-secrets",
    severity: Severity::Warning,
    by_default: false,
    group: "RBAC",
    aliases: &[
        "kube-linter:access-to-secrets",
        "checkov:CKV2_K8S_5",
        "trivy:KSV041",
        "trivy:KSV113",
        "kubescape:C-0015",
        "kubescape:C-0186",
        "kyverno:restrict-secret-role-verbs",
        "datree:CIS_INVALID_VERB_SECRETS",
    ],
    reason: "Tokens, keys and passwords of everything in the namespace, or in the cluster, can be read with it.",
    cure: "Name the Secrets by resourceNames, or mount them.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for grant in rbac::grants(context.object).filter(|grant| !grant.is_limited()) {
        let Some(resource) = grant.resource("", &["secrets"]).or_else(|| grant.has_all_resources("")) else { continue };
        if grant.verb(&["get", "list", "watch"]).is_some() {
            sink.report(context.object, resource, "the role reads Secrets".to_owned());
        }
    }
}

//! `anonymous-binding`: rights for everybody.
//!
//! # What it checks
//!
//! No binding has `system:anonymous`, `system:unauthenticated`, `system:authenticated` or `system:masters` among its subjects.
//! The roles of discovery, which Kubernetes binds to them itself, and roles of the render that allow paths such as `/healthz`
//! only are left alone.
//!
//! # Why it matters
//!
//! Anyone who reaches the API server, or any pod with a token, has these rights. Members of `system:masters` are not even asked
//! for.
//!
//! # Example
//!
//! ```yaml
//! subjects:
//!   - kind: Group
//!     name: system:authenticated
//! ```
//!
//! # Cure
//!
//! ```yaml
//! subjects:
//!   - kind: ServiceAccount
//!     name: api
//!     namespace: data
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "anonymous-binding",
    severity: Severity::Error,
    by_default: true,
    group: "RBAC",
    aliases: &[
        "trivy:KSV122",
        "trivy:KSV123",
        "trivy:KSV01011",
        "kubescape:C-0246",
        "kubescape:C-0262",
        "kubescape:C-0265",
        "kyverno:restrict-binding-system-groups",
        "datree:CIS_INVALID_VALUE_SYSTEM_MASTERS",
    ],
    reason: "Anyone who reaches the API server, or any pod with a token, has these rights.",
    cure: "Bind the one account that needs it.",
    check: Check::Set(check),
};

const EVERYBODY: &[&str] = &["system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters"];
/// Kubernetes binds these to everybody (`plugin/pkg/auth/authorizer/rbac/bootstrappolicy`).
const OPEN_ROLES: &[&str] = &["system:basic-user", "system:discovery", "system:public-info-viewer"];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let bindings = context.index.of(Kind::RoleBinding).chain(context.index.of(Kind::ClusterRoleBinding));
    for binding in bindings {
        for name in rbac::subjects(binding).filter_map(|subject| subject.get("name")) {
            let Some(text) = name.str().filter(|text| EVERYBODY.contains(text)) else { continue };
            if !is_harmless(context, binding) {
                sink.report(binding, name, format!("the binding gives its role to {text}"));
            }
        }
    }
}

fn is_harmless<'t>(context: &SetContext<'_, 't>, binding: Object<'t>) -> bool {
    let Some(role) = binding.root().at(&["roleRef", "name"]).and_then(Node::str) else { return false };
    let of_resources = |role: Object<'t>| rbac::grants(role).any(|grant| grant.node.items_at("resources").next().is_some());
    OPEN_ROLES.contains(&role) || context.find(Kind::ClusterRole, "", role).is_some_and(|role| !of_resources(role))
}

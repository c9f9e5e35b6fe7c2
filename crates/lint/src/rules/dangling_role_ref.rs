//! `dangling-role-ref`: a binding to a role or an account that no chart makes.
//!
//! # What it checks
//!
//! The Role or ClusterRole of a binding is in the render or in a chart beside it, or Kubernetes' own (`view`, `edit`, `admin`,
//! `cluster-admin`, `system:…`, and those of `kube-system`). Its ServiceAccounts are there too, where they are of the namespace
//! of the release.
//!
//! # Why it matters
//!
//! The account has no rights, and what it does is refused at its first request; or the rights go to an account that someone else
//! makes later.
//!
//! # Example
//!
//! ```yaml
//! roleRef: {kind: Role, name: reader} # which is called api-reader
//! ```
//!
//! # Cure
//!
//! ```yaml
//! roleRef: {kind: Role, name: api-reader}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Object;

use super::rbac;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-role-ref",
    severity: Severity::Warning,
    by_default: true,
    group: "RBAC",
    aliases: &["popeye:POP-1300"],
    reason: "The account has no rights: what it does is refused.",
    cure: "Name a role and an account that exist.",
    check: Check::Set(check),
};

const BUILTIN: &[&str] = &["view", "edit", "admin", "cluster-admin"];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for binding in context.index.of(Kind::RoleBinding).chain(context.index.of(Kind::ClusterRoleBinding)) {
        role(context, binding, sink);
        for subject in rbac::subjects(binding).filter(|subject| subject.str_at("kind") == Some("ServiceAccount")) {
            let Some((name, node)) = subject.get("name").and_then(|node| Some((node.str()?, node))) else { continue };
            let Some(namespace) = subject.str_at("namespace").or(binding.namespace()) else { continue };
            let ours = namespace == binding.release_namespace() && name != "default" && !name.is_empty();
            if ours && context.find(Kind::ServiceAccount, namespace, name).is_none() {
                sink.report(binding, node, format!("no chart makes the ServiceAccount {name}"));
            }
        }
    }
}

fn role<'t>(context: &SetContext<'_, 't>, binding: Object<'t>, sink: &mut Sink<'_, 't>) {
    let reference = binding.root().nearest(&["roleRef"]);
    let Some((name, node)) = reference.get("name").and_then(|node| Some((node.str()?, node))) else { return };
    let (kind, namespace) = match reference.str_at("kind") {
        Some("Role") => (Kind::Role, binding.namespace().unwrap_or_default()),
        Some("ClusterRole") => (Kind::ClusterRole, ""),
        _ => return,
    };
    let is_builtin = name.starts_with("system:") || BUILTIN.contains(&name) || matches!(namespace, "kube-system" | "kube-public");
    if !is_builtin && !name.is_empty() && context.find(kind, namespace, name).is_none() {
        let kind = if kind == Kind::Role { "Role" } else { "ClusterRole" };
        sink.report(binding, node, format!("no chart makes the {kind} {name}"));
    }
}

//! `security-context-conflict`: a container that is privileged and may not gain privileges.
//!
//! # What it checks
//!
//! A container with `allowPrivilegeEscalation: false` is not `privileged` and does not add `SYS_ADMIN`.
//!
//! # Why it matters
//!
//! The API server refuses the object: such a container has all privileges already.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   privileged: true
//!   allowPrivilegeEscalation: false
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   allowPrivilegeEscalation: false
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "security-context-conflict",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses it: such a container has all privileges already.",
    cure: "Leave privileged and SYS_ADMIN out, or allowPrivilegeEscalation.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        let Some(security) =
            container.typed.security_context.as_ref().filter(|security| security.allow_privilege_escalation == Some(false))
        else {
            continue;
        };
        let added = security.capabilities.as_ref().and_then(|capabilities| capabilities.add.as_deref()).unwrap_or_default();
        let what = if security.privileged == Some(true) {
            "is privileged"
        } else if added.iter().any(|name| matches!(name.as_str(), "CAP_SYS_ADMIN")) {
            "adds CAP_SYS_ADMIN"
        } else {
            continue;
        };
        let node = container.node.nearest(&["securityContext", "allowPrivilegeEscalation"]);
        sink.report(context.object, node, format!("container {} {what} and sets allowPrivilegeEscalation to false", container.name()));
    }
}

//! `seccompProfile_baseline`: a pod that is freed of seccomp.
//!
//! # What it checks
//!
//! `securityContext.seccompProfile.type` of pod and containers is `RuntimeDefault` or `Localhost` where it is set.
//!
//! # Why it matters
//!
//! Unconfined opens all system calls, among them those that most escapes from containers went through.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   seccompProfile:
//!     type: Unconfined
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   seccompProfile:
//!     type: RuntimeDefault
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "seccompProfile_baseline",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &["trivy:KSV104", "kyverno:restrict-seccomp"],
    reason: "Unconfined opens all system calls, among them those that escapes from containers go through.",
    cure: "Set securityContext.seccompProfile.type to RuntimeDefault.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    sink.standard_with(context, |violation| seccomp(context, violation.node));
}

/// The runtime's default profile: where another stands, or else for the whole pod.
pub(super) fn seccomp<'t>(context: PodContext<'t>, node: Node<'t>) -> Option<Fix> {
    let is_there = node.pointer().ends_with("/seccompProfile/type");
    let holder = if is_there { context.holder(node) } else { context.pod.spec() };
    Some(Fix::set(holder, &["securityContext", "seccompProfile"], NewValue::Yaml("{type: RuntimeDefault}".to_owned())))
}

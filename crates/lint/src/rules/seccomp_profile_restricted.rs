//! `seccompProfile_restricted`: a container may use every system call.
//!
//! # What it checks
//!
//! `securityContext.seccompProfile.type` is `RuntimeDefault` or `Localhost` for every container: its own setting, or that of its
//! pod, which it inherits. Pods for Windows (`os.name: windows`) are left alone.
//!
//! # Why it matters
//!
//! Left open, it is `Unconfined` on most clusters. The runtime's default profile closes some fifty system calls that services do not
//! use and that most escapes from containers went through. A namespace that enforces `restricted` refuses the pod.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   securityContext:
//!     runAsNonRoot: true
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   securityContext:
//!     runAsNonRoot: true
//!     seccompProfile:
//!       type: RuntimeDefault
//! ```

use super::seccomp_profile_baseline::seccomp;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "seccompProfile_restricted",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &[
        "kube-score:container-seccomp-profile",
        "checkov:CKV_K8S_31",
        "trivy:KSV030",
        "kubescape:C-0210",
        "kyverno:restrict-seccomp-strict",
        "datree:CIS_INVALID_VALUE_SECCOMP_PROFILE",
        "datree:CONTAINERS_INCORRECT_SECCOMP_PROFILE",
    ],
    reason: "Most escapes from containers went through system calls that the runtime's default profile closes.",
    cure: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    sink.standard_with(context, |violation| seccomp(context, violation.node));
}

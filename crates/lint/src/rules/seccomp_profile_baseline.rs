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

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "seccompProfile_baseline",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &["trivy:KSV104", "kyverno:restrict-seccomp"],
    reason: "Unconfined opens all system calls, among them those that escapes from containers go through.",
    cure: "Set securityContext.seccompProfile.type to RuntimeDefault.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

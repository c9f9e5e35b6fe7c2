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

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "security-context-conflict",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses it: such a container has all privileges already.",
    cure: "Leave privileged and SYS_ADMIN out, or allowPrivilegeEscalation.",
    check: Check::Invalid(&[Concern::SecurityContext]),
};

//! `procMount`: a container that sees all of /proc.
//!
//! # What it checks
//!
//! `securityContext.procMount` of containers is `Default` where it is set. From Kubernetes 1.35 on pods with `hostUsers: false` may
//! unmask it.
//!
//! # Why it matters
//!
//! Runtimes hide parts of /proc through which a container reads or changes the kernel of its node.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   procMount: Unmasked
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   procMount: Default
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "procMount",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &["kube-linter:unsafe-proc-mount", "polaris:procMount", "trivy:KSV027", "kyverno:disallow-proc-mount"],
    reason: "What runtimes hide in /proc reads or changes the kernel of the node.",
    cure: "Leave procMount out.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

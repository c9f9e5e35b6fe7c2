//! `runAsUser`: a container that runs as user 0.
//!
//! # What it checks
//!
//! `securityContext.runAsUser` of pod and containers is not 0. From Kubernetes 1.35 on pods with `hostUsers: false` are free of it.
//!
//! # Why it matters
//!
//! User 0 is root, whatever it is called in the image. With `runAsNonRoot: true` beside it the kubelet refuses to start the
//! container.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   runAsUser: 0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   runAsNonRoot: true
//!   runAsUser: 1000
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "runAsUser",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &["trivy:KSV105", "kyverno:require-run-as-non-root-user"],
    reason: "User 0 is root, and with runAsNonRoot beside it the container does not start.",
    cure: "Set runAsUser to another number, such as 1000.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

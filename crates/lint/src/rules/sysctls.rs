//! `sysctls`: a pod that changes unsafe settings of the kernel.
//!
//! # What it checks
//!
//! `securityContext.sysctls` names only settings that are safe in the chosen version of Kubernetes: those that belong to the pod's
//! own namespaces.
//!
//! # Why it matters
//!
//! Other settings reach other pods of the node, or the node itself, and the kubelet refuses the pod unless it was told to allow them.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   sysctls:
//!     - name: kernel.msgmax
//!       value: "65536"
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   sysctls:
//!     - name: net.ipv4.ip_unprivileged_port_start
//!       value: "0"
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "sysctls",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &["kube-linter:unsafe-sysctls", "trivy:KSV026", "kyverno:restrict-sysctls"],
    reason: "The kubelet refuses the pod unless the node allows the setting, which reaches other pods too.",
    cure: "Use only safe sysctls, or set others on the nodes.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

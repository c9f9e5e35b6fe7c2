//! `privileged`: a container with all the rights of its node.
//!
//! # What it checks
//!
//! No container, of whatever kind, sets `securityContext.privileged: true`.
//!
//! # Why it matters
//!
//! A privileged container has every capability and every device: whoever gets into it has the node, and soon the cluster. Nothing
//! else that is set for its security counts then.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   privileged: true
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   privileged: false
//!   capabilities:
//!     drop: [ALL]
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "privileged",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "kube-linter:privileged-container",
        "kube-score:container-security-context-privileged",
        "polaris:runAsPrivileged",
        "checkov:CKV_K8S_16",
        "trivy:KSV017",
        "kubescape:C-0057",
        "kubescape:C-0193",
        "kyverno:disallow-privileged-containers",
        "datree:CONTAINERS_INCORRECT_PRIVILEGED_VALUE_TRUE",
    ],
    reason: "Whoever gets into a privileged container has the node.",
    cure: "Leave privileged out, and add the one capability that is really needed.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

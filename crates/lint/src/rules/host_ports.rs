//! `hostPorts`: a container that takes a port of its node.
//!
//! # What it checks
//!
//! No port of a container has a `hostPort` other than 0.
//!
//! # Why it matters
//!
//! Only one pod with the port fits on a node, so rollouts get stuck; and the port is open on the node, past Services and network
//! policies.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080
//!     hostPort: 8080
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "hostPorts",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "polaris:hostPortSet",
        "checkov:CKV_K8S_26",
        "trivy:KSV024",
        "kubescape:C-0044",
        "kyverno:disallow-host-ports",
        "datree:CONTAINERS_INCORRECT_KEY_HOSTPORT",
    ],
    reason: "Only one such pod fits on a node, and its port is open past all network policies.",
    cure: "Leave hostPort out and use a Service.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

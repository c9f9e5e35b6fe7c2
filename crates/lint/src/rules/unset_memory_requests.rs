//! `unset-memory-requests`: a container asks for no memory.
//!
//! # What it checks
//!
//! Each container that runs as long as its pod, sidecars included, requests memory. A memory limit counts, since it is the request
//! where none is given, and so does a request of the pod as a whole. Init containers and pods of `helm test` are left alone.
//!
//! # Why it matters
//!
//! The scheduler places the pod as if it needed no memory. When the node runs out, pods that use more than they asked for are ended
//! first: this one always does.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   requests:
//!     cpu: 100m
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests:
//!     cpu: 100m
//!     memory: 256Mi
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "unset-memory-requests",
    severity: Severity::Warning,
    by_default: true,
    group: "Resources/cost/observability",
    aliases: &[
        "kube-linter:unset-memory-requirements",
        "kube-score:container-resources",
        "polaris:memoryRequestsMissing",
        "checkov:CKV_K8S_12",
        "trivy:KSV016",
        "kubescape:C-0269",
        "kubescape:C-0004",
        "kyverno:require-requests-limits",
        "datree:CONTAINERS_MISSING_MEMORY_REQUEST_KEY",
    ],
    reason: "When a node runs out of memory, pods that use more than they asked for are ended first: this one always does.",
    cure: "Set resources.requests.memory to what the container uses in an ordinary hour.",
    check: Check::Pod(|context, sink| super::resources::missing_request(context, sink, "memory")),
};

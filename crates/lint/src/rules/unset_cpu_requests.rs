//! `unset-cpu-requests`: a container asks for no CPU.
//!
//! # What it checks
//!
//! Each container that runs as long as its pod, sidecars included, requests CPU. A CPU limit counts, since it is the request where
//! none is given, and so does a request of the pod as a whole. Init containers, which are gone when the pod works, and pods of
//! `helm test` are left alone.
//!
//! # Why it matters
//!
//! The scheduler places the pod as if it cost nothing, on a node that may be full. Under pressure it gets the least share of all, and
//! an autoscaler that aims at a share of the request cannot work.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   requests:
//!     memory: 256Mi
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
    id: "unset-cpu-requests",
    severity: Severity::Warning,
    by_default: true,
    group: "Resources/cost/observability",
    aliases: &[
        "kube-linter:unset-cpu-requirements",
        "kube-score:container-resources",
        "polaris:cpuRequestsMissing",
        "checkov:CKV_K8S_10",
        "trivy:KSV015",
        "kubescape:C-0268",
        "kubescape:C-0050",
        "kyverno:require-requests-limits",
        "datree:CONTAINERS_MISSING_CPU_REQUEST_KEY",
        "popeye:POP-107",
    ],
    reason: "The scheduler takes the pod for free and may put it on a full node, where it gets the least share of all.",
    cure: "Set resources.requests.cpu to what the container uses in an ordinary hour.",
    check: Check::Pod(|context, sink| super::resources::missing_request(context, sink, "cpu")),
};

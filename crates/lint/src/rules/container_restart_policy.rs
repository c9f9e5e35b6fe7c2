//! `container-restart-policy`: a container with a restart policy that it cannot have.
//!
//! # What it checks
//!
//! A container's own `restartPolicy` is `Always`, `OnFailure` or `Never`, rules for it have an action and exit codes, and of init
//! containers those with `Always` alone have probes and hooks.
//!
//! # Why it matters
//!
//! The API server refuses the pod. Probes on an init container usually mean that it should be a sidecar, which `restartPolicy:
//! Always` makes of it.
//!
//! # Example
//!
//! ```yaml
//! initContainers:
//!   - name: proxy
//!     image: proxy:1
//!     readinessProbe:
//!       httpGet: {port: 8080}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! initContainers:
//!   - name: proxy
//!     image: proxy:1
//!     restartPolicy: Always
//!     readinessProbe:
//!       httpGet: {port: 8080}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "container-restart-policy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the pod.",
    cure: "Set restartPolicy to Always for a sidecar, or take probes, hooks and rules away.",
    check: Check::Invalid(&[Concern::ContainerRestartPolicy]),
};

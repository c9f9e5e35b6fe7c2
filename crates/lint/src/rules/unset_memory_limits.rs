//! `unset-memory-limits`: nothing bounds a container's memory.
//!
//! # What it checks
//!
//! Each container, init containers and sidecars too, has a memory limit, or its pod has one as a whole. Pods of `helm test` are left
//! alone.
//!
//! # Why it matters
//!
//! A leak eats the node's memory until the kernel ends processes at its own choice, often of other pods. With a limit the leaking
//! container is ended, alone, and the reason stands in its status.
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
//!     memory: 256Mi
//!   limits:
//!     memory: 256Mi
//! ```

use chartwright_kube::pod::Role;

use super::images;
use super::resources::has_limit;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "unset-memory-limits",
    severity: Severity::Warning,
    by_default: true,
    group: "Resources/cost/observability",
    aliases: &[
        "kube-linter:unset-memory-requirements",
        "kube-score:container-resources",
        "polaris:memoryLimitsMissing",
        "checkov:CKV_K8S_13",
        "trivy:KSV018",
        "kubescape:C-0271",
        "kubescape:C-0009",
        "kyverno:require-requests-limits",
        "datree:CONTAINERS_MISSING_MEMORY_LIMIT_KEY",
        "popeye:POP-107",
    ],
    reason: "A leak eats the node's memory until the kernel ends processes at its own choice, often of other pods.",
    cure: "Set resources.limits.memory; equal to the request is the safest.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || has_limit(context.pod.resources(), "memory") {
        return;
    }
    for container in context.pod.containers().filter(|container| container.role != Role::Ephemeral && !images::is_injected(*container)) {
        if !has_limit(container.typed.resources.as_ref(), "memory") {
            let node = container.node.nearest(&["resources", "limits", "memory"]);
            sink.report(context.object, node, format!("container {} has no memory limit", container.name()));
        }
    }
}

//! `unset-cpu-limits`: a container that may use every core.
//!
//! # What it checks
//!
//! Each container, or its pod, has a limit for CPU. Tests are left out.
//!
//! # Why it matters
//!
//! Where nodes are shared with strangers, or bills go by use, one container should not take all that is free. Elsewhere a request
//! is enough, and a limit slows a container down while cores are idle: the rule is off by default.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   requests: {cpu: 100m}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests: {cpu: 100m}
//!   limits: {cpu: "1"}
//! ```

use chartwright_kube::pod::Role;

use super::images;
use super::resources::has_limit;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "unset-cpu-limits",
    severity: Severity::Info,
    by_default: false,
    group: "Resources/cost/observability",
    aliases: &[
        "kube-score:container-resources",
        "polaris:cpuLimitsMissing",
        "checkov:CKV_K8S_11",
        "trivy:KSV011",
        "kubescape:C-0270",
        "kubescape:C-0050",
        "datree:CONTAINERS_MISSING_CPU_LIMIT_KEY",
    ],
    reason: "The container may take every core that is free on its node.",
    cure: "Set resources.limits.cpu where tenants share nodes.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || has_limit(context.pod.resources(), "cpu") {
        return;
    }
    for container in context.pod.containers().filter(|container| container.role != Role::Ephemeral && !images::is_injected(*container)) {
        if !has_limit(container.typed.resources.as_ref(), "cpu") {
            let node = container.node.nearest(&["resources", "limits", "cpu"]);
            sink.report(context.object, node, format!("container {} has no CPU limit", container.name()));
        }
    }
}

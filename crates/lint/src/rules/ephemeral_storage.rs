//! `ephemeral-storage`: a container that may fill the disk of its node.
//!
//! # What it checks
//!
//! Each running container, or its pod, has a request and a limit for `ephemeral-storage`. Tests are left out.
//!
//! # Why it matters
//!
//! Logs, images and `emptyDir` volumes share one disk: when it is full, the kubelet evicts pods, and those that asked for nothing
//! first.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   limits: {memory: 1Gi}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests: {ephemeral-storage: 100Mi}
//!   limits: {memory: 1Gi, ephemeral-storage: 1Gi}
//! ```

use super::images;
use super::resources::{has_limit, has_request};
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ephemeral-storage",
    severity: Severity::Info,
    by_default: false,
    group: "Resources/cost/observability",
    aliases: &["kube-score:container-ephemeral-storage-request-and-limit"],
    reason: "When the disk of the node is full, pods that asked for nothing are evicted first.",
    cure: "Set requests and limits of ephemeral-storage.",
    check: Check::Pod(check),
};

const NAME: &str = "ephemeral-storage";

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || has_limit(context.pod.resources(), NAME) {
        return;
    }
    for container in context.pod.running().filter(|container| !images::is_injected(*container)) {
        let resources = container.typed.resources.as_ref();
        let lacking = if has_limit(resources, NAME) {
            continue;
        } else if has_request(resources, NAME) {
            "limit"
        } else {
            "request or limit"
        };
        let node = container.node.nearest(&["resources", "limits", NAME]);
        sink.report(context.object, node, format!("container {} has no {lacking} of ephemeral storage", container.name()));
    }
}

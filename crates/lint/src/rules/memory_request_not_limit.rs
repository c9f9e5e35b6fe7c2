//! `memory-request-not-limit`: a limit of memory above the request.
//!
//! # What it checks
//!
//! Where a container has both a request and a limit for memory, they are the same amount. A limit alone is its own request.
//!
//! # Why it matters
//!
//! What lies between the two is promised to nobody: when the node runs out, the kernel ends the containers that use more than
//! they asked for.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   requests: {memory: 256Mi}
//!   limits: {memory: 1Gi}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests: {memory: 1Gi}
//!   limits: {memory: 1Gi}
//! ```

use chartwright_kube::quantity::Quantity;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "memory-request-not-limit",
    severity: Severity::Info,
    by_default: false,
    group: "Resources/cost/observability",
    aliases: &[
        "kube-score:container-memory-requests-equal-limits",
        "kyverno:memory-requests-equal-limits",
        "datree:EKS_INVALID_MEMORY_REQUEST_LIMIT",
    ],
    reason: "When the node runs out, containers that use more than they asked for are ended first.",
    cure: "Request as much memory as the limit allows.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        let amount = |list: &str| {
            let node = container.node.at(&["resources", list, "memory"])?;
            Some((node, node.scalar()?))
        };
        let (Some((node, request)), Some((limit_node, limit))) = (amount("requests"), amount("limits")) else { continue };
        if let (Ok(low), Ok(high)) = (Quantity::parse(request), Quantity::parse(limit))
            && low < high
        {
            let message = format!("container {} requests {request} of memory and may use {limit}", container.name());
            sink.report(context.object, node, message).also(context.object, limit_node);
        }
    }
}

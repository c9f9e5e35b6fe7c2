//! `drop-net-raw-capability`: a container that may write any packet.
//!
//! # What it checks
//!
//! Each container drops `NET_RAW` or `ALL`, and does not add `NET_RAW` again. Windows pods are left out.
//!
//! # Why it matters
//!
//! With raw sockets a container can pretend to be another pod: it answers for other addresses, and reads what was meant for them.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   capabilities: {drop: [MKNOD]}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   capabilities: {drop: [ALL]}
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::pod::Role;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "drop-net-raw-capability",
    severity: Severity::Info,
    by_default: false,
    group: "Security",
    aliases: &[
        "kube-linter:drop-net-raw-capability",
        "checkov:CKV_K8S_28",
        "trivy:KSV119",
        "kubescape:C-0199",
        "kyverno:drop-cap-net-raw",
        "datree:CIS_MISSING_VALUE_DROP_NET_RAW",
    ],
    reason: "With raw sockets a container can pretend to be another pod.",
    cure: "Drop ALL capabilities, or at least NET_RAW.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || context.pod.runs_on_windows() {
        return;
    }
    for container in context.pod.containers().filter(|container| container.role != Role::Ephemeral) {
        let capabilities = container.node.at(&["securityContext", "capabilities"]);
        let has = |list: &str, names: &[&str]| -> Option<Node<'t>> {
            capabilities?.items_at(list).find(|item| item.str().is_some_and(|name| names.contains(&name)))
        };
        let added = has("add", &["NET_RAW", "ALL"]);
        if added.is_some() || has("drop", &["NET_RAW", "ALL"]).is_none() {
            let node = added.unwrap_or_else(|| container.node.nearest(&["securityContext", "capabilities", "drop"]));
            sink.report(context.object, node, format!("container {} keeps the capability NET_RAW", container.name()));
        }
    }
}

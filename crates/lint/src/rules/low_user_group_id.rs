//! `low-user-group-id`: a user or group that a node may have as well.
//!
//! # What it checks
//!
//! `runAsUser` and `runAsGroup` are at least 10000 where they are set. Root is `runAsUser`; Windows pods are left out. The same id in
//! several containers of a pod is one finding.
//!
//! # Why it matters
//!
//! Who breaks out of the container is that user on the node, and may read what belongs to a real user or service of that number.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   runAsUser: 1000
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   runAsUser: 10001
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "low-user-group-id",
    severity: Severity::Info,
    by_default: false,
    group: "Security",
    aliases: &[
        "kube-score:container-security-context-user-group-id",
        "checkov:CKV_K8S_40",
        "trivy:KSV020",
        "trivy:KSV021",
        "trivy:KSV116",
        "kyverno:validate-userid-groupid-fsgroup",
        "datree:CONTAINERS_INCORRECT_RUNASUSER_VALUE_LOWUID",
        "datree:CONTAINERS_INCORRECT_RUNASGROUP_VALUE_LOWGID",
    ],
    reason: "Who breaks out of the container is that user on the node, who may be a real one.",
    cure: "Use ids from 10000 on, if the image allows it.",
    check: Check::Pod(check),
};

/// Nodes give lower ones to their own users and services.
const LEAST: i64 = 10_000;

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || context.pod.runs_on_windows() {
        return;
    }
    let own = context.pod.spec().get("securityContext");
    let containers = context.pod.containers().filter_map(|container| container.node.get("securityContext"));
    let mut found: Vec<(&str, i64, Vec<Node<'t>>)> = Vec::new();
    for security in own.into_iter().chain(containers) {
        for (field, from) in [("runAsUser", 1), ("runAsGroup", 0)] {
            let Some((node, id)) = security.get(field).and_then(|node| Some((node, Node::int(node)?))) else { continue };
            if !(from..LEAST).contains(&id) {
                continue;
            }
            match found.iter_mut().find(|(known, number, _)| (*known, *number) == (field, id)) {
                Some((.., nodes)) => nodes.push(node),
                None => found.push((field, id, vec![node])),
            }
        }
    }
    for (field, id, nodes) in found {
        let mut nodes = nodes.into_iter();
        let Some(first) = nodes.next() else { continue };
        let mut reported = sink.report(context.object, first, format!("{field} {id} may be of a user or group of the node"));
        for node in nodes {
            reported = reported.also(context.object, node);
        }
    }
}

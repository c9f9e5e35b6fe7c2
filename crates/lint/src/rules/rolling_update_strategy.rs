//! `rolling-update-strategy`: a Service that is gone at each rollout.
//!
//! # What it checks
//!
//! A Deployment behind a Service does not use the strategy `Recreate`. Where two pods could not run side by side it is left
//! alone: with a claim that is not shared (`ReadWriteMany`), a `hostPort` or the network of the node.
//!
//! # Why it matters
//!
//! All pods are ended before the first new one starts: at each rollout nobody answers until it is ready, and for good if it never
//! is.
//!
//! # Example
//!
//! ```yaml
//! strategy:
//!   type: Recreate
//! ```
//!
//! # Cure
//!
//! ```yaml
//! strategy:
//!   type: RollingUpdate
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use chartwright_kube::pod::Pod;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "rolling-update-strategy",
    severity: Severity::Warning,
    by_default: true,
    group: "Reliability",
    aliases: &["kube-linter:no-rolling-update-strategy", "kube-score:deployment-strategy", "kubescape:C-0305"],
    reason: "At each rollout all pods end before the first new one starts, and nobody answers.",
    cure: "Use RollingUpdate.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for (workload, pod, _) in context.long_running().filter(|(workload, ..)| workload.kind() == Kind::Deployment) {
        let Some(kind) = workload.root().at(&["spec", "strategy", "type"]).filter(|kind| kind.str() == Some("Recreate")) else { continue };
        if !is_single(context, workload, pod) && !context.index.services_of(workload).is_empty() {
            sink.report(workload, kind, "nobody answers for the Service while the pods are replaced".to_owned());
        }
    }
}

/// Whether a second pod could not start beside the first.
fn is_single<'t>(context: &SetContext<'_, 't>, workload: Object<'t>, pod: Pod<'t>) -> bool {
    let mut ports = pod.containers().flat_map(|container| container.node.items_at("ports"));
    let mut claims = pod.spec().items_at("volumes").filter_map(|volume| volume.at(&["persistentVolumeClaim", "claimName"])?.str());
    let is_shared = |name: &'t str| {
        let claim = context.find(Kind::PersistentVolumeClaim, workload.namespace().unwrap_or_default(), name);
        let mut modes = claim.and_then(Object::spec_node).into_iter().flat_map(|spec| spec.items_at("accessModes"));
        modes.any(|mode| matches!(mode.str(), Some("ReadWriteMany" | "ReadOnlyMany")))
    };
    pod.is_on("hostNetwork")
        || ports.any(|port| port.get("hostPort").and_then(Node::int).is_some_and(|port| port > 0))
        || claims.any(|name| !is_shared(name))
}

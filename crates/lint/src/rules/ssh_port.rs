//! `ssh-port`: a container with the port of SSH.
//!
//! # What it checks
//!
//! No container declares TCP port 22.
//!
//! # Why it matters
//!
//! A server that lets people in by SSH has keys and users that Kubernetes knows nothing of, and nobody sees what is done there.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - containerPort: 22
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080 # and `kubectl exec` for who may
//! ```

use chartwright_kube::node::Node;

use super::traffic::protocol;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ssh-port",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &["kube-linter:ssh-port", "kubescape:C-0042"],
    reason: "A server for SSH has keys and users that Kubernetes knows nothing of.",
    cure: "Use kubectl exec, which is authorised and audited; let a Git server listen on another port.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        for port in container.node.items_at("ports").filter(|port| protocol(*port) == "TCP") {
            if let Some(number) = port.get("containerPort").filter(|number| Node::int(*number) == Some(22)) {
                sink.report(context.object, number, format!("container {} has the port of SSH", container.name()));
            }
        }
    }
}

//! `writable-host-mount`: a directory of the node that a container may write.
//!
//! # What it checks
//!
//! Each mount of a `hostPath` volume is `readOnly`. Sockets, which a read-only mount does not guard, are left to other rules.
//!
//! # Why it matters
//!
//! What a container writes there outlives it, and is read and run by the node and by other pods.
//!
//! # Example
//!
//! ```yaml
//! volumeMounts:
//!   - {name: logs, mountPath: /var/log}
//! volumes:
//!   - {name: logs, hostPath: {path: /var/log}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumeMounts:
//!   - {name: logs, mountPath: /var/log, readOnly: true}
//! volumes:
//!   - {name: logs, hostPath: {path: /var/log}}
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::pod::Role;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "writable-host-mount",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &["kube-linter:writable-host-mount", "kubescape:C-0045", "kyverno:ensure-readonly-hostpath"],
    reason: "What a container writes there is read and run by the node and by other pods.",
    cure: "Set readOnly: true on the mount.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let volumes = context.pod.spec().items_at("volumes").filter(|volume| volume.get("hostPath").is_some_and(|host| !is_socket(host)));
    for volume in volumes {
        let Some(name) = volume.str_at("name") else { continue };
        for container in context.pod.containers().filter(|container| container.role != Role::Ephemeral) {
            let mounts = container.node.items_at("volumeMounts").filter(|mount| mount.str_at("name") == Some(name));
            for mount in mounts.filter(|mount| mount.get("readOnly").and_then(Node::bool) != Some(true)) {
                let path = volume.at(&["hostPath", "path"]).and_then(Node::str).unwrap_or_default();
                let message = format!("container {} may write to {path} of its node", container.name());
                sink.report(context.object, mount, message);
            }
        }
    }
}

fn is_socket(host: Node<'_>) -> bool {
    host.str_at("type") == Some("Socket") || host.str_at("path").is_some_and(|path| path.ends_with(".sock"))
}

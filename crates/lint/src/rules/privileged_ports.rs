//! `privileged-ports`: a port that only root may open.
//!
//! # What it checks
//!
//! No container declares a port below 1024, unless the pod lets every user open it (`net.ipv4.ip_unprivileged_port_start`).
//! Windows pods are left out.
//!
//! # Why it matters
//!
//! To open it the process needs root or a capability, which it keeps for everything else it does.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - containerPort: 80
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080 # the Service may still offer port 80
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "privileged-ports",
    severity: Severity::Info,
    by_default: false,
    group: "Security",
    aliases: &["kube-linter:privileged-ports", "trivy:KSV117"],
    reason: "To open it the process needs root or a capability.",
    cure: "Let the process listen on a port from 1024 on, and the Service map it.",
    check: Check::Pod(check),
};

/// From here on any user may open a port.
const UNPRIVILEGED: i64 = 1024;

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.is_test() || context.pod.runs_on_windows() {
        return;
    }
    let sysctls = context.pod.spec().get("securityContext").into_iter().flat_map(|security| security.items_at("sysctls"));
    let start = sysctls.filter(|sysctl| sysctl.str_at("name") == Some("net.ipv4.ip_unprivileged_port_start"));
    let start = start.filter_map(|sysctl| sysctl.str_at("value")?.parse().ok()).next_back().unwrap_or(UNPRIVILEGED);
    for container in context.pod.containers() {
        let mut known: Vec<i64> = Vec::new();
        for port in container.node.items_at("ports").filter_map(|port| port.get("containerPort")) {
            // Once, be it for TCP and UDP.
            if let Some(number) = Node::int(port).filter(|number| (1..start).contains(number) && !known.contains(number)) {
                known.push(number);
                let message = format!("container {} opens port {number}, which takes root or a capability", container.name());
                sink.report(context.object, port, message);
            }
        }
    }
}

//! `probe-port`: a probe asks a port that no container declares.
//!
//! # What it checks
//!
//! The port of each liveness, readiness and startup probe (HTTP, TCP or gRPC) is among the `ports` of its container. A number may
//! also be declared by another container of the pod, since they share one network; a name may not. Probes that go to another host
//! are left alone.
//!
//! # Why it matters
//!
//! A name that is not declared makes the probe fail for ever: the container is restarted again and again, or never gets traffic. A
//! number that is not declared is most often one that moved while the probe stayed.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - name: http
//!     containerPort: 8080
//! livenessProbe:
//!   httpGet:
//!     path: /health/live
//!     port: web
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - name: http
//!     containerPort: 8080
//! livenessProbe:
//!   httpGet:
//!     path: /health/live
//!     port: http
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::pod::ContainerView;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "probe-port",
    severity: Severity::Warning,
    by_default: true,
    group: "Reliability",
    aliases: &["kube-linter:liveness-port", "kube-linter:readiness-port", "kube-linter:startup-port"],
    reason: "A probe that asks the wrong port fails for ever: the container is restarted again and again, or never gets traffic.",
    cure: "Name the port in the container's ports, and use that name in the probe.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        for (field, what) in [("livenessProbe", "liveness"), ("readinessProbe", "readiness"), ("startupProbe", "startup")] {
            for handler in ["httpGet", "tcpSocket", "grpc"] {
                let Some(handler) = container.node.at(&[field, handler]) else { continue };
                let Some(port) = handler.get("port").filter(|_| handler.str_at("host").is_none_or(str::is_empty)) else { continue };
                let declared = match (port.str(), port.int()) {
                    // A number in quotes is looked up as a name, and no name is all digits.
                    (Some(name), _) => names(container).any(|known| known == name),
                    (None, Some(number)) => context.pod.containers().flat_map(numbers).any(|known| known == number),
                    (None, None) => true,
                };
                if !declared {
                    let text = port.scalar().unwrap_or_default();
                    let message = format!("the {what} probe of container {} asks port {text}, which it does not declare", container.name());
                    sink.report(context.object, port, message).cure(cure(container));
                }
            }
        }
    }
}

fn cure(container: ContainerView<'_>) -> String {
    let known: Vec<&str> = names(container).collect();
    if known.is_empty() { RULE.cure.to_owned() } else { format!("Use a port that the container declares: {}.", known.join(", ")) }
}

fn names<'t>(container: ContainerView<'t>) -> impl Iterator<Item = &'t str> {
    container.node.items_at("ports").filter_map(|port| port.str_at("name"))
}

fn numbers(container: ContainerView<'_>) -> impl Iterator<Item = i64> {
    container.node.items_at("ports").filter_map(|port| port.get("containerPort").and_then(Node::int))
}

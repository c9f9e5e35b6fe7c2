//! `probe-port`: a probe asks a port that no container declares.
//!
//! # What it checks
//!
//! A liveness, readiness or startup probe (HTTP, TCP or gRPC) that asks a port by name asks one that its container declares. One that asks
//! a number may ask any port, since declaring it is not needed to listen there; but not the port of a Service that sends its traffic to
//! another port of the pod. Probes that go to another host are left alone.
//!
//! # Why it matters
//!
//! A name that is not declared makes the probe fail for ever: the container is restarted again and again, or never gets traffic. So does
//! the port of the Service, on which no process listens: probes go to the pod itself.
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
use chartwright_kube::object::Object;
use chartwright_kube::pod::ContainerView;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "probe-port",
    severity: Severity::Warning,
    by_default: true,
    group: "Reliability",
    aliases: &["kube-linter:liveness-port", "kube-linter:readiness-port", "kube-linter:startup-port"],
    reason: "A probe that asks the wrong port fails for ever: the container is restarted again and again, or never gets traffic.",
    cure: "Name the port in the container's ports, and use that name in the probe.",
    check: Check::Set(check),
};

const PROBES: &[(&str, &str)] = &[("livenessProbe", "liveness"), ("readinessProbe", "readiness"), ("startupProbe", "startup")];

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for &object in context.index.objects() {
        let Some(pod) = object.pod() else { continue };
        for container in pod.containers() {
            for (what, port) in ports(container) {
                match (port.str(), port.int()) {
                    // A number in quotes is looked up as a name, and no name is all digits.
                    (Some(name), _) if !names(container).any(|known| known == name) => {
                        let message =
                            format!("the {what} probe of container {} asks port {name}, which it does not declare", container.name());
                        sink.report(object, port, message).cure(cure(container));
                    }
                    (None, Some(number)) if !pod.containers().flat_map(numbers).any(|known| known == number) => {
                        if let Some((service, own)) = offering(context, object, number) {
                            let message = format!(
                                "the {what} probe of container {} asks port {number} of the Service {}, on which the pod does not listen",
                                container.name(),
                                service.name()
                            );
                            sink.report(object, port, message).cure(cure(container)).also(service, own);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The ports that the probes of a container ask, within the pod.
fn ports<'t>(container: ContainerView<'t>) -> impl Iterator<Item = (&'static str, Node<'t>)> {
    PROBES.iter().flat_map(move |(field, what)| {
        let probe = container.node.get(field);
        let handlers = probe.into_iter().flat_map(|probe| ["httpGet", "tcpSocket", "grpc"].map(|handler| probe.get(handler))).flatten();
        let within = handlers.filter(|handler| handler.str_at("host").is_none_or(str::is_empty));
        within.filter_map(move |handler| Some((*what, handler.get("port")?)))
    })
}

/// A Service of a workload that offers a port under this number and sends its traffic to another one.
fn offering<'t>(context: &SetContext<'_, 't>, workload: Object<'t>, number: i64) -> Option<(Object<'t>, Node<'t>)> {
    context.index.services_of(workload).into_iter().find_map(|service| {
        let mut ports = service.spec_node()?.items_at("ports");
        let elsewhere = ports.find(|port| {
            let target = port.get("targetPort");
            port.get("port").and_then(Node::int) == Some(number) && target.is_some_and(|target| target.int() != Some(number))
        });
        Some((service, elsewhere?))
    })
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

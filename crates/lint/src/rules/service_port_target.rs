//! `service-port-target`: a Service that leads to a port which no container has.
//!
//! # What it checks
//!
//! The `targetPort` of a Service is declared by a container of the pods that it selects. A name must be; a number is judged only
//! where the pods declare ports of that protocol at all.
//!
//! # Why it matters
//!
//! Whoever calls the Service is refused, or, for a name, the Service has no endpoints.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - port: 80
//!     targetPort: web # the container calls it http
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - port: 80
//!     targetPort: http
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Spec;
use chartwright_kube::pod::Pod;
use chartwright_kube::selector::matches_pairs;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::images;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "service-port-target",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &["popeye:POP-1106"],
    reason: "Whoever calls the Service is refused: nothing listens there.",
    cure: "Use the name of the port of the container.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for object in context.index.of(Kind::Service) {
        let Spec::Service(spec) = object.spec() else { continue };
        let Some(selector) =
            spec.selector.as_ref().filter(|selector| !selector.is_empty() && spec.type_.as_deref() != Some("ExternalName"))
        else {
            continue;
        };
        let pairs = || selector.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let workloads = context.index.workloads().iter().filter(|(workload, _)| workload.namespace() == object.namespace());
        let pods: Vec<Pod<'t>> =
            workloads.filter_map(|(workload, _)| workload.pod()).filter(|pod| matches_pairs(pairs(), pod.labels())).collect();
        // What a mesh fills in declares its ports itself.
        if pods.is_empty() || pods.iter().any(|pod| pod.containers().any(images::is_injected)) {
            continue;
        }
        for (port, node) in spec.ports.iter().flatten().zip(object.root().nearest(&["spec", "ports"]).items()) {
            let protocol = port.protocol.as_deref().unwrap_or("TCP");
            let target = port.target_port.clone().filter(|target| *target != IntOrString::Int(0)).unwrap_or(IntOrString::Int(port.port));
            if pods.iter().any(|pod| leads(*pod, &target, protocol)) {
                continue;
            }
            let text = match &target {
                IntOrString::Int(number) => number.to_string(),
                IntOrString::String(name) => name.clone(),
            };
            sink.report(object, node.nearest(&["targetPort"]), format!("no container of the selected pods declares the port {text}"));
        }
    }
}

/// Whether a pod answers there, as far as its declared ports tell.
fn leads(pod: Pod<'_>, target: &IntOrString, protocol: &str) -> bool {
    let mut declared = pod
        .running()
        .flat_map(|container| container.typed.ports.iter().flatten())
        .filter(|port| port.protocol.as_deref().unwrap_or("TCP") == protocol)
        .peekable();
    match target {
        IntOrString::String(name) => declared.any(|port| port.name.as_ref() == Some(name)),
        IntOrString::Int(number) => declared.peek().is_none() || declared.any(|port| port.container_port == *number),
    }
}

//! Where the traffic of a Service goes within a pod, which rules share. No rule of its own.

use chartwright_kube::node::Node;
use chartwright_kube::object::{Object, Spec};
use chartwright_kube::pod::{ContainerView, Pod};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

/// The running containers that declare a port that a Service sends traffic to; none where no container declares it.
pub(super) fn served<'t>(service: Object<'t>, pod: Pod<'t>) -> Vec<ContainerView<'t>> {
    let Spec::Service(spec) = service.spec() else { return Vec::new() };
    let targets: Vec<IntOrString> =
        spec.ports.iter().flatten().map(|port| port.target_port.clone().unwrap_or(IntOrString::Int(port.port))).collect();
    pod.running().filter(|container| targets.iter().any(|target| declares(*container, target))).collect()
}

fn declares(container: ContainerView<'_>, target: &IntOrString) -> bool {
    container.typed.ports.iter().flatten().any(|port| match target {
        IntOrString::Int(number) => port.container_port == *number,
        IntOrString::String(name) => port.name.as_ref() == Some(name),
    })
}

/// A port's protocol: TCP where none is given.
pub(super) fn protocol<'t>(port: Node<'t>) -> &'t str {
    port.str_at("protocol").unwrap_or("TCP")
}

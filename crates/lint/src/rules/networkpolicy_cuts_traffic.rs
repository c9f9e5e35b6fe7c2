//! `networkpolicy-cuts-traffic`: policies that let nobody in to a Service.
//!
//! # What it checks
//!
//! Where network policies hold the pods behind a Service, some rule of theirs lets traffic in to each of its ports; and where an
//! Ingress leads there, some rule lets it in from outside of the chart: from everywhere, from other namespaces, from addresses,
//! or from pods that the chart does not make. Policies of the render and of charts beside it add up; those of charts beside it alone,
//! which may be installed elsewhere, keep nobody out.
//!
//! # Why it matters
//!
//! Whoever calls waits until time is up: the packets are dropped without a word, and neither pod nor policy looks wrong by
//! itself.
//!
//! # Example
//!
//! ```yaml
//! kind: NetworkPolicy
//! spec:
//!   podSelector: {matchLabels: {app: api}}
//!   ingress:
//!     - from: [{podSelector: {matchLabels: {app: api}}}]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: NetworkPolicy
//! spec:
//!   podSelector: {matchLabels: {app: api}}
//!   ingress:
//!     - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: traefik}}}]
//!       ports: [{port: http}]
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use chartwright_kube::pod::Pod;
use chartwright_kube::selector;

use super::policies::{self, PodPort, Policy};
use super::traffic::protocol;
use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "networkpolicy-cuts-traffic",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &[],
    reason: "Whoever calls waits until time is up: the packets are dropped without a word.",
    cure: "Add a rule that lets in who is to call, to the port of the pods.",
    check: Check::Set(check),
};

/// A Service with what answers for it.
struct Backend<'t> {
    service: Object<'t>,
    workloads: Vec<(Object<'t>, Pod<'t>)>,
}

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let policies: Vec<Policy<'t>> = policies::policies(context).into_iter().filter(Policy::is_of_ingress).collect();
    if !context.complete || policies.is_empty() || policies::has_foreign(context) {
        return;
    }
    let backends = backends(context, &policies);
    for backend in &backends {
        for port in backend.service.spec_node().into_iter().flat_map(|spec| spec.items_at("ports")) {
            let mut open = backend
                .workloads
                .iter()
                .map(|(workload, pod)| pod_port(port, *pod).is_none_or(|port| rules(&policies, *workload, *pod, port).next().is_some()));
            if !open.any(|open| open) {
                let number = port.get("port").and_then(Node::scalar).unwrap_or_default();
                let mut reported = sink.report(backend.service, port, format!("no network policy lets anyone in to port {number}"));
                let (workload, pod) = backend.workloads[0];
                for policy in policies.iter().filter(|policy| policy.is_own && policy.selects(workload, pod)) {
                    reported = reported.also(policy.object, policy.selector_node());
                }
            }
        }
    }
    // The controller itself may be among the pods of the render.
    if context.index.of(Kind::IngressClass).next().is_none() {
        for ingress in context.index.of(Kind::Ingress) {
            controller(context, ingress, &backends, &policies, sink);
        }
    }
}

/// Says where no policy lets the controller of an Ingress in.
fn controller<'t>(
    context: &SetContext<'_, 't>,
    ingress: Object<'t>,
    backends: &[Backend<'t>],
    policies: &[Policy<'t>],
    sink: &mut Sink<'_, 't>,
) {
    let Some(spec) = ingress.spec_node() else { return };
    let paths = spec.items_at("rules").filter_map(|rule| rule.get("http")).flat_map(|http| http.items_at("paths"));
    let services =
        paths.filter_map(|path| path.get("backend")).chain(spec.get("defaultBackend")).filter_map(|backend| backend.get("service"));
    let mut reported: Vec<(&str, Option<&str>)> = Vec::new();
    for service in services {
        let Some((name, node)) = service.get("name").and_then(|node| Some((node.str()?, node))) else { continue };
        let wanted = service.get("port").and_then(|port| port.get("name").or_else(|| port.get("number"))).and_then(Node::scalar);
        let found = backends.iter().find(|backend| backend.service.name() == name && backend.service.namespace() == ingress.namespace());
        let Some(backend) = found.filter(|_| !reported.contains(&(name, wanted))) else { continue };
        let mut ports = backend.service.spec_node().into_iter().flat_map(|spec| spec.items_at("ports"));
        let is_wanted = |port: &Node<'t>| ["name", "port"].iter().any(|key| port.get(key).and_then(Node::scalar) == wanted);
        let Some(port) = ports.find(is_wanted) else { continue };
        let mut shut = backend.workloads.iter().map(|(workload, pod)| {
            let Some(port) = pod_port(port, *pod) else { return false };
            let mut rules = rules(policies, *workload, *pod, port).peekable();
            rules.peek().is_some() && !rules.any(|rule| lets_outside_in(context, *workload, rule))
        });
        if shut.all(|shut| shut) {
            reported.push((name, wanted));
            sink.report(ingress, node, format!("no network policy lets an ingress controller in to the Service {name}"));
        }
    }
}

/// The Services whose pods are all held by policies.
fn backends<'t>(context: &SetContext<'_, 't>, policies: &[Policy<'t>]) -> Vec<Backend<'t>> {
    let mut backends: Vec<Backend<'t>> = Vec::new();
    let mut open: Vec<Object<'t>> = Vec::new();
    for (workload, pod, _) in context.long_running() {
        // Policies do not hold what shares the network of its node.
        let held = !pod.is_on("hostNetwork") && policies.iter().any(|policy| policy.is_own && policy.selects(workload, pod));
        for service in context.index.services_of(workload) {
            if !held {
                open.push(service);
            } else if let Some(backend) = backends.iter_mut().find(|backend| backend.service.is(service)) {
                backend.workloads.push((workload, pod));
            } else {
                backends.push(Backend { service, workloads: vec![(workload, pod)] });
            }
        }
    }
    backends.retain(|backend| !open.iter().any(|service| service.is(backend.service)));
    backends
}

/// The rules that let traffic of some origin in to a port of a workload's pods.
fn rules<'a, 't>(
    policies: &'a [Policy<'t>],
    workload: Object<'t>,
    pod: Pod<'t>,
    port: PodPort<'t>,
) -> impl Iterator<Item = Node<'t>> + use<'a, 't> {
    policies.iter().filter(move |policy| policy.selects(workload, pod)).flat_map(move |policy| policy.rules_for(port))
}

/// Where a Service's port leads to within a pod; nothing where no container declares the name.
fn pod_port<'t>(port: Node<'t>, pod: Pod<'t>) -> Option<PodPort<'t>> {
    let target = port.get("targetPort").or_else(|| port.get("port"))?;
    let protocol = protocol(port);
    let declared = pod.containers().flat_map(|container| container.node.items_at("ports")).find(|own| {
        let same = match target.str() {
            Some(name) => own.str_at("name") == Some(name),
            None => own.get("containerPort").and_then(Node::int) == target.int(),
        };
        same && self::protocol(*own) == protocol
    });
    match (declared, target.int()) {
        (Some(own), _) => Some(PodPort { number: own.get("containerPort").and_then(Node::int), name: own.str_at("name"), protocol }),
        (None, Some(number)) => Some(PodPort { number: Some(number), name: None, protocol }),
        (None, None) => None,
    }
}

fn lets_outside_in<'t>(context: &SetContext<'_, 't>, workload: Object<'t>, rule: Node<'t>) -> bool {
    let mut peers = rule.items_at("from").peekable();
    if peers.peek().is_none() {
        return true;
    }
    peers.any(|peer| {
        let Some(pods) = peer.get("podSelector").filter(|_| peer.get("namespaceSelector").is_none()) else { return true };
        let pods = selector::read(pods);
        let workloads = context.index.workloads().iter().chain(context.others.workloads());
        let mut own = workloads.filter(|(other, _)| other.namespace() == workload.namespace()).filter_map(|(other, _)| other.pod());
        !own.any(|pod| selector::matches(&pods, pod.labels()))
    })
}

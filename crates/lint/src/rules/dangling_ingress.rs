//! `dangling-ingress`: an Ingress that leads nowhere.
//!
//! # What it checks
//!
//! Each Service that an Ingress names is in the render or in a chart beside it, and has the port that it names.
//!
//! # Why it matters
//!
//! Whoever calls gets an error 503.
//!
//! # Example
//!
//! ```yaml
//! backend: {service: {name: web, port: {name: http}}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! backend: {service: {name: api, port: {name: http}}}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::{Object, Spec};
use k8s_openapi::api::core::v1::ServicePort;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-ingress",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &[
        "kube-linter:dangling-ingress",
        "kube-score:ingress-targets-service",
        "kubescape:C-0298",
        "popeye:POP-1401",
        "popeye:POP-1402",
    ],
    reason: "Whoever calls gets an error 503.",
    cure: "Name a Service and a port of it.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for object in context.index.of(Kind::Ingress) {
        let (Some(namespace), Some(spec)) = (object.namespace(), object.spec_node()) else { continue };
        let paths = spec.items_at("rules").filter_map(|rule| rule.get("http")).flat_map(|http| http.items_at("paths"));
        let backends = paths.filter_map(|path| path.get("backend")).chain(spec.get("defaultBackend"));
        for service in backends.filter_map(|backend| backend.get("service")) {
            let Some(name) = service.get("name") else { continue };
            let Some(text) = name.str().filter(|text| !text.is_empty()) else { continue };
            match context.find(Kind::Service, namespace, text) {
                None => {
                    sink.report(object, name, format!("no chart makes the Service {text}"));
                }
                Some(found) if !serves(found, service) => {
                    sink.report(object, service.nearest(&["port"]), format!("Service {text} has no such port"));
                }
                Some(_) => {}
            }
        }
    }
}

fn serves(found: Object<'_>, backend: Node<'_>) -> bool {
    let Spec::Service(spec) = found.spec() else { return true };
    let (name, number) = (backend.at(&["port", "name"]).and_then(Node::str), backend.at(&["port", "number"]).and_then(Node::int));
    let external = spec.type_.as_deref() == Some("ExternalName");
    let meets = |port: &ServicePort| {
        name.is_none_or(|name| port.name.as_deref() == Some(name)) && number.is_none_or(|number| i64::from(port.port) == number)
    };
    external || spec.ports.iter().flatten().any(meets)
}

//! `ingress-conflict`: two rules for the same host and path.
//!
//! # What it checks
//!
//! No two Ingresses of one class, nor two rules of one Ingress, lead the same path of the same host to different backends.
//! Canaries, rules with conditions or actions of the AWS load balancer controller, and paths of different types are told apart.
//!
//! # Why it matters
//!
//! One of them never gets a request; which one depends on the controller and on which was made first.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - {host: a.example.com, http: {paths: [{path: /, backend: …web}]}}
//!   - {host: a.example.com, http: {paths: [{path: /, backend: …api}]}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - {host: a.example.com, http: {paths: [{path: /, backend: …web}, {path: /api, backend: …api}]}}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use std::collections::HashMap;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ingress-conflict",
    severity: Severity::Error,
    by_default: true,
    group: "Networking",
    aliases: &["kyverno:unique-ingress-host-and-path", "kyverno:unique-ingress-path", "kyverno:unique-ingress-host"],
    reason: "One of them never gets a request, and which one depends on the controller.",
    cure: "Give one of them another host or path.",
    check: Check::Set(check),
};

/// Class, host, path, type of path.
type Route<'t> = (&'t str, &'t str, &'t str, &'t str);

// What is made twice is one object in the end, and no conflict with itself.
fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let mut first: HashMap<Route<'t>, (Object<'t>, Node<'t>)> = HashMap::new();
    for object in context.index.of(Kind::Ingress).filter(|object| !is_conditional(*object)) {
        for rule in object.spec_node().into_iter().flat_map(|spec| spec.items_at("rules")) {
            for path in rule.get("http").into_iter().flat_map(|http| http.items_at("paths")) {
                let Some(backend) = path.get("backend").filter(|backend| !is_action(*backend)) else { continue };
                let kind = path.str_at("pathType").unwrap_or("ImplementationSpecific");
                let route = (class(object), rule.str_at("host").unwrap_or_default(), path.str_at("path").unwrap_or("/"), kind);
                let (earlier, place) = *first.entry(route).or_insert((object, path));
                let same = earlier.is(object) && place.id() == path.id() || earlier.makes_again(object);
                if same || earlier.namespace() == object.namespace() && place.get("backend").is_some_and(|one| is_like(one, backend)) {
                    continue;
                }
                let host = if route.1.is_empty() { "every host" } else { route.1 };
                let message = format!("{host} already has a rule for the path {}", route.2);
                sink.report(object, path.nearest(&["path"]), message).also(earlier, place.nearest(&["path"]));
            }
        }
    }
}

fn annotation<'t>(object: Object<'t>, name: &str) -> Option<&'t str> {
    object.root().at(&["metadata", "annotations", name])?.str()
}

fn class<'t>(object: Object<'t>) -> &'t str {
    let named = object.spec_node().and_then(|spec| spec.str_at("ingressClassName"));
    named.or_else(|| annotation(object, "kubernetes.io/ingress.class")).unwrap_or_default()
}

/// Whether its rules hold for a part of the requests only.
fn is_conditional(object: Object<'_>) -> bool {
    let annotations = object.root().at(&["metadata", "annotations"]);
    annotation(object, "nginx.ingress.kubernetes.io/canary") == Some("true")
        || annotations.into_iter().flat_map(Node::entries).any(|(name, _)| name.starts_with("alb.ingress.kubernetes.io/conditions."))
}

/// Whether a backend stands for what an annotation says: a redirect before the rule that serves.
fn is_action(backend: Node<'_>) -> bool {
    backend.at(&["service", "port", "name"]).and_then(Node::str) == Some("use-annotation")
}

/// Whether two backends lead to the same Service and port, or to the same resource.
fn is_like(one: Node<'_>, other: Node<'_>) -> bool {
    let text = |path: &[&str]| one.at(path).and_then(Node::scalar) == other.at(path).and_then(Node::scalar);
    let service = [&["service", "name"][..], &["service", "port", "name"], &["service", "port", "number"]];
    service.into_iter().chain([&["resource", "kind"][..], &["resource", "name"]]).all(text)
}

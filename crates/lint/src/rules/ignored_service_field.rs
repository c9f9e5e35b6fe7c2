//! `ignored-service-field`: a field of a Service that does nothing.
//!
//! # What it checks
//!
//! A headless Service has no `loadBalancerIP`, `externalIPs` or `sessionAffinity`; `externalName` goes with the type
//! `ExternalName` alone, and `externalIPs` not with it. The messages are the warnings of the API server.
//!
//! # Why it matters
//!
//! The API server takes the field and nothing acts on it: what was meant does not happen.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   externalName: db.example.com
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   type: ExternalName
//!   externalName: db.example.com
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::fix::Fix;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ignored-service-field",
    severity: Severity::Warning,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server takes the field, and nothing acts on it.",
    cure: "Leave the field out, or change the type that it belongs to.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Some(spec) = context.object.spec_node().filter(|_| context.object.kind() == Kind::Service) else { return };
    let is_external = spec.str_at("type") == Some("ExternalName");
    let is_headless = spec.str_at("clusterIP") == Some("None") || spec.items_at("clusterIPs").next().and_then(Node::str) == Some("None");
    let mut report = |node: Node<'t>, message: &str| {
        sink.report(context.object, node, message.to_owned()).fix(Fix::remove(node));
    };
    // `pkg/api/service/warnings.go`
    let addresses = spec.get("externalIPs").filter(|addresses| addresses.items().next().is_some());
    if is_headless {
        if let Some(node) = spec.get("loadBalancerIP").filter(|node| node.str().is_some_and(|text| !text.is_empty())) {
            report(node, "spec.loadBalancerIP is ignored for headless services");
        }
        if let Some(node) = addresses {
            report(node, "spec.externalIPs is ignored for headless services");
        }
        if let Some(node) = spec.get("sessionAffinity").filter(|node| node.str().is_some_and(|text| !matches!(text, "" | "None"))) {
            report(node, "spec.SessionAffinity is ignored for headless services");
        }
    }
    if let Some(node) = addresses.filter(|_| is_external) {
        report(node, "spec.externalIPs is ignored when spec.type is \"ExternalName\"");
    }
    if let Some(node) = spec.get("externalName").filter(|node| !is_external && node.str().is_some_and(|text| !text.is_empty())) {
        report(node, "spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
}

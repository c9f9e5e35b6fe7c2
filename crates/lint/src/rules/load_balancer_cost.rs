//! `load-balancer-cost`: a load balancer of its own.
//!
//! # What it checks
//!
//! No Service is of the type `LoadBalancer`.
//!
//! # Why it matters
//!
//! In a cloud each costs some money every hour, has an address of its own, and is one more way in that has to be guarded. An
//! Ingress or a Gateway serves many applications with one.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   type: LoadBalancer
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   type: ClusterIP # and an Ingress or a route before it
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "load-balancer-cost",
    severity: Severity::Info,
    by_default: true,
    group: "Resources/cost/observability",
    aliases: &["kube-linter:exposed-services", "kyverno:no-loadbalancer-service", "popeye:POP-1103"],
    reason: "In a cloud each costs money every hour, and is one more way in.",
    cure: "Share one: use an Ingress or a Gateway.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Service {
        return;
    }
    if let Some(kind) = context.object.root().at(&["spec", "type"]).filter(|kind| Node::str(*kind) == Some("LoadBalancer")) {
        sink.report(context.object, kind, "the Service has a load balancer of its own".to_owned());
    }
}

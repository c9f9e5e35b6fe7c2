//! `service-nodeport`: a Service that opens a port of every node.
//!
//! # What it checks
//!
//! No Service is of the type `NodePort`. The port that a `LoadBalancer` takes besides is left alone.
//!
//! # Why it matters
//!
//! The port is open on every node, whether or not a pod runs there, with no TLS and past whatever guards the usual way in. Two
//! charts that ask for the same one cannot be installed together.
//!
//! # Example
//!
//! ```yaml
//! kind: Service
//! spec:
//!   type: NodePort
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Service
//! spec:
//!   type: ClusterIP # and an Ingress before it
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "service-nodeport",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &[
        "kube-linter:exposed-services",
        "kube-score:service-type",
        "kyverno:restrict-nodeport",
        "datree:SERVICE_INCORRECT_TYPE_VALUE_NODEPORT",
        "popeye:POP-1104",
    ],
    reason: "The port is open on every node, past whatever guards the usual way in.",
    cure: "Use ClusterIP with an Ingress before it, or LoadBalancer.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Service {
        return;
    }
    if let Some(kind) = context.object.root().at(&["spec", "type"]).filter(|kind| Node::str(*kind) == Some("NodePort")) {
        sink.report(context.object, kind, "the Service opens a port of every node".to_owned());
    }
}

//! `invalid-port`: a number that is no port.
//!
//! # What it checks
//!
//! Ports of containers, probes and Services are between 1 and 65535; a `hostPort` may also be 0, which is none.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - containerPort: 80800
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "invalid-port",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Use a number between 1 and 65535.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let mut places: Vec<(Option<Node<'t>>, i64)> = Vec::new();
    for container in context.object.pod().into_iter().flat_map(|pod| pod.containers()) {
        for port in container.node.items_at("ports") {
            places.push((port.get("containerPort"), 1));
            places.push((port.get("hostPort"), 0));
        }
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"].into_iter().filter_map(|field| container.node.get(field)) {
            places.extend(["httpGet", "tcpSocket", "grpc"].into_iter().map(|handler| (probe.at(&[handler, "port"]), 1)));
        }
    }
    if context.object.kind() == Kind::Service {
        for port in context.object.root().nearest(&["spec"]).items_at("ports") {
            places.push((port.get("port"), 1));
            // 0 is filled in with the port.
            places.push((port.get("targetPort"), 0));
        }
    }
    for (node, least) in places {
        let Some((node, number)) = node.and_then(|node| Some((node, node.int()?))) else { continue };
        if !(least..=65535).contains(&number) {
            sink.report(context.object, node, format!("{number} is no port: a port is between 1 and 65535"));
        }
    }
}

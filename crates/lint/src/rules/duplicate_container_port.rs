//! `duplicate-container-port`: a port that is declared twice.
//!
//! # What it checks
//!
//! No two ports of a container share number and protocol. Two of one name are `duplicate-list-key`.
//!
//! # Why it matters
//!
//! The API server accepts it with a warning; of two ports of one number a server-side apply loses one.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - {name: http, containerPort: 8080}
//!   - {name: metrics, containerPort: 8080}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - {name: http, containerPort: 8080}
//!   - {name: metrics, containerPort: 9090}
//! ```

use std::collections::HashMap;

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-container-port",
    severity: Severity::Warning,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-score:container-ports-check"],
    reason: "The API server warns: of two ports of one number a server-side apply loses one.",
    cure: "Declare each port once.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        let mut seen: HashMap<(i64, &str), Node<'t>> = HashMap::new();
        for port in container.node.items_at("ports") {
            let Some(number) = port.get("containerPort").and_then(Node::int) else { continue };
            let protocol = port.str_at("protocol").unwrap_or("TCP");
            if let Some(earlier) = seen.insert((number, protocol), port) {
                let message = format!("container {} declares the port {number}/{protocol} twice", container.name());
                sink.report(context.object, port, message).also(context.object, earlier);
            }
        }
    }
}

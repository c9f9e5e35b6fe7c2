//! `duplicate-container-port`: a port that is declared twice.
//!
//! # What it checks
//!
//! No two ports of a container share number and protocol, or a name.
//!
//! # Why it matters
//!
//! Two of one name are refused by the API server; of two of one number a server-side apply loses one.
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

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-container-port",
    severity: Severity::Warning,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-score:container-ports-check"],
    reason: "Two of one name are refused; of two of one number a server-side apply loses one.",
    cure: "Declare each port once.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        let mut seen: Vec<(i64, &str, Option<&str>, Node<'t>)> = Vec::new();
        for port in container.node.items_at("ports") {
            let Some(number) = port.get("containerPort").and_then(Node::int) else { continue };
            let (protocol, name) = (port.str_at("protocol").unwrap_or("TCP"), port.str_at("name"));
            let same = |(known, with, called, _): &&(i64, &str, Option<&str>, Node<'t>)| {
                (*known == number && *with == protocol) || (name.is_some() && *called == name)
            };
            if let Some((known, with, _, earlier)) = seen.iter().find(same) {
                let what = if *known == number && *with == protocol {
                    format!("{number}/{protocol}")
                } else {
                    name.unwrap_or_default().to_owned()
                };
                sink.report(context.object, port, format!("container {} declares the port {what} twice", container.name()))
                    .also(context.object, *earlier);
            }
            seen.push((number, protocol, name, port));
        }
    }
}

//! `service-port-names`: several ports without names.
//!
//! # What it checks
//!
//! Each port of a Service with more than one port has a name, and no two the same.
//!
//! # Why it matters
//!
//! The API server refuses the Service.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - port: 80
//!   - port: 9090
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - name: http
//!     port: 80
//!   - name: metrics
//!     port: 9090
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::object::Spec;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "service-port-names",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a Service with several ports of which one has no name.",
    cure: "Give each port a name of its own.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Spec::Service(spec) = context.object.spec() else { return };
    if spec.ports.as_ref().is_none_or(|ports| ports.len() < 2) {
        return;
    }
    let mut seen: Vec<(&str, Node<'t>)> = Vec::new();
    for port in context.object.root().nearest(&["spec", "ports"]).items() {
        let Some(name) = port.str_at("name").filter(|name| !name.is_empty()) else {
            sink.report(context.object, port, "a port has no name, and there are several".to_owned());
            continue;
        };
        match seen.iter().find(|(known, _)| *known == name) {
            Some((_, earlier)) => {
                sink.report(context.object, port.nearest(&["name"]), format!("two ports are named {name}")).also(context.object, *earlier);
            }
            None => seen.push((name, port.nearest(&["name"]))),
        }
    }
}

//! `invalid-container-name`: a container whose name is not allowed, or given twice.
//!
//! # What it checks
//!
//! The name of each container has at most 63 lower-case letters, digits and `-`, begins and ends with a letter or digit, and no two
//! of a pod are the same, init containers included.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: my_api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: my-api
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "invalid-container-name",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Use lower-case letters, digits and -, and a name for each container.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let mut seen: Vec<(&str, Node<'t>)> = Vec::new();
    for container in context.pod.containers() {
        let node = container.node.nearest(&["name"]);
        let name = container.name();
        if name.is_empty() {
            sink.report(context.object, node, "a container has no name".to_owned());
        } else if !super::names::is_dns_label(name) {
            sink.report(context.object, node, format!("the container name {name} is not of lower-case letters, digits and -, 63 at most"));
        } else if let Some((_, earlier)) = seen.iter().find(|(known, _)| *known == name) {
            sink.report(context.object, node, format!("two containers are named {name}")).also(context.object, *earlier);
        } else {
            seen.push((name, node));
        }
    }
}

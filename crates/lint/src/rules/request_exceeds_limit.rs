//! `request-exceeds-limit`: a container asks for more than it may use.
//!
//! # What it checks
//!
//! No request of a container, or of a pod as a whole, is above the limit of the same resource. `1` and `1000m`, `1Gi` and `1024Mi`
//! are equal.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   requests: {memory: 1Gi}
//!   limits: {memory: 512Mi}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests: {memory: 512Mi}
//!   limits: {memory: 512Mi}
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::quantity::Quantity;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "request-exceeds-limit",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a request above its limit.",
    cure: "Raise the limit or lower the request.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let owners = context.pod.containers().map(|container| (format!("container {}", container.name()), container.node));
    for (owner, node) in std::iter::once(("the pod".to_owned(), context.pod.spec())).chain(owners) {
        let limits = node.at(&["resources", "limits"]);
        for (name, request) in node.get("resources").into_iter().flat_map(|resources| resources.entries_at("requests")) {
            let Some(limit) = limits.and_then(|limits| limits.get(name)) else { continue };
            let (Some(asked), Some(most)) = (quantity(request), quantity(limit)) else { continue };
            if asked > most {
                sink.report(context.object, request, format!("{owner} requests {asked} of {name}, above its limit of {most}"))
                    .also(context.object, limit);
            }
        }
    }
}

fn quantity(node: Node<'_>) -> Option<Quantity> {
    Quantity::parse(node.scalar()?).ok()
}

//! `dangling-servicemonitor`: a ServiceMonitor that finds nothing.
//!
//! # What it checks
//!
//! The selector of a ServiceMonitor meets the labels of some Service, of the render or of a chart beside it, where it looks in
//! the namespace of the release alone. Where a custom resource, or an operator whose role lets it make pods, may bring Services
//! of its own, nothing is said.
//!
//! # Why it matters
//!
//! Nothing is scraped, and no alert tells of it: metrics that are not there are below every threshold.
//!
//! # Example
//!
//! ```yaml
//! kind: ServiceMonitor
//! spec:
//!   selector: {matchLabels: {app: web}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: ServiceMonitor
//! spec:
//!   selector: {matchLabels: {app: api}}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::selector;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-servicemonitor",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["kube-linter:dangling-servicemonitor"],
    reason: "Nothing is scraped, and no alert tells of it.",
    cure: "Use the labels of the Service itself, not those of its pods.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete || super::operators::may_make_pods(context) {
        return;
    }
    for monitor in context.index.of(Kind::ServiceMonitor) {
        let (Some(spec), Some(own)) = (monitor.spec_node(), monitor.namespace()) else { continue };
        let Some(node) = spec.get("selector") else { continue };
        let namespaces = spec.nearest(&["namespaceSelector"]);
        let mut names = namespaces.items_at("matchNames").filter_map(Node::str).peekable();
        let only_ours = match names.peek() {
            Some(_) => names.all(|name| name == monitor.release_namespace()),
            None => own == monitor.release_namespace(),
        };
        if !only_ours || namespaces.get("any").and_then(Node::bool) == Some(true) {
            continue;
        }
        let labels = selector::read(node);
        let mut services = context.index.of(Kind::Service).chain(context.others.of(Kind::Service));
        let meets = |service: chartwright_kube::object::Object<'t>| {
            service.namespace() == Some(monitor.release_namespace())
                && selector::matches(&labels, service.root().at(&["metadata", "labels"]))
        };
        if !services.any(meets) {
            sink.report(monitor, node, "no Service has the labels that the monitor selects".to_owned());
        }
    }
}

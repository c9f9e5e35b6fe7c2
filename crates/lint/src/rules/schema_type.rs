//! `schema-type`: a value of another type than its field's.
//!
//! # What it checks
//!
//! Every field of a built-in kind holds what its release's schema wants: text, a number, a list, a quantity, a time. Until the schemas are
//! loaded, only the parts that are read by type (containers, security settings, autoscalers, …) are looked at.
//!
//! # Why it matters
//!
//! The API server refuses the object. Most often a template printed a number or `true` without quotes into an environment variable,
//! an annotation or a label.
//!
//! # Example
//!
//! ```yaml
//! env:
//!   - name: PORT
//!     value: 8080
//! ```
//!
//! # Cure
//!
//! ```yaml
//! env:
//!   - name: PORT
//!     value: "8080"
//! ```

use chartwright_kube::node::Node;
use chartwright_kube::schema::FaultKind;
use chartwright_yaml::NodeView;

use crate::finding::Severity;
use crate::fix::Fix;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "schema-type",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["kube-linter:schema-validation", "kubeconform:type"],
    reason: "The API server refuses an object with a value of the wrong type.",
    cure: "Write the value in the type that the field has.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.schema.is_some_and(|judged| judged.resource.is_some()) {
        for (fault, node) in context.faults(&[FaultKind::Type, FaultKind::Unreadable]) {
            report(context, node, &fault.message, fault.message.ends_with(" of type string"), sink);
        }
    } else {
        for fault in context.object.faults() {
            let wants_text = fault.message.ends_with("expected a string");
            report(context, context.object.fault_node(fault), &fault.message, wants_text, sink);
        }
    }
}

fn report<'t>(context: ObjectContext<'t>, node: Node<'t>, message: &str, wants_text: bool, sink: &mut Sink<'_, 't>) {
    let reported = sink.report(context.object, node, message.to_owned());
    if wants_text && !matches!(node.view(), NodeView::Sequence(_) | NodeView::Mapping(_)) {
        reported.cure("Put the value in quotes; in a template, pipe it through quote.".to_owned()).fix(Fix::quote(node));
    }
}

//! `schema-type`: a value of another type than its field's.
//!
//! # What it checks
//!
//! The parts of objects that Chartwright reads by type (containers, security settings, autoscalers, disruption budgets, claims,
//! services, ingresses) hold text where Kubernetes wants text, numbers where it wants numbers, and so on.
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

use chartwright_yaml::NodeView;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "schema-type",
    severity: Severity::Error,
    group: "Schema",
    aliases: &[],
    reason: "The API server refuses an object with a value of the wrong type.",
    cure: "Write the value in the type that the field has.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for fault in context.object.faults() {
        let node = context.object.fault_node(fault);
        let unquoted = fault.message.ends_with("expected a string") && !matches!(node.view(), NodeView::Sequence(_) | NodeView::Mapping(_));
        let reported = sink.report(context.object, node, fault.message.clone());
        if unquoted {
            reported.cure("Put the value in quotes; in a template, pipe it through quote.".to_owned());
        }
    }
}

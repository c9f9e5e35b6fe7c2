//! `unknown-field`: a field that the kind does not have.
//!
//! # What it checks
//!
//! Every field of a built-in kind is one that the chosen release of Kubernetes has.
//!
//! # Why it matters
//!
//! The API server refuses the object when it is asked to validate fields strictly, as `kubectl` does, and otherwise drops the field: what it was
//! meant to do does not happen. Most often a name is misspelled, or indented under the wrong parent.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   replica: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   replicas: 3
//! ```

use chartwright_kube::schema::FaultKind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "unknown-field",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["kube-linter:schema-validation", "kubeconform:additionalProperties"],
    reason: "Kubernetes refuses the field or drops it, so that it has no effect.",
    cure: "Correct the field's name or its indentation, or choose a release that has it.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for (fault, node) in context.faults(&[FaultKind::Unknown]) {
        sink.report(context.object, node, fault.message.clone());
    }
}

//! `missing-required`: a field that has to be there is not.
//!
//! # What it checks
//!
//! Every object within a built-in kind has the fields that the API server asks for. Null counts as absent.
//!
//! # Why it matters
//!
//! The API server refuses the object. Most often a value was left empty, or a template's condition left a line out.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - name: http
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - name: http
//!     containerPort: 8080
//! ```

use chartwright_kube::schema::FaultKind;
use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-required",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["kube-linter:schema-validation", "kubeconform:required"],
    reason: "The API server refuses an object without it.",
    cure: "Set the field.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for (fault, node) in context.faults(&[FaultKind::Missing]) {
        sink.report(context.object, node, fault.message.clone());
    }
    sink.invalid(context, &[Concern::Required]);
}

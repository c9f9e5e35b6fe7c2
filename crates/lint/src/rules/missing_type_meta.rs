//! `missing-type-meta`: a document that does not say what it is.
//!
//! # What it checks
//!
//! Each object has an `apiVersion` and a `kind`, both text.
//!
//! # Why it matters
//!
//! Helm and the API server refuse it. Most often a template left a line out, or wrote text where an object should be.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   name: settings
//! ```
//!
//! # Cure
//!
//! ```yaml
//! apiVersion: v1
//! kind: ConfigMap
//! metadata:
//!   name: settings
//! ```

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "missing-type-meta",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["kubeconform:missing-kind"],
    reason: "Helm and the API server refuse what does not say what it is.",
    cure: "Write apiVersion and kind at the top of the document.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let root = context.object.root();
    let missing: Vec<&str> = ["apiVersion", "kind"].into_iter().filter(|field| root.str_at(field).is_none_or(str::is_empty)).collect();
    if !missing.is_empty() {
        sink.report(context.object, root, format!("the document has no {}", missing.join(" and no ")));
    }
}

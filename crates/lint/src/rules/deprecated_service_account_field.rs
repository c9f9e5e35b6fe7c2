//! `deprecated-service-account-field`: the old name of a field.
//!
//! # What it checks
//!
//! No pod sets `serviceAccount`, unless `serviceAccountName` says the same.
//!
//! # Why it matters
//!
//! The field is kept for old clients only. Where both are set and differ, which one holds depends on who wrote last: tools that
//! merge change the account without being told.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   serviceAccount: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   serviceAccountName: api
//! ```

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-service-account-field",
    severity: Severity::Warning,
    by_default: true,
    group: "Deprecations",
    aliases: &["kube-linter:deprecated-service-account-field", "kubescape:C-0294"],
    reason: "The field is kept for old clients only, and which of the two holds depends on who wrote last.",
    cure: "Use serviceAccountName.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let spec = context.pod.spec();
    let Some(old) = spec.get("serviceAccount").filter(|old| Node::str(*old).is_some_and(|name| !name.is_empty())) else { return };
    if spec.str_at("serviceAccountName") != old.str() {
        // Where both stand and differ, somebody has to choose.
        let name = old.str().filter(|_| spec.get("serviceAccountName").is_none()).map(|name| NewValue::String(name.to_owned()));
        let fix = name.map(|name| Fix::remove(old).and(Fix::set(spec, &["serviceAccountName"], name)));
        sink.report(context.object, old, "serviceAccount is deprecated: use serviceAccountName".to_owned()).fix(fix);
    }
}

//! `env-value-conflict`: an environment variable with a value and a source.
//!
//! # What it checks
//!
//! No environment variable has both a `value` that is not empty and a `valueFrom`.
//!
//! # Why it matters
//!
//! The API server refuses the object. It happens when a default value and a reference to a Secret are merged.
//!
//! # Example
//!
//! ```yaml
//! env:
//!   - name: TOKEN
//!     value: changeme
//!     valueFrom: {secretKeyRef: {name: api, key: token}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! env:
//!   - name: TOKEN
//!     valueFrom: {secretKeyRef: {name: api, key: token}}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "env-value-conflict",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a variable with a value and a source.",
    cure: "Keep one of value and valueFrom.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        for variable in container.node.items_at("env") {
            let (Some(value), Some(source)) = (variable.get("value"), variable.get("valueFrom")) else { continue };
            if value.str().is_some_and(|text| !text.is_empty()) {
                let name = variable.str_at("name").unwrap_or_default();
                let message = format!("variable {name} of container {} has both a value and a valueFrom", container.name());
                sink.report(context.object, value, message).also(context.object, source);
            }
        }
    }
}

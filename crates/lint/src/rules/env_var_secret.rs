//! `env-var-secret`: a secret that is written into an environment variable.
//!
//! # What it checks
//!
//! A variable whose name speaks of a password, secret, token, credential or key has no literal `value`. Names that speak of where the
//! secret is (`…_FILE`, `…_PATH`, `…_NAME`, `…_URL`, `…_ENABLED`, `…_TTL` and their like), references to other variables, booleans,
//! numbers and paths are left alone.
//!
//! # Why it matters
//!
//! The value stands in the manifest, in the history of releases and in Git, for all who may read one of them.
//!
//! # Example
//!
//! ```yaml
//! env:
//!   - name: DB_PASSWORD
//!     value: hunter2
//! ```
//!
//! # Cure
//!
//! ```yaml
//! env:
//!   - name: DB_PASSWORD
//!     valueFrom: {secretKeyRef: {name: db, key: password}}
//! ```

use crate::credentials;
use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "env-var-secret",
    severity: Severity::Warning,
    by_default: true,
    group: "Security",
    aliases: &["kube-linter:env-var-secret", "polaris:sensitiveContainerEnvVar", "kubescape:C-0012", "kubescape:C-0259"],
    reason: "The value stands in the manifest, in the history of releases and in Git.",
    cure: "Keep the value in a Secret and refer to it by secretKeyRef.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        for variable in container.node.items_at("env") {
            let (Some(name), Some(value)) = (variable.str_at("name"), variable.get("value")) else { continue };
            if credentials::speaks(name) && value.str().is_some_and(is_literal) {
                sink.report(context.object, value, format!("the value of {name} stands in container {} for all to read", container.name()));
            }
        }
    }
}

fn is_literal(text: &str) -> bool {
    let text = text.trim();
    let plain = matches!(text, "" | "true" | "false" | "yes" | "no" | "on" | "off") || text.parse::<f64>().is_ok();
    !plain && !text.contains("$(") && !text.starts_with('/')
}

//! `duplicate-env-var`: an environment variable that is set twice.
//!
//! # What it checks
//!
//! No name occurs twice in a container's `env`.
//!
//! # Why it matters
//!
//! The last one wins, which is seldom what the values file shows; a server-side apply of such a list loses entries.
//!
//! # Example
//!
//! ```yaml
//! env:
//!   - {name: LOG_LEVEL, value: info}
//!   - {name: LOG_LEVEL, value: debug}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! env:
//!   - {name: LOG_LEVEL, value: debug}
//! ```

use std::collections::HashMap;

use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-env-var",
    severity: Severity::Warning,
    by_default: true,
    group: "Labels/metadata",
    aliases: &["kube-linter:duplicate-env-var", "kube-score:environment-variable-key-duplication", "kubescape:C-0295"],
    reason: "The last one wins, which is seldom what the values show, and a server-side apply may lose one.",
    cure: "Set the variable once.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        let mut first: HashMap<&str, Node<'t>> = HashMap::new();
        for name in container.node.items_at("env").filter_map(|variable| variable.get("name")) {
            let Some(text) = name.str() else { continue };
            match first.get(text) {
                Some(earlier) => {
                    sink.report(context.object, name, format!("container {} sets {text} twice", container.name()))
                        .also(context.object, *earlier);
                }
                None => {
                    first.insert(text, name);
                }
            }
        }
    }
}

//! `probe-handler`: a probe that asks nothing, or two things.
//!
//! # What it checks
//!
//! Each probe has exactly one of `httpGet`, `tcpSocket`, `grpc` and `exec`.
//!
//! # Why it matters
//!
//! The API server refuses the object. Two handlers come of merging: a chart's default and one of yours. Set the default to `null`.
//!
//! # Example
//!
//! ```yaml
//! livenessProbe:
//!   httpGet: {path: /, port: http}
//!   exec: {command: [/bin/true]}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! livenessProbe:
//!   httpGet: null
//!   exec: {command: [/bin/true]}
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "probe-handler",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a probe that does not ask exactly one thing.",
    cure: "Keep one handler and set the others to null.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    for container in context.pod.containers() {
        for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
            let Some(probe) = container.node.get(field) else { continue };
            let handlers: Vec<&str> =
                ["httpGet", "tcpSocket", "grpc", "exec"].into_iter().filter(|handler| probe.get(handler).is_some()).collect();
            if handlers.len() != 1 {
                let what =
                    if handlers.is_empty() { "no handler".to_owned() } else { format!("more than one handler: {}", handlers.join(", ")) };
                sink.report(context.object, probe, format!("the {field} of container {} has {what}", container.name()));
            }
        }
    }
}

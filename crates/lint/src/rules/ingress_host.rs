//! `ingress-host`: an Ingress that answers for every host.
//!
//! # What it checks
//!
//! Each rule of an Ingress has a host, and one without a wildcard.
//!
//! # Why it matters
//!
//! Without a host the rule answers whatever name is asked for, and takes paths from other teams on the same controller. A
//! wildcard takes every name below it that nobody else has claimed.
//!
//! # Example
//!
//! ```yaml
//! rules:
//!   - http: {paths: []}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! rules:
//!   - host: api.example.com
//!     http: {paths: []}
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "ingress-host",
    severity: Severity::Warning,
    by_default: true,
    group: "Networking",
    aliases: &[
        "kyverno:disallow-empty-ingress-host",
        "kyverno:restrict-ingress-wildcard",
        "datree:INGRESS_INCORRECT_HOST_VALUE_PERMISSIVE",
    ],
    reason: "The rule answers for names that are not its own, and takes them from others on the same controller.",
    cure: "Name the host that the application is reached under.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::Ingress {
        return;
    }
    let Some(spec) = context.object.spec_node() else { return };
    for rule in spec.items_at("rules") {
        let host = rule.get("host");
        match host.and_then(|host| host.str()).unwrap_or_default() {
            "" => {
                sink.report(context.object, host.unwrap_or(rule), "the rule has no host, so it answers for every one".to_owned());
            }
            text if text.contains('*') => {
                sink.report(context.object, host.unwrap_or(rule), format!("the rule answers for every host of {text}"));
            }
            _ => {}
        }
    }
}

//! `host-aliases`: names that a pod resolves in its own way.
//!
//! # What it checks
//!
//! No pod has `hostAliases`.
//!
//! # Why it matters
//!
//! The pod goes elsewhere for a name than everything else does: nobody who looks at DNS sees it, and it stays when the address
//! changes.
//!
//! # Example
//!
//! ```yaml
//! hostAliases:
//!   - ip: 10.0.0.7
//!     hostnames: [db.example.com]
//! ```
//!
//! # Cure
//!
//! ```yaml
//! hostAliases: [] # and a Service of type ExternalName, or a record in DNS
//! ```

use crate::finding::Severity;
use crate::rule::{Check, PodContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "host-aliases",
    severity: Severity::Info,
    by_default: false,
    group: "Security",
    aliases: &["trivy:KSV007"],
    reason: "The pod goes elsewhere for a name than everything else does, and nobody who looks at DNS sees it.",
    cure: "Use a Service of type ExternalName, or a record in DNS.",
    check: Check::Pod(check),
};

fn check<'t>(context: PodContext<'t>, sink: &mut Sink<'_, 't>) {
    let Some(aliases) = context.pod.spec().get("hostAliases") else { return };
    if aliases.items().next().is_some() {
        sink.report(context.object, aliases, "the pod resolves names in its own way".to_owned());
    }
}

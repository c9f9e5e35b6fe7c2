//! `procMount_restricted`: a container that sees all of /proc, users of its own or not.
//!
//! # What it checks
//!
//! From Kubernetes 1.35 on `securityContext.procMount` of containers is `Default` where it is set, for pods with `hostUsers: false`
//! too, which the baseline lets unmask it.
//!
//! # Why it matters
//!
//! Runtimes hide parts of /proc through which a container reads or changes the kernel of its node.
//!
//! # Example
//!
//! ```yaml
//! hostUsers: false
//! containers:
//!   - name: api
//!     securityContext:
//!       procMount: Unmasked
//! ```
//!
//! # Cure
//!
//! ```yaml
//! hostUsers: false
//! containers:
//!   - name: api
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "procMount_restricted",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS restricted",
    aliases: &[],
    reason: "What runtimes hide in /proc reads or changes the kernel of the node.",
    cure: "Leave procMount out.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

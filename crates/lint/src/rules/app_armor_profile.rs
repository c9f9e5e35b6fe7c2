//! `appArmorProfile`: a pod that is freed of AppArmor.
//!
//! # What it checks
//!
//! `securityContext.appArmorProfile.type` of pod and containers, and the annotations of former times, are `RuntimeDefault` or
//! `Localhost` where they are set.
//!
//! # Why it matters
//!
//! The runtime's profile keeps containers from mounting and from the kernel's settings. `Unconfined` takes it away.
//!
//! # Example
//!
//! ```yaml
//! securityContext:
//!   appArmorProfile:
//!     type: Unconfined
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   appArmorProfile:
//!     type: RuntimeDefault
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "appArmorProfile",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &["trivy:KSV002", "kyverno:restrict-apparmor-profiles"],
    reason: "Unconfined takes away the profile that keeps containers from mounting and from the kernel's settings.",
    cure: "Leave the profile out or set it to RuntimeDefault.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};

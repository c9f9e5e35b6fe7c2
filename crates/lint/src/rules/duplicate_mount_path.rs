//! `duplicate-mount-path`: two volumes at one path.
//!
//! # What it checks
//!
//! No two `volumeMounts` of a container have the same `mountPath`, no device shares its name or path with a mount, and no two files
//! of a projected volume have the same path.
//!
//! # Why it matters
//!
//! The API server refuses the pod: one volume would hide the other.
//!
//! # Example
//!
//! ```yaml
//! volumeMounts:
//!   - {name: config, mountPath: /etc/app}
//!   - {name: secrets, mountPath: /etc/app}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumeMounts:
//!   - {name: config, mountPath: /etc/app/config}
//!   - {name: secrets, mountPath: /etc/app/secrets}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-mount-path",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses two volumes at one path.",
    cure: "Mount one of them elsewhere, or put both into a projected volume.",
    check: Check::Invalid(&[Concern::MountPath]),
};

//! `hpa-min-max`: an autoscaler whose minimum is above its maximum.
//!
//! # What it checks
//!
//! `minReplicas` (1 where it is left out) is not above `maxReplicas`.
//!
//! # Why it matters
//!
//! The API server refuses the autoscaler, and with it the release.
//!
//! # Example
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! spec:
//!   minReplicas: 5
//!   maxReplicas: 3
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! spec:
//!   minReplicas: 3
//!   maxReplicas: 5
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "hpa-min-max",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["polaris:hpaMaxAvailability"],
    reason: "The API server refuses the autoscaler, and with it the release.",
    cure: "Raise maxReplicas or lower minReplicas.",
    check: Check::Invalid(&[Concern::HpaBounds]),
};

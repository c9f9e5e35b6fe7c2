//! `progress-deadline`: a rollout that would fail before its pods count as available.
//!
//! # What it checks
//!
//! The `progressDeadlineSeconds` of a Deployment (600 where it is left out) is above its `minReadySeconds`.
//!
//! # Why it matters
//!
//! The API server refuses the Deployment: no rollout could ever succeed.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   minReadySeconds: 60
//!   progressDeadlineSeconds: 60
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   minReadySeconds: 60
//!   progressDeadlineSeconds: 600
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "progress-deadline",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a deadline that is not above minReadySeconds.",
    cure: "Raise progressDeadlineSeconds, or lower minReadySeconds.",
    check: Check::Invalid(&[Concern::ProgressDeadline]),
};

//! `rollout-strategy`: a rollout that contradicts itself.
//!
//! # What it checks
//!
//! A Deployment whose strategy is `Recreate` has no `rollingUpdate`; one that rolls has not both `maxSurge` and `maxUnavailable` at
//! 0.
//!
//! # Why it matters
//!
//! The API server refuses the Deployment: with both at 0 no pod may go and none may come.
//!
//! # Example
//!
//! ```yaml
//! strategy:
//!   type: Recreate
//!   rollingUpdate: {maxSurge: 1}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! strategy:
//!   type: Recreate
//!   rollingUpdate: null
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "rollout-strategy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a strategy that contradicts itself.",
    cure: "Set rollingUpdate to null with Recreate, and maxSurge or maxUnavailable above 0 without.",
    check: Check::Invalid(&[Concern::Rollout]),
};

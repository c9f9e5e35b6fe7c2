//! `pdb-policy`: a disruption budget with two rules.
//!
//! # What it checks
//!
//! A PodDisruptionBudget sets one of `minAvailable` and `maxUnavailable`, not both.
//!
//! # Why it matters
//!
//! The API server refuses the budget, and with it the release.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   minAvailable: 1
//!   maxUnavailable: 1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   maxUnavailable: 1
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "pdb-policy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-score:poddisruptionbudget-has-policy"],
    reason: "The API server refuses a budget with both.",
    cure: "Keep maxUnavailable, and set minAvailable to null.",
    check: Check::Invalid(&[Concern::PdbPolicy]),
};

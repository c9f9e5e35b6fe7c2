//! `job-completion-mode`: a Job whose way of completing contradicts itself.
//!
//! # What it checks
//!
//! An indexed Job says how many completions it wants; limits per index (`backoffLimitPerIndex`, `maxFailedIndexes`), the action
//! `FailIndex` and a success policy go with `completionMode: Indexed` alone.
//!
//! # Why it matters
//!
//! The API server refuses the Job.
//!
//! # Example
//!
//! ```yaml
//! kind: Job
//! spec:
//!   completionMode: Indexed
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Job
//! spec:
//!   completionMode: Indexed
//!   completions: 3
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "job-completion-mode",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the Job.",
    cure: "Set completions and completionMode to what the other fields need.",
    check: Check::Invalid(&[Concern::JobCompletion]),
};

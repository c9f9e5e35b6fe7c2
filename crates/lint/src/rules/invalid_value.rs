//! `invalid-value`: what the API server refuses, and no other rule has a name for.
//!
//! # What it checks
//!
//! The values of every built-in kind, as the validation of the API server does: numbers within their bounds, texts of the right form, fields
//! that go together or exclude each other. The finding is the server's own sentence.
//!
//! # Why it matters
//!
//! The API server refuses the object, and with it the release.
//!
//! # Example
//!
//! ```yaml
//! kind: Pod
//! spec:
//!   terminationGracePeriodSeconds: -1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Pod
//! spec:
//!   terminationGracePeriodSeconds: 30
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-value",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Change the value as the message says.",
    check: Check::Invalid(&[Concern::Other]),
};

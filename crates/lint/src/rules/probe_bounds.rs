//! `probe-bounds`: a time or a count of a probe below zero.
//!
//! # What it checks
//!
//! The times and thresholds of probes are not negative. Zero is allowed, and is filled in with the default.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! livenessProbe:
//!   periodSeconds: -1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! livenessProbe:
//!   periodSeconds: 10
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "probe-bounds",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[
        "datree:CONTAINERS_INCORRECT_PERIODSECONDS_VALUE",
        "datree:CONTAINERS_INCORRECT_TIMEOUTSECONDS_VALUE",
        "datree:CONTAINERS_INCORRECT_FAILURETHRESHOLD_VALUE",
        "datree:CONTAINERS_INCORRECT_INITIALDELAYSECONDS_VALUE",
    ],
    reason: "The API server refuses the object.",
    cure: "Use a number of at least 1, or leave it out.",
    check: Check::Invalid(&[Concern::ProbeBounds]),
};

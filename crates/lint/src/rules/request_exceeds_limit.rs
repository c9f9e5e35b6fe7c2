//! `request-exceeds-limit`: a container asks for more than it may use.
//!
//! # What it checks
//!
//! No request of a container, or of a pod as a whole, is above the limit of the same resource. `1` and `1000m`, `1Gi` and `1024Mi`
//! are equal.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   requests: {memory: 1Gi}
//!   limits: {memory: 512Mi}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   requests: {memory: 512Mi}
//!   limits: {memory: 512Mi}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "request-exceeds-limit",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a request above its limit.",
    cure: "Raise the limit or lower the request.",
    check: Check::Invalid(&[Concern::RequestAboveLimit]),
};

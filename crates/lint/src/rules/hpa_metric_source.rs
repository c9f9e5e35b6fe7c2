//! `hpa-metric-source`: a metric whose source is not of its type.
//!
//! # What it checks
//!
//! Each metric of a HorizontalPodAutoscaler has the source that its `type` names, and no other.
//!
//! # Why it matters
//!
//! The API server refuses the autoscaler.
//!
//! # Example
//!
//! ```yaml
//! metrics:
//!   - type: Resource
//!     pods: {metric: {name: requests}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metrics:
//!   - type: Pods
//!     pods: {metric: {name: requests}}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "hpa-metric-source",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a metric whose source is not of its type.",
    cure: "Write the source under the name of its type.",
    check: Check::Invalid(&[Concern::HpaMetric]),
};

//! `invalid-label`: a label that Kubernetes does not allow.
//!
//! # What it checks
//!
//! Keys and values of labels, of pod templates and selectors too: a value has at most 63 characters, letters, digits, `-`, `_` and
//! `.`, and begins and ends with a letter or digit; a key is such a name, after a DNS name and `/` if need be.
//!
//! # Why it matters
//!
//! The API server refuses the object. It shows late: with a long release name, or with a version such as `1.4.0+build.7`.
//!
//! # Example
//!
//! ```yaml
//! labels:
//!   app.kubernetes.io/version: 1.4.0+build.7
//! ```
//!
//! # Cure
//!
//! ```yaml
//! labels:
//!   app.kubernetes.io/version: 1.4.0_build.7
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-label",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-score:label-values", "datree:WORKLOAD_INVALID_LABELS_VALUE"],
    reason: "The API server refuses the object.",
    cure: "Replace other characters by - or _, and cut values to 63 characters.",
    check: Check::Invalid(&[Concern::Label]),
};

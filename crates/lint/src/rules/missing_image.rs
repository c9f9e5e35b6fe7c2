//! `missing-image`: a container without an image.
//!
//! # What it checks
//!
//! Each container and init container names an image.
//!
//! # Why it matters
//!
//! The API server refuses the object. Most often a value was left empty.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: api
//!     image: ""
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: api
//!     image: registry.example/api:1.4.0
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "missing-image",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a container without an image.",
    cure: "Set the image.",
    check: Check::Invalid(&[Concern::Image]),
};

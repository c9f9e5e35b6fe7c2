//! `ingress-path`: a path that an Ingress cannot have.
//!
//! # What it checks
//!
//! Each path of an Ingress of `networking.k8s.io/v1` has a `pathType`, and begins with `/`.
//!
//! # Why it matters
//!
//! The API server refuses the Ingress.
//!
//! # Example
//!
//! ```yaml
//! paths:
//!   - path: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! paths:
//!   - path: /api
//!     pathType: Prefix
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "ingress-path",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the Ingress.",
    cure: "Write the path from the root, with pathType Prefix or Exact.",
    check: Check::Invalid(&[Concern::IngressPath]),
};

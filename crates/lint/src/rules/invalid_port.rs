//! `invalid-port`: a number that is no port.
//!
//! # What it checks
//!
//! Ports of containers, probes and Services are between 1 and 65535; a `hostPort` may also be 0, which is none.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - containerPort: 80800
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - containerPort: 8080
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-port",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Use a number between 1 and 65535.",
    check: Check::Invalid(&[Concern::Port]),
};

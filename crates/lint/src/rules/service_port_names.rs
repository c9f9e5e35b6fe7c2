//! `service-port-names`: several ports without names.
//!
//! # What it checks
//!
//! Each port of a Service with more than one port has a name, and no two the same.
//!
//! # Why it matters
//!
//! The API server refuses the Service.
//!
//! # Example
//!
//! ```yaml
//! ports:
//!   - port: 80
//!   - port: 9090
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ports:
//!   - name: http
//!     port: 80
//!   - name: metrics
//!     port: 9090
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "service-port-names",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a Service with several ports of which one has no name.",
    cure: "Give each port a name of its own.",
    check: Check::Invalid(&[Concern::ServicePortName]),
};

//! `env-value-conflict`: an environment variable with a value and a source.
//!
//! # What it checks
//!
//! No environment variable has both a `value` that is not empty and a `valueFrom`.
//!
//! # Why it matters
//!
//! The API server refuses the object. It happens when a default value and a reference to a Secret are merged.
//!
//! # Example
//!
//! ```yaml
//! env:
//!   - name: TOKEN
//!     value: changeme
//!     valueFrom: {secretKeyRef: {name: api, key: token}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! env:
//!   - name: TOKEN
//!     valueFrom: {secretKeyRef: {name: api, key: token}}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "env-value-conflict",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a variable with a value and a source.",
    cure: "Keep one of value and valueFrom.",
    check: Check::Invalid(&[Concern::EnvValue]),
};

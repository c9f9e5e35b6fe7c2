//! `invalid-container-name`: a container whose name is not allowed, or given twice.
//!
//! # What it checks
//!
//! The name of each container has at most 63 lower-case letters, digits and `-`, begins and ends with a letter or digit, and no two
//! of a pod are the same, init containers included.
//!
//! # Why it matters
//!
//! The API server refuses the object.
//!
//! # Example
//!
//! ```yaml
//! containers:
//!   - name: my_api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! containers:
//!   - name: my-api
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-container-name",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Use lower-case letters, digits and -, and a name for each container.",
    check: Check::Invalid(&[Concern::ContainerName]),
};

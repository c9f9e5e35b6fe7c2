//! `empty-selector`: a workload that selects no pods of its own.
//!
//! # What it checks
//!
//! Deployments, ReplicaSets, StatefulSets and DaemonSets have a selector with a label or an expression at least; so has a
//! ReplicationController whose pods have no labels.
//!
//! # Why it matters
//!
//! The API server refuses the workload: an empty selector would take every pod of the namespace.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   selector: {}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   selector:
//!     matchLabels:
//!       app.kubernetes.io/name: web
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "empty-selector",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses an empty selector.",
    cure: "Select the pods by labels that their template has.",
    check: Check::Invalid(&[Concern::EmptySelector]),
};

//! `probe-handler`: a probe that asks nothing, or two things.
//!
//! # What it checks
//!
//! Each probe has exactly one of `httpGet`, `tcpSocket`, `grpc` and `exec`.
//!
//! # Why it matters
//!
//! The API server refuses the object. Two handlers come of merging: a chart's default and one of yours. Set the default to `null`.
//!
//! # Example
//!
//! ```yaml
//! livenessProbe:
//!   httpGet: {path: /, port: http}
//!   exec: {command: [/bin/true]}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! livenessProbe:
//!   httpGet: null
//!   exec: {command: [/bin/true]}
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "probe-handler",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a probe that does not ask exactly one thing.",
    cure: "Keep one handler and set the others to null.",
    check: Check::Invalid(&[Concern::ProbeHandler]),
};

//! `unused-suppression`: an annotation that silences nothing.
//!
//! # What it checks
//!
//! Each annotation that silences a check, ours or that of kube-linter, kube-score, Polaris or Checkov, silences a finding. Those of checks
//! that have no equal here, or that were not asked for, are left alone. `ignore.chartwright.io/RULE` names a rule that there is, and says why.
//! Each exclusion of the project file that speaks of what was judged covers a finding.
//!
//! # Why it matters
//!
//! It stays behind when the fault is mended, and hides the next one.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   annotations:
//!     ignore.chartwright.io/latest-tag: the mirror has no versions
//! spec:
//!   containers:
//!     - image: registry.example/api:1.4.0
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata: {}
//! spec:
//!   containers:
//!     - image: registry.example/api:1.4.0
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

/// See the module.
pub static RULE: Rule = Rule {
    id: "unused-suppression",
    severity: Severity::Info,
    by_default: true,
    group: "Labels/metadata",
    aliases: &[],
    reason: "It stays behind when the fault is mended, and hides the next one.",
    cure: "Take the annotation out, or correct it.",
    check: Check::Reader,
};

//! `values-secret`: a secret in values.
//!
//! # What it checks
//!
//! No text in the chart's own values, or in a values file above them, is or contains a private key or a token of a known form (AWS, GitHub, GitLab,
//! Slack, Stripe, Google, npm, Vault, JSON Web Tokens), nor a random text under a key that speaks of a secret. References (`existingSecret`,
//! `secretName`, `secretKeyRef`), keys within Secrets, templates, variables and empty texts are left alone.
//!
//! # Why it matters
//!
//! A chart's values lie in its repository, in archives and in each release's record, for all who may read one of them.
//!
//! # Example
//!
//! ```yaml
//! # values.yaml
//! github:
//!   token: ghp_…
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # values.yaml
//! github:
//!   existingSecret: github
//!   tokenKey: token
//! ```

use crate::chart::{Chart, ChartSink};
use crate::credentials::{self, names_secret};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "values-secret",
    severity: Severity::Warning,
    by_default: true,
    group: "Secrets",
    aliases: &["checkov:CKV_SECRET", "datree:ALL_EXPOSED_SECRET_AWS"],
    reason: "Values lie in repositories, in archives and in each release's record.",
    cure: "Refer to a Secret that is made elsewhere, and give out a new one: this one is known.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    for values in chart.values {
        for leaf in values.texts() {
            let is_named = || names_secret(&leaf.path) && credentials::is_random(leaf.text) && !credentials::is_name(leaf.text);
            if let Some(what) = credentials::known(leaf.text).or_else(|| is_named().then_some("a secret")) {
                sink.report(values.place(&leaf), format!("{} holds {what} for all to read", leaf.dotted()));
            }
        }
    }
}

//! `default-password`: a password that is left as the chart has it.
//!
//! # What it checks
//!
//! No password, passphrase or, where it is a word that everyone would try first, token or key in a chart's own values is a text that counts: nothing above sets another, and a
//! template reads it.
//! Empty texts, references to Secrets, keys within Secrets, templates and variables are left alone.
//!
//! # Why it matters
//!
//! Everyone who can read the chart knows it. Whoever installs the chart without a thought installs it with this password.
//!
//! # Example
//!
//! ```yaml
//! # values.yaml
//! auth:
//!   password: changeme
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # values.yaml
//! auth:
//!   # Of the Secret named here; without one, a password is drawn at the first install.
//!   existingSecret: ""
//!   password: ""
//! ```

use crate::chart::{Chart, ChartSink};
use crate::credentials::{self, is_first_guess, is_literal, names_password, names_secret};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "default-password",
    severity: Severity::Warning,
    by_default: true,
    group: "Secrets",
    aliases: &[],
    reason: "Everyone who can read the chart knows the password.",
    cure: "Leave it empty and refuse or draw one; or set another above the chart's values.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    for values in chart.values.iter().filter(|values| values.is_own) {
        for leaf in values.texts() {
            let is_password = names_password(&leaf.path) || names_secret(&leaf.path) && is_first_guess(leaf.text);
            // What is a secret for good is told as one.
            let is_secret = || credentials::known(leaf.text).is_some() || credentials::is_random(leaf.text);
            if is_password && is_literal(leaf.text) && !is_secret() && (chart.counts)(&leaf.path) {
                sink.report(values.place(&leaf), format!("{} is what the chart has for everyone", leaf.dotted()));
            }
        }
    }
}

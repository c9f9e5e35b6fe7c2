//! `chart-dependencies`: dependencies that are not there, or not named.
//!
//! # What it checks
//!
//! Each dependency in Chart.yaml lies in `charts/` (or in the folder that a `file://` repository names), each chart in `charts/` is a dependency, and no two have one
//! name or alias. The texts are those of `helm lint`.
//!
//! # Why it matters
//!
//! Helm installs no chart that lacks a dependency. Of two with one name, the values are mixed.
//!
//! # Example
//!
//! ```yaml
//! # Chart.yaml, without charts/redis
//! dependencies:
//!   - name: redis
//!     version: 20.x.x
//!     repository: https://charts.example.com
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # helm dependency build
//! charts/redis-20.1.0.tgz: fetched
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "chart-dependencies",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:dependencies"],
    reason: "Helm installs no chart that lacks a dependency.",
    cure: "Run `helm dependency build`; give two of one name an alias each.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

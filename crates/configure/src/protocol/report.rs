//! What the checks' worker answers: findings and totals by environment, and of the stack.

use super::{Archive, StackReport};

/// What the checks' worker answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckReport {
    /// For each environment of the chart; the chosen one first.
    pub environments: Vec<EnvironmentReport>,
    /// What is said of the stack, while it is shown.
    pub stack: Option<StackReport>,
    /// The answer to [`Action::ExportStack`](super::Action::ExportStack).
    pub archive: Option<Archive>,
}

/// Findings and totals of one environment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnvironmentReport {
    /// The environment's id.
    pub environment: String,
    /// Why it could not be rendered; then nothing else is known.
    pub failed: Option<String>,
    /// What is wrong, worst first.
    pub findings: Vec<FindingView>,
    /// What no chart defines, and who needs it: `Secret/api-credentials`, `Deployment/rel-kaggle-data-api`.
    pub prerequisites: Vec<(String, String)>,
    /// What it asks of the cluster.
    pub totals: Totals,
    /// In what it is weaker than local, in words; filled for production-like environments.
    pub weaker: Vec<String>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingView {
    /// `unset-memory-limits`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The document's id.
    pub document: String,
    /// `Deployment/rel-kaggle-data-api`.
    pub object: String,
    /// The line in [`DocumentView::text`], counted from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub reason: String,
    /// What to do.
    pub cure: String,
    /// The field that cures it, by id, if the chart has one.
    pub field: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It will not work, or is refused.
    Error,
    /// It will hurt.
    Warning,
    /// Worth knowing.
    Info,
}

/// What an environment asks of the cluster. Texts are ready to show, with units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// `2–10 pods`.
    pub replicas: String,
    /// `1–5 cores`.
    pub requests_cpu: String,
    /// `1–5 Gi`.
    pub requests_memory: String,
    /// `2–10 cores`; `none` where any container has none.
    pub limits_cpu: String,
    /// `4–20 Gi`.
    pub limits_memory: String,
    /// `restricted`, `baseline`, `privileged`.
    pub security: String,
    /// `20Gi ReadWriteMany on efs-sc`.
    pub storage: String,
    /// `https://api.example.com`, `ClusterIP`.
    pub exposure: String,
    /// The quality of service of the workloads' pods: `Burstable`, or each by itself where they differ.
    pub qos: String,
}

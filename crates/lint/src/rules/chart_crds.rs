//! `chart-crds`: a file in crds/ that defines no resource.
//!
//! # What it checks
//!
//! Every document below `crds/` is a CustomResourceDefinition, and no template. The texts are those of `helm lint`.
//!
//! # Why it matters
//!
//! Helm creates what lies there before all else, as it is, once: it is never changed, never deleted, and nothing is filled in.
//!
//! # Example
//!
//! ```yaml
//! # crds/namespace.yaml
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: {{ .Values.namespace }}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! # templates/namespace.yaml
//! apiVersion: v1
//! kind: Namespace
//! metadata:
//!   name: {{ .Values.namespace }}
//! ```

use crate::chart::{Chart, ChartSink};
use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "chart-crds",
    severity: Severity::Error,
    by_default: true,
    group: "Chart hygiene",
    aliases: &["helm:crds"],
    reason: "What lies in crds/ is created once, as it is, and never changed or deleted.",
    cure: "Move it to templates/.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    sink.said(chart);
}

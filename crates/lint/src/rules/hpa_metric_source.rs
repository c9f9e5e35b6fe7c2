//! `hpa-metric-source`: a metric whose source is not of its type.
//!
//! # What it checks
//!
//! Each metric of a HorizontalPodAutoscaler has the source that its `type` names, and no other.
//!
//! # Why it matters
//!
//! The API server refuses the autoscaler.
//!
//! # Example
//!
//! ```yaml
//! metrics:
//!   - type: Resource
//!     pods: {metric: {name: requests}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metrics:
//!   - type: Pods
//!     pods: {metric: {name: requests}}
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hpa-metric-source",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a metric whose source is not of its type.",
    cure: "Write the source under the name of its type.",
    check: Check::Object(check),
};

const SOURCES: &[(&str, &str)] = &[
    ("Object", "object"),
    ("Pods", "pods"),
    ("Resource", "resource"),
    ("ContainerResource", "containerResource"),
    ("External", "external"),
];

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::HorizontalPodAutoscaler || context.object.api_version() != "autoscaling/v2" {
        return;
    }
    for metric in context.object.root().nearest(&["spec"]).items_at("metrics") {
        let kind = metric.str_at("type").unwrap_or_default();
        let own = SOURCES.iter().find(|(name, _)| *name == kind).map(|(_, field)| *field);
        let Some(own) = own else {
            sink.report(context.object, metric.nearest(&["type"]), format!("there is no metric of the type {kind:?}"));
            continue;
        };
        if metric.get(own).is_none() {
            sink.report(context.object, metric, format!("a metric of the type {kind} has no {own}"));
        }
        for (_, field) in SOURCES.iter().filter(|(_, field)| *field != own) {
            if let Some(other) = metric.get(field) {
                sink.report(context.object, other, format!("a metric of the type {kind} may have no {field}"));
            }
        }
    }
}

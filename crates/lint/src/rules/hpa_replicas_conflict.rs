//! `hpa-replicas-conflict`: a workload sets its replicas, and so does its autoscaler.
//!
//! # What it checks
//!
//! The workload that a HorizontalPodAutoscaler or a KEDA ScaledObject of the render scales leaves out `replicas`.
//!
//! # Why it matters
//!
//! Each `helm upgrade` sets the number back to the chart's: under load most pods are ended at once, and the autoscaler starts them
//! again a minute later.
//!
//! # Example
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   replicas: 3 # and an autoscaler from 2 to 10
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: Deployment
//! spec:
//!   selector: {} # no replicas
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::fix::Fix;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hpa-replicas-conflict",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured"],
    reason: "Each upgrade sets the number of pods back to the chart's, whatever the autoscaler had made of it.",
    cure: "Leave replicas out of the workload while an autoscaler scales it.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    for &(workload, scale) in context.index.workloads().iter().filter(|(workload, _)| workload.kind().is_replicated()) {
        let Some(autoscaler) = context.index.autoscaler_of(workload).filter(|_| scale.autoscaled) else { continue };
        let Some(replicas) = workload.root().at(&["spec", "replicas"]) else { continue };
        let name = if autoscaler.kind() == Kind::ScaledObject { "ScaledObject" } else { "HorizontalPodAutoscaler" };
        let message = format!("replicas is {}, while {name} {} scales it", replicas.scalar().unwrap_or_default(), autoscaler.name());
        let target = autoscaler.root().nearest(&["spec", "scaleTargetRef"]);
        sink.report(workload, replicas, message).also(autoscaler, target).fix(Fix::remove(replicas));
    }
}

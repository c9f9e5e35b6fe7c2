//! `dangling-hpa`: an autoscaler that scales nothing.
//!
//! # What it checks
//!
//! The target of a HorizontalPodAutoscaler is in the render or in a chart beside it. Targets of kinds that are not Kubernetes' own
//! are not looked for.
//!
//! # Why it matters
//!
//! It reports that it cannot get its target, and never scales.
//!
//! # Example
//!
//! ```yaml
//! scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
//! ```

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "dangling-hpa",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &[
        "kube-linter:dangling-horizontalpodautoscaler",
        "kube-score:horizontalpodautoscaler-has-target",
        "kubescape:C-0300",
        "popeye:POP-600",
    ],
    reason: "It never scales: there is nothing of that name.",
    cure: "Name the workload that it is to scale.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    if !context.complete {
        return;
    }
    for (object, spec) in context.index.autoscalers() {
        let target = &spec.scale_target_ref;
        let kind = Kind::of(target.api_version.as_deref().unwrap_or("apps/v1"), &target.kind);
        let Some(namespace) = object.namespace().filter(|_| kind.is_replicated() && !target.name.is_empty()) else { continue };
        if context.find(kind, namespace, &target.name).is_none() {
            let node = object.root().nearest(&["spec", "scaleTargetRef", "name"]);
            sink.report(object, node, format!("no chart makes the {} {}", target.kind, target.name));
        }
    }
}

//! `duplicate-hpa`: two autoscalers of one workload.
//!
//! # What it checks
//!
//! No two autoscalers, HorizontalPodAutoscalers or ScaledObjects of KEDA, have the same target.
//!
//! # Why it matters
//!
//! Each sets the number of pods that it wants, one after the other: the workload grows and shrinks without end.
//!
//! # Example
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! metadata: {name: cpu}
//! ---
//! kind: HorizontalPodAutoscaler
//! metadata: {name: memory}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! kind: HorizontalPodAutoscaler
//! spec:
//!   metrics: [{…cpu}, {…memory}]
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::object::Object;
use std::collections::HashMap;

use crate::finding::Severity;
use crate::rule::{Check, Rule, SetContext, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-hpa",
    severity: Severity::Warning,
    by_default: true,
    group: "Cross-object refs",
    aliases: &["kyverno:prevent-duplicate-hpa"],
    reason: "Each sets the number of pods that it wants: the workload grows and shrinks without end.",
    cure: "Put all metrics into one autoscaler.",
    check: Check::Set(check),
};

fn check<'t>(context: &SetContext<'_, 't>, sink: &mut Sink<'_, 't>) {
    let mut first: HashMap<(Kind, &str, &str), Object<'t>> = HashMap::new();
    let autoscalers = context.index.of(Kind::HorizontalPodAutoscaler).chain(context.index.of(Kind::ScaledObject));
    for autoscaler in autoscalers {
        let Some(target) = autoscaler.root().at(&["spec", "scaleTargetRef"]) else { continue };
        let Some(name) = target.str_at("name").filter(|name| !name.is_empty()) else { continue };
        let kind = Kind::of(target.str_at("apiVersion").unwrap_or("apps/v1"), target.str_at("kind").unwrap_or("Deployment"));
        if kind == Kind::Other {
            continue;
        }
        match first.get(&(kind, autoscaler.namespace().unwrap_or_default(), name)) {
            Some(earlier) if earlier.makes_again(autoscaler) => {}
            Some(earlier) => {
                let also = earlier.root().nearest(&["spec", "scaleTargetRef"]);
                sink.report(autoscaler, target, format!("{name} has an autoscaler already")).also(*earlier, also);
            }
            None => {
                first.insert((kind, autoscaler.namespace().unwrap_or_default(), name), autoscaler);
            }
        }
    }
}

//! `hpa-minimum`: an autoscaler that goes down to one pod.
//!
//! # What it checks
//!
//! The `minReplicas` of a HorizontalPodAutoscaler, 1 where it is left out, is at least 2.
//!
//! # Why it matters
//!
//! In quiet hours one pod answers: while it is moved or fails, nobody does.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   minReplicas: 1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   minReplicas: 2
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "hpa-minimum",
    severity: Severity::Info,
    by_default: false,
    group: "Cross-object refs",
    aliases: &[
        "kube-linter:hpa-minimum-three-replicas",
        "kube-score:horizontalpodautoscaler-replicas",
        "polaris:hpaMinAvailability",
        "datree:HPA_MISSING_MINREPLICAS_KEY",
    ],
    reason: "In quiet hours one pod answers: while it is moved or fails, nobody does.",
    cure: "Set minReplicas to 2.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Some(spec) = context.object.spec_node().filter(|_| context.object.kind() == Kind::HorizontalPodAutoscaler) else { return };
    let least = spec.get("minReplicas");
    if least.map_or(Some(1), Node::int).is_some_and(|least| least < 2) {
        sink.report(context.object, least.unwrap_or(spec), "the autoscaler may go down to one pod".to_owned());
    }
}

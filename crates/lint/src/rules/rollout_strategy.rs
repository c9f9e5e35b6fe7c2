//! `rollout-strategy`: a rollout that contradicts itself.
//!
//! # What it checks
//!
//! A Deployment whose strategy is `Recreate` has no `rollingUpdate`; one that rolls has not both `maxSurge` and `maxUnavailable` at
//! 0.
//!
//! # Why it matters
//!
//! The API server refuses the Deployment: with both at 0 no pod may go and none may come.
//!
//! # Example
//!
//! ```yaml
//! strategy:
//!   type: Recreate
//!   rollingUpdate: {maxSurge: 1}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! strategy:
//!   type: Recreate
//!   rollingUpdate: null
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "rollout-strategy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses a strategy that contradicts itself.",
    cure: "Set rollingUpdate to null with Recreate, and maxSurge or maxUnavailable above 0 without.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Some(strategy) = context.object.root().at(&["spec", "strategy"]).filter(|_| context.object.kind() == Kind::Deployment) else {
        return;
    };
    let Some(rolling) = strategy.get("rollingUpdate") else { return };
    if strategy.str_at("type") == Some("Recreate") {
        let message = "rollingUpdate may not be specified when strategy type is Recreate".to_owned();
        sink.report(context.object, rolling, message).cure("Set strategy.rollingUpdate to null.".to_owned());
    } else if let (Some(surge), Some(unavailable)) = (rolling.get("maxSurge"), rolling.get("maxUnavailable"))
        && is_zero(surge)
        && is_zero(unavailable)
    {
        let message = "maxUnavailable may not be 0 when maxSurge is 0".to_owned();
        sink.report(context.object, unavailable, message).cure("Raise maxSurge or maxUnavailable.".to_owned()).also(context.object, surge);
    }
}

fn is_zero(node: Node<'_>) -> bool {
    node.int() == Some(0) || node.str() == Some("0%")
}

//! `pdb-policy`: a disruption budget with two rules.
//!
//! # What it checks
//!
//! A PodDisruptionBudget sets one of `minAvailable` and `maxUnavailable`, not both.
//!
//! # Why it matters
//!
//! The API server refuses the budget, and with it the release.
//!
//! # Example
//!
//! ```yaml
//! spec:
//!   minAvailable: 1
//!   maxUnavailable: 1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! spec:
//!   maxUnavailable: 1
//! ```

use chartwright_kube::object::Spec;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "pdb-policy",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["kube-score:poddisruptionbudget-has-policy"],
    reason: "The API server refuses a budget with both.",
    cure: "Keep maxUnavailable, and set minAvailable to null.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let Spec::PodDisruptionBudget(spec) = context.object.spec() else { return };
    if spec.min_available.is_some() && spec.max_unavailable.is_some() {
        let root = context.object.root();
        let message = "minAvailable and maxUnavailable cannot be both set".to_owned();
        sink.report(context.object, root.nearest(&["spec", "minAvailable"]), message)
            .also(context.object, root.nearest(&["spec", "maxUnavailable"]));
    }
}

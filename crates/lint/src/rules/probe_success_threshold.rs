//! `probe-success-threshold`: a liveness or startup probe that wants more than one success.
//!
//! # What it checks
//!
//! `successThreshold` of liveness and startup probes is 1.
//!
//! # Why it matters
//!
//! The API server refuses the object: only readiness can be asked for more than once.
//!
//! # Example
//!
//! ```yaml
//! livenessProbe:
//!   successThreshold: 2
//! ```
//!
//! # Cure
//!
//! ```yaml
//! livenessProbe:
//!   successThreshold: 1
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "probe-success-threshold",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["datree:CONTAINERS_INCORRECT_SUCCESSTHRESHOLD_VALUE"],
    reason: "The API server refuses it: only readiness can be asked for more than once.",
    cure: "Leave successThreshold out.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    for (error, node) in context.invalid(&[Concern::ProbeSuccessThreshold]) {
        sink.report(context.object, node, error.message.clone()).fix(Fix::set(node, &[], NewValue::Int(1)));
    }
}

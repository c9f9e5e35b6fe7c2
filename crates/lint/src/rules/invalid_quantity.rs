//! `invalid-quantity`: an amount that Kubernetes cannot read.
//!
//! # What it checks
//!
//! Requests, limits and overhead of pods, `sizeLimit` of empty directories and the storage of claims are quantities: a number and one
//! of the suffixes `m`, `k`, `M`, `G`, `Ki`, `Mi`, `Gi` and their like, and not below zero.
//!
//! # Why it matters
//!
//! The API server refuses the object. `MB`, `gb` and `mb` are frequent mistakes.
//!
//! # Example
//!
//! ```yaml
//! resources:
//!   limits:
//!     memory: 512MB
//! ```
//!
//! # Cure
//!
//! ```yaml
//! resources:
//!   limits:
//!     memory: 512Mi
//! ```

use chartwright_kube::quantity::Quantity;
use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "invalid-quantity",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses what it cannot read as an amount.",
    cure: "Use a number with a suffix of Kubernetes, such as 500m, 512Mi or 20Gi.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    // The decoder reads amounts before validation looks at them.
    for node in super::quantities::places(context.object) {
        if let Some(Err(error)) = node.scalar().map(|text| Quantity::parse(text.trim())) {
            sink.report(context.object, node, error.to_string());
        }
    }
    sink.invalid(context, &[Concern::Quantity]);
}

//! Disruption budgets: `pkg/apis/policy/validation/validation.go`.

use super::concern::Concern;
use super::field::{Errors, Field};
use super::numbers::{at_most_all, int_or_percent};
use super::{Subject, labels, selectors};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "PodDisruptionBudget" {
        budget(&subject.field().field("spec"), errors);
    }
}

/// `ValidatePodDisruptionBudgetSpec`.
fn budget(spec: &Field<'_, '_>, errors: &mut Errors) {
    /// The release that has `unhealthyPodEvictionPolicy` by default.
    const EVICTION: u32 = 27;
    let (least, most) = (spec.field("minAvailable"), spec.field("maxUnavailable"));
    let eviction = spec.field("unhealthyPodEvictionPolicy");
    let before = errors.len();
    if least.is_set() && most.is_set() {
        let eviction = if eviction.is_set() { eviction.shown() } else { "null".to_owned() };
        let selector = selectors::shown(&spec.field("selector"));
        let (least, most) = (least.shown(), most.shown());
        let value = format!(
            "{{\"MinAvailable\":{least},\"Selector\":{selector},\"MaxUnavailable\":{most},\"UnhealthyPodEvictionPolicy\":{eviction}}}"
        );
        errors.push(spec.invalid_value(&value, "minAvailable and maxUnavailable cannot be both set"));
    }
    for amount in [&least, &most] {
        int_or_percent(amount, errors);
        at_most_all(amount, errors);
    }
    errors.about(before, Concern::PdbPolicy);
    labels::selector(&spec.field("selector"), errors);
    if eviction.is_set() && errors.minor >= EVICTION && !matches!(eviction.text(), "AlwaysAllow" | "IfHealthyBudget") {
        errors.push(eviction.not_supported(&["AlwaysAllow", "IfHealthyBudget"]));
    }
}

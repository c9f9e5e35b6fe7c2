//! DaemonSets.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::numbers::{at_most_all, int_or_percent, non_negative};
use crate::validate::{labels, pods, selectors};

/// `ValidateDaemonSetSpec`.
pub(super) fn validate(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if selectors::validate(&selector, errors) {
        selectors::match_template(&selector, &template, errors);
    }
    if selector.is_set() && labels::is_empty(&selector) {
        let error = selector.invalid_value(&selectors::shown(&selector), "empty selector is invalid for daemonset");
        errors.push(error.about(Concern::EmptySelector));
    }
    pods::template(&template, errors);
    super::pods_run_for_good(&template, "DaemonSet", errors);
    non_negative(&spec.field("minReadySeconds"), errors);
    let before = errors.len();
    strategy(&spec.field("updateStrategy"), errors);
    errors.about(before, Concern::Rollout);
    non_negative(&spec.field("revisionHistoryLimit"), errors);
}

/// `ValidateDaemonSetUpdateStrategy`, with the defaults of a rolling update: one less, none more.
fn strategy(strategy: &Field<'_, '_>, errors: &mut Errors) {
    let rolling = strategy.field("rollingUpdate");
    let (unavailable, surge) = (rolling.field("maxUnavailable"), rolling.field("maxSurge"));
    match strategy.field("type").text() {
        "OnDelete" => {}
        "" | "RollingUpdate" => {
            int_or_percent(&unavailable, errors);
            int_or_percent(&surge, errors);
            at_most_all(&unavailable, errors);
            at_most_all(&surge, errors);
            match (super::amount(&unavailable, 1) != 0, super::amount(&surge, 0) != 0) {
                (true, true) => errors.push(surge.invalid("may not be set when maxUnavailable is non-zero")),
                (false, false) => errors.push(unavailable.required("cannot be 0 when maxSurge is 0")),
                _ => {}
            }
        }
        other => {
            let rolling = if rolling.is_set() {
                let part = |field: &Field<'_, '_>| if field.is_set() { field.shown() } else { "0".to_owned() };
                format!("{{\"MaxUnavailable\":{},\"MaxSurge\":{}}}", part(&unavailable), part(&surge))
            } else {
                "null".to_owned()
            };
            let value = format!("{{\"Type\":{},\"RollingUpdate\":{rolling}}}", shown_text(other));
            errors.push(strategy.not_supported_value(&value, &["RollingUpdate", "OnDelete"]));
        }
    }
}

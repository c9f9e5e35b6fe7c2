//! Deployments and ReplicaSets.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::numbers::{at_most_all, int_or_percent, non_negative};
use crate::validate::{pods, selectors};

/// What a deployment waits for progress if it says nothing.
const PROGRESS_DEADLINE: i64 = 600;

/// `ValidateDeploymentSpec`.
pub(super) fn deployment(spec: &Field<'_, '_>, errors: &mut Errors) {
    non_negative(&spec.field("replicas"), errors);
    selected_pods(spec, errors);
    strategy(&spec.field("strategy"), errors);
    let (ready, deadline) = (spec.field("minReadySeconds"), spec.field("progressDeadlineSeconds"));
    non_negative(&ready, errors);
    non_negative(&spec.field("revisionHistoryLimit"), errors);
    non_negative(&deadline, errors);
    let seconds = deadline.int().unwrap_or(PROGRESS_DEADLINE);
    if seconds <= ready.int().unwrap_or_default() {
        let error = deadline.invalid_value(&seconds.to_string(), "must be greater than minReadySeconds");
        errors.push(error.about(Concern::ProgressDeadline));
    }
}

/// `ValidateReplicaSetSpec`.
pub(super) fn replica_set(spec: &Field<'_, '_>, errors: &mut Errors) {
    non_negative(&spec.field("replicas"), errors);
    non_negative(&spec.field("minReadySeconds"), errors);
    selected_pods(spec, errors);
}

/// A selector, and pods that it selects: `ValidatePodTemplateSpecForReplicaSet`.
fn selected_pods(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if !super::required_selector(&selector, "deployment", errors) {
        errors.push(selector.invalid_value(&selectors::shown(&selector), "invalid label selector").about(Concern::Label));
        return;
    }
    selectors::match_template(&selector, &template, errors);
    pods::template(&template, errors);
    super::pods_run_for_good(&template, "ReplicaSet", errors);
}

/// `ValidateDeploymentStrategy`, with the defaults of a rolling update: a quarter more and a quarter less.
fn strategy(strategy: &Field<'_, '_>, errors: &mut Errors) {
    let before = errors.len();
    let rolling = strategy.field("rollingUpdate");
    match strategy.field("type").text() {
        "Recreate" => {
            if rolling.is_set() {
                errors.push(rolling.forbidden("may not be specified when strategy `type` is 'Recreate'"));
            }
        }
        "" | "RollingUpdate" => {
            const QUARTER: i64 = 25;
            let (unavailable, surge) = (rolling.field("maxUnavailable"), rolling.field("maxSurge"));
            int_or_percent(&unavailable, errors);
            int_or_percent(&surge, errors);
            if super::amount(&unavailable, QUARTER) == 0 && super::amount(&surge, QUARTER) == 0 {
                errors.push(unavailable.invalid("may not be 0 when `maxSurge` is 0"));
            }
            at_most_all(&unavailable, errors);
        }
        other => {
            let rolling = if rolling.is_set() {
                let part = |name: &str| rolling.field(name).node().map_or_else(|| "0".to_owned(), |_| rolling.field(name).shown());
                format!("{{\"MaxUnavailable\":{},\"MaxSurge\":{}}}", part("maxUnavailable"), part("maxSurge"))
            } else {
                "null".to_owned()
            };
            let value = format!("{{\"Type\":{},\"RollingUpdate\":{rolling}}}", shown_text(other));
            errors.push(strategy.not_supported_value(&value, &["Recreate", "RollingUpdate"]));
        }
    }
    errors.about(before, Concern::Rollout);
}

//! Deployments, StatefulSets, DaemonSets, ReplicaSets and their revisions: `pkg/apis/apps/validation/validation.go`. What their pods may be is
//! the core group's.

mod daemon_set;
mod deployment;
mod stateful_set;

use chartwright_yaml::NodeView;

use super::concern::Concern;
use super::field::{Errors, Field};
use super::numbers::{non_negative, percent};
use super::{Subject, pods, selectors};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    let spec = root.field("spec");
    match subject.kind {
        "Deployment" => deployment::deployment(&spec, errors),
        "ReplicaSet" => deployment::replica_set(&spec, errors),
        "StatefulSet" => stateful_set::validate(&spec, errors),
        "DaemonSet" => daemon_set::validate(&spec, errors),
        "ControllerRevision" => revision(&root, errors),
        _ => {}
    }
}

/// `ValidateControllerRevisionCreate`.
fn revision(root: &Field<'_, '_>, errors: &mut Errors) {
    /// The release that looks into the data.
    const LOOKS_INTO_DATA: u32 = 34;
    non_negative(&root.field("revision"), errors);
    let data = root.field("data");
    match data.node() {
        None => errors.push(data.required("data is mandatory")),
        Some(node) if errors.minor >= LOOKS_INTO_DATA && !matches!(node.view(), NodeView::Mapping(_)) => {
            errors.push(data.required("data must be a valid JSON object"))
        }
        Some(_) => {}
    }
}

/// A selector that has to be there, be valid and select something; whether it can be held against labels.
fn required_selector(selector: &Field<'_, '_>, workload: &str, errors: &mut Errors) -> bool {
    if !selector.is_set() {
        errors.push(selector.required(""));
        return true;
    }
    let is_valid = selectors::validate(selector, errors);
    if super::labels::is_empty(selector) {
        let detail = format!("empty selector is invalid for {workload}");
        errors.push(selector.invalid_value(&selectors::shown(selector), &detail).about(Concern::EmptySelector));
    }
    is_valid
}

/// What all these workloads ask of their pods beyond what pods are.
fn pods_run_for_good(template: &Field<'_, '_>, workload: &str, errors: &mut Errors) {
    pods::only_restart(template, &["Always"], errors);
    let deadline = template.field("spec.activeDeadlineSeconds");
    if deadline.is_set() {
        errors.push(deadline.forbidden(&format!("activeDeadlineSeconds in {workload} is not Supported")));
    }
}

/// `getIntOrPercentValue`: the number of a count or a percentage; texts that are neither are 0.
fn amount(value: &Field<'_, '_>, default: i64) -> i64 {
    match value.str() {
        Some(text) => percent(text).or_else(|| text.parse().ok()).unwrap_or_default(),
        None => value.int().unwrap_or(default),
    }
}

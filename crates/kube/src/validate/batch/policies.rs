//! When a job fails, when it is done early, and when its pods are replaced.

use super::{indexes, job};
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::names;
use crate::validate::numbers::non_negative;

/// The most rules of a policy, and the most patterns of a rule.
const MAX_RULES: usize = 20;
/// The most exit codes of a rule.
const MAX_VALUES: usize = 255;
/// The longest list of indexes.
const MAX_INDEXES: usize = 64 << 10;

const ACTIONS: [&str; 4] = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS: [&str; 2] = ["In", "NotIn"];
const STATUSES: [&str; 3] = ["False", "True", "Unknown"];

/// The release that has `podFailurePolicy` by default, the one that has `FailIndex` and `backoffLimitPerIndex`, the one that has `successPolicy`.
const FAILURE: u32 = 26;
pub(super) const FAIL_INDEX: u32 = 29;
const SUCCESS: u32 = 31;
/// The release that has `podReplacementPolicy`.
const REPLACEMENT: u32 = 29;

/// One of a list of values that has to be there, `valid values: ["a" "b"]`.
fn one_of(field: &Field<'_, '_>, values: &[&str], errors: &mut Errors) {
    if field.text().is_empty() {
        let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
        errors.push(field.required(&format!("valid values: [{}]", values.join(" "))));
    } else if !values.contains(&field.text()) {
        errors.push(field.not_supported(values));
    }
}

/// `validatePodFailurePolicy`.
pub(super) fn failure(spec: &Field<'_, '_>, errors: &mut Errors) {
    if errors.minor < FAILURE {
        return;
    }
    let rules = spec.field("podFailurePolicy.rules");
    if rules.len() > MAX_RULES {
        errors.push(rules.too_many(rules.len(), MAX_RULES));
    }
    for rule in rules.items() {
        failure_rule(spec, &rule, errors);
    }
}

fn failure_rule(spec: &Field<'_, '_>, rule: &Field<'_, '_>, errors: &mut Errors) {
    let action = rule.field("action");
    if action.text() == "FailIndex" && errors.minor >= FAIL_INDEX {
        if !spec.field("backoffLimitPerIndex").is_set() {
            errors.push(action.invalid("requires the backoffLimitPerIndex to be set"));
        }
    } else if errors.minor >= FAIL_INDEX {
        one_of(&action, &ACTIONS, errors);
    }
    let (codes, conditions) = (rule.field("onExitCodes"), rule.field("onPodConditions"));
    if codes.is_set() {
        exit_codes(spec, &codes, errors);
    }
    if conditions.len() > MAX_RULES {
        errors.push(conditions.too_many(conditions.len(), MAX_RULES));
    }
    for condition in conditions.items() {
        let (kind, status) = (condition.field("type"), condition.field("status"));
        errors.invalid(&kind, names::qualified(kind.text()), Concern::Label);
        // The API server fills in `True`.
        if !status.text().is_empty() {
            one_of(&status, &STATUSES, errors);
        }
    }
    match (codes.is_set(), !conditions.is_empty()) {
        (true, true) => errors.push(rule.invalid_omitted("specifying both OnExitCodes and OnPodConditions is not supported")),
        (false, false) => errors.push(rule.invalid_omitted("specifying one of OnExitCodes and OnPodConditions is required")),
        _ => {}
    }
}

fn exit_codes(spec: &Field<'_, '_>, codes: &Field<'_, '_>, errors: &mut Errors) {
    let (operator, container, values) = (codes.field("operator"), codes.field("containerName"), codes.field("values"));
    one_of(&operator, &OPERATORS, errors);
    if let Some(name) = container.str() {
        let pod = spec.field("template.spec");
        let is_there = ["containers", "initContainers"]
            .iter()
            .any(|list| pod.field(list).items().any(|container| container.field("name").text() == name));
        if !is_there {
            errors.push(container.invalid("must be one of the container or initContainer names in the pod template"));
        }
    }
    if values.is_empty() {
        let shown = if values.is_set() { "[]" } else { "null" };
        errors.push(values.invalid_value(shown, "at least one value is required"));
    } else if values.len() > MAX_VALUES {
        errors.push(values.too_many(values.len(), MAX_VALUES));
    }
    let mut seen = Vec::new();
    let mut is_ordered = true;
    for value in values.items().take(MAX_VALUES) {
        let number = value.int().unwrap_or_default();
        if operator.text() == "In" && number == 0 {
            errors.push(value.invalid_value("0", "must not be 0 for the In operator"));
        }
        is_ordered &= seen.last().is_none_or(|last| *last <= number);
        if seen.contains(&number) {
            errors.push(value.duplicate());
        }
        seen.push(number);
    }
    if !is_ordered {
        errors.push(values.invalid("must be ordered"));
    }
}

/// `validateSuccessPolicy`.
pub(super) fn success(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (policy, rules) = (spec.field("successPolicy"), spec.field("successPolicy.rules"));
    if !policy.is_set() || errors.minor < SUCCESS {
        return;
    }
    if spec.field("completionMode").text() != "Indexed" {
        errors.push(policy.invalid_value(&shown_policy(&rules), "requires indexed completion mode"));
        return;
    }
    if rules.is_empty() {
        errors.push(rules.required("at least one rules must be specified when the successPolicy is specified"));
    } else if rules.len() > MAX_RULES {
        errors.push(rules.too_many(rules.len(), MAX_RULES));
    }
    let completions = job::completions(spec);
    for rule in rules.items() {
        success_rule(&rule, completions, errors);
    }
}

fn success_rule(rule: &Field<'_, '_>, completions: Option<i64>, errors: &mut Errors) {
    let (list, count) = (rule.field("succeededIndexes"), rule.field("succeededCount"));
    if !list.is_set() && !count.is_set() {
        errors.push(rule.required("at least one of succeededCount or succeededIndexes must be specified"));
    }
    let Some(completions) = completions else { return };
    let mut total = 0;
    if let Some(text) = list.str() {
        if text.len() > MAX_INDEXES {
            errors.push(list.too_long(MAX_INDEXES));
        }
        match indexes::count(text, completions) {
            Ok(count) => total = count,
            Err(detail) => errors.push(list.invalid(&format!("error parsing succeededIndexes: {detail}"))),
        }
    }
    if let Some(number) = count.int() {
        non_negative(&count, errors);
        if number > completions {
            errors.push(count.invalid(&format!("must be less than or equal to {completions} (the number of specified completions)")));
        }
        if list.is_set() && number > total {
            errors.push(count.invalid(&format!(
                "must be less than or equal to {total} (the number of indexes in the specified succeededIndexes field)"
            )));
        }
    }
}

fn shown_policy(rules: &Field<'_, '_>) -> String {
    let part = |field: Field<'_, '_>| if field.is_set() { field.shown() } else { "null".to_owned() };
    let rule = |rule: Field<'_, '_>| {
        let (list, count) = (part(rule.field("succeededIndexes")), part(rule.field("succeededCount")));
        format!("{{\"SucceededIndexes\":{list},\"SucceededCount\":{count}}}")
    };
    let rules: Vec<String> = rules.items().map(rule).collect();
    if rules.is_empty() { "{\"Rules\":null}".to_owned() } else { format!("{{\"Rules\":[{}]}}", rules.join(",")) }
}

/// `validatePodReplacementPolicy`.
pub(super) fn replacement(spec: &Field<'_, '_>, errors: &mut Errors) {
    let policy = spec.field("podReplacementPolicy");
    if !policy.is_set() || errors.minor < REPLACEMENT {
        return;
    }
    let allowed: &[&str] = if spec.field("podFailurePolicy").is_set() { &["Failed"] } else { &["Failed", "TerminatingOrFailed"] };
    if !allowed.contains(&policy.text()) {
        errors.push(policy.not_supported(allowed));
    }
}

//! Webhooks: `validateValidatingWebhook`, `validateMutatingWebhook`.

use super::rules;
use crate::validate::field::{Errors, Field};
use crate::validate::{formats, labels, webhook};

/// Versions of the question that the API server can ask.
const REVIEWS: [&str; 2] = ["v1", "v1beta1"];
const NO_SIDE_EFFECTS: [&str; 2] = ["None", "NoneOnDryRun"];
const TIMEOUT: std::ops::RangeInclusive<i64> = 1..=30;

/// Validates the webhooks of a configuration.
pub(super) fn validate(hooks: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = std::collections::HashSet::new();
    for hook in hooks.items() {
        self::hook(&hook, errors);
        reviews(&hook.field("admissionReviewVersions"), errors);
        let name = hook.field("name");
        if !name.text().is_empty() && !seen.insert(name.text()) {
            errors.push(name.duplicate());
        }
    }
}

fn hook(hook: &Field<'_, '_>, errors: &mut Errors) {
    formats::fully_qualified_name(&hook.field("name"), errors);
    for rule in hook.field("rules").items() {
        rules::rule(&rule, errors);
    }
    rules::one_of(&hook.field("failurePolicy"), &["Fail", "Ignore"], errors);
    rules::one_of(&hook.field("matchPolicy"), &["Equivalent", "Exact"], errors);
    rules::one_of(&hook.field("reinvocationPolicy"), &["IfNeeded", "Never"], errors);
    let (effects, timeout) = (hook.field("sideEffects"), hook.field("timeoutSeconds"));
    if !effects.is_set() {
        errors.push(effects.required("must specify one of None, NoneOnDryRun"));
    }
    rules::one_of(&effects, &NO_SIDE_EFFECTS, errors);
    if timeout.int().is_some_and(|seconds| !TIMEOUT.contains(&seconds)) {
        errors.push(timeout.invalid("the timeout value must be between 1 and 30 seconds"));
    }
    labels::selector(&hook.field("namespaceSelector"), errors);
    labels::selector(&hook.field("objectSelector"), errors);
    webhook::client(&hook.field("clientConfig"), errors);
    rules::conditions(&hook.field("matchConditions"), errors);
}

/// `validateAdmissionReviewVersions`.
fn reviews(versions: &Field<'_, '_>, errors: &mut Errors) {
    if versions.is_empty() {
        errors.push(versions.required("must specify one of v1, v1beta1"));
        return;
    }
    webhook::review_versions(versions, &REVIEWS, "v1, v1beta1", errors);
}

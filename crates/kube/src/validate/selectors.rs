//! Selectors that an object holds against the labels of its own pods: `metav1.LabelSelectorAsSelector`
//! (`k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go`).

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::labels;

/// What a selector is to say of its own pods' labels.
pub(super) const MISMATCH: &str = "`selector` does not match template `labels`";

/// Validates a selector; whether it can be made one at all.
pub(super) fn validate(selector: &Field<'_, '_>, errors: &mut Errors) -> bool {
    let before = errors.len();
    labels::selector(selector, errors);
    errors.len() == before
}

/// Whether a selector, which is valid, selects these labels. An absent one selects nothing, an empty one everything.
#[must_use]
pub(super) fn matches(selector: &Field<'_, '_>, labels: &Field<'_, '_>) -> bool {
    let label = |key: &str| labels.entries().find_map(|(name, value)| (name == key).then(|| value.text()));
    selector.is_set()
        && selector.field("matchLabels").entries().all(|(key, value)| label(key) == Some(value.text()))
        && selector.field("matchExpressions").items().all(|expression| {
            let found = label(expression.field("key").text());
            let listed = found.is_some_and(|found| expression.field("values").items().any(|value| value.text() == found));
            match expression.field("operator").text() {
                "In" => listed,
                "NotIn" => !listed,
                "Exists" => found.is_some(),
                "DoesNotExist" => found.is_none(),
                _ => false,
            }
        })
}

/// Holds a selector, which is valid, against the labels of a template's pods.
pub(super) fn match_template(selector: &Field<'_, '_>, template: &Field<'_, '_>, errors: &mut Errors) {
    let labels = template.field("metadata.labels");
    if !matches(selector, &labels) {
        errors.push(labels.invalid_value(&shown_map(&labels), MISMATCH).about(Concern::SelectorMismatch));
    }
}

/// A map of texts as JSON writes it, by its keys' order; an absent one is null.
#[must_use]
pub(super) fn shown_map(map: &Field<'_, '_>) -> String {
    if !map.is_set() {
        return "null".to_owned();
    }
    let mut entries: Vec<(&str, &str)> = map.entries().map(|(key, value)| (key, value.text())).collect();
    entries.sort_unstable();
    let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{}:{}", shown_text(key), shown_text(value))).collect();
    format!("{{{}}}", entries.join(","))
}

/// A selector as JSON writes it.
#[must_use]
pub(super) fn shown(selector: &Field<'_, '_>) -> String {
    if !selector.is_set() {
        return "null".to_owned();
    }
    let mut parts = Vec::new();
    let (labels, expressions) = (selector.field("matchLabels"), selector.field("matchExpressions"));
    if !labels.is_empty() {
        parts.push(format!("\"matchLabels\":{}", shown_map(&labels)));
    }
    if !expressions.is_empty() {
        let expressions: Vec<String> = expressions.items().map(|expression| requirement(&expression)).collect();
        parts.push(format!("\"matchExpressions\":[{}]", expressions.join(",")));
    }
    format!("{{{}}}", parts.join(","))
}

fn requirement(expression: &Field<'_, '_>) -> String {
    let values: Vec<String> = expression.field("values").items().map(|value| shown_text(value.text())).collect();
    let values = if values.is_empty() { String::new() } else { format!(",\"values\":[{}]", values.join(",")) };
    format!(
        "{{\"key\":{},\"operator\":{}{values}}}",
        shown_text(expression.field("key").text()),
        shown_text(expression.field("operator").text())
    )
}

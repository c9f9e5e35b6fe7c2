//! Labels, annotations and label selectors: `k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go`.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::names;

/// `ValidateLabels`: a map of labels, wherever it stands. Keys and values are told of at the map.
pub fn labels(map: &Field<'_, '_>, errors: &mut Errors) {
    for (key, value) in map.entries() {
        let at = map.of(value.near());
        for message in names::qualified(key) {
            errors.push(at.invalid_value(&shown_text(key), &message).about(Concern::Label));
        }
        for message in names::label_value(value.text()) {
            errors.push(at.invalid_value(&shown_text(value.text()), &message).about(Concern::Label));
        }
    }
}

/// The size of all annotations together.
const ANNOTATIONS_SIZE: usize = 256 << 10;

/// `ValidateAnnotations`: keys as labels have them, capitals or not, and their size.
pub fn annotations(map: &Field<'_, '_>, errors: &mut Errors) {
    let mut size = 0;
    for (key, value) in map.entries() {
        size += key.len() + value.text().len();
        let lower = if key.bytes().any(|byte| !byte.is_ascii() || byte.is_ascii_uppercase()) { key.to_lowercase() } else { String::new() };
        for message in names::qualified(if lower.is_empty() { key } else { &lower }) {
            errors.push(map.of(value.near()).invalid_value(&shown_text(key), &message).about(Concern::Label));
        }
    }
    if size > ANNOTATIONS_SIZE {
        errors.push(map.too_long(ANNOTATIONS_SIZE));
    }
}

/// `ValidateLabelSelector`, for what is there.
pub fn selector(selector: &Field<'_, '_>, errors: &mut Errors) {
    labels(&selector.field("matchLabels"), errors);
    for expression in selector.field("matchExpressions").items() {
        let (values, operator, key) = (expression.field("values"), expression.field("operator"), expression.field("key"));
        match operator.text() {
            "In" | "NotIn" if values.is_empty() => {
                errors.push(values.required("must be specified when `operator` is 'In' or 'NotIn'").about(Concern::Label));
            }
            "Exists" | "DoesNotExist" if !values.is_empty() => {
                errors.push(values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'").about(Concern::Label));
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => {}
            _ => errors.push(operator.invalid("not a valid selector operator").about(Concern::Enum)),
        }
        errors.invalid(&key, names::qualified(key.text()), Concern::Label);
        for value in values.items() {
            errors.invalid(&value, names::label_value(value.text()), Concern::Label);
        }
    }
}

/// Whether a selector has neither labels nor expressions.
#[must_use]
pub fn is_empty(selector: &Field<'_, '_>) -> bool {
    selector.field("matchLabels").is_empty() && selector.field("matchExpressions").is_empty()
}

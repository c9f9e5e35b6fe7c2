//! Classes of volumes, and of what volumes can change.

use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;

/// The most parameters, and the most bytes of all their names and values.
const MAX_PARAMETERS: usize = 512;
const MAX_SIZE: usize = 256 << 10;

/// `ValidateStorageClass`.
pub(super) fn storage(root: &Field<'_, '_>, errors: &mut Errors) {
    provisioner(&root.field("provisioner"), errors);
    parameters(&root.field("parameters"), errors);
    let (reclaim, binding) = (root.field("reclaimPolicy"), root.field("volumeBindingMode"));
    if !matches!(reclaim.text(), "" | "Delete" | "Retain") {
        errors.push(reclaim.not_supported(&["Delete", "Retain"]));
    }
    if binding.is_set() && !matches!(binding.text(), "Immediate" | "WaitForFirstConsumer") {
        errors.push(binding.not_supported(&["Immediate", "WaitForFirstConsumer"]));
    }
    topologies(&root.field("allowedTopologies"), errors);
}

/// `ValidateVolumeAttributesClass`.
pub(super) fn attributes(root: &Field<'_, '_>, errors: &mut Errors) {
    provisioner(&root.field("driverName"), errors);
    let parameters = root.field("parameters");
    self::parameters(&parameters, errors);
    if parameters.is_empty() {
        errors.push(parameters.required("must contain at least one key/value pair"));
    }
}

/// `validateProvisioner`: a qualified name, capitals or not.
fn provisioner(field: &Field<'_, '_>, errors: &mut Errors) {
    let lower = field.text().to_lowercase();
    if lower.is_empty() {
        errors.push(field.required(""));
        return;
    }
    for message in names::qualified(&lower) {
        errors.push(field.invalid_value(&shown_text(&lower), &message).about(Concern::ObjectName));
    }
}

fn parameters(map: &Field<'_, '_>, errors: &mut Errors) {
    if map.len() > MAX_PARAMETERS {
        errors.push(map.too_long(MAX_PARAMETERS));
        return;
    }
    let mut size = 0;
    for (key, value) in map.entries() {
        if key.is_empty() {
            errors.push(map.of(value.near()).invalid_value("\"\"", "field can not be empty."));
        }
        size += key.len() + value.text().len();
    }
    if size > MAX_SIZE {
        errors.push(map.too_long(MAX_SIZE));
    }
}

/// `validateAllowedTopologies`: terms of labels with values, none of them twice.
fn topologies(terms: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen_terms: Vec<Vec<(&str, Vec<&str>)>> = Vec::new();
    for term in terms.items() {
        let expressions = term.field("matchLabelExpressions");
        let mut seen: Vec<(&str, Vec<&str>)> = Vec::new();
        for expression in expressions.items() {
            let (key, values) = (expression.field("key"), expression.field("values"));
            if values.is_empty() {
                errors.push(values.required(""));
            }
            let mut found = Vec::new();
            for value in values.items() {
                if found.contains(&value.text()) {
                    errors.push(value.duplicate());
                }
                found.push(value.text());
            }
            errors.invalid(&key, names::qualified(key.text()), Concern::Label);
            if seen.iter().any(|(other, _)| *other == key.text()) {
                errors.push(key.duplicate());
            }
            found.sort_unstable();
            found.dedup();
            seen.push((key.text(), found));
        }
        seen.sort_unstable();
        if seen_terms.contains(&seen) {
            errors.push(expressions.duplicate_value("\"\""));
        }
        // The API server begins with as many empty terms as there are terms.
        if seen.is_empty() {
            errors.push(expressions.duplicate_value("\"\""));
        }
        seen_terms.push(seen);
    }
}

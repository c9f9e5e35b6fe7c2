//! Variables of containers, and the fields of a pod that they and files may hold.

use super::paths::{no_backsteps, required_name};
use super::projected::key_selector;
use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names;

/// The fields of a pod that a variable may hold, sorted.
const FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// The amounts of a container that may be told to it, sorted.
pub(super) const RESOURCE_FIELDS: &[&str] =
    &["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

/// From here on variables may be called almost anything (`RelaxedEnvironmentVariableValidation`).
const RELAXED_NAMES: u32 = 32;
/// From here on variables come from files too (`EnvFiles`).
const FILES: u32 = 35;

/// What a variable may be called.
fn variable_name(text: &str, minor: u32) -> Vec<String> {
    if minor >= RELAXED_NAMES { names::relaxed_env_var(text) } else { names::env_var(text) }
}

/// `ValidateEnv`.
pub(super) fn variables(variables: &Field<'_, '_>, errors: &mut Errors) {
    for variable in variables.items() {
        let name = variable.field("name");
        if name.text().is_empty() {
            errors.push(name.required(""));
        } else {
            errors.invalid(&name, variable_name(name.text(), errors.minor), Concern::Other);
        }
        let from = variable.field("valueFrom");
        if from.is_set() {
            value_from(&from, !variable.field("value").text().is_empty(), errors);
        }
    }
}

fn value_from(from: &Field<'_, '_>, has_value: bool, errors: &mut Errors) {
    const SOURCES: &[&str] = &["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
    let known = if errors.minor >= FILES { SOURCES } else { &SOURCES[..4] };
    let mut found = 0;
    for name in known {
        let source = from.field(name);
        if !source.is_set() {
            continue;
        }
        found += 1;
        match *name {
            "fieldRef" => field_ref(&source, FIELDS, errors),
            "resourceFieldRef" => resource_field(&source, RESOURCE_FIELDS, false, errors),
            "fileKeyRef" => file_key(&source, errors),
            _ => key_selector(&source, errors),
        }
    }
    let message = match found {
        0 if errors.minor >= FILES => {
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
        }
        0 => "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`",
        _ if has_value => "may not be specified when `value` is not empty",
        1 => return,
        _ => "may not have more than one field specified at a time",
    };
    errors.push(from.invalid_value("\"\"", message).about(Concern::EnvValue));
}

fn file_key(file: &Field<'_, '_>, errors: &mut Errors) {
    required_name(&file.field("key"), names::relaxed_env_var, errors);
    required_name(&file.field("volumeName"), names::label, errors);
    let path = file.field("path");
    if path.text().is_empty() {
        errors.push(path.required(""));
    } else {
        no_backsteps(&path, errors);
    }
}

/// `ValidateEnvFrom`. What is wrong with the number of sources is told of at the list.
pub(super) fn sources(list: &Field<'_, '_>, errors: &mut Errors) {
    for source in list.items() {
        let prefix = source.field("prefix");
        if !prefix.text().is_empty() {
            errors.invalid(&prefix, variable_name(prefix.text(), errors.minor), Concern::Other);
        }
        let mut found = 0;
        for name in ["configMapRef", "secretRef"] {
            let reference = source.field(name);
            if !reference.is_set() {
                continue;
            }
            found += 1;
            let name = reference.field("name");
            if name.text().is_empty() {
                errors.push(name.required(""));
            } else {
                let masked = names::without_trailing_dash(name.text());
                errors.invalid(&name, names::subdomain(&masked), Concern::Other);
            }
        }
        let message = match found {
            0 => "must specify one of: `configMapRef` or `secretRef`",
            1 => continue,
            _ => "may not have more than one field specified at a time",
        };
        errors.push(list.of(source.near()).invalid_value("\"\"", message).about(Concern::EnvValue));
    }
}

/// The fields of a pod that are known at all.
const KNOWN: &[&str] =
    &["metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName", "status.phase", "spec.host"];

/// `validateObjectFieldSelector`.
pub(super) fn field_ref(reference: &Field<'_, '_>, allowed: &[&str], errors: &mut Errors) {
    let (version, path) = (reference.field("apiVersion"), reference.field("fieldPath"));
    if path.text().is_empty() {
        errors.push(path.required(""));
        return;
    }
    let convert = |why: &str| path.invalid(&format!("error converting fieldPath: {why}"));
    if !matches!(version.text(), "" | "v1") {
        errors.push(convert(&format!("unsupported pod version: {}", version.text())));
        return;
    }
    let subscript = path.text().strip_suffix("']").and_then(|text| text.split_once("['")).filter(|(path, _)| !path.is_empty());
    if let Some((map, key)) = subscript {
        let at = reference.of(path.near());
        let key = match map {
            "metadata.annotations" => key.to_lowercase(),
            "metadata.labels" => key.to_owned(),
            _ => {
                errors.push(convert(&format!("field label does not support subscript: {}", path.text())));
                return;
            }
        };
        for message in names::qualified(&key) {
            errors.push(at.invalid_value(&shown_text(&key), &message));
        }
        return;
    }
    if !KNOWN.contains(&path.text()) && !FIELDS.contains(&path.text()) {
        errors.push(convert(&format!("field label not supported: {}", path.text())));
        return;
    }
    let internal = if path.text() == "spec.host" { "spec.nodeName" } else { path.text() };
    if !allowed.contains(&internal) {
        errors.push(path.not_supported_value(&shown_text(internal), allowed));
    }
}

/// The units that amounts of bytes may be told in.
const BYTE_UNITS: &[&str] = &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
const HUGE_PAGES: [&str; 2] = ["requests.hugepages-", "limits.hugepages-"];

/// `validateContainerResourceFieldSelector`; a volume has to say of which container.
pub(super) fn resource_field(reference: &Field<'_, '_>, allowed: &[&str], in_volume: bool, errors: &mut Errors) {
    let (container, resource, divisor) = (reference.field("containerName"), reference.field("resource"), reference.field("divisor"));
    let name = resource.text();
    let is_huge = HUGE_PAGES.iter().any(|prefix| name.starts_with(prefix));
    if in_volume && container.text().is_empty() {
        errors.push(container.required(""));
    } else if name.is_empty() {
        errors.push(resource.required(""));
    } else if !allowed.contains(&name) && !is_huge {
        errors.push(resource.not_supported(allowed));
    }
    let Some(unit) = divisor.quantity().filter(|unit| !unit.is_zero()).map(|unit| unit.to_string()) else { return };
    let (units, what) = match name {
        "limits.cpu" | "requests.cpu" => (&["1m", "1"][..], "cpu"),
        "limits.memory" | "requests.memory" => (BYTE_UNITS, "memory"),
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => (BYTE_UNITS, "local ephemeral storage"),
        _ if is_huge => (BYTE_UNITS, "hugepages"),
        _ => return,
    };
    if !units.contains(&unit.as_str()) {
        let listed = if units.len() == 2 { "1m and 1".to_owned() } else { units.join(", ") };
        let message = format!("only divisor's values {listed} are supported with the {what} resource");
        errors.push(divisor.invalid_value(&shown_text(name), &message).about(Concern::Quantity));
    }
}

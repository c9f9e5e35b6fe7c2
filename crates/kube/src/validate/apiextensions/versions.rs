//! The versions of a definition. What all of them share, the API server holds once, and tells of it at `spec.validation`, `spec.subresources` and
//! so on (`Convert_v1_CustomResourceDefinitionSpec_To_apiextensions_CustomResourceDefinitionSpec`); so it is here.

use super::{parts, properties, schema};
use crate::node::Node;
use crate::validate::field::{Errors, Field};
use crate::validate::names;

/// The release that can select by fields.
const SELECTABLE: u32 = 31;

/// Validates the versions of a definition's spec.
pub(super) fn validate(spec: &Field<'_, '_>, errors: &mut Errors) {
    let versions = spec.field("versions");
    let shared = |name: &'static str| {
        let mut parts = versions.items().map(|version| version.field(name).node());
        let first = parts.next().flatten();
        let is_shared = parts.all(|part| match (first, part) {
            (Some(first), Some(part)) => properties::same(first, part),
            (first, part) => first.is_none() && part.is_none(),
        });
        (first, is_shared)
    };
    for (index, version) in versions.items().enumerate() {
        let name = version.field("name");
        if name.text().is_empty() {
            errors.push(name.invalid_value("\"\"", &names::label_1035("").join(",")));
        }
        parts::label(&name, name.text(), name.text(), "", errors);
        if index == 0 {
            parts::label(&spec.field("version").of(name.near()), name.text(), name.text(), "", errors);
        }
        deprecation(&version, errors);
        if !version.field("schema.openAPIV3Schema").is_set() {
            errors.push(version.field("schema.openAPIV3Schema").required(""));
        }
    }
    names_and_storage(&versions, errors);

    let (subresources, are_shared) = shared("subresources");
    if let Some(subresources) = subresources.filter(|_| are_shared) {
        let at = spec.field("subresources").of(subresources);
        parts::subresources(&at, &at, errors);
    }
    let (columns, columns_shared) = shared("additionalPrinterColumns");
    if let Some(columns) = columns.filter(|_| columns_shared) {
        let at = spec.field("additionalPrinterColumns").of(columns);
        at.items().for_each(|column| parts::column(&column, &column, errors));
    }
    let (schema, schema_shared) = shared("schema");
    let has_status = |version: &Field<'_, '_>| version.field("subresources.status").is_set();
    if let Some(schema) = schema.filter(|_| schema_shared) {
        let has_status = versions.items().any(|version| has_status(&version));
        schema::validate(&spec.field("validation").of(schema), has_status, errors);
    }
    let (fields, fields_shared) = shared("selectableFields");
    if let Some(fields) = fields.filter(|_| fields_shared && schema_shared) {
        selectable(&spec.field("selectableFields").of(fields), schema, errors);
    }
    for version in versions.items() {
        let own = version.field("subresources");
        if !are_shared {
            parts::subresources(&own, &own, errors);
        }
        if !columns_shared {
            let columns = version.field("additionalPrinterColumns");
            columns.items().for_each(|column| parts::column(&column, &column, errors));
        }
        if !schema_shared {
            schema::validate(&version.field("schema"), has_status(&version), errors);
        }
    }
}

/// `validateDeprecationWarning`.
fn deprecation(version: &Field<'_, '_>, errors: &mut Errors) {
    const MOST: usize = 256;
    let warning = version.field("deprecationWarning");
    let Some(text) = warning.str() else { return };
    if !version.field("deprecated").is_on() {
        errors.push(warning.invalid("can only be set for deprecated versions"));
        return;
    }
    if text.len() > MOST {
        errors.push(warning.invalid("must be <= 256 characters long"));
    }
    if text.is_empty() {
        errors.push(warning.invalid("must not be an empty string"));
    }
    if let Some((index, _)) = text.char_indices().find(|(_, character)| !chartwright_go::unicode::is_print(u32::from(*character))) {
        errors.push(
            warning.invalid(&format!("must only contain printable UTF-8 characters; non-printable character found at index {index}")),
        );
    }
}

/// Names are there once, and one version is what is stored. The API server shows all versions with their schemas; that is left out here.
fn names_and_storage(versions: &Field<'_, '_>, errors: &mut Errors) {
    let mut seen = std::collections::HashSet::new();
    if !versions.items().all(|version| seen.insert(version.field("name").text())) {
        errors.push(versions.invalid_omitted("must contain unique version names"));
    }
    if versions.items().filter(|version| version.field("storage").is_on()).count() != 1 {
        errors.push(versions.invalid_omitted("must have exactly one version marked as storage version"));
    }
}

/// `ValidateCustomResourceSelectableFields`, for paths of plain names.
fn selectable(fields: &Field<'_, '_>, schema: Option<Node<'_>>, errors: &mut Errors) {
    const MOST: usize = 8;
    if errors.minor < SELECTABLE {
        return;
    }
    let Some(schema) = schema.and_then(|schema| schema.get("openAPIV3Schema")) else {
        if !fields.is_empty() {
            errors.push(fields.invalid_value("\"\"", "may only be set when validations.schema is included"));
        }
        return;
    };
    let mut seen = std::collections::HashSet::new();
    for field in fields.items() {
        let path = field.field("jsonPath");
        if path.text().is_empty() {
            errors.push(path.required(""));
            continue;
        }
        match properties::at(schema, path.text()) {
            Err(detail) => {
                errors.push(path.invalid(&format!("is an invalid path: {detail}")));
                continue;
            }
            Ok(None) => {}
            Ok(Some(found)) => {
                if path.text().starts_with(".metadata") && path.text().split('.').nth(1) == Some("metadata") {
                    errors.push(path.invalid("must not point to fields in metadata"));
                }
                if !matches!(found.str_at("type"), Some("string" | "boolean" | "integer")) {
                    errors.push(path.invalid(
                        "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.",
                    ));
                }
            }
        }
        if !seen.insert(path.text()) {
            errors.push(path.duplicate());
        }
    }
    if seen.len() > MOST {
        errors.push(fields.too_many(seen.len(), MOST));
    }
}

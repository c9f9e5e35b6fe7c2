//! What a definition says beside its schemas: names, columns, subresources, how its versions are converted.

use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::{names as rules, webhook};

/// Versions of the question that a webhook of conversions can be asked.
const REVIEWS: [&str; 2] = ["v1", "v1beta1"];
const COLUMN_TYPES: [&str; 5] = ["boolean", "date", "integer", "number", "string"];
const COLUMN_FORMATS: [&str; 8] = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

/// `ValidateCustomResourceDefinitionNames`; the singular and the list's kind are made of the kind if they are left out.
pub(super) fn names(names: &Field<'_, '_>, errors: &mut Errors) {
    let (plural, singular, kind, list) = (names.field("plural"), names.field("singular"), names.field("kind"), names.field("listKind"));
    for required in [&plural, &kind] {
        if required.text().is_empty() {
            errors.push(required.required(""));
        }
    }
    if kind.text().is_empty() {
        for derived in [&singular, &list].into_iter().filter(|name| name.text().is_empty()) {
            errors.push(derived.required(""));
        }
    }
    let or = |name: &Field<'_, '_>, derived: String| if name.text().is_empty() { derived } else { name.text().to_owned() };
    let has_kind = !kind.text().is_empty();
    label(&plural, plural.text(), plural.text(), "", errors);
    let made = or(&singular, kind.text().to_lowercase());
    label(&singular, &made, &made, "", errors);
    let made = or(&list, if has_kind { format!("{}List", kind.text()) } else { String::new() });
    for (field, text) in [(&kind, kind.text()), (&list, &made)] {
        label(field, text, &text.to_lowercase(), "may have mixed case, but should otherwise match: ", errors);
    }
    for lists in ["shortNames", "categories"] {
        for name in names.field(lists).items() {
            let messages = rules::label_1035(name.text());
            if !messages.is_empty() {
                errors.push(name.invalid_value(&shown_text(name.text()), &messages.join(",")));
            }
        }
    }
    if !kind.text().is_empty() && kind.text() == list.text() {
        errors.push(list.invalid("kind and listKind may not be the same"));
    }
}

/// A label that begins with a letter, if it is there: what the text becomes is held to that, and all that is wrong with it is one error.
pub(super) fn label(field: &Field<'_, '_>, text: &str, becomes: &str, before: &str, errors: &mut Errors) {
    let messages = rules::label_1035(becomes);
    if !text.is_empty() && !messages.is_empty() {
        errors.push(field.invalid_value(&shown_text(text), &format!("{before}{}", messages.join(","))));
    }
}

/// `ValidateCustomResourceColumnDefinition`. The path's field has the name of an older version.
pub(super) fn column(column: &Field<'_, '_>, source: &Field<'_, '_>, errors: &mut Errors) {
    let of = |name: &'static str, own: &'static str| {
        let field = source.field(own);
        (field.text(), field.near(), name)
    };
    let (name, near, _) = of("name", "name");
    if name.is_empty() {
        errors.push(column.field("name").of(near).required(""));
    }
    let (kind, near, _) = of("type", "type");
    let one_of = format!("must be one of {}", COLUMN_TYPES.join(","));
    if kind.is_empty() {
        errors.push(column.field("type").of(near).required(&one_of));
    } else if !COLUMN_TYPES.contains(&kind) {
        errors.push(column.field("type").of(near).invalid(&one_of));
    }
    let (format, near, _) = of("format", "format");
    if !format.is_empty() && !COLUMN_FORMATS.contains(&format) {
        errors.push(column.field("format").of(near).invalid(&format!("must be one of {}", COLUMN_FORMATS.join(","))));
    }
    let (path, near, _) = of("JSONPath", "jsonPath");
    let at = column.field("JSONPath").of(near);
    if path.is_empty() {
        errors.push(at.required(""));
    } else if !path.starts_with('.') {
        errors.push(at.invalid("must be a simple json path starting with ."));
    }
}

/// `ValidateCustomResourceDefinitionSubresources`.
pub(super) fn subresources(at: &Field<'_, '_>, source: &Field<'_, '_>, errors: &mut Errors) {
    let scale = source.field("scale");
    if !scale.is_set() {
        return;
    }
    let paths = [
        ("scale.specReplicasPath", "specReplicasPath", true, &[".spec."][..], "should be a json path under .spec"),
        ("scale.statusReplicasPath", "statusReplicasPath", true, &[".status."][..], "should be a json path under .status"),
        (
            "scale.labelSelectorPath",
            "labelSelectorPath",
            false,
            &[".spec.", ".status."][..],
            "should be a json path under either .spec or .status",
        ),
    ];
    for (name, own, is_required, starts, says) in paths {
        let path = scale.field(own);
        let at = at.field(name).of(path.near());
        if path.text().is_empty() {
            if is_required {
                errors.push(at.required(""));
            }
        } else if !path.text().starts_with('.') {
            errors.push(at.invalid("must be a simple json path starting with ."));
        } else if !starts.iter().any(|start| path.text().starts_with(start)) {
            errors.push(at.invalid(says));
        }
    }
}

/// `validateCustomResourceConversion`, with the names that the API server's own type has.
pub(super) fn conversion(conversion: &Field<'_, '_>, errors: &mut Errors) {
    if !conversion.is_set() {
        return;
    }
    let (strategy, webhook) = (conversion.field("strategy"), conversion.field("webhook"));
    let (client, versions) = (webhook.field("clientConfig"), webhook.field("conversionReviewVersions"));
    match strategy.text() {
        "" => errors.push(strategy.required("")),
        "None" | "Webhook" => {}
        _ => errors.push(strategy.not_supported(&["None", "Webhook"])),
    }
    let at = conversion.field("webhookClientConfig").of(client.near());
    let at_versions = conversion.field("conversionReviewVersions").of(versions.near());
    if strategy.text() == "Webhook" {
        if client.is_set() {
            webhook::client(&at, errors);
        } else {
            errors.push(at.required("required when strategy is set to Webhook"));
        }
        if versions.is_empty() {
            errors.push(at_versions.required(""));
        } else {
            webhook::review_versions(&at_versions, &REVIEWS, "v1, v1beta1", errors);
        }
        return;
    }
    if client.is_set() {
        errors.push(at.forbidden("should not be set when strategy is not set to Webhook"));
    }
    if !versions.is_empty() {
        errors.push(at_versions.forbidden("should not be set when strategy is not set to Webhook"));
    }
}

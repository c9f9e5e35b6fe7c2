//! Texts of several parts: domains, paths below domains, names of drivers.

use super::concern::Concern;
use super::field::{Errors, Field, shown_text};
use super::names;

/// The kind and the name of an object that is referred to.
pub(super) fn kind_and_name(reference: &Field<'_, '_>, errors: &mut Errors) {
    for name in ["kind", "name"] {
        let field = reference.field(name);
        if field.text().is_empty() {
            errors.push(field.required(""));
        } else {
            errors.invalid(&field, names::path_segment(field.text()), Concern::ObjectName);
        }
    }
}

/// `IsDomainPrefixedPath`: `example.com/path`.
pub(super) fn domain_prefixed_path(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    if text.is_empty() {
        errors.push(field.required(""));
        return;
    }
    let Some((host, path)) = text.split_once('/').filter(|(host, path)| !host.is_empty() && !path.is_empty()) else {
        errors.push(field.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")"));
        return;
    };
    for message in names::subdomain(host) {
        errors.push(field.invalid_value(&shown_text(host), &message));
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:".contains(&byte);
    if !path.bytes().all(plain) {
        let message = names::pattern("Invalid path", "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+", &[]);
        errors.push(field.invalid_value(&shown_text(path), &message));
    }
}

/// `IsFullyQualifiedName`: a domain of three parts at least.
pub(super) fn fully_qualified_name(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    let messages = names::subdomain(text);
    if text.is_empty() {
        errors.push(field.required(""));
    } else if !messages.is_empty() {
        errors.push(field.invalid(&messages.join(",")).about(Concern::ObjectName));
    } else if text.split('.').count() < 3 {
        errors.push(field.invalid("should be a domain with at least three segments separated by dots").about(Concern::ObjectName));
    }
}

/// `IsFullyQualifiedDomainName`: a domain of two labels at least, with a dot at its end or none.
pub(super) fn domain(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    if text.is_empty() {
        errors.push(field.required(""));
        return;
    }
    let name = text.strip_suffix('.').unwrap_or(text);
    let messages = names::subdomain(name);
    if !messages.is_empty() {
        errors.push(field.invalid_value(&shown_text(name), &messages.join(",")));
        return;
    }
    if name.split('.').count() < 2 {
        errors.push(field.invalid_value(&shown_text(name), "should be a domain with at least two segments separated by dots"));
        return;
    }
    let wrong = name.split('.').map(|label| (label, names::label(label))).find(|(_, messages)| !messages.is_empty());
    if let Some((label, messages)) = wrong {
        errors.push(field.invalid_value(&shown_text(label), &messages.join(",")));
    }
}

/// A driver's name where the API server holds it to the tags of its field (`validate.LongNameCaseless`), which word it in another way.
pub(super) fn caseless_driver(field: &Field<'_, '_>, errors: &mut Errors) {
    let text = field.text();
    if text.is_empty() {
        errors.push(field.required(""));
        return;
    }
    if text.len() > names::LABEL_LENGTH {
        errors.push(field.too_long_characters(names::LABEL_LENGTH));
    }
    let messages = names::subdomain(&text.to_lowercase());
    if errors.minor < TAGS {
        errors.invalid(field, messages, Concern::ObjectName);
    } else if !messages.is_empty() {
        let detail = names::pattern(
            "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
            &["Example.com"],
        );
        errors.push(field.invalid(&detail).about(Concern::ObjectName));
    }
}

/// The release from which on fields with tags (`+k8s:required` and others, of `k8s.io/api`) are told of by them alone.
pub(super) const TAGS: u32 = 37;

/// `Required value` of a field with a tag, which leaves out what older releases say besides.
pub(super) fn required(field: &Field<'_, '_>, older: &str, errors: &mut Errors) {
    errors.push(field.required(if errors.minor < TAGS { older } else { "" }));
}

/// `Forbidden` of a field with a tag, in the same way.
pub(super) fn forbidden(field: &Field<'_, '_>, older: &str, errors: &mut Errors) {
    errors.push(field.forbidden(if errors.minor < TAGS { older } else { "" }));
}

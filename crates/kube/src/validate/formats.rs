//! Texts of several parts: domains, paths below domains, names of drivers.

use super::field::{Errors, Field, shown_text};
use super::names;

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

//! Paths in a file system, modes and users of files.

use crate::validate::Concern;
use crate::validate::field::{Errors, Field, shown_text};
use crate::validate::names::inclusive;

/// `validatePathNoBacksteps`.
pub(super) fn no_backsteps(path: &Field<'_, '_>, errors: &mut Errors) {
    if has_backsteps(path.text()) {
        errors.push(path.invalid("must not contain '..'"));
    }
}

pub(super) fn has_backsteps(text: &str) -> bool {
    text.split('/').any(|part| part == "..")
}

/// `validateLocalDescendingPath`: relative, and never upwards.
pub(super) fn descending(path: &Field<'_, '_>, errors: &mut Errors) {
    if path.text().starts_with('/') {
        errors.push(path.invalid("must be a relative path"));
    }
    no_backsteps(path, errors);
}

/// `ValidateLocalNonReservedPath`: what is more, it does not begin with `..`.
pub(super) fn non_reserved(path: &Field<'_, '_>, errors: &mut Errors) {
    descending(path, errors);
    let text = path.text();
    if text.starts_with("..") && !text.starts_with("../") {
        errors.push(path.invalid("must not start with '..'"));
    }
}

/// The permissions of a file.
pub(super) fn mode(mode: &Field<'_, '_>, errors: &mut Errors) {
    if mode.int().is_some_and(|mode| !(0..=0o777).contains(&mode)) {
        errors.push(mode.invalid("must be a number between 0 and 0777 (octal), both inclusive"));
    }
}

/// `IsValidUserID` and `IsValidGroupID`.
pub(super) fn user(id: &Field<'_, '_>, errors: &mut Errors) {
    let most = i64::from(i32::MAX);
    if id.int().is_some_and(|id| !(0..=most).contains(&id)) {
        errors.push(id.invalid(&inclusive(0, most)));
    }
}

/// Texts that have to be there, each by the name of its field.
pub(super) fn required(owner: &Field<'_, '_>, names: &[&str], errors: &mut Errors) {
    for name in names {
        let field = owner.field(name);
        if field.text().is_empty() {
            errors.push(field.required(""));
        }
    }
}

/// A text that has to be one of some, if it is there. Empty counts as there.
pub(super) fn one_of(field: &Field<'_, '_>, supported: &[&str], errors: &mut Errors) {
    if field.str().is_some_and(|text| !supported.contains(&text)) {
        errors.push(field.not_supported(supported));
    }
}

/// The same where an empty text is filled in before anyone looks.
pub(super) fn one_of_or_default(field: &Field<'_, '_>, supported: &[&str], errors: &mut Errors) {
    if !field.text().is_empty() {
        one_of(field, supported, errors);
    }
}

/// A name by its rule, if it is not empty.
pub(super) fn named(field: &Field<'_, '_>, rule: fn(&str) -> Vec<String>, errors: &mut Errors) {
    if !field.text().is_empty() {
        errors.invalid(field, rule(field.text()), Concern::Other);
    }
}

/// A name that has to be there, by its rule.
pub(super) fn required_name(field: &Field<'_, '_>, rule: fn(&str) -> Vec<String>, errors: &mut Errors) {
    if field.text().is_empty() {
        errors.push(field.required(""));
    } else {
        errors.invalid(field, rule(field.text()), Concern::Other);
    }
}

/// A name by its rule, where no name is none either.
pub(super) fn any_name(field: &Field<'_, '_>, rule: fn(&str) -> Vec<String>, errors: &mut Errors) {
    for message in rule(field.text()) {
        errors.push(field.invalid_value(&shown_text(field.text()), &message));
    }
}

//! Questions of who may do what: `pkg/apis/authorization/validation/validation.go`.

use super::Subject;
use super::field::{Errors, Field};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    let spec = root.field("spec");
    match subject.kind {
        "SubjectAccessReview" => review(&spec, true, errors),
        "SelfSubjectAccessReview" => review(&spec, false, errors),
        "LocalSubjectAccessReview" => {
            review(&spec, true, errors);
            let (urls, resource) = (root.field("spec.nonResourceAttributes"), root.field("spec.resourceAttributes.namespace"));
            let own = root.field("metadata.namespace");
            if own.is_set() && spec.field("resourceAttributes").is_set() && own.text() != resource.text() {
                errors.push(resource.invalid("must match metadata.namespace"));
            }
            if urls.is_set() {
                errors.push(urls.invalid_value(&attributes(&urls), "disallowed on this kind of request"));
            }
        }
        "SelfSubjectRulesReview" if spec.field("namespace").text().is_empty() => {}
        _ => {}
    }
}

fn attributes(urls: &Field<'_, '_>) -> String {
    if !urls.is_set() {
        return "null".to_owned();
    }
    let part = |name: &str| super::shown_text(urls.field(name).text());
    format!("{{\"Path\":{},\"Verb\":{}}}", part("path"), part("verb"))
}

fn review(spec: &Field<'_, '_>, names_whom: bool, errors: &mut Errors) {
    let (urls, resource, user) = (spec.field("nonResourceAttributes"), spec.field("resourceAttributes"), spec.field("user"));
    if urls.is_set() == resource.is_set() {
        errors.push(spec.invalid_value(&attributes(&urls), "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
    }
    if names_whom && user.text().is_empty() && spec.field("groups").is_empty() {
        errors.push(user.invalid_value("\"\"", "at least one of user or group must be specified"));
    }
}

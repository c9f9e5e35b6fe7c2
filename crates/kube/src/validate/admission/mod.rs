//! Webhooks and policies of admission: `pkg/apis/admissionregistration/validation/validation.go`, with the defaults of
//! `pkg/apis/admissionregistration/v1/defaults.go`. Expressions are not compiled.

mod policies;
mod rules;
mod webhooks;

use super::Subject;
use super::field::Errors;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    match subject.kind {
        "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration" => webhooks::validate(&root.field("webhooks"), errors),
        "ValidatingAdmissionPolicy" => policies::validating(&root, errors),
        "MutatingAdmissionPolicy" => policies::mutating(&root, errors),
        "ValidatingAdmissionPolicyBinding" => policies::validating_binding(&root.field("spec"), errors),
        "MutatingAdmissionPolicyBinding" => policies::mutating_binding(&root.field("spec"), errors),
        _ => {}
    }
}

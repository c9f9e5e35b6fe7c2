//! Runtimes of containers: `pkg/apis/node/validation/validation.go`.

use super::concern::Concern;
use super::field::{Errors, Field};
use super::{Subject, labels, names};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    if subject.kind == "RuntimeClass" {
        class(&subject.field(), errors);
    }
}

/// `ValidateRuntimeClass`.
fn class(root: &Field<'_, '_>, errors: &mut Errors) {
    let handler = root.field("handler");
    if handler.text().is_empty() {
        errors.push(handler.required(""));
    } else {
        errors.invalid(&handler, names::label(handler.text()), Concern::ObjectName);
    }
    labels::labels(&root.field("scheduling.nodeSelector"), errors);
}

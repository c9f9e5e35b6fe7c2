//! How the API server shares itself out: `pkg/apis/flowcontrol/validation/validation.go`, with the defaults of
//! `pkg/apis/flowcontrol/v1/defaults.go`.

mod level;
mod schema;

use super::Subject;
use super::field::{Errors, Field};

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    match subject.kind {
        "FlowSchema" => schema::validate(&root, errors),
        "PriorityLevelConfiguration" => level::validate(&root, errors),
        _ => {}
    }
}

/// Whether `*` is in a list.
fn has_wildcard(list: &Field<'_, '_>) -> bool {
    list.items().any(|item| item.text() == "*")
}

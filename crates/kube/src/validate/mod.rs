//! What the API server's validation refuses of an object that decodes, in its words: a file an API group, a row each in [`GROUPS`].
//!
//! Whether an object decodes is [`crate::schema`]'s business; so is which release has which field. What is held against other objects is not
//! known here.

mod field;
mod meta;

pub use field::{FieldError, Path};

use crate::kind::group;
use crate::node::Node;

/// An object under validation.
#[derive(Clone, Copy)]
pub struct Subject<'t> {
    /// Its root.
    pub root: Node<'t>,
    /// Its `apiVersion`.
    pub api_version: &'t str,
    /// Its kind.
    pub kind: &'t str,
    /// The minor version of Kubernetes 1.x.
    pub minor: u32,
}

/// Checks the objects of a group.
type Check = for<'t> fn(Subject<'t>, &mut Vec<FieldError>);

/// The groups whose objects are validated; `*` is all of them.
const GROUPS: &[(&str, Check)] = &[("*", meta::validate)];

/// Everything that is invalid about an object of a built-in kind, in the document's order.
#[must_use]
pub fn validate(subject: Subject<'_>) -> Vec<FieldError> {
    let own = group(subject.api_version);
    let mut errors = Vec::new();
    for (_, check) in GROUPS.iter().filter(|(name, _)| *name == "*" || *name == own) {
        check(subject, &mut errors);
    }
    let tree = subject.root.tree();
    errors.sort_by_key(|error| tree.key_span(error.node).start);
    errors
}

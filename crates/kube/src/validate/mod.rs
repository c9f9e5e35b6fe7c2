//! What the API server's validation refuses of an object that decodes, in its words: a file an API group, a row each in [`GROUPS`].
//!
//! Whether an object decodes is [`crate::schema`]'s business; so is which release has which field. What is held against other objects is not
//! known here.

mod admission;
mod apiextensions;
mod apiregistration;
mod apps;
mod authorization;
mod autoscaling;
mod batch;
mod certificates;
mod concern;
mod coordination;
mod core;
mod discovery;
mod events;
mod expressions;
mod field;
mod flow;
mod formats;
pub mod ip;
pub mod labels;
mod meta;
pub mod names;
mod networking;
mod node;
pub mod numbers;
mod pods;
mod policy;
pub mod quantities;
mod rbac;
mod resource;
mod scheduling;
mod selectors;
pub mod signer;
mod storage;
mod webhook;

pub use concern::Concern;
pub use field::{Errors, Field, FieldError, shown_text};

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

impl<'t> Subject<'t> {
    /// The object as a field without a place, which its top-level fields are fields of.
    #[must_use]
    pub fn field(self) -> Field<'t, 't> {
        Field::root(self.root)
    }
}

/// Checks the objects of a group; what a kind is named by is [`meta`]'s.
type Check = for<'t> fn(Subject<'t>, &mut Errors);

/// The groups whose objects are validated; `*` is all of them.
const GROUPS: &[(&str, Check)] = &[
    ("*", meta::validate),
    ("", core::validate),
    ("admissionregistration.k8s.io", admission::validate),
    ("apiextensions.k8s.io", apiextensions::validate),
    ("apiregistration.k8s.io", apiregistration::validate),
    ("apps", apps::validate),
    ("authorization.k8s.io", authorization::validate),
    ("autoscaling", autoscaling::validate),
    ("batch", batch::validate),
    ("certificates.k8s.io", certificates::validate),
    ("coordination.k8s.io", coordination::validate),
    ("discovery.k8s.io", discovery::validate),
    ("events.k8s.io", events::validate),
    ("flowcontrol.apiserver.k8s.io", flow::validate),
    ("networking.k8s.io", networking::validate),
    ("node.k8s.io", node::validate),
    ("policy", policy::validate),
    ("rbac.authorization.k8s.io", rbac::validate),
    ("resource.k8s.io", resource::validate),
    ("scheduling.k8s.io", scheduling::validate),
    ("storage.k8s.io", storage::validate),
];

/// Everything that is invalid about an object of a built-in kind, in the document's order.
#[must_use]
pub fn validate(subject: Subject<'_>) -> Vec<FieldError> {
    let own = group(subject.api_version);
    let mut errors = Errors::new(subject.minor);
    for (_, check) in GROUPS.iter().filter(|(name, _)| *name == "*" || *name == own) {
        check(subject, &mut errors);
    }
    sorted(errors, subject.root)
}

/// What is invalid about the metadata of a custom resource, which is held to its definition otherwise.
#[must_use]
pub fn validate_custom(root: Node<'_>, minor: u32) -> Vec<FieldError> {
    let mut errors = Errors::new(minor);
    meta::object_meta(&Field::root(root).field("metadata"), names::subdomain, &mut errors);
    sorted(errors, root)
}

fn sorted(errors: Errors, root: Node<'_>) -> Vec<FieldError> {
    let mut list = errors.list;
    list.sort_by_key(|error| root.tree().key_span(error.node).start);
    list
}

//! The core group: `pkg/apis/core/validation/validation.go` of Kubernetes. A file a concept; pods and claims are made by other groups' objects
//! too, which call [`pod_template`] and [`claim_spec`].

mod claim;
mod pod;

pub(crate) use claim::claim_spec;
pub(crate) use pod::{pod_spec, pod_template};

use super::Subject;
use super::field::Errors;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    match subject.kind {
        "Pod" => pod_spec(&root.field("spec"), &root.field("metadata"), errors),
        "PodTemplate" => pod_template(&root.field("template"), errors),
        "PersistentVolumeClaim" => claim_spec(&root.field("spec"), errors),
        _ => {}
    }
}

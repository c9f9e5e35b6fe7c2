//! Pods and templates of pods.

use crate::validate::field::{Errors, Field};
use crate::validate::labels;

/// `ValidatePodTemplateSpec`: the template of a workload. That its labels meet the workload's selector, and that its restart policy is one
/// that the workload can have, is the workload's own check.
pub(crate) fn pod_template(template: &Field<'_, '_>, errors: &mut Errors) {
    let metadata = template.field("metadata");
    labels::labels(&metadata.field("labels"), errors);
    labels::annotations(&metadata.field("annotations"), errors);
    pod_spec(&template.field("spec"), &metadata, errors);
}

/// `ValidatePodSpec` with the annotations that a pod's metadata may hold for it.
pub(crate) fn pod_spec(_spec: &Field<'_, '_>, _metadata: &Field<'_, '_>, _errors: &mut Errors) {}

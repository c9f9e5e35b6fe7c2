//! What the objects of other groups ask of the pods and claims that they make.

use super::concern::Concern;
use super::core;
use super::field::{Errors, Field};

/// The template of a workload's pods.
pub(super) fn template(template: &Field<'_, '_>, errors: &mut Errors) {
    core::pod_template(template, errors);
}

/// The template of pods that get a volume for each of these claims.
pub(super) fn template_with_claims<'t>(template: &Field<'_, 't>, claims: &Field<'_, 't>, errors: &mut Errors) {
    core::pod_template_with_claims(template, claims, errors);
}

/// The spec of a claim that a workload makes.
pub(super) fn claim(spec: &Field<'_, '_>, errors: &mut Errors) {
    core::claim_spec(spec, errors);
}

/// Holds a template's restart policy, which is `Always` if it says nothing, to those that the workload can have.
pub(super) fn only_restart(template: &Field<'_, '_>, allowed: &[&str], errors: &mut Errors) {
    let policy = template.field("spec.restartPolicy");
    let name = if policy.text().is_empty() { "Always" } else { policy.text() };
    if !allowed.contains(&name) {
        errors.push(policy.not_supported(allowed).about(Concern::WorkloadRestartPolicy));
    }
}

/// The name of a resource that a container may have.
pub(super) fn container_resource_name(name: &Field<'_, '_>, errors: &mut Errors) {
    core::resources::container_resource_name(name.text(), name, errors);
}

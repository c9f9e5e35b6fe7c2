//! Classes of Ingresses: `ValidateIngressClass`.

use super::ingress;
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::{formats, names};

const MAX_CONTROLLER: usize = 250;

/// Validates an IngressClass.
pub(super) fn validate(spec: &Field<'_, '_>, errors: &mut Errors) {
    let (controller, parameters) = (spec.field("controller"), spec.field("parameters"));
    if controller.text().len() > MAX_CONTROLLER {
        errors.push(controller.too_long(MAX_CONTROLLER));
    }
    formats::domain_prefixed_path(&controller, errors);
    if parameters.is_set() {
        self::parameters(&parameters, errors);
    }
}

/// `validateIngressClassParametersReference`; the scope is that of the cluster if it is left out.
fn parameters(parameters: &Field<'_, '_>, errors: &mut Errors) {
    ingress::reference(parameters, errors);
    let (scope, namespace) = (parameters.field("scope"), parameters.field("namespace"));
    let text = scope.str().unwrap_or("Cluster");
    match (text, namespace.is_set()) {
        ("Namespace", false) => errors.push(namespace.required("`parameters.scope` is set to 'Namespace'")),
        ("Namespace", true) => errors.invalid(&namespace, names::label(namespace.text()), Concern::ObjectName),
        ("Cluster", true) => errors.push(namespace.forbidden("`parameters.scope` is set to 'Cluster'")),
        ("Cluster", false) => {}
        _ => errors.push(scope.not_supported(&["Cluster", "Namespace"])),
    }
}

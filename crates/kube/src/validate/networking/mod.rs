//! Ingresses, their classes, policies of the network, addresses and ranges of services: `pkg/apis/networking/validation/validation.go`.

mod ingress;
mod ingress_class;
mod network_policy;
mod service_cidr;

use super::Subject;
use super::field::Errors;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    let spec = root.field("spec");
    match subject.kind {
        "Ingress" => ingress::validate(&root, errors),
        "IngressClass" => ingress_class::validate(&spec, errors),
        "NetworkPolicy" => network_policy::validate(&spec, errors),
        "IPAddress" => service_cidr::address(&root, errors),
        "ServiceCIDR" => service_cidr::range(&spec, errors),
        _ => {}
    }
}

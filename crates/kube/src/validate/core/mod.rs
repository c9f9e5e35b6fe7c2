//! The core group: `pkg/apis/core/validation/validation.go` of Kubernetes. A file a concept; pods and claims are made by other groups' objects
//! too, which call [`pod_template`] and [`claim_spec`].

mod annotations;
mod claim;
mod container;
mod environment;
mod json;
mod mounts;
mod network;
mod objects;
mod paths;
mod pod;
mod probe;
mod projected;
mod quota;
pub(crate) mod resources;
pub(crate) mod scheduling;
mod security;
mod service;
mod shown;
pub(crate) mod sources;
pub(crate) mod volume;
mod volumes;
mod windows;

pub(crate) use claim::claim_spec;
pub(crate) use pod::{pod_template, pod_template_with_claims};

use super::Subject;
use super::field::Errors;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    let root = subject.field();
    match subject.kind {
        "Pod" => pod::pod(&root, errors),
        "PodTemplate" => pod_template(&root.field("template"), errors),
        "PersistentVolumeClaim" => claim_spec(&root.field("spec"), errors),
        "Service" => service::service(&root, errors),
        "PersistentVolume" => volume::volume(&root, errors),
        "ReplicationController" => objects::replication_controller(&root, errors),
        "ConfigMap" => objects::config_map(&root, errors),
        "Secret" => objects::secret(&root, errors),
        "Namespace" => objects::namespace(&root, errors),
        "Node" => objects::node(&root, errors),
        "Endpoints" => objects::endpoints(&root, errors),
        "Event" => objects::event(&root, errors),
        "Binding" => objects::binding(&root, errors),
        "ResourceQuota" => quota::quota(&root, errors),
        "LimitRange" => quota::limits(&root, errors),
        _ => {}
    }
}

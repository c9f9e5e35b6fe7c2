//! `deprecated-annotation`: an annotation that became a field.
//!
//! # What it checks
//!
//! No annotation stands for what is a field by now: profiles of seccomp and AppArmor, classes of Ingresses and of storage, mount
//! options, sysctls, critical pods, hints of topology. Where the field is set too, as for clusters of several releases, nothing
//! is said. The messages are the warnings of the API server.
//!
//! # Why it matters
//!
//! Today's API server ignores most of them: the pod runs without the profile that it seems to have.
//!
//! # Example
//!
//! ```yaml
//! annotations:
//!   seccomp.security.alpha.kubernetes.io/pod: runtime/default
//! ```
//!
//! # Cure
//!
//! ```yaml
//! securityContext:
//!   seccompProfile: {type: RuntimeDefault}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-annotation",
    severity: Severity::Warning,
    by_default: true,
    group: "Deprecations",
    aliases: &["kube-score:container-seccomp-profile"],
    reason: "Today's API server ignores most of them.",
    cure: "Use the field instead.",
    check: Check::Object(check),
};

const SECCOMP: &str = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
const SECCOMP_OF: &str = "container.seccomp.security.alpha.kubernetes.io/";
const APPARMOR: &str = "deprecated since v1.30; use the \"appArmorProfile\" field instead";
const APPARMOR_OF: &str = "container.apparmor.security.beta.kubernetes.io/";
/// The release that has AppArmor's field.
const APPARMOR_SINCE: u32 = 30;

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    if let Some(pod) = object.pod() {
        let annotations = pod.metadata().and_then(|metadata| metadata.get("annotations"));
        for (name, node) in annotations.into_iter().flat_map(Node::entries) {
            if let Some(message) = of_pod(context, name) {
                sink.report(object, node, message.to_owned());
            }
        }
    }
    let annotations = object.root().at(&["metadata", "annotations"]);
    for (name, node) in annotations.into_iter().flat_map(Node::entries) {
        if let Some(message) = of_object(object, name) {
            sink.report(object, node, message);
        }
    }
}

/// `pkg/api/pod/warnings.go`
fn of_pod(context: ObjectContext<'_>, name: &str) -> Option<&'static str> {
    let pod = context.object.pod()?;
    let sets = |container: &str, field: &str| {
        let own = pod.containers().find(|other| other.name() == container);
        own.is_some_and(|own| own.node.at(&["securityContext", field]).is_some()) || pod.spec().at(&["securityContext", field]).is_some()
    };
    if name == "seccomp.security.alpha.kubernetes.io/pod" {
        return pod.spec().at(&["securityContext", "seccompProfile"]).is_none().then_some(SECCOMP);
    }
    if let Some(container) = name.strip_prefix(SECCOMP_OF) {
        return (!sets(container, "seccompProfile")).then_some(SECCOMP);
    }
    if let Some(container) = name.strip_prefix(APPARMOR_OF) {
        return (context.minor >= APPARMOR_SINCE && !sets(container, "appArmorProfile")).then_some(APPARMOR);
    }
    match name {
        "scheduler.alpha.kubernetes.io/critical-pod" => Some("non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        "security.alpha.kubernetes.io/sysctls" | "security.alpha.kubernetes.io/unsafe-sysctls" => {
            Some("non-functional in v1.11+; use the \"sysctls\" field instead")
        }
        _ => None,
    }
}

/// `pkg/registry/networking/ingress/strategy.go`, `pkg/api/service/warnings.go`, `pkg/api/persistentvolume/util.go`
fn of_object(object: Object<'_>, name: &str) -> Option<String> {
    let lacks = |field: &str| object.root().at(&["spec", field]).is_none();
    Some(match (object.kind(), name) {
        (Kind::Ingress, "kubernetes.io/ingress.class") if lacks("ingressClassName") => {
            format!("annotation {name:?} is deprecated, please use 'spec.ingressClassName' instead")
        }
        (Kind::Service, "service.kubernetes.io/topology-aware-hints") => {
            format!("annotation {name} is deprecated, please use service.kubernetes.io/topology-mode instead")
        }
        (Kind::PersistentVolume | Kind::PersistentVolumeClaim, "volume.beta.kubernetes.io/storage-class") if lacks("storageClassName") => {
            "deprecated since v1.8; use \"storageClassName\" attribute instead".to_owned()
        }
        (Kind::PersistentVolume, "volume.beta.kubernetes.io/mount-options") if lacks("mountOptions") => {
            "deprecated since v1.31; use \"mountOptions\" attribute instead".to_owned()
        }
        _ => return None,
    })
}

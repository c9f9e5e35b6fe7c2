//! `removed-api`: an API that the chosen version of Kubernetes no longer has.
//!
//! # What it checks
//!
//! The `apiVersion` of each object is still served by the Kubernetes version that is chosen.
//!
//! # Why it matters
//!
//! The API server does not know the kind: the release cannot be installed, and one that is installed can no longer be upgraded.
//!
//! # Example
//!
//! ```yaml
//! apiVersion: policy/v1beta1
//! kind: PodDisruptionBudget
//! ```
//!
//! # Cure
//!
//! ```yaml
//! apiVersion: policy/v1
//! kind: PodDisruptionBudget
//! ```

use chartwright_kube::schema::Served;

use crate::finding::Severity;
use crate::fix::{Fix, NewValue};
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "removed-api",
    severity: Severity::Error,
    by_default: true,
    group: "Deprecations",
    aliases: &[
        "kube-linter:no-extensions-v1beta",
        "kube-score:stable-version",
        "kyverno:check-deprecated-apis",
        "datree:K8S_REMOVED_APIVERSION_1",
        "popeye:POP-403",
        "pluto:removed-api",
        "kubent:removed-api",
    ],
    reason: "The API server does not know the kind: the release can be neither installed nor upgraded.",
    cure: "Use the version of the API that took its place.",
    check: Check::Object(check),
};

/// What is known without the schemas, and what was gone before their first release. Group and version, the kind or `*`, the minor version without it, and what took its place: Kubernetes' deprecated API migration guide.
const REMOVED: &[(&str, &str, u32, &str)] = &[
    ("extensions/v1beta1", "Ingress", 22, "networking.k8s.io/v1"),
    ("extensions/v1beta1", "NetworkPolicy", 16, "networking.k8s.io/v1"),
    ("extensions/v1beta1", "PodSecurityPolicy", 16, ""),
    ("extensions/v1beta1", "*", 16, "apps/v1"),
    ("apps/v1beta1", "*", 16, "apps/v1"),
    ("apps/v1beta2", "*", 16, "apps/v1"),
    ("admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration", 22, "admissionregistration.k8s.io/v1"),
    ("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration", 22, "admissionregistration.k8s.io/v1"),
    ("apiextensions.k8s.io/v1beta1", "*", 22, "apiextensions.k8s.io/v1"),
    ("apiregistration.k8s.io/v1beta1", "*", 22, "apiregistration.k8s.io/v1"),
    ("certificates.k8s.io/v1beta1", "CertificateSigningRequest", 22, "certificates.k8s.io/v1"),
    ("coordination.k8s.io/v1beta1", "Lease", 22, "coordination.k8s.io/v1"),
    ("networking.k8s.io/v1beta1", "Ingress", 22, "networking.k8s.io/v1"),
    ("networking.k8s.io/v1beta1", "IngressClass", 22, "networking.k8s.io/v1"),
    ("rbac.authorization.k8s.io/v1beta1", "*", 22, "rbac.authorization.k8s.io/v1"),
    ("scheduling.k8s.io/v1beta1", "PriorityClass", 22, "scheduling.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", "CSIDriver", 22, "storage.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", "CSINode", 22, "storage.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", "StorageClass", 22, "storage.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", "VolumeAttachment", 22, "storage.k8s.io/v1"),
    ("batch/v1beta1", "CronJob", 25, "batch/v1"),
    ("discovery.k8s.io/v1beta1", "EndpointSlice", 25, "discovery.k8s.io/v1"),
    ("events.k8s.io/v1beta1", "Event", 25, "events.k8s.io/v1"),
    ("autoscaling/v2beta1", "HorizontalPodAutoscaler", 25, "autoscaling/v2"),
    ("policy/v1beta1", "PodDisruptionBudget", 25, "policy/v1"),
    ("policy/v1beta1", "PodSecurityPolicy", 25, ""),
    ("node.k8s.io/v1beta1", "RuntimeClass", 25, "node.k8s.io/v1"),
    ("autoscaling/v2beta2", "HorizontalPodAutoscaler", 26, "autoscaling/v2"),
    ("flowcontrol.apiserver.k8s.io/v1beta1", "*", 26, "flowcontrol.apiserver.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", "CSIStorageCapacity", 27, "storage.k8s.io/v1"),
    ("flowcontrol.apiserver.k8s.io/v1beta2", "*", 29, "flowcontrol.apiserver.k8s.io/v1"),
    ("flowcontrol.apiserver.k8s.io/v1beta3", "*", 32, "flowcontrol.apiserver.k8s.io/v1"),
];

/// The release that removed an object's API, at or before the chosen one, and the `apiVersion` that took its place.
pub(super) fn removed(context: ObjectContext<'_>) -> Option<(u32, Option<&str>)> {
    let object = context.object;
    if let Some(resource) = context.schema.and_then(|judged| judged.resource) {
        let Served::Until(since) = resource.served() else { return None };
        return Some((since, resource.instead().map(|(api_version, _)| api_version)));
    }
    let row = REMOVED
        .iter()
        .find(|(api_version, kind, _, _)| *api_version == object.api_version() && (*kind == "*" || *kind == object.kind_name()));
    let (_, _, since, instead) = row.filter(|(_, _, since, _)| *since <= context.minor)?;
    Some((*since, Some(*instead).filter(|instead| !instead.is_empty())))
}

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    let Some((since, instead)) = removed(context) else { return };
    let message = format!("Kubernetes has no {} of {} since 1.{since}", object.kind_name(), object.api_version());
    let cure = match instead {
        Some(api_version) => format!("Use {api_version}."),
        None => "There is nothing in its place: leave the object out.".to_owned(),
    };
    // Whether the fields are the same, the checks tell of the new version.
    let fix = instead.map(|api_version| Fix::set(object.root(), &["apiVersion"], NewValue::String(api_version.to_owned())));
    sink.report(object, object.root().nearest(&["apiVersion"]), message).cure(cure).fix(fix);
}

//! What custom resources may bring about, which rules on missing pods share. No rule of its own.

use chartwright_kube::kind::{Kind, group, is_builtin_group};

use super::rbac;
use crate::rule::SetContext;

/// Kinds that are common and never make pods.
const NO_PODS: &[&str] = &[
    "ServiceMonitor",
    "PodMonitor",
    "PrometheusRule",
    "Probe",
    "AlertmanagerConfig",
    "ScrapeConfig",
    "Certificate",
    "Issuer",
    "ClusterIssuer",
    "ExternalSecret",
    "SecretStore",
    "ClusterSecretStore",
    "SealedSecret",
    "HTTPRoute",
    "GRPCRoute",
    "TCPRoute",
    "TLSRoute",
    "ReferenceGrant",
    "VirtualService",
    "DestinationRule",
    "PeerAuthentication",
    "AuthorizationPolicy",
    "RequestAuthentication",
    "ServiceEntry",
    "Sidecar",
    "ScaledObject",
    "TriggerAuthentication",
    "ClusterTriggerAuthentication",
    "VerticalPodAutoscaler",
    "VolumeSnapshot",
    "VolumeSnapshotClass",
    "ClusterPolicy",
    "Policy",
    "ClusterImagePolicy",
    "SecretProviderClass",
    "IngressRoute",
    "Middleware",
    "BackendConfig",
    "FrontendConfig",
    "ManagedCertificate",
    "TargetGroupBinding",
    "GrafanaDashboard",
];

/// Whether pods may come about that are not in the render: some custom resource of it, or of a chart beside it, may make them, or some role
/// of it lets an operator do so at its own discretion.
pub(super) fn may_make_pods(context: &SetContext<'_, '_>) -> bool {
    let objects = context.index.of(Kind::Other).chain(context.others.of(Kind::Other));
    let mut custom = objects.filter(|object| !is_builtin_group(group(object.api_version())));
    let roles = [Kind::Role, Kind::ClusterRole];
    custom.any(|object| !NO_PODS.contains(&object.kind_name()))
        || roles.into_iter().flat_map(|kind| context.index.of(kind)).any(|role| rbac::makes_pods(role).next().is_some())
}

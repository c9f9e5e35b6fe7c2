//! What custom resources may bring about, which rules on missing pods share. No rule of its own.

use chartwright_kube::kind::{Kind, group, is_builtin_group};

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

/// Whether some custom resource of the render, or of a chart beside it, may make pods that are not in it.
pub(super) fn may_make_pods(context: &SetContext<'_, '_>) -> bool {
    let objects = context.index.of(Kind::Other).chain(context.others.of(Kind::Other));
    objects.filter(|object| !is_builtin_group(group(object.api_version()))).any(|object| !NO_PODS.contains(&object.kind_name()))
}

//! The kinds that are read by name, told apart by API group, and which kinds belong to no namespace.

/// A kind that something here or above reads. All others are [`Kind::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named as Kubernetes names it")]
pub enum Kind {
    Pod,
    PodTemplate,
    Deployment,
    ReplicaSet,
    ReplicationController,
    StatefulSet,
    DaemonSet,
    Job,
    CronJob,
    Service,
    Ingress,
    IngressClass,
    HorizontalPodAutoscaler,
    PodDisruptionBudget,
    PersistentVolumeClaim,
    PersistentVolume,
    StorageClass,
    PriorityClass,
    RuntimeClass,
    ConfigMap,
    Secret,
    ServiceAccount,
    Namespace,
    CustomResourceDefinition,
    NetworkPolicy,
    Role,
    ClusterRole,
    RoleBinding,
    ClusterRoleBinding,
    /// KEDA's autoscaler.
    ScaledObject,
    /// The Prometheus operator's.
    ServiceMonitor,
    Other,
}

impl Kind {
    /// The kind of an `apiVersion` and a `kind`. Versions of a group are one kind.
    #[must_use]
    pub fn of(api_version: &str, kind: &str) -> Self {
        let group = group(api_version);
        match (group, kind) {
            ("", "Pod") => Self::Pod,
            ("", "PodTemplate") => Self::PodTemplate,
            ("apps" | "extensions", "Deployment") => Self::Deployment,
            ("apps" | "extensions", "ReplicaSet") => Self::ReplicaSet,
            ("", "ReplicationController") => Self::ReplicationController,
            ("apps", "StatefulSet") => Self::StatefulSet,
            ("apps" | "extensions", "DaemonSet") => Self::DaemonSet,
            ("batch", "Job") => Self::Job,
            ("batch", "CronJob") => Self::CronJob,
            ("", "Service") => Self::Service,
            ("networking.k8s.io" | "extensions", "Ingress") => Self::Ingress,
            ("networking.k8s.io", "IngressClass") => Self::IngressClass,
            ("autoscaling", "HorizontalPodAutoscaler") => Self::HorizontalPodAutoscaler,
            ("policy", "PodDisruptionBudget") => Self::PodDisruptionBudget,
            ("", "PersistentVolumeClaim") => Self::PersistentVolumeClaim,
            ("", "PersistentVolume") => Self::PersistentVolume,
            ("storage.k8s.io", "StorageClass") => Self::StorageClass,
            ("scheduling.k8s.io", "PriorityClass") => Self::PriorityClass,
            ("node.k8s.io", "RuntimeClass") => Self::RuntimeClass,
            ("", "ConfigMap") => Self::ConfigMap,
            ("", "Secret") => Self::Secret,
            ("", "ServiceAccount") => Self::ServiceAccount,
            ("", "Namespace") => Self::Namespace,
            ("apiextensions.k8s.io", "CustomResourceDefinition") => Self::CustomResourceDefinition,
            ("networking.k8s.io" | "extensions", "NetworkPolicy") => Self::NetworkPolicy,
            ("rbac.authorization.k8s.io", "Role") => Self::Role,
            ("rbac.authorization.k8s.io", "ClusterRole") => Self::ClusterRole,
            ("rbac.authorization.k8s.io", "RoleBinding") => Self::RoleBinding,
            ("rbac.authorization.k8s.io", "ClusterRoleBinding") => Self::ClusterRoleBinding,
            ("keda.sh", "ScaledObject") => Self::ScaledObject,
            ("monitoring.coreos.com", "ServiceMonitor") => Self::ServiceMonitor,
            _ => Self::Other,
        }
    }

    /// Where a workload of this kind, or a template, keeps its pod's spec; nothing for what has none.
    #[must_use]
    pub fn pod_spec_path(self) -> Option<&'static [&'static str]> {
        Some(match self {
            Self::Pod => &["spec"],
            Self::PodTemplate => &["template", "spec"],
            Self::Deployment | Self::ReplicaSet | Self::ReplicationController | Self::StatefulSet | Self::DaemonSet | Self::Job => {
                &["spec", "template", "spec"]
            }
            Self::CronJob => &["spec", "jobTemplate", "spec", "template", "spec"],
            _ => return None,
        })
    }

    /// Whether its pods run to an end.
    #[must_use]
    pub fn is_batch(self) -> bool {
        matches!(self, Self::Job | Self::CronJob)
    }

    /// Whether it keeps a number of like pods running.
    #[must_use]
    pub fn is_replicated(self) -> bool {
        matches!(self, Self::Deployment | Self::ReplicaSet | Self::ReplicationController | Self::StatefulSet)
    }
}

/// The group of an `apiVersion`; empty for the core group.
#[must_use]
pub fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether a group is served by every API server, rather than by a custom resource or an extension.
#[must_use]
pub fn is_builtin_group(group: &str) -> bool {
    matches!(group, "" | "apps" | "autoscaling" | "batch" | "extensions" | "policy")
        || (matches!(
            group,
            "admissionregistration.k8s.io"
                | "apiextensions.k8s.io"
                | "apiregistration.k8s.io"
                | "authentication.k8s.io"
                | "authorization.k8s.io"
                | "certificates.k8s.io"
                | "coordination.k8s.io"
                | "discovery.k8s.io"
                | "events.k8s.io"
                | "flowcontrol.apiserver.k8s.io"
                | "internal.apiserver.k8s.io"
                | "networking.k8s.io"
                | "node.k8s.io"
                | "rbac.authorization.k8s.io"
                | "resource.k8s.io"
                | "scheduling.k8s.io"
                | "storage.k8s.io"
                | "storagemigration.k8s.io"
        ))
}

/// Whether objects of a kind belong to no namespace. Custom resources are known by name where they are common.
#[must_use]
pub fn is_cluster_scoped(api_version: &str, kind: &str) -> bool {
    match group(api_version) {
        "" => matches!(kind, "Namespace" | "Node" | "PersistentVolume" | "ComponentStatus"),
        "rbac.authorization.k8s.io" => matches!(kind, "ClusterRole" | "ClusterRoleBinding"),
        "storage.k8s.io" => kind != "CSIStorageCapacity",
        "networking.k8s.io" => matches!(kind, "IngressClass" | "IPAddress" | "ServiceCIDR"),
        "policy" | "extensions" => kind == "PodSecurityPolicy",
        "resource.k8s.io" => matches!(kind, "DeviceClass" | "ResourceSlice"),
        "admissionregistration.k8s.io"
        | "apiextensions.k8s.io"
        | "apiregistration.k8s.io"
        | "certificates.k8s.io"
        | "flowcontrol.apiserver.k8s.io"
        | "node.k8s.io"
        | "scheduling.k8s.io"
        | "snapshot.storage.k8s.io"
            if kind != "VolumeSnapshot" =>
        {
            kind != "PodCertificateRequest"
        }
        "gateway.networking.k8s.io" => kind == "GatewayClass",
        "kyverno.io" => matches!(kind, "ClusterPolicy" | "ClusterCleanupPolicy"),
        _ => {
            kind.starts_with("Cluster")
                && matches!(kind, "ClusterIssuer" | "ClusterSecretStore" | "ClusterExternalSecret" | "ClusterImagePolicy")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_needs_its_group() {
        assert_eq!(Kind::of("v1", "Service"), Kind::Service);
        assert_eq!(Kind::of("serving.knative.dev/v1", "Service"), Kind::Other);
        assert_eq!(Kind::of("extensions/v1beta1", "Ingress"), Kind::Ingress);
        assert_eq!(Kind::of("networking.k8s.io/v1", "Ingress"), Kind::Ingress);
    }

    #[test]
    fn scopes() {
        for (api_version, kind, cluster) in [
            ("v1", "Namespace", true),
            ("v1", "Pod", false),
            ("storage.k8s.io/v1", "StorageClass", true),
            ("snapshot.storage.k8s.io/v1", "VolumeSnapshot", false),
            ("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", true),
            ("cert-manager.io/v1", "ClusterIssuer", true),
            ("cert-manager.io/v1", "Issuer", false),
            ("rbac.authorization.k8s.io/v1", "Role", false),
        ] {
            assert_eq!(is_cluster_scoped(api_version, kind), cluster, "{kind}");
        }
    }
}

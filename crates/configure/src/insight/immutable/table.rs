//! The fields, each with the file of Kubernetes that refuses a change of it, and what a real kube-apiserver 1.37 says.

use crate::values::Node;

/// What is refused of a field.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Any change. What is absent counts as the default, where there is one.
    Fixed(Option<&'static str>),
    /// A change of what was there; it may be set later.
    FixedOnceSet,
    /// A change to another value; taking it away keeps what the cluster has.
    FixedWhileSet,
    /// A change of anything in it but these.
    FixedBut(&'static [&'static str]),
    /// A smaller quantity.
    NeverLess,
    /// Any change, if the object said `immutable: true`.
    FixedIfImmutable,
}
use Rule::{Fixed, FixedBut, FixedIfImmutable, FixedOnceSet, FixedWhileSet, NeverLess};

/// A question of the object as it was and as it is to be.
type When = fn(&Node, &Node) -> bool;

/// A field of a kind.
pub(super) struct Row {
    /// The API group; empty for the core.
    pub(super) group: &'static str,
    pub(super) kind: &'static str,
    /// Keys from the object's root.
    pub(super) field: &'static [&'static str],
    pub(super) rule: Rule,
    /// What the API server says of it.
    pub(super) says: &'static str,
    /// When the row counts; always, if there is nothing.
    pub(super) when: Option<When>,
}

pub(super) const IMMUTABLE: &str = "field is immutable";
const ONCE: &str = "may not change once set";
const WHEN_IMMUTABLE: &str = "field is immutable when `immutable` is set";

const fn row(group: &'static str, kind: &'static str, field: &'static [&'static str], rule: Rule, says: &'static str) -> Row {
    Row { group, kind, field, rule, says, when: None }
}

const fn when(row: Row, when: When) -> Row {
    Row { when: Some(when), ..row }
}

pub(super) const TABLE: &[Row] = &[
    // pkg/registry/apps/deployment/strategy.go, ValidateUpdate
    row("apps", "Deployment", &["spec", "selector"], Fixed(None), IMMUTABLE),
    // pkg/registry/apps/daemonset/strategy.go, ValidateUpdate
    row("apps", "DaemonSet", &["spec", "selector"], Fixed(None), IMMUTABLE),
    // pkg/registry/apps/replicaset/strategy.go, ValidateUpdate
    row("apps", "ReplicaSet", &["spec", "selector"], Fixed(None), IMMUTABLE),
    // pkg/apis/apps/validation/validation.go, ValidateStatefulSetUpdate and ValidateControllerRevisionUpdate
    row("apps", "StatefulSet", &["spec", "selector"], Fixed(None), IMMUTABLE),
    row("apps", "StatefulSet", &["spec", "serviceName"], Fixed(Some("")), IMMUTABLE),
    row("apps", "StatefulSet", &["spec", "volumeClaimTemplates"], Fixed(None), IMMUTABLE),
    row("apps", "StatefulSet", &["spec", "podManagementPolicy"], Fixed(Some("OrderedReady")), IMMUTABLE),
    row("apps", "ControllerRevision", &["data"], Fixed(None), IMMUTABLE),
    // pkg/apis/batch/validation/validation.go, ValidateJobSpecUpdate
    row("batch", "Job", &["spec", "selector"], Fixed(None), IMMUTABLE),
    when(row("batch", "Job", &["spec", "template"], Fixed(None), IMMUTABLE), |old, _| !is_suspended(old)),
    when(row("batch", "Job", &["spec", "template", "spec"], FixedBut(SUSPENDED_MAY), IMMUTABLE), |old, _| is_suspended(old)),
    row("batch", "Job", &["spec", "completionMode"], Fixed(Some("NonIndexed")), IMMUTABLE),
    row("batch", "Job", &["spec", "podFailurePolicy"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "backoffLimitPerIndex"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "managedBy"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "successPolicy"], Fixed(None), IMMUTABLE),
    // pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate
    row("", "PersistentVolumeClaim", &["spec", "volumeMode"], Fixed(Some("Filesystem")), CLAIM),
    row("", "PersistentVolumeClaim", &["spec"], FixedBut(&["resources", "volumeAttributesClassName", "volumeMode"]), CLAIM),
    row("", "PersistentVolumeClaim", &["spec", "resources", "limits"], Fixed(None), CLAIM),
    row(
        "",
        "PersistentVolumeClaim",
        &["spec", "resources", "requests", "storage"],
        NeverLess,
        "field can not be less than status.capacity",
    ),
    // the same, ValidatePersistentVolumeUpdate
    row("", "PersistentVolume", &["spec", "volumeMode"], Fixed(Some("Filesystem")), IMMUTABLE),
    row("", "PersistentVolume", &["spec", "nodeAffinity"], FixedOnceSet, "field is immutable, except for updating from beta label to GA"),
    row("", "PersistentVolume", &["spec"], FixedBut(VOLUME_MAY), "spec.persistentvolumesource is immutable after creation"),
    // the same, ValidateServiceUpdate; what is left out is taken over (pkg/registry/core/service/storage/storage.go, patchAllocatedValues)
    when(row("", "Service", &["spec", "clusterIP"], FixedWhileSet, ONCE), |old, new| {
        !is_of_type(old, "ExternalName") && !is_of_type(new, "ExternalName")
    }),
    when(row("", "Service", &["spec", "loadBalancerClass"], Fixed(None), ONCE), |old, new| is_balanced(old) && is_balanced(new)),
    when(row("", "Service", &["spec", "healthCheckNodePort"], FixedWhileSet, IMMUTABLE), |old, new| is_local(old) && is_local(new)),
    // the same, ValidateConfigMapUpdate and ValidateSecretUpdate
    row("", "ConfigMap", &["immutable"], FixedIfImmutable, WHEN_IMMUTABLE),
    row("", "ConfigMap", &["data"], FixedIfImmutable, WHEN_IMMUTABLE),
    row("", "ConfigMap", &["binaryData"], FixedIfImmutable, WHEN_IMMUTABLE),
    row("", "Secret", &["type"], Fixed(Some("Opaque")), IMMUTABLE),
    row("", "Secret", &["immutable"], FixedIfImmutable, WHEN_IMMUTABLE),
    row("", "Secret", &["data"], FixedIfImmutable, WHEN_IMMUTABLE),
    row("", "Secret", &["stringData"], FixedIfImmutable, WHEN_IMMUTABLE),
    // the same, ValidatePodUpdate; its containers' images are looked at apart
    row("", "Pod", &["spec"], FixedBut(POD_MAY), POD),
    // the same, ValidateResourceQuotaUpdate
    row("", "ResourceQuota", &["spec", "scopes"], Fixed(None), IMMUTABLE),
    // pkg/apis/rbac/validation/validation.go, ValidateRoleBindingUpdate and ValidateClusterRoleBindingUpdate
    row("rbac.authorization.k8s.io", "RoleBinding", &["roleRef"], Fixed(None), IMMUTABLE),
    row("rbac.authorization.k8s.io", "ClusterRoleBinding", &["roleRef"], Fixed(None), IMMUTABLE),
    // pkg/apis/storage/validation/validation.go, ValidateStorageClassUpdate
    row("storage.k8s.io", "StorageClass", &["provisioner"], Fixed(None), IMMUTABLE),
    row("storage.k8s.io", "StorageClass", &["parameters"], Fixed(None), IMMUTABLE),
    row("storage.k8s.io", "StorageClass", &["reclaimPolicy"], Fixed(Some("Delete")), IMMUTABLE),
    row("storage.k8s.io", "StorageClass", &["volumeBindingMode"], Fixed(Some("Immediate")), IMMUTABLE),
    // the same, ValidateCSIDriverUpdate and others
    row("storage.k8s.io", "CSIDriver", &["spec", "attachRequired"], Fixed(Some("true")), IMMUTABLE),
    row("storage.k8s.io", "CSIDriver", &["spec", "volumeLifecycleModes"], Fixed(None), IMMUTABLE),
    row("storage.k8s.io", "VolumeAttributesClass", &["driverName"], Fixed(None), "updates to driverName are forbidden."),
    row("storage.k8s.io", "VolumeAttributesClass", &["parameters"], Fixed(None), "updates to parameters are forbidden."),
    row("storage.k8s.io", "VolumeAttachment", &["spec"], FixedBut(&[]), IMMUTABLE),
    row("storage.k8s.io", "CSIStorageCapacity", &["storageClassName"], Fixed(None), IMMUTABLE),
    row("storage.k8s.io", "CSIStorageCapacity", &["nodeTopology"], Fixed(None), IMMUTABLE),
    // pkg/apis/scheduling/validation/validation.go, ValidatePriorityClassUpdate
    row("scheduling.k8s.io", "PriorityClass", &["value"], Fixed(None), "may not be changed in an update."),
    row("scheduling.k8s.io", "PriorityClass", &["preemptionPolicy"], Fixed(Some("PreemptLowerPriority")), IMMUTABLE),
    // pkg/apis/networking/validation/validation.go, ValidateIngressClassUpdate and ValidateIPAddressUpdate; ranges of services are looked at apart
    row("networking.k8s.io", "IngressClass", &["spec", "controller"], Fixed(None), IMMUTABLE),
    row("networking.k8s.io", "IPAddress", &["spec", "parentRef"], Fixed(None), IMMUTABLE),
    // pkg/apis/node/validation/validation.go, ValidateRuntimeClassUpdate
    row("node.k8s.io", "RuntimeClass", &["handler"], Fixed(None), IMMUTABLE),
    // pkg/apis/discovery/validation/validation.go, ValidateEndpointSliceUpdate
    row("discovery.k8s.io", "EndpointSlice", &["addressType"], Fixed(None), IMMUTABLE),
    // pkg/apis/resource/validation/validation.go
    row("resource.k8s.io", "ResourceClaim", &["spec"], FixedBut(&[]), IMMUTABLE),
    row("resource.k8s.io", "ResourceClaimTemplate", &["spec"], FixedBut(&[]), IMMUTABLE),
    row("resource.k8s.io", "ResourceSlice", &["spec", "driver"], Fixed(None), IMMUTABLE),
    row("resource.k8s.io", "ResourceSlice", &["spec", "nodeName"], Fixed(None), IMMUTABLE),
    row("resource.k8s.io", "ResourceSlice", &["spec", "pool", "name"], Fixed(None), IMMUTABLE),
    // k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go, validateCustomResourceDefinitionSpecUpdate
    row("apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "group"], Fixed(None), IMMUTABLE),
    row("apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "names", "plural"], Fixed(None), IMMUTABLE),
    row("apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "names", "kind"], Fixed(None), IMMUTABLE),
    row("apiextensions.k8s.io", "CustomResourceDefinition", &["spec", "scope"], Fixed(None), IMMUTABLE),
];

const CLAIM: &str = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
pub(super) const POD: &str = "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,\
     `spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set \
     to 1 if it was previously negative)";
const VOLUME_MAY: &[&str] = &[
    "accessModes",
    "capacity",
    "claimRef",
    "mountOptions",
    "nodeAffinity",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "volumeAttributesClassName",
    "volumeMode",
];
const POD_MAY: &[&str] = &["activeDeadlineSeconds", "containers", "initContainers", "tolerations"];
/// What may change of the pods of a job that does not run yet; of containers, their resources.
const SUSPENDED_MAY: &[&str] = &["affinity", "containers", "initContainers", "nodeSelector", "schedulingGates", "tolerations"];

/// Whether a job does not run yet.
pub(super) fn is_suspended(job: &Node) -> bool {
    super::at(job, &["spec", "suspend"]).and_then(Node::bool) == Some(true)
}

fn is_of_type(service: &Node, wanted: &str) -> bool {
    super::at(service, &["spec", "type"]).and_then(Node::str) == Some(wanted)
}

fn is_balanced(service: &Node) -> bool {
    is_of_type(service, "LoadBalancer")
}

/// Whether a balancer asks nodes which of them have pods.
fn is_local(service: &Node) -> bool {
    is_balanced(service) && super::at(service, &["spec", "externalTrafficPolicy"]).and_then(Node::str) == Some("Local")
}

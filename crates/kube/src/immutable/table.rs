//! The fields, each with the file of Kubernetes that refuses a change of it, and what a real kube-apiserver 1.37 says.

use crate::node::Node;

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

/// How an error shows the value.
#[derive(Clone, Copy)]
pub(super) enum Shows {
    /// As it is to be.
    Value,
    /// In a list of its own.
    Listed,
    /// By the names of Go's fields.
    Role,
    /// Always as null: the API server's checks that are made of declarations name no value.
    Null,
    /// A structure with all that is filled in, which is left out here.
    Omitted,
    /// Not at all.
    Forbidden,
}
use Shows::{Forbidden, Listed, Null, Omitted, Role};

/// A question of the object as it was and as it is to be.
type When = fn(Node<'_>, Node<'_>) -> bool;

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
    /// How it shows the value.
    pub(super) shows: Shows,
    /// What it calls the field, where that is not its place.
    pub(super) named: Option<&'static str>,
    /// What it shows of a value that is absent.
    pub(super) absent: &'static str,
    /// When the row counts; always, if there is nothing.
    pub(super) when: Option<When>,
}

pub(super) const IMMUTABLE: &str = "field is immutable";
const ONCE: &str = "may not change once set";
const WHEN_IMMUTABLE: &str = "field is immutable when `immutable` is set";

const fn row(group: &'static str, kind: &'static str, field: &'static [&'static str], rule: Rule, says: &'static str) -> Row {
    Row { group, kind, field, rule, says, shows: Shows::Value, named: None, absent: "null", when: None }
}

const fn shows(row: Row, shows: Shows) -> Row {
    Row { shows, ..row }
}

const fn named(row: Row, name: &'static str) -> Row {
    Row { named: Some(name), ..row }
}

const fn absent(row: Row, absent: &'static str) -> Row {
    Row { absent, ..row }
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
    absent(row("apps", "StatefulSet", &["spec", "serviceName"], Fixed(Some("")), IMMUTABLE), "\"\""),
    shows(row("apps", "StatefulSet", &["spec", "volumeClaimTemplates"], Fixed(None), IMMUTABLE), Omitted),
    row("apps", "StatefulSet", &["spec", "podManagementPolicy"], Fixed(Some("OrderedReady")), IMMUTABLE),
    row("apps", "ControllerRevision", &["data"], Fixed(None), IMMUTABLE),
    // pkg/apis/batch/validation/validation.go, ValidateJobSpecUpdate
    row("batch", "Job", &["spec", "selector"], Fixed(None), IMMUTABLE),
    when(shows(row("batch", "Job", &["spec", "template"], Fixed(None), IMMUTABLE), Omitted), |old, _| !is_suspended(old)),
    when(shows(row("batch", "Job", &["spec", "template", "spec"], FixedBut(SUSPENDED_MAY), IMMUTABLE), Omitted), |old, _| {
        is_suspended(old)
    }),
    row("batch", "Job", &["spec", "completionMode"], Fixed(Some("NonIndexed")), IMMUTABLE),
    shows(row("batch", "Job", &["spec", "podFailurePolicy"], Fixed(None), IMMUTABLE), Omitted),
    row("batch", "Job", &["spec", "backoffLimitPerIndex"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "managedBy"], Fixed(None), IMMUTABLE),
    shows(row("batch", "Job", &["spec", "successPolicy"], Fixed(None), IMMUTABLE), Omitted),
    // pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate
    named(row("", "PersistentVolumeClaim", &["spec", "volumeMode"], Fixed(Some("Filesystem")), IMMUTABLE), "volumeMode"),
    shows(row("", "PersistentVolumeClaim", &["spec"], FixedBut(&["resources", "volumeAttributesClassName"]), CLAIM), Forbidden),
    named(shows(row("", "PersistentVolumeClaim", &["spec", "resources", "limits"], Fixed(None), CLAIM), Forbidden), "spec"),
    shows(
        row(
            "",
            "PersistentVolumeClaim",
            &["spec", "resources", "requests", "storage"],
            NeverLess,
            "field can not be less than status.capacity",
        ),
        Forbidden,
    ),
    // the same, ValidatePersistentVolumeUpdate
    named(row("", "PersistentVolume", &["spec", "volumeMode"], Fixed(Some("Filesystem")), IMMUTABLE), "volumeMode"),
    named(
        shows(
            row(
                "",
                "PersistentVolume",
                &["spec", "nodeAffinity"],
                FixedOnceSet,
                "field is immutable, except for updating from beta label to GA",
            ),
            Omitted,
        ),
        "nodeAffinity",
    ),
    named(
        shows(
            row("", "PersistentVolume", &["spec"], FixedBut(VOLUME_MAY), "spec.persistentvolumesource is immutable after creation"),
            Forbidden,
        ),
        "spec.persistentvolumesource",
    ),
    // the same, ValidateServiceUpdate; what is left out is taken over (pkg/registry/core/service/storage/storage.go, patchAllocatedValues)
    when(named(shows(row("", "Service", &["spec", "clusterIP"], FixedWhileSet, ONCE), Listed), "spec.clusterIPs[0]"), |old, new| {
        !is_of_type(old, "ExternalName") && !is_of_type(new, "ExternalName")
    }),
    when(row("", "Service", &["spec", "loadBalancerClass"], Fixed(None), ONCE), |old, new| is_balanced(old) && is_balanced(new)),
    when(shows(row("", "Service", &["spec", "healthCheckNodePort"], FixedWhileSet, IMMUTABLE), Forbidden), |old, new| {
        is_local(old) && is_local(new)
    }),
    // the same, ValidateConfigMapUpdate and ValidateSecretUpdate
    shows(row("", "ConfigMap", &["immutable"], FixedIfImmutable, WHEN_IMMUTABLE), Forbidden),
    shows(row("", "ConfigMap", &["data"], FixedIfImmutable, WHEN_IMMUTABLE), Forbidden),
    shows(row("", "ConfigMap", &["binaryData"], FixedIfImmutable, WHEN_IMMUTABLE), Forbidden),
    row("", "Secret", &["type"], Fixed(Some("Opaque")), IMMUTABLE),
    shows(row("", "Secret", &["immutable"], FixedIfImmutable, WHEN_IMMUTABLE), Forbidden),
    when(shows(row("", "Secret", &["data"], FixedIfImmutable, WHEN_IMMUTABLE), Forbidden), is_written_alike),
    when(named(shows(row("", "Secret", &["stringData"], FixedIfImmutable, WHEN_IMMUTABLE), Forbidden), "data"), is_written_alike),
    // the same, ValidatePodUpdate; its containers' images are looked at apart
    shows(row("", "Pod", &["spec"], FixedBut(POD_MAY), POD), Forbidden),
    // the same, ValidateResourceQuotaUpdate
    row("", "ResourceQuota", &["spec", "scopes"], Fixed(None), IMMUTABLE),
    // pkg/apis/rbac/validation/validation.go, ValidateRoleBindingUpdate and ValidateClusterRoleBindingUpdate
    shows(row("rbac.authorization.k8s.io", "RoleBinding", &["roleRef"], Fixed(None), IMMUTABLE), Role),
    shows(row("rbac.authorization.k8s.io", "ClusterRoleBinding", &["roleRef"], Fixed(None), IMMUTABLE), Role),
    // pkg/apis/storage/validation/validation.go, ValidateStorageClassUpdate
    shows(row("storage.k8s.io", "StorageClass", &["provisioner"], Fixed(None), IMMUTABLE), Null),
    shows(row("storage.k8s.io", "StorageClass", &["parameters"], Fixed(None), IMMUTABLE), Null),
    shows(row("storage.k8s.io", "StorageClass", &["reclaimPolicy"], Fixed(Some("Delete")), IMMUTABLE), Null),
    shows(row("storage.k8s.io", "StorageClass", &["volumeBindingMode"], Fixed(Some("Immediate")), IMMUTABLE), Null),
    // the same, ValidateCSIDriverUpdate and others
    named(row("storage.k8s.io", "CSIDriver", &["spec", "attachRequired"], Fixed(Some("true")), IMMUTABLE), "spec.attachedRequired"),
    row("storage.k8s.io", "CSIDriver", &["spec", "volumeLifecycleModes"], Fixed(None), IMMUTABLE),
    shows(row("storage.k8s.io", "VolumeAttributesClass", &["driverName"], Fixed(None), "updates to driverName are forbidden."), Forbidden),
    shows(row("storage.k8s.io", "VolumeAttributesClass", &["parameters"], Fixed(None), "updates to parameters are forbidden."), Forbidden),
    shows(row("storage.k8s.io", "VolumeAttachment", &["spec"], FixedBut(&[]), IMMUTABLE), Null),
    row("storage.k8s.io", "CSIStorageCapacity", &["storageClassName"], Fixed(None), IMMUTABLE),
    row("storage.k8s.io", "CSIStorageCapacity", &["nodeTopology"], Fixed(None), IMMUTABLE),
    // pkg/apis/scheduling/validation/validation.go, ValidatePriorityClassUpdate
    shows(row("scheduling.k8s.io", "PriorityClass", &["value"], Fixed(None), "may not be changed in an update."), Forbidden),
    row("scheduling.k8s.io", "PriorityClass", &["preemptionPolicy"], Fixed(Some("PreemptLowerPriority")), IMMUTABLE),
    // pkg/apis/networking/validation/validation.go, ValidateIngressClassUpdate and ValidateIPAddressUpdate; ranges of services are looked at apart
    row("networking.k8s.io", "IngressClass", &["spec", "controller"], Fixed(None), IMMUTABLE),
    row("networking.k8s.io", "IPAddress", &["spec", "parentRef"], Fixed(None), IMMUTABLE),
    // pkg/apis/node/validation/validation.go, ValidateRuntimeClassUpdate
    shows(row("node.k8s.io", "RuntimeClass", &["handler"], Fixed(None), IMMUTABLE), Null),
    // pkg/apis/discovery/validation/validation.go, ValidateEndpointSliceUpdate
    shows(row("discovery.k8s.io", "EndpointSlice", &["addressType"], Fixed(None), IMMUTABLE), Null),
    // pkg/apis/resource/validation/validation.go
    shows(row("resource.k8s.io", "ResourceClaim", &["spec"], FixedBut(&[]), IMMUTABLE), Null),
    shows(row("resource.k8s.io", "ResourceClaimTemplate", &["spec"], FixedBut(&[]), IMMUTABLE), Omitted),
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

/// Whether both have texts, or neither: what one has as text and the other encoded may be the same.
fn is_written_alike(old: Node<'_>, new: Node<'_>) -> bool {
    old.get("stringData").is_some() == new.get("stringData").is_some()
}

/// Whether a job does not run yet.
pub(super) fn is_suspended(job: Node<'_>) -> bool {
    job.at(&["spec", "suspend"]).and_then(Node::bool) == Some(true)
}

fn is_of_type(service: Node<'_>, wanted: &str) -> bool {
    service.at(&["spec", "type"]).and_then(Node::str) == Some(wanted)
}

fn is_balanced(service: Node<'_>) -> bool {
    is_of_type(service, "LoadBalancer")
}

/// Whether a balancer asks nodes which of them have pods.
fn is_local(service: Node<'_>) -> bool {
    is_balanced(service) && service.at(&["spec", "externalTrafficPolicy"]).and_then(Node::str) == Some("Local")
}

//! Fields that the API server refuses to change, so that `helm upgrade` fails on them. Each row names the file of Kubernetes that refuses it.

use crate::values::Node;
use chartwright_kube::quantity::Quantity;

/// What is refused of a field.
#[derive(Clone, Copy)]
enum Rule {
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

/// A field of a kind.
struct Row {
    /// The API group; empty for the core.
    group: &'static str,
    kind: &'static str,
    /// Keys from the object's root.
    field: &'static [&'static str],
    rule: Rule,
    /// What the API server says of it.
    says: &'static str,
}

const IMMUTABLE: &str = "field is immutable";

const fn row(group: &'static str, kind: &'static str, field: &'static [&'static str], rule: Rule, says: &'static str) -> Row {
    Row { group, kind, field, rule, says }
}

const TABLE: &[Row] = &[
    // pkg/registry/apps/deployment/strategy.go, ValidateUpdate
    row("apps", "Deployment", &["spec", "selector"], Fixed(None), IMMUTABLE),
    // pkg/registry/apps/daemonset/strategy.go, ValidateUpdate
    row("apps", "DaemonSet", &["spec", "selector"], Fixed(None), IMMUTABLE),
    // pkg/registry/apps/replicaset/strategy.go, ValidateUpdate
    row("apps", "ReplicaSet", &["spec", "selector"], Fixed(None), IMMUTABLE),
    // pkg/apis/apps/validation/validation.go, ValidateStatefulSetUpdate. The API server fills this one in.
    row("apps", "StatefulSet", &["spec", "podManagementPolicy"], Fixed(Some("OrderedReady")), STATEFUL),
    row("apps", "StatefulSet", &["spec"], FixedBut(STATEFUL_MAY), STATEFUL),
    // pkg/apis/batch/validation/validation.go, ValidateJobSpecUpdate
    row("batch", "Job", &["spec", "completions"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "selector"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "template"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "completionMode"], Fixed(Some("NonIndexed")), IMMUTABLE),
    row("batch", "Job", &["spec", "podFailurePolicy"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "backoffLimitPerIndex"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "managedBy"], Fixed(None), IMMUTABLE),
    row("batch", "Job", &["spec", "successPolicy"], Fixed(None), IMMUTABLE),
    // pkg/apis/core/validation/validation.go, ValidatePersistentVolumeClaimUpdate
    row("", "PersistentVolumeClaim", &["spec", "volumeMode"], Fixed(Some("Filesystem")), CLAIM),
    row("", "PersistentVolumeClaim", &["spec"], FixedBut(&["resources", "volumeAttributesClassName", "volumeMode"]), CLAIM),
    row(
        "",
        "PersistentVolumeClaim",
        &["spec", "resources", "requests", "storage"],
        NeverLess,
        "field can not be less than status.capacity",
    ),
    // the same, ValidatePersistentVolumeUpdate
    row("", "PersistentVolume", &["spec", "volumeMode"], Fixed(Some("Filesystem")), IMMUTABLE),
    row("", "PersistentVolume", &["spec", "nodeAffinity"], FixedOnceSet, IMMUTABLE),
    row("", "PersistentVolume", &["spec"], FixedBut(VOLUME_MAY), "spec.persistentvolumesource is immutable after creation"),
    // the same, ValidateServiceUpdate; what is left out is taken over (pkg/registry/core/service/storage/storage.go, patchAllocatedValues)
    row("", "Service", &["spec", "clusterIP"], FixedWhileSet, IMMUTABLE),
    row("", "Service", &["spec", "loadBalancerClass"], FixedOnceSet, "may not change once set"),
    // the same, ValidateConfigMapUpdate and ValidateSecretUpdate
    row("", "ConfigMap", &["immutable"], FixedIfImmutable, "field is immutable when `immutable` is set"),
    row("", "ConfigMap", &["data"], FixedIfImmutable, "field is immutable when `immutable` is set"),
    row("", "ConfigMap", &["binaryData"], FixedIfImmutable, "field is immutable when `immutable` is set"),
    row("", "Secret", &["type"], Fixed(Some("Opaque")), IMMUTABLE),
    row("", "Secret", &["immutable"], FixedIfImmutable, "field is immutable when `immutable` is set"),
    row("", "Secret", &["data"], FixedIfImmutable, "field is immutable when `immutable` is set"),
    row("", "Secret", &["stringData"], FixedIfImmutable, "field is immutable when `immutable` is set"),
    // the same, ValidatePodUpdate; its containers' images are looked at apart
    row("", "Pod", &["spec"], FixedBut(POD_MAY), "pod updates may not change fields other than images and few others"),
    // pkg/apis/rbac/validation/validation.go, ValidateRoleBindingUpdate and ValidateClusterRoleBindingUpdate
    row("rbac.authorization.k8s.io", "RoleBinding", &["roleRef"], Fixed(None), "cannot change roleRef"),
    row("rbac.authorization.k8s.io", "ClusterRoleBinding", &["roleRef"], Fixed(None), "cannot change roleRef"),
    // pkg/apis/storage/validation/validation.go, ValidateStorageClassUpdate
    row("storage.k8s.io", "StorageClass", &["provisioner"], Fixed(None), "updates to provisioner are forbidden."),
    row("storage.k8s.io", "StorageClass", &["parameters"], Fixed(None), "updates to parameters are forbidden."),
    row("storage.k8s.io", "StorageClass", &["reclaimPolicy"], Fixed(Some("Delete")), "updates to reclaimPolicy are forbidden."),
    row("storage.k8s.io", "StorageClass", &["volumeBindingMode"], Fixed(Some("Immediate")), IMMUTABLE),
    // the same, ValidateCSIDriverUpdate
    row("storage.k8s.io", "CSIDriver", &["spec", "attachRequired"], Fixed(Some("true")), IMMUTABLE),
    row("storage.k8s.io", "CSIDriver", &["spec", "volumeLifecycleModes"], Fixed(None), IMMUTABLE),
    // pkg/apis/scheduling/validation/validation.go, ValidatePriorityClassUpdate
    row("scheduling.k8s.io", "PriorityClass", &["value"], Fixed(None), "may not be changed in an update."),
    row("scheduling.k8s.io", "PriorityClass", &["preemptionPolicy"], Fixed(Some("PreemptLowerPriority")), IMMUTABLE),
    // pkg/apis/networking/validation/validation.go, ValidateIngressClassUpdate
    row("networking.k8s.io", "IngressClass", &["spec", "controller"], Fixed(None), IMMUTABLE),
    // pkg/apis/node/validation/validation.go, ValidateRuntimeClassUpdate
    row("node.k8s.io", "RuntimeClass", &["handler"], Fixed(None), IMMUTABLE),
];

const STATEFUL: &str = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', \
     'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
const STATEFUL_MAY: &[&str] = &[
    "replicas",
    "ordinals",
    "template",
    "updateStrategy",
    "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy",
    "minReadySeconds",
    "podManagementPolicy",
];
const CLAIM: &str = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";
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
const POD_MAY: &[&str] = &["activeDeadlineSeconds", "containers", "initContainers", "terminationGracePeriodSeconds", "tolerations"];

/// The fields of an object that an upgrade from `old` to `new` is refused on, with what the API server says.
pub(super) fn refused(api_version: &str, kind: &str, old: &Node, new: &Node) -> Vec<(String, String)> {
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    let mut found = Vec::new();
    for row in TABLE.iter().filter(|row| row.kind == kind && row.group == group) {
        let at = |root| row.field.iter().try_fold(root, |node: &Node, key| node.get(key)).filter(|node| !node.is_null());
        let (was, is) = (at(old), at(new));
        let mut tell = |field: String| found.push((field, row.says.to_owned()));
        let field = || row.field.join(".");
        match row.rule {
            Fixed(default) if differ(was, is, default) => tell(field()),
            FixedOnceSet if was.is_some() && differ(was, is, None) => tell(field()),
            FixedWhileSet if is.is_some() && differ(was, is, None) => tell(field()),
            FixedIfImmutable if old.get("immutable").and_then(Node::bool) == Some(true) && differ(was, is, None) => tell(field()),
            NeverLess if is_less(was, is) => tell(field()),
            FixedBut(may) => {
                let keys = |node: Option<&Node>| -> Vec<String> {
                    node.and_then(Node::map).unwrap_or_default().iter().map(|(key, _)| key.to_string()).collect()
                };
                let mut all = keys(was);
                all.extend(keys(is));
                chartwright_go::sort::plain(&mut all);
                all.dedup();
                let get = |node: Option<&'_ Node>, key: &str| node.and_then(|node| node.get(key)).filter(|node| !node.is_null()).cloned();
                for key in all.iter().filter(|key| !may.contains(&key.as_str())) {
                    if differ(get(was, key).as_ref(), get(is, key).as_ref(), None) {
                        tell(format!("{}.{key}", field()));
                    }
                }
            }
            _ => {}
        }
    }
    if kind == "Pod" && group.is_empty() {
        for list in ["containers", "initContainers"] {
            let at = |root: &Node| root.get("spec").and_then(|spec| spec.get(list)).map(without_images);
            if at(old) != at(new) {
                found.push((format!("spec.{list}"), "pod updates may not change fields other than images and few others".to_owned()));
            }
        }
    }
    found
}

fn differ(was: Option<&Node>, is: Option<&Node>, default: Option<&str>) -> bool {
    match (was, is) {
        (Some(a), Some(b)) => a != b,
        (None, None) => false,
        // An empty map or list is what the API server makes of nothing.
        (Some(one), None) | (None, Some(one)) => match default {
            Some(default) => crate::values::to_text(one) != default,
            None => !(one.map().is_some_and(<[_]>::is_empty) || one.list().is_some_and(<[_]>::is_empty)),
        },
    }
}

fn is_less(was: Option<&Node>, is: Option<&Node>) -> bool {
    let amount = |node: Option<&Node>| Quantity::parse(&crate::values::to_text(node?)).ok();
    matches!((amount(was), amount(is)), (Some(was), Some(is)) if is < was)
}

fn without_images(containers: &Node) -> Vec<Node> {
    containers.list().unwrap_or_default().iter().map(|container| container.without(&["image".to_owned()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::read_yaml;
    use chartwright_yaml::Tree;

    #[track_caller]
    fn check(api_version: &str, kind: &str, old: &str, new: &str, fields: &[&str]) {
        let node = |text: &str| read_yaml(&Tree::parse(text).expect("YAML")).expect("a value");
        let found: Vec<String> = refused(api_version, kind, &node(old), &node(new)).into_iter().map(|(field, _)| field).collect();
        assert_eq!(found, fields, "{kind}: {old} → {new}");
    }

    #[test]
    fn selectors_and_stateful_sets() {
        let selector = |app: &str| format!("spec: {{replicas: 1, selector: {{matchLabels: {{app: {app}}}}}}}");
        check("apps/v1", "Deployment", &selector("a"), &selector("b"), &["spec.selector"]);
        check("apps/v1", "Deployment", "spec: {replicas: 1}", "spec: {replicas: 2}", &[]);
        check("serving.knative.dev/v1", "Deployment", &selector("a"), &selector("b"), &[]);
        check(
            "apps/v1",
            "StatefulSet",
            "spec: {serviceName: a, replicas: 1, volumeClaimTemplates: [{metadata: {name: a}}]}",
            "spec: {serviceName: b, replicas: 2, volumeClaimTemplates: [{metadata: {name: b}}], podManagementPolicy: OrderedReady}",
            &["spec.serviceName", "spec.volumeClaimTemplates"],
        );
        check("apps/v1", "StatefulSet", "spec: {}", "spec: {podManagementPolicy: Parallel}", &["spec.podManagementPolicy"]);
    }

    #[test]
    fn claims_grow_and_do_not_shrink() {
        let claim = |size: &str, class: &str| format!("spec: {{storageClassName: {class}, resources: {{requests: {{storage: {size}}}}}}}");
        check("v1", "PersistentVolumeClaim", &claim("1Gi", "a"), &claim("2Gi", "a"), &[]);
        check("v1", "PersistentVolumeClaim", &claim("1Gi", "a"), &claim("1024Mi", "a"), &[]);
        check("v1", "PersistentVolumeClaim", &claim("2Gi", "a"), &claim("1Gi", "a"), &["spec.resources.requests.storage"]);
        check("v1", "PersistentVolumeClaim", &claim("1Gi", "a"), &claim("1Gi", "b"), &["spec.storageClassName"]);
    }

    #[test]
    fn what_the_cluster_keeps_or_fills_in_is_not_refused() {
        check("v1", "Service", "spec: {clusterIP: None}", "spec: {}", &[]);
        check("v1", "Service", "spec: {}", "spec: {clusterIP: None}", &["spec.clusterIP"]);
        check("storage.k8s.io/v1", "StorageClass", "provisioner: a", "{provisioner: a, reclaimPolicy: Delete}", &[]);
        check(
            "storage.k8s.io/v1",
            "StorageClass",
            "provisioner: a",
            "{provisioner: b, reclaimPolicy: Retain}",
            &["provisioner", "reclaimPolicy"],
        );
        check("v1", "Secret", "data: {a: b}", "{type: Opaque, data: {a: c}}", &[]);
        check("v1", "Secret", "{immutable: true, data: {a: b}}", "{immutable: true, data: {a: c}}", &["data"]);
        check("v1", "PersistentVolume", "spec: {capacity: {storage: 1Gi}, nfs: {path: /a}}", "spec: {nfs: {path: /b}}", &["spec.nfs"]);
    }

    #[test]
    fn the_rest() {
        check(
            "batch/v1",
            "Job",
            "spec: {template: {spec: {a: 1}}}",
            "spec: {template: {spec: {a: 2}}, backoffLimit: 3}",
            &["spec.template"],
        );
        check("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef: {name: a}", "roleRef: {name: b}", &["roleRef"]);
        let pod = |image: &str, command: &str| format!("spec: {{containers: [{{name: a, image: {image}, command: [{command}]}}]}}");
        check("v1", "Pod", &pod("a", "x"), &pod("b", "x"), &[]);
        check("v1", "Pod", &pod("a", "x"), &pod("a", "y"), &["spec.containers"]);
    }
}

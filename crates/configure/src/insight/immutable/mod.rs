//! Fields that the API server refuses to change, so that `helm upgrade` fails on them, in the words of Kubernetes 1.37. Releases before it say of
//! StatefulSets, StorageClasses and the roles of bindings in other words that they cannot change.

mod table;

use crate::values::Node;
use chartwright_kube::quantity::Quantity;
use table::{POD, Row, Rule, TABLE};

/// The fields of an object that an upgrade from `old` to `new` is refused on, with what the API server says.
pub(super) fn refused(api_version: &str, kind: &str, old: &Node, new: &Node) -> Vec<(String, String)> {
    let group = api_version.split_once('/').map_or("", |(group, _)| group);
    let mut found = Vec::new();
    for row in TABLE.iter().filter(|row| row.kind == kind && row.group == group && row.when.is_none_or(|when| when(old, new))) {
        by_row(row, old, new, &mut found);
    }
    match (group, kind) {
        ("", "Pod") => containers(old, new, &["spec"], "image", POD, &mut found),
        ("batch", "Job") => job(old, new, &mut found),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => stored_versions(old, new, &mut found),
        ("networking.k8s.io", "ServiceCIDR") => ranges(old, new, &mut found),
        _ => {}
    }
    found
}

/// What stands at the end of a path; null is nothing.
fn at<'n>(root: &'n Node, path: &[&str]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, key| node.get(key)).filter(|node| !node.is_null())
}

fn by_row(row: &Row, old: &Node, new: &Node, found: &mut Vec<(String, String)>) {
    let (was, is) = (at(old, row.field), at(new, row.field));
    let mut tell = |field: String| found.push((field, row.says.to_owned()));
    let field = || row.field.join(".");
    match row.rule {
        Rule::Fixed(default) if differ(was, is, default) => tell(field()),
        Rule::FixedOnceSet if was.is_some() && differ(was, is, None) => tell(field()),
        Rule::FixedWhileSet if is.is_some() && differ(was, is, None) => tell(field()),
        Rule::FixedIfImmutable if old.get("immutable").and_then(Node::bool) == Some(true) && differ(was, is, None) => tell(field()),
        Rule::NeverLess if is_less(was, is) => tell(field()),
        Rule::FixedBut(may) => {
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

/// The containers of a pod, of which one field may change.
fn containers(old: &Node, new: &Node, path: &[&str], but: &str, says: &str, found: &mut Vec<(String, String)>) {
    let without = |containers: &Node| -> Vec<Node> {
        containers.list().unwrap_or_default().iter().map(|container| container.without(&[but.to_owned()])).collect()
    };
    for list in ["containers", "initContainers"] {
        let of = |root| at(root, path).and_then(|spec| spec.get(list)).map(without);
        if of(old) != of(new) {
            found.push((format!("{}.{list}", path.join(".")), says.to_owned()));
        }
    }
}

/// `validateCompletions`, and what may change of a job that does not run yet (`validatePodTemplateUpdate`).
fn job(old: &Node, new: &Node, found: &mut Vec<(String, String)>) {
    let text = |root, field| at(root, &["spec", field]).map(crate::values::to_text);
    // One each is filled in where neither is there.
    let completions = |root| text(root, "completions").or_else(|| text(root, "parallelism").is_none().then(|| "1".to_owned()));
    let (was, is) = (completions(old), completions(new));
    if was != is {
        let is_indexed = text(new, "completionMode").as_deref() == Some("Indexed");
        if !is_indexed {
            found.push(("spec.completions".to_owned(), table::IMMUTABLE.to_owned()));
        } else if is != text(new, "parallelism") {
            found.push(("spec.completions".to_owned(), "can only be modified in tandem with spec.parallelism".to_owned()));
        }
    }
    if table::is_suspended(old) {
        containers(old, new, &["spec", "template", "spec"], "resources", table::IMMUTABLE, found);
    }
}

/// `ValidateCustomResourceDefinitionStoredVersions`: what objects are stored in has to stay.
fn stored_versions(old: &Node, new: &Node, found: &mut Vec<(String, String)>) {
    let versions = |root| at(root, &["spec", "versions"]).and_then(Node::list).unwrap_or_default();
    let name = |version: &Node| version.get("name").map(crate::values::to_text).unwrap_or_default();
    for version in versions(old).iter().filter(|version| version.get("storage").and_then(Node::bool) == Some(true)) {
        let name_of = name(version);
        if !versions(new).iter().any(|version| name(version) == name_of) {
            let says = format!(
                "missing from spec.versions; {name_of} was previously a storage version, and must remain in spec.versions until a storage migration \
                 ensures no data remains persisted in {name_of} and removes {name_of} from status.storedVersions"
            );
            found.push(("spec.versions".to_owned(), says));
        }
    }
}

/// `ValidateServiceCIDRUpdate`: a range of the other family may be added.
fn ranges(old: &Node, new: &Node, found: &mut Vec<(String, String)>) {
    let list = |root| at(root, &["spec", "cidrs"]).and_then(Node::list).unwrap_or_default();
    let (was, is) = (list(old), list(new));
    let grows = was.len() == 1 && is.len() == 2 && was.first() == is.first();
    if was != is && !grows {
        found.push(("spec.cidrs".to_owned(), table::IMMUTABLE.to_owned()));
    }
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
            "spec: {serviceName: b, replicas: 2, volumeClaimTemplates: [{metadata: {name: b}}], podManagementPolicy: OrderedReady, revisionHistoryLimit: 3}",
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

    /// What a kube-apiserver 1.37 refuses of a change, and what it lets pass.
    #[test]
    fn jobs_that_wait_and_jobs_by_index() {
        let job = |spec: &str| format!("spec: {{{spec}}}");
        let change = |old: &str, new: &str, fields: &[&str]| check("batch/v1", "Job", &job(old), &job(new), fields);
        change("template: {}", "template: {}, completions: 1", &[]);
        change("template: {}", "template: {}, completions: 2", &["spec.completions"]);
        change("parallelism: 2", "parallelism: 2, completions: 1", &["spec.completions"]);
        change("completionMode: Indexed, completions: 2, parallelism: 2", "completionMode: Indexed, completions: 3, parallelism: 3", &[]);
        change(
            "completionMode: Indexed, completions: 2, parallelism: 2",
            "completionMode: Indexed, completions: 3, parallelism: 2",
            &["spec.completions"],
        );
        let template = |inner: &str| format!("suspend: true, template: {{{inner}}}");
        let change = |old: &str, new: &str, fields: &[&str]| check("batch/v1", "Job", &job(&template(old)), &job(&template(new)), fields);
        change("spec: {nodeSelector: {a: b}}", "metadata: {labels: {a: b}}, spec: {tolerations: [{operator: Exists}]}", &[]);
        change("spec: {containers: [{name: a}]}", "spec: {containers: [{name: a, resources: {limits: {cpu: 1}}}]}", &[]);
        change("spec: {containers: [{name: a}]}", "spec: {containers: [{name: a, image: b}]}", &["spec.template.spec.containers"]);
        change("spec: {}", "spec: {hostNetwork: true}", &["spec.template.spec.hostNetwork"]);
    }

    #[test]
    fn services() {
        let change = |old: &str, new: &str, fields: &[&str]| {
            check("v1", "Service", &format!("spec: {{{old}}}"), &format!("spec: {{{new}}}"), fields)
        };
        change("clusterIP: None", "clusterIP: 10.0.0.9", &["spec.clusterIP"]);
        change("type: ExternalName", "clusterIP: None", &[]);
        change("type: ClusterIP", "type: ExternalName, externalName: a", &[]);
        change("type: LoadBalancer", "type: LoadBalancer, loadBalancerClass: a/b", &["spec.loadBalancerClass"]);
        change("type: LoadBalancer, loadBalancerClass: a/b", "type: LoadBalancer", &["spec.loadBalancerClass"]);
        change("type: LoadBalancer, loadBalancerClass: a/b", "type: ClusterIP", &[]);
        change("type: ClusterIP", "type: LoadBalancer, loadBalancerClass: a/b", &[]);
        let local = "type: LoadBalancer, externalTrafficPolicy: Local";
        change(
            &format!("{local}, healthCheckNodePort: 31000"),
            &format!("{local}, healthCheckNodePort: 31001"),
            &["spec.healthCheckNodePort"],
        );
    }

    #[test]
    fn definitions_ranges_and_quotas() {
        let crd = |versions: &str| format!("spec: {{group: a.b, scope: Namespaced, versions: [{versions}]}}");
        let kind = ("apiextensions.k8s.io/v1", "CustomResourceDefinition");
        check(kind.0, kind.1, &crd("{name: v1, storage: true}"), &crd("{name: v1}, {name: v2, storage: true}"), &[]);
        check(kind.0, kind.1, &crd("{name: v1, storage: true}"), &crd("{name: v2, storage: true}"), &["spec.versions"]);
        check(
            kind.0,
            kind.1,
            "spec: {scope: Cluster, names: {kind: A}}",
            "spec: {scope: Namespaced, names: {kind: B}}",
            &["spec.names.kind", "spec.scope"],
        );
        let range = ("networking.k8s.io/v1", "ServiceCIDR");
        check(range.0, range.1, "spec: {cidrs: [10.0.0.0/24]}", "spec: {cidrs: [10.0.0.0/24, 'fd00::/64']}", &[]);
        check(range.0, range.1, "spec: {cidrs: [10.0.0.0/24]}", "spec: {cidrs: [10.1.0.0/24]}", &["spec.cidrs"]);
        check(
            "v1",
            "ResourceQuota",
            "spec: {scopes: [Terminating]}",
            "spec: {scopes: [NotTerminating], hard: {pods: 1}}",
            &["spec.scopes"],
        );
        check("discovery.k8s.io/v1", "EndpointSlice", "addressType: IPv4", "addressType: IPv6", &["addressType"]);
        check(
            "storage.k8s.io/v1",
            "VolumeAttributesClass",
            "{driverName: a}",
            "{driverName: b, parameters: {a: b}}",
            &["driverName", "parameters"],
        );
        check(
            "resource.k8s.io/v1",
            "ResourceClaim",
            "spec: {devices: {requests: []}}",
            "spec: {devices: {requests: [{name: a}]}}",
            &["spec.devices"],
        );
    }
}

//! Fields that the API server refuses to change, so that an upgrade fails on them, in the words of Kubernetes 1.37. Releases before it say of
//! StatefulSets, StorageClasses and the roles of bindings in other words that they cannot change.

mod same;
mod table;

use crate::kind::group;
use crate::node::Node;
use crate::quantity::Quantity;
use crate::validate::shown_text;
use chartwright_yaml::NodeView;
use same::{difference, same};
use table::{POD, Row, Rule, Shows, TABLE};

/// A change that is refused.
pub struct Refusal<'t> {
    /// The field: `spec.selector`.
    pub field: String,
    /// Why, in the API server's words: `field is immutable`.
    pub says: String,
    /// All that the API server says: `spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable`. Where it shows a whole structure with what it filled in, the
    /// value is left out.
    pub message: String,
    /// Where it differs first, or what lacks it.
    pub node: Node<'t>,
    /// What it was, if it was there.
    pub was: Option<String>,
}

/// What an upgrade of an object from `old` to `new` is refused on.
#[must_use]
pub fn refused<'t>(api_version: &str, kind: &str, old: Node<'_>, new: Node<'t>) -> Vec<Refusal<'t>> {
    let group = group(api_version);
    let mut found = Vec::new();
    for row in TABLE.iter().filter(|row| row.kind == kind && row.group == group && row.when.is_none_or(|when| when(old, new))) {
        by_row(row, old, new, &mut found);
    }
    match (group, kind) {
        ("", "Pod") => containers(old, new, &["spec"], "image", "spec: Forbidden", POD, &mut found),
        ("batch", "Job") => job(old, new, &mut found),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => stored_versions(old, new, &mut found),
        ("networking.k8s.io", "ServiceCIDR") => ranges(old, new, &mut found),
        _ => {}
    }
    found
}

/// A value as a person reads it, on one line.
fn brief(node: Node<'_>) -> String {
    node.scalar().map_or_else(|| node.tree().to_json(node.id()).to_string(), str::to_owned)
}

/// A value as an error shows it.
fn shown(node: Option<Node<'_>>) -> String {
    match node.map(|node| (node, node.view())) {
        None => "null".to_owned(),
        Some((_, NodeView::String(text))) => shown_text(text),
        Some((node, _)) => node.tree().to_json(node.id()).to_string(),
    }
}

fn by_row<'t>(row: &Row, old: Node<'_>, new: Node<'t>, found: &mut Vec<Refusal<'t>>) {
    let (was, is) = (old.at(row.field), new.at(row.field));
    let refusal = |field: String, node: Node<'t>, was: Option<Node<'_>>| {
        let named = row.named.map_or_else(|| row.field.join("."), str::to_owned);
        let what = match row.shows {
            Shows::Forbidden => "Forbidden".to_owned(),
            Shows::Null => "Invalid value: null".to_owned(),
            Shows::Omitted if is.is_none() => "Invalid value: null".to_owned(),
            Shows::Omitted => "Invalid value".to_owned(),
            Shows::Value => format!("Invalid value: {}", is.map_or_else(|| row.absent.to_owned(), |node| shown(Some(node)))),
            Shows::Listed => format!("Invalid value: [{}]", shown(is)),
            Shows::Role => {
                let text = |key| shown_text(is.and_then(|role| role.str_at(key)).unwrap_or_default());
                format!("Invalid value: {{\"APIGroup\":{},\"Kind\":{},\"Name\":{}}}", text("apiGroup"), text("kind"), text("name"))
            }
        };
        Refusal { field, says: row.says.to_owned(), message: format!("{named}: {what}: {}", row.says), node, was: was.map(brief) }
    };
    let place = || new.nearest(row.field);
    let differ = || !same(was, is, &[]);
    let refuses = match row.rule {
        Rule::Fixed(default) => match (was, is, default) {
            (Some(one), None, Some(default)) | (None, Some(one), Some(default)) => one.scalar() != Some(default),
            _ => differ(),
        },
        Rule::FixedOnceSet => was.is_some() && differ(),
        Rule::FixedWhileSet => is.is_some() && differ(),
        Rule::FixedIfImmutable => old.get("immutable").and_then(Node::bool) == Some(true) && differ(),
        Rule::NeverLess => is_less(was, is),
        Rule::FixedBut(may) => {
            let mut keys: Vec<&str> = was.into_iter().flat_map(Node::entries).map(|(key, _)| key).collect();
            keys.extend(is.into_iter().flat_map(Node::entries).map(|(key, _)| key));
            chartwright_go::sort::plain(&mut keys);
            keys.dedup();
            for key in keys.into_iter().filter(|key| !may.contains(key)) {
                let (before, after) = (was.and_then(|node| node.get(key)), is.and_then(|node| node.get(key)));
                if !same_entry(key, before, after) {
                    found.push(refusal(format!("{}.{key}", row.field.join(".")), first(before, after).unwrap_or_else(place), before));
                }
            }
            false
        }
    };
    if refuses {
        found.push(refusal(row.field.join("."), first(was, is).unwrap_or_else(place), was));
    }
}

/// Where a field that is there differs first.
fn first<'t>(was: Option<Node<'_>>, is: Option<Node<'t>>) -> Option<Node<'t>> {
    was.zip(is).and_then(|(was, is)| difference(was, is, &[])).or(is)
}

/// Whether the entries of a key are the same, with what is filled in for that key.
fn same_entry(key: &str, one: Option<Node<'_>>, other: Option<Node<'_>>) -> bool {
    match (one, other) {
        (Some(there), None) | (None, Some(there)) => same::may_be_absent(key, there),
        _ => same(one, other, &[]),
    }
}

fn is_less(was: Option<Node<'_>>, is: Option<Node<'_>>) -> bool {
    let amount = |node: Option<Node<'_>>| Quantity::parse(node?.scalar()?).ok();
    matches!((amount(was), amount(is)), (Some(was), Some(is)) if is < was)
}

/// The containers of a pod, of which one field may change.
fn containers<'t>(old: Node<'_>, new: Node<'t>, path: &[&str], but: &str, what: &str, says: &str, found: &mut Vec<Refusal<'t>>) {
    for list in ["containers", "initContainers"] {
        let of = |spec: Option<Node<'_>>| spec.map_or(0, |spec| spec.items_at(list).count());
        let (was, is) = (old.at(path), new.at(path));
        let mut pairs = was.into_iter().flat_map(|spec| spec.items_at(list)).zip(is.into_iter().flat_map(|spec| spec.items_at(list)));
        let differing = pairs.find_map(|(was, is)| difference(was, is, &[but]));
        if differing.is_some() || of(was) != of(is) {
            let list_now = is.and_then(|spec| spec.get(list));
            let node = differing.or(list_now).unwrap_or_else(|| new.nearest(path));
            let was = was.and_then(|spec| spec.get(list)).map(brief);
            found.push(Refusal {
                field: format!("{}.{list}", path.join(".")),
                says: says.to_owned(),
                message: format!("{what}: {says}"),
                node,
                was,
            });
        }
    }
}

/// `validateCompletions`, and what may change of a job that does not run yet (`validatePodTemplateUpdate`).
fn job<'t>(old: Node<'_>, new: Node<'t>, found: &mut Vec<Refusal<'t>>) {
    let text = |root: Node<'_>, field| root.at(&["spec", field]).and_then(Node::scalar).map(str::to_owned);
    // One each is filled in where neither is there.
    let completions = |root| text(root, "completions").or_else(|| text(root, "parallelism").is_none().then(|| "1".to_owned()));
    let (was, is) = (completions(old), completions(new));
    if was != is {
        let is_indexed = text(new, "completionMode").as_deref() == Some("Indexed");
        let says = match is_indexed {
            false => Some(table::IMMUTABLE),
            true => (is != text(new, "parallelism")).then_some("can only be modified in tandem with spec.parallelism"),
        };
        if let Some(says) = says {
            found.push(Refusal {
                field: "spec.completions".to_owned(),
                says: says.to_owned(),
                message: format!("spec.completions: Invalid value: {}: {says}", is.as_deref().unwrap_or("null")),
                node: new.nearest(&["spec", "completions"]),
                was,
            });
        }
    }
    if table::is_suspended(old) {
        let path = ["spec", "template", "spec"];
        containers(old, new, &path, "resources", "spec.template.spec: Invalid value", table::IMMUTABLE, found);
    }
}

/// `ValidateCustomResourceDefinitionStoredVersions`: what objects are stored in has to stay.
fn stored_versions<'t>(old: Node<'_>, new: Node<'t>, found: &mut Vec<Refusal<'t>>) {
    let path = ["spec", "versions"];
    let named = |root: Node<'_>, name: &str| {
        root.at(&path).into_iter().flat_map(Node::items).any(|version| version.get("name").and_then(Node::scalar) == Some(name))
    };
    for version in
        old.at(&path).into_iter().flat_map(Node::items).filter(|version| version.get("storage").and_then(Node::bool) == Some(true))
    {
        let name = version.get("name").and_then(Node::scalar).unwrap_or_default();
        if !named(new, name) {
            let says = format!(
                "missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage migration \
                 ensures no data remains persisted in {name} and removes {name} from status.storedVersions"
            );
            let message = format!("status.storedVersions[0]: Invalid value: {}: {says}", shown_text(name));
            found.push(Refusal { field: "spec.versions".to_owned(), says, message, node: new.nearest(&path), was: Some(name.to_owned()) });
        }
    }
}

/// `ValidateServiceCIDRUpdate`: a range of the other family may be added.
fn ranges<'t>(old: Node<'_>, new: Node<'t>, found: &mut Vec<Refusal<'t>>) {
    let path = ["spec", "cidrs"];
    let list = |root: Node<'_>| -> Vec<String> {
        root.at(&path).into_iter().flat_map(Node::items).map(|range| range.scalar().unwrap_or_default().to_owned()).collect()
    };
    let (was, is) = (list(old), list(new));
    for (at, (was, is)) in was.iter().zip(&is).enumerate().filter(|(_, (was, is))| was != is) {
        found.push(Refusal {
            field: "spec.cidrs".to_owned(),
            says: table::IMMUTABLE.to_owned(),
            message: format!("spec.cidrs[{at}]: Invalid value: {}: {}", shown_text(is), table::IMMUTABLE),
            node: new.nearest(&path),
            was: Some(was.clone()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_yaml::Tree;

    #[track_caller]
    fn check(api_version: &str, kind: &str, old: &str, new: &str, fields: &[&str]) {
        let trees = [old, new].map(|text| Tree::parse(text).expect("YAML"));
        let [before, after] = [0, 1].map(|at| Node::new(&trees[at], trees[at].root()));
        let found: Vec<String> = refused(api_version, kind, before, after).into_iter().map(|refusal| refusal.field).collect();
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

//! Manifests: a document's objects, read once, with what is needed of them again and again. How objects belong together is `index`'s.

use chartwright_yaml::{NodeId, ParseError, Tree};
use k8s_openapi::api::autoscaling::{v1 as autoscaling_v1, v2 as autoscaling_v2};
use k8s_openapi::api::core::v1::{PersistentVolumeClaimSpec, ServiceSpec};
use k8s_openapi::api::networking::v1::IngressSpec;
use k8s_openapi::api::policy::v1::PodDisruptionBudgetSpec;

use crate::kind::{self, Kind};
use crate::node::Node;
use crate::pod::{ParsedPod, Pod};
use crate::reference::{self, ParsedReference, Reference};
use crate::typed::{self, Fault};

/// The spec of an object, by its type. Workloads have their pod beside it.
#[derive(Debug)]
pub enum Spec {
    /// Also what older versions of the API say, read as the current one.
    HorizontalPodAutoscaler(Box<autoscaling_v2::HorizontalPodAutoscalerSpec>),
    /// A budget of disruptions.
    PodDisruptionBudget(Box<PodDisruptionBudgetSpec>),
    /// A claim.
    PersistentVolumeClaim(Box<PersistentVolumeClaimSpec>),
    /// A service.
    Service(Box<ServiceSpec>),
    /// Of `networking.k8s.io/v1`.
    Ingress(Box<IngressSpec>),
    /// Not read by type.
    Other,
}

/// An object as it was read, without the tree that it was read from.
#[derive(Debug)]
pub struct Parsed {
    tree: usize,
    root: NodeId,
    kind: Kind,
    api_version: String,
    kind_name: String,
    namespace: Option<String>,
    is_cluster_scoped: bool,
    name: String,
    hooks: Vec<String>,
    is_long_running: bool,
    pod: Option<ParsedPod>,
    spec: Spec,
    references: Vec<ParsedReference>,
    faults: Vec<Fault>,
}

/// The text of a document, read: its trees and objects, or why it is no YAML.
pub struct Manifest {
    trees: Vec<Tree>,
    objects: Vec<Parsed>,
    /// Why nothing could be read.
    pub error: Option<ParseError>,
}

impl Manifest {
    /// Reads a text of one or more YAML documents. Empty documents are no objects; the items of a `List` are objects of their own.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match Tree::parse_stream(text) {
            Ok(trees) => {
                let objects =
                    trees.iter().enumerate().flat_map(|(index, tree)| roots(tree).into_iter().map(move |root| read(index, root))).collect();
                Self { trees, objects, error: None }
            }
            Err(error) => Self { trees: Vec::new(), objects: Vec::new(), error: Some(error) },
        }
    }

    /// Its documents' trees; none where it is no YAML.
    #[must_use]
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// Its objects; `document` and `source` tell where it comes from, `namespace` where objects go that name none.
    pub fn objects<'t>(&'t self, document: usize, source: &'t str, namespace: &'t str) -> impl Iterator<Item = Object<'t>> {
        self.objects.iter().map(move |parsed| Object {
            document,
            source,
            default_namespace: namespace,
            tree: &self.trees[parsed.tree],
            parsed,
        })
    }
}

/// The roots of a document's objects: itself, or a list's items.
fn roots(tree: &Tree) -> Vec<Node<'_>> {
    let root = Node::new(tree, tree.root());
    if root.is_null() {
        return Vec::new();
    }
    let is_list = root.str_at("apiVersion") == Some("v1") && root.str_at("kind").is_some_and(|kind| kind.ends_with("List"));
    if is_list && root.get("items").is_some() { root.items_at("items").collect() } else { vec![root] }
}

fn read(tree: usize, root: Node<'_>) -> Parsed {
    let text = |path: &[&str]| root.at(path).and_then(Node::scalar).unwrap_or_default().to_owned();
    let api_version = text(&["apiVersion"]);
    let kind_name = text(&["kind"]);
    let kind = Kind::of(&api_version, &kind_name);
    let mut faults = Vec::new();
    let parent = kind.pod_spec_path().and_then(|path| root.at(&path[..path.len() - 1]));
    let pod_spec = parent.and_then(|parent| parent.get("spec"));
    let pod = parent.zip(pod_spec).map(|(parent, spec)| ParsedPod::read(spec, parent.get("metadata"), &mut faults));
    let spec = read_spec(kind, &api_version, root.get("spec"), &mut faults);
    let hooks = root.at(&["metadata", "annotations", "helm.sh/hook"]).and_then(Node::str).unwrap_or_default();
    let hooks: Vec<String> = hooks.split(',').map(str::trim).filter(|hook| !hook.is_empty()).map(str::to_owned).collect();
    // A bare pod that is not restarted when it ends runs once.
    let runs_once =
        kind == Kind::Pod && text(&["spec", "restartPolicy"]).as_str() != "Always" && root.at(&["spec", "restartPolicy"]).is_some();
    Parsed {
        tree,
        root: root.id(),
        kind,
        is_cluster_scoped: kind::is_cluster_scoped(&api_version, &kind_name),
        namespace: root.at(&["metadata", "namespace"]).and_then(Node::str).filter(|name| !name.is_empty()).map(str::to_owned),
        name: text(&["metadata", "name"]),
        is_long_running: pod.is_some() && kind != Kind::PodTemplate && !kind.is_batch() && hooks.is_empty() && !runs_once,
        hooks,
        api_version,
        kind_name,
        references: reference::read(kind, root, pod_spec),
        pod,
        spec,
        faults,
    }
}

fn read_spec(kind: Kind, api_version: &str, spec: Option<Node<'_>>, faults: &mut Vec<Fault>) -> Spec {
    match kind {
        Kind::HorizontalPodAutoscaler if api_version == "autoscaling/v1" => {
            Spec::HorizontalPodAutoscaler(Box::new(current_autoscaler(typed::read(spec, faults))))
        }
        Kind::HorizontalPodAutoscaler => Spec::HorizontalPodAutoscaler(Box::new(typed::read(spec, faults))),
        Kind::PodDisruptionBudget => Spec::PodDisruptionBudget(Box::new(typed::read(spec, faults))),
        Kind::PersistentVolumeClaim => Spec::PersistentVolumeClaim(Box::new(typed::read(spec, faults))),
        Kind::Service => Spec::Service(Box::new(typed::read(spec, faults))),
        Kind::Ingress if api_version == "networking.k8s.io/v1" => Spec::Ingress(Box::new(typed::read(spec, faults))),
        _ => Spec::Other,
    }
}

/// `autoscaling/v1` as the API server converts it (`pkg/apis/autoscaling/v1/conversion.go`).
fn current_autoscaler(old: autoscaling_v1::HorizontalPodAutoscalerSpec) -> autoscaling_v2::HorizontalPodAutoscalerSpec {
    use autoscaling_v2::{CrossVersionObjectReference, HorizontalPodAutoscalerSpec, MetricSpec, MetricTarget, ResourceMetricSource};
    let metric = |percent| MetricSpec {
        type_: "Resource".to_owned(),
        resource: Some(ResourceMetricSource {
            name: "cpu".to_owned(),
            target: MetricTarget { type_: "Utilization".to_owned(), average_utilization: Some(percent), ..MetricTarget::default() },
        }),
        ..MetricSpec::default()
    };
    HorizontalPodAutoscalerSpec {
        max_replicas: old.max_replicas,
        min_replicas: old.min_replicas,
        metrics: old.target_cpu_utilization_percentage.map(|percent| vec![metric(percent)]),
        scale_target_ref: CrossVersionObjectReference {
            api_version: old.scale_target_ref.api_version,
            kind: old.scale_target_ref.kind,
            name: old.scale_target_ref.name,
        },
        behavior: None,
    }
}

/// What an object is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectRef {
    /// `apps/v1`.
    pub api_version: String,
    /// `Deployment`.
    pub kind: String,
    /// The namespace that it goes to; nothing for what belongs to none.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

/// An object with the document that it stands in. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Object<'t> {
    /// The number of its document in the input.
    pub document: usize,
    /// The template that made it.
    pub source: &'t str,
    default_namespace: &'t str,
    tree: &'t Tree,
    parsed: &'t Parsed,
}

impl<'t> Object<'t> {
    /// Its root.
    #[must_use]
    pub fn root(self) -> Node<'t> {
        Node::new(self.tree, self.parsed.root)
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.parsed.kind
    }

    /// Its `kind`, as written.
    #[must_use]
    pub fn kind_name(self) -> &'t str {
        &self.parsed.kind_name
    }

    /// Its `apiVersion`, as written.
    #[must_use]
    pub fn api_version(self) -> &'t str {
        &self.parsed.api_version
    }

    /// Its name; empty where it has none.
    #[must_use]
    pub fn name(self) -> &'t str {
        &self.parsed.name
    }

    /// The namespace that it goes to; that of the release where it names none. Objects that belong to none have none.
    #[must_use]
    pub fn namespace(self) -> Option<&'t str> {
        if self.parsed.is_cluster_scoped { None } else { Some(self.parsed.namespace.as_deref().unwrap_or(self.default_namespace)) }
    }

    /// The namespace of the release that it is part of.
    #[must_use]
    pub fn release_namespace(self) -> &'t str {
        self.default_namespace
    }

    /// The namespace that it names itself.
    #[must_use]
    pub fn own_namespace(self) -> Option<&'t str> {
        self.parsed.namespace.as_deref()
    }

    /// What it is called.
    #[must_use]
    pub fn reference(self) -> ObjectRef {
        ObjectRef {
            api_version: self.parsed.api_version.clone(),
            kind: self.parsed.kind_name.clone(),
            namespace: self.namespace().map(str::to_owned),
            name: self.parsed.name.clone(),
        }
    }

    /// Whether both are one place of one document.
    #[must_use]
    pub fn is(self, other: Self) -> bool {
        self.document == other.document && std::ptr::eq(self.parsed, other.parsed)
    }

    /// Group, kind, namespace and name: by which a cluster knows it.
    #[must_use]
    pub fn identity(self) -> (&'t str, &'t str, Option<&'t str>, &'t str) {
        (kind::group(self.api_version()), self.kind_name(), self.namespace(), self.name())
    }

    /// Whether both, written in two places, make one object of the cluster.
    #[must_use]
    pub fn makes_again(self, other: Self) -> bool {
        !self.is(other) && !self.name().is_empty() && self.identity() == other.identity()
    }

    /// The pod that it makes, or is a template of.
    #[must_use]
    pub fn pod(self) -> Option<Pod<'t>> {
        self.parsed.pod.as_ref().map(|pod| Pod::new(self.tree, pod))
    }

    /// What it refers to, by kind of field.
    pub fn references(self) -> impl Iterator<Item = Reference<'t>> {
        let tree = self.tree;
        self.parsed.references.iter().filter_map(move |parsed| parsed.at(tree))
    }

    /// Its spec by type.
    #[must_use]
    pub fn spec(self) -> &'t Spec {
        &self.parsed.spec
    }

    /// The node of its spec.
    #[must_use]
    pub fn spec_node(self) -> Option<Node<'t>> {
        self.root().get("spec")
    }

    /// Values that are not of the type that their field has.
    #[must_use]
    pub fn faults(self) -> &'t [Fault] {
        &self.parsed.faults
    }

    /// A fault's place.
    #[must_use]
    pub fn fault_node(self, fault: &Fault) -> Node<'t> {
        Node::new(self.tree, fault.node)
    }

    /// Whether Helm runs it at a moment of a release's life rather than keeping it.
    #[must_use]
    pub fn is_hook(self) -> bool {
        !self.parsed.hooks.is_empty()
    }

    /// Whether it exists for `helm test` only.
    #[must_use]
    pub fn is_test(self) -> bool {
        !self.parsed.hooks.is_empty()
            && self.parsed.hooks.iter().all(|hook| matches!(hook.as_str(), "test" | "test-success" | "test-failure"))
    }

    /// Whether its pods are to run for good: no job, no hook.
    #[must_use]
    pub fn is_long_running(self) -> bool {
        self.parsed.is_long_running
    }
}

//! The pod that a workload makes: its containers with their parts in life, and typed views beside their places. Who makes it, is `object`'s.

use std::sync::OnceLock;

use chartwright_yaml::{NodeId, Tree};
use k8s_openapi::api::core::v1::{Container, PodSecurityContext, ResourceRequirements};

use crate::node::Node;
use crate::pss::{self, Level};
use crate::resources::{self, Demand};
use crate::typed::{self, Fault};

/// What a container of a pod is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Runs to its end before the pod starts.
    Init,
    /// An init container that is restarted always: it starts before the pod's containers and runs beside them.
    Sidecar,
    /// Runs as long as the pod.
    Main,
    /// Added to a running pod for debugging.
    Ephemeral,
}

#[derive(Debug)]
pub(crate) struct ParsedContainer {
    node: NodeId,
    role: Role,
    typed: Container,
}

/// What was read of a pod's spec, without the tree that it was read from.
#[derive(Debug)]
pub struct ParsedPod {
    spec: NodeId,
    metadata: Option<NodeId>,
    containers: Vec<ParsedContainer>,
    security: PodSecurityContext,
    resources: Option<ResourceRequirements>,
    demand: Demand,
    /// The security level under the rules of the minor version that was asked for first.
    level: OnceLock<(u32, Level)>,
}

impl ParsedPod {
    /// Reads the pod's spec that stands at `spec`, beside its `metadata`.
    pub(crate) fn read(spec: Node<'_>, metadata: Option<Node<'_>>, faults: &mut Vec<Fault>) -> Self {
        let mut containers = Vec::new();
        // In the order in which they start.
        for (list, role) in [("initContainers", Role::Init), ("containers", Role::Main), ("ephemeralContainers", Role::Ephemeral)] {
            for node in spec.items_at(list) {
                let typed: Container = typed::read(Some(node), faults);
                let always = typed.restart_policy.as_deref() == Some("Always");
                let role = if role == Role::Init && always { Role::Sidecar } else { role };
                containers.push(ParsedContainer { node: node.id(), role, typed });
            }
        }
        let mut pod = Self {
            spec: spec.id(),
            metadata: metadata.map(Node::id),
            containers,
            security: typed::read(spec.get("securityContext"), faults),
            resources: spec.get("resources").map(|node| typed::read(Some(node), faults)),
            demand: Demand::default(),
            level: OnceLock::new(),
        };
        pod.demand = resources::demand(Pod::new(spec.tree(), &pod));
        pod
    }
}

/// A pod's spec with its place.
#[derive(Clone, Copy)]
pub struct Pod<'t> {
    tree: &'t Tree,
    parsed: &'t ParsedPod,
}

impl<'t> Pod<'t> {
    pub(crate) fn new(tree: &'t Tree, parsed: &'t ParsedPod) -> Self {
        Self { tree, parsed }
    }

    /// Its spec.
    #[must_use]
    pub fn spec(self) -> Node<'t> {
        Node::new(self.tree, self.parsed.spec)
    }

    /// Its metadata: that of the template, or of the pod itself.
    #[must_use]
    pub fn metadata(self) -> Option<Node<'t>> {
        self.parsed.metadata.map(|id| Node::new(self.tree, id))
    }

    /// The node of its labels.
    #[must_use]
    pub fn labels(self) -> Option<Node<'t>> {
        self.metadata()?.get("labels")
    }

    /// Its security settings, which containers inherit where they set none.
    #[must_use]
    pub fn security(self) -> &'t PodSecurityContext {
        &self.parsed.security
    }

    /// Requests and limits of the pod as a whole, where it has them.
    #[must_use]
    pub fn resources(self) -> Option<&'t ResourceRequirements> {
        self.parsed.resources.as_ref()
    }

    /// What it asks of a node.
    #[must_use]
    pub fn demand(self) -> &'t Demand {
        &self.parsed.demand
    }

    /// The strictest Pod Security Standard that admits it in Kubernetes 1.`minor`; found out once.
    #[must_use]
    pub fn level(self, minor: u32) -> Level {
        let &(known, level) = self.parsed.level.get_or_init(|| (minor, pss::level(self, minor)));
        if known == minor { level } else { pss::level(self, minor) }
    }

    /// All containers in the order in which they start.
    pub fn containers(self) -> impl DoubleEndedIterator<Item = ContainerView<'t>> {
        let tree = self.tree;
        self.parsed.containers.iter().map(move |parsed| ContainerView {
            node: Node::new(tree, parsed.node),
            role: parsed.role,
            typed: &parsed.typed,
        })
    }

    /// The containers that run as long as the pod: its own and native sidecars.
    pub fn running(self) -> impl DoubleEndedIterator<Item = ContainerView<'t>> {
        self.containers().filter(|container| matches!(container.role, Role::Main | Role::Sidecar))
    }

    /// Whether a switch of its spec, such as `hostNetwork`, is on.
    #[must_use]
    pub fn is_on(self, switch: &str) -> bool {
        self.spec().get(switch).and_then(Node::bool) == Some(true)
    }

    /// Whether it is meant for Windows nodes, by its `os` (which alone the API server looks at).
    #[must_use]
    pub fn is_windows(self) -> bool {
        self.spec().at(&["os", "name"]).and_then(Node::str) == Some("windows")
    }

    /// Whether it will run on Windows, by its `os` or by the node that it asks for.
    #[must_use]
    pub fn runs_on_windows(self) -> bool {
        let asks = |label| self.spec().at(&["nodeSelector", label]).and_then(Node::str) == Some("windows");
        self.is_windows() || asks("kubernetes.io/os") || asks("beta.kubernetes.io/os")
    }
}

/// A container with its place.
#[derive(Clone, Copy)]
pub struct ContainerView<'t> {
    /// Its place.
    pub node: Node<'t>,
    /// What it is for.
    pub role: Role,
    /// What it says.
    pub typed: &'t Container,
}

impl<'t> ContainerView<'t> {
    /// Its name, as it is called in messages.
    #[must_use]
    pub fn name(self) -> &'t str {
        &self.typed.name
    }
}

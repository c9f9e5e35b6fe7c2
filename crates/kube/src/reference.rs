//! What an object refers to by name, with the place of each reference. Whether it is there, is for others to judge.

use chartwright_yaml::{NodeId, Tree};

use crate::kind::Kind;
use crate::node::Node;

/// A name in an object that stands for another object.
#[derive(Clone, Copy)]
pub struct Reference<'t> {
    /// What is referred to.
    pub kind: Kind,
    /// Its name.
    pub name: &'t str,
    /// The key that is read of it, for Secrets and ConfigMaps read by key.
    pub key: Option<&'t str>,
    /// Whether the object works without it.
    pub optional: bool,
    /// Where the name stands.
    pub node: Node<'t>,
}

/// A reference without the tree that it stands in.
#[derive(Debug)]
pub(crate) struct ParsedReference {
    kind: Kind,
    name: NodeId,
    key: Option<NodeId>,
    optional: bool,
}

impl ParsedReference {
    pub(crate) fn at<'t>(&self, tree: &'t Tree) -> Option<Reference<'t>> {
        let node = Node::new(tree, self.name);
        let key = self.key.and_then(|key| Node::new(tree, key).str());
        Some(Reference { kind: self.kind, name: node.str()?, key, optional: self.optional, node })
    }
}

/// Reads the references of an object, given the spec of the pods that it makes. Empty names refer to nothing.
pub(crate) fn read(kind: Kind, root: Node<'_>, pod: Option<Node<'_>>) -> Vec<ParsedReference> {
    let mut found = Found { out: Vec::new() };
    if let Some(spec) = pod {
        found.pod(spec);
    }
    let spec = root.nearest(&["spec"]);
    match kind {
        Kind::StatefulSet => {
            found.name(Kind::Service, spec, "serviceName");
            for template in spec.items_at("volumeClaimTemplates") {
                found.claim(template.get("spec"));
            }
        }
        Kind::PersistentVolumeClaim => found.claim(Some(spec)),
        Kind::Ingress => found.ingress(spec),
        Kind::ServiceAccount => {
            for item in root.items_at("imagePullSecrets").chain(root.items_at("secrets")) {
                found.name(Kind::Secret, item, "name");
            }
        }
        _ => {}
    }
    found.out
}

struct Found {
    out: Vec<ParsedReference>,
}

impl Found {
    fn push(&mut self, kind: Kind, node: Node<'_>, key: Option<NodeId>, optional: bool) {
        if node.str().is_some_and(|name| !name.is_empty()) {
            self.out.push(ParsedReference { kind, name: node.id(), key, optional });
        }
    }

    fn name(&mut self, kind: Kind, parent: Node<'_>, field: &str) {
        if let Some(node) = parent.get(field) {
            self.push(kind, node, None, false);
        }
    }

    /// A source of environment or files: `{name, key?, items?, optional?}`.
    fn source(&mut self, kind: Kind, source: Option<Node<'_>>, field: &str) {
        let Some((source, node)) = source.and_then(|source| Some((source, source.get(field)?))) else { return };
        let optional = source.get("optional").and_then(Node::bool) == Some(true);
        let items = source.items_at("items").filter_map(|item| item.get("key"));
        let keys: Vec<NodeId> = source.get("key").into_iter().chain(items).map(Node::id).collect();
        if keys.is_empty() {
            self.push(kind, node, None, optional);
        }
        for key in keys {
            self.push(kind, node, Some(key), optional);
        }
    }

    fn pod(&mut self, spec: Node<'_>) {
        match spec.get("serviceAccountName") {
            Some(node) => self.push(Kind::ServiceAccount, node, None, false),
            None => self.name(Kind::ServiceAccount, spec, "serviceAccount"),
        }
        self.name(Kind::PriorityClass, spec, "priorityClassName");
        self.name(Kind::RuntimeClass, spec, "runtimeClassName");
        for secret in spec.items_at("imagePullSecrets") {
            self.name(Kind::Secret, secret, "name");
        }
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            for container in spec.items_at(list) {
                for from in container.items_at("envFrom") {
                    self.source(Kind::Secret, from.get("secretRef"), "name");
                    self.source(Kind::ConfigMap, from.get("configMapRef"), "name");
                }
                for env in container.items_at("env") {
                    self.source(Kind::Secret, env.at(&["valueFrom", "secretKeyRef"]), "name");
                    self.source(Kind::ConfigMap, env.at(&["valueFrom", "configMapKeyRef"]), "name");
                }
            }
        }
        for volume in spec.items_at("volumes") {
            self.volume(volume);
        }
    }

    fn volume(&mut self, volume: Node<'_>) {
        self.source(Kind::Secret, volume.get("secret"), "secretName");
        self.source(Kind::ConfigMap, volume.get("configMap"), "name");
        if let Some(claim) = volume.get("persistentVolumeClaim") {
            self.name(Kind::PersistentVolumeClaim, claim, "claimName");
        }
        for source in volume.get("projected").into_iter().flat_map(|projected| projected.items_at("sources")) {
            self.source(Kind::Secret, source.get("secret"), "name");
            self.source(Kind::ConfigMap, source.get("configMap"), "name");
        }
        if let Some(secret) = volume.at(&["csi", "nodePublishSecretRef"]) {
            self.name(Kind::Secret, secret, "name");
        }
        self.claim(volume.at(&["ephemeral", "volumeClaimTemplate", "spec"]));
    }

    fn claim(&mut self, spec: Option<Node<'_>>) {
        if let Some(spec) = spec {
            self.name(Kind::StorageClass, spec, "storageClassName");
            self.name(Kind::PersistentVolume, spec, "volumeName");
        }
    }

    fn ingress(&mut self, spec: Node<'_>) {
        self.name(Kind::IngressClass, spec, "ingressClassName");
        for tls in spec.items_at("tls") {
            self.name(Kind::Secret, tls, "secretName");
        }
        let paths = spec.items_at("rules").filter_map(|rule| rule.get("http")).flat_map(|http| http.items_at("paths"));
        let backends = paths.filter_map(|path| path.get("backend")).chain(spec.get("defaultBackend"));
        for service in backends.filter_map(|backend| backend.get("service")) {
            self.name(Kind::Service, service, "name");
        }
    }
}

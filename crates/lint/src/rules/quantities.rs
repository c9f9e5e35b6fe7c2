//! Where quantities stand, which two rules share. No rule of its own.

use chartwright_kube::kind::Kind;
use chartwright_kube::node::Node;
use chartwright_kube::object::Object;

/// The places of an object that hold a quantity.
pub(super) fn places(object: Object<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let resources = |owner: Node<'_>, found: &mut Vec<_>| {
        let Some(resources) = owner.get("resources") else { return };
        for list in ["requests", "limits"] {
            found.extend(resources.entries_at(list).map(|(_, node)| node.id()));
        }
    };
    let root = object.root();
    if let Some(pod) = object.pod() {
        resources(pod.spec(), &mut found);
        for container in pod.containers() {
            resources(container.node, &mut found);
        }
        found.extend(pod.spec().entries_at("overhead").map(|(_, node)| node.id()));
        found.extend(pod.spec().items_at("volumes").filter_map(|volume| volume.at(&["emptyDir", "sizeLimit"])).map(Node::id));
    }
    match object.kind() {
        Kind::PersistentVolumeClaim => resources(root.nearest(&["spec"]), &mut found),
        Kind::StatefulSet => {
            for template in root.nearest(&["spec"]).items_at("volumeClaimTemplates") {
                resources(template.nearest(&["spec"]), &mut found);
            }
        }
        _ => {}
    }
    found.into_iter().map(|id| Node::new(root.tree(), id)).filter(|node| !node.is_null()).collect()
}

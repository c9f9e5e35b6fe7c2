//! All scalars of an object, which rules on how values are written share. No rule of its own.

use chartwright_kube::node::Node;
use chartwright_yaml::NodeView;

/// Looks at each scalar, keys among them, in the order of the document, if there may be one that is read otherwise elsewhere. What an alias stands
/// for is looked at where it is written.
pub(super) fn each_doubtful<'t>(root: Node<'t>, mut look: impl FnMut(Node<'t>)) {
    let tree = root.tree();
    if !tree.is_doubtful() {
        return;
    }
    let is_written = |id| tree.resolve_alias(id) == id;
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match node.view() {
            NodeView::Sequence(_) => open.extend(node.items().rev().filter(|item| is_written(item.id()))),
            NodeView::Mapping(pairs) => {
                for &(key, value) in pairs.iter().rev() {
                    if is_written(value) {
                        open.push(Node::new(tree, value));
                    }
                    open.push(Node::new(tree, key));
                }
            }
            _ => look(node),
        }
    }
}

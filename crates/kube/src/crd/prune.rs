//! Fields that a schema does not have, which the API server prunes, or refuses when it is strict:
//! `k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go`.

use chartwright_go::quote::quoted;
use chartwright_yaml::NodeView;

use crate::node::Node;
use crate::schema::{Fault, FaultKind};

use super::{Step, path};

struct Open<'s, 't> {
    schema: Node<'s>,
    value: Node<'t>,
    step: usize,
    /// Whether it is an object with metadata of its own.
    is_resource: bool,
}

/// Whether a schema says `true` under a key.
pub(super) fn says(schema: Node<'_>, key: &str) -> bool {
    schema.get(key).and_then(Node::bool) == Some(true)
}

pub(super) fn unknown<'t>(schema: Node<'_>, root: Node<'t>) -> Vec<Fault> {
    let mut steps = vec![Step::Root];
    let mut open = vec![Open { schema, value: root, step: 0, is_resource: true }];
    let mut faults = Vec::new();
    while let Some(Open { schema, value, step, is_resource }) = open.pop() {
        match value.view() {
            NodeView::Sequence(_) => {
                let Some(items) = schema.get("items") else { continue };
                for (index, item) in value.items().enumerate() {
                    steps.push(Step::Index(step, index));
                    open.push(Open {
                        schema: items,
                        value: item,
                        step: steps.len() - 1,
                        is_resource: says(items, "x-kubernetes-embedded-resource"),
                    });
                }
            }
            NodeView::Mapping(pairs) => {
                let properties = schema.get("properties");
                let additional = schema.get("additionalProperties");
                let keeps = says(schema, "x-kubernetes-preserve-unknown-fields");
                for &(key, id) in pairs {
                    let tree: &'t chartwright_yaml::Tree = value.tree();
                    let name = tree.key_text(key);
                    let part = Node::new(tree, id);
                    if is_resource && matches!(&*name, "apiVersion" | "kind" | "metadata") {
                        continue;
                    }
                    let known = properties.and_then(|properties| properties.get(&name));
                    let inner = known.or_else(|| additional.filter(|additional| matches!(additional.view(), NodeView::Mapping(_))));
                    steps.push(Step::Key(step, name));
                    let step = steps.len() - 1;
                    match inner {
                        Some(inner) => {
                            open.push(Open { schema: inner, value: part, step, is_resource: says(inner, "x-kubernetes-embedded-resource") })
                        }
                        None if keeps || additional.and_then(Node::bool) == Some(true) => {}
                        None => faults.push(Fault {
                            kind: FaultKind::Unknown,
                            node: id,
                            message: format!("unknown field {}", quoted(path(&steps, step).as_bytes())),
                        }),
                    }
                }
            }
            _ => {}
        }
    }
    faults
}

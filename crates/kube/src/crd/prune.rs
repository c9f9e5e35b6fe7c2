//! Fields that a schema does not have, which the API server prunes, or refuses when it is strict:
//! `k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning/algorithm.go`.

use std::collections::HashSet;

use chartwright_go::quote::quoted;
use chartwright_yaml::{NodeId, NodeView};

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

/// Keys that stand there again, anywhere: a custom resource is read without a type first.
#[must_use]
pub fn duplicates<'t>(root: Node<'t>) -> Vec<Fault> {
    let mut steps = vec![Step::Root];
    let mut open = vec![(root, 0)];
    let mut faults = Vec::new();
    while let Some((node, step)) = open.pop() {
        for (index, item) in node.items().enumerate() {
            steps.push(Step::Index(step, index));
            open.push((item, steps.len() - 1));
        }
        let NodeView::Mapping(pairs) = node.view() else { continue };
        let tree: &'t chartwright_yaml::Tree = node.tree();
        let mut seen = HashSet::with_capacity(pairs.len());
        for &(key, id) in pairs {
            let name = tree.key_text(key);
            let again = !seen.insert(name.clone());
            steps.push(Step::Key(step, name));
            if again {
                let message = format!("duplicate field {}", quoted(path(&steps, steps.len() - 1).as_bytes()));
                faults.push(Fault { kind: FaultKind::Duplicate, node: id, message });
            }
            // What an alias stands for was looked at where it is written.
            if tree.resolve_alias(id) == id {
                open.push((Node::new(tree, id), steps.len() - 1));
            }
        }
    }
    faults
}

/// The fields that the schema does not have, and the nulls that it does not allow: those count as left out.
pub(super) fn prune<'t>(schema: Node<'_>, root: Node<'t>, is_resource: bool) -> (Vec<Fault>, HashSet<NodeId>) {
    let mut dropped = HashSet::new();
    let mut steps = vec![Step::Root];
    let mut open = vec![Open { schema, value: root, step: 0, is_resource }];
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
                        Some(inner) if part.is_null() && !says(inner, "nullable") => {
                            dropped.insert(id);
                        }
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
    (faults, dropped)
}

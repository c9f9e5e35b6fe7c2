//! `duplicate-key`: a key that stands twice in one map.
//!
//! # What it checks
//!
//! No map of a document has the same key twice.
//!
//! # Why it matters
//!
//! Only the last one counts, silently with Helm; `kubectl` and GitOps tools refuse the document. Most often two templates or an `include` write
//! the same labels or annotations.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   labels:
//!     app: web
//!     app: api
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   labels:
//!     app: api
//! ```

use std::collections::HashSet;

use chartwright_kube::node::Node;
use chartwright_yaml::NodeView;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Error,
    by_default: true,
    group: "Schema",
    aliases: &["yamllint:key-duplicates", "kubeconform:duplicate-key"],
    reason: "All but the last are lost, and strict tools refuse the document.",
    cure: "Remove one of them.",
    check: Check::Object(check),
};

/// From so many entries on keys are compared by their hashes.
const MANY: usize = 16;

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if !context.object.root().tree().may_repeat_keys() {
        return;
    }
    let mut open = vec![context.object.root()];
    let mut names = Vec::new();
    while let Some(node) = open.pop() {
        match node.view() {
            NodeView::Sequence(_) => open.extend(node.items().rev()),
            NodeView::Mapping(pairs) => {
                let tree = node.tree();
                names.clear();
                names.extend(pairs.iter().map(|(key, _)| tree.key_text(*key)));
                let mut seen = HashSet::new();
                for (at, (name, &(_, value))) in names.iter().zip(pairs).enumerate() {
                    let again = if names.len() > MANY { !seen.insert(name) } else { names[..at].contains(name) };
                    if again {
                        sink.report(context.object, Node::new(tree, value), format!("the key {name:?} is already set in this map"));
                    }
                }
                // What an alias stands for was looked at where it is written.
                open.extend(
                    pairs.iter().rev().filter(|(_, value)| tree.resolve_alias(*value) == *value).map(|(_, value)| Node::new(tree, *value)),
                );
            }
            _ => {}
        }
    }
}

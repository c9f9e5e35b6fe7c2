//! `yaml-octal`: a number with a leading zero.
//!
//! # What it checks
//!
//! No unquoted number begins with a zero and another digit. Modes of files, which are written in base 8, are left alone:
//! `defaultMode`, `mode` and their like.
//!
//! # Why it matters
//!
//! It is read in base 8, or loses its zero: `0123` becomes 83, and `0899` becomes 899. Telephone numbers, post codes and ids are
//! no longer what was written.
//!
//! # Example
//!
//! ```yaml
//! data:
//!   ZIP: 01067
//! ```
//!
//! # Cure
//!
//! ```yaml
//! data:
//!   ZIP: "01067"
//! ```

use chartwright_kube::node::Node;
use chartwright_yaml::NodeView;

use super::scalars;
use crate::finding::Severity;
use crate::fix::Fix;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "yaml-octal",
    severity: Severity::Warning,
    by_default: true,
    group: "Schema",
    aliases: &["yamllint:octal-values"],
    reason: "It is read in base 8, or loses its zero.",
    cure: "Put it in quotes.",
    check: Check::Object(check),
};

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    scalars::each_doubtful(context.object.root(), |node| {
        let (NodeView::Int(_) | NodeView::Float(_)) = node.view() else { return };
        let tree = node.tree();
        let text = tree.raw(tree.resolve_alias(node.id()));
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text).as_bytes();
        if !matches!(digits, [b'0', b'0'..=b'9', ..]) || is_mode(node) {
            return;
        }
        let message = match node.view() {
            NodeView::Int(number) => format!("{text} is read in base 8, as {number}"),
            _ => format!("{text} loses its leading zero"),
        };
        sink.report(context.object, node, message).fix(Fix::quote(node));
    });
}

/// Whether a node is the mode of a file by its key.
fn is_mode(node: Node<'_>) -> bool {
    let tree = node.tree();
    let key = tree.key_of(node.id()).and_then(|key| tree.str(key)).unwrap_or_default();
    ["mode", "mask", "perm", "perms", "permission", "permissions"]
        .iter()
        .any(|end| key.len().checked_sub(end.len()).and_then(|from| key.get(from..)).is_some_and(|last| last.eq_ignore_ascii_case(end)))
}

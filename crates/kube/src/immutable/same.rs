//! Whether two values are the same to the API server: empty is absent, what it fills in may be written out or not, and amounts may be written in other units.

use chartwright_yaml::NodeView;

use crate::node::Node;
use crate::quantity::Quantity;

/// So many places are compared; documents whose anchors make more of themselves are taken for the same, since nothing certain can be said of them.
const MAX_COMPARED: usize = 100_000;

/// What the API server fills in, by the key, wherever it stands in pods and claims (`pkg/apis/core/v1/defaults.go`). What is false by being absent is among it.
const FILLED_IN: &[(&str, &str)] = &[
    ("apiVersion", "v1"),
    ("defaultMode", "420"),
    ("dnsPolicy", "ClusterFirst"),
    ("failureThreshold", "3"),
    ("hostIPC", "false"),
    ("hostNetwork", "false"),
    ("hostPID", "false"),
    ("imagePullPolicy", "Always"),
    ("imagePullPolicy", "IfNotPresent"),
    ("kind", "PersistentVolumeClaim"),
    ("optional", "false"),
    ("periodSeconds", "10"),
    ("protocol", "TCP"),
    ("readOnly", "false"),
    ("restartPolicy", "Always"),
    ("scheme", "HTTP"),
    ("schedulerName", "default-scheduler"),
    ("stdin", "false"),
    ("stdinOnce", "false"),
    ("successThreshold", "1"),
    ("terminationGracePeriodSeconds", "30"),
    ("terminationMessagePath", "/dev/termination-log"),
    ("terminationMessagePolicy", "File"),
    ("timeoutSeconds", "1"),
    ("tty", "false"),
    ("volumeMode", "Filesystem"),
];
/// Keys below which an amount stands.
const AMOUNTS: &[&str] = &["cpu", "memory", "storage", "ephemeral-storage", "sizeLimit"];

/// Whether two values are the same; nothing is what is absent. Keys of the values themselves that are in `but` are passed over.
pub(super) fn same(one: Option<Node<'_>>, other: Option<Node<'_>>, but: &[&str]) -> bool {
    match (one, other) {
        (Some(there), None) | (None, Some(there)) => may_be_absent("", there),
        (None, None) => true,
        (Some(one), Some(other)) => difference(one, other, but).is_none(),
    }
}

/// The first place of `is` that is not as in `was`, or what lacks it.
pub(super) fn difference<'t>(was: Node<'_>, is: Node<'t>, but: &[&str]) -> Option<Node<'t>> {
    let mut open = vec![("", Some(was), Some(is), is)];
    for number in 0..MAX_COMPARED {
        let (key, one, other, near) = open.pop()?;
        let (one, other) = match (one, other) {
            (None, None) => continue,
            (Some(one), Some(other)) => (one, other),
            (Some(there), None) if !may_be_absent(key, there) => return Some(near),
            (None, Some(there)) if !may_be_absent(key, there) => return Some(there),
            _ => continue,
        };
        let first = open.len();
        match (one.view(), other.view()) {
            (NodeView::Mapping(_), NodeView::Mapping(_)) => {
                let is_looked_at = |name: &str| number > 0 || !but.contains(&name);
                let there = other.entries().filter(|(name, _)| is_looked_at(name));
                open.extend(there.map(|(name, _)| (name, one.get(name), other.get(name), other)));
                let gone = one.entries().filter(|(name, _)| is_looked_at(name) && other.get(name).is_none());
                open.extend(gone.map(|(name, _)| (name, one.get(name), None, other)));
            }
            (NodeView::Sequence(ours), NodeView::Sequence(theirs)) if ours.len() == theirs.len() => {
                open.extend(one.items().zip(other.items()).map(|(one, item)| ("", Some(one), Some(item), other)));
            }
            _ if is_same_scalar(key, one, other) => {}
            _ => return Some(other),
        }
        open[first..].reverse();
    }
    None
}

/// Whether what stands under a key is what its absence means.
pub(super) fn may_be_absent(key: &str, there: Node<'_>) -> bool {
    match there.view() {
        NodeView::Null => true,
        NodeView::Mapping(entries) => entries.is_empty() || there.entries().all(|(_, node)| node.is_null()),
        NodeView::Sequence(items) => items.is_empty(),
        _ => there.scalar().is_some_and(|text| text.is_empty() || FILLED_IN.contains(&(key, text))),
    }
}

fn is_same_scalar(key: &str, one: Node<'_>, other: Node<'_>) -> bool {
    if AMOUNTS.contains(&key) {
        let amount = |node: Node<'_>| Quantity::parse(node.scalar()?).ok();
        if let (Some(one), Some(other)) = (amount(one), amount(other)) {
            return one == other;
        }
    }
    one.tree().to_json(one.id()) == other.tree().to_json(other.id())
}

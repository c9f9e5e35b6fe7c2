//! Label selectors against labels. Where selectors stand, is not known here.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::kind::Kind;
use crate::node::Node;
use crate::object::Object;
use crate::typed;

/// The selector at a node.
#[must_use]
pub fn read(node: Node<'_>) -> LabelSelector {
    typed::read(Some(node), &mut Vec::new())
}

/// The selector by which a workload finds its pods; nothing where the API server makes one up.
#[must_use]
pub fn of_workload(object: Object<'_>) -> Option<LabelSelector> {
    let node = object.root().at(&["spec", "selector"])?;
    match object.kind() {
        Kind::Deployment | Kind::ReplicaSet | Kind::StatefulSet | Kind::DaemonSet => Some(read(node)),
        Kind::ReplicationController => {
            Some(LabelSelector { match_labels: typed::read(Some(node), &mut Vec::new()), ..LabelSelector::default() })
        }
        Kind::Job => (object.root().at(&["spec", "manualSelector"]).and_then(Node::bool) == Some(true)).then(|| read(node)),
        _ => None,
    }
}

/// Whether labels meet a selector. An empty selector selects all, an absent one (nothing to call this with) none.
/// Operators that Kubernetes does not have select nothing.
#[must_use]
pub fn matches(selector: &LabelSelector, labels: Option<Node<'_>>) -> bool {
    let label = |key: &str| labels.and_then(|labels| labels.get(key)).and_then(Node::str);
    let pairs = selector.match_labels.iter().flatten().all(|(key, value)| label(key) == Some(value));
    pairs
        && selector.match_expressions.iter().flatten().all(|expression| {
            let values = expression.values.as_deref().unwrap_or_default();
            let found = label(&expression.key);
            let listed = found.is_some_and(|value| values.iter().any(|one| one == value));
            match expression.operator.as_str() {
                "In" => listed,
                "NotIn" => !listed,
                "Exists" => found.is_some(),
                "DoesNotExist" => found.is_none(),
                _ => false,
            }
        })
}

/// Whether labels have all pairs of a service's selector. An empty one selects nothing.
#[must_use]
pub fn matches_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, labels: Option<Node<'_>>) -> bool {
    let mut any = false;
    pairs.into_iter().all(|(key, value)| {
        any = true;
        labels.and_then(|labels| labels.get(key)).and_then(Node::str) == Some(value)
    }) && any
}

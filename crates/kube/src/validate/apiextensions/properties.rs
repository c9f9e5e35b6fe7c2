//! Questions about parts of schemas: whether two are the same, and what a path leads to.

use chartwright_yaml::NodeView;

use crate::node::Node;

/// Whether two values are the same, whatever the order of their keys.
pub(super) fn same(one: Node<'_>, other: Node<'_>) -> bool {
    let mut open = vec![(one, other)];
    while let Some((one, other)) = open.pop() {
        match (one.view(), other.view()) {
            (NodeView::Mapping(ours), NodeView::Mapping(theirs)) => {
                if ours.len() != theirs.len() {
                    return false;
                }
                for ((key, ours), (there, theirs)) in one.entries().zip(other.entries()) {
                    if key == there {
                        open.push((ours, theirs));
                        continue;
                    }
                    let Some(theirs) = other.get(key) else { return false };
                    open.push((ours, theirs));
                }
            }
            (NodeView::Sequence(ours), NodeView::Sequence(theirs)) => {
                if ours.len() != theirs.len() {
                    return false;
                }
                open.extend(one.items().zip(other.items()));
            }
            (NodeView::Mapping(_) | NodeView::Sequence(_), _) | (_, NodeView::Mapping(_) | NodeView::Sequence(_)) => return false,
            (NodeView::String(ours), NodeView::String(theirs)) if ours == theirs => {}
            _ => {
                if one.is_null() != other.is_null() || one.scalar() != other.scalar() {
                    return false;
                }
            }
        }
    }
    true
}

/// The schema that a path of plain names leads to, `.spec.size`; nothing where it is written in another way.
///
/// # Errors
/// What the API server says of a path that leads nowhere (`ValidFieldPath`).
pub(super) fn at<'t>(schema: Node<'t>, path: &str) -> Result<Option<Node<'t>>, String> {
    if path.contains(['[', ']', '\'']) {
        return Ok(None);
    }
    let Some(names) = path.strip_prefix('.') else {
        return Err(format!("expected [ or . but got: {}", path.split('.').next().unwrap_or_default()));
    };
    let mut schema = schema;
    for name in names.split('.') {
        if name.is_empty() {
            return Ok(None);
        }
        let has = |key| schema.get(key).filter(|node| matches!(node.view(), NodeView::Mapping(entries) if !entries.is_empty()));
        let next = match (has("properties"), has("additionalProperties")) {
            (Some(properties), _) => properties.get(name),
            (None, Some(additional)) => Some(additional),
            (None, None) => None,
        };
        schema = next.ok_or("does not refer to a valid field")?;
    }
    Ok(Some(schema))
}

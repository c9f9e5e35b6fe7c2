//! What expressions see of a value by its schema: `k8s.io/apiserver/pkg/cel/common/schemas.go` and `valuesunstructured.go`.

use std::collections::HashSet;
use std::rc::Rc;

use chartwright_go::{base64, duration, time};
use chartwright_yaml::NodeView;

use crate::cel::{ListKind, Moment, Value};
use crate::node::Node;

use super::super::prune::says;
use super::names::escape;

/// Whether a schema has a type that expressions know. What has none is not there for them.
pub(super) fn is_exposed(schema: Node<'_>) -> bool {
    let mut schema = schema;
    loop {
        if says(schema, "x-kubernetes-int-or-string") {
            return true;
        }
        let inner = match schema.str_at("type") {
            Some("array") => schema.get("items"),
            Some("object") => match schema.get("additionalProperties") {
                Some(additional) if is_schema(additional) => Some(additional),
                _ => return true,
            },
            Some("string" | "boolean" | "number" | "integer") => return true,
            _ => None,
        };
        match inner {
            Some(inner) => schema = inner,
            None => return false,
        }
    }
}

pub(super) fn is_schema(node: Node<'_>) -> bool {
    matches!(node.view(), NodeView::Mapping(_))
}

/// The names of an object's fields that expressions know. An object with metadata of its own has some without a word of its schema.
pub(super) fn known(schema: Node<'_>, is_resource: bool) -> Rc<HashSet<Box<str>>> {
    let own = schema.entries_at("properties").filter(|(_, property)| is_exposed(*property)).filter_map(|(name, _)| escape(name));
    let always: &[&str] = if is_resource { &["apiVersion", "kind", "metadata"] } else { &[] };
    Rc::new(own.chain(always.iter().map(|name| (*name).to_owned())).map(String::into_boxed_str).collect())
}

/// What makes lists of a schema equal.
pub(super) fn list_kind(schema: Node<'_>) -> ListKind {
    match schema.str_at("x-kubernetes-list-type") {
        Some("set") => ListKind::Set,
        Some("map") => {
            let keys = schema.items_at("x-kubernetes-list-map-keys").filter_map(Node::str);
            ListKind::Keyed(keys.map(|key| Rc::from(escape(key).unwrap_or_else(|| key.to_owned()))).collect())
        }
        _ => ListKind::Ordered,
    }
}

/// A value without parts.
pub(super) fn scalar(schema: Node<'_>, value: Node<'_>) -> Value {
    if says(schema, "x-kubernetes-int-or-string") {
        return match value.view() {
            NodeView::String(text) => Value::text(text),
            _ => value.int().map_or(Value::Opaque, Value::Int),
        };
    }
    match (schema.str_at("type"), value.view()) {
        (Some("string"), NodeView::String(text)) => formatted(schema.str_at("format"), text),
        (Some("boolean"), NodeView::Bool(truth)) => Value::Bool(truth),
        (Some("integer"), _) => value.int().map_or(Value::Opaque, Value::Int),
        (Some("number"), NodeView::Float(number)) => Value::Double(number),
        #[expect(clippy::cast_precision_loss, reason = "as Go converts")]
        (Some("number"), NodeView::Int(number)) => Value::Double(number as f64),
        _ => Value::Opaque,
    }
}

const DATE_TIMES: [&str; 2] = ["2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05"];

fn formatted(format: Option<&str>, text: &str) -> Value {
    let moment = |layout: &str| time::parse(layout.as_bytes(), text.as_bytes(), &time::Zone::utc()).ok();
    let found = match format {
        Some("duration") => duration::parse(text.as_bytes()).ok().map(Value::Duration),
        Some("date") => moment("2006-01-02").map(|moment: Moment| Value::Timestamp(Rc::new(moment))),
        Some("date-time") => DATE_TIMES.into_iter().find_map(moment).map(|moment| Value::Timestamp(Rc::new(moment))),
        // It is read by the alphabet for URLs, and an error of its own where that has other letters.
        Some("byte") if text.contains(['+', '/']) => None,
        Some("byte") => base64::decode64(text.as_bytes()).ok().map(|bytes| Value::Bytes(bytes.into())),
        _ => Some(Value::text(text)),
    };
    found.unwrap_or(Value::Opaque)
}

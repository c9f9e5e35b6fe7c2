//! Values from YAML and JSON text. Nesting is bounded here, so that whatever walks a value afterwards may recurse.

use super::{Node, Value};
use chartwright_yaml::{NodeId, NodeView, Tree};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// How deep values may nest. Kubernetes' own objects stay below thirty.
pub(crate) const MAX_DEPTH: usize = 100;

/// How many nodes one text may have once its aliases are followed.
const MAX_NODES: usize = 500_000;

/// The value of a parsed document. What nests too deep, or grows too large by aliases, is an error in words.
pub(crate) fn read_yaml(tree: &Tree) -> Result<Node, String> {
    let mut left = MAX_NODES;
    read(tree, tree.root(), 0, &mut left)
}

fn read(tree: &Tree, id: NodeId, depth: usize, left: &mut usize) -> Result<Node, String> {
    if depth > MAX_DEPTH {
        return Err(format!("nested deeper than {MAX_DEPTH} levels"));
    }
    *left = left.checked_sub(1).ok_or_else(|| format!("more than {MAX_NODES} values"))?;
    let value = match tree.view(id) {
        NodeView::Null => Value::Null,
        NodeView::Bool(value) => Value::Bool(value),
        NodeView::Int(value) => Value::Int(value),
        NodeView::Float(value) => Value::Float(value),
        NodeView::String(text) => Value::String(text.into()),
        NodeView::Sequence(items) => {
            let mut list = Vec::with_capacity(items.len());
            for item in items {
                list.push(read(tree, *item, depth + 1, left)?);
            }
            Value::List(list)
        }
        NodeView::Mapping(pairs) => {
            let mut map = Vec::with_capacity(pairs.len());
            for (key, item) in pairs {
                map.push((tree.key_text(*key).into(), read(tree, *item, depth + 1, left)?));
            }
            Value::Map(map)
        }
    };
    // A key's line is where the reader looks; a block value begins a line later.
    let line = tree.key_of(id).map_or_else(|| tree.span(id).line, |key| tree.span(key).line);
    Ok(Node { value, line })
}

/// The value of JSON text, keys in order. serde_json bounds the nesting at 128.
pub(crate) fn read_json(text: &str) -> Result<Node, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// What one line of YAML stands for, where any scalar will do: `5`, `true`, `null`, text.
pub(crate) fn scalar(text: &str) -> Value {
    let trimmed = text.trim();
    let plain = !trimmed.contains([':', '#', '\n', '&', '*', '!', '|', '>', '%', '@', '`', '{', '[', '"', '\'', ',']);
    match plain.then(|| Tree::parse(trimmed).ok()).flatten().and_then(|tree| read_yaml(&tree).ok()).map(|node| node.value) {
        Some(value @ (Value::Bool(_) | Value::Int(_) | Value::Float(_))) => value,
        Some(Value::Null) if !trimmed.is_empty() => Value::Null,
        _ => Value::String(text.into()),
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(Reader).map(Node::from)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, item)) = access.next_entry::<String, Node>()? {
            if pairs.len() >= MAX_NODES {
                return Err(A::Error::custom("too many keys"));
            }
            pairs.push((key.into(), item));
        }
        Ok(Value::Map(pairs))
    }
}

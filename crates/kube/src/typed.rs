//! Reading a part of a manifest as the type that Kubernetes gives it, with the place of what does not fit. Which types, is not decided here.
//!
//! The types are those of `k8s-openapi`. A value of the wrong type does not hide the object: it is reported and read as absent.

use std::fmt;

use chartwright_yaml::{NodeId, NodeView, Tree};
use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use crate::node::Node;

/// So many faults are named in one part; more say nothing new.
const MAX_FAULTS: usize = 16;

/// A value of another type than the field's.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Where it stands.
    pub node: NodeId,
    /// What was met and what is expected: `invalid type: string "x", expected i32`.
    pub message: String,
}

/// Reads a node as `T`. Absent, or hopeless, it is `T`'s default; what was left out of it is told in `faults`.
pub(crate) fn read<'t, T: Deserialize<'t> + Default>(node: Option<Node<'t>>, faults: &mut Vec<Fault>) -> T {
    let Some(node) = node else { return T::default() };
    let mut skipped = Vec::new();
    loop {
        match T::deserialize(Reader { tree: node.tree(), id: node.id(), skipped: &skipped }) {
            Ok(value) => return value,
            Err(error) => {
                let place = error.node.unwrap_or(node.id());
                let hopeless = place == node.id() || skipped.contains(&place) || skipped.len() >= MAX_FAULTS;
                let message = error.message.replace("expected i32", "expected an integer").replace("expected i64", "expected an integer");
                faults.push(Fault { node: place, message });
                if hopeless {
                    return T::default();
                }
                skipped.push(place);
            }
        }
    }
}

struct ReadError {
    node: Option<NodeId>,
    message: String,
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { node: None, message: message.to_string() }
    }
}

/// Its depth is bounded by the types that are read, none of which contains itself; what a type does not name is not descended into.
#[derive(Clone, Copy)]
struct Reader<'t, 's> {
    tree: &'t Tree,
    id: NodeId,
    /// Places whose values did not fit; they read as null.
    skipped: &'s [NodeId],
}

impl<'t> Reader<'t, '_> {
    fn view(self) -> NodeView<'t> {
        if self.skipped.contains(&self.id) { NodeView::Null } else { self.tree.view(self.id) }
    }

    fn place<T>(self, result: Result<T, ReadError>) -> Result<T, ReadError> {
        result.map_err(|mut error| {
            error.node.get_or_insert(self.id);
            error
        })
    }

    fn visit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let result = match self.view() {
            NodeView::Null => visitor.visit_unit(),
            NodeView::Bool(truth) => visitor.visit_bool(truth),
            NodeView::Int(number) => visitor.visit_i64(number),
            #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
            NodeView::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => visitor.visit_i64(number as i64),
            NodeView::Float(number) => visitor.visit_f64(number),
            NodeView::String(text) => visitor.visit_borrowed_str(text),
            NodeView::Sequence(items) => visitor.visit_seq(Items { items: items.iter(), reader: self }),
            NodeView::Mapping(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None, reader: self }),
        };
        self.place(result)
    }
}

/// Null in the place of a value is that value's zero, as in Go's `encoding/json`.
macro_rules! or_zero {
    ($de:lifetime; $($method:ident => |$visitor:ident| $zero:expr;)*) => {$(
        fn $method<V: Visitor<$de>>(self, $visitor: V) -> Result<V::Value, ReadError> {
            match self.view() {
                NodeView::Null => self.place($zero),
                _ => self.visit($visitor),
            }
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Reader<'de, '_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.visit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.view() {
            NodeView::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    or_zero! { 'de;
        deserialize_bool => |visitor| visitor.visit_bool(false);
        deserialize_i8 => |visitor| visitor.visit_i64(0);
        deserialize_i16 => |visitor| visitor.visit_i64(0);
        deserialize_i32 => |visitor| visitor.visit_i64(0);
        deserialize_i64 => |visitor| visitor.visit_i64(0);
        deserialize_u8 => |visitor| visitor.visit_i64(0);
        deserialize_u16 => |visitor| visitor.visit_i64(0);
        deserialize_u32 => |visitor| visitor.visit_i64(0);
        deserialize_u64 => |visitor| visitor.visit_i64(0);
        deserialize_f32 => |visitor| visitor.visit_f64(0.0);
        deserialize_f64 => |visitor| visitor.visit_f64(0.0);
        deserialize_str => |visitor| visitor.visit_str("");
        deserialize_string => |visitor| visitor.visit_str("");
        deserialize_seq => |visitor| visitor.visit_seq(SeqDeserializer::<_, ReadError>::new(std::iter::empty::<()>()));
        deserialize_map => |visitor| visitor.visit_map(MapDeserializer::<_, ReadError>::new(std::iter::empty::<(&str, ())>()));
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

struct Items<'t, 's> {
    items: std::slice::Iter<'t, NodeId>,
    reader: Reader<'t, 's>,
}

impl<'t> SeqAccess<'t> for Items<'t, '_> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        let reader = self.reader;
        self.items.next().map(|&id| seed.deserialize(Reader { id, ..reader })).transpose()
    }
}

struct Entries<'t, 's> {
    entries: std::slice::Iter<'t, (NodeId, NodeId)>,
    value: Option<NodeId>,
    reader: Reader<'t, 's>,
}

impl<'t> MapAccess<'t> for Entries<'t, '_> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        // A null entry of a map is no entry, a null field its type's zero: both as if it were not written.
        let reader = self.reader;
        let Some(&(key, value)) = self.entries.find(|(_, value)| !matches!(Reader { id: *value, ..reader }.view(), NodeView::Null)) else {
            return Ok(None);
        };
        self.value = Some(value);
        let name = self.reader.tree.key_text(key);
        let key: StrDeserializer<'_, ReadError> = name.as_ref().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        match self.value.take() {
            Some(id) => seed.deserialize(Reader { id, ..self.reader }),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}

//! The handle itself: sixteen copyable bytes that say kind, Go type, trace label and payload.

use crate::types::{GoKind, Type};

/// Where a value came from, for the traced render: an index into the trace's table of labels. Zero is "from nowhere".
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Label(pub u32);

/// A range of the heap's bytes or slots.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Span {
    /// First byte or slot.
    pub start: u32,
    /// How many.
    pub len: u32,
}

/// A map of the heap. Two values with the same `MapId` are the same map, as two Go map references are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct MapId(pub(crate) u32);

impl MapId {
    /// Its number: those of a heap's maps count from none upwards.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The nil map: reads as empty, cannot be written.
    pub const NIL: MapId = MapId(u32::MAX);
}

/// An opaque object of the heap.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ObjectId(pub(crate) u32);

/// How a value is represented. The Go type beside it says what it is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum Kind {
    /// The zero `reflect.Value`: what a missing map key or an undefined variable gives.
    Invalid,
    /// A nil `interface{}`: YAML's null, the literal `nil`.
    Nil,
    /// A boolean.
    Bool,
    /// A signed integer of any width.
    Int,
    /// An unsigned integer of any width.
    Uint,
    /// A floating-point number of either width.
    Float,
    /// A string, or bytes under [`Type::BYTES`].
    String,
    /// A slice.
    List,
    /// A map with string keys.
    Map,
    /// An opaque object.
    Object,
}

const INTERFACE: u8 = 1;
const NIL_SLICE: u8 = 2;
const BOXED: u8 = 4;

/// One Go value as a template holds it. Cheap to copy; owns nothing.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    payload: u64,
    label: Label,
    kind: Kind,
    ty: Type,
    flags: u8,
}

/// A value taken apart, for `match`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Repr {
    /// See [`Kind::Invalid`].
    Invalid,
    /// See [`Kind::Nil`].
    Nil,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i64),
    /// An unsigned integer.
    Uint(u64),
    /// A floating-point number.
    Float(f64),
    /// Bytes; read them with [`crate::Heap::str`].
    String(Span),
    /// Slots; read them with [`crate::Heap::items`].
    List(Span),
    /// A map; read it with [`crate::Heap::entries`] and [`crate::Heap::get`].
    Map(MapId),
    /// An object; read it with [`crate::Heap::object`].
    Object(ObjectId),
}

impl Value {
    /// The zero `reflect.Value`.
    pub const INVALID: Value = Value::new(Kind::Invalid, Type::NONE, 0);
    /// A nil interface.
    pub const NIL: Value = Value::new(Kind::Nil, Type::NONE, 0);
    /// `true`.
    pub const TRUE: Value = Value::new(Kind::Bool, Type::BOOL, 1);
    /// `false`.
    pub const FALSE: Value = Value::new(Kind::Bool, Type::BOOL, 0);
    /// The empty string.
    pub const EMPTY: Value = Value::new(Kind::String, Type::STRING, 0);
    /// A nil `[]interface {}`.
    pub const NIL_LIST: Value = Value { flags: NIL_SLICE, ..Value::new(Kind::List, Type::LIST, 0) };
    /// An empty, non-nil `[]interface {}`.
    pub const EMPTY_LIST: Value = Value::new(Kind::List, Type::LIST, 0);
    /// A nil `[]uint8`.
    pub const NIL_BYTES: Value = Value { flags: NIL_SLICE, ..Value::new(Kind::String, Type::BYTES, 0) };
    /// A nil `map[string]interface {}`.
    pub const NIL_MAP: Value = Value::new(Kind::Map, Type::MAP, u32::MAX as u64);

    const fn new(kind: Kind, ty: Type, payload: u64) -> Value {
        Value { payload, label: Label(0), kind, ty, flags: 0 }
    }

    /// A Go `bool`.
    pub const fn bool(b: bool) -> Value {
        if b { Value::TRUE } else { Value::FALSE }
    }

    /// A Go `int`.
    pub const fn int(i: i64) -> Value {
        Value::new(Kind::Int, Type::INT, i as u64)
    }

    /// A Go `int64`.
    pub const fn int64(i: i64) -> Value {
        Value::new(Kind::Int, Type::INT64, i as u64)
    }

    /// A signed integer of the given Go type. The caller has narrowed it to the type's width.
    pub const fn int_of(ty: Type, i: i64) -> Value {
        Value::new(Kind::Int, ty, i as u64)
    }

    /// An unsigned integer of the given Go type. The caller has narrowed it to the type's width.
    pub const fn uint_of(ty: Type, u: u64) -> Value {
        Value::new(Kind::Uint, ty, u)
    }

    /// A Go `float64`.
    pub const fn float64(f: f64) -> Value {
        Value::new(Kind::Float, Type::FLOAT64, f.to_bits())
    }

    /// A floating-point number of the given Go type.
    pub const fn float_of(ty: Type, f: f64) -> Value {
        Value::new(Kind::Float, ty, f.to_bits())
    }

    /// A string over bytes that the heap already holds.
    pub const fn string_at(span: Span) -> Value {
        Value::new(Kind::String, Type::STRING, pack(span))
    }

    /// A list over slots that the heap already holds.
    pub const fn list_at(ty: Type, span: Span) -> Value {
        Value::new(Kind::List, ty, pack(span))
    }

    /// A map that the heap already holds.
    pub const fn map_at(ty: Type, id: MapId) -> Value {
        Value::new(Kind::Map, ty, id.0 as u64)
    }

    pub(crate) const fn object_at(id: ObjectId) -> Value {
        Value::new(Kind::Object, Type::OBJECT, id.0 as u64)
    }

    /// How it is represented.
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// Its Go type; [`Type::OBJECT`] for objects, which name their own (see [`crate::Heap::type_name`]).
    pub const fn ty(self) -> Type {
        self.ty
    }

    /// The same value under another Go type (a conversion between named types, no change of representation).
    pub const fn with_type(self, ty: Type) -> Value {
        Value { ty, ..self }
    }

    /// Its trace label.
    pub const fn label(self) -> Label {
        self.label
    }

    /// The same value with another trace label.
    pub const fn with_label(self, label: Label) -> Value {
        Value { label, ..self }
    }

    /// Whether its *static* Go type was `interface {}` (a map's element, a function's `interface {}` result): Go's errors name that type.
    pub const fn is_interface(self) -> bool {
        self.flags & INTERFACE != 0
    }

    /// The same value, seen through an `interface {}`.
    pub const fn as_interface(self) -> Value {
        let boxed = (matches!(self.kind, Kind::Object) as u8) * BOXED;
        Value { flags: self.flags | INTERFACE | boxed, ..self }
    }

    /// The same value, seen by its own type (Go's `indirectInterface`).
    pub const fn as_concrete(self) -> Value {
        Value { flags: self.flags & !INTERFACE, ..self }
    }

    /// Whether an object has been through an `interface {}`, so that Go cannot take its address, even when seen by its own type again.
    pub const fn is_boxed(self) -> bool {
        self.flags & BOXED != 0
    }

    /// Whether it is a nil slice or a nil map: typed, unlike [`Kind::Nil`].
    pub const fn is_typed_nil(self) -> bool {
        match self.kind {
            Kind::List | Kind::String => self.flags & NIL_SLICE != 0,
            Kind::Map => self.payload as u32 == u32::MAX,
            _ => false,
        }
    }

    /// Whether it is the zero `reflect.Value`.
    pub const fn is_invalid(self) -> bool {
        matches!(self.kind, Kind::Invalid)
    }

    /// Whether it is a nil interface.
    pub const fn is_nil(self) -> bool {
        matches!(self.kind, Kind::Nil)
    }

    /// The value taken apart.
    pub const fn repr(self) -> Repr {
        match self.kind {
            Kind::Invalid => Repr::Invalid,
            Kind::Nil => Repr::Nil,
            Kind::Bool => Repr::Bool(self.payload != 0),
            Kind::Int => Repr::Int(self.payload as i64),
            Kind::Uint => Repr::Uint(self.payload),
            Kind::Float => Repr::Float(f64::from_bits(self.payload)),
            Kind::String => Repr::String(unpack(self.payload)),
            Kind::List => Repr::List(unpack(self.payload)),
            Kind::Map => Repr::Map(MapId(self.payload as u32)),
            Kind::Object => Repr::Object(ObjectId(self.payload as u32)),
        }
    }

    /// The `reflect.Kind` of a value that is not an object (for those see [`crate::Heap::go_kind`]).
    pub const fn go_kind(self) -> GoKind {
        self.ty.go_kind()
    }
}

const fn pack(span: Span) -> u64 {
    (span.start as u64) << 32 | span.len as u64
}

const fn unpack(payload: u64) -> Span {
    Span { start: (payload >> 32) as u32, len: payload as u32 }
}

const _: () = assert!(size_of::<Value>() == 16);

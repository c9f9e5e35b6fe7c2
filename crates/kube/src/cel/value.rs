//! Values of expressions. They are shared, never changed, and nested no deeper than [`MAX_DEPTH`](super::MAX_DEPTH) allows.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::rc::Rc;

use chartwright_go::url::Url;

use super::functions::Amount;
use super::functions::named::Format;
use super::functions::semver::Version;

/// A moment in a zone.
pub use chartwright_go::time::Moment;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`.
    Null,
    /// A truth.
    Bool(bool),
    /// A whole number with a sign.
    Int(i64),
    /// A whole number without one.
    Uint(u64),
    /// A number.
    Double(f64),
    /// Text.
    Text(Rc<str>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A list.
    List(Rc<List>),
    /// A map, or an object with fields.
    Map(Rc<Map>),
    /// Nanoseconds.
    Duration(i64),
    /// A moment.
    Timestamp(Rc<Moment>),
    /// A type, by its name.
    Type(Rc<str>),
    /// A value that may be absent.
    Optional(Option<Rc<Value>>),
    /// An amount of a resource.
    Quantity(Amount),
    /// A URL.
    Url(Rc<Url>),
    /// An IP address.
    Ip(IpAddr),
    /// A network, which may have bits beyond its prefix.
    Cidr(IpAddr, u8),
    /// A named format of text.
    Format(&'static Format),
    /// A version.
    Semver(Rc<Version>),
    /// What no expression can read, such as a field without a type: whatever touches it is unknown.
    Opaque,
}

/// A list.
#[derive(Debug, Default)]
pub struct List {
    /// Its items.
    pub items: Vec<Value>,
    /// What makes two of them equal.
    pub kind: ListKind,
}

/// What makes two lists equal.
#[derive(Clone, Debug, Default)]
pub enum ListKind {
    /// The same items in the same order.
    #[default]
    Ordered,
    /// The same items.
    Set,
    /// Items that agree in these keys are equal.
    Keyed(Rc<[Rc<str>]>),
}

/// A key of a map. Whole numbers of either kind are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Text(Rc<str>),
}

impl Key {
    pub(super) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Int(number) => Self::Int(*number),
            Value::Uint(number) => i64::try_from(*number).map_or(Self::Uint(*number), Self::Int),
            #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and in range")]
            Value::Double(number) if number.fract() == 0.0 && number.abs() < 9e15 => Self::Int(*number as i64),
            Value::Text(text) => Self::Text(text.clone()),
            _ => return None,
        })
    }
}

/// What sort of map it is.
#[derive(Clone, Debug)]
pub enum MapKind {
    /// One that an expression makes.
    Made,
    /// One of a document, its keys free.
    Free,
    /// An object of a document with the fields that its schema knows, by the names that expressions use; others do not exist.
    Object(Rc<HashSet<Box<str>>>),
}

/// A map.
#[derive(Debug)]
pub struct Map {
    entries: Vec<(Value, Value)>,
    places: HashMap<Key, usize>,
    kind: MapKind,
    /// Whether there are fields that the schema does not know.
    has_unknown: bool,
}

impl Map {
    /// A map of a document: what is there, with the names that expressions use. `has_unknown` says that there is more than an expression can see.
    #[must_use]
    pub fn of_document(entries: Vec<(Rc<str>, Value)>, kind: MapKind, has_unknown: bool) -> Self {
        let places = entries.iter().enumerate().map(|(at, (name, _))| (Key::Text(name.clone()), at)).collect();
        let entries = entries.into_iter().map(|(name, value)| (Value::Text(name), value)).collect();
        Self { entries, places, kind, has_unknown }
    }

    /// A map that an expression makes; nothing where a key is there twice or none. The key in question is handed back.
    pub(super) fn made(entries: Vec<(Value, Value)>) -> Result<Self, Value> {
        let mut places = HashMap::with_capacity(entries.len());
        for (at, (name, _)) in entries.iter().enumerate() {
            let Some(key) = Key::of(name) else { return Err(name.clone()) };
            if places.insert(key, at).is_some() {
                return Err(name.clone());
            }
        }
        Ok(Self { entries, places, kind: MapKind::Made, has_unknown: false })
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Value> {
        self.places.get(key).and_then(|at| self.entries.get(*at)).map(|(_, value)| value)
    }

    /// In the order in which they are written.
    pub(super) fn entries(&self) -> &[(Value, Value)] {
        &self.entries
    }

    pub(super) fn kind(&self) -> &MapKind {
        &self.kind
    }

    pub(super) fn has_unknown(&self) -> bool {
        self.has_unknown
    }
}

impl Value {
    /// Text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A list in order.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Rc::new(List { items, kind: ListKind::Ordered }))
    }

    pub(super) fn some(value: Self) -> Self {
        Self::Optional(Some(Rc::new(value)))
    }

    /// The name of its type.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::Text(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Type(_) => "type",
            Self::Optional(_) => "optional_type",
            Self::Quantity(_) => "kubernetes.Quantity",
            Self::Url(_) => "kubernetes.URL",
            Self::Ip(_) => "net.IP",
            Self::Cidr(..) => "net.CIDR",
            Self::Format(_) => "kubernetes.NamedFormat",
            Self::Semver(_) => "kubernetes.Semver",
            Self::Opaque => "unknown",
        }
    }

    /// Whether `optional.ofNonZeroValue` takes it for nothing.
    pub(super) fn is_zero(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(truth) => !truth,
            Self::Int(number) | Self::Duration(number) => *number == 0,
            Self::Uint(number) => *number == 0,
            Self::Double(number) => *number == 0.0,
            Self::Text(text) => text.is_empty(),
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::List(list) => list.items.is_empty(),
            Self::Map(map) => map.entries.is_empty(),
            Self::Timestamp(moment) => moment.seconds == Moment::zero().seconds && moment.nanoseconds == 0,
            Self::Optional(inner) => inner.is_none(),
            _ => false,
        }
    }
}

/// The names of types that an expression may use as values.
pub(super) fn type_named(name: &str) -> Option<Value> {
    const NAMES: [&str; 13] =
        ["bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type", "optional_type", "dyn", "net.IP"];
    NAMES.contains(&name).then(|| Value::text_type(name))
}

impl Value {
    pub(super) fn text_type(name: &str) -> Self {
        Self::Type(name.into())
    }
}

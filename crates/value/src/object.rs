//! The one trait by which Helm's and Sprig's own types (`.Files`, `.Capabilities`, times, versions, certificates) enter a template.

use crate::{GoKind, Heap, Part, Signature, Value};
use std::any::Any;

/// An exported field of a struct.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its Go name.
    pub name: &'static str,
    /// What it holds.
    pub value: Value,
    /// Whether it is an embedded struct, whose fields Go promotes.
    pub embedded: bool,
}

impl Field {
    /// An ordinary field.
    pub const fn new(name: &'static str, value: Value) -> Field {
        Field { name, value, embedded: false }
    }
}

/// An opaque Go value with fields and methods. Implementations live in `helm` and `sprig`; `template` only asks.
pub trait Object: Any + Send + Sync {
    /// The Go type's name as `%T` prints it, e.g. `*common.Capabilities`, `engine.files`, `time.Time`.
    fn type_name(&self) -> &str;

    /// What `reflect.Kind` says of it (`ptr`, `struct`, `map` …).
    fn go_kind(&self) -> GoKind;

    /// A field by its Go name, if there is one. A string result may be made on the heap.
    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        let _ = (heap, name);
        None
    }

    /// A method's signature by its Go name, if there is one.
    fn method(&self, name: &str) -> Option<Signature> {
        let _ = name;
        None
    }

    /// Calls a method that [`Object::method`] has told of; arguments are already checked against its signature.
    ///
    /// # Errors
    /// The method's own error text, as Go would return it.
    fn call(&self, heap: &mut Heap, name: &str, args: &[Value]) -> Result<Value, String> {
        let _ = (heap, args);
        Err(format!("method {name} cannot be called"))
    }

    /// The elements of an object whose kind is `map` or `slice` (such as `engine.files`): keys sorted, or indices.
    fn range(&self, heap: &mut Heap) -> Option<Vec<(Value, Value)>> {
        let _ = heap;
        None
    }

    /// What an action writes, and `%v` too unless [`Object::is_stringer`] says no.
    fn format(&self, out: &mut Vec<u8>);

    /// The struct as `fmt` takes it apart, where verbs do not ask its `String` method; nothing if that is not known.
    fn parts(&self) -> Option<Part> {
        None
    }

    /// What `%#v` prints of a type with a `GoString` method.
    fn go_string(&self) -> Option<String> {
        None
    }

    /// Whether `fmt` finds a `String` method. Not on a struct whose pointer has it: an action still does, since it takes the address.
    fn is_stringer(&self) -> bool {
        true
    }

    /// What `encoding/json` would see: a plain value made on the heap, or the error's text.
    ///
    /// # Errors
    /// Go's text where the type cannot be marshalled.
    fn to_json(&self, heap: &mut Heap) -> Result<Value, String>;

    /// The keys of a struct's JSON in the order of its fields. Keys of a map, which are sorted, need none.
    fn json_order(&self) -> &'static [&'static str] {
        &[]
    }

    /// A struct's exported fields in their order: what encoders see that know no JSON (yaml v3, TOML). Nothing for what is no struct or
    /// writes itself.
    fn fields(&self, heap: &mut Heap) -> Option<Vec<Field>> {
        let _ = heap;
        None
    }

    /// `text/template`'s truth: whether the value is not the zero value of its kind.
    fn is_true(&self) -> bool {
        true
    }

    /// For the crate that made the object to find its own type again.
    fn as_any(&self) -> &dyn Any;
}

//! Go's values as a template sees them: kinds and types, sharing, truth, opaque objects. What a value *means* to Helm lives in
//! `helm`; how text is scanned lives in `template`; nothing here reads a clock, a file or the network.
//!
//! A [`Value`] is a copyable handle of sixteen bytes. Strings, lists, maps and objects live in a [`Heap`], which belongs to one
//! render and lies over a [`Frozen`] heap that belongs to the chart. Handles never own anything, so dropping a value never
//! recurses, cycles cannot leak, and sharing is exactly Go's: maps are references, lists and strings never change in place.

pub mod format;
mod frozen;
mod heap;
pub mod json;
mod object;
mod parts;
mod signature;
mod types;
mod value;

pub use frozen::Frozen;
pub use heap::{Entry, Heap};
pub use object::{Field, Object};
pub use parts::Part;
pub use signature::{Param, Signature};
pub use types::{GoKind, Type};
pub use value::{Kind, Label, MapId, ObjectId, Repr, Span, Value};

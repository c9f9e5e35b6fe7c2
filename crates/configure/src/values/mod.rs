//! Values as the session sees them: ordered, positioned, layered. Helm's own coalescing is `helm`'s; this is the same rule made visible.

mod node;
mod place;
mod read;
mod rows;
pub(crate) mod secret;
mod write;

pub(crate) use node::{Node, Value, index};
pub(crate) use place::{Layer, Layers, Place};
pub(crate) use read::{read_json, read_yaml, scalar};
pub(crate) use rows::{leaves, leaves_of, rows};
pub(crate) use write::{to_json, to_line, to_text, to_yaml};

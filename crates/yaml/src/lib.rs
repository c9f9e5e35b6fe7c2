//! YAML as Helm reads and writes it, positioned trees, and edits that keep comments. Knows nothing of templates.
//!
//! The scanner and the parser are written after libyaml's Go port, which Helm uses: the same tokens, the same words for the same mistakes.

pub mod decode;
pub mod edit;
pub mod encode;
mod error;
mod event;
mod float;
pub mod head;
mod resolve;
mod scan;
mod split;
mod text;
pub mod tree;

pub use decode::{decode, decode_list, decode_map, decode_map_strict};
pub use encode::{Mark, encode, encode_pretty};
pub use error::ParseError;
pub use head::{Head, fast_head, head};
pub use scan::ScalarStyle;
pub use split::split_documents;
pub use text::text;
pub use tree::{NodeId, NodeView, Span, Tree};

//! What Kubernetes knows: object index, references, quantities, totals. Holds no opinions.

pub mod cel;
pub mod crd;
pub mod immutable;
pub mod index;
pub mod kind;
pub mod links;
pub mod node;
pub mod object;
pub mod pod;
pub mod pss;
pub mod quantity;
pub mod reference;
pub mod resources;
pub mod schema;
pub mod selector;
pub mod totals;
mod typed;
pub mod validate;

pub use typed::Fault;

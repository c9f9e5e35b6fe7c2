//! The form: which fields there are, what each shows, and in what section it stands. A view of the values; it holds no state.

mod build;
mod control;
pub(crate) mod input;
mod label;
mod schema;
mod section;

pub(crate) use build::{Context, Part, keys, part, sections};
pub(crate) use control::control;
pub(crate) use label::comments;
pub(crate) use schema::Schema;

//! Values: layers of the user's, defaults of charts, and how they come together.

pub(crate) mod coalesce;
pub(crate) mod layers;
pub(crate) mod set;
pub(crate) mod snapshot;
pub mod sources;

pub use set::files_named;

//! What Helm means: chart loading, dependencies, values coalescing, schema, capabilities, hooks, order, notes, Helm's own
//! functions, rendering. Go's templates themselves live in `template`, Sprig's functions in `sprig`, files and flags in `cli`.

pub mod chart;
mod engine;
mod error;
mod rendered;
mod request;
pub mod schema;
mod version;
mod versions;

pub use chart::{Chart, Dependency, Maintainer, Metadata, SourceFile};
pub use engine::Engine;
pub use error::{LoadError, Position, RenderError, RenderErrorKind, SchemaViolation};
pub use rendered::{Document, Hook, Rendered};
pub use request::{Release, Request, Show, ValuesLayer};
pub use version::HelmVersion;

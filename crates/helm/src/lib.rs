//! What Helm means: chart loading, dependencies, values coalescing, schema, capabilities, hooks, order, notes, Helm's own
//! functions, rendering. Go's templates themselves live in `template`, Sprig's functions in `sprig`, files and flags in `cli`.

pub mod chart;
mod engine;
mod error;
mod glob;
pub mod lint;
mod log;
mod rendered;
mod request;
pub mod schema;
#[cfg(feature = "rare")]
mod toml;
pub mod values;
mod version;
mod versions;

pub use chart::{Chart, Dependency, MAX_CHART_BYTES, Maintainer, Metadata, SourceFile, values_text};
pub use chartwright_template::trace::{LineTrace, Lines, Part, PathId, Reads, Site, Step, Unreached};
pub use engine::{Engine, Trace, check_kube_version, template_name};
pub use error::{Frame, LoadError, Position, RenderError, RenderErrorKind, SchemaViolation, Trail};
pub use rendered::{Document, Hook, Rendered, show_only, trim_space};
pub use request::{Release, Request, Show, ValuesLayer};
pub use values::files_named;
pub use values::sources::{Owner, Source, Sources};
pub use version::HelmVersion;
pub use versions::{compare_versions, is_compatible, is_strict_version};

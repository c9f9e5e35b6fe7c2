//! The Sprig function library (v3.3.0), a file a topic, one table of names: [`FUNCTIONS`] and [`RARE`]. Knows nothing of Helm, which overrides
//! some of these and adds its own; `env` and `expandenv`, which Helm removes, are left out.

pub mod cast;
pub mod equal;
pub mod semver;

mod args;
mod crypto;
mod dates;
mod decimal;
mod defaults;
mod dicts;
mod encoding;
mod flow;
mod hashes;
mod lists;
mod merge;
mod numbers;
mod paths;
mod random;
mod reflection;
mod regexes;
mod strings;
mod table;
mod trace;
mod urls;

pub use dates::{METHODS, Time};
pub use table::{FUNCTIONS, RARE};
pub use trace::RULES;

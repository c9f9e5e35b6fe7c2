//! Findings on rendered manifests and on charts: one table of rules, one file a rule. How manifests come about, and who reads the findings, is not known here.

mod cache;
pub mod chart;
pub mod credentials;
mod finding;
pub mod fix;
mod linter;
mod prerequisites;
mod profile;
pub mod project;
pub mod rule;
pub mod rules;
mod suppress;
mod sweep;

pub use finding::{Finding, Place, Prerequisite, Severity, Suppressed};
pub use linter::{Document, Input, Linter, Prepared, Preparer, Report, Setting, lint};
pub use profile::Profile;
pub use sweep::{Break, Cause, Sweep, breaks, releases};

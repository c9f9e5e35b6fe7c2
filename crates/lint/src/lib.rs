//! Findings on rendered manifests: one table of rules, one file a rule. How manifests come about, and who reads the findings, is not known here.

mod cache;
mod finding;
mod linter;
mod prerequisites;
mod profile;
pub mod rule;
pub mod rules;

pub use finding::{Finding, Place, Prerequisite, Severity};
pub use linter::{Document, Input, Linter, Report, lint};
pub use profile::Profile;

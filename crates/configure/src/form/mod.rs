//! The form: which fields there are, what each shows, and in what section it stands. A view of the values; it holds no state.
//!
//! It is made from `values.schema.json`, from the comments of `values.yaml` where the schema says nothing, and from the values
//! themselves where there is no schema. Beside JSON Schema's own words it reads these, which Helm passes over:
//!
//! | keyword | meaning |
//! | --- | --- |
//! | `x-section` | the section that a field stands in, nested fields too |
//! | `x-order` | its place there, the smallest first |
//! | `x-advanced` | folded away |
//! | `x-hidden` | in no form, search or list |
//! | `x-format` | `cpu`, `memory`, `storage`, `cron`, `duration-seconds`, `percent`, `storage-class`, `timezone`, `multiline`, `yaml` |
//! | `x-unit`, `x-placeholder` | what stands behind and in an empty field |
//! | `x-depends-on` | `{path, equals, note}`, or a list of such: what takes its effect away |
//! | `x-secret` | masked, and kept out of links and storage |
//! | `x-immutable` | what to know before it is changed |
//! | `x-cures` | the findings that it cures |

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

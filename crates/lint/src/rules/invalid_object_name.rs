//! `invalid-object-name`: a name that Kubernetes does not allow.
//!
//! # What it checks
//!
//! Each object has a name (or a `generateName`) of lower-case letters, digits, `-` and `.`, which begins and ends with a letter or
//! digit; Services and Namespaces without dots. Roles and their bindings may be called anything but with `/` and `%`.
//!
//! # Why it matters
//!
//! The API server refuses the object. It happens when a name is made of a value with capitals or `_`.
//!
//! # Example
//!
//! ```yaml
//! metadata:
//!   name: My_App
//! ```
//!
//! # Cure
//!
//! ```yaml
//! metadata:
//!   name: my-app
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-object-name",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &[],
    reason: "The API server refuses the object.",
    cure: "Use lower-case letters, digits and -; in a template, lower and replace.",
    check: Check::Invalid(&[Concern::ObjectName]),
};

//! Expressions that the API server compiles when it takes an object.

use super::field::{Errors, Field};
use crate::cel;

/// What expressions of admission may name. Some of it is not there for all of them; what is not certain counts as declared.
pub(super) const ADMISSION: &[&str] = &["object", "oldObject", "params", "request", "namespaceObject", "authorizer", "variables"];
/// The same where a policy takes no parameters.
pub(super) const WITHOUT_PARAMS: &[&str] = &["object", "oldObject", "request", "namespaceObject", "authorizer", "variables"];
/// The same where it has parameters and no variables, and neither.
pub(super) const WITHOUT_VARIABLES: &[&str] = &["object", "oldObject", "params", "request", "namespaceObject", "authorizer"];
pub(super) const WITHOUT_BOTH: &[&str] = &["object", "oldObject", "request", "namespaceObject", "authorizer"];
/// What selectors of devices may name.
pub(super) const DEVICES: &[&str] = &["device"];

/// Adds what the API server says of an expression that names what is not declared.
pub(super) fn compile(expression: &Field<'_, '_>, declared: &[&str], errors: &mut Errors) {
    if let Some(text) = expression.str().filter(|text| !text.trim().is_empty())
        && let Some(said) = cel::undeclared(text, declared)
    {
        errors.push(expression.invalid(&said));
    }
}

//! The way to `yaml::edit`: paths as the session has them, values as the session has them, errors in words.
use crate::values::Node;
pub(crate) fn set(_: &str, _: &Node, _: &[String], _: &Node, _: Option<&str>) -> Result<String, String> { Err("no edits yet".into()) }
pub(crate) fn remove(_: &str, _: &Node, _: &[String]) -> Result<String, String> { Err("no edits yet".into()) }
pub(crate) fn rename(_: &str, _: &Node, _: &[String], _: &str) -> Result<String, String> { Err("no edits yet".into()) }
pub(crate) fn shift(_: &str, _: &Node, _: &[String], _: usize, _: usize) -> Result<String, String> { Err("no edits yet".into()) }

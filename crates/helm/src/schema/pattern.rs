//! Regular expressions of a schema.

use regex::bytes::Regex;

/// A compiled pattern.
pub(super) struct Pattern(Regex);

impl Pattern {
    pub(super) fn compile(pattern: &str) -> Result<Pattern, String> {
        Regex::new(pattern).map(Pattern).map_err(|error| format!("invalid regex {pattern:?}: {error}"))
    }

    pub(super) fn is_match(&self, text: &[u8]) -> bool {
        self.0.is_match(text)
    }
}

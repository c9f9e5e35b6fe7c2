//! Versions as Helm compares them (`pkg/chart/v2/util/compatible.go`).

use chartwright_sprig::semver::{Constraint, Version};

/// Whether `Masterminds/semver` reads it as a version.
pub(crate) fn is_version(text: &str) -> bool {
    Version::parse(text).is_ok()
}

/// Whether a version lies in a range. What cannot be read is in no range.
pub fn is_compatible(range: &str, version: &str) -> bool {
    match (Version::parse(version), Constraint::parse(range)) {
        (Ok(version), Ok(range)) => range.check(&version),
        _ => false,
    }
}

//! Versions as Helm compares them (`pkg/chart/v2/util/compatible.go`).

use chartwright_sprig::semver::{Constraint, Version};

/// Whether `Masterminds/semver` reads it as a version.
pub(crate) fn is_version(text: &str) -> bool {
    Version::parse(text).is_ok()
}

/// Whether a version lies in a range, if both can be read.
pub fn compare_versions(range: &str, version: &str) -> Option<bool> {
    let range = Constraint::parse(range).ok()?;
    Some(range.check(&Version::parse(version).ok()?))
}

/// Whether it is a version without anything left out or put before it (`StrictNewVersion`).
pub fn is_strict_version(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    core.split('.').count() == 3 && text.starts_with(|c: char| c.is_ascii_digit()) && is_version(text)
}

/// Whether a version lies in a range. What cannot be read is in no range.
pub fn is_compatible(range: &str, version: &str) -> bool {
    match (Version::parse(version), Constraint::parse(range)) {
        (Ok(version), Ok(range)) => range.check(&version),
        _ => false,
    }
}

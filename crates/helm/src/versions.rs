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

/// Whether it is a version without anything left out or put before it (`semver.StrictNewVersion`).
pub fn is_strict_version(text: &str) -> bool {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_zero = |part: &str| part.len() > 1 && part.starts_with('0');
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let mut parts = text.splitn(3, '.');
    let (Some(major), Some(minor), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let (rest, metadata) = rest.split_once('+').map_or((rest, None), |(rest, metadata)| (rest, Some(metadata)));
    let (patch, pre) = rest.split_once('-').map_or((rest, None), |(patch, pre)| (patch, Some(pre)));
    [major, minor, patch].iter().all(|part| is_number(part) && !has_zero(part) && part.parse::<u64>().is_ok())
        && pre.is_none_or(|pre| pre.split('.').all(|part| is_word(part) && !(is_number(part) && has_zero(part))))
        && metadata.is_none_or(|metadata| metadata.split('.').all(is_word))
        && text.len() <= LONGEST
}

/// How long a version may be (`semver.MaxVersionLen`).
const LONGEST: usize = 256;

/// Whether a version lies in a range. What cannot be read is in no range.
pub fn is_compatible(range: &str, version: &str) -> bool {
    match (Version::parse(version), Constraint::parse(range)) {
        (Ok(version), Ok(range)) => range.check(&version),
        _ => false,
    }
}

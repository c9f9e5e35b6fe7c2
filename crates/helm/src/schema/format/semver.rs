//! Semantic versions, strictly.

use super::{fail, rune};

pub(super) fn semver(text: &str) -> Result<(), String> {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    if build == Some("") {
        return fail("build is empty");
    }
    for identifier in build.into_iter().flat_map(|build| build.split('.')) {
        if identifier.is_empty() {
            return fail("build identifier is empty");
        }
        if let Some(c) = identifier.chars().find(|c| !is_plain(*c)) {
            return fail(format!("invalid character {} in build identifier", rune(c)));
        }
    }
    let (core, release) = text.split_once('-').map_or((text, None), |(core, release)| (core, Some(release)));
    for identifier in release.into_iter().flat_map(|release| release.split('.')) {
        if identifier.is_empty() {
            return fail("pre-release identifier is empty");
        }
        if let Some(c) = identifier.chars().find(|c| !is_plain(*c)) {
            return fail(format!("invalid character {} in pre-release identifier", rune(c)));
        }
        if identifier.len() > 1 && identifier.starts_with('0') && identifier.bytes().all(|b| b.is_ascii_digit()) {
            return fail("pre-release numeric identifier starts with zero");
        }
    }
    let numbers: Vec<&str> = core.split('.').collect();
    if numbers.len() != 3 {
        return fail("versionCore must have 3 numbers separated by dot");
    }
    for (name, number) in ["major", "minor", "patch"].iter().zip(numbers) {
        if number.is_empty() {
            return fail(format!("{name} is empty"));
        }
        if number.len() > 1 && number.starts_with('0') {
            return fail(format!("{name} starts with zero"));
        }
        if number.bytes().any(|b| !b.is_ascii_digit()) {
            return fail(format!("{name} contains non-digit"));
        }
    }
    Ok(())
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

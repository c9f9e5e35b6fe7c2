//! Versions: `library/semverlib.go`, and `github.com/blang/semver/v4` behind it.

use std::cmp::Ordering;
use std::rc::Rc;

use chartwright_go::number;
use chartwright_go::quote::quoted;

use super::super::value::Value;
use super::super::{Budget, Outcome, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    global("semver", "s", version),
    global("semver", "sb", version),
    global("isSemver", "s", is_version),
    global("isSemver", "sb", is_version),
    member("isGreaterThan", "VV", |_, values| ordered(values, |order| Value::Bool(order.is_gt()))),
    member("isLessThan", "VV", |_, values| ordered(values, |order| Value::Bool(order.is_lt()))),
    member("compareTo", "VV", |_, values| ordered(values, |order| Value::Int(order as i64))),
    member("major", "V", |_, values| number_of(values, 0)),
    member("minor", "V", |_, values| number_of(values, 1)),
    member("patch", "V", |_, values| number_of(values, 2)),
];

/// A version. What comes after `+` has no part in anything.
#[derive(Debug, PartialEq, Eq)]
pub struct Version {
    numbers: [u64; 3],
    pre: Vec<Part>,
}

/// A part of what comes after `-`: numbers come before words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(u64),
    Word(String),
}

impl Version {
    pub(in super::super) fn cmp(&self, other: &Self) -> Ordering {
        // One without such parts comes after those with them.
        self.numbers.cmp(&other.numbers).then_with(|| self.pre.is_empty().cmp(&other.pre.is_empty())).then_with(|| self.pre.cmp(&other.pre))
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("Version string empty".to_owned());
        }
        let parts: Vec<&str> = text.splitn(3, '.').collect();
        let [major, minor, rest] = parts[..] else { return Err("No Major.Minor.Patch elements found".to_owned()) };
        let major = plain(major, "major", "Major")?;
        let minor = plain(minor, "minor", "Minor")?;
        let (rest, build) = rest.split_once('+').map_or((rest, None), |(rest, build)| (rest, Some(build)));
        let (patch, pre) = rest.split_once('-').map_or((rest, None), |(patch, pre)| (patch, Some(pre)));
        let patch = plain(patch, "patch", "Patch")?;
        let pre = pre.into_iter().flat_map(|pre| pre.split('.')).map(part).collect::<Result<Vec<_>, _>>()?;
        for word in build.into_iter().flat_map(|build| build.split('.')) {
            if word.is_empty() {
                return Err("Build meta data is empty".to_owned());
            }
            if !word.bytes().all(is_letter) {
                return Err(format!("Invalid character(s) found in build meta data {}", quoted(word.as_bytes())));
            }
        }
        Ok(Self { numbers: [major, minor, patch], pre })
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn whole(text: &str) -> Result<u64, String> {
    number::parse_uint(text.as_bytes(), 10, 64).map_err(|(failure, _)| failure.message("ParseUint", text.as_bytes()))
}

fn plain(text: &str, name: &str, title: &str) -> Result<u64, String> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("Invalid character(s) found in {name} number {}", quoted(text.as_bytes())));
    }
    if text.len() > 1 && text.starts_with('0') {
        return Err(format!("{title} number must not contain leading zeroes {}", quoted(text.as_bytes())));
    }
    whole(text)
}

fn part(text: &str) -> Result<Part, String> {
    if text.is_empty() {
        return Err("Prerelease is empty".to_owned());
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        if text.len() > 1 && text.starts_with('0') {
            return Err(format!("Numeric PreRelease version must not contain leading zeroes {}", quoted(text.as_bytes())));
        }
        return whole(text).map(Part::Number);
    }
    if !text.bytes().all(is_letter) {
        return Err(format!("Invalid character(s) found in prerelease {}", quoted(text.as_bytes())));
    }
    Ok(Part::Word(text.to_owned()))
}

/// Without `v` and leading zeros, and with all three numbers.
fn normalized(text: &str) -> Result<String, String> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let mut parts: Vec<String> = text
        .splitn(3, '.')
        .map(|part| {
            let trimmed = if part.len() > 1 { part.trim_start_matches('0') } else { part };
            let is_cut = part.len() > 1 && !trimmed.starts_with(|first: char| first.is_ascii_digit());
            format!("{}{trimmed}", if is_cut { "0" } else { "" })
        })
        .collect();
    if parts.len() < 3 && parts.last().is_some_and(|last| last.contains(['+', '-'])) {
        return Err("short version cannot contain PreRelease/Build meta data".to_owned());
    }
    while parts.len() < 3 {
        parts.push("0".to_owned());
    }
    Ok(parts.join("."))
}

fn read(values: &[Value]) -> Option<Result<Version, String>> {
    match values {
        [Value::Text(text)] | [Value::Text(text), Value::Bool(false)] => Some(Version::parse(text)),
        [Value::Text(text), Value::Bool(true)] => Some(normalized(text).and_then(|text| Version::parse(&text))),
        _ => None,
    }
}

fn version(_: &mut Budget, values: &[Value]) -> Outcome {
    match read(values) {
        Some(Ok(version)) => Ok(Value::Semver(Rc::new(version))),
        Some(Err(why)) => error(why),
        None => super::misfit(),
    }
}

fn is_version(_: &mut Budget, values: &[Value]) -> Outcome {
    read(values).map_or_else(super::misfit, |version| Ok(Value::Bool(version.is_ok())))
}

fn ordered(values: &[Value], show: fn(Ordering) -> Value) -> Outcome {
    match values {
        [Value::Semver(one), Value::Semver(other)] => Ok(show(one.cmp(other))),
        _ => super::misfit(),
    }
}

fn number_of(values: &[Value], which: usize) -> Outcome {
    match values {
        // As Go converts: what is larger than the largest integer turns negative.
        #[expect(clippy::cast_possible_wrap, reason = "as Go converts")]
        [Value::Semver(version)] => Ok(Value::Int(version.numbers.get(which).copied().unwrap_or_default() as i64)),
        _ => super::misfit(),
    }
}

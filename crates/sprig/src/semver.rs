//! Semantic versions as `Masterminds/semver` v3.5.0 reads and compares them, and Sprig's two functions on them.
//! Ranges are in `semver/constraint`, what a template sees of a version in `semver/object`.

mod constraint;
mod object;

pub use constraint::Constraint;
pub use object::VersionObject;

use crate::args::Outcome;
use chartwright_template::Context;
use chartwright_value::Value;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// How long a version may be. Source: `semver/version.go`, `MaxVersionLen`.
const LONGEST: usize = 256;

/// A version; a missing minor or patch is zero.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second number.
    pub minor: u64,
    /// The third number.
    pub patch: u64,
    /// What follows the hyphen.
    pub pre: String,
    /// What follows the plus sign.
    pub metadata: String,
    /// The text it was read from.
    pub original: String,
}

const INVALID: &str = "invalid semantic version";

impl Version {
    /// Reads a version loosely: `v1.2`, leading zeros allowed. Source: `semver/version.go`, `NewVersion`.
    ///
    /// # Errors
    /// Go's text.
    pub fn parse(text: &str) -> Result<Version, String> {
        if text.len() > LONGEST {
            return Err(format!("version string is too long (max {LONGEST} bytes)"));
        }
        let (found, end) = Parts::scan(text.as_bytes(), u8::is_ascii_digit).ok_or(INVALID)?;
        if end != text.len() {
            return Err(INVALID.to_owned());
        }
        let number = |range: (usize, usize)| {
            let digits = text[range.0..range.1].trim_start_matches('.');
            let failure = |failure: chartwright_go::number::Failure| {
                format!("error parsing version segment: {}", failure.message("ParseUint", digits.as_bytes()))
            };
            if digits.is_empty() {
                return Ok(0);
            }
            chartwright_go::number::parse_uint(digits.as_bytes(), 10, 64).map_err(|(reason, _)| failure(reason))
        };
        let version = Version {
            major: number(found.major)?,
            minor: number(found.minor)?,
            patch: number(found.patch)?,
            pre: text[found.pre.0..found.pre.1].to_owned(),
            metadata: text[found.metadata.0..found.metadata.1].to_owned(),
            original: text.to_owned(),
        };
        for part in version.pre.split('.') {
            if part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err("version segment starts with 0".to_owned());
            }
        }
        Ok(version)
    }

    /// Orders two versions; metadata does not count. Source: `Version.Compare`.
    pub fn compare(&self, other: &Version) -> Ordering {
        (self.major, self.minor, self.patch).cmp(&(other.major, other.minor, other.patch)).then_with(|| {
            match (self.pre.is_empty(), other.pre.is_empty()) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => compare_pre(&self.pre, &other.pre),
            }
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.pre.is_empty() {
            write!(f, "-{}", self.pre)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

/// Part by part, numbers as numbers and below words. Source: `semver/version.go`, `comparePrerelease`.
fn compare_pre(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        let (x, y) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (x, y) => (x.unwrap_or(""), y.unwrap_or("")),
        };
        let numbers = (x.parse::<u64>(), y.parse::<u64>());
        let order = match (x.is_empty(), y.is_empty()) {
            _ if x == y => Ordering::Equal,
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Greater,
            _ => match numbers {
                (Ok(x), Ok(y)) => x.cmp(&y),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => x.cmp(y),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The ranges of a version's parts in its text, as the capture groups of Go's regular expressions give them; empty where missing.
/// Minor and patch begin with their dots; `pre` and `metadata` come without hyphen and plus sign.
#[derive(Clone, Copy, Default)]
struct Parts {
    major: (usize, usize),
    minor: (usize, usize),
    patch: (usize, usize),
    pre: (usize, usize),
    metadata: (usize, usize),
}

impl Parts {
    /// Scans `v?A(\.A)?(\.A)?(-pre)?(\+meta)?` as far as it goes, `A` being a run of what `is_number` accepts.
    fn scan(text: &[u8], is_number: fn(&u8) -> bool) -> Option<(Parts, usize)> {
        let run = |start: usize, accepts: &dyn Fn(&u8) -> bool| start + text[start..].iter().take_while(|byte| accepts(byte)).count();
        let mut parts = Parts::default();
        let start = usize::from(text.first() == Some(&b'v'));
        let mut at = run(start, &is_number);
        if at == start {
            return None;
        }
        parts.major = (start, at);
        for part in [&mut parts.minor, &mut parts.patch] {
            *part = (at, at);
            if text.get(at) == Some(&b'.') {
                let end = run(at + 1, &is_number);
                if end > at + 1 {
                    *part = (at, end);
                    at = end;
                }
            }
        }
        for (sign, part) in [(b'-', &mut parts.pre), (b'+', &mut parts.metadata)] {
            *part = (at, at);
            if text.get(at) == Some(&sign) {
                let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
                let mut end = run(at + 1, &word);
                if end == at + 1 {
                    continue;
                }
                while text.get(end) == Some(&b'.') && run(end + 1, &word) > end + 1 {
                    end = run(end + 1, &word);
                }
                *part = (at + 1, end);
                at = end;
            }
        }
        Some((parts, at))
    }
}

pub(crate) fn semver(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let version = Version::parse(&String::from_utf8_lossy(ctx.heap.str(args[0])))?;
    Ok(ctx.heap.new_object(Arc::new(VersionObject::pointer(version))))
}

pub(crate) fn semver_compare(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let constraint = Constraint::parse(ctx.heap.str(args[0]))?;
    let version = Version::parse(&String::from_utf8_lossy(ctx.heap.str(args[1])))?;
    Ok(Value::bool(constraint.check(&version)))
}

//! Ranges of versions: `>=1.2 <3 || ~4.1`, `1.2 - 2.3`, `^0.3.x`. Source: `semver/constraints.go`.

use super::{Parts, Version};
use chartwright_go::{quote, strings};
use std::cmp::Ordering;

/// How long a constraint may be.
const LONGEST: usize = 512;

/// How many alternatives it may have.
const MOST_GROUPS: usize = 32;

/// Alternatives, of which each is a list of conditions that must all hold.
#[derive(Clone, Debug)]
pub struct Constraint {
    groups: Vec<Vec<Condition>>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Operator {
    TildeOrEqual,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Tilde,
    Caret,
}

/// The longer spellings first, so that `>` does not hide `>=`.
const OPERATORS: [(&str, Operator); 11] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("=>", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("=<", Operator::LessOrEqual),
    ("~>", Operator::Tilde),
    ("=", Operator::TildeOrEqual),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
];

#[derive(Clone, Debug)]
struct Condition {
    operator: Operator,
    version: Version,
    /// Whether any part was a wildcard or missing, and which was the first.
    dirty: bool,
    minor_dirty: bool,
    patch_dirty: bool,
}

/// A part of a version in a constraint. The bar is in the original's class by oversight, and is kept.
fn is_number(byte: &u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'|' | b'x' | b'X' | b'*')
}

fn spaces(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)).count()
}

impl Constraint {
    /// Reads a constraint.
    ///
    /// # Errors
    /// Go's text.
    pub fn parse(text: impl AsRef<[u8]>) -> Result<Constraint, String> {
        let text = text.as_ref();
        if text.len() > LONGEST {
            return Err(format!("constraint string is too long (max {LONGEST} bytes)"));
        }
        let text = rewrite_ranges(text);
        let groups: Vec<(usize, usize)> = strings::split(&text, b"||", -1);
        if groups.len() > MOST_GROUPS {
            return Err(format!("too many constraint groups (max {MOST_GROUPS})"));
        }
        let groups = groups.into_iter().map(|(start, end)| group(&text[start..end])).collect::<Result<_, _>>()?;
        Ok(Constraint { groups })
    }

    /// Whether a version fits. A pre-release fits only where a condition of the same group names one.
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|group| {
            let pre = group.iter().any(|condition| !condition.version.pre.is_empty());
            (version.pre.is_empty() || pre) && group.iter().all(|condition| condition.holds(version))
        })
    }
}

/// One group of conditions, separated by white space or commas.
fn group(text: &[u8]) -> Result<Vec<Condition>, String> {
    let improper = || format!("improper constraint: {}", quote::quoted(text));
    // The whole group is looked at before any of its versions is read.
    let mut spelled = Vec::new();
    let mut at = spaces(text);
    loop {
        let found = OPERATORS.iter().find(|(sign, _)| text[at..].starts_with(sign.as_bytes()));
        let operator = found.map_or(Operator::TildeOrEqual, |(sign, operator)| {
            at += sign.len();
            *operator
        });
        at += spaces(&text[at..]);
        let (parts, length) = Parts::scan(&text[at..], is_number).ok_or_else(improper)?;
        spelled.push((operator, &text[at..at + length], parts));
        at += length;
        let gap = spaces(&text[at..]);
        at += gap;
        if at == text.len() {
            return spelled.into_iter().map(|(operator, text, parts)| condition(operator, text, parts)).collect();
        }
        if text[at] == b',' {
            at += 1;
            at += spaces(&text[at..]);
        } else if gap == 0 {
            return Err(improper());
        }
    }
}

/// Source: `semver/constraints.go`, `parseConstraint`.
fn condition(operator: Operator, text: &[u8], parts: Parts) -> Result<Condition, String> {
    let part = |range: (usize, usize)| std::str::from_utf8(&text[range.0..range.1]).unwrap_or("");
    let is_wild = |part: &str| matches!(part.trim_start_matches('.'), "" | "x" | "X" | "*");
    let (major, minor, patch) = (part(parts.major), part(parts.minor), part(parts.patch));
    let pre = if parts.pre.0 == parts.pre.1 { String::new() } else { format!("-{}", part(parts.pre)) };
    let (spelled, minor_dirty, patch_dirty, dirty) = if is_wild(major) {
        (format!("0.0.0{pre}"), false, false, true)
    } else if is_wild(minor) {
        (format!("{major}.0.0{pre}"), true, false, true)
    } else if is_wild(patch) {
        (format!("{major}{minor}.0{pre}"), false, true, true)
    } else {
        (part((0, text.len())).to_owned(), false, false, false)
    };
    let version = Version::parse(&spelled).map_err(|_| "constraint parser error")?;
    Ok(Condition { operator, version, dirty, minor_dirty, patch_dirty })
}

/// `1.2 - 2.3` becomes `>= 1.2, <= 2.3 `. Source: `semver/constraints.go`, `rewriteRange`.
fn rewrite_ranges(text: &[u8]) -> Vec<u8> {
    let mut out = text.to_vec();
    let mut at = 0;
    while at < text.len() {
        let Some((low, high, end)) = range_at(text, at) else {
            at += 1;
            continue;
        };
        let (whole, written) = (&text[at..end], [b">= ", low, b", <= ", high, b" "].concat());
        if let Some(place) = strings::index(&out, whole) {
            out.splice(place..place + whole.len(), written);
        }
        at = end;
    }
    out
}

/// The bounds of a range that begins here, white space included, and where it ends.
fn range_at(text: &[u8], start: usize) -> Option<(&[u8], &[u8], usize)> {
    let mut at = start + spaces(&text[start..]);
    let (_, length) = Parts::scan(&text[at..], is_number)?;
    let low = &text[at..at + length];
    at += length;
    let before = spaces(&text[at..]);
    if before == 0 || text.get(at + before) != Some(&b'-') {
        return None;
    }
    at += before + 1;
    let after = spaces(&text[at..]);
    if after == 0 {
        return None;
    }
    at += after;
    let (_, length) = Parts::scan(&text[at..], is_number)?;
    let high = &text[at..at + length];
    at += length;
    Some((low, high, at + spaces(&text[at..])))
}

impl Condition {
    /// Source: the `constraintX` functions of `semver/constraints.go`; pre-releases are turned away by the group.
    fn holds(&self, v: &Version) -> bool {
        let c = &self.version;
        let order = v.compare(c);
        match self.operator {
            Operator::TildeOrEqual if self.dirty => self.tilde(v),
            Operator::TildeOrEqual => order == Ordering::Equal,
            Operator::Tilde => self.tilde(v),
            Operator::NotEqual => self.differs(v),
            Operator::Less => order == Ordering::Less,
            Operator::GreaterOrEqual => order != Ordering::Less,
            Operator::Greater if !self.dirty => order == Ordering::Greater,
            Operator::Greater => match v.major.cmp(&c.major) {
                Ordering::Equal if self.minor_dirty => false,
                Ordering::Equal if self.patch_dirty => v.minor > c.minor,
                Ordering::Equal => order == Ordering::Greater,
                major => major == Ordering::Greater,
            },
            Operator::LessOrEqual if !self.dirty => order != Ordering::Greater,
            Operator::LessOrEqual => v.major < c.major || v.major == c.major && (v.minor <= c.minor || self.minor_dirty),
            Operator::Caret => self.caret(v),
        }
    }

    fn differs(&self, v: &Version) -> bool {
        let c = &self.version;
        if self.dirty {
            if c.major != v.major || c.minor != v.minor && !self.minor_dirty {
                return true;
            } else if self.minor_dirty {
                return false;
            } else if c.patch != v.patch && !self.patch_dirty {
                return true;
            } else if self.patch_dirty {
                let pre = !v.pre.is_empty() || !c.pre.is_empty();
                return pre && super::compare_pre(&v.pre, &c.pre) != Ordering::Equal;
            }
        }
        v.compare(c) != Ordering::Equal
    }

    fn tilde(&self, v: &Version) -> bool {
        let c = &self.version;
        if v.compare(c) == Ordering::Less {
            return false;
        }
        // ~0.0.0 stands for everything.
        if (c.major, c.minor, c.patch) == (0, 0, 0) && !self.minor_dirty && !self.patch_dirty {
            return true;
        }
        v.major == c.major && (v.minor == c.minor || self.minor_dirty)
    }

    fn caret(&self, v: &Version) -> bool {
        let c = &self.version;
        if v.compare(c) == Ordering::Less {
            return false;
        }
        if c.major > 0 || self.minor_dirty {
            return v.major == c.major;
        }
        if v.major > 0 {
            return false;
        }
        if c.minor > 0 || self.patch_dirty {
            return v.minor == c.minor;
        }
        v.minor == 0 && v.patch == c.patch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of `testdata/semver.tsv`, made by Go: constraint, version, result.
    #[test]
    fn decides_as_go() {
        for row in include_str!("../../testdata/semver.tsv").lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [constraint, version, expected] = cells[..] else { panic!("{row}") };
            let text = |cell: &str| String::from_utf8(quote::unquote(cell.as_bytes()).unwrap()).unwrap();
            let result = Constraint::parse(text(constraint)).and_then(|constraint| {
                let version = Version::parse(&text(version))?;
                Ok(constraint.check(&version).to_string())
            });
            assert_eq!(result.unwrap_or_else(|error| error), text(expected), "{row}");
        }
    }
}

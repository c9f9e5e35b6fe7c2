//! The ranges of classes that have names: POSIX's, Perl's, Unicode's. The tables of most Unicode classes are heavy and seldom asked for:
//! they are there with the feature `rare`.

use super::program::{Ranges, tidy};
use crate::unicode;

pub(super) const DIGIT: &[(u32, u32)] = &[(0x30, 0x39)];
pub(super) const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
/// Without the vertical tab, unlike most.
pub(super) const SPACE: &[(u32, u32)] = &[(0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20)];

/// What a POSIX class holds. Source: `regexp/syntax/perl_groups.go`.
pub(super) fn posix(name: &[u8]) -> Option<&'static [(u32, u32)]> {
    Some(match name {
        b"alnum" => &[(0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)],
        b"alpha" => &[(0x41, 0x5A), (0x61, 0x7A)],
        b"ascii" => &[(0x00, 0x7F)],
        b"blank" => &[(0x09, 0x09), (0x20, 0x20)],
        b"cntrl" => &[(0x00, 0x1F), (0x7F, 0x7F)],
        b"digit" => DIGIT,
        b"graph" => &[(0x21, 0x7E)],
        b"lower" => &[(0x61, 0x7A)],
        b"print" => &[(0x20, 0x7E)],
        b"punct" => &[(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)],
        b"space" => &[(0x09, 0x0D), (0x20, 0x20)],
        b"upper" => &[(0x41, 0x5A)],
        b"word" => WORD,
        b"xdigit" => &[(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
        _ => return None,
    })
}

/// What `\p{name}` holds: `Ok(None)` where Go knows no such name. Case, blanks, `-` and `_` do not count.
/// Source: `regexp/syntax/parse.go`, `unicodeTable`.
///
/// # Errors
/// That this build has no table of it.
pub(super) fn named(name: &[u8]) -> Result<Option<Ranges>, &'static str> {
    let plain: String =
        name.iter().filter(|byte| !matches!(byte, b'_' | b'-' | b' ')).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let of = |test: fn(u32) -> bool| Ok(Some(collected(test)));
    match plain.as_str() {
        "any" => Ok(Some(vec![(0, crate::utf8::MAX)])),
        "ascii" => Ok(Some(vec![(0, 0x7F)])),
        "l" | "letter" => of(unicode::is_letter),
        "lu" | "uppercaseletter" => of(unicode::is_upper),
        "ll" | "lowercaseletter" => of(unicode::is_lower),
        "lt" | "titlecaseletter" => of(unicode::is_title),
        "n" | "number" => of(unicode::is_number),
        "p" | "punctuation" | "punct" => of(unicode::is_punct),
        _ => listed(&plain),
    }
}

/// Beyond this there are no letters, numbers or punctuation: later planes hold tags, variations and private use.
const LAST: u32 = 0x3FFFF;

/// All code points that something holds of.
fn collected(test: fn(u32) -> bool) -> Ranges {
    let mut ranges: Ranges = Vec::new();
    for code in (0..=LAST).filter(|code| test(*code)) {
        match ranges.last_mut() {
            Some(last) if last.1 + 1 == code => last.1 = code,
            _ => ranges.push((code, code)),
        }
    }
    tidy(ranges)
}

#[cfg(not(feature = "rare"))]
fn listed(_: &str) -> Result<Option<Ranges>, &'static str> {
    Err(super::NEEDS_FULL)
}

/// Rows of `classes.tsv`: names separated by blanks, a tab, ranges in hexadecimal. Made by `tools/classes.go`.
#[cfg(feature = "rare")]
fn listed(name: &str) -> Result<Option<Ranges>, &'static str> {
    let mut rows = include_str!("classes.tsv").lines().filter_map(|row| row.split_once('\t'));
    let Some((_, ranges)) = rows.find(|(names, _)| names.split(' ').any(|known| known == name)) else { return Ok(None) };
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    let range = |text: &str| {
        let (low, high) = text.split_once('-').unwrap_or((text, text));
        Some((number(low)?, number(high)?))
    };
    Ok(Some(tidy(ranges.split(' ').filter_map(range).collect())))
}

//! Go's `regexp`: its syntax with its errors, and its rules of iterating, splitting and expanding. Matching itself is the `regex`
//! crate's, which prefers as Go does; `regexp/syntax` translates a pattern, nothing is handed through.

mod syntax;

use crate::{quote, unicode, utf8};
use regex::bytes::{Captures, Regex, RegexBuilder};

/// Deeper groups are an error. (Go allows 1,000.)
const DEEPEST: u32 = 250;

/// How large a compiled pattern may be, in bytes.
const LARGEST: usize = 10 << 20;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Regexp {
    regex: Regex,
    names: Vec<String>,
    empty: bool,
    /// Whether a match might begin inside of a code point, as only `\B` can.
    splits: bool,
}

impl Regexp {
    /// `regexp.Compile`.
    ///
    /// # Errors
    /// Go's text, ``error parsing regexp: missing closing ]: `[a` ``; or what is not supported.
    pub fn compile(pattern: &[u8]) -> Result<Regexp, String> {
        let translated = syntax::translate(pattern).map_err(|error| format!("error parsing regexp: {error}"))?;
        let shown = String::from_utf8_lossy(pattern);
        let built = RegexBuilder::new(&translated.pattern).size_limit(LARGEST).nest_limit(DEEPEST).build();
        let regex = built.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => format!("error parsing regexp: expression too large: `{shown}`"),
            _ => format!("error parsing regexp: expression nests too deeply: `{shown}`"),
        })?;
        Ok(Regexp { regex, names: translated.names, empty: pattern.is_empty(), splits: translated.splits })
    }

    /// Whether it matches anywhere.
    pub fn is_match(&self, text: &[u8]) -> bool {
        if self.splits { self.find(text).is_some() } else { self.regex.is_match(text) }
    }

    /// The range of the first match.
    pub fn find(&self, text: &[u8]) -> Option<(usize, usize)> {
        self.find_at(text, 0)
    }

    /// The range of the first match from a place on. Where Go steps from code point to code point, the crate goes byte by byte.
    fn find_at(&self, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let mut found = self.regex.find_at(text, at)?;
        while self.splits && is_inside(text, found.start()) {
            found = self.regex.find_at(text, found.start() + 1)?;
        }
        Some((found.start(), found.end()))
    }

    /// The ranges of up to `limit` matches; a negative limit is none. An empty match next to the one before is not counted.
    /// Source: `regexp.go`, `allMatches`.
    pub fn find_all(&self, text: &[u8], limit: i64) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let (mut at, mut previous_end) = (0, None);
        while at <= text.len() && (limit < 0 || (found.len() as i64) < limit) {
            let Some(range) = self.find_at(text, at) else {
                break;
            };
            let mut accepted = true;
            if range.1 == at {
                accepted = Some(range.0) != previous_end;
                let (_, width) = utf8::decode(&text[at..]);
                at = if width > 0 { at + width } else { text.len() + 1 };
            } else {
                at = range.1;
            }
            previous_end = Some(range.1);
            if accepted {
                found.push(range);
            }
        }
        found
    }

    /// `Regexp.Split`: the ranges between matches.
    pub fn split(&self, text: &[u8], limit: i64) -> Vec<(usize, usize)> {
        if limit == 0 {
            return Vec::new();
        }
        if !self.empty && text.is_empty() {
            return vec![(0, 0)];
        }
        let mut parts = Vec::new();
        let (mut begin, mut end) = (0, 0);
        for (start, stop) in self.find_all(text, limit) {
            if limit > 0 && parts.len() as i64 >= limit - 1 {
                break;
            }
            end = start;
            if stop != 0 {
                parts.push((begin, end));
            }
            begin = stop;
        }
        if end != text.len() {
            parts.push((begin, text.len()));
        }
        parts
    }

    /// `Regexp.ReplaceAllString`, or `ReplaceAllLiteralString` if `literal`. Stops where the result grows beyond `most` bytes.
    pub fn replace_all(&self, text: &[u8], replacement: &[u8], literal: bool, most: usize) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(text.len());
        let (mut last_end, mut at) = (0, 0);
        // Groups cost more to find than they are worth where none is asked for.
        let literal = literal || !replacement.contains(&b'$');
        let mut captures = None;
        while at <= text.len() {
            let Some((start, end)) = self.find_at(text, at) else {
                break;
            };
            if !literal {
                captures = self.regex.captures_at(text, start);
            }
            out.extend_from_slice(&text[last_end..start]);
            if end > last_end || start == 0 {
                match &captures {
                    Some(captures) => self.expand(&mut out, replacement, captures),
                    None => out.extend_from_slice(replacement),
                }
            }
            if out.len() > most {
                return None;
            }
            last_end = end;
            let (_, width) = utf8::decode(&text[at..]);
            at = if at + width > end {
                at + width
            } else if at + 1 > end {
                at + 1
            } else {
                end
            };
        }
        out.extend_from_slice(&text[last_end..]);
        Some(out)
    }

    /// `$1`, `${name}` and `$$`. Source: `regexp.go`, `expand`.
    fn expand(&self, out: &mut Vec<u8>, template: &[u8], captures: &Captures<'_>) {
        let mut rest = template;
        while let Some(at) = rest.iter().position(|&byte| byte == b'$') {
            out.extend_from_slice(&rest[..at]);
            rest = &rest[at + 1..];
            if rest.first() == Some(&b'$') {
                out.push(b'$');
                rest = &rest[1..];
                continue;
            }
            let Some((name, after)) = reference(rest) else {
                out.push(b'$');
                continue;
            };
            rest = after;
            let group = match number(name) {
                Some(number) => captures.get(number),
                None => (1..captures.len())
                    .filter(|&index| self.names.get(index - 1).is_some_and(|known| known.as_bytes() == name))
                    .find_map(|index| captures.get(index)),
            };
            out.extend_from_slice(group.map_or(b"", |group| group.as_bytes()));
        }
        out.extend_from_slice(rest);
    }
}

/// Whether a place is between the bytes of one code point.
fn is_inside(text: &[u8], at: usize) -> bool {
    (1..4.min(at + 1)).any(|back| utf8::decode(&text[at - back..]).1 > back)
}

/// A group's name or number after a dollar sign, and what follows it. Source: `regexp.go`, `extract`.
fn reference(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (brace, text) = match text {
        [b'{', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let named = |code: u32| code == b'_' as u32 || unicode::is_letter(code) || char::from_u32(code).is_some_and(|c| c.is_ascii_digit());
    let end = utf8::runes(text).find(|&(_, code, _)| !named(code)).map_or(text.len(), |(at, _, _)| at);
    if end == 0 || brace && text.get(end) != Some(&b'}') {
        return None;
    }
    Some((&text[..end], &text[end + usize::from(brace)..]))
}

fn number(name: &[u8]) -> Option<usize> {
    if name.len() > 1 && name[0] == b'0' || name.len() > 9 || !name.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(name.iter().fold(0, |sum, &byte| sum * 10 + (byte - b'0') as usize))
}

/// `regexp.QuoteMeta`.
pub fn quote_meta(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 8);
    for &byte in text {
        if br"\.+*?()|[]{}^$".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

/// The text of `regexp.MustCompile`'s panic.
pub fn must_compile_message(pattern: &[u8], error: &str) -> String {
    let shown = if quote::can_backquote(pattern) { format!("`{}`", String::from_utf8_lossy(pattern)) } else { quote::quoted(pattern) };
    format!("regexp: Compile({shown}): {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of `testdata/regexps.tsv`, made by Go: pattern, text, replacement, and the matches, parts and replaced text, or the error.
    #[test]
    fn matches_splits_and_replaces_as_go() {
        for row in include_str!("../testdata/regexps.tsv").lines() {
            let cells: Vec<Vec<u8>> = row.split('\t').map(|cell| quote::unquote(cell.as_bytes()).unwrap()).collect();
            let [pattern, text, replacement, expected] = &cells[..] else { panic!("{row}") };
            let result = match Regexp::compile(pattern) {
                Err(error) => error,
                Ok(regexp) => {
                    let show = |ranges: Vec<(usize, usize)>| {
                        ranges.iter().map(|&(start, end)| quote::quoted(&text[start..end])).collect::<Vec<_>>().join(" ")
                    };
                    let replaced = regexp.replace_all(text, replacement, false, usize::MAX).unwrap();
                    let literal = regexp.replace_all(text, replacement, true, usize::MAX).unwrap();
                    format!(
                        "{} | {} | {} | {} | {}",
                        show(regexp.find_all(text, -1)),
                        show(regexp.split(text, -1)),
                        show(regexp.split(text, 2)),
                        quote::quoted(&replaced),
                        quote::quoted(&literal)
                    )
                }
            };
            assert_eq!(result, String::from_utf8_lossy(expected), "{row}");
        }
    }
}

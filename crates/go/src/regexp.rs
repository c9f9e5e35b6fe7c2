//! Go's `regexp`: its syntax with its errors, its order of preference, and its rules of iterating, splitting and expanding.
//! `syntax` makes a program of a pattern; short texts are matched by `backtrack`, long ones by `lists`.

mod backtrack;
mod classes;
mod fold;
mod lists;
mod program;
mod syntax;

use crate::{quote, unicode, utf8};
use program::Program;

/// The error of [`Regexp::compile`] for a class of characters that only the build with the feature `rare` has.
pub const NEEDS_FULL: &str = "this class of characters needs the full engine";

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Regexp {
    program: Program,
    names: Vec<String>,
    empty: bool,
}

/// How much more may be done: one for each character that is looked at, for each way that is followed. Go needs no such measure; it
/// takes as long as it takes.
#[derive(Debug)]
pub struct Work {
    left: u64,
}

impl Work {
    /// So much may be done.
    pub fn new(most: u64) -> Work {
        Work { left: most }
    }

    /// What has not been done.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// Whether it was too much: what was found is then not to be used.
    pub fn is_spent(&self) -> bool {
        self.left == 0
    }

    fn spend(&mut self, work: usize) -> bool {
        self.left = self.left.saturating_sub(work as u64);
        self.left > 0
    }
}

/// The places that a match has noted: begin and end of the whole, then of each group; `usize::MAX` where it took no part.
type Captures = Vec<usize>;

impl Regexp {
    /// `regexp.Compile`.
    ///
    /// # Errors
    /// Go's text, ``error parsing regexp: missing closing ]: `[a` ``; or [`NEEDS_FULL`].
    pub fn compile(pattern: &[u8]) -> Result<Regexp, String> {
        let compiled =
            syntax::compile(pattern).map_err(|error| if error == NEEDS_FULL { error } else { format!("error parsing regexp: {error}") })?;
        Ok(Regexp { program: compiled.program, names: compiled.names, empty: pattern.is_empty() })
    }

    /// How many instructions it has become.
    pub fn size(&self) -> usize {
        self.program.code.len()
    }

    /// Whether it matches anywhere.
    pub fn is_match(&self, text: &[u8], work: &mut Work) -> bool {
        self.find(text, work).is_some()
    }

    /// The range of the first match.
    pub fn find(&self, text: &[u8], work: &mut Work) -> Option<(usize, usize)> {
        self.find_at(text, 0, work)
    }

    /// The range of the first match from a place on.
    fn find_at(&self, text: &[u8], at: usize, work: &mut Work) -> Option<(usize, usize)> {
        let mut slots = [usize::MAX; 2];
        self.search(text, at, &mut slots, work).then_some((slots[0], slots[1]))
    }

    fn captures_at(&self, text: &[u8], at: usize, work: &mut Work) -> Option<Captures> {
        let mut slots = vec![usize::MAX; self.program.slots];
        self.search(text, at, &mut slots, work).then_some(slots)
    }

    fn search(&self, text: &[u8], at: usize, slots: &mut [usize], work: &mut Work) -> bool {
        let search = if backtrack::fits(&self.program, text.len() - at) { backtrack::search } else { lists::search };
        search(&self.program, text, at, slots, work)
    }

    /// The ranges of up to `limit` matches; a negative limit is none. An empty match next to the one before is not counted.
    /// Source: `regexp.go`, `allMatches`.
    pub fn find_all(&self, text: &[u8], limit: i64, work: &mut Work) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let (mut at, mut previous_end) = (0, None);
        while at <= text.len() && (limit < 0 || (found.len() as i64) < limit) {
            let Some(range) = self.find_at(text, at, work) else {
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
    pub fn split(&self, text: &[u8], limit: i64, work: &mut Work) -> Vec<(usize, usize)> {
        if limit == 0 {
            return Vec::new();
        }
        if !self.empty && text.is_empty() {
            return vec![(0, 0)];
        }
        let mut parts = Vec::new();
        let (mut begin, mut end) = (0, 0);
        for (start, stop) in self.find_all(text, limit, work) {
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
    pub fn replace_all(&self, text: &[u8], replacement: &[u8], literal: bool, most: usize, work: &mut Work) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(text.len());
        let (mut last_end, mut at) = (0, 0);
        // Groups cost more to find than they are worth where none is asked for.
        let literal = literal || !replacement.contains(&b'$');
        let mut captures = None;
        while at <= text.len() {
            let Some((start, end)) = self.find_at(text, at, work) else {
                break;
            };
            if !literal {
                captures = self.captures_at(text, start, work);
            }
            out.extend_from_slice(&text[last_end..start]);
            if end > last_end || start == 0 {
                match &captures {
                    Some(captures) if !self.expand(&mut out, replacement, text, captures, most) => return None,
                    Some(_) => {}
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

    /// `$1`, `${name}` and `$$`; false where the result grows beyond `most` bytes. Source: `regexp.go`, `expand`.
    fn expand(&self, out: &mut Vec<u8>, template: &[u8], text: &[u8], captures: &[usize], most: usize) -> bool {
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
                Some(number) => group_of(captures, number),
                None => (1..=self.names.len())
                    .filter(|&index| self.names[index - 1].as_bytes() == name)
                    .find_map(|index| group_of(captures, index)),
            };
            out.extend_from_slice(group.and_then(|(start, end)| text.get(start..end)).unwrap_or_default());
            if out.len() > most {
                return false;
            }
        }
        out.extend_from_slice(rest);
        true
    }
}

/// The range of a group that took part.
fn group_of(captures: &[usize], number: usize) -> Option<(usize, usize)> {
    let (start, end) = (*captures.get(2 * number)?, *captures.get(2 * number + 1)?);
    (start != usize::MAX && end != usize::MAX).then_some((start, end))
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
        let mut last: Option<(Vec<u8>, Result<Regexp, String>)> = None;
        for row in include_str!("../testdata/regexps.tsv").lines() {
            let cells: Vec<Vec<u8>> = row.split('\t').map(|cell| quote::unquote(cell.as_bytes()).unwrap()).collect();
            let [pattern, text, replacement, expected] = &cells[..] else { panic!("{row}") };
            if last.as_ref().is_none_or(|(known, _)| known != pattern) {
                last = Some((pattern.clone(), Regexp::compile(pattern)));
            }
            let result = match last.as_ref().map(|(_, compiled)| compiled.as_ref()) {
                // Without the tables of the feature `rare` that is the answer.
                Some(Err(error)) if !cfg!(feature = "rare") && error == NEEDS_FULL => continue,
                Some(Ok(regexp)) => {
                    agree(regexp, text);
                    let show = |ranges: Vec<(usize, usize)>| {
                        ranges.iter().map(|&(start, end)| quote::quoted(&text[start..end])).collect::<Vec<_>>().join(" ")
                    };
                    let replaced = regexp.replace_all(text, replacement, false, usize::MAX, &mut endless()).unwrap();
                    let literal = regexp.replace_all(text, replacement, true, usize::MAX, &mut endless()).unwrap();
                    format!(
                        "{} | {} | {} | {} | {}",
                        show(regexp.find_all(text, -1, &mut endless())),
                        show(regexp.split(text, -1, &mut endless())),
                        show(regexp.split(text, 2, &mut endless())),
                        quote::quoted(&replaced),
                        quote::quoted(&literal)
                    )
                }
                Some(Err(error)) => error.clone(),
                None => String::new(),
            };
            assert_eq!(result, String::from_utf8_lossy(expected), "{row}");
        }
    }

    fn endless() -> Work {
        Work::new(u64::MAX)
    }

    /// Both ways to match find the same.
    #[track_caller]
    fn agree(regexp: &Regexp, text: &[u8]) {
        let by = |search: fn(&Program, &[u8], usize, &mut [usize], &mut Work) -> bool| {
            let mut slots = vec![usize::MAX; regexp.program.slots];
            search(&regexp.program, text, 0, &mut slots, &mut endless()).then_some(slots)
        };
        assert_eq!(by(backtrack::search), by(lists::search));
    }

    #[test]
    fn long_texts_are_matched_in_lists() {
        let regexp = Regexp::compile(b"(a|ab)*c(x+)$").unwrap();
        let text = [&b"ab".repeat(300_000)[..], b"cxx"].concat();
        assert!(!backtrack::fits(&regexp.program, text.len()));
        assert_eq!(regexp.captures_at(&text, 0, &mut endless()), Some(vec![0, 600_003, 599_998, 600_000, 600_001, 600_003]));
        // What would take others for ever.
        let hostile = Regexp::compile(b"(?:a*)*(?:a|a)*b").unwrap();
        let mut work = Work::new(50_000_000);
        assert!(!hostile.is_match(&b"a".repeat(200_000), &mut work));
        assert!(!work.is_spent());
        let mut work = Work::new(50_000);
        assert!(!hostile.is_match(&b"a".repeat(200_000), &mut work));
        assert!(work.is_spent());
    }
}

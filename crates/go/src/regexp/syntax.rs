//! Go's regular expressions read by Go's rules, and written in the `regex` crate's syntax with every flag resolved at its atom.
//! Source: `regexp/syntax/parse.go`.

mod class;

use crate::utf8;
use std::fmt::Write;

/// A pattern for the `regex` crate.
pub(super) struct Translated {
    pub(super) pattern: String,
    /// The names of the groups from the first on, empty where they have none.
    pub(super) names: Vec<String>,
    /// Whether it asks for no word boundary, which may be between the bytes of a code point.
    pub(super) splits: bool,
}

/// How often a part may be repeated, nested repeats multiplied.
const MOST_REPEATS: u64 = 1000;

#[derive(Clone, Copy, Default)]
struct Flags {
    fold: bool,
    multi_line: bool,
    dot_newline: bool,
    lazy: bool,
}

/// What a repetition would apply to: the end of the pattern written so far.
#[derive(Clone, Copy)]
struct Operand {
    start: usize,
    /// Whether it must be put in a group to be repeated.
    compound: bool,
    /// How many copies its own repeats make.
    repeats: u64,
}

/// An open parenthesis.
struct Group {
    flags: Flags,
    start: usize,
    repeats: u64,
}

struct Translator<'a> {
    whole: &'a [u8],
    at: usize,
    out: String,
    flags: Flags,
    groups: Vec<Group>,
    operand: Option<Operand>,
    /// The most copies within the innermost open group.
    repeats: u64,
    names: Vec<String>,
    splits: bool,
}

/// Reads a pattern.
///
/// # Errors
/// Go's text: what is wrong, and the part of the pattern that is.
pub(super) fn translate(pattern: &[u8]) -> Result<Translated, String> {
    let mut translator = Translator {
        whole: pattern,
        at: 0,
        out: String::with_capacity(pattern.len() * 2),
        flags: Flags::default(),
        groups: Vec::new(),
        operand: None,
        repeats: 1,
        names: Vec::new(),
        splits: false,
    };
    // Where the last item was a repetition, it began here.
    let mut last_repeat = None;
    while translator.at < pattern.len() {
        last_repeat = translator.item(last_repeat)?;
    }
    if !translator.groups.is_empty() {
        return Err(complaint("missing closing )", pattern));
    }
    Ok(Translated { pattern: translator.out, names: translator.names, splits: translator.splits })
}

fn complaint(what: &str, part: &[u8]) -> String {
    format!("{what}: `{}`", String::from_utf8_lossy(part))
}

/// A code point outside the surrogates as a literal.
fn write_literal(out: &mut String, code: u32) {
    match char::from_u32(code) {
        Some(c) if c.is_ascii_alphanumeric() => out.push(c),
        // Writing to a string cannot fail.
        Some(_) => _ = write!(out, "\\x{{{code:x}}}"),
        // No text holds a surrogate.
        None => out.push_str("[^\\x{0}-\\x{10ffff}]"),
    }
}

impl Translator<'_> {
    fn rest(&self) -> &[u8] {
        &self.whole[self.at..]
    }

    /// The next code point. Go calls what is not UTF-8 an error.
    fn next(&mut self) -> Result<u32, String> {
        let (code, width) = utf8::decode(self.rest());
        if code == utf8::ERROR && width == 1 {
            return Err(complaint("invalid UTF-8", self.rest()));
        }
        self.at += width;
        Ok(code)
    }

    /// One item of the pattern; if it was a repetition, where it began.
    fn item(&mut self, last_repeat: Option<usize>) -> Result<Option<usize>, String> {
        let start = self.at;
        match self.rest()[0] {
            b'(' if self.rest().starts_with(b"(?") => self.perl_group()?,
            b'(' => {
                self.at += 1;
                self.names.push(String::new());
                self.open("(");
            }
            b'|' => {
                self.at += 1;
                self.out.push('|');
                self.operand = None;
            }
            b')' => {
                let Some(group) = self.groups.pop() else {
                    return Err(complaint("unexpected )", self.whole));
                };
                self.at += 1;
                self.out.push(')');
                self.flags = group.flags;
                self.operand = Some(Operand { start: group.start, compound: false, repeats: self.repeats });
                self.repeats = self.repeats.max(group.repeats);
            }
            b'^' => self.atom(if self.flags.multi_line { "(?m:^)" } else { r"\A" }, 1),
            b'$' => self.atom(if self.flags.multi_line { "(?m:$)" } else { r"\z" }, 1),
            b'.' => self.atom(if self.flags.dot_newline { "(?s:.)" } else { "." }, 1),
            b'[' => self.class()?,
            b'*' => return self.repeat("*", 0, None, 1, start, last_repeat).map(Some),
            b'+' => return self.repeat("+", 1, None, 1, start, last_repeat).map(Some),
            b'?' => return self.repeat("?", 0, Some(1), 1, start, last_repeat).map(Some),
            b'{' => match counts(self.rest()) {
                None => {
                    self.at += 1;
                    self.literal(b'{' as u32);
                }
                Some((min, max, length)) => {
                    let (Some(min), false) = (min, max == Some(u64::MAX)) else {
                        return Err(complaint("invalid repeat count", &self.rest()[..length]));
                    };
                    if min > MOST_REPEATS || max.is_some_and(|max| max > MOST_REPEATS || min > max) {
                        return Err(complaint("invalid repeat count", &self.rest()[..length]));
                    }
                    let operator = max.map_or(format!("{{{min},}}"), |max| format!("{{{min},{max}}}"));
                    return self.repeat(&operator, min, max, length, start, last_repeat).map(Some);
                }
            },
            b'\\' => self.escape()?,
            _ => {
                let code = self.next()?;
                self.literal(code);
            }
        }
        Ok(None)
    }

    fn open(&mut self, written: &str) {
        self.groups.push(Group { flags: self.flags, start: self.out.len(), repeats: self.repeats });
        self.out.push_str(written);
        self.operand = None;
        self.repeats = 1;
    }

    /// Writes an atom of the pattern's next bytes.
    fn atom(&mut self, written: &str, length: usize) {
        self.at += length;
        self.operand = Some(Operand { start: self.out.len(), compound: true, repeats: 1 });
        self.out.push_str(written);
    }

    fn literal(&mut self, code: u32) {
        self.operand = Some(Operand { start: self.out.len(), compound: false, repeats: 1 });
        let folds = self.flags.fold && (code >= 0x80 || (code as u8).is_ascii_alphabetic());
        if folds {
            self.out.push_str("(?i:");
        }
        write_literal(&mut self.out, code);
        if folds {
            self.out.push(')');
        }
    }

    fn repeat(
        &mut self,
        operator: &str,
        min: u64,
        max: Option<u64>,
        length: usize,
        start: usize,
        last: Option<usize>,
    ) -> Result<usize, String> {
        self.at += length;
        let mut lazy = self.flags.lazy;
        if self.rest().first() == Some(&b'?') {
            self.at += 1;
            lazy = !lazy;
        }
        if let Some(last) = last {
            return Err(complaint("invalid nested repetition operator", &self.whole[last..self.at]));
        }
        let Some(operand) = self.operand else {
            return Err(complaint("missing argument to repetition operator", &self.whole[start..self.at]));
        };
        let counted = operator.starts_with('{');
        let copies = match max {
            _ if !counted => operand.repeats,
            Some(0) => 1,
            Some(max) => operand.repeats * max.max(1),
            None => operand.repeats * min.max(1),
        };
        if counted && (min >= 2 || max.is_some_and(|max| max >= 2)) && copies > MOST_REPEATS {
            return Err(complaint("invalid repeat count", &self.whole[start..self.at]));
        }
        if operand.compound {
            self.out.insert_str(operand.start, "(?:");
            self.out.push(')');
        }
        self.out.push_str(operator);
        if lazy {
            self.out.push('?');
        }
        self.operand = Some(Operand { start: operand.start, compound: true, repeats: copies });
        self.repeats = self.repeats.max(copies);
        Ok(start)
    }

    /// `(?…`: a name, flags, or a group without a number. Source: `parsePerlFlags`.
    fn perl_group(&mut self) -> Result<(), String> {
        let start = self.at;
        let text = &self.whole[start..];
        let prefix = if text.len() > 4 && text.starts_with(b"(?P<") {
            Some(4)
        } else if text.len() > 3 && text.starts_with(b"(?<") {
            Some(3)
        } else {
            None
        };
        if let Some(prefix) = prefix {
            let Some(end) = text.iter().position(|&byte| byte == b'>') else {
                check_utf8(text)?;
                return Err(complaint("invalid named capture", text));
            };
            let name = &text[prefix..end];
            check_utf8(name)?;
            if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
                return Err(complaint("invalid named capture", &text[..=end]));
            }
            let name = String::from_utf8_lossy(name).into_owned();
            self.names.push(name);
            self.at += end + 1;
            self.open("(");
            return Ok(());
        }
        self.at += 2;
        let mut flags = self.flags;
        let (mut on, mut seen) = (true, false);
        while self.at < self.whole.len() {
            match u8::try_from(self.next()?).unwrap_or(0) {
                b'i' => (flags.fold, seen) = (on, true),
                b'm' => (flags.multi_line, seen) = (on, true),
                b's' => (flags.dot_newline, seen) = (on, true),
                b'U' => (flags.lazy, seen) = (on, true),
                b'-' if on => (on, seen) = (false, false),
                end @ (b':' | b')') if on || seen => {
                    if end == b':' {
                        self.open("(?:");
                    }
                    self.flags = flags;
                    return Ok(());
                }
                _ => break,
            }
        }
        Err(complaint("invalid or unsupported Perl syntax", &self.whole[start..self.at]))
    }

    fn escape(&mut self) -> Result<(), String> {
        let fold = self.flags.fold;
        match self.rest().get(1) {
            Some(b'A') => self.atom(r"\A", 2),
            Some(b'z') => self.atom(r"\z", 2),
            Some(b'b') => self.atom(r"(?-u:\b)", 2),
            Some(b'B') => {
                self.splits = true;
                self.atom(r"(?-u:\B)", 2);
            }
            Some(b'C') => return Err(complaint("invalid escape sequence", &self.rest()[..2])),
            Some(b'Q') => {
                self.at += 2;
                let end = crate::strings::index(self.rest(), br"\E").map_or(self.whole.len(), |length| self.at + length);
                check_utf8(&self.whole[self.at..end])?;
                while self.at < end {
                    let code = self.next()?;
                    self.literal(code);
                }
                self.at = self.whole.len().min(self.at + 2);
            }
            _ => match self.class_escape()? {
                Some(class) => self.atom(&if fold { format!("(?i:[{class}])") } else { format!("[{class}]") }, 0),
                None => {
                    let code = self.single_escape()?;
                    self.literal(code);
                }
            },
        }
        Ok(())
    }
}

fn check_utf8(text: &[u8]) -> Result<(), String> {
    match utf8::runes(text).find(|&(_, code, width)| code == utf8::ERROR && width == 1) {
        Some((at, _, _)) => Err(complaint("invalid UTF-8", &text[at..])),
        None => Ok(()),
    }
}

/// `{min}`, `{min,}` or `{min,max}` and its length; `None` for a count or `u64::MAX` for a maximum beyond all bounds.
/// Nothing where this is no repetition at all. Source: `parseRepeat`.
fn counts(text: &[u8]) -> Option<(Option<u64>, Option<u64>, usize)> {
    const HUGE: u64 = 100_000_000;
    let integer = |text: &[u8]| {
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > 1 && text[0] == b'0' {
            return None;
        }
        let value = text[..digits].iter().fold(0u64, |sum, &byte| if sum >= HUGE { HUGE } else { sum * 10 + (byte - b'0') as u64 });
        Some((value, digits))
    };
    let (min, mut at) = integer(text.get(1..)?)?;
    at += 1;
    let mut max = Some(min);
    if text.get(at)? == &b',' {
        at += 1;
        max = if text.get(at)? == &b'}' {
            None
        } else {
            let (max, digits) = integer(&text[at..])?;
            at += digits;
            Some(max)
        };
    }
    (text.get(at)? == &b'}').then_some((Some(min), max, at + 1))
}

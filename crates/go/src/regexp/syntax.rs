//! Go's regular expressions read by Go's rules, and written as instructions with every flag resolved at its atom.
//! Source: `regexp/syntax/parse.go`, `simplify.go`, `compile.go`.

mod class;

use super::fold;
use super::program::{Assert, Class, Inst, Program, Ranges};
use crate::utf8;

/// A pattern that has been read.
pub(super) struct Compiled {
    pub(super) program: Program,
    /// The names of the groups from the first on, empty where they have none.
    pub(super) names: Vec<String>,
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

/// How deep groups may lie in each other. Source: `maxHeight`.
const DEEPEST: usize = 1000;

/// How many instructions a pattern may have. Source: `maxSize`.
const LARGEST: usize = (128 << 20) / 40;

/// What a repetition would apply to: the end of the code written so far.
#[derive(Clone, Copy)]
struct Operand {
    start: usize,
    /// Whether it can match nothing.
    nullable: bool,
    /// How many copies its own repeats make.
    repeats: u64,
}

/// A parenthesis, or the whole pattern.
struct Group {
    /// The flags outside of it.
    flags: Flags,
    start: usize,
    /// The number of the group, where what it matches is noted.
    number: Option<u32>,
    /// Where the alternative that is being read begins.
    alternative: usize,
    /// The jumps at the alternatives' ends, which are to lead to the group's.
    exits: Vec<usize>,
    /// Whether an alternative before can match nothing.
    nullable: bool,
    /// Whether what has been read of this alternative can, without the last operand.
    empty: bool,
    /// The most copies outside of it.
    repeats: u64,
}

struct Compiler<'a> {
    whole: &'a [u8],
    at: usize,
    code: Vec<Inst>,
    classes: Vec<Class>,
    flags: Flags,
    /// The open groups; the first is the whole pattern.
    groups: Vec<Group>,
    operand: Option<Operand>,
    /// The most copies within the innermost open group.
    repeats: u64,
    names: Vec<String>,
}

/// Reads a pattern.
///
/// # Errors
/// Go's text: what is wrong, and the part of the pattern that is.
pub(super) fn compile(pattern: &[u8]) -> Result<Compiled, String> {
    let mut compiler = Compiler {
        whole: pattern,
        at: 0,
        code: Vec::with_capacity(pattern.len() + 1),
        classes: Vec::new(),
        flags: Flags::default(),
        groups: Vec::new(),
        operand: None,
        repeats: 1,
        names: Vec::new(),
    };
    compiler.open(None);
    // Where the last item was a repetition, it began here.
    let mut last_repeat = None;
    while compiler.at < pattern.len() {
        last_repeat = compiler.item(last_repeat)?;
    }
    if compiler.groups.len() > 1 {
        return Err(complaint("missing closing )", pattern));
    }
    compiler.close();
    compiler.code.push(Inst::Match);
    let program = Program::new(compiler.code, compiler.classes, compiler.names.len());
    Ok(Compiled { program, names: compiler.names })
}

fn complaint(what: &str, part: &[u8]) -> String {
    format!("{what}: `{}`", String::from_utf8_lossy(part))
}

impl Compiler<'_> {
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
                self.open_numbered()?;
            }
            b'|' => {
                self.at += 1;
                self.alternative();
            }
            b')' => {
                if self.groups.len() < 2 {
                    return Err(complaint("unexpected )", self.whole));
                }
                self.at += 1;
                self.close();
            }
            b'^' if self.flags.multi_line => self.assert(Assert::BeginLine, 1),
            b'^' => self.assert(Assert::BeginText, 1),
            b'$' if self.flags.multi_line => self.assert(Assert::EndLine, 1),
            b'$' => self.assert(Assert::EndText, 1),
            b'.' => {
                self.at += 1;
                self.atom(if self.flags.dot_newline { Inst::Any } else { Inst::AnyInLine }, false);
            }
            b'[' => self.class()?,
            b'*' => return self.repeat((0, None), false, 1, start, last_repeat).map(Some),
            b'+' => return self.repeat((1, None), false, 1, start, last_repeat).map(Some),
            b'?' => return self.repeat((0, Some(1)), false, 1, start, last_repeat).map(Some),
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
                    return self.repeat((min, max), true, length, start, last_repeat).map(Some);
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

    fn open(&mut self, number: Option<u32>) {
        let start = self.begin();
        self.code.extend(number.map(|number| Inst::Save(2 * number)));
        let repeats = std::mem::replace(&mut self.repeats, 1);
        let alternative = self.code.len();
        self.groups.push(Group { flags: self.flags, start, number, alternative, exits: Vec::new(), nullable: false, empty: true, repeats });
    }

    /// Opens the group that was named last.
    fn open_numbered(&mut self) -> Result<(), String> {
        if self.groups.len() > DEEPEST {
            return Err(complaint("expression nests too deeply", self.whole));
        }
        self.open(u32::try_from(self.names.len()).ok());
        Ok(())
    }

    /// The operand so far is behind us; gives where the next one begins.
    fn begin(&mut self) -> usize {
        if let (Some(operand), Some(group)) = (self.operand.take(), self.groups.last_mut()) {
            group.empty &= operand.nullable;
        }
        self.code.len()
    }

    /// Ends an alternative and begins another.
    fn alternative(&mut self) {
        let end = self.begin();
        let Some(group) = self.groups.last_mut() else { return };
        group.nullable |= std::mem::replace(&mut group.empty, true);
        self.code.insert(group.alternative, Inst::Split(1, offset(end - group.alternative + 2)));
        group.exits.push(end + 1);
        self.code.push(Inst::Jump(0));
        group.alternative = end + 2;
    }

    /// Closes the innermost group, which is an operand then.
    fn close(&mut self) {
        let end = self.begin();
        let Some(group) = self.groups.pop() else { return };
        for exit in group.exits {
            self.code[exit] = Inst::Jump(offset(end - exit));
        }
        self.code.extend(group.number.map(|number| Inst::Save(2 * number + 1)));
        self.flags = group.flags;
        self.operand = Some(Operand { start: group.start, nullable: group.nullable | group.empty, repeats: self.repeats });
        self.repeats = self.repeats.max(group.repeats);
    }

    fn atom(&mut self, inst: Inst, nullable: bool) {
        let start = self.begin();
        self.operand = Some(Operand { start, nullable, repeats: 1 });
        self.code.push(inst);
    }

    fn assert(&mut self, assert: Assert, length: usize) {
        self.at += length;
        self.atom(Inst::Assert(assert), true);
    }

    /// A class of tidy ranges.
    fn ranges(&mut self, ranges: Ranges) {
        let number = self.classes.len() as u32;
        self.classes.push(Class::new(ranges));
        self.atom(Inst::Class(number), false);
    }

    fn literal(&mut self, code: u32) {
        let mut ring = Vec::new();
        if self.flags.fold {
            fold::ring(code, &mut ring);
        }
        if ring.len() > 1 {
            self.ranges(super::program::tidy(ring.into_iter().map(|code| (code, code)).collect()));
        } else {
            self.atom(Inst::Rune(code), false);
        }
    }

    /// Repeats the operand from `min` to `max` times.
    fn repeat(
        &mut self,
        (min, max): (u64, Option<u64>),
        counted: bool,
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
        let Some(mut operand) = self.operand else {
            return Err(complaint("missing argument to repetition operator", &self.whole[start..self.at]));
        };
        let copies = match max {
            _ if !counted => operand.repeats,
            Some(0) => 1,
            Some(max) => operand.repeats * max.max(1),
            None => operand.repeats * min.max(1),
        };
        if counted && (min >= 2 || max.is_some_and(|max| max >= 2)) && copies > MOST_REPEATS {
            return Err(complaint("invalid repeat count", &self.whole[start..self.at]));
        }
        let at = operand.start;
        let times = max.unwrap_or(min).max(1) as usize;
        if (self.code.len() - at).saturating_add(2).saturating_mul(times).saturating_add(at) > LARGEST {
            return Err(complaint("expression too large", self.whole));
        }
        let body = self.code.split_off(at);
        for _ in 1..min {
            self.code.extend_from_slice(&body);
        }
        match max {
            None => {
                let last = self.code.len();
                self.code.extend_from_slice(&body);
                let size = body.len();
                if min > 0 || operand.nullable {
                    self.code.push(split(-offset(size), 1, lazy));
                    if min == 0 {
                        // `(?:x+)?` keeps the order of preference where `x` can match nothing.
                        self.code.insert(last, split(1, offset(size + 2), lazy));
                    }
                } else {
                    self.code.insert(last, split(1, offset(size + 2), lazy));
                    self.code.push(Inst::Jump(-offset(size + 1)));
                }
            }
            Some(max) => {
                if min > 0 {
                    self.code.extend_from_slice(&body);
                }
                // Each further one only after the one before: `(?:x(?:x)?)?`.
                for left in (1..=max.saturating_sub(min) as usize).rev() {
                    self.code.push(split(1, offset(left * (body.len() + 1)), lazy));
                    self.code.extend_from_slice(&body);
                }
            }
        }
        operand.nullable |= min == 0;
        self.operand = Some(Operand { repeats: copies, ..operand });
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
            return self.open_numbered();
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
                        if self.groups.len() > DEEPEST {
                            return Err(complaint("expression nests too deeply", self.whole));
                        }
                        self.open(None);
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
        match self.rest().get(1) {
            Some(b'A') => self.assert(Assert::BeginText, 2),
            Some(b'z') => self.assert(Assert::EndText, 2),
            Some(b'b') => self.assert(Assert::WordBoundary, 2),
            Some(b'B') => self.assert(Assert::NoWordBoundary, 2),
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
                Some(class) => self.ranges(class),
                None => {
                    let code = self.single_escape()?;
                    self.literal(code);
                }
            },
        }
        Ok(())
    }
}

/// A distance in the code, which `LARGEST` keeps small.
fn offset(distance: usize) -> i32 {
    i32::try_from(distance).unwrap_or(i32::MAX)
}

fn split(first: i32, second: i32, lazy: bool) -> Inst {
    if lazy { Inst::Split(second, first) } else { Inst::Split(first, second) }
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

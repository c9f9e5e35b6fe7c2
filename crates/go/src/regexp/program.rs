//! A compiled pattern: instructions with relative jumps, so that a part can be moved and copied as it is. `syntax` makes them,
//! `backtrack` and `lists` run them.

/// An instruction.
#[derive(Clone, Copy, Debug)]
pub(super) enum Inst {
    /// This code point.
    Rune(u32),
    /// A code point of the class with this number.
    Class(u32),
    /// Any code point.
    Any,
    /// Any code point but a line feed.
    AnyInLine,
    /// Nothing, where this holds.
    Assert(Assert),
    /// Goes on at the first, and if that fails at the second.
    Split(i32, i32),
    Jump(i32),
    /// Notes the place.
    Save(u32),
    Match,
}

/// What can be asked of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assert {
    BeginText,
    EndText,
    BeginLine,
    EndLine,
    WordBoundary,
    NoWordBoundary,
}

impl Assert {
    /// Whether it holds at a place. Word characters are ASCII, as in Go.
    pub(super) fn holds(self, text: &[u8], at: usize) -> bool {
        let before = at.checked_sub(1).map(|last| text[last]);
        let after = text.get(at).copied();
        let word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match self {
            Assert::BeginText => before.is_none(),
            Assert::EndText => after.is_none(),
            Assert::BeginLine => before.is_none_or(|byte| byte == b'\n'),
            Assert::EndLine => after.is_none_or(|byte| byte == b'\n'),
            Assert::WordBoundary => word(before) != word(after),
            Assert::NoWordBoundary => word(before) == word(after),
        }
    }
}

/// Sorted ranges of code points that neither overlap nor touch.
pub(super) type Ranges = Vec<(u32, u32)>;

/// Sorts and joins ranges.
pub(super) fn tidy(mut ranges: Ranges) -> Ranges {
    crate::sort::plain(&mut ranges);
    let mut tidy: Ranges = Vec::with_capacity(ranges.len());
    for (low, high) in ranges {
        match tidy.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => tidy.push((low, high)),
        }
    }
    tidy
}

/// All code points that are in none of some tidy ranges.
pub(super) fn negated(ranges: &[(u32, u32)]) -> Ranges {
    let mut out = Vec::with_capacity(ranges.len() + 1);
    let mut next = 0;
    for &(low, high) in ranges {
        if next < low {
            out.push((next, low - 1));
        }
        next = high + 1;
    }
    if next <= crate::utf8::MAX {
        out.push((next, crate::utf8::MAX));
    }
    out
}

/// A class of code points, quick for ASCII.
#[derive(Clone, Debug)]
pub(super) struct Class {
    ascii: u128,
    ranges: Ranges,
}

impl Class {
    /// A class of tidy ranges.
    pub(super) fn new(ranges: Ranges) -> Class {
        let within = |code: &u32| ranges.iter().any(|(low, high)| (low..=high).contains(&code));
        Class { ascii: (0..0x80).filter(within).fold(0, |all, code| all | 1 << code), ranges }
    }

    pub(super) fn has(&self, code: u32) -> bool {
        if code < 0x80 {
            return self.ascii >> code & 1 == 1;
        }
        let after = self.ranges.partition_point(|range| range.0 <= code);
        after > 0 && code <= self.ranges[after - 1].1
    }
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) code: Vec<Inst>,
    classes: Vec<Class>,
    /// How many places are noted: two a group, the whole match included.
    pub(super) slots: usize,
    /// Whether a match can only begin at the beginning of the text.
    anchored: bool,
    /// The bytes that a match can begin with; absent where it can be empty.
    first: Option<[u128; 2]>,
}

impl Program {
    pub(super) fn new(code: Vec<Inst>, classes: Vec<Class>, groups: usize) -> Program {
        let anchored = matches!(code.first(), Some(Inst::Assert(Assert::BeginText)));
        let mut program = Program { code, classes, slots: 2 * groups + 2, anchored, first: None };
        program.first = program.first_bytes();
        program
    }

    /// Whether an instruction that reads takes this code point.
    pub(super) fn takes(&self, inst: Inst, code: u32) -> bool {
        match inst {
            Inst::Rune(wanted) => wanted == code,
            Inst::Class(class) => self.classes[class as usize].has(code),
            Inst::Any => true,
            Inst::AnyInLine => code != b'\n' as u32,
            _ => false,
        }
    }

    fn first_bytes(&self) -> Option<[u128; 2]> {
        let mut bytes = [0u128; 2];
        let mut seen = vec![false; self.code.len()];
        let mut open = vec![0usize];
        while let Some(pc) = open.pop() {
            if std::mem::replace(&mut seen[pc], true) {
                continue;
            }
            match self.code[pc] {
                Inst::Match => return None,
                Inst::Split(first, second) => open.extend([jump(pc, first), jump(pc, second)]),
                Inst::Jump(by) => open.push(jump(pc, by)),
                Inst::Save(_) | Inst::Assert(_) => open.push(pc + 1),
                reads => {
                    bytes[0] = (0..0x80).filter(|code| self.takes(reads, *code)).fold(bytes[0], |all, code| all | 1 << code);
                    // Beyond ASCII a byte says too little; what begins nothing reads as U+FFFD.
                    if !matches!(reads, Inst::Rune(0..0x80)) {
                        bytes[1] = u128::MAX;
                    }
                }
            }
        }
        Some(bytes)
    }

    /// The next place from `at` on where a match may begin.
    pub(super) fn begin(&self, text: &[u8], mut at: usize) -> Option<usize> {
        if self.anchored {
            return (at == 0).then_some(0);
        }
        let Some(first) = self.first else { return Some(at) };
        loop {
            let byte = *text.get(at)?;
            if first[usize::from(byte >> 7)] >> (byte & 0x7F) & 1 == 1 {
                return Some(at);
            }
            at += crate::utf8::decode(&text[at..]).1;
        }
    }
}

/// Where a jump leads.
pub(super) fn jump(pc: usize, by: i32) -> usize {
    pc.wrapping_add_signed(by as isize)
}

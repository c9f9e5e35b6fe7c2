//! Go's `fmt`: the machine that reads a format string, and how each scalar prints under each verb, flag, width and precision.
//! How lists, maps and objects print is for the holder of the values: see `chartwright_value::format`.

mod scalar;

pub use scalar::{Scalar, decimal, pad, scalar};

use crate::strings::index_byte;
use crate::utf8;

/// The flags, width and precision before a verb. Source: `fmt/format.go`, `fmtFlags`.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The width, if there is one.
    pub width: Option<usize>,
    /// The precision, if there is one.
    pub precision: Option<usize>,
    /// `-`: pad on the right.
    pub minus: bool,
    /// `+`: always a sign; ASCII only for `%q`.
    pub plus: bool,
    /// `#`: the alternate form.
    pub sharp: bool,
    /// A space: leave room for the sign.
    pub space: bool,
    /// `0`: pad with zeros.
    pub zero: bool,
    /// `%+v`.
    pub plus_v: bool,
    /// `%#v`: Go syntax.
    pub sharp_v: bool,
}

/// The operands of a format.
pub trait Operands {
    /// How many there are.
    fn count(&self) -> usize;
    /// The operand as an `int`, for `*`; `None` if it is of another kind.
    fn integer(&self, index: usize) -> Option<i64>;
    /// Whether the operand is nil.
    fn is_nil(&self, index: usize) -> bool;
    /// What `%T` prints.
    fn type_name(&self, index: usize) -> String;
    /// Prints an operand under a verb.
    ///
    /// # Errors
    /// [`TooLarge`] when the text grows beyond what a render may hold.
    fn print(&self, out: &mut Vec<u8>, index: usize, spec: &Spec, verb: u32) -> Result<(), TooLarge>;
}

/// The text, or the nesting of what is printed, is beyond what a render may hold. (Go would use up its memory or its stack.)
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLarge;

/// How many bytes one call may print.
pub const MOST_BYTES: usize = 32 << 20;

/// The largest width, precision or operand number. Source: `fmt/print.go`, `tooLarge`.
const LARGEST_NUMBER: i64 = 1_000_000;

/// Whether the text still fits.
///
/// # Errors
/// [`TooLarge`] when it does not.
pub fn fits(out: &[u8]) -> Result<(), TooLarge> {
    if out.len() > MOST_BYTES { Err(TooLarge) } else { Ok(()) }
}

struct Machine<'a, O> {
    format: &'a [u8],
    at: usize,
    operands: &'a O,
    next: usize,
    reordered: bool,
    good_index: bool,
}

/// Appends `fmt.Sprintf(format, operands...)`. Source: `fmt/print.go`, `doPrintf`.
///
/// # Errors
/// [`TooLarge`] when the text grows beyond what a render may hold.
pub fn printf(out: &mut Vec<u8>, format: &[u8], operands: &impl Operands) -> Result<(), TooLarge> {
    let mut machine = Machine { format, at: 0, operands, next: 0, reordered: false, good_index: true };
    while let Some(run) = index_byte(&format[machine.at..], b'%') {
        out.extend_from_slice(&format[machine.at..machine.at + run]);
        machine.at += run + 1;
        machine.verb(out)?;
        fits(out)?;
    }
    out.extend_from_slice(&format[machine.at..]);
    if !machine.reordered && machine.next < operands.count() {
        out.extend_from_slice(b"%!(EXTRA ");
        for index in machine.next..operands.count() {
            if index > machine.next {
                out.extend_from_slice(b", ");
            }
            if operands.is_nil(index) {
                out.extend_from_slice(b"<nil>");
            } else {
                out.extend_from_slice(operands.type_name(index).as_bytes());
                out.push(b'=');
                operands.print(out, index, &Spec::default(), b'v' as u32)?;
            }
        }
        out.push(b')');
    }
    Ok(())
}

impl<O: Operands> Machine<'_, O> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    /// What follows a percent sign.
    fn verb(&mut self, out: &mut Vec<u8>) -> Result<(), TooLarge> {
        let mut spec = Spec::default();
        self.good_index = true;
        while let Some(byte) = self.peek() {
            match byte {
                b'#' => spec.sharp = true,
                b'0' => spec.zero = true,
                b'+' => spec.plus = true,
                b'-' => spec.minus = true,
                b' ' => spec.space = true,
                _ => break,
            }
            self.at += 1;
        }
        let mut after_index = self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            let width = self.integer();
            match width {
                None => out.extend_from_slice(b"%!(BADWIDTH)"),
                Some(width) => {
                    if width < 0 {
                        (spec.minus, spec.zero) = (true, false);
                    }
                    spec.width = Some(width.unsigned_abs() as usize);
                }
            }
            after_index = false;
        } else {
            spec.width = self.number(self.format.len());
            if after_index && spec.width.is_some() {
                self.good_index = false;
            }
        }
        if self.peek() == Some(b'.') && self.at + 1 < self.format.len() {
            self.at += 1;
            if after_index {
                self.good_index = false;
            }
            after_index = self.index();
            if self.peek() == Some(b'*') {
                self.at += 1;
                spec.precision = self.integer().and_then(|precision| usize::try_from(precision).ok());
                if spec.precision.is_none() {
                    out.extend_from_slice(b"%!(BADPREC)");
                }
                after_index = false;
            } else {
                spec.precision = Some(self.number(self.format.len()).unwrap_or(0));
            }
        }
        if !after_index {
            self.index();
        }
        let (verb, width) = utf8::decode(&self.format[self.at.min(self.format.len())..]);
        if width == 0 {
            out.extend_from_slice(b"%!(NOVERB)");
            return Ok(());
        }
        self.at += width;
        let complain = |out: &mut Vec<u8>, what: &[u8]| {
            out.extend_from_slice(b"%!");
            utf8::append(out, verb);
            out.extend_from_slice(what);
        };
        if verb == b'%' as u32 {
            out.push(b'%');
        } else if !self.good_index {
            complain(out, b"(BADINDEX)");
        } else if self.next >= self.operands.count() {
            complain(out, b"(MISSING)");
        } else {
            if verb == b'v' as u32 || verb == b'w' as u32 {
                (spec.sharp_v, spec.sharp) = (spec.sharp, false);
                (spec.plus_v, spec.plus) = (spec.plus, false);
            }
            self.operands.print(out, self.next, &spec, verb)?;
            self.next += 1;
        }
        Ok(())
    }

    /// An explicit operand number, `[3]`: whether there was a well-formed one.
    fn index(&mut self) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let end = rest.iter().position(|&byte| byte == b']').filter(|_| rest.len() >= 3);
        let Some(end) = end.map(|end| self.at + end) else {
            self.good_index = false;
            self.at += 1;
            return false;
        };
        self.at += 1;
        let number = self.number(end);
        let whole = self.at == end;
        self.at = end + 1;
        match number {
            Some(number) if whole => {
                if (1..=self.operands.count()).contains(&number) {
                    self.next = number - 1;
                } else {
                    self.good_index = false;
                }
                true
            }
            _ => {
                self.good_index = false;
                false
            }
        }
    }

    /// Decimal digits up to `end`; a number that is too large swallows the rest and is none. Source: `parsenum`.
    fn number(&mut self, end: usize) -> Option<usize> {
        let mut number = None;
        while self.at < end
            && let Some(digit @ b'0'..=b'9') = self.peek()
        {
            let sum = number.unwrap_or(0);
            if sum as i64 > LARGEST_NUMBER {
                self.at = end;
                return None;
            }
            number = Some(sum * 10 + (digit - b'0') as usize);
            self.at += 1;
        }
        number
    }

    /// The next operand as a width or precision. Source: `intFromArg`.
    fn integer(&mut self) -> Option<i64> {
        if self.next >= self.operands.count() {
            return None;
        }
        let value = self.operands.integer(self.next);
        self.next += 1;
        value.filter(|value| value.abs_diff(0) <= LARGEST_NUMBER as u64)
    }
}

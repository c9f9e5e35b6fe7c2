//! Classes and escapes: `[a-z]`, `[[:alpha:]]`, `\d`, `\pL`, `\x41`, as ranges.

use super::super::classes::{DIGIT, SPACE, WORD, named, posix};
use super::super::program::{Ranges, negated, tidy};
use super::{Compiler, check_utf8, complaint};
use crate::regexp::fold::folded;

impl Compiler<'_> {
    /// `[…]`. Source: `parseClass`.
    pub(super) fn class(&mut self) -> Result<(), String> {
        let start = self.at;
        self.at += 1;
        let inverse = self.rest().first() == Some(&b'^');
        self.at += usize::from(inverse);
        let mut body = Ranges::new();
        let mut first = true;
        while first || self.rest().first() != Some(&b']') {
            first = false;
            let rest = self.rest();
            if rest.len() > 2
                && rest.starts_with(b"[:")
                && let Some(end) = rest.windows(2).skip(2).position(|pair| pair == b":]")
            {
                let name = &rest[..end + 4];
                let inner = &name[2..name.len() - 2];
                let (not, inner) = inner.strip_prefix(b"^").map_or((false, inner), |inner| (true, inner));
                let class = posix(inner).ok_or_else(|| complaint("invalid character class range", name))?;
                let length = name.len();
                self.at += length;
                body.extend(self.folded(class, not));
                continue;
            }
            if rest.starts_with(b"\\")
                && let Some(class) = self.class_escape()?
            {
                body.extend(class);
                continue;
            }
            let range = self.at;
            let low = self.class_character(start)?;
            let mut high = low;
            if self.rest().len() >= 2 && self.rest()[0] == b'-' && self.rest()[1] != b']' {
                self.at += 1;
                high = self.class_character(start)?;
                if high < low {
                    return Err(complaint("invalid character class range", &self.whole[range..self.at]));
                }
            }
            body.extend(self.folded(&[(low, high)], false));
        }
        self.at += 1;
        let body = tidy(body);
        self.ranges(if inverse { negated(&body) } else { body });
        Ok(())
    }

    /// Ranges, or all but them, where case does not count with all that is the same in another.
    fn folded(&self, ranges: &[(u32, u32)], inverse: bool) -> Ranges {
        let ranges = if self.flags.fold { folded(ranges) } else { ranges.to_vec() };
        if inverse { negated(&ranges) } else { ranges }
    }

    fn class_character(&mut self, start: usize) -> Result<u32, String> {
        match self.rest().first() {
            None => Err(complaint("missing closing ]", &self.whole[start..])),
            Some(b'\\') => self.single_escape(),
            Some(_) => self.next(),
        }
    }

    /// `\d` and its kin, `\pL` and `\p{Lu}`; nothing where the escape is of another kind.
    pub(super) fn class_escape(&mut self) -> Result<Option<Ranges>, String> {
        let Some(&letter) = self.whole.get(self.at + 1) else {
            return Ok(None);
        };
        let class = match letter {
            b'd' => self.folded(DIGIT, false),
            b'D' => self.folded(DIGIT, true),
            b's' => self.folded(SPACE, false),
            b'S' => self.folded(SPACE, true),
            b'w' => self.folded(WORD, false),
            b'W' => self.folded(WORD, true),
            b'p' | b'P' => return self.property(letter == b'P').map(Some),
            _ => return Ok(None),
        };
        self.at += 2;
        Ok(Some(class))
    }

    /// Source: `parseUnicodeClass`.
    fn property(&mut self, mut inverse: bool) -> Result<Ranges, String> {
        let start = self.at;
        self.at += 2;
        let whole = self.whole;
        let name = if whole.get(self.at) == Some(&b'{') {
            let Some(end) = self.rest().iter().position(|&byte| byte == b'}') else {
                check_utf8(&whole[start..])?;
                return Err(complaint("invalid character class range", &whole[start..]));
            };
            let name = &whole[self.at + 1..self.at + end];
            self.at += end + 1;
            check_utf8(name)?;
            name
        } else if self.at == whole.len() {
            return Err(complaint("invalid character class range", &whole[start..]));
        } else {
            let from = self.at;
            self.next()?;
            &whole[from..self.at]
        };
        let name = name.strip_prefix(b"^").inspect(|_| inverse = !inverse).unwrap_or(name);
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ')) {
            return Err(complaint("invalid character class range", &whole[start..self.at]));
        }
        match named(name)? {
            Some(ranges) => Ok(self.folded(&ranges, inverse)),
            None => Err(complaint("invalid character class range", &self.whole[start..self.at])),
        }
    }

    /// `\n`, `\.`, `\x41`, `\x{1F600}`, `\101`. Source: `parseEscape`.
    pub(super) fn single_escape(&mut self) -> Result<u32, String> {
        let start = self.at;
        self.at += 1;
        if self.rest().is_empty() {
            return Err("trailing backslash at end of expression: ``".to_owned());
        }
        let code = self.next()?;
        let octal = |byte: Option<&u8>| matches!(byte, Some(b'0'..=b'7'));
        let found = match char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER) {
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(code),
            c @ '0'..='7' if c == '0' || octal(self.rest().first()) => {
                let mut sum = code - '0' as u32;
                for _ in 1..3 {
                    if !octal(self.rest().first()) {
                        break;
                    }
                    sum = sum * 8 + (self.rest()[0] - b'0') as u32;
                    self.at += 1;
                }
                Some(sum)
            }
            'x' => self.hexadecimal()?,
            'a' => Some(7),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            _ => None,
        };
        found.ok_or_else(|| complaint("invalid escape sequence", &self.whole[start..self.at]))
    }

    fn hexadecimal(&mut self) -> Result<Option<u32>, String> {
        if self.rest().is_empty() {
            return Ok(None);
        }
        let digit = |code: u32| char::from_u32(code).and_then(|c| c.to_digit(16));
        let first = self.next()?;
        if first != b'{' as u32 {
            // Go reads on before it looks.
            let second = self.next()?;
            return Ok(digit(first).zip(digit(second)).map(|(high, low)| high << 4 | low));
        }
        let (mut sum, mut digits) = (0, 0);
        while self.at < self.whole.len() {
            let code = self.next()?;
            if code == b'}' as u32 {
                return Ok((digits > 0).then_some(sum));
            }
            let Some(value) = digit(code) else {
                return Ok(None);
            };
            sum = sum << 4 | value;
            if sum > crate::utf8::MAX {
                return Ok(None);
            }
            digits += 1;
        }
        Ok(None)
    }
}

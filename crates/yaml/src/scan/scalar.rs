//! Scalars as the scanner reads them: plain, quoted, literal and folded. What they mean is `resolve`'s business.

use super::cursor::Mark;
use super::{ScalarStyle, Scan, Scanner, Token, TokenKind, problem};
use std::borrow::Cow;

/// A scalar's text, borrowed as long as it is one piece of the source.
struct Text<'a> {
    source: &'a str,
    owned: Option<String>,
    start: usize,
    end: usize,
}

impl<'a> Text<'a> {
    fn new(source: &'a str, start: Mark) -> Text<'a> {
        Text { source, owned: None, start: start.at(), end: start.at() }
    }

    /// Adds the source from one mark to another; as long as nothing is left out, nothing is copied.
    fn take(&mut self, start: Mark, end: Mark) {
        if self.owned.is_none() && (self.end == start.at() || self.start == self.end) {
            if self.start == self.end {
                self.start = start.at();
            }
            self.end = end.at();
            return;
        }
        let piece = self.source.get(start.at()..end.at()).unwrap_or("");
        self.owned().push_str(piece);
    }

    fn owned(&mut self) -> &mut String {
        let piece = self.source.get(self.start..self.end).unwrap_or("");
        self.owned.get_or_insert_with(|| piece.to_string())
    }

    fn push_str(&mut self, text: &str) {
        if !text.is_empty() {
            self.owned().push_str(text);
        }
    }

    fn push(&mut self, c: char) {
        self.owned().push(c);
    }

    fn finish(self) -> Cow<'a, str> {
        match self.owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.source.get(self.start..self.end).unwrap_or("")),
        }
    }
}

/// The breaks and blanks between two words: blanks of one line stay, a single break becomes a space, more lose one.
struct Gap {
    blanks: (Mark, Mark),
    leading: &'static str,
    trailing: String,
    broken: bool,
}

impl Gap {
    fn new(at: Mark) -> Gap {
        Gap { blanks: (at, at), leading: "", trailing: String::new(), broken: false }
    }

    fn join(&mut self, text: &mut Text<'_>) {
        if self.broken {
            if self.leading != "\n" {
                text.push_str(self.leading);
                text.push_str(&self.trailing);
            } else if self.trailing.is_empty() {
                text.push(' ');
            } else {
                text.push_str(&self.trailing);
            }
            self.trailing.clear();
            self.leading = "";
            self.broken = false;
        } else if self.blanks.0 != self.blanks.1 {
            text.take(self.blanks.0, self.blanks.1);
        }
        self.blanks.0 = self.blanks.1;
    }
}

impl<'a> Scanner<'a> {
    pub(super) fn scan_plain(&mut self) -> Scan<Token<'a>> {
        let (flow, indent) = (self.flow_level() > 0, self.indent + 1);
        let start = self.cursor.mark;
        let mut end = start;
        let mut text = Text::new(self.cursor.text, start);
        let mut gap = Gap::new(start);
        loop {
            if self.cursor.is_document_indicator() || self.cursor.byte(0) == b'#' {
                break;
            }
            let word = self.cursor.mark;
            loop {
                self.cursor.skip_run(|byte| {
                    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b':' | b',' | b'?' | b'[' | b']' | b'{' | b'}' | 0xC2 | 0xE2)
                });
                match self.cursor.byte(0) {
                    0 | b' ' | b'\t' | b'\n' | b'\r' => break,
                    b':' if self.cursor.is_blankz(1) => break,
                    b',' | b'?' | b'[' | b']' | b'{' | b'}' if flow => break,
                    0xC2 | 0xE2 if self.cursor.is_break(0) => break,
                    _ => self.cursor.skip(),
                }
            }
            if self.cursor.mark != word {
                gap.join(&mut text);
                end = self.cursor.mark;
                text.take(word, end);
            }
            if !self.cursor.is_blank(0) && !self.cursor.is_break(0) {
                break;
            }
            self.scan_gap(&mut gap, Some((indent, start)))?;
            if !flow && i64::from(self.cursor.mark.column) < indent {
                break;
            }
        }
        if gap.broken {
            self.key_allowed = true;
        }
        Ok(Token { kind: TokenKind::Scalar { value: text.finish(), style: ScalarStyle::Plain }, start, end })
    }

    /// Reads blanks and breaks. A plain scalar refuses tabs that stand for indentation.
    fn scan_gap(&mut self, gap: &mut Gap, plain: Option<(i64, Mark)>) -> Scan {
        if !gap.broken {
            gap.blanks = (self.cursor.mark, self.cursor.mark);
        }
        loop {
            if self.cursor.is_blank(0) {
                if let Some((indent, start)) = plain
                    && gap.broken
                    && i64::from(self.cursor.mark.column) < indent
                    && self.cursor.byte(0) == b'\t'
                {
                    return Err(problem(self.cursor.mark, start, "found a tab character that violates indentation"));
                }
                self.cursor.skip_ascii(1);
                if !gap.broken {
                    gap.blanks.1 = self.cursor.mark;
                }
            } else if self.cursor.is_break(0) {
                let read = self.cursor.skip_break();
                if gap.broken {
                    gap.trailing.push_str(read);
                } else {
                    gap.blanks = (self.cursor.mark, self.cursor.mark);
                    gap.leading = read;
                    gap.broken = true;
                }
            } else {
                return Ok(());
            }
        }
    }

    pub(super) fn scan_quoted(&mut self, single: bool) -> Scan<Token<'a>> {
        let start = self.cursor.mark;
        let quote = if single { b'\'' } else { b'"' };
        self.cursor.skip_ascii(1);
        let mut text = Text::new(self.cursor.text, self.cursor.mark);
        loop {
            if self.cursor.is_document_indicator() {
                return Err(problem(self.cursor.mark, start, "found unexpected document indicator"));
            }
            if self.cursor.is_end(0) {
                return Err(problem(self.cursor.mark, start, "found unexpected end of stream"));
            }
            let mut gap = Gap::new(self.cursor.mark);
            let mut piece = self.cursor.mark;
            loop {
                self.cursor.skip_run(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\'' | b'"' | b'\\' | 0xC2 | 0xE2));
                match self.cursor.byte(0) {
                    0 | b' ' | b'\t' | b'\n' | b'\r' => break,
                    0xC2 | 0xE2 if self.cursor.is_break(0) => break,
                    b'\'' if single && self.cursor.byte(1) == b'\'' => {
                        text.take(piece, self.cursor.mark);
                        self.cursor.skip_ascii(2);
                        text.push('\'');
                        piece = self.cursor.mark;
                    }
                    byte if byte == quote => break,
                    b'\\' if !single => {
                        text.take(piece, self.cursor.mark);
                        if self.cursor.is_break(1) {
                            self.cursor.skip_ascii(1);
                            self.cursor.skip_break();
                            gap.broken = true;
                            piece = self.cursor.mark;
                            break;
                        }
                        let c = self.scan_escape(start)?;
                        text.push(c);
                        piece = self.cursor.mark;
                    }
                    _ => self.cursor.skip(),
                }
            }
            text.take(piece, self.cursor.mark);
            if self.cursor.byte(0) == quote {
                break;
            }
            let escaped = gap.broken;
            self.scan_gap(&mut gap, None)?;
            if escaped {
                // An escaped break joins the lines; only further breaks remain.
                text.push_str(&gap.trailing);
            } else {
                gap.join(&mut text);
            }
        }
        self.cursor.skip_ascii(1);
        let style = if single { ScalarStyle::Single } else { ScalarStyle::Double };
        Ok(Token { kind: TokenKind::Scalar { value: text.finish(), style }, start, end: self.cursor.mark })
    }

    fn scan_escape(&mut self, start: Mark) -> Scan<char> {
        let (plain, digits) = match self.cursor.byte(1) {
            b'0' => ('\0', 0),
            b'a' => ('\x07', 0),
            b'b' => ('\x08', 0),
            b't' | b'\t' => ('\t', 0),
            b'n' => ('\n', 0),
            b'v' => ('\x0B', 0),
            b'f' => ('\x0C', 0),
            b'r' => ('\r', 0),
            b'e' => ('\x1B', 0),
            b' ' => (' ', 0),
            b'"' => ('"', 0),
            b'\'' => ('\'', 0),
            b'\\' => ('\\', 0),
            b'N' => ('\u{85}', 0),
            b'_' => ('\u{A0}', 0),
            b'L' => ('\u{2028}', 0),
            b'P' => ('\u{2029}', 0),
            b'x' => ('\0', 2),
            b'u' => ('\0', 4),
            b'U' => ('\0', 8),
            _ => return Err(problem(self.cursor.mark, start, "found unknown escape character")),
        };
        self.cursor.skip_ascii(2);
        if digits == 0 {
            return Ok(plain);
        }
        let mut code = 0u32;
        for n in 0..digits {
            let Some(digit) = char::from(self.cursor.byte(n)).to_digit(16) else {
                return Err(problem(self.cursor.mark, start, "did not find expected hexdecimal number"));
            };
            code = code << 4 | digit;
        }
        let Some(c) = char::from_u32(code) else {
            return Err(problem(self.cursor.mark, start, "found invalid Unicode character escape code"));
        };
        self.cursor.skip_ascii(digits as u32);
        Ok(c)
    }

    pub(super) fn scan_block_scalar(&mut self, literal: bool) -> Scan<Token<'a>> {
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        let (mut chomping, mut increment) = (0, 0);
        // The two indicators come in either order, each once.
        for _ in 0..2 {
            match self.cursor.byte(0) {
                sign @ (b'+' | b'-') if chomping == 0 => {
                    chomping = if sign == b'+' { 1 } else { -1 };
                    self.cursor.skip_ascii(1);
                }
                b'0' if increment == 0 => {
                    return Err(problem(self.cursor.mark, start, "found an indentation indicator equal to 0"));
                }
                digit @ b'1'..=b'9' if increment == 0 => {
                    increment = i64::from(digit - b'0');
                    self.cursor.skip_ascii(1);
                }
                _ => break,
            }
        }
        self.cursor.skip_blanks();
        if self.cursor.byte(0) == b'#' {
            self.cursor.skip_to_break();
        }
        if !self.cursor.is_breakz(0) {
            return Err(problem(self.cursor.mark, start, "did not find expected comment or line break"));
        }
        self.cursor.skip_break();
        let mut indent = if increment > 0 { self.indent.max(0) + increment } else { 0 };
        let mut text = String::new();
        let (mut leading, mut trailing, mut leading_blank) = ("", String::new(), false);
        let mut end = self.scan_block_breaks(&mut indent, &mut trailing, start)?;
        while i64::from(self.cursor.mark.column) == indent && !self.cursor.is_end(0) {
            let blank = self.cursor.is_blank(0);
            if !literal && !leading_blank && !blank && leading == "\n" {
                if trailing.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(leading);
            }
            text.push_str(&trailing);
            trailing.clear();
            leading_blank = blank;
            let line = self.cursor.mark;
            self.cursor.skip_to_break();
            text.push_str(self.cursor.slice(line, self.cursor.mark));
            leading = self.cursor.skip_break();
            end = self.scan_block_breaks(&mut indent, &mut trailing, start)?;
        }
        if chomping != -1 {
            text.push_str(leading);
        }
        if chomping == 1 {
            text.push_str(&trailing);
        }
        let style = if literal { ScalarStyle::Literal } else { ScalarStyle::Folded };
        Ok(Token { kind: TokenKind::Scalar { value: Cow::Owned(text), style }, start, end })
    }

    /// Reads indentation and empty lines, and finds the indentation if it is not known yet. Returns where the last empty line ends.
    fn scan_block_breaks(&mut self, indent: &mut i64, breaks: &mut String, start: Mark) -> Scan<Mark> {
        let mut end = self.cursor.mark;
        let mut widest = 0;
        loop {
            let inside = |column: u32, indent: i64| indent == 0 || i64::from(column) < indent;
            while inside(self.cursor.mark.column, *indent) && self.cursor.byte(0) == b' ' {
                self.cursor.skip_ascii(1);
            }
            widest = widest.max(i64::from(self.cursor.mark.column));
            if inside(self.cursor.mark.column, *indent) && self.cursor.byte(0) == b'\t' {
                return Err(problem(self.cursor.mark, start, "found a tab character where an indentation space is expected"));
            }
            if !self.cursor.is_break(0) {
                break;
            }
            breaks.push_str(self.cursor.skip_break());
            end = self.cursor.mark;
        }
        if *indent == 0 {
            *indent = widest.max(self.indent + 1).max(1);
        }
        Ok(end)
    }
}

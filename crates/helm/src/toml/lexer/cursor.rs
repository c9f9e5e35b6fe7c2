//! The lexer's hands: the next character and back again, tokens, errors with their lines.

use super::{EOF, Item, Kind, LexError, Lexer, State, is_space, within};
use chartwright_go::utf8;

/// What stands for bytes that are no text.
const REPLACEMENT: u32 = 0xFFFD;

impl<'a> Lexer<'a> {
    pub(super) fn current(&self) -> &'a [u8] {
        self.input.get(self.start..self.pos).unwrap_or_default()
    }

    pub(super) fn emit(&mut self, kind: Kind) {
        if self.start > self.pos {
            // A multi-line string that ends in the middle of a character.
            let byte = self.input.get(self.pos).copied().unwrap_or(0);
            self.error(format!("invalid UTF-8 byte: 0x{byte:02x}"));
            return;
        }
        self.items.push_back(Ok(Item { kind, text: self.current(), line: self.line }));
        self.start = self.pos;
    }

    pub(super) fn next(&mut self) -> u32 {
        let Some(&byte) = self.input.get(self.pos) else {
            self.at_eof = true;
            return EOF;
        };
        if byte == b'\n' {
            self.line += 1;
        }
        self.widths.rotate_right(1);
        let (r, width) = utf8::decode(&self.input[self.pos..]);
        if r == REPLACEMENT && width == 1 {
            self.error(format!("invalid UTF-8 byte: 0x{byte:02x}"));
            return REPLACEMENT;
        }
        let control = (r < 0x20 && !within(r, "\t\r\n")) || r == 0x7F;
        if control || r == '\r' as u32 && self.input.get(self.pos + 1) != Some(&b'\n') {
            let message = format!("TOML files cannot contain control characters: '0x{r:02x}'");
            self.items.push_back(Err(LexError { message, line: self.line }));
            return REPLACEMENT;
        }
        self.widths[0] = width;
        self.pos += width;
        r
    }

    pub(super) fn backup(&mut self) {
        if self.at_eof {
            self.at_eof = false;
            return;
        }
        let width = self.widths[0];
        self.widths.rotate_left(1);
        self.widths[3] = 0;
        self.pos -= width.min(self.pos);
        if self.input.get(self.pos) == Some(&b'\n') {
            self.line -= 1;
        }
    }

    pub(super) fn ignore(&mut self) {
        self.start = self.pos;
    }

    pub(super) fn accept(&mut self, valid: char) -> bool {
        if self.next() == valid as u32 {
            return true;
        }
        self.backup();
        false
    }

    pub(super) fn peek(&mut self) -> u32 {
        let r = self.next();
        self.backup();
        r
    }

    pub(super) fn skip_space(&mut self) {
        while is_space(self.next()) {}
        self.backup();
        self.ignore();
    }

    /// Ends with an error at the current line; at the text's end, at the line before it.
    pub(super) fn error(&mut self, message: String) -> Option<State> {
        let line = self.line - self.at_eof as i64;
        self.items.push_back(Err(LexError { message, line }));
        None
    }

    pub(super) fn error_line_before(&mut self, message: String) -> Option<State> {
        self.items.push_back(Err(LexError { message, line: self.line - 1 }));
        None
    }

    /// Ends with an error; at the text's end, at the last line that has anything.
    pub(super) fn errorf(&mut self, message: impl Into<String>) -> Option<State> {
        let empty = self.at_eof && self.pos >= 1 && self.input[self.pos - 1] == b'\n';
        self.items.push_back(Err(LexError { message: message.into(), line: self.line - empty as i64 }));
        None
    }

    pub(super) fn skip_to(&mut self, state: State) -> Option<State> {
        self.ignore();
        Some(state)
    }

    pub(super) fn then(&mut self, after: State, now: State) -> Option<State> {
        self.stack.push(after);
        Some(now)
    }

    pub(super) fn done(&mut self, kind: Kind) -> Option<State> {
        self.emit(kind);
        self.stack.pop()
    }

    /// What is not part of a number ends it.
    pub(super) fn end_number(&mut self, kind: Kind) -> Option<State> {
        self.backup();
        self.done(kind)
    }
}

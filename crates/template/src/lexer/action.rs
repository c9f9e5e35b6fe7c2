//! The lexer between delimiters: names, numbers, strings, punctuation.

use super::{Kind, Lexer, Next, RIGHT, TRIM, has_right_trim};
use chartwright_go::{quote, unicode};

fn is_space(code: u32) -> bool {
    matches!(char::from_u32(code), Some(' ' | '\t' | '\r' | '\n'))
}

fn is_alphanumeric(code: Option<u32>) -> bool {
    code.is_some_and(|code| {
        if code < 0x80 {
            code == '_' as u32 || (code as u8).is_ascii_alphanumeric()
        } else {
            unicode::is_letter(code) || unicode::is_number(code)
        }
    })
}

impl Lexer<'_> {
    pub(super) fn inside_action(&mut self) -> Next {
        if self.at_right_delim().is_some() {
            if self.paren_depth == 0 {
                return Next::RightDelim;
            }
            return self.error("unclosed left paren".to_owned());
        }
        let Some(code) = self.next() else {
            return self.error("unclosed action".to_owned());
        };
        if is_space(code) {
            self.backup();
            return self.space();
        }
        match char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER) {
            '=' => self.emit(Kind::Assign),
            ':' => {
                if self.next() != Some('=' as u32) {
                    return self.error("expected :=".to_owned());
                }
                self.emit(Kind::Declare)
            }
            '|' => self.emit(Kind::Pipe),
            '"' => self.quoted(b'"', "unterminated quoted string", Kind::String),
            '`' => self.raw_string(),
            '$' => self.variable(),
            '\'' => self.quoted(b'\'', "unterminated character constant", Kind::CharConstant),
            '.' => match self.rest().first() {
                Some(byte) if !byte.is_ascii_digit() => self.field_or_variable(Kind::Field),
                _ => {
                    self.backup();
                    self.number()
                }
            },
            '+' | '-' | '0'..='9' => {
                self.backup();
                self.number()
            }
            _ if is_alphanumeric(Some(code)) => {
                self.backup();
                self.identifier()
            }
            '(' => {
                self.paren_depth += 1;
                self.emit(Kind::LeftParen)
            }
            ')' => {
                self.paren_depth -= 1;
                if self.paren_depth < 0 {
                    return self.error("unexpected right paren".to_owned());
                }
                self.emit(Kind::RightParen)
            }
            c if c.is_ascii() && (' '..='~').contains(&c) => self.emit(Kind::Char),
            _ => self.error(format!("unrecognized character in action: {}", code_point(Some(code)))),
        }
    }

    fn space(&mut self) -> Next {
        let mut spaces = 0;
        while self.peek().is_some_and(is_space) {
            self.next();
            spaces += 1;
        }
        // A trim-marked delimiter begins with a space, which has just been taken.
        let before = &self.input[self.pos - 1..];
        if has_right_trim(before) && before[TRIM..].starts_with(RIGHT) {
            self.backup();
            if spaces == 1 {
                return Next::RightDelim;
            }
        }
        self.emit(Kind::Space)
    }

    fn identifier(&mut self) -> Next {
        let code = loop {
            let code = self.next();
            if !is_alphanumeric(code) {
                break code;
            }
        };
        self.backup();
        if !self.at_terminator() {
            return self.error(format!("bad character {}", code_point(code)));
        }
        let kind = match Kind::keyword(&self.input[self.start..self.pos]) {
            Some(Kind::Break) if !self.break_ok => Kind::Identifier,
            Some(Kind::Continue) if !self.continue_ok => Kind::Identifier,
            Some(kind) => kind,
            None if matches!(&self.input[self.start..self.pos], b"true" | b"false") => Kind::Bool,
            None => Kind::Identifier,
        };
        self.emit(kind)
    }

    fn variable(&mut self) -> Next {
        self.field_or_variable(Kind::Variable)
    }

    fn field_or_variable(&mut self, kind: Kind) -> Next {
        if self.at_terminator() {
            return self.emit(if kind == Kind::Variable { kind } else { Kind::Dot });
        }
        let code = loop {
            let code = self.next();
            if !is_alphanumeric(code) {
                break code;
            }
        };
        self.backup();
        if !self.at_terminator() {
            return self.error(format!("bad character {}", code_point(code)));
        }
        self.emit(kind)
    }

    fn at_terminator(&mut self) -> bool {
        match self.peek() {
            None => true,
            Some(code) if is_space(code) => true,
            Some(code) if matches!(char::from_u32(code), Some('.' | ',' | '|' | ':' | ')' | '(')) => true,
            _ => self.rest().starts_with(RIGHT),
        }
    }

    fn quoted(&mut self, end: u8, unterminated: &str, kind: Kind) -> Next {
        loop {
            let mut code = self.next();
            if code == Some('\\' as u32) {
                code = self.next();
                if code.is_some_and(|code| code != '\n' as u32) {
                    continue;
                }
            }
            match code {
                None => return self.error(unterminated.to_owned()),
                Some(code) if code == '\n' as u32 => return self.error(unterminated.to_owned()),
                Some(code) if code == end as u32 => return self.emit(kind),
                Some(_) => {}
            }
        }
    }

    fn raw_string(&mut self) -> Next {
        loop {
            match self.next() {
                None => return self.error("unterminated raw quoted string".to_owned()),
                Some(code) if code == '`' as u32 => return self.emit(Kind::RawString),
                Some(_) => {}
            }
        }
    }

    fn number(&mut self) -> Next {
        if !self.scan_number() {
            return self.bad_number();
        }
        if self.peek().is_some_and(|sign| sign == '+' as u32 || sign == '-' as u32) {
            if !self.scan_number() || self.input[self.pos - 1] != b'i' {
                return self.bad_number();
            }
            return self.emit(Kind::Complex);
        }
        self.emit(Kind::Number)
    }

    fn bad_number(&mut self) -> Next {
        self.error(format!("bad number syntax: {}", quote::quoted(&self.input[self.start..self.pos])))
    }

    fn accept(&mut self, valid: &str) -> bool {
        if self.next().and_then(char::from_u32).is_some_and(|c| valid.contains(c)) {
            return true;
        }
        self.backup();
        false
    }

    fn accept_run(&mut self, valid: &str) {
        while self.accept(valid) {}
    }

    fn scan_number(&mut self) -> bool {
        self.accept("+-");
        let mut digits = "0123456789_";
        if self.accept("0") {
            if self.accept("xX") {
                digits = "0123456789abcdefABCDEF_";
            } else if self.accept("oO") {
                digits = "01234567_";
            } else if self.accept("bB") {
                digits = "01_";
            }
        }
        self.accept_run(digits);
        if self.accept(".") {
            self.accept_run(digits);
        }
        if digits.len() == 11 && self.accept("eE") {
            self.accept("+-");
            self.accept_run("0123456789_");
        }
        if digits.len() == 23 && self.accept("pP") {
            self.accept("+-");
            self.accept_run("0123456789_");
        }
        self.accept("i");
        if is_alphanumeric(self.peek()) {
            self.next();
            return false;
        }
        true
    }
}

/// `%#U`, where the end of the text counts as minus one.
fn code_point(code: Option<u32>) -> String {
    let Some(code) = code else {
        return "U+FFFFFFFFFFFFFFFF".to_owned();
    };
    match char::from_u32(code) {
        Some(c) if unicode::is_print(code) => format!("U+{code:04X} '{c}'"),
        _ => format!("U+{code:04X}"),
    }
}

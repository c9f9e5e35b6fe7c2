//! The states within a value: strings, numbers, dates, booleans.

use super::{EOF, Item, Kind, Lexer, State, is_digit, is_hex, is_newline, is_space, plain, rune, within};
use chartwright_go::{quote, unicode};

impl Lexer<'_> {
    /// A step inside of a value; other states are [`Lexer::step`]'s.
    pub(super) fn scalar(&mut self, state: State) -> Option<State> {
        match state {
            State::String | State::RawString => self.string(matches!(state, State::RawString)),
            State::MultilineString | State::MultilineRawString => self.multiline(matches!(state, State::MultilineRawString)),
            State::MultilineEscape => {
                if is_newline(self.next()) {
                    return Some(State::MultilineString);
                }
                self.backup();
                self.then(State::MultilineString, State::Escape)
            }
            State::Escape => {
                self.escaped = true;
                let r = self.next();
                match char::from_u32(r) {
                    Some('e' | 'b' | 't' | 'n' | 'f' | 'r' | '"' | ' ' | '\t' | '\\') => self.stack.pop(),
                    Some('x') => Some(State::HexEscape(2)),
                    Some('u') => Some(State::HexEscape(4)),
                    Some('U') => Some(State::HexEscape(8)),
                    _ => self.error(format!("invalid escape in string '\\{}'", plain(r))),
                }
            }
            State::HexEscape(count) => {
                let (word, letter) = match count {
                    2 => ("two", 'x'),
                    4 => ("four", 'u'),
                    _ => ("eight", 'U'),
                };
                for _ in 0..count {
                    if !is_hex(self.next()) {
                        let found = quote::quoted(self.current());
                        return self.errorf(format!("expected {word} hexadecimal digits after '\\{letter}', but got {found} instead"));
                    }
                }
                self.stack.pop()
            }
            State::NumberOrDateStart => Some(if self.next() == '0' as u32 { State::BaseNumberOrDate } else { State::NumberOrDate }),
            State::NumberOrDate => match self.next() {
                r if is_digit(r) => Some(State::NumberOrDate),
                r if within(r, "-:") => Some(State::Datetime),
                r if r == '_' as u32 => Some(State::DecimalNumber),
                r if within(r, ".eE") => Some(State::Float),
                _ => self.end_number(Kind::Integer),
            },
            State::Datetime => match self.next() {
                r if is_digit(r) || within(r, "-:Tt .Zz+") => Some(State::Datetime),
                _ => {
                    self.backup();
                    let text = self.current().trim_ascii();
                    self.items.push_back(Ok(Item { kind: Kind::Datetime, text, line: self.line }));
                    self.ignore();
                    self.stack.pop()
                }
            },
            State::HexInteger => match self.next() {
                r if is_hex(r) || r == '_' as u32 => Some(State::HexInteger),
                _ => self.end_number(Kind::Integer),
            },
            State::OctalInteger => match self.next() {
                r if within(r, "01234567_") => Some(State::OctalInteger),
                _ => self.end_number(Kind::Integer),
            },
            State::BinaryInteger => match self.next() {
                r if within(r, "01_") => Some(State::BinaryInteger),
                _ => self.end_number(Kind::Integer),
            },
            State::DecimalNumber => match self.next() {
                r if is_digit(r) || r == '_' as u32 => Some(State::DecimalNumber),
                r if within(r, ".eE") => Some(State::Float),
                _ => self.end_number(Kind::Integer),
            },
            State::DecimalNumberStart => self.signed(),
            State::BaseNumberOrDate => self.based(),
            State::Float => match self.next() {
                r if is_digit(r) || within(r, "_.-+eE") => Some(State::Float),
                _ => self.end_number(Kind::Float),
            },
            State::Bool => {
                let start = self.pos;
                while unicode::is_letter(self.next()) && self.items.is_empty() {}
                self.backup();
                let word = &self.input[start..self.pos];
                if matches!(word, b"true" | b"false") {
                    return self.done(Kind::Bool);
                }
                self.errorf(format!("expected value but found {} instead", quote::quoted(word)))
            }
            _ => None,
        }
    }

    pub(super) fn value(&mut self) -> Option<State> {
        let r = self.next();
        if is_space(r) {
            return self.skip_to(State::Value);
        }
        if is_digit(r) {
            self.backup();
            return Some(State::NumberOrDateStart);
        }
        match char::from_u32(r) {
            Some('[') => {
                self.ignore();
                self.emit(Kind::Array);
                return Some(State::ArrayValue);
            }
            Some('{') => {
                self.ignore();
                self.emit(Kind::InlineTableStart);
                return Some(State::InlineValue);
            }
            Some(quote @ ('"' | '\'')) => {
                let raw = quote == '\'';
                if self.accept(quote) {
                    if self.accept(quote) {
                        return self.skip_to(if raw { State::MultilineRawString } else { State::MultilineString });
                    }
                    self.backup();
                }
                return self.skip_to(if raw { State::RawString } else { State::String });
            }
            Some('.') => return self.errorf("floats must start with a digit, not '.'"),
            Some('i' | 'n') if (self.accept('n') && self.accept('f')) || (self.accept('a') && self.accept('n')) => {
                return self.done(Kind::Float);
            }
            Some('-' | '+') => return Some(State::DecimalNumberStart),
            _ => {}
        }
        if unicode::is_letter(r) {
            self.backup();
            return Some(State::Bool);
        }
        if r == EOF {
            return self.errorf("unexpected EOF; expected value");
        }
        let message = format!("expected value but found {} instead", rune(r));
        if r == '\n' as u32 { self.error_line_before(message) } else { self.errorf(message) }
    }

    fn string(&mut self, raw: bool) -> Option<State> {
        let (end, state) = if raw { ('\'', State::RawString) } else { ('"', State::String) };
        let r = self.next();
        if r == EOF {
            return self.errorf(if raw { "unexpected EOF; expected \"'\"" } else { "unexpected EOF; expected '\"'" });
        }
        if is_newline(r) {
            return self.error_line_before("strings cannot contain newlines".to_owned());
        }
        if r == '\\' as u32 && !raw {
            return self.then(State::String, State::Escape);
        }
        if r != end as u32 {
            return Some(state);
        }
        self.backup();
        match (raw, self.escaped) {
            (true, _) => self.emit(Kind::RawString),
            (false, true) => {
                self.escaped = false;
                self.emit(Kind::StringEscaped);
            }
            (false, false) => self.emit(Kind::String),
        }
        self.next();
        self.ignore();
        self.stack.pop()
    }

    fn multiline(&mut self, raw: bool) -> Option<State> {
        let (quote, state) = if raw { ('\'', State::MultilineRawString) } else { ('"', State::MultilineString) };
        let r = self.next();
        if r == EOF {
            return self.errorf(if raw { "unexpected EOF; expected \"'''\"" } else { "unexpected EOF; expected '\"\"\"'" });
        }
        if r == '\\' as u32 && !raw {
            return Some(State::MultilineEscape);
        }
        if r != quote as u32 || !self.accept(quote) {
            return Some(state);
        }
        if !self.accept(quote) {
            self.backup();
            return Some(state);
        }
        if self.peek() == quote as u32 {
            // The text may end with two quotes of its own; with three it would be ambiguous.
            let current = self.current();
            let five = [quote as u8; 5];
            let escaped = !raw && current.ends_with(b"\\\"\"\"\"\"");
            if current.ends_with(&five) && !escaped {
                return self.errorf(if raw { "unexpected \"''''''\"" } else { "unexpected '\"\"\"\"\"\"'" });
            }
            self.backup();
            self.backup();
            return Some(state);
        }
        (0..3).for_each(|_| self.backup());
        if !raw {
            self.escaped = false;
        }
        self.emit(if raw { Kind::RawMultilineString } else { Kind::MultilineString });
        (0..3).for_each(|_| {
            self.next();
        });
        self.ignore();
        self.stack.pop()
    }

    /// What follows a sign.
    fn signed(&mut self) -> Option<State> {
        let r = self.next();
        let c = char::from_u32(r);
        match c {
            Some('i' | 'n') => {
                let (second, third) = if c == Some('i') { ('n', 'f') } else { ('a', 'n') };
                if !self.accept(second) || !self.accept(third) {
                    let text = String::from_utf8_lossy(self.current()).into_owned();
                    return self.errorf(format!("invalid float: '{text}'"));
                }
                return self.done(Kind::Float);
            }
            Some('0') => {
                let base = self.peek();
                if within(base, "box") {
                    let text = String::from_utf8_lossy(self.current()).into_owned();
                    return self.errorf(format!("cannot use sign with non-decimal numbers: '{text}{}'", plain(base)));
                }
            }
            Some('.') => return self.errorf("floats must start with a digit, not '.'"),
            _ => {}
        }
        if is_digit(r) { Some(State::DecimalNumber) } else { self.errorf(format!("expected a digit but got {}", rune(r))) }
    }

    /// What follows a zero.
    fn based(&mut self) -> Option<State> {
        let r = self.next();
        if is_digit(r) {
            return Some(State::NumberOrDate);
        }
        let (set, name, state) = match char::from_u32(r) {
            Some('_') => return Some(State::DecimalNumber),
            Some('.' | 'e' | 'E') => return Some(State::Float),
            Some('b') => ("01", "a binary", State::BinaryInteger),
            Some('o') => ("01234567", "an octal", State::OctalInteger),
            Some('x') => ("0123456789abcdefABCDEF", "a hexadecimal", State::HexInteger),
            _ => return self.end_number(Kind::Integer),
        };
        let found = self.peek();
        if !within(found, set) {
            let text = String::from_utf8_lossy(self.current()).into_owned();
            return self.errorf(format!("not {name} number: '{text}{}'", plain(found)));
        }
        Some(state)
    }
}

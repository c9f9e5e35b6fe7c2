//! TOML's tokens, by the states of the library's lexer, so that its errors come out at the same places. Source: `lex.go`.

use chartwright_go::{quote, unicode, utf8};
use std::collections::VecDeque;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Eof,
    Text,
    String,
    StringEscaped,
    RawString,
    MultilineString,
    RawMultilineString,
    Bool,
    Integer,
    Float,
    Datetime,
    Array,
    ArrayEnd,
    TableStart,
    TableEnd,
    ArrayTableStart,
    ArrayTableEnd,
    KeyStart,
    KeyEnd,
    CommentStart,
    InlineTableStart,
    InlineTableEnd,
}

/// A token.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a [u8],
    pub(super) line: i64,
}

/// An error and the line that it names.
pub(super) struct LexError {
    pub(super) message: String,
    pub(super) line: i64,
}

#[derive(Clone, Copy)]
enum State {
    Top,
    TopEnd,
    TableStart,
    TableEnd,
    ArrayTableEnd,
    TableNameStart,
    TableNameEnd,
    BareName,
    QuotedName,
    KeyStart,
    KeyNameStart,
    KeyEnd,
    Value,
    ArrayValue,
    ArrayValueEnd,
    ArrayEnd,
    InlineValue,
    InlineValueEnd,
    InlineEnd,
    String,
    MultilineString,
    RawString,
    MultilineRawString,
    MultilineEscape,
    Escape,
    HexEscape(u8),
    NumberOrDateStart,
    NumberOrDate,
    Datetime,
    HexInteger,
    OctalInteger,
    BinaryInteger,
    DecimalNumber,
    DecimalNumberStart,
    BaseNumberOrDate,
    Float,
    Bool,
    CommentStart,
    Comment,
}

/// The end of the text; a NUL in it is an error, so that the two are not confused.
const EOF: u32 = 0;
const REPLACEMENT: u32 = 0xFFFD;

/// See the module.
pub(super) struct Lexer<'a> {
    input: &'a [u8],
    start: usize,
    pos: usize,
    line: i64,
    state: Option<State>,
    items: VecDeque<Result<Item<'a>, LexError>>,
    escaped: bool,
    widths: [usize; 4],
    at_eof: bool,
    stack: Vec<State>,
}

const fn is_space(r: u32) -> bool {
    r == '\t' as u32 || r == ' ' as u32
}

const fn is_newline(r: u32) -> bool {
    r == '\n' as u32 || r == '\r' as u32
}

fn within(r: u32, set: &str) -> bool {
    char::from_u32(r).is_some_and(|c| c != '\0' && set.contains(c))
}

fn is_digit(r: u32) -> bool {
    char::from_u32(r).is_some_and(|c| c.is_ascii_digit())
}

fn is_hex(r: u32) -> bool {
    char::from_u32(r).is_some_and(|c| c.is_ascii_hexdigit())
}

fn rune(r: u32) -> String {
    let mut out = Vec::new();
    quote::quote_rune(&mut out, r, false);
    String::from_utf8_lossy(&out).into_owned()
}

fn plain(r: u32) -> char {
    char::from_u32(r).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl<'a> Lexer<'a> {
    pub(super) fn new(input: &'a [u8]) -> Lexer<'a> {
        Lexer {
            input,
            start: 0,
            pos: 0,
            line: 1,
            state: Some(State::Top),
            items: VecDeque::new(),
            escaped: false,
            widths: [0; 4],
            at_eof: false,
            stack: Vec::new(),
        }
    }

    /// The next token.
    pub(super) fn next_item(&mut self) -> Result<Item<'a>, LexError> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return item;
            }
            let Some(state) = self.state else {
                return Err(LexError { message: "unexpected EOF".to_owned(), line: self.line });
            };
            self.state = self.step(state);
        }
    }

    fn current(&self) -> &'a [u8] {
        self.input.get(self.start..self.pos).unwrap_or_default()
    }

    fn emit(&mut self, kind: Kind) {
        if self.start > self.pos {
            // A multi-line string that ends in the middle of a character.
            let byte = self.input.get(self.pos).copied().unwrap_or(0);
            self.error(format!("invalid UTF-8 byte: 0x{byte:02x}"));
            return;
        }
        self.items.push_back(Ok(Item { kind, text: self.current(), line: self.line }));
        self.start = self.pos;
    }

    fn next(&mut self) -> u32 {
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

    fn backup(&mut self) {
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

    fn ignore(&mut self) {
        self.start = self.pos;
    }

    fn accept(&mut self, valid: char) -> bool {
        if self.next() == valid as u32 {
            return true;
        }
        self.backup();
        false
    }

    fn peek(&mut self) -> u32 {
        let r = self.next();
        self.backup();
        r
    }

    fn skip_space(&mut self) {
        while is_space(self.next()) {}
        self.backup();
        self.ignore();
    }

    /// Ends with an error at the current line; at the text's end, at the line before it.
    fn error(&mut self, message: String) -> Option<State> {
        let line = self.line - self.at_eof as i64;
        self.items.push_back(Err(LexError { message, line }));
        None
    }

    fn error_line_before(&mut self, message: String) -> Option<State> {
        self.items.push_back(Err(LexError { message, line: self.line - 1 }));
        None
    }

    /// Ends with an error; at the text's end, at the last line that has anything.
    fn errorf(&mut self, message: impl Into<String>) -> Option<State> {
        let empty = self.at_eof && self.pos >= 1 && self.input[self.pos - 1] == b'\n';
        self.items.push_back(Err(LexError { message: message.into(), line: self.line - empty as i64 }));
        None
    }

    fn skip_to(&mut self, state: State) -> Option<State> {
        self.ignore();
        Some(state)
    }

    fn then(&mut self, after: State, now: State) -> Option<State> {
        self.stack.push(after);
        Some(now)
    }

    fn done(&mut self, kind: Kind) -> Option<State> {
        self.emit(kind);
        self.stack.pop()
    }

    /// What is not part of a number ends it.
    fn end_number(&mut self, kind: Kind) -> Option<State> {
        self.backup();
        self.done(kind)
    }

    fn step(&mut self, state: State) -> Option<State> {
        match state {
            State::Top => {
                let r = self.next();
                if is_space(r) || is_newline(r) {
                    return self.skip_to(State::Top);
                }
                match char::from_u32(r) {
                    Some('#') => self.then(State::Top, State::CommentStart),
                    Some('[') => Some(State::TableStart),
                    Some('\0') => {
                        self.emit(Kind::Eof);
                        None
                    }
                    _ => {
                        self.backup();
                        self.then(State::TopEnd, State::KeyStart)
                    }
                }
            }
            State::TopEnd => match self.next() {
                r if r == '#' as u32 => self.then(State::Top, State::CommentStart),
                r if is_space(r) => Some(State::TopEnd),
                r if is_newline(r) => self.skip_to(State::Top),
                EOF => {
                    self.emit(Kind::Eof);
                    None
                }
                r => self.errorf(format!("expected a top-level item to end with a newline, comment, or EOF, but got {} instead", rune(r))),
            },
            State::TableStart => {
                if self.peek() == '[' as u32 {
                    self.next();
                    self.emit(Kind::ArrayTableStart);
                    self.then(State::ArrayTableEnd, State::TableNameStart)
                } else {
                    self.emit(Kind::TableStart);
                    self.then(State::TableEnd, State::TableNameStart)
                }
            }
            State::TableEnd => {
                self.emit(Kind::TableEnd);
                Some(State::TopEnd)
            }
            State::ArrayTableEnd => {
                let r = self.next();
                if r != ']' as u32 {
                    return self.errorf(format!("expected end of table array name delimiter ']', but got {} instead", rune(r)));
                }
                self.emit(Kind::ArrayTableEnd);
                Some(State::TopEnd)
            }
            State::TableNameStart => {
                self.skip_space();
                match char::from_u32(self.peek()) {
                    Some(']' | '\0') => self.errorf("unexpected end of table name (table names cannot be empty)"),
                    Some('.') => self.errorf("unexpected table separator (table names cannot be empty)"),
                    Some('"' | '\'') => {
                        self.ignore();
                        self.then(State::TableNameEnd, State::QuotedName)
                    }
                    _ => self.then(State::TableNameEnd, State::BareName),
                }
            }
            State::TableNameEnd => {
                self.skip_space();
                let r = self.next();
                match char::from_u32(r) {
                    Some('.') => self.skip_to(State::TableNameStart),
                    Some(']') => self.stack.pop(),
                    _ => self.errorf(format!("expected '.' or ']' to end table name, but got {} instead", rune(r))),
                }
            }
            State::BareName => {
                let r = self.next();
                if char::from_u32(r).is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
                    return Some(State::BareName);
                }
                self.backup();
                self.done(Kind::Text)
            }
            State::QuotedName => {
                let r = self.next();
                self.skip_to(if r == '"' as u32 { State::String } else { State::RawString })
            }
            State::KeyStart => {
                self.skip_space();
                match char::from_u32(self.peek()) {
                    Some('=' | '\0') => self.errorf("unexpected '=': key name appears blank"),
                    Some('.') => self.errorf("unexpected '.': keys cannot start with a '.'"),
                    _ => {
                        self.emit(Kind::KeyStart);
                        Some(State::KeyNameStart)
                    }
                }
            }
            State::KeyNameStart => {
                self.skip_space();
                match char::from_u32(self.peek()) {
                    Some('=' | '\0') => self.errorf("unexpected '='"),
                    Some('.') => self.errorf("unexpected '.'"),
                    Some('"' | '\'') => {
                        self.ignore();
                        self.then(State::KeyEnd, State::QuotedName)
                    }
                    _ => self.then(State::KeyEnd, State::BareName),
                }
            }
            State::KeyEnd => {
                self.skip_space();
                let r = self.next();
                match char::from_u32(r) {
                    Some('\0') => self.errorf("unexpected EOF; expected key separator '='"),
                    Some('.') => self.skip_to(State::KeyNameStart),
                    Some('=') => {
                        self.emit(Kind::KeyEnd);
                        self.skip_to(State::Value)
                    }
                    c => {
                        let message = format!("expected '.' or '=', but got {} instead", rune(r));
                        if c == Some('\n') { self.error_line_before(message) } else { self.errorf(message) }
                    }
                }
            }
            State::Value => self.value(),
            State::ArrayValue => match self.next() {
                r if is_space(r) || is_newline(r) => self.skip_to(State::ArrayValue),
                r if r == '#' as u32 => self.then(State::ArrayValue, State::CommentStart),
                r if r == ',' as u32 => self.errorf("unexpected comma"),
                r if r == ']' as u32 => Some(State::ArrayEnd),
                _ => {
                    self.backup();
                    self.then(State::ArrayValueEnd, State::Value)
                }
            },
            State::ArrayValueEnd => match self.next() {
                r if is_space(r) || is_newline(r) => self.skip_to(State::ArrayValueEnd),
                r if r == '#' as u32 => self.then(State::ArrayValueEnd, State::CommentStart),
                r if r == ',' as u32 => self.skip_to(State::ArrayValue),
                r if r == ']' as u32 => Some(State::ArrayEnd),
                r => {
                    let found = rune_or_eof(r);
                    self.errorf(format!("expected a comma (',') or array terminator (']'), but got {found}"))
                }
            },
            State::ArrayEnd => {
                self.ignore();
                self.done(Kind::ArrayEnd)
            }
            State::InlineValue => match self.next() {
                r if is_space(r) || is_newline(r) => self.skip_to(State::InlineValue),
                r if r == '#' as u32 => self.then(State::InlineValue, State::CommentStart),
                r if r == ',' as u32 => self.errorf("unexpected comma"),
                r if r == '}' as u32 => Some(State::InlineEnd),
                _ => {
                    self.backup();
                    self.then(State::InlineValueEnd, State::KeyStart)
                }
            },
            State::InlineValueEnd => match self.next() {
                r if is_space(r) || is_newline(r) => self.skip_to(State::InlineValueEnd),
                r if r == '#' as u32 => self.then(State::InlineValueEnd, State::CommentStart),
                r if r == ',' as u32 => {
                    self.ignore();
                    self.skip_space();
                    Some(if self.peek() == '}' as u32 { State::InlineValueEnd } else { State::InlineValue })
                }
                r if r == '}' as u32 => Some(State::InlineEnd),
                r => {
                    let found = rune_or_eof(r);
                    self.errorf(format!("expected a comma or an inline table terminator '}}', but got {found} instead"))
                }
            },
            State::InlineEnd => {
                self.ignore();
                self.done(Kind::InlineTableEnd)
            }
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
            State::CommentStart => {
                self.ignore();
                self.emit(Kind::CommentStart);
                Some(State::Comment)
            }
            State::Comment => match self.next() {
                r if is_newline(r) || r == EOF => {
                    self.backup();
                    self.done(Kind::Text)
                }
                _ => Some(State::Comment),
            },
        }
    }

    fn value(&mut self) -> Option<State> {
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

fn rune_or_eof(r: u32) -> String {
    if r == EOF { "end of file".to_owned() } else { format!("'{}'", plain(r)) }
}

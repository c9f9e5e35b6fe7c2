//! TOML's tokens, by the states of the library's lexer, so that its errors come out at the same places. Source: `lex.go`.
//! Reading and complaining is in `lexer/cursor`, values in `lexer/scalar`.

mod cursor;
mod scalar;

use chartwright_go::quote;
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
            _ => self.scalar(state),
        }
    }
}

fn rune_or_eof(r: u32) -> String {
    if r == EOF { "end of file".to_owned() } else { format!("'{}'", plain(r)) }
}

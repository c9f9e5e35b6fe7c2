//! Go's template lexer over bytes: text and actions become tokens with byte positions and lines. What tokens mean together is in
//! `parse`. Source: `text/template/parse/lex.go`.

mod action;
mod token;

pub(crate) use token::{Kind, Token};

use chartwright_go::utf8;

const LEFT: &[u8] = b"{{";
const RIGHT: &[u8] = b"}}";
const LEFT_COMMENT: &[u8] = b"/*";
const RIGHT_COMMENT: &[u8] = b"*/";
/// A trim marker and the space beside it.
const TRIM: usize = 2;

/// The scanner's state.
pub(crate) struct Lexer<'a> {
    input: &'a [u8],
    pos: usize,
    start: usize,
    at_eof: bool,
    paren_depth: i64,
    line: u32,
    start_line: u32,
    inside_action: bool,
    break_ok: bool,
    continue_ok: bool,
}

/// What a scanning step leaves: a token, or the text state again.
enum Next {
    Token(Token),
    Text,
    LeftDelim,
    Comment,
    RightDelim,
}

impl<'a> Lexer<'a> {
    /// A lexer of a text. `break` and `continue` are keywords unless functions have those names.
    pub(crate) fn new(input: &'a [u8], break_ok: bool, continue_ok: bool) -> Lexer<'a> {
        Lexer {
            input,
            pos: 0,
            start: 0,
            at_eof: false,
            paren_depth: 0,
            line: 1,
            start_line: 1,
            inside_action: false,
            break_ok,
            continue_ok,
        }
    }

    /// The next token; after the end, or after an error, the end again and again.
    pub(crate) fn next_token(&mut self) -> Token {
        let mut next = if self.inside_action { self.inside_action() } else { Next::Text };
        loop {
            next = match next {
                Next::Token(token) => return token,
                Next::Text => self.text(),
                Next::LeftDelim => self.left_delim(),
                Next::Comment => self.comment(),
                Next::RightDelim => self.right_delim(),
            };
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.input.get(self.pos..).unwrap_or(b"")
    }

    fn next(&mut self) -> Option<u32> {
        if self.pos >= self.input.len() {
            self.at_eof = true;
            return None;
        }
        let (code, width) = utf8::decode(self.rest());
        self.pos += width;
        if code == '\n' as u32 {
            self.line += 1;
        }
        Some(code)
    }

    fn peek(&mut self) -> Option<u32> {
        let code = self.next();
        self.backup();
        code
    }

    fn backup(&mut self) {
        if !self.at_eof && self.pos > 0 {
            let (code, width) = utf8::decode_last(&self.input[..self.pos]);
            self.pos -= width;
            if code == '\n' as u32 {
                self.line -= 1;
            }
        }
    }

    fn this(&mut self, kind: Kind) -> Token {
        let token = Token { kind, pos: self.start as u32, len: (self.pos - self.start) as u32, line: self.start_line, error: None };
        self.start = self.pos;
        self.start_line = self.line;
        token
    }

    fn emit(&mut self, kind: Kind) -> Next {
        Next::Token(self.this(kind))
    }

    fn ignore(&mut self) {
        self.line += newlines(&self.input[self.start..self.pos]);
        self.start = self.pos;
        self.start_line = self.line;
    }

    fn error(&mut self, message: String) -> Next {
        let token = Token { kind: Kind::Error, pos: self.start as u32, len: 0, line: self.start_line, error: Some(message) };
        self.start = 0;
        self.pos = 0;
        self.input = b"";
        Next::Token(token)
    }

    fn text(&mut self) -> Next {
        if let Some(x) = find(self.rest(), LEFT) {
            if x > 0 {
                self.pos += x;
                let after = &self.input[self.pos + LEFT.len()..];
                let trimmed = if has_left_trim(after) { trailing_space(&self.input[self.start..self.pos]) } else { 0 };
                self.pos -= trimmed;
                self.line += newlines(&self.input[self.start..self.pos]);
                let token = self.this(Kind::Text);
                self.pos += trimmed;
                self.ignore();
                if token.len > 0 {
                    return Next::Token(token);
                }
            }
            return Next::LeftDelim;
        }
        self.pos = self.input.len();
        if self.pos > self.start {
            self.line += newlines(&self.input[self.start..self.pos]);
            return self.emit(Kind::Text);
        }
        self.emit(Kind::Eof)
    }

    fn at_right_delim(&self) -> Option<bool> {
        let rest = self.rest();
        if has_right_trim(rest) && rest[TRIM..].starts_with(RIGHT) {
            return Some(true);
        }
        rest.starts_with(RIGHT).then_some(false)
    }

    fn left_delim(&mut self) -> Next {
        self.pos += LEFT.len();
        let marker = if has_left_trim(self.rest()) { TRIM } else { 0 };
        if self.rest()[marker..].starts_with(LEFT_COMMENT) {
            self.pos += marker;
            self.ignore();
            return Next::Comment;
        }
        let token = self.this(Kind::LeftDelim);
        self.inside_action = true;
        self.pos += marker;
        self.ignore();
        self.paren_depth = 0;
        Next::Token(token)
    }

    fn comment(&mut self) -> Next {
        self.pos += LEFT_COMMENT.len();
        let Some(x) = find(self.rest(), RIGHT_COMMENT) else {
            return self.error("unclosed comment".to_owned());
        };
        self.pos += x + RIGHT_COMMENT.len();
        let Some(trims) = self.at_right_delim() else {
            return self.error("comment ends before closing delimiter".to_owned());
        };
        // Go counts the comment's lines here and drops the token, so that `ignore` below sees only what follows it.
        self.line += newlines(&self.input[self.start..self.pos]);
        self.this(Kind::Comment);
        self.pos += if trims { TRIM } else { 0 } + RIGHT.len();
        if trims {
            self.pos += leading_space(self.rest());
        }
        self.ignore();
        Next::Text
    }

    fn right_delim(&mut self) -> Next {
        let trims = self.at_right_delim() == Some(true);
        if trims {
            self.pos += TRIM;
            self.ignore();
        }
        self.pos += RIGHT.len();
        let token = self.this(Kind::RightDelim);
        if trims {
            self.pos += leading_space(self.rest());
            self.ignore();
        }
        self.inside_action = false;
        Next::Token(token)
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|&b| b == needle[0]) {
        if haystack[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

fn newlines(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b == b'\n').count() as u32
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn has_left_trim(bytes: &[u8]) -> bool {
    bytes.len() >= 2 && bytes[0] == b'-' && is_space(bytes[1])
}

fn has_right_trim(bytes: &[u8]) -> bool {
    bytes.len() >= 2 && is_space(bytes[0]) && bytes[1] == b'-'
}

fn leading_space(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&b| is_space(b)).count()
}

fn trailing_space(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|&&b| is_space(b)).count()
}

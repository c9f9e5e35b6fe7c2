//! Tokens, and how Go's errors write them.

use chartwright_go::quote;

/// The sort of a token. Source: `text/template/parse/lex.go`, `itemType`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Error,
    Bool,
    Char,
    CharConstant,
    Comment,
    Complex,
    Assign,
    Declare,
    Eof,
    Field,
    Identifier,
    LeftDelim,
    LeftParen,
    Number,
    Pipe,
    RawString,
    RightDelim,
    RightParen,
    Space,
    String,
    Text,
    Variable,
    // Keywords: written in angle brackets by errors.
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    End,
    If,
    Nil,
    Range,
    Template,
    With,
}

impl Kind {
    pub(crate) fn keyword(word: &[u8]) -> Option<Kind> {
        Some(match word {
            b"." => Kind::Dot,
            b"block" => Kind::Block,
            b"break" => Kind::Break,
            b"continue" => Kind::Continue,
            b"define" => Kind::Define,
            b"else" => Kind::Else,
            b"end" => Kind::End,
            b"if" => Kind::If,
            b"range" => Kind::Range,
            b"nil" => Kind::Nil,
            b"template" => Kind::Template,
            b"with" => Kind::With,
            _ => return None,
        })
    }

    fn is_keyword(self) -> bool {
        self as u8 >= Kind::Block as u8
    }
}

/// A token: a range of the text, or an error.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) pos: u32,
    pub(crate) len: u32,
    pub(crate) line: u32,
    /// The message of [`Kind::Error`].
    pub(crate) error: Option<String>,
}

impl Token {
    pub(crate) const fn none() -> Token {
        Token { kind: Kind::Eof, pos: 0, len: 0, line: 0, error: None }
    }

    pub(crate) fn text<'a>(&self, input: &'a [u8]) -> &'a [u8] {
        input.get(self.pos as usize..(self.pos + self.len) as usize).unwrap_or(b"")
    }

    /// How errors write it. Source: `text/template/parse/lex.go`, `item.String`.
    pub(crate) fn describe(&self, input: &[u8]) -> String {
        let text = self.text(input);
        match self.kind {
            Kind::Eof => "EOF".to_owned(),
            Kind::Error => self.error.clone().unwrap_or_default(),
            kind if kind.is_keyword() => format!("<{}>", String::from_utf8_lossy(text)),
            // Go compares bytes with ten but `%.10q` cuts at ten characters.
            _ if text.len() > 10 => format!("{}...", quote::quoted(first_runes(text, 10))),
            _ => quote::quoted(text),
        }
    }
}

fn first_runes(text: &[u8], count: usize) -> &[u8] {
    let end = chartwright_go::utf8::runes(text).nth(count).map_or(text.len(), |(at, _, _)| at);
    &text[..end]
}

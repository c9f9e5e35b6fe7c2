//! Go's template parser: tokens become trees, one for each definition of a text. Control structures stand here; pipelines are in
//! `parse/pipeline.rs`. What names mean at run time is decided by `compile`. Source: `text/template/parse/parse.go`.
//!
//! Nothing recurses: open blocks and open parentheses are kept on stacks of their own.

mod control;
mod pipeline;

use crate::lexer::{Kind, Lexer, Token};
use crate::tree::{NodeId, Range, Tree};
use crate::{FunctionTable, ParseError, Position};
use std::collections::HashMap;
use std::sync::Arc;

/// Nested parentheses in one expression. Source: `text/template/parse/parse.go`, `maxStackDepth`.
const MAX_PARENTHESES: usize = 10_000;

/// Texts larger than this are refused, since positions are 32 bits wide.
const MAX_SOURCE: usize = 1 << 30;

/// How many nodes a tree may have: they take some fifty bytes each with what is compiled from them. The largest public charts have
/// a fifth of it in all their templates together.
pub(crate) const MAX_NODES: usize = 1 << 20;

/// What a template has in scope at its beginning: `$`, whose name stands nowhere in the source.
const ROOT_VARS: &[Range] = &[Range { start: 0, len: 0 }];

/// One definition: the text itself, a `define`, or a `block`.
pub(crate) struct Definition {
    pub(crate) name: Vec<u8>,
    pub(crate) list: NodeId,
}

/// A parsed text.
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    /// What it defines, without duplicates; the text's own list stands under its file's name.
    pub(crate) definitions: Vec<Definition>,
}

/// Parses a text.
pub(crate) fn parse(file: &str, source: Arc<[u8]>, functions: &FunctionTable) -> Result<Parsed, ParseError> {
    if source.len() > MAX_SOURCE {
        return Err(ParseError::too_large(file, "the text is too large"));
    }
    let text = source.clone();
    let mut parser = Parser {
        lexer: Lexer::new(&text, !functions.has("break"), !functions.has("continue")),
        source: &text,
        tree: Tree::new(file.into(), source),
        functions,
        definitions: Vec::new(),
        tokens: [Token::none(), Token::none(), Token::none()],
        peeked: 0,
        defined: HashMap::new(),
        vars: ROOT_VARS.to_vec(),
        action_line: 0,
        range_depth: 0,
    };
    parser.file()?;
    Ok(Parsed { tree: parser.tree, definitions: parser.definitions })
}

pub(crate) struct Parser<'a> {
    lexer: Lexer<'a>,
    source: &'a [u8],
    tree: Tree,
    functions: &'a FunctionTable,
    definitions: Vec<Definition>,
    defined: HashMap<Vec<u8>, usize>,
    tokens: [Token; 3],
    peeked: usize,
    /// Variables in scope, by their name's place in the source; an empty name is `$`.
    vars: Vec<Range>,
    action_line: u32,
    range_depth: usize,
}

type Parse<T> = Result<T, ParseError>;

impl Parser<'_> {
    fn next(&mut self) -> Token {
        if self.peeked > 0 {
            self.peeked -= 1;
        } else {
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked].clone()
    }

    fn backup(&mut self) {
        self.peeked += 1;
    }

    fn backup2(&mut self, first: Token) {
        self.tokens[1] = first;
        self.peeked = 2;
    }

    fn backup3(&mut self, first: Token, second: Token) {
        self.tokens[1] = second;
        self.tokens[2] = first;
        self.peeked = 3;
    }

    fn peek(&mut self) -> Token {
        if self.peeked == 0 {
            self.peeked = 1;
            self.tokens[0] = self.lexer.next_token();
        }
        self.tokens[self.peeked - 1].clone()
    }

    fn next_non_space(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != Kind::Space {
                return token;
            }
        }
    }

    fn peek_non_space(&mut self) -> Token {
        let token = self.next_non_space();
        self.backup();
        token
    }

    fn expect(&mut self, kind: Kind, context: &str) -> Parse<Token> {
        let token = self.next_non_space();
        if token.kind == kind { Ok(token) } else { Err(self.unexpected(&token, context)) }
    }

    fn text(&self, token: &Token) -> &[u8] {
        token.text(self.source)
    }

    fn error(&self, message: impl std::fmt::Display) -> ParseError {
        let (file, line) = (&self.tree.file, self.tokens[0].line);
        ParseError {
            message: format!("template: {file}:{line}: {message}"),
            position: Position { file: file.to_string(), line: line as usize, column: None },
        }
    }

    fn unexpected(&self, token: &Token, context: &str) -> ParseError {
        let described = token.describe(self.source);
        if token.kind != Kind::Error {
            return self.error(format_args!("unexpected {described} in {context}"));
        }
        if self.action_line == 0 || self.action_line == token.line {
            return self.error(described);
        }
        // "unclosed action in action started at" would say it twice.
        let link = if described.ends_with(" action") { "" } else { " in action" };
        self.error(format_args!("{described}{link} started at {}:{}", self.tree.file, self.action_line))
    }
}

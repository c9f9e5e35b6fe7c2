//! Text to tokens, as libyaml and its Go port cut it (`scannerc.go`): the queue of tokens, indentation, simple keys.
//! The scalars are in [`scalar`], tags and directives in [`tag`], what bytes are text at all in [`reader`].

pub(crate) mod cursor;
pub(crate) mod reader;
mod scalar;
mod tag;

use cursor::Cursor;
pub(crate) use cursor::Mark;
use std::borrow::Cow;
use std::collections::VecDeque;

/// How deep flow collections and how deep block collections may nest (Go `max_flow_level`, `max_indents`).
const MAX_DEPTH: usize = 10_000;

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScalarStyle {
    /// No quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

#[derive(Debug)]
pub(crate) enum TokenKind<'a> {
    StreamStart,
    StreamEnd,
    Version {
        major: u8,
        minor: u8,
    },
    /// Handle and prefix.
    TagDirective(Box<(String, String)>),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'a str),
    Anchor(&'a str),
    /// Handle and suffix; boxed, since tokens are moved about and tags are rare.
    Tag(Box<(String, String)>),
    Scalar {
        value: Cow<'a, str>,
        style: ScalarStyle,
    },
}

#[derive(Debug)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind<'a>,
    pub(crate) start: Mark,
    pub(crate) end: Mark,
}

/// Which layer found the fault: Go counts its lines differently for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layer {
    Reader,
    Scanner,
    Parser,
}

/// A syntax error before it is put into words.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) layer: Layer,
    pub(crate) text: Cow<'static, str>,
    pub(crate) at: Mark,
    pub(crate) context: Mark,
}

pub(crate) type Scan<T = ()> = Result<T, Box<Problem>>;

/// A place where a key may have begun, should a `:` follow on the same line.
#[derive(Clone, Copy, Default)]
struct SimpleKey {
    possible: bool,
    required: bool,
    /// Go finds keys by their token's number and loses one that is an empty flow collection.
    listed: bool,
    token: usize,
    mark: Mark,
}

pub(crate) struct Scanner<'a> {
    cursor: Cursor<'a>,
    fault: Option<reader::Fault>,
    tokens: VecDeque<Token<'a>>,
    /// How many tokens were handed out.
    parsed: usize,
    /// Whether the first token is known to stay the first: no key will be put before it.
    ready: bool,
    started: bool,
    ended: bool,
    indent: i64,
    indents: Vec<i64>,
    /// One for the block context, and one more for each open flow collection.
    keys: Vec<SimpleKey>,
    key_allowed: bool,
}

impl<'a> Scanner<'a> {
    /// A scanner of checked text. A fault of the bytes after it is told once the scanner comes near.
    pub(crate) fn new(text: &'a str, fault: Option<reader::Fault>) -> Scanner<'a> {
        Scanner {
            cursor: Cursor::new(text),
            fault,
            tokens: VecDeque::new(),
            parsed: 0,
            ready: false,
            started: false,
            ended: false,
            indent: -1,
            indents: Vec::new(),
            keys: vec![SimpleKey::default()],
            key_allowed: true,
        }
    }

    /// The next token, left in place. After the end of the stream it stays at [`TokenKind::StreamEnd`].
    pub(crate) fn peek(&mut self) -> Scan<&mut Token<'a>> {
        while !self.ready && self.needs_more()? {
            let fetched = self.fetch();
            if let Some(fault) = &self.fault
                && self.cursor.mark.at() + 4 > self.cursor.text.len()
            {
                return Err(Box::new(fault.problem()));
            }
            fetched?;
        }
        self.ready = true;
        // `needs_more` holds while the queue is empty.
        let at = self.cursor.mark;
        self.tokens.front_mut().ok_or_else(|| problem(at, at, "unknown problem parsing YAML content"))
    }

    /// Takes the token that [`Scanner::peek`] showed.
    pub(crate) fn next(&mut self) -> Scan<Token<'a>> {
        self.peek()?;
        let at = self.cursor.mark;
        let token = self.tokens.pop_front().ok_or_else(|| problem(at, at, "unknown problem parsing YAML content"))?;
        self.parsed += 1;
        self.ready = false;
        Ok(token)
    }

    fn needs_more(&mut self) -> Scan<bool> {
        if self.tokens.is_empty() {
            return Ok(true);
        }
        let head = self.parsed;
        // The keys' token numbers rise with the depth of their collections.
        let mut at = self.keys.partition_point(|key| key.token < head);
        while at < self.keys.len() && self.keys[at].token == head {
            if self.keys[at].possible && self.keys[at].listed {
                return Ok(self.key_is_valid(at)? && !self.ended);
            }
            at += 1;
        }
        Ok(false)
    }

    fn key_is_valid(&mut self, at: usize) -> Scan<bool> {
        let here = self.cursor.mark;
        let key = &mut self.keys[at];
        if !key.possible {
            return Ok(false);
        }
        if key.mark.line < here.line || key.mark.index + 1024 < here.index {
            if key.required {
                return Err(problem(here, key.mark, "could not find expected ':'"));
            }
            key.possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    fn next_number(&self) -> usize {
        self.parsed + self.tokens.len()
    }

    fn last_key(&mut self) -> &mut SimpleKey {
        if self.keys.is_empty() {
            self.keys.push(SimpleKey::default());
        }
        let last = self.keys.len() - 1;
        &mut self.keys[last]
    }

    fn save_key(&mut self) -> Scan {
        if self.key_allowed {
            let mark = self.cursor.mark;
            let required = self.flow_level() == 0 && self.indent == i64::from(mark.column);
            self.remove_key()?;
            let token = self.next_number();
            *self.last_key() = SimpleKey { possible: true, required, listed: true, token, mark };
        }
        Ok(())
    }

    fn remove_key(&mut self) -> Scan {
        let here = self.cursor.mark;
        let key = self.last_key();
        if key.possible && key.required {
            return Err(problem(here, key.mark, "could not find expected ':'"));
        }
        key.possible = false;
        Ok(())
    }

    fn flow_level(&self) -> usize {
        self.keys.len() - 1
    }

    /// Adds a token at the end, or before those that came since the given one.
    fn insert(&mut self, number: Option<usize>, token: Token<'a>) {
        match number.and_then(|number| number.checked_sub(self.parsed)) {
            Some(at) if at <= self.tokens.len() => self.tokens.insert(at, token),
            _ => self.tokens.push_back(token),
        }
    }

    fn push(&mut self, kind: TokenKind<'a>, start: Mark) {
        let end = self.cursor.mark;
        self.tokens.push_back(Token { kind, start, end });
    }

    fn roll_indent(&mut self, mark: Mark, number: Option<usize>, kind: TokenKind<'a>) -> Scan {
        let column = i64::from(mark.column);
        if self.flow_level() == 0 && self.indent < column {
            self.indents.push(self.indent);
            self.indent = column;
            if self.indents.len() > MAX_DEPTH {
                let context = self.last_key().mark;
                return Err(problem(self.cursor.mark, context, "exceeded max depth of 10000"));
            }
            self.insert(number, Token { kind, start: mark, end: mark });
        }
        Ok(())
    }

    fn unroll_indent(&mut self, column: i64) {
        while self.flow_level() == 0 && self.indent > column {
            self.push(TokenKind::BlockEnd, self.cursor.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn fetch(&mut self) -> Scan {
        if !self.started {
            self.started = true;
            self.push(TokenKind::StreamStart, self.cursor.mark);
            return Ok(());
        }
        self.skip_to_token();
        let start = self.cursor.mark;
        self.unroll_indent(i64::from(start.column));
        let (first, flow) = (self.cursor.byte(0), self.flow_level() > 0);
        if first == 0 {
            return self.fetch_stream_end();
        }
        if start.column == 0 && first == b'%' {
            self.unroll_indent(-1);
            self.remove_key()?;
            self.key_allowed = false;
            let kind = self.scan_directive()?;
            self.push(kind, start);
            return Ok(());
        }
        if self.cursor.is_document_indicator() {
            self.unroll_indent(-1);
            self.remove_key()?;
            self.key_allowed = false;
            self.cursor.skip_ascii(3);
            self.push(if first == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd }, start);
            return Ok(());
        }
        match first {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_indicator(TokenKind::FlowEntry, true),
            b'-' if self.cursor.is_blankz(1) => {
                self.fetch_block_start(flow, TokenKind::BlockSequenceStart, "block sequence entries are not allowed in this context")?;
                self.fetch_indicator(TokenKind::BlockEntry, true)
            }
            b'?' if flow || self.cursor.is_blankz(1) => {
                self.fetch_block_start(flow, TokenKind::BlockMappingStart, "mapping keys are not allowed in this context")?;
                self.fetch_indicator(TokenKind::Key, !flow)
            }
            b':' if flow || self.cursor.is_blankz(1) => self.fetch_value(flow),
            b'*' | b'&' => {
                self.save_key()?;
                self.key_allowed = false;
                let name = self.scan_anchor()?;
                self.push(if first == b'*' { TokenKind::Alias(name) } else { TokenKind::Anchor(name) }, start);
                Ok(())
            }
            b'!' => {
                self.save_key()?;
                self.key_allowed = false;
                let kind = self.scan_tag()?;
                self.push(kind, start);
                Ok(())
            }
            b'|' | b'>' if !flow => {
                self.remove_key()?;
                self.key_allowed = true;
                let token = self.scan_block_scalar(first == b'|')?;
                self.tokens.push_back(token);
                Ok(())
            }
            b'\'' | b'"' => {
                self.save_key()?;
                self.key_allowed = false;
                let token = self.scan_quoted(first == b'\'')?;
                self.tokens.push_back(token);
                Ok(())
            }
            _ if self.may_start_plain(first, flow) => {
                self.save_key()?;
                self.key_allowed = false;
                let token = self.scan_plain()?;
                self.tokens.push_back(token);
                Ok(())
            }
            _ => Err(problem(start, start, "found character that cannot start any token")),
        }
    }

    fn may_start_plain(&self, first: u8, flow: bool) -> bool {
        match first {
            b'-' => !self.cursor.is_blank(1),
            b'?' | b':' => !flow && !self.cursor.is_blankz(1),
            b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => false,
            _ => !self.cursor.is_blankz(0),
        }
    }

    fn skip_to_token(&mut self) {
        loop {
            while self.cursor.byte(0) == b' ' || (self.cursor.byte(0) == b'\t' && (self.flow_level() > 0 || !self.key_allowed)) {
                self.cursor.skip_ascii(1);
            }
            if self.cursor.byte(0) == b'#' {
                self.cursor.skip_to_break();
            }
            if !self.cursor.is_break(0) {
                return;
            }
            self.cursor.skip_break();
            if self.flow_level() == 0 {
                self.key_allowed = true;
            }
        }
    }

    fn fetch_stream_end(&mut self) -> Scan {
        if self.cursor.mark.column != 0 {
            self.cursor.mark.column = 0;
            self.cursor.mark.line += 1;
        }
        self.unroll_indent(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.push(TokenKind::StreamEnd, self.cursor.mark);
        self.ended = true;
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind<'a>) -> Scan {
        self.save_key()?;
        let mark = self.cursor.mark;
        let token = self.next_number();
        self.keys.push(SimpleKey { token, mark, ..SimpleKey::default() });
        if self.flow_level() > MAX_DEPTH {
            return Err(problem(mark, mark, "exceeded max depth of 10000"));
        }
        self.key_allowed = true;
        self.cursor.skip_ascii(1);
        self.push(kind, mark);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind<'a>) -> Scan {
        self.remove_key()?;
        if self.flow_level() > 0
            && let Some(closed) = self.keys.pop()
        {
            let outer = self.last_key();
            if outer.token == closed.token {
                outer.listed = false;
            }
        }
        self.key_allowed = false;
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        self.push(kind, start);
        Ok(())
    }

    /// Before `-` or `?` in a block: opens the collection that the indicator belongs to.
    fn fetch_block_start(&mut self, flow: bool, kind: TokenKind<'a>, refusal: &'static str) -> Scan {
        let mark = self.cursor.mark;
        if flow {
            return Ok(());
        }
        if !self.key_allowed {
            return Err(problem(mark, mark, refusal));
        }
        self.roll_indent(mark, None, kind)
    }

    fn fetch_indicator(&mut self, kind: TokenKind<'a>, key_allowed: bool) -> Scan {
        self.remove_key()?;
        self.key_allowed = key_allowed;
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        self.push(kind, start);
        Ok(())
    }

    fn fetch_value(&mut self, flow: bool) -> Scan {
        let last = self.keys.len() - 1;
        if self.key_is_valid(last)? {
            let SimpleKey { token, mark, .. } = self.keys[last];
            self.insert(Some(token), Token { kind: TokenKind::Key, start: mark, end: mark });
            self.roll_indent(mark, Some(token), TokenKind::BlockMappingStart)?;
            self.keys[last].possible = false;
            self.key_allowed = false;
        } else {
            self.fetch_block_start(flow, TokenKind::BlockMappingStart, "mapping values are not allowed in this context")?;
            self.key_allowed = !flow;
        }
        let start = self.cursor.mark;
        self.cursor.skip_ascii(1);
        self.push(TokenKind::Value, start);
        Ok(())
    }
}

pub(crate) fn problem(at: Mark, context: Mark, text: &'static str) -> Box<Problem> {
    Box::new(Problem { layer: Layer::Scanner, text: Cow::Borrowed(text), at, context })
}

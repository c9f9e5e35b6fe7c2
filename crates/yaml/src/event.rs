//! Tokens to events: libyaml's grammar (Go `parserc.go`) as a state machine with a stack of its own. Builds no tree and knows no types.

use crate::error::ParseError;
use crate::scan::{Layer, Mark, Problem, ScalarStyle, Scan, Scanner, Token, TokenKind, reader};
use std::borrow::Cow;

#[derive(Debug, PartialEq)]
pub(crate) enum EventKind<'a> {
    StreamStart,
    StreamEnd,
    DocumentStart { explicit: bool },
    DocumentEnd,
    Alias(&'a str),
    Scalar { value: Cow<'a, str>, style: ScalarStyle, implicit: bool },
    SequenceStart { flow: bool },
    SequenceEnd,
    MappingStart { flow: bool },
    MappingEnd,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Event<'a> {
    pub(crate) kind: EventKind<'a>,
    pub(crate) anchor: Option<&'a str>,
    pub(crate) tag: Option<Box<str>>,
    /// With anchor and tag.
    pub(crate) start: Mark,
    /// Without them.
    pub(crate) content: Mark,
    pub(crate) end: Mark,
}

#[derive(Clone, Copy, Debug)]
enum State {
    StreamStart,
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirst,
    BlockSequence,
    IndentlessSequence,
    BlockMappingFirst,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequence,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// Reads events from text.
pub(crate) struct Parser<'a> {
    scanner: Scanner<'a>,
    state: State,
    states: Vec<State>,
    marks: Vec<Mark>,
    tags: Vec<(String, String)>,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str, fault: Option<reader::Fault>) -> Parser<'a> {
        Parser { scanner: Scanner::new(text, fault), state: State::StreamStart, states: Vec::new(), marks: Vec::new(), tags: Vec::new() }
    }

    /// The next event; [`EventKind::StreamEnd`] for ever once the stream has ended.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, ParseError> {
        self.step().map_err(|problem| ParseError::syntax(&problem))
    }

    fn step(&mut self) -> Scan<Event<'a>> {
        match self.state {
            State::StreamStart => {
                let token = self.scanner.next()?;
                self.state = State::ImplicitDocumentStart;
                Ok(bare(EventKind::StreamStart, token.start, token.end))
            }
            State::ImplicitDocumentStart => self.document_start(true),
            State::DocumentStart => self.document_start(false),
            State::DocumentContent => {
                let token = self.scanner.peek()?;
                if let TokenKind::Version { .. }
                | TokenKind::TagDirective(_)
                | TokenKind::DocumentStart
                | TokenKind::DocumentEnd
                | TokenKind::StreamEnd = token.kind
                {
                    let mark = token.start;
                    self.pop_state();
                    return Ok(empty(mark));
                }
                self.node(true, false)
            }
            State::DocumentEnd => {
                let token = self.scanner.peek()?;
                let (start, mut end) = (token.start, token.start);
                if let TokenKind::DocumentEnd = token.kind {
                    end = token.end;
                    self.scanner.next()?;
                }
                self.tags.clear();
                self.state = State::DocumentStart;
                Ok(bare(EventKind::DocumentEnd, start, end))
            }
            State::BlockNode => self.node(true, false),
            State::BlockSequenceFirst => {
                self.enter()?;
                self.block_sequence()
            }
            State::BlockSequence => self.block_sequence(),
            State::IndentlessSequence => self.indentless_sequence(),
            State::BlockMappingFirst => {
                self.enter()?;
                self.block_mapping_key()
            }
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirst => {
                self.enter()?;
                self.flow_sequence(true)
            }
            State::FlowSequence => self.flow_sequence(false),
            State::FlowPairKey => {
                let token = self.scanner.peek()?;
                if let TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd = token.kind {
                    let mark = token.end;
                    // Go drops this token, whatever it is.
                    self.scanner.next()?;
                    self.state = State::FlowPairValue;
                    return Ok(empty(mark));
                }
                self.states.push(State::FlowPairValue);
                self.node(false, false)
            }
            State::FlowPairValue => self.flow_value(State::FlowPairEnd, true),
            State::FlowPairEnd => {
                let mark = self.scanner.peek()?.start;
                self.state = State::FlowSequence;
                Ok(bare(EventKind::MappingEnd, mark, mark))
            }
            State::FlowMappingFirst => {
                self.enter()?;
                self.flow_mapping_key(true)
            }
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_value(State::FlowMappingKey, false),
            State::FlowMappingEmptyValue => {
                let mark = self.scanner.peek()?.start;
                self.state = State::FlowMappingKey;
                Ok(empty(mark))
            }
            State::End => Ok(bare(EventKind::StreamEnd, Mark::default(), Mark::default())),
        }
    }

    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// Takes the token that opens a collection.
    fn enter(&mut self) -> Scan {
        let token = self.scanner.next()?;
        self.marks.push(token.start);
        Ok(())
    }

    /// Takes the token that closes a collection.
    fn leave(&mut self, kind: EventKind<'a>) -> Scan<Event<'a>> {
        let token = self.scanner.next()?;
        self.pop_state();
        self.marks.pop();
        Ok(bare(kind, token.start, token.end))
    }

    fn fail<T>(&mut self, text: &'static str, at: Mark) -> Scan<T> {
        let context = self.marks.pop().unwrap_or_default();
        Err(parser_problem(text, at, context))
    }

    fn document_start(&mut self, implicit: bool) -> Scan<Event<'a>> {
        if !implicit {
            while let TokenKind::DocumentEnd = self.scanner.peek()?.kind {
                self.scanner.next()?;
            }
        }
        let token = self.scanner.peek()?;
        let (start, end) = (token.start, token.end);
        match token.kind {
            TokenKind::StreamEnd => {
                self.state = State::End;
                return Ok(bare(EventKind::StreamEnd, start, end));
            }
            TokenKind::Version { .. } | TokenKind::TagDirective(_) | TokenKind::DocumentStart => {}
            _ if implicit => {
                self.directives()?;
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                return Ok(bare(EventKind::DocumentStart { explicit: false }, start, start));
            }
            _ => {}
        }
        self.directives()?;
        let token = self.scanner.peek()?;
        if !matches!(token.kind, TokenKind::DocumentStart) {
            let at = token.start;
            return Err(parser_problem("did not find expected <document start>", at, Mark::default()));
        }
        let end = self.scanner.next()?.end;
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(bare(EventKind::DocumentStart { explicit: true }, start, end))
    }

    fn directives(&mut self) -> Scan {
        let mut versioned = false;
        loop {
            let token = self.scanner.peek()?;
            let at = token.start;
            match &mut token.kind {
                TokenKind::Version { major, minor } => {
                    if versioned {
                        return Err(parser_problem("found duplicate %YAML directive", at, Mark::default()));
                    }
                    if (*major, *minor) != (1, 1) {
                        return Err(parser_problem("found incompatible YAML document", at, Mark::default()));
                    }
                    versioned = true;
                }
                TokenKind::TagDirective(directive) => {
                    let (handle, prefix) = std::mem::take(&mut **directive);
                    if self.tags.iter().any(|(known, _)| *known == handle) {
                        return Err(parser_problem("found duplicate %TAG directive", at, Mark::default()));
                    }
                    self.tags.push((handle, prefix));
                }
                _ => break,
            }
            self.scanner.next()?;
        }
        Ok(())
    }

    /// What a tag's handle stands for: what a directive said, or the two that need none.
    fn prefix(&self, handle: &str) -> Option<&str> {
        let said = self.tags.iter().find(|(known, _)| known == handle);
        said.map(|(_, prefix)| prefix.as_str()).or(match handle {
            "!" => Some("!"),
            "!!" => Some("tag:yaml.org,2002:"),
            _ => None,
        })
    }

    fn node(&mut self, block: bool, indentless: bool) -> Scan<Event<'a>> {
        let start = self.scanner.peek()?.start;
        if let TokenKind::Alias(name) = self.scanner.peek()?.kind {
            let token = self.scanner.next()?;
            self.pop_state();
            return Ok(bare(EventKind::Alias(name), token.start, token.end));
        }
        let (mut anchor, mut tag, mut tag_mark, mut end) = (None, None, start, start);
        // An anchor and a tag, each at most once, in either order.
        for _ in 0..2 {
            match &mut self.scanner.peek()?.kind {
                TokenKind::Anchor(name) if anchor.is_none() => anchor = Some(*name),
                TokenKind::Tag(parts) if tag.is_none() => {
                    tag = Some(std::mem::take(&mut **parts));
                    tag_mark = self.scanner.peek()?.start;
                }
                _ => break,
            }
            end = self.scanner.next()?.end;
        }
        let tag = match tag {
            None => None,
            Some((handle, suffix)) if handle.is_empty() => Some(suffix.into_boxed_str()),
            Some((handle, suffix)) => match self.prefix(&handle) {
                Some(prefix) if prefix.len() + suffix.len() > 0 => Some(format!("{prefix}{suffix}").into_boxed_str()),
                _ => return Err(parser_problem("found undefined tag handle", tag_mark, start)),
            },
        };
        let token = self.scanner.peek()?;
        let content = token.start;
        let event = |kind, tag, content, end| Event { kind, anchor, tag, start, content, end };
        let collection = match token.kind {
            TokenKind::BlockEntry if indentless => Some((State::IndentlessSequence, EventKind::SequenceStart { flow: false })),
            TokenKind::FlowSequenceStart => Some((State::FlowSequenceFirst, EventKind::SequenceStart { flow: true })),
            TokenKind::FlowMappingStart => Some((State::FlowMappingFirst, EventKind::MappingStart { flow: true })),
            TokenKind::BlockSequenceStart if block => Some((State::BlockSequenceFirst, EventKind::SequenceStart { flow: false })),
            TokenKind::BlockMappingStart if block => Some((State::BlockMappingFirst, EventKind::MappingStart { flow: false })),
            _ => None,
        };
        if let Some((state, kind)) = collection {
            let end = token.end;
            self.state = state;
            return Ok(event(kind, tag, content, end));
        }
        if let TokenKind::Scalar { .. } = token.kind {
            let Token { kind: TokenKind::Scalar { value, style }, end, .. } = self.scanner.next()? else {
                return self.fail("did not find expected node content", content);
            };
            let implicit = match &tag {
                None => style == ScalarStyle::Plain,
                Some(tag) => &**tag == "!",
            };
            self.pop_state();
            return Ok(event(EventKind::Scalar { value, style, implicit }, tag, content, end));
        }
        if anchor.is_some() || tag.is_some() {
            self.pop_state();
            let kind = EventKind::Scalar { value: Cow::Borrowed(""), style: ScalarStyle::Plain, implicit: tag.is_none() };
            return Ok(event(kind, tag, end, end));
        }
        Err(parser_problem("did not find expected node content", content, start))
    }

    fn block_sequence(&mut self) -> Scan<Event<'a>> {
        let token = self.scanner.peek()?;
        let (at, mark) = (token.start, token.end);
        match token.kind {
            TokenKind::BlockEntry => {
                self.scanner.next()?;
                if let TokenKind::BlockEntry | TokenKind::BlockEnd = self.scanner.peek()?.kind {
                    self.state = State::BlockSequence;
                    return Ok(empty(mark));
                }
                self.states.push(State::BlockSequence);
                self.node(true, false)
            }
            TokenKind::BlockEnd => self.leave(EventKind::SequenceEnd),
            _ => self.fail("did not find expected '-' indicator", at),
        }
    }

    fn indentless_sequence(&mut self) -> Scan<Event<'a>> {
        let token = self.scanner.peek()?;
        let (at, mark) = (token.start, token.end);
        if !matches!(token.kind, TokenKind::BlockEntry) {
            self.pop_state();
            return Ok(bare(EventKind::SequenceEnd, at, at));
        }
        self.scanner.next()?;
        if let TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd = self.scanner.peek()?.kind {
            self.state = State::IndentlessSequence;
            return Ok(empty(mark));
        }
        self.states.push(State::IndentlessSequence);
        self.node(true, false)
    }

    fn block_mapping_key(&mut self) -> Scan<Event<'a>> {
        let token = self.scanner.peek()?;
        let (at, mark) = (token.start, token.end);
        match token.kind {
            TokenKind::Key => {
                self.scanner.next()?;
                if let TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd = self.scanner.peek()?.kind {
                    self.state = State::BlockMappingValue;
                    return Ok(empty(mark));
                }
                self.states.push(State::BlockMappingValue);
                self.node(true, true)
            }
            TokenKind::BlockEnd => self.leave(EventKind::MappingEnd),
            _ => self.fail("did not find expected key", at),
        }
    }

    fn block_mapping_value(&mut self) -> Scan<Event<'a>> {
        let token = self.scanner.peek()?;
        let (at, mark) = (token.start, token.end);
        if !matches!(token.kind, TokenKind::Value) {
            self.state = State::BlockMappingKey;
            return Ok(empty(at));
        }
        self.scanner.next()?;
        if let TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd = self.scanner.peek()?.kind {
            self.state = State::BlockMappingKey;
            return Ok(empty(mark));
        }
        self.states.push(State::BlockMappingKey);
        self.node(true, true)
    }

    fn flow_sequence(&mut self, first: bool) -> Scan<Event<'a>> {
        if matches!(self.scanner.peek()?.kind, TokenKind::FlowSequenceEnd) {
            return self.leave(EventKind::SequenceEnd);
        }
        if !first {
            let token = self.scanner.peek()?;
            let at = token.start;
            if !matches!(token.kind, TokenKind::FlowEntry) {
                return self.fail("did not find expected ',' or ']'", at);
            }
            self.scanner.next()?;
        }
        match self.scanner.peek()?.kind {
            TokenKind::Key => {
                let token = self.scanner.next()?;
                self.state = State::FlowPairKey;
                Ok(bare(EventKind::MappingStart { flow: true }, token.start, token.end))
            }
            TokenKind::FlowSequenceEnd => self.leave(EventKind::SequenceEnd),
            _ => {
                self.states.push(State::FlowSequence);
                self.node(false, false)
            }
        }
    }

    fn flow_mapping_key(&mut self, first: bool) -> Scan<Event<'a>> {
        if matches!(self.scanner.peek()?.kind, TokenKind::FlowMappingEnd) {
            return self.leave(EventKind::MappingEnd);
        }
        if !first {
            let token = self.scanner.peek()?;
            let at = token.start;
            if !matches!(token.kind, TokenKind::FlowEntry) {
                return self.fail("did not find expected ',' or '}'", at);
            }
            self.scanner.next()?;
        }
        match self.scanner.peek()?.kind {
            TokenKind::Key => {
                self.scanner.next()?;
                let token = self.scanner.peek()?;
                if let TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd = token.kind {
                    let mark = token.start;
                    self.state = State::FlowMappingValue;
                    return Ok(empty(mark));
                }
                self.states.push(State::FlowMappingValue);
                self.node(false, false)
            }
            TokenKind::FlowMappingEnd => self.leave(EventKind::MappingEnd),
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                self.node(false, false)
            }
        }
    }

    /// The value of a pair in a flow mapping, or of a lone pair in a flow sequence.
    fn flow_value(&mut self, then: State, in_sequence: bool) -> Scan<Event<'a>> {
        let token = self.scanner.peek()?;
        let mut at = token.start;
        if matches!(token.kind, TokenKind::Value) {
            self.scanner.next()?;
            let token = self.scanner.peek()?;
            let ends = match token.kind {
                TokenKind::FlowEntry => true,
                TokenKind::FlowSequenceEnd => in_sequence,
                TokenKind::FlowMappingEnd => !in_sequence,
                _ => false,
            };
            if !ends {
                self.states.push(then);
                return self.node(false, false);
            }
            at = token.start;
        }
        self.state = then;
        Ok(empty(at))
    }
}

fn bare(kind: EventKind<'_>, start: Mark, end: Mark) -> Event<'_> {
    Event { kind, anchor: None, tag: None, start, content: start, end }
}

fn empty<'a>(mark: Mark) -> Event<'a> {
    bare(EventKind::Scalar { value: Cow::Borrowed(""), style: ScalarStyle::Plain, implicit: true }, mark, mark)
}

fn parser_problem(text: &'static str, at: Mark, context: Mark) -> Box<Problem> {
    Box::new(Problem { layer: Layer::Parser, text: Cow::Borrowed(text), at, context })
}

//! Ordinary manifests to trees, line by line: one document of block mappings and lists, of plain and quoted scalars of one line, and of literal
//! blocks. It makes the events that the full parser would make; of whatever it is not sure, it says so, and the full parser reads the text anew.

#[cfg(test)]
mod tests;

use super::Tree;
use super::build::Builder;
use crate::event::{Event, EventKind};
use crate::scan::{Mark, ScalarStyle};
use std::borrow::Cow;
use std::sync::Arc;

/// Deeper documents are the full parser's.
const MAX_LEVELS: usize = 256;

/// Longer keys are too: a key ends within 1024 characters.
const MAX_KEY: usize = 1000;

/// The tree of a text that is one ordinary document; nothing where it may be anything else.
pub(super) fn read(text: &str, shared: &Arc<str>) -> Option<Tree> {
    let has_odd_breaks = || ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|odd| text.contains(odd));
    if text.contains('\r') || !text.is_ascii() && has_odd_breaks() {
        return None;
    }
    let mut reader = Reader { text, at: 0, line: 0, levels: Vec::new(), awaits: None, begun: None, builder: Builder::new(shared, false) };
    while reader.at < text.len() {
        reader.next_line()?;
    }
    reader.finish()
}

/// A block collection that is open.
#[derive(Clone, Copy)]
struct Level {
    indent: usize,
    list: bool,
}

struct Reader<'a> {
    text: &'a str,
    /// Where the next line begins.
    at: usize,
    /// Its number, from 0.
    line: u32,
    levels: Vec<Level>,
    /// Where the last key's value would stand, as long as none has come.
    awaits: Option<Mark>,
    /// Where the document begins.
    begun: Option<Mark>,
    builder: Builder<'a>,
}

impl<'a> Reader<'a> {
    /// The line that begins at a byte, without its break, and where the next one begins.
    fn line_at(&self, start: usize) -> (&'a str, usize) {
        let rest = self.text.get(start..).unwrap_or("");
        match rest.find('\n') {
            Some(end) => (&rest[..end], start + end + 1),
            None => (rest, self.text.len()),
        }
    }

    fn next_line(&mut self) -> Option<()> {
        let (line, next) = self.line_at(self.at);
        let start = self.at;
        let mark = |column: usize| Mark { offset: (start + column) as u32, index: 0, line: self.line, column: column as u32 };
        let indent = blanks(line);
        let rest = &line[indent..];
        if !matches!(rest.as_bytes(), [] | [b'#', ..]) {
            if indent == 0 && (rest.starts_with("---") || rest.starts_with("...") || rest.starts_with('%')) {
                // Only a document's first line may be a marker.
                let begins = rest == "---" && self.begun.is_none();
                self.begun = begins.then(|| mark(0));
                begins.then_some(())?;
            } else {
                self.begun.get_or_insert(mark(indent));
                self.content(line, indent, mark(0))?;
            }
        }
        // A literal block has gone on to its own end.
        if self.at == start {
            self.at = next;
            self.line += 1;
        }
        Some(())
    }

    /// A line that is no comment, from its indentation on.
    fn content(&mut self, line: &'a str, indent: usize, from: Mark) -> Option<()> {
        let mark = |column: usize| Mark { offset: from.offset + column as u32, column: column as u32, ..from };
        if self.awaits.is_some() && matches!(line.as_bytes().get(indent), Some(b'{' | b'[')) {
            // A value in brackets on a line of its own, deeper than its key.
            self.levels.last().filter(|level| level.indent < indent)?;
            self.awaits = None;
            return self.value(line, indent, mark(indent));
        }
        self.settle(indent, is_dash(&line[indent..]))?;
        let mut column = indent;
        while is_dash(&line[column..]) {
            self.level(column, true, mark(column))?;
            column += 1;
            column += blanks(&line[column..]);
            if matches!(&line.as_bytes()[column..], [] | [b'#', ..]) {
                return None;
            }
        }
        match key(&line[column..]) {
            Some((name, style, width)) => {
                self.level(column, false, mark(column))?;
                self.builder.word(name, style, mark(column));
                let colon = column + width;
                let value = colon + 1 + blanks(&line[colon + 1..]);
                let after = line.as_bytes().get(value);
                if after.is_none() || after == Some(&b'#') && value > colon + 1 {
                    self.awaits = Some(mark(colon + 1));
                    return Some(());
                }
                self.value(line, value, mark(value))
            }
            None if self.levels.last().is_some_and(|level| level.list) && column > indent => self.value(line, column, mark(column)),
            None => None,
        }
    }

    /// Ends what a line at an indentation does not go on with.
    fn settle(&mut self, indent: usize, dash: bool) -> Option<()> {
        if let Some(awaited) = self.awaits.take() {
            let level = *self.levels.last()?;
            if indent > level.indent || indent == level.indent && dash {
                self.levels.push(Level { indent, list: dash });
                if self.levels.len() > MAX_LEVELS {
                    return None;
                }
                let start = Mark { offset: (self.at + indent) as u32, index: 0, line: self.line, column: indent as u32 };
                self.open(dash, start);
                return Some(());
            }
            self.builder.word("", ScalarStyle::Plain, awaited);
        }
        while let Some(level) = self.levels.last()
            && (level.indent > indent || level.indent == indent && level.list && !dash)
        {
            self.close()?;
        }
        match self.levels.last() {
            Some(level) => (level.indent == indent && level.list == dash).then_some(()),
            None => self.builder.is_empty().then_some(()),
        }
    }

    /// The collection that a dash or a key at a column belongs to: the innermost, or a new one within it.
    fn level(&mut self, column: usize, list: bool, start: Mark) -> Option<()> {
        if self.levels.last().is_none_or(|level| level.indent < column) {
            if self.levels.len() >= MAX_LEVELS {
                return None;
            }
            self.levels.push(Level { indent: column, list });
            self.open(list, start);
        }
        Some(())
    }

    fn open(&mut self, list: bool, start: Mark) {
        self.builder.enter(false, !list, start, start);
    }

    fn close(&mut self) -> Option<()> {
        self.levels.pop();
        self.builder.close(Mark::default(), Mark::default()).ok()
    }

    /// A value that begins on the line of its key or dash.
    fn value(&mut self, line: &'a str, column: usize, start: Mark) -> Option<()> {
        let rest = &line[column..];
        let after = |width: usize| Mark { offset: start.offset + width as u32, column: start.column + width as u32, ..start };
        match rest.as_bytes() {
            [quote @ (b'"' | b'\''), ..] => {
                let (text, style) = quoted(rest, *quote)?;
                let width = text.len() + 2;
                ends(&rest[width..]).then_some(())?;
                self.builder.word(text, style, start);
                Some(())
            }
            [b'{', b'}', end @ ..] | [b'[', b']', end @ ..] if ends(&rest[rest.len() - end.len()..]) => {
                let list = rest.starts_with('[');
                self.builder.enter(true, !list, start, start);
                self.builder.close(after(1), after(2)).ok()
            }
            [b'[', ..] => self.flow_list(rest, start),
            b"|" | b"|-" => self.literal(start, rest.len() == 1),
            [first, ..] if may_begin(*first, rest) => {
                let text = plain(rest)?;
                self.builder.word(text, ScalarStyle::Plain, start);
                Some(())
            }
            _ => None,
        }
    }

    /// A list in brackets on one line, of quoted texts and plain words.
    fn flow_list(&mut self, text: &'a str, start: Mark) -> Option<()> {
        let after = |width: usize| Mark { offset: start.offset + width as u32, column: start.column + width as u32, ..start };
        self.builder.enter(true, false, start, start);
        let mut at = 1;
        loop {
            at += blanks(&text[at..]);
            let rest = &text[at..];
            let (item, style, width) = match rest.as_bytes().first()? {
                quote @ (b'"' | b'\'') => {
                    let (item, style) = quoted(rest, *quote)?;
                    (item, style, item.len() + 2)
                }
                first if first.is_ascii_alphanumeric() || matches!(first, b'/' | b'_' | b'.') => {
                    let width = rest.bytes().take_while(|byte| is_word(*byte)).count();
                    (&rest[..width], ScalarStyle::Plain, width)
                }
                _ => return None,
            };
            self.builder.word(item, style, after(at));
            at += width;
            at += blanks(&text[at..]);
            match text.as_bytes().get(at)? {
                b',' => at += 1,
                b']' => break,
                _ => return None,
            }
        }
        ends(&text[at + 1..]).then_some(())?;
        self.builder.close(after(at), after(at + 1)).ok()
    }

    /// A literal block: what stands below deeper than the collection that it is in, and no line is told by its blanks alone.
    fn literal(&mut self, start: Mark, clip: bool) -> Option<()> {
        let outer = self.levels.last()?.indent;
        let (_, mut next) = self.line_at(self.at);
        let mut first = (self.line_at(next).0, next);
        let mut widest = 0;
        while blanks(first.0) == first.0.len() && first.1 < self.text.len() {
            widest = widest.max(first.0.len());
            let (_, after) = self.line_at(first.1);
            first = (self.line_at(after).0, after);
        }
        let indent = blanks(first.0);
        if widest > indent || indent <= outer {
            return None;
        }
        let (mut text, mut number, mut trailing) = (String::new(), self.line + 1, 0);
        while next < self.text.len() {
            let (line, after) = self.line_at(next);
            let own = blanks(line).min(indent);
            if own == line.len() {
                // An empty line counts once another follows that is none.
                trailing += 1;
            } else if own < indent {
                // A tab is no indentation.
                (!line[own..].starts_with('\t')).then_some(())?;
                break;
            } else {
                if !text.is_empty() {
                    text.push('\n');
                } else if line[indent..].starts_with('\t') {
                    return None;
                }
                text.extend(std::iter::repeat_n('\n', trailing));
                trailing = 0;
                text.push_str(&line[indent..]);
            }
            (number, next) = (number + 1, after);
        }
        if text.is_empty() {
            return None;
        }
        let broken = self.text.as_bytes().get(next - 1) == Some(&b'\n');
        if clip && (broken || trailing > 0) {
            text.push('\n');
        }
        let end = Mark { offset: next as u32, index: 0, line: if broken { number } else { number - 1 }, column: 0 };
        (self.at, self.line) = (next, number);
        let kind = EventKind::Scalar { value: Cow::Owned(text), style: ScalarStyle::Literal, implicit: false };
        self.builder.scalar(Event { kind, anchor: None, tag: None, start, content: start, end }).ok()
    }

    fn finish(mut self) -> Option<Tree> {
        if let Some(awaited) = self.awaits.take() {
            self.builder.word("", ScalarStyle::Plain, awaited);
        }
        while !self.levels.is_empty() {
            self.close()?;
        }
        if self.builder.is_empty() {
            return None;
        }
        let broken = self.text.ends_with('\n');
        let line = self.text.bytes().filter(|byte| *byte == b'\n').count() + usize::from(!broken);
        let end = Mark { offset: self.text.len() as u32, index: 0, line: line as u32, column: 0 };
        Some(self.builder.finish(self.begun?, end))
    }
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b' ').count()
}

fn is_dash(text: &str) -> bool {
    matches!(text.as_bytes(), [b'-', b' ', ..])
}

/// What most keys and words are made of: nothing that means something to YAML.
fn is_word(byte: u8) -> bool {
    const WORDS: [bool; 256] = {
        let mut words = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            words[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b'.' | b'/' | b'-');
            byte += 1;
        }
        words
    };
    WORDS[usize::from(byte)]
}

/// A key before its colon: its text, how it is written, and how wide that is.
fn key(text: &str) -> Option<(&str, ScalarStyle, usize)> {
    let bytes = text.as_bytes();
    let (name, style, width) = match bytes.first()? {
        quote @ (b'"' | b'\'') => {
            let (name, style) = quoted(text, *quote)?;
            (name, style, name.len() + 2)
        }
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'/' => {
            let width = bytes.iter().take_while(|byte| is_word(**byte)).count();
            (&text[..width], ScalarStyle::Plain, width)
        }
        _ => return None,
    };
    let is_key = width <= MAX_KEY && name.is_ascii() && matches!(bytes.get(width..)?, [b':'] | [b':', b' ', ..]);
    is_key.then_some((name, style, width))
}

/// What stands in quotes, if nothing in it is escaped and it ends on the line.
fn quoted(text: &str, quote: u8) -> Option<(&str, ScalarStyle)> {
    let inner = text.get(1..)?;
    let end = inner.bytes().position(|byte| byte == quote || byte == b'\\' && quote == b'"')?;
    let rest = &inner.as_bytes()[end..];
    let is_end = rest[0] == quote && !(quote == b'\'' && rest.get(1) == Some(&b'\''));
    is_end.then(|| (&inner[..end], if quote == b'"' { ScalarStyle::Double } else { ScalarStyle::Single }))
}

/// Whether nothing but a comment follows on the line.
fn ends(rest: &str) -> bool {
    let blank = blanks(rest);
    match rest.as_bytes().get(blank) {
        None => true,
        Some(byte) => blank > 0 && *byte == b'#',
    }
}

/// Whether a plain scalar may begin so.
fn may_begin(first: u8, text: &str) -> bool {
    match first {
        b'-' | b':' | b'?' => text.as_bytes().get(1).is_some_and(|byte| !matches!(byte, b' ' | b'\t')),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'/' | b'$' | b'(' | b'~' | b'<' | b'^' | b'=' | b'+' | 0x80.. => true,
        _ => false,
    }
}

/// A plain scalar that ends with its line or before a comment. A colon before a blank would make it a key.
fn plain(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut end = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            word if is_word(*word) => end = at + 1,
            b' ' => continue,
            b'\t' => return None,
            b':' if matches!(bytes.get(at + 1), None | Some(b' ')) => return None,
            b'#' if bytes.get(at.wrapping_sub(1)) == Some(&b' ') => break,
            _ => end = at + 1,
        }
    }
    Some(&text[..end])
}

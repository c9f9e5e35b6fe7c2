//! The block style of Go's yaml v2 emitter (`emitterc.go`): indentation, the choice of quotes, folding at column 80.

use crate::resolve::{Scalar, is_base_60, resolve};

/// Where yaml v2 breaks lines: at the first space beyond. Version 3 does not.
const BEST_WIDTH: usize = 80;

/// Which of Go's libraries writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flavour {
    /// yaml v2, behind sigs.k8s.io/yaml: `toYaml`.
    V2,
    /// yaml v3 with an indentation of two: `toYamlPretty`.
    V3,
}

/// Longer keys are written after a `?`.
const LONGEST_SIMPLE_KEY: usize = 128;

/// What may be done with a text (`yaml_emitter_analyze_scalar`).
struct Analysis {
    plain: bool,
    single: bool,
    block: bool,
    multiline: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

/// The output and what libyaml remembers of its last line.
pub(super) struct Emitter<'a> {
    out: &'a mut Vec<u8>,
    column: usize,
    /// The last character is a space that was asked for.
    whitespace: bool,
    /// Only indentation and indicators stand on the line so far.
    indention: bool,
    pub(super) indent: i32,
    pub(super) flavour: Flavour,
    width: usize,
}

impl<'a> Emitter<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>, flavour: Flavour) -> Emitter<'a> {
        let width = if flavour == Flavour::V2 { BEST_WIDTH } else { usize::MAX };
        Emitter { out, column: 0, whitespace: true, indention: true, indent: -1, flavour, width }
    }

    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// The indentation of a collection that begins here. In version 2 a list under a key does not indent.
    pub(super) fn nested_indent(&self, list_in_map: bool) -> i32 {
        match self.indent {
            ..0 => 0,
            indent if list_in_map && !self.indention && self.flavour == Flavour::V2 => indent,
            indent => indent + 2,
        }
    }

    fn put(&mut self, c: char) {
        self.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        self.column += 1;
    }

    fn put_break(&mut self) {
        self.out.push(b'\n');
        self.column = 0;
    }

    /// Writes a break of the text as it is.
    fn put_text_break(&mut self, c: char) {
        self.put(c);
        self.column = 0;
    }

    pub(super) fn write_indent(&mut self) {
        let indent = self.indent.max(0) as usize;
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break();
        }
        if self.column < indent {
            self.out.resize(self.out.len() + indent - self.column, b' ');
            self.column = indent;
        }
        self.whitespace = true;
        self.indention = true;
    }

    pub(super) fn write_indicator(&mut self, text: &str, space_before: bool, is_indention: bool) {
        if space_before && !self.whitespace {
            self.put(' ');
        }
        self.out.extend_from_slice(text.as_bytes());
        self.column += text.len();
        self.whitespace = false;
        self.indention = self.indention && is_indention;
    }

    /// The `-` of a list's item.
    pub(super) fn write_item(&mut self) {
        self.write_indent();
        self.write_indicator("-", true, true);
    }

    /// A map's key and its colon.
    pub(super) fn write_key(&mut self, text: &str) {
        self.write_indent();
        let analysis = analyze(text, self.flavour);
        if analysis.multiline || text.len() > LONGEST_SIMPLE_KEY {
            self.write_indicator("?", true, true);
            self.write_scalar(text, &analysis, false);
            self.write_indent();
            self.write_indicator(":", true, true);
        } else {
            self.write_scalar(text, &analysis, true);
            self.write_indicator(":", false, false);
        }
    }

    /// A number, a boolean or null.
    pub(super) fn write_word(&mut self, text: &str) {
        self.write_indicator(text, true, false);
    }

    /// A string as a value.
    pub(super) fn write_string(&mut self, text: &str) {
        self.write_scalar(text, &analyze(text, self.flavour), false);
    }

    /// Bytes that are no text, as base64.
    pub(super) fn write_binary(&mut self, base64: &str) {
        self.write_indicator("!!binary", true, false);
        let indent = self.indent;
        self.indent = if indent < 0 { 2 } else { indent + 2 };
        if base64.contains('\n') {
            self.write_literal(base64)
        } else {
            self.write_plain(base64, false)
        }
        self.indent = indent;
    }

    fn write_scalar(&mut self, text: &str, analysis: &Analysis, key: bool) {
        let indent = self.indent;
        self.indent = if indent < 0 { 2 } else { indent + 2 };
        match choose(text, analysis, key) {
            Style::Plain => self.write_plain(text, key),
            Style::Single => self.write_single(text, key),
            Style::Double => self.write_double(text, key),
            Style::Literal => self.write_literal(text),
        }
        self.indent = indent;
    }

    fn write_plain(&mut self, text: &str, key: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        if self.column.saturating_add(text.len()) <= self.width || key {
            self.out.extend_from_slice(text.as_bytes());
            self.column += text.chars().count();
        } else {
            self.fold(text, |_, _, next| next != Some(' '));
        }
        self.whitespace = false;
        self.indention = false;
    }

    /// Writes words, breaking the line at a space beyond the best width where `may_break(bytes before, bytes after, next)` agrees.
    fn fold(&mut self, text: &str, may_break: impl Fn(usize, usize, Option<char>) -> bool) {
        let mut spaces = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if c == ' ' && !spaces && self.column > self.width && may_break(at, text.len() - at - 1, next) {
                self.write_indent();
            } else {
                self.put(c);
                self.indention &= c == ' ';
            }
            spaces = c == ' ';
        }
    }

    fn write_single(&mut self, text: &str, key: bool) {
        self.write_indicator("'", true, false);
        let (mut spaces, mut breaks) = (false, false);
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if c == ' ' {
                let inside = at > 0 && at + 1 < text.len();
                if !key && !spaces && self.column > self.width && inside && next != Some(' ') {
                    self.write_indent();
                } else {
                    self.put(c);
                }
                spaces = true;
            } else if is_break(c) {
                if !breaks && c == '\n' {
                    self.put_break();
                }
                self.put_text_break(c);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if c == '\'' {
                    self.put('\'');
                }
                self.put(c);
                self.indention = false;
                (spaces, breaks) = (false, false);
            }
        }
        self.write_indicator("'", false, false);
    }

    fn write_double(&mut self, text: &str, key: bool) {
        self.write_indicator("\"", true, false);
        // Go looks for the byte order mark at the beginning, whichever character it is at.
        let marked = text.starts_with('\u{FEFF}');
        let mut spaces = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if marked || !is_printable(c) || is_break(c) || matches!(c, '"' | '\\') {
                self.put_escape(c);
                spaces = false;
            } else if c == ' ' {
                if !key && !spaces && self.column > self.width && at > 0 && at + 1 < text.len() {
                    self.write_indent();
                    if chars.peek().is_some_and(|(_, next)| *next == ' ') {
                        self.put('\\');
                    }
                } else {
                    self.put(c);
                }
                spaces = true;
            } else {
                self.put(c);
                spaces = false;
            }
        }
        self.write_indicator("\"", false, false);
    }

    fn put_escape(&mut self, c: char) {
        self.put('\\');
        let short = match c {
            '\0' => '0',
            '\x07' => 'a',
            '\x08' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\x0B' => 'v',
            '\x0C' => 'f',
            '\r' => 'r',
            '\x1B' => 'e',
            '"' | '\\' => c,
            '\u{85}' => 'N',
            '\u{A0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => {
                let code = u32::from(c);
                let spelled = match code {
                    0..=0xFF => format!("x{code:02X}"),
                    0x100..=0xFFFF => format!("u{code:04X}"),
                    _ => format!("U{code:08X}"),
                };
                self.out.extend_from_slice(spelled.as_bytes());
                self.column += spelled.len();
                return;
            }
        };
        self.put(short);
    }

    fn write_literal(&mut self, text: &str) {
        self.write_indicator("|", true, false);
        if text.starts_with(|c| c == ' ' || is_break(c)) {
            self.write_indicator("2", false, false);
        }
        let mut last = text.chars().rev();
        match (last.next().is_some_and(is_break), last.next()) {
            (false, _) => self.write_indicator("-", false, false),
            (true, None) => self.write_indicator("+", false, false),
            (true, Some(c)) if is_break(c) => self.write_indicator("+", false, false),
            (true, Some(_)) => {}
        }
        self.put_break();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        for c in text.chars() {
            if is_break(c) {
                self.put_text_break(c);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                self.put(c);
                self.indention = false;
                breaks = false;
            }
        }
    }
}

/// Whether a text may stand without quotes in block style, as far as its characters go.
pub(crate) fn is_plain_safe(text: &str) -> bool {
    !text.is_empty() && analyze(text, Flavour::V2).plain
}

fn choose(text: &str, analysis: &Analysis, key: bool) -> Style {
    let mut style = if text.contains('\n') {
        Style::Literal
    } else if resolve(text) == Scalar::Text && !is_base_60(text) {
        Style::Plain
    } else {
        Style::Double
    };
    if key && analysis.multiline {
        style = Style::Double;
    }
    if style == Style::Plain && (!analysis.plain || (text.is_empty() && key)) {
        style = Style::Single;
    }
    if style == Style::Single && !analysis.single {
        style = Style::Double;
    }
    if style == Style::Literal && (!analysis.block || key) {
        style = Style::Double;
    }
    style
}

fn analyze(text: &str, flavour: Flavour) -> Analysis {
    let mut indicators = text.starts_with("---") || text.starts_with("...");
    let (mut breaks, mut special, mut tab) = (false, false, false);
    let (mut break_space, mut space_break) = (false, false);
    let (mut after_space, mut after_break, mut after_blank) = (false, false, true);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before_blank = chars.peek().is_none_or(|(_, next)| matches!(next, ' ' | '\t'));
        indicators |= match c {
            '#' if at > 0 => after_blank,
            '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => at == 0,
            '?' | '-' => at == 0 && before_blank,
            ':' => before_blank,
            _ => false,
        };
        if c == '\t' && flavour == Flavour::V3 {
            tab = true;
        } else {
            special |= !is_printable(c);
        }
        if c == ' ' {
            break_space |= after_break;
            (after_space, after_break) = (true, false);
        } else if is_break(c) {
            breaks = true;
            space_break |= after_space;
            (after_space, after_break) = (false, true);
        } else {
            (after_space, after_break) = (false, false);
        }
        after_blank = matches!(c, ' ' | '\t' | '\0') || is_break(c);
    }
    let edge = |c: char| c == ' ' || is_break(c);
    let open_edge = text.starts_with(edge) || text.ends_with(edge);
    Analysis {
        plain: !(indicators || breaks || special || tab || open_edge || break_space || space_break),
        single: !(break_space || space_break || special || tab),
        block: !(text.is_empty() || text.ends_with(' ') || space_break || special),
        multiline: breaks,
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Go's port of libyaml knows no character of four bytes, and no tab.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}') && c != '\u{FEFF}'
}

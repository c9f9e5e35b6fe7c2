//! Reading templates (`parser.go`). Braces, brackets and quotes bound what is read; nothing here recurses deeper than filters nest.

use super::{Node, Slice};

/// How deep filters and unions may nest.
const DEEPEST: usize = 50;

/// The nodes of a template.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, String> {
    template(text, 0)
}

fn template(text: &str, depth: usize) -> Result<Vec<Node>, String> {
    if depth > DEEPEST {
        return Err("filters are nested too deep".to_owned());
    }
    let mut nodes = Vec::new();
    let mut rest = text;
    while let Some(brace) = rest.find('{') {
        if brace > 0 {
            nodes.push(Node::Text(rest[..brace].to_owned()));
        }
        let mut reader = Reader { text: &rest[brace + 1..], depth, list: Vec::new() };
        reader.action()?;
        rest = reader.text;
        nodes.push(Node::List(reader.list));
    }
    if !rest.is_empty() {
        nodes.push(Node::Text(rest.to_owned()));
    }
    Ok(nodes)
}

/// What one pair of braces around a text holds.
fn action(text: &str, depth: usize) -> Result<Vec<Node>, String> {
    match template(&format!("{{{text}}}"), depth + 1)?.into_iter().next() {
        Some(Node::List(list)) => Ok(list),
        _ => Ok(Vec::new()),
    }
}

struct Reader<'t> {
    /// What is still to be read.
    text: &'t str,
    depth: usize,
    list: Vec<Node>,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<char> {
        let next = self.text.chars().next()?;
        self.text = &self.text[next.len_utf8()..];
        Some(next)
    }

    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.text.split_at(bytes);
        self.text = rest;
        taken
    }

    /// Reads up to the brace that closes, and past it.
    fn action(&mut self) -> Result<(), String> {
        loop {
            if self.text.starts_with("[?(") {
                self.filter()?;
                continue;
            }
            if self.text.starts_with("..") {
                self.recursive()?;
                continue;
            }
            let before = self.text;
            match self.next() {
                None | Some('\r' | '\n') => return Err("unclosed action".to_owned()),
                Some('}') => return Ok(()),
                Some(' ' | '@' | '$') => {}
                Some('[') => self.array()?,
                Some(quote @ ('"' | '\'')) => {
                    self.text = before;
                    self.quoted(quote)?;
                }
                Some('.') => self.field(),
                Some(c) if c == '+' || c == '-' || is_digit(c) => {
                    self.text = before;
                    self.number()?;
                }
                Some(c) if c == '_' || c.is_alphabetic() => {
                    self.text = before;
                    self.word();
                }
                Some(c) => {
                    let shown = if chartwright_go::unicode::is_print(c as u32) { format!(" '{c}'") } else { String::new() };
                    return Err(format!("unrecognized character in action: U+{:04X}{shown}", c as u32));
                }
            }
        }
    }

    fn word(&mut self) {
        let end = self.text.find(is_terminator).unwrap_or(self.text.len());
        let word = self.take(end);
        self.list.push(match word {
            "true" => Node::Bool(true),
            "false" => Node::Bool(false),
            word => Node::Word(word.to_owned()),
        });
    }

    fn recursive(&mut self) -> Result<(), String> {
        if self.list.last() == Some(&Node::Recursive) {
            return Err("invalid multiple recursive descent".to_owned());
        }
        self.take(2);
        self.list.push(Node::Recursive);
        if self.text.starts_with(|c: char| c == '_' || c.is_alphabetic() || is_digit(c)) {
            self.field();
        }
        Ok(())
    }

    /// A key up to the next terminator; a backslash takes what follows it along.
    fn field(&mut self) {
        let mut end = 0;
        let mut chars = self.text.char_indices();
        while let Some((at, c)) = chars.next() {
            end = at;
            if c == '\\' {
                chars.next();
            } else if is_terminator(c) {
                break;
            }
            end = self.text.len() - chars.as_str().len();
        }
        let name = self.take(end);
        self.list.push(match name {
            "*" => Node::Wildcard,
            name => Node::Field(name.replace('\\', "")),
        });
    }

    fn number(&mut self) -> Result<(), String> {
        let sign = usize::from(self.text.starts_with(['+', '-']));
        let end = self.text[sign..].find(|c: char| c != '.' && !is_digit(c)).map_or(self.text.len(), |end| sign + end);
        let text = self.take(end);
        let node = text.parse().map(Node::Int).or_else(|_| text.parse().map(Node::Float));
        self.list.push(node.map_err(|_| format!("cannot parse number {text}"))?);
        Ok(())
    }

    fn array(&mut self) -> Result<(), String> {
        let end = self.text.find([']', '\n']).filter(|end| self.text[*end..].starts_with(']')).ok_or("unterminated array")?;
        let mut text = self.take(end);
        self.take(1);
        if text == "*" {
            text = ":";
        }
        if text.contains(',') {
            let parts = text.split(',').map(|part| action(&format!("[{}]", part.trim_matches(' ')), self.depth));
            self.list.push(Node::Union(parts.collect::<Result<_, _>>()?));
            return Ok(());
        }
        if let Some(key) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')).filter(|key| !key.contains('\'')) {
            self.list.extend(action(&format!(".{key}"), self.depth)?);
            return Ok(());
        }
        self.list.push(Node::Array(slice(text)?));
        Ok(())
    }

    fn filter(&mut self) -> Result<(), String> {
        self.take(3);
        let (mut quote, mut is_closed) = (None, false);
        let mut before = '(';
        let mut end = None;
        for (at, c) in self.text.char_indices() {
            match c {
                '\n' => break,
                '"' | '\'' => match quote {
                    None => quote = Some(c),
                    Some(quote) => is_closed = is_closed || (before != '\\' && c == quote),
                },
                ')' if quote.is_some() == is_closed => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
            before = c;
        }
        let text = self.take(end.ok_or("unterminated filter")?);
        self.take(1);
        if self.next() != Some(']') {
            return Err("unclosed array expect ]".to_owned());
        }
        let node = match comparison(text) {
            Some((left, operator, right)) => {
                Node::Filter { left: action(left, self.depth)?, operator: operator.to_owned(), right: action(right, self.depth)? }
            }
            None => Node::Filter { left: action(text, self.depth)?, operator: "exists".to_owned(), right: Vec::new() },
        };
        self.list.push(node);
        Ok(())
    }

    fn quoted(&mut self, quote: char) -> Result<(), String> {
        let mut before = quote;
        let mut end = None;
        for (at, c) in self.text.char_indices().skip(1) {
            if c == '\n' {
                break;
            }
            if c == quote && before != '\\' {
                end = Some(at);
                break;
            }
            before = c;
        }
        let literal = self.take(end.ok_or("unterminated quoted string")? + 1);
        // Go reads single quotes around more than one character as if they were double ones.
        let inner = &literal[1..literal.len() - 1];
        let text = if inner.contains('\\') {
            let inner = if quote == '\'' { inner.replace("\\'", "'").replace('"', "\\\"") } else { inner.to_owned() };
            let unquoted = chartwright_go::quote::unquote(format!("\"{inner}\"").as_bytes());
            let unquoted = unquoted.ok_or_else(|| format!("unquote string {literal} error invalid syntax"))?;
            String::from_utf8_lossy(&unquoted).into_owned()
        } else {
            inner.to_owned()
        };
        self.list.push(Node::Text(text));
        Ok(())
    }
}

/// `^([^!<>=]+)([!<>=]+)(.+?)$`.
fn comparison(text: &str) -> Option<(&str, &str, &str)> {
    let is_operator = |c: char| "!<>=".contains(c);
    let start = text.find(is_operator)?;
    let longest = text[start..].find(|c: char| !is_operator(c)).map_or(text.len(), |end| start + end);
    let end = if longest < text.len() { longest } else { longest - 1 };
    (start > 0 && end > start).then(|| (&text[..start], &text[start..end], &text[end..]))
}

/// `^(-?[\d]*)(:-?[\d]*)?(:-?[\d]*)?$`.
fn slice(text: &str) -> Result<Slice, String> {
    let parts: Vec<&str> = text.split(':').collect();
    let fits = |part: &&str| part.strip_prefix('-').unwrap_or(part).bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(fits) {
        return Err(format!("invalid array index {text}"));
    }
    let number = |at: usize| match parts.get(at) {
        None | Some(&"") => Ok(None),
        Some(part) => part.parse::<i64>().map(Some).map_err(|_| format!("array index {part} is not a number")),
    };
    let (from, to, step) = (number(0)?, number(1)?, number(2)?);
    match parts.len() {
        1 => Ok(Slice { from, to: Some(from.unwrap_or(0).saturating_add(1)), step, is_item: true }),
        _ => Ok(Slice { from, to, step, is_item: false }),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_terminator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}')
}

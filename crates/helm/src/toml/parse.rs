//! TOML to values. Source: `parse.go`. Scalars are in `parse/scalar`.

mod scalar;

use super::lexer::{Item, Kind, Lexer};
use super::{DEEPEST, key_text};
use chartwright_go::quote;
use chartwright_go::time::Zone;
use chartwright_value::{Heap, Type, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A value that is being put together: tables and arrays by their numbers.
#[derive(Clone)]
enum Node {
    Plain(Value),
    Array(usize),
    Table(usize),
    /// A list of tables, which headers add to.
    Tables(Vec<usize>),
}

type Key = Vec<Vec<u8>>;

/// An array or inline table that is being read.
enum Frame {
    Array(Vec<Node>),
    Inline {
        table: usize,
        outer_context: Key,
        outer_key: Vec<u8>,
        context: Key,
        /// The parts of the key whose value is being read, but for the last.
        parents: Key,
    },
}

struct Parser<'a> {
    heap: &'a mut Heap,
    lexer: Lexer<'a>,
    local: Zone,
    context: Key,
    current_key: Vec<u8>,
    /// The line of the last key.
    line: i64,
    /// Whether the value of a key is an array, by the key's text.
    arrays_by_key: HashMap<Vec<u8>, bool>,
    implicits: HashSet<Vec<u8>>,
    tables: Vec<BTreeMap<Vec<u8>, Node>>,
    arrays: Vec<Vec<Node>>,
}

type Parsed<T> = Result<T, String>;

/// A document as a map. Dates without a zone are taken for those of the local one.
///
/// # Errors
/// The library's texts.
pub(crate) fn decode(heap: &mut Heap, text: &[u8], local: Zone) -> Result<Value, String> {
    let text = [&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf"].iter().find_map(|mark| text.strip_prefix(*mark)).unwrap_or(text);
    if text.iter().take(6).any(|&byte| byte == 0) {
        return Err("toml: line 1: files cannot contain NULL bytes; probably using UTF-16; TOML files must be UTF-8".to_owned());
    }
    let mut parser = Parser {
        heap,
        lexer: Lexer::new(text),
        local,
        context: Vec::new(),
        current_key: Vec::new(),
        line: 0,
        arrays_by_key: HashMap::new(),
        implicits: HashSet::new(),
        tables: vec![BTreeMap::new()],
        arrays: Vec::new(),
    };
    loop {
        let item = parser.next()?;
        if item.kind == Kind::Eof {
            return Ok(parser.finish());
        }
        parser.top_level(item)?;
    }
}

fn text_of(key: &[Vec<u8>]) -> Vec<u8> {
    key_text(key.iter().map(Vec::as_slice))
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

impl<'a> Parser<'a> {
    /// The document's values. An array holds only arrays that were read before it.
    fn finish(self) -> Value {
        let Parser { heap, tables, arrays, .. } = self;
        let maps: Vec<Value> = tables.iter().map(|_| heap.map()).collect();
        let mut lists: Vec<Value> = Vec::with_capacity(arrays.len());
        let value = |heap: &mut Heap, lists: &[Value], node: &Node| match node {
            Node::Plain(value) => *value,
            Node::Array(at) => lists[*at],
            Node::Table(at) => maps[*at],
            Node::Tables(all) => {
                let all: Vec<Value> = all.iter().map(|&at| maps[at]).collect();
                heap.list_of(Type::MAP_LIST, &all)
            }
        };
        for array in &arrays {
            let items: Vec<Value> = array.iter().map(|node| value(heap, &lists, node)).collect();
            lists.push(heap.list(&items));
        }
        for (table, &map) in tables.iter().zip(&maps) {
            for (key, node) in table {
                let value = value(heap, &lists, node);
                heap.put(map, key, value);
            }
        }
        maps[0]
    }

    /// The full name of what is being read. Source: `current`.
    fn current(&self) -> Vec<u8> {
        match (self.current_key.is_empty(), self.context.is_empty()) {
            (true, _) => text_of(&self.context),
            (false, true) => self.current_key.clone(),
            (false, false) => [&text_of(&self.context)[..], b".", &self.current_key].concat(),
        }
    }

    fn error(&self, line: i64, message: &str) -> String {
        let key = self.current();
        if key.is_empty() {
            return format!("toml: line {line}: {message}");
        }
        format!("toml: line {line} (last key {}): {message}", quote::quoted(&key))
    }

    /// An error at the last key.
    fn fail<T>(&self, message: &str) -> Parsed<T> {
        Err(self.error(self.line, message))
    }

    fn fail_at<T>(&self, item: &Item<'_>, message: &str) -> Parsed<T> {
        Err(self.error(item.line, message))
    }

    fn next(&mut self) -> Parsed<Item<'a>> {
        self.lexer.next_item().map_err(|error| self.error(error.line, &error.message))
    }

    /// A key's parts up to a token.
    fn key(&mut self, end: Kind) -> Parsed<Key> {
        let mut item = self.next()?;
        self.line = item.line;
        let mut key = Key::new();
        while item.kind != end && item.kind != Kind::Eof {
            let part = match item.kind {
                Kind::Text => item.text.to_vec(),
                _ => self.string(&item)?,
            };
            key.push(part);
            if key.len() + self.context.len() > DEEPEST {
                return self.fail("the document is nested too deeply");
            }
            item = self.next()?;
        }
        Ok(key)
    }

    fn top_level(&mut self, item: Item<'a>) -> Parsed<()> {
        match item.kind {
            Kind::CommentStart => {
                self.next()?;
            }
            Kind::TableStart | Kind::ArrayTableStart => {
                let array = item.kind == Kind::ArrayTableStart;
                let key = self.key(if array { Kind::ArrayTableEnd } else { Kind::TableEnd })?;
                self.add_context(&key, array)?;
                self.set_type(b"", false);
            }
            _ => {
                let outer = self.context.clone();
                self.key_value()?;
                let item = self.next()?;
                let value = self.value(item)?;
                let (key, is_array) = (self.current_key.clone(), matches!(value, Node::Array(_)));
                self.set_value(&key, value)?;
                self.set_type(&key, is_array);
                self.context = outer;
                self.current_key.clear();
            }
        }
        Ok(())
    }

    /// A key before its value; all parts but the last become tables that are there by implication. Returns those parts.
    fn key_value(&mut self) -> Parsed<Key> {
        let mut key = self.key(Kind::KeyEnd)?;
        self.current_key = key.pop().unwrap_or_default();
        for part in &key {
            let mut context = self.context.clone();
            context.push(part.clone());
            self.implicits.insert(text_of(&context));
            self.add_context(&context, false)?;
        }
        Ok(key)
    }

    /// A value, arrays and inline tables with all that is in them.
    fn value(&mut self, first: Item<'a>) -> Parsed<Node> {
        let mut frames: Vec<Frame> = Vec::new();
        let mut item = first;
        loop {
            let in_array = matches!(frames.last(), Some(Frame::Array(_)));
            let mut done = match item.kind {
                Kind::Array => {
                    let key = self.current_key.clone();
                    self.set_type(&key, true);
                    frames.push(Frame::Array(Vec::new()));
                    None
                }
                Kind::InlineTableStart => {
                    let (outer_context, outer_key) = (self.context.clone(), std::mem::take(&mut self.current_key));
                    self.context.push(outer_key.clone());
                    let context = self.context.clone();
                    self.implicits.insert(text_of(&context));
                    self.add_context(&context, in_array)?;
                    self.tables.push(BTreeMap::new());
                    let table = self.tables.len() - 1;
                    frames.push(Frame::Inline { table, outer_context, outer_key, context, parents: Key::new() });
                    None
                }
                _ => Some(self.scalar(&item)?),
            };
            if frames.len() > DEEPEST {
                return self.fail("the document is nested too deeply");
            }
            item = loop {
                if let Some(node) = done.take() {
                    match frames.last_mut() {
                        None => return Ok(node),
                        Some(Frame::Array(items)) => items.push(node),
                        Some(Frame::Inline { table, context, parents, .. }) => {
                            let (table, context, parents) = (*table, context.clone(), std::mem::take(parents));
                            self.end_pair(table, &parents, node)?;
                            self.context = context;
                        }
                    }
                }
                let item = self.next()?;
                if item.kind == Kind::CommentStart {
                    self.next()?;
                    continue;
                }
                match (frames.last(), item.kind) {
                    (Some(Frame::Array(_)), Kind::ArrayEnd) => {
                        if let Some(Frame::Array(items)) = frames.pop() {
                            self.arrays.push(items);
                            done = Some(Node::Array(self.arrays.len() - 1));
                        }
                    }
                    (Some(Frame::Inline { .. }), Kind::InlineTableEnd) => {
                        if let Some(Frame::Inline { table, outer_context, outer_key, .. }) = frames.pop() {
                            self.context = outer_context;
                            self.current_key = outer_key;
                            done = Some(Node::Table(table));
                        }
                    }
                    (Some(Frame::Inline { .. }), _) => {
                        let key = self.key_value()?;
                        if let Some(Frame::Inline { parents, .. }) = frames.last_mut() {
                            *parents = key;
                        }
                        break self.next()?;
                    }
                    _ => break item,
                }
            };
        }
    }

    /// Puts a pair into the document's tables and into the inline table's own.
    fn end_pair(&mut self, table: usize, parents: &[Vec<u8>], node: Node) -> Parsed<()> {
        let (key, is_array) = (self.current_key.clone(), matches!(node, Node::Array(_)));
        self.set_value(&key, node.clone())?;
        self.set_type(&key, is_array);
        let mut at = table;
        for part in parents {
            let next = self.tables.len();
            let found = match self.tables[at].entry(part.clone()).or_insert(Node::Table(next)) {
                Node::Table(found) => *found,
                _ => {
                    let name = quote::quoted(format!("{:?}", self.context.iter().map(|part| shown(part)).collect::<Vec<_>>()).as_bytes());
                    return self.fail(&format!("{name} is not a table"));
                }
            };
            if found == next {
                self.tables.push(BTreeMap::new());
            }
            at = found;
        }
        self.tables[at].insert(key, node);
        Ok(())
    }

    /// Makes a key the context; each of its parents, if it is not there yet, is by implication. Source: `addContext`.
    fn add_context(&mut self, key: &[Vec<u8>], array: bool) -> Parsed<()> {
        let Some((last, parents)) = key.split_last() else { return Ok(()) };
        if key.len() > DEEPEST {
            return self.fail("the document is nested too deeply");
        }
        let (mut at, mut name) = (0, Vec::new());
        for (index, part) in parents.iter().enumerate() {
            if index > 0 {
                name.push(b'.');
            }
            name.extend_from_slice(&key_text([&part[..]]));
            if !self.tables[at].contains_key(part) {
                self.implicits.insert(name.clone());
                self.tables.push(BTreeMap::new());
                let new = self.tables.len() - 1;
                self.tables[at].insert(part.clone(), Node::Table(new));
            }
            at = match self.tables[at].get(part) {
                Some(Node::Table(table)) => *table,
                Some(Node::Tables(all)) => all.last().copied().unwrap_or(0),
                _ => return self.fail(&format!("Key '{}' was already created as a hash.", shown(&name))),
            };
        }
        self.context = parents.to_vec();
        if array {
            let new = self.tables.len();
            match self.tables[at].entry(last.clone()).or_insert_with(|| Node::Tables(Vec::new())) {
                Node::Tables(all) => all.push(new),
                _ => return self.fail(&format!("Key '{}' was already created and cannot be used as an array.", shown(&text_of(key)))),
            }
            self.tables.push(BTreeMap::new());
        } else {
            self.tables.push(BTreeMap::new());
            let new = self.tables.len() - 1;
            self.set_value(last, Node::Table(new))?;
        }
        self.context.push(last.clone());
        Ok(())
    }

    /// Sets a key of the context. Source: `setValue`.
    fn set_value(&mut self, key: &[u8], value: Node) -> Parsed<()> {
        let mut at = 0;
        for (index, part) in self.context.iter().enumerate() {
            at = match self.tables[at].get(part) {
                Some(Node::Table(table)) => *table,
                Some(Node::Tables(all)) => all.last().copied().unwrap_or(0),
                _ => return self.fail(&format!("Key '{}' has already been defined.", shown(&text_of(&self.context[..=index])))),
            };
        }
        if self.tables[at].contains_key(key) {
            let mut full = self.context.clone();
            full.push(key.to_vec());
            let name = text_of(&full);
            let is_array = self.arrays_by_key.get(&name).copied().unwrap_or(false);
            if !self.implicits.remove(&name) {
                return self.fail(&format!("Key '{}' has already been defined.", shown(&name)));
            }
            if !is_array {
                return Ok(());
            }
        }
        self.tables[at].insert(key.to_vec(), value);
        Ok(())
    }

    /// Source: `setType`, as far as it matters whether something is an array.
    fn set_type(&mut self, key: &[u8], array: bool) {
        let mut full = self.context.clone();
        if !key.is_empty() || full.is_empty() {
            full.push(key.to_vec());
        }
        self.arrays_by_key.insert(text_of(&full), array);
    }
}

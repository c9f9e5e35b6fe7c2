//! YAML to values, as `sigs.k8s.io/yaml` over Go's yaml v2 reads for Helm: every number a float64, every key a string,
//! the first document only. One pass over the events; syntax errors come before faults of meaning, as they do in Go.

mod explain;

use crate::ParseError;
use crate::event::{Event, EventKind, Parser};
use crate::resolve::{BINARY_TAG, MERGE_TAG, Scalar, resolve, resolve_tagged};
use crate::scan::reader;
use chartwright_value::{Heap, Kind, MapId, Repr, Type, Value};
use explain::{Fault, UnsupportedKey};
use std::collections::{HashMap, HashSet};

/// How deep JSON may nest (Go `encoding/json`, `maxNestingDepth`): sigs' YAML goes through it.
const MAX_DEPTH: usize = 10_000;

/// How many nodes and ends of collections a document may have: beyond that it would not fit where charts are rendered. Go has no such
/// limit.
const MAX_EVENTS: u64 = 1_500_000;

/// From so many keys on a map is large: what comes out of order is set together.
const LARGE: usize = 1_000;

/// Reads any value; nothing at all is nil. What follows the first document is not looked at.
///
/// # Errors
/// Go's text, as Helm shows it: `error converting YAML to JSON: yaml: line 2: …`.
pub fn decode(heap: &mut Heap, bytes: &[u8]) -> Result<Value, ParseError> {
    read(heap, bytes, false)
}

/// Reads a map, as values files and `fromYaml` are read; nothing at all and null are an empty map.
///
/// # Errors
/// See [`decode`], and Go's text for what is no map.
pub fn decode_map(heap: &mut Heap, bytes: &[u8]) -> Result<Value, ParseError> {
    let value = read(heap, bytes, false)?;
    expect(heap, value, Kind::Map, "map[string]interface {}")
}

/// Reads a map like [`decode_map`], and refuses duplicate keys (Go's `UnmarshalStrict`).
///
/// # Errors
/// See [`decode_map`], and Go's list of `key "a" already set in map`.
pub fn decode_map_strict(heap: &mut Heap, bytes: &[u8]) -> Result<Value, ParseError> {
    let value = read(heap, bytes, true)?;
    expect(heap, value, Kind::Map, "map[string]interface {}")
}

/// Reads a list, as `fromYamlArray` does; nothing at all and null are an empty list.
///
/// # Errors
/// See [`decode`], and Go's text for what is no list.
pub fn decode_list(heap: &mut Heap, bytes: &[u8]) -> Result<Value, ParseError> {
    let value = read(heap, bytes, false)?;
    expect(heap, value, Kind::List, "[]interface {}")
}

fn expect(heap: &mut Heap, value: Value, kind: Kind, go_type: &str) -> Result<Value, ParseError> {
    let found = match value.kind() {
        found if found == kind => return Ok(value),
        Kind::Nil if kind == Kind::Map => return Ok(heap.map()),
        Kind::Nil => return Ok(Value::EMPTY_LIST),
        Kind::List => "array",
        Kind::Map => "object",
        Kind::String => "string",
        Kind::Bool => "bool",
        _ => "number",
    };
    let text = format!("error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {found} into Go value of type {go_type}");
    Err(ParseError { message: text, line: 0, column: 0 })
}

fn read(heap: &mut Heap, bytes: &[u8], strict: bool) -> Result<Value, ParseError> {
    let (text, fault) = reader::read(bytes);
    let mut decoder = Decoder {
        heap,
        strict,
        open: Vec::new(),
        done: Vec::new(),
        anchors: HashMap::new(),
        counts: Counts::default(),
        faults: Faults::default(),
    };
    let value = decoder.document(Parser::new(&text, fault)).map_err(ParseError::converting)?;
    let mut faults = decoder.faults;
    if faults.number.is_some() {
        // A duplicate key may have replaced it.
        faults.number = first_infinity(heap, value);
    }
    if !faults.keys.is_empty() {
        let kept = maps_in(heap, value);
        faults.keys.retain(|(map, _)| kept.contains(map));
    }
    match faults.into_error(&text) {
        None => Ok(value),
        Some(error) => Err(error),
    }
}

/// What a node is as a key.
#[derive(Clone, Copy)]
enum Key {
    /// The string that sigs makes of it.
    Text(Value),
    Merge,
    /// Null, or a number beyond int64: sigs refuses those.
    Unsupported,
    Collection,
}

/// A decoded node that waits for its place.
#[derive(Clone, Copy)]
struct Done {
    value: Value,
    key: Key,
    start: u32,
    line: u32,
    alias: bool,
}

/// An anchored node. While it is open, an alias to it would never end.
#[derive(Clone, Copy)]
struct Anchored {
    done: Option<Done>,
    /// Where the node begins: one inside of it may take the name.
    start: u32,
    /// How many nodes Go decodes for it.
    cost: u64,
}

struct Open<'a> {
    /// The map being filled; nil for a sequence.
    map: Option<Value>,
    /// Keys of a large map that came out of order, and wait to be set together.
    late: Vec<(Value, Value)>,
    key: Option<Done>,
    anchor: Option<&'a str>,
    start: u32,
    line: u32,
    /// Where the items begin in `done`.
    base: usize,
    /// How many nodes were decoded before.
    count: u64,
}

/// Go's guard against aliases that multiply (`decode.go`, `allowedAliasRatio`).
#[derive(Default)]
struct Counts {
    decoded: u64,
    aliased: u64,
}

impl Counts {
    fn excessive(&self) -> bool {
        const LOW: u64 = 400_000;
        const HIGH: u64 = 4_000_000;
        let allowed = match self.decoded {
            0..=LOW => 0.99,
            HIGH.. => 0.10,
            decoded => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
        };
        self.aliased > 100 && self.decoded > 1000 && self.aliased as f64 / self.decoded as f64 > allowed
    }
}

/// The first fault of each of the stages that follow parsing in Go: decoding, strictness, keys, JSON.
#[derive(Default)]
struct Faults {
    decoding: Option<Fault>,
    duplicates: Vec<Fault>,
    /// Keys that JSON has no name for, each with its map; of a map's nulls the last one counts.
    keys: Vec<(MapId, UnsupportedKey)>,
    nulls: HashMap<MapId, usize>,
    number: Option<&'static str>,
    depth: bool,
}

impl Faults {
    /// A key that JSON has no name for.
    fn key(&mut self, map: MapId, fault: UnsupportedKey) {
        let at = if fault.null { *self.nulls.entry(map).or_insert(self.keys.len()) } else { self.keys.len() };
        match self.keys.get_mut(at) {
            Some((_, known)) => *known = fault,
            None => self.keys.push((map, fault)),
        }
    }

    fn into_error(self, text: &str) -> Option<ParseError> {
        if let Some(fault) = self.decoding {
            return Some(ParseError::converting(fault.explain(text)));
        }
        if !self.duplicates.is_empty() {
            return Some(ParseError::converting(explain::duplicates(text, &self.duplicates)));
        }
        if let Some((_, fault)) = self.keys.into_iter().next() {
            return Some(ParseError::converting(fault.explain(text)));
        }
        if let Some(number) = self.number {
            let message = format!("error converting YAML to JSON: json: unsupported value: {number}");
            return Some(ParseError { message, line: 0, column: 0 });
        }
        let message = "error unmarshaling JSON: while decoding JSON: exceeded max depth".to_string();
        self.depth.then_some(ParseError { message, line: 0, column: 0 })
    }
}

struct Decoder<'h, 'a> {
    heap: &'h mut Heap,
    strict: bool,
    open: Vec<Open<'a>>,
    done: Vec<Done>,
    anchors: HashMap<&'a str, Anchored>,
    counts: Counts,
    faults: Faults,
}

impl<'a> Decoder<'_, 'a> {
    fn document(&mut self, mut parser: Parser<'a>) -> Result<Value, ParseError> {
        for read in 0.. {
            let event = parser.next()?;
            if read > MAX_EVENTS || self.heap.exhausted() {
                return Err(ParseError::meaning("the document is too large", event.start.line + 1, event.start.column + 1));
            }
            match event.kind {
                EventKind::StreamStart | EventKind::DocumentStart { .. } => {}
                EventKind::StreamEnd | EventKind::DocumentEnd => break,
                EventKind::SequenceStart { .. } => self.enter(&event, false),
                EventKind::MappingStart { .. } => self.enter(&event, true),
                EventKind::SequenceEnd | EventKind::MappingEnd => self.leave(),
                EventKind::Alias(name) => self.alias(&event, name)?,
                EventKind::Scalar { .. } => self.scalar(&event),
            }
        }
        Ok(self.done.pop().map_or(Value::NIL, |done| done.value))
    }

    fn fail(&mut self, fault: Fault) {
        self.faults.decoding.get_or_insert(fault);
    }

    fn enter(&mut self, event: &Event<'a>, is_map: bool) {
        let count = self.counts.decoded;
        self.counts.decoded += 1;
        let map = is_map.then(|| self.heap.map());
        if let Some(anchor) = event.anchor {
            self.anchors.insert(anchor, Anchored { done: None, start: event.content.offset, cost: 0 });
        }
        let base = self.done.len();
        self.open.push(Open {
            map,
            late: Vec::new(),
            key: None,
            anchor: event.anchor,
            start: event.content.offset,
            line: event.start.line,
            base,
            count,
        });
        self.faults.depth |= self.open.len() > MAX_DEPTH;
    }

    fn leave(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        let value = match open.map {
            Some(map) => {
                if !open.late.is_empty() {
                    self.heap.set_all(map, &mut open.late);
                }
                map
            }
            None => {
                let items: Vec<Value> = self.done.drain(open.base..).map(|done| done.value).collect();
                self.heap.list(&items)
            }
        };
        let done = Done { value, key: Key::Collection, start: open.start, line: open.line, alias: false };
        let anchor = open.anchor.filter(|name| self.anchors.get(name).is_some_and(|anchored| anchored.start == open.start));
        self.keep(anchor, done, self.counts.decoded - open.count);
        self.place(done);
    }

    fn keep(&mut self, anchor: Option<&'a str>, done: Done, cost: u64) {
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, Anchored { done: Some(done), start: done.start, cost });
        }
    }

    fn alias(&mut self, event: &Event<'a>, name: &'a str) -> Result<(), ParseError> {
        let (line, column) = (event.start.line + 1, event.start.column + 1);
        let Some(&Anchored { done, cost, .. }) = self.anchors.get(name) else {
            return Err(ParseError::meaning(&format!("unknown anchor '{name}' referenced"), line, column));
        };
        let Some(done) = done else {
            self.fail(Fault::Text { text: format!("anchor '{name}' value contains itself"), line, column });
            self.place(Done { value: Value::NIL, key: Key::Collection, start: event.start.offset, line, alias: true });
            return Ok(());
        };
        self.counts.decoded += 1 + cost;
        self.counts.aliased += cost;
        let mut value = Value::NIL;
        if self.counts.excessive() {
            self.fail(Fault::Text { text: "document contains excessive aliasing".to_string(), line, column });
        }
        if self.faults.decoding.is_none() {
            let mut maps = Vec::new();
            value = copy(self.heap, done.value, &mut maps);
            maps.into_iter().for_each(|(from, to)| self.inherit_faults(from, to));
        }
        self.place(Done { value, start: event.start.offset, line: event.start.line, alias: true, ..done });
        Ok(())
    }

    fn scalar(&mut self, event: &Event<'a>) {
        let EventKind::Scalar { value: text, implicit, .. } = &event.kind else {
            return;
        };
        let is_key = self.open.last().is_some_and(|open| open.map.is_some() && open.key.is_none());
        let (start, line) = (event.content.offset, event.start.line);
        if is_key && text == "<<" && (*implicit || event.tag.as_deref() == Some(MERGE_TAG)) {
            self.place(Done { value: Value::NIL, key: Key::Merge, start, line, alias: false });
            return;
        }
        self.counts.decoded += 1;
        let resolved = match &event.tag {
            None if *implicit => Ok(resolve(text)),
            None => Ok(Scalar::Text),
            Some(tag) => resolve_tagged(tag, text),
        };
        let resolved = resolved.unwrap_or_else(|text| {
            self.fail(Fault::Text { text, line: line + 1, column: event.start.column + 1 });
            Scalar::Text
        });
        let value = match resolved {
            Scalar::Null => Value::NIL,
            Scalar::Bool(b) => Value::bool(b),
            Scalar::Int(int) => Value::float64(int as f64),
            Scalar::Uint(int) => Value::float64(int as f64),
            Scalar::Float(float) => {
                if !is_key && !float.is_finite() {
                    let name = if float.is_nan() {
                        "NaN"
                    } else if float > 0.0 {
                        "+Inf"
                    } else {
                        "-Inf"
                    };
                    self.faults.number.get_or_insert(name);
                }
                Value::float64(float)
            }
            Scalar::Text | Scalar::Timestamp if event.tag.as_deref() == Some(BINARY_TAG) => self.binary(event, text),
            Scalar::Text | Scalar::Timestamp => self.heap.string(text.as_bytes()),
        };
        // Only keys and what may be one by an alias need their name.
        let key = if is_key || event.anchor.is_some() { self.key(resolved, value) } else { Key::Collection };
        let done = Done { value, key, start, line, alias: false };
        self.keep(event.anchor, done, 1);
        self.place(done);
    }

    fn binary(&mut self, event: &Event<'a>, text: &str) -> Value {
        match chartwright_go::base64::decode64(text.as_bytes()) {
            // JSON has no bytes: what is no text becomes U+FFFD.
            Ok(bytes) => self.heap.string(String::from_utf8_lossy(&bytes).as_bytes()),
            Err(_) => {
                let text = "!!binary value contains invalid base64 data".to_string();
                self.fail(Fault::Text { text, line: event.start.line + 1, column: event.start.column + 1 });
                Value::NIL
            }
        }
    }

    fn key(&mut self, resolved: Scalar, value: Value) -> Key {
        Key::Text(match resolved {
            Scalar::Text | Scalar::Timestamp => value,
            Scalar::Bool(b) => self.heap.string(if b { "true" } else { "false" }),
            Scalar::Int(int) => self.heap.string(int.to_string()),
            Scalar::Float(float) => self.heap.string(crate::float::format(float, true)),
            Scalar::Null | Scalar::Uint(_) => return Key::Unsupported,
        })
    }

    /// Puts a node where it belongs: into the map under its key, to the items, or at the top.
    fn place(&mut self, done: Done) {
        let Some(open) = self.open.last_mut() else {
            self.done.push(done);
            return;
        };
        let Some(map) = open.map else {
            self.done.push(done);
            return;
        };
        match open.key.take() {
            None => {
                open.key = Some(done);
                if let Key::Collection = done.key {
                    self.fail(Fault::InvalidKey { start: done.start });
                }
            }
            Some(Done { key: Key::Text(key), start, .. }) => self.set(map, key, Some(start), done),
            Some(Done { key: Key::Merge, .. }) => self.merge(map, done),
            Some(Done { key: Key::Unsupported, value: key, start, .. }) => {
                let Repr::Map(map) = map.repr() else { return };
                self.faults.key(map, UnsupportedKey { key: start, value: done.start, null: key.is_nil() });
            }
            Some(Done { key: Key::Collection, .. }) => {}
        }
    }

    fn set(&mut self, map: Value, key: Value, key_start: Option<u32>, done: Done) {
        if self.strict && self.heap.get(map, self.heap.str(key)).is_some() {
            let key = key_start.ok_or_else(|| String::from_utf8_lossy(self.heap.str(key)).into_owned());
            self.faults.duplicates.push(Fault::Duplicate { key, line: done.line + 1 });
            return;
        }
        let entries = self.heap.entries(map);
        let in_order = entries.len() < LARGE || entries.last().is_some_and(|last| self.heap.str(last.key()) < self.heap.str(key));
        match self.open.last_mut() {
            Some(open) if !self.strict && !in_order => {
                open.late.push((key, done.value));
                if open.late.len() > LARGE.max(entries.len() / 2) {
                    self.heap.set_all(map, &mut open.late);
                }
            }
            _ => self.heap.set(map, key, done.value),
        }
    }

    /// A map that takes another's pairs takes its unsupported keys too.
    fn inherit_faults(&mut self, from: MapId, to: MapId) {
        let inherited: Vec<UnsupportedKey> = self.faults.keys.iter().filter(|(map, _)| *map == from).map(|(_, fault)| *fault).collect();
        inherited.into_iter().for_each(|fault| self.faults.key(to, fault));
    }

    /// Go's `merge`: the other map's pairs override what stands already; of a list the first map weighs most.
    fn merge(&mut self, map: Value, done: Done) {
        let sources = match done.value.kind() {
            Kind::Map => vec![done.value],
            Kind::List if !done.alias => self.heap.items(done.value).iter().rev().copied().collect(),
            _ => vec![Value::NIL],
        };
        for source in sources {
            if source.kind() != Kind::Map {
                let text = "map merge requires map or sequence of maps as the value".to_string();
                self.fail(Fault::Text { text, line: done.line + 1, column: 0 });
                return;
            }
            if let (Repr::Map(from), Repr::Map(to)) = (source.repr(), map.repr()) {
                self.inherit_faults(from, to);
            }
            for entry in self.heap.entries(source).to_vec() {
                self.set(map, entry.key(), None, Done { value: entry.value, ..done });
            }
        }
    }
}

/// The maps in a value.
fn maps_in(heap: &Heap, value: Value) -> HashSet<MapId> {
    let mut maps = HashSet::new();
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value.repr() {
            Repr::Map(map) if maps.insert(map) => rest.extend(heap.entries(value).iter().map(|entry| entry.value)),
            Repr::List(_) => rest.extend(heap.items(value)),
            _ => {}
        }
    }
    maps
}

/// The first number that JSON has not, in the order in which JSON is written.
fn first_infinity(heap: &Heap, value: Value) -> Option<&'static str> {
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value.repr() {
            Repr::Float(float) if float.is_nan() => return Some("NaN"),
            Repr::Float(f64::INFINITY) => return Some("+Inf"),
            Repr::Float(f64::NEG_INFINITY) => return Some("-Inf"),
            Repr::Map(_) => rest.extend(heap.entries(value).iter().rev().map(|entry| entry.value)),
            Repr::List(_) => rest.extend(heap.items(value).iter().rev()),
            _ => {}
        }
    }
    None
}

/// A copy that shares no map with the original: Go decodes an aliased node anew. `maps` takes each map with its copy.
fn copy(heap: &mut Heap, value: Value, maps: &mut Vec<(MapId, MapId)>) -> Value {
    /// Copies still to be made: the copy of this map, or the list made of the last items.
    enum Task {
        Visit(Value),
        Map(MapId, Vec<Value>),
        List(usize),
    }
    let mut tasks = vec![Task::Visit(value)];
    let mut done = Vec::new();
    while let Some(task) = tasks.pop() {
        match task {
            Task::Visit(value) => match value.repr() {
                Repr::Map(map) => {
                    let entries = heap.entries(value);
                    tasks.push(Task::Map(map, entries.iter().map(|entry| entry.key()).collect()));
                    tasks.extend(entries.iter().rev().map(|entry| Task::Visit(entry.value)));
                }
                Repr::List(_) => {
                    let items = heap.items(value);
                    tasks.push(Task::List(items.len()));
                    tasks.extend(items.iter().rev().map(|item| Task::Visit(*item)));
                }
                _ => done.push(value),
            },
            Task::Map(map, keys) => {
                let values = done.split_off(done.len() - keys.len());
                let pairs: Vec<_> = keys.into_iter().zip(values).collect();
                let copied = heap.map_from(Type::MAP, &pairs);
                if let Repr::Map(copied) = copied.repr() {
                    maps.push((map, copied));
                }
                done.push(copied);
            }
            Task::List(len) => {
                let items = done.split_off(done.len() - len);
                done.push(heap.list(&items));
            }
        }
    }
    done.pop().unwrap_or(Value::NIL)
}

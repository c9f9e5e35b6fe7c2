//! `encoding/json` for values: what `Marshal`, `MarshalIndent` and an `Encoder` write, and what `Unmarshal` into `interface {}` reads.
//! How strings and numbers are spelled is in `chartwright_go::json`. Nothing here recurses.

mod decode;

pub use decode::{decode_json, decode_json_partly, decode_json_prefix, decode_json_start};

use crate::value::Repr;
use crate::{Heap, Kind, Label, Type, Value};
use chartwright_go::float::Bits;
use chartwright_go::{base64, fmt, json};
use std::collections::HashSet;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug)]
pub struct JsonOptions {
    /// Whether `<`, `>` and `&` are escaped, as `json.Marshal` does.
    pub html: bool,
    /// The indentation of one level; none writes everything on one line.
    pub indent: Option<&'static str>,
}

impl JsonOptions {
    /// `json.Marshal`.
    pub const COMPACT: JsonOptions = JsonOptions { html: true, indent: None };
    /// `json.MarshalIndent(v, "", "  ")`.
    pub const PRETTY: JsonOptions = JsonOptions { html: true, indent: Some("  ") };
    /// An encoder with `SetEscapeHTML(false)`, without its final line break.
    pub const RAW: JsonOptions = JsonOptions { html: false, indent: None };
}

/// The error of a text or a nesting beyond any sane render. Go has no such limits; callers turn it into a limit's error.
pub const TOO_LARGE: &str = "json: value is too large";

/// From this depth on, Go looks for cycles. Source: `encoding/json/encode.go`, `startDetectCyclesAfter`.
const LOOK_FOR_CYCLES: usize = 1000;

/// A list or map that is being written.
struct Frame {
    value: Value,
    next: usize,
    /// The keys of a struct in the order of its fields; a map's keys are in order as they are.
    order: &'static [&'static str],
}

/// A value as JSON. Keys are sorted; bytes are base64; opaque objects say themselves what they are.
///
/// # Errors
/// Go's text, for infinities, cycles and types that JSON has not; [`TOO_LARGE`].
pub fn encode_json(heap: &mut Heap, value: Value, options: &JsonOptions) -> Result<Vec<u8>, String> {
    write(heap, value, options, |_, _| {})
}

/// The same, for a render that may be traced: `mark` is told, in order, where in the output each key or item begins (its line, if there are
/// lines) and the trace label of its value, and where a list or map ends, with its own.
///
/// # Errors
/// See [`encode_json`].
pub fn encode_json_marked(
    heap: &mut Heap,
    value: Value,
    options: &JsonOptions,
    mark: Option<&mut dyn FnMut(usize, Label)>,
) -> Result<Vec<u8>, String> {
    match mark {
        Some(mark) => write(heap, value, options, mark),
        None => encode_json(heap, value, options),
    }
}

fn write(heap: &mut Heap, value: Value, options: &JsonOptions, mut mark: impl FnMut(usize, Label)) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut stack: Vec<Frame> = Vec::new();
    let mut seen = HashSet::new();
    open(heap, value, options, &mut out, &mut stack, &mut seen)?;
    while let Some(Frame { value, next, order }) = stack.last_mut() {
        let (container, index, order) = (*value, *next, *order);
        *next += 1;
        if out.len() > fmt::MOST_BYTES {
            return Err(TOO_LARGE.to_owned());
        }
        let is_map = container.kind() == Kind::Map;
        let (count, entry, item) = if is_map {
            let entries = heap.entries(container);
            (entries.len(), entries.get(nth(heap, entries, index, order)).copied(), None)
        } else {
            let items = heap.items(container);
            (items.len(), None, items.get(index).copied())
        };
        if index == count {
            if stack.len() > LOOK_FOR_CYCLES
                && let Repr::Map(id) = container.repr()
            {
                seen.remove(&id);
            }
            stack.pop();
            if count > 0 {
                mark(line(&mut out, options, stack.len()), container.label());
            }
            out.push(if is_map { b'}' } else { b']' });
            continue;
        }
        if index > 0 {
            out.push(b',');
        }
        let begin = line(&mut out, options, stack.len());
        mark(begin, entry.map(|entry| entry.value).or(item).map_or(Label(0), Value::label));
        let child = match entry {
            Some(entry) => {
                json::string(&mut out, heap.str(entry.key()), options.html);
                out.push(b':');
                if options.indent.is_some() {
                    out.push(b' ');
                }
                entry.value
            }
            None => item.unwrap_or(Value::NIL),
        };
        open(heap, child, options, &mut out, &mut stack, &mut seen)?;
    }
    Ok(out)
}

/// The place of a struct's entry that comes at an index.
fn nth(heap: &Heap, entries: &[crate::Entry], index: usize, order: &[&str]) -> usize {
    if order.is_empty() {
        return index;
    }
    let place = |key: &str| entries.binary_search_by(|entry| heap.str(entry.key()).cmp(key.as_bytes())).ok();
    order.iter().filter_map(|key| place(key)).nth(index).unwrap_or(index)
}

/// Begins a line, if the options want lines, and tells where.
fn line(out: &mut Vec<u8>, options: &JsonOptions, depth: usize) -> usize {
    let Some(indent) = options.indent else { return out.len() };
    out.push(b'\n');
    let begin = out.len();
    for _ in 0..depth {
        out.extend_from_slice(indent.as_bytes());
    }
    begin
}

/// Writes what has no parts; of what has, writes the beginning and leaves the rest on the stack.
fn open(
    heap: &mut Heap,
    value: Value,
    options: &JsonOptions,
    out: &mut Vec<u8>,
    stack: &mut Vec<Frame>,
    seen: &mut HashSet<crate::MapId>,
) -> Result<(), String> {
    // An object stands for a plain value, which may hold objects again, but only so many.
    let mut value = value;
    let mut unwrapped = 0;
    let mut order: &'static [&'static str] = &[];
    while let Some(object) = heap.object(value) {
        order = object.json_order();
        value = object.to_json(heap)?;
        unwrapped += 1;
        if unwrapped > LOOK_FOR_CYCLES {
            return Err(TOO_LARGE.to_owned());
        }
    }
    match value.repr() {
        Repr::Invalid | Repr::Nil | Repr::Object(_) => out.extend_from_slice(b"null"),
        Repr::Bool(b) => out.extend_from_slice(if b { b"true" } else { b"false" }),
        Repr::Int(i) => fmt::decimal(out, i.unsigned_abs(), i < 0),
        Repr::Uint(u) => fmt::decimal(out, u, false),
        Repr::Float(f) => {
            let bits = if value.ty() == Type::FLOAT32 { Bits::Single } else { Bits::Double };
            if !json::number(out, f, bits) {
                let mut text = Vec::new();
                chartwright_go::float::format(&mut text, f, b'g', None, bits);
                return Err(format!("json: unsupported value: {}", String::from_utf8_lossy(&text)));
            }
        }
        Repr::String(_) if value.ty() == Type::BYTES && !value.is_typed_nil() => {
            out.push(b'"');
            out.extend_from_slice(&base64::encode64(heap.str(value)));
            out.push(b'"');
        }
        _ if value.is_typed_nil() => out.extend_from_slice(b"null"),
        Repr::String(_) => json::string(out, heap.str(value), options.html),
        Repr::List(_) if value.ty() == Type::COMPLEX128 => return Err("json: unsupported type: complex128".to_owned()),
        Repr::List(_) | Repr::Map(_) => {
            if let Repr::Map(id) = value.repr()
                && stack.len() >= LOOK_FOR_CYCLES
                && !seen.insert(id)
            {
                return Err(format!("json: unsupported value: encountered a cycle via {}", value.ty().name()));
            }
            out.push(if value.kind() == Kind::Map { b'{' } else { b'[' });
            stack.push(Frame { value, next: 0, order });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;

//! Values to YAML, as Helm's `toYaml` writes: sigs.k8s.io/yaml goes by way of JSON to Go's yaml v2, whose effects are had here directly.
//! And as `toYamlPretty` does, by yaml v3.
//! How a scalar is written is in [`emitter`], the order of keys in [`order`].

mod emitter;
mod order;

use crate::event::{EventKind, Parser};
use crate::resolve::{Scalar, resolve};
use crate::scan::reader;
use chartwright_go::float::Bits;
use chartwright_go::{base64, duration, json, utf8};
use chartwright_value::json::{JsonOptions, encode_json};
use chartwright_value::{Heap, Kind, Label, Repr, Type, Value};
pub(crate) use emitter::is_plain_safe;
use emitter::{Emitter, Flavour};
use std::borrow::Cow;

/// How deep values may nest: Go's scanner refuses JSON beyond.
const MAX_DEPTH: usize = 10_000;

/// From this depth on, Go looks for cycles (`encoding/json`, `startDetectCyclesAfter`).
const LOOK_FOR_CYCLES: usize = 1000;

/// How much text one value may become. Go has no such limit.
const MAX_OUTPUT: usize = 32 << 20;

/// How many objects may stand for one another in turn.
const MAX_UNWRAPPED: usize = 1000;

/// The longest key that Go's scanner finds again in the JSON, in characters with its quotes and escapes.
const MAX_KEY: usize = 1024;

/// A collection that is being written.
enum Frame {
    Map { map: Value, pairs: Vec<(Value, Value)>, next: usize, indent: i32 },
    List { list: Value, next: usize, indent: i32 },
}

impl Frame {
    /// Whether this is the frame of the given map.
    fn holds(&self, value: Value) -> bool {
        matches!(self, Frame::Map { map, .. } if value.kind() == Kind::Map && map.repr() == value.repr())
    }
}

/// Appends the value as YAML, with the final line break that `toYaml` cuts off.
///
/// # Errors
/// Go's text for what it cannot write: infinities, cycles, control characters, very long keys. `toYaml` writes nothing then, and the
/// output is as it was before.
pub fn encode(heap: &mut Heap, value: Value, out: &mut Vec<u8>, mark: Option<Mark<'_>>) -> Result<(), String> {
    let start = out.len();
    write(heap, value, out, Flavour::V2, mark).map_err(|text| {
        out.truncate(start);
        explain(heap, value).unwrap_or(text)
    })
}

/// Is told, in order, where in the output each key or item begins and the trace label of its value.
pub type Mark<'a> = &'a mut dyn FnMut(usize, Label);

/// Appends the value as `toYamlPretty` writes it: by yaml v3, without JSON between, so that `1e6` stays a float and infinities are fine.
///
/// # Errors
/// A value that never ends, for which Go has no error, or that is too large. The output is then as it was before.
pub fn encode_pretty(heap: &mut Heap, value: Value, out: &mut Vec<u8>, mark: Option<Mark<'_>>) -> Result<(), String> {
    let start = out.len();
    write(heap, value, out, Flavour::V3, mark).inspect_err(|_| out.truncate(start))
}

/// Go's own words: by the way of JSON that Go takes, since several faults are told in another order than here.
fn explain(heap: &mut Heap, value: Value) -> Option<String> {
    let spelled = match encode_json(heap, value, &JsonOptions::COMPACT) {
        Ok(spelled) => spelled,
        Err(text) => return Some(format!("error marshaling into JSON: {text}")),
    };
    let (text, fault) = reader::read(&spelled);
    let mut parser = Parser::new(&text, fault);
    loop {
        match parser.next() {
            Err(error) => return Some(error.message),
            Ok(event) if event.kind == EventKind::StreamEnd => return None,
            Ok(_) => {}
        }
    }
}

fn write(heap: &mut Heap, value: Value, out: &mut Vec<u8>, flavour: Flavour, mark: Option<Mark<'_>>) -> Result<(), String> {
    let mut none = |_, _| {};
    let mark = mark.unwrap_or(&mut none);
    let start = out.len();
    let mut emitter = Emitter::new(out, flavour);
    let mut frames: Vec<Frame> = Vec::new();
    write_node(heap, &mut emitter, &mut frames, value, false)?;
    while let Some(frame) = frames.last_mut() {
        if emitter.len() - start > MAX_OUTPUT {
            return Err("yaml: value is too large".to_string());
        }
        let (child, mapping) = match frame {
            Frame::Map { pairs, next, indent, .. } => {
                emitter.indent = *indent;
                let Some(&(key, value)) = pairs.get(*next) else {
                    frames.pop();
                    continue;
                };
                *next += 1;
                mark(emitter.len() - start, value.label());
                let text = text_of(heap.str(key), flavour)?;
                emitter.write_key(&text);
                (value, true)
            }
            Frame::List { list, next, indent } => {
                emitter.indent = *indent;
                let Some(&item) = heap.items(*list).get(*next) else {
                    frames.pop();
                    continue;
                };
                *next += 1;
                mark(emitter.len() - start, item.label());
                emitter.write_item();
                (item, false)
            }
        };
        write_node(heap, &mut emitter, &mut frames, child, mapping)?;
    }
    emitter.indent = -1;
    emitter.write_indent();
    Ok(())
}

/// Writes what has no parts; what has is left on the stack. `mapping`: the node is a map's value.
fn write_node(heap: &mut Heap, emitter: &mut Emitter<'_>, frames: &mut Vec<Frame>, value: Value, mapping: bool) -> Result<(), String> {
    if emitter.flavour == Flavour::V3
        && let Some(text) = written_by_v3(heap, value)
    {
        emitter.write_word(&text);
        return Ok(());
    }
    if emitter.flavour == Flavour::V3
        && let Some(pairs) = fields_by_v3(heap, value)
    {
        let indent = emitter.nested_indent(false);
        frames.push(Frame::Map { map: value, pairs, next: 0, indent });
        return Ok(());
    }
    let value = plain(heap, value)?;
    match value.repr() {
        Repr::Int(nanoseconds) if value.ty() == Type::DURATION && emitter.flavour == Flavour::V3 => {
            emitter.write_string(&duration::format(nanoseconds));
        }
        Repr::Invalid | Repr::Nil | Repr::Object(_) => emitter.write_word("null"),
        _ if value.is_typed_nil() && emitter.flavour == Flavour::V2 => emitter.write_word("null"),
        Repr::Bool(b) => emitter.write_word(if b { "true" } else { "false" }),
        Repr::Int(int) => emitter.write_word(&int.to_string()),
        Repr::Uint(int) => emitter.write_word(&int.to_string()),
        Repr::Float(float) => {
            let bits = if value.ty() == Type::FLOAT32 { Bits::Single } else { Bits::Double };
            match emitter.flavour {
                Flavour::V2 => emitter.write_word(&number(float, bits)?),
                Flavour::V3 => emitter.write_word(&crate::float::format(float, bits == Bits::Single)),
            }
        }
        Repr::String(_) if value.ty() == Type::BYTES && emitter.flavour == Flavour::V3 => {
            // To version 3 bytes are a list like any other.
            let bytes: Vec<Value> = heap.str(value).iter().map(|byte| Value::int(i64::from(*byte))).collect();
            let list = heap.list(&bytes);
            return write_node(heap, emitter, frames, list, mapping);
        }
        Repr::String(_) if value.ty() == Type::BYTES => {
            let text = base64::encode64(heap.str(value));
            emitter.write_string(&String::from_utf8_lossy(&text));
        }
        Repr::String(_) if emitter.flavour == Flavour::V3 && std::str::from_utf8(heap.str(value)).is_err() => {
            emitter.write_binary(&wrapped_base64(heap.str(value)));
        }
        Repr::String(_) => emitter.write_string(&text_of(heap.str(value), emitter.flavour)?),
        Repr::List(_) if value.ty() == Type::COMPLEX128 => {
            return Err("error marshaling into JSON: json: unsupported type: complex128".to_string());
        }
        Repr::List(_) | Repr::Map(_) => {
            if frames.len() >= MAX_DEPTH {
                return Err("yaml: exceeded max depth of 10000".to_string());
            }
            if frames.len() >= LOOK_FOR_CYCLES && frames.iter().any(|frame| frame.holds(value)) {
                return Err(format!("error marshaling into JSON: json: unsupported value: encountered a cycle via {}", value.ty().name()));
            }
            let is_map = value.kind() == Kind::Map;
            let empty = if is_map { heap.entries(value).is_empty() } else { heap.items(value).is_empty() };
            if empty {
                emitter.write_indicator(if is_map { "{}" } else { "[]" }, true, false);
                return Ok(());
            }
            let indent = emitter.nested_indent(!is_map && mapping);
            frames.push(if is_map {
                Frame::Map { map: value, pairs: sorted_pairs(heap, value, emitter.flavour)?, next: 0, indent }
            } else {
                Frame::List { list: value, next: 0, indent }
            });
        }
    }
    Ok(())
}

/// What version 3 writes of its own accord: a time, as a timestamp and not as a string. Source: `encode.go`, `timev`.
fn written_by_v3(heap: &mut Heap, value: Value) -> Option<String> {
    let object = heap.object(value).filter(|object| object.type_name() == "time.Time")?;
    let text = object.to_json(heap).ok()?;
    Some(String::from_utf8_lossy(heap.str(text)).into_owned())
}

/// A struct's fields as version 3 writes them: in their order, by their names in small letters. Source: `yaml.go`, `getStructInfo`.
fn fields_by_v3(heap: &mut Heap, value: Value) -> Option<Vec<(Value, Value)>> {
    let fields = heap.object(value)?.fields(heap)?;
    Some(fields.into_iter().map(|field| (heap.string(field.name.to_lowercase()), field.value)).collect())
}

/// What an object is to JSON.
fn plain(heap: &mut Heap, mut value: Value) -> Result<Value, String> {
    let mut unwrapped = 0;
    while let Some(object) = heap.object(value) {
        value = object.to_json(heap).map_err(|text| format!("error marshaling into JSON: {text}"))?;
        unwrapped += 1;
        if unwrapped > MAX_UNWRAPPED {
            return Err("yaml: value is too large".to_string());
        }
    }
    Ok(value)
}

fn sorted_pairs(heap: &Heap, map: Value, flavour: Flavour) -> Result<Vec<(Value, Value)>, String> {
    let entries = heap.entries(map);
    let mut pairs = Vec::with_capacity(entries.len());
    for entry in entries {
        let key = heap.str(entry.key());
        // One character may take six: only long keys need the count.
        if flavour == Flavour::V2 && key.len() > MAX_KEY / 6 {
            let mut spelled = Vec::new();
            json::string(&mut spelled, key, true);
            if String::from_utf8_lossy(&spelled).chars().count() > MAX_KEY {
                return Err("yaml: did not find expected ',' or '}'".to_string());
            }
        }
        if flavour == Flavour::V2 && key.windows(2).any(|pair| pair == NEXT_LINE) {
            return Err("yaml: did not find expected ',' or '}'".to_string());
        }
        pairs.push((entry.key(), entry.value));
    }
    order::sort(&mut pairs, flavour, |(key, _)| heap.str(*key));
    Ok(pairs)
}

/// A number's JSON, read by yaml v2 and written again.
fn number(float: f64, bits: Bits) -> Result<String, String> {
    let mut text = Vec::new();
    if !json::number(&mut text, float, bits) {
        let name = if float.is_nan() {
            "NaN"
        } else if float > 0.0 {
            "+Inf"
        } else {
            "-Inf"
        };
        return Err(format!("error marshaling into JSON: json: unsupported value: {name}"));
    }
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(match resolve(&text) {
        Scalar::Int(int) => int.to_string(),
        Scalar::Float(float) => crate::float::format(float, false),
        _ => text,
    })
}

/// U+0085, which YAML 1.1 takes for a line break even inside JSON's strings.
const NEXT_LINE: &[u8] = "\u{85}".as_bytes();

/// A string as it comes out of JSON: text, with U+FFFD for what is none.
fn text_of(bytes: &[u8], flavour: Flavour) -> Result<Cow<'_, str>, String> {
    let ordinary = bytes.iter().all(|byte| matches!(byte, 0..=0x7E));
    if ordinary {
        return Ok(String::from_utf8_lossy(bytes));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(replace_stray_bytes(bytes)),
    };
    if flavour == Flavour::V3 {
        return Ok(text);
    }
    let forbidden = |c: char| matches!(c, '\x7F'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(forbidden) {
        return Err("yaml: control characters are not allowed".to_string());
    }
    if text.contains('\u{85}') {
        return Ok(Cow::Owned(read_back(bytes)?));
    }
    Ok(text)
}

/// Base64 in lines of seventy (`resolve.go`, `encodeBase64`).
fn wrapped_base64(bytes: &[u8]) -> String {
    const LINE: usize = 70;
    let text = String::from_utf8_lossy(&base64::encode64(bytes)).into_owned();
    if text.len() < LINE {
        return text;
    }
    text.as_bytes().chunks(LINE).fold(String::new(), |lines, line| lines + &String::from_utf8_lossy(line) + "\n")
}

/// Go replaces each stray byte by itself.
fn replace_stray_bytes(mut bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    while !bytes.is_empty() {
        let (code, width) = utf8::decode(bytes);
        text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        bytes = bytes.get(width.max(1)..).unwrap_or(&[]);
    }
    text
}

/// What the scanner makes of the string's JSON.
fn read_back(bytes: &[u8]) -> Result<String, String> {
    let mut spelled = Vec::new();
    json::string(&mut spelled, bytes, true);
    let spelled = String::from_utf8_lossy(&spelled);
    let mut parser = Parser::new(&spelled, None);
    loop {
        let event = parser.next().map_err(|error| error.message)?;
        match event.kind {
            EventKind::Scalar { value, .. } => return Ok(value.into_owned()),
            EventKind::StreamEnd => return Ok(String::new()),
            _ => {}
        }
    }
}

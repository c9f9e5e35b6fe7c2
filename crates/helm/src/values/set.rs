//! `--set` and its kin: one line that sets values (`pkg/strvals/parser.go`, `literal_parser.go`).

use crate::HelmVersion;
use chartwright_go::quote::quoted;
use chartwright_value::json::decode_json_prefix;
use chartwright_value::{Heap, Kind, Value};

/// The largest index that may be set (`MaxIndex`).
const MAX_INDEX: i64 = 65_536;
/// How deep names may nest (`MaxNestedNameLevel`).
const MAX_NAMES: usize = 30;
/// How deep lists may nest directly in each other in one name. Helm has no limit of its own here.
const MAX_LISTS: usize = 50;
/// How deep names and lists may nest together: `a[0].b[0].c` goes on and on in Helm.
const MAX_DEPTH: usize = 100;

/// How the right-hand side is read.
#[derive(Clone, Copy)]
pub(crate) enum Mode<'a> {
    /// `--set`: booleans, null and whole numbers have their types.
    Typed,
    /// `--set-string`: always a string.
    Text,
    /// `--set-json`: JSON.
    Json,
    /// `--set-literal`: the rest of the line as it is.
    Literal,
    /// `--set-file`: what stands in the named file.
    File(&'a [(String, Result<Vec<u8>, String>)]),
}

/// Applies a line to a map that belongs to this render alone.
///
/// # Errors
/// Helm's text, without what the flag puts before it.
pub(crate) fn apply(heap: &mut Heap, map: Value, line: &str, mode: Mode<'_>, helm: HelmVersion) -> Result<(), String> {
    let mut parser = Parser { heap, text: line, mode, helm, depth: 0, named: None };
    parser.run(map)
}

/// The paths that a `--set-file` expression names, in order, so that whoever may read files can read them.
pub fn files_named(expression: &str) -> Vec<String> {
    let mut heap = Heap::default();
    let map = heap.map();
    let mut parser =
        Parser { heap: &mut heap, text: expression, mode: Mode::File(&[]), helm: HelmVersion::V4, depth: 0, named: Some(Vec::new()) };
    // What is wrong with the expression is told when it is applied.
    let _ = parser.run(map);
    parser.named.unwrap_or_default()
}

enum Stop {
    End,
    Failed(String),
}

fn failed<T>(text: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Failed(text.into()))
}

struct Parser<'a> {
    heap: &'a mut Heap,
    text: &'a str,
    mode: Mode<'a>,
    helm: HelmVersion,
    /// Maps and lists entered on the way to the value.
    depth: usize,
    /// Collects the files instead of reading them.
    named: Option<Vec<String>>,
}

impl Parser<'_> {
    fn run(&mut self, map: Value) -> Result<(), String> {
        loop {
            match self.key(map, 0) {
                Ok(()) => {}
                Err(Stop::End) => return Ok(()),
                Err(Stop::Failed(text)) => return Err(text),
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.text.chars().next()?;
        self.text = &self.text[c.len_utf8()..];
        Some(c)
    }

    /// The text up to one of the stops, which is taken too; none at the end. A backslash takes the next character as it is.
    fn until(&mut self, stops: &[char]) -> (String, Option<char>) {
        let mut found = String::new();
        while let Some(c) = self.next() {
            if stops.contains(&c) {
                return (found, Some(c));
            }
            if c == '\\' && !matches!(self.mode, Mode::Literal) {
                match self.next() {
                    Some(escaped) => found.push(escaped),
                    None => return (found, None),
                }
            } else {
                found.push(c);
            }
        }
        (found, None)
    }

    fn key(&mut self, map: Value, names: usize) -> Result<(), Stop> {
        if self.depth >= MAX_DEPTH {
            return failed(format!("names and lists nest deeper than {MAX_DEPTH}"));
        }
        self.depth += 1;
        let result = self.key_below(map, names);
        self.depth -= 1;
        result
    }

    fn key_below(&mut self, map: Value, names: usize) -> Result<(), Stop> {
        let stops: &[char] = if matches!(self.mode, Mode::Literal) { &['=', '[', '.'] } else { &['=', '[', ',', '.'] };
        let (key, stop) = self.until(stops);
        let quoted_key = || quoted(key.as_bytes());
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => failed(format!("key {} has no value", quoted_key())),
            Some('[') => {
                let index = self.index()?;
                let list = match self.heap.get(map, &key) {
                    None => Value::EMPTY_LIST,
                    Some(list) if list.kind() == Kind::List => list,
                    Some(other) => return failed(self.conversion(other, "[]interface {}")),
                };
                let (list, result) = self.item(list, index, names, 0);
                self.put(map, &key, list);
                result
            }
            Some('=') => {
                let (value, result) = self.value()?;
                if let Some(value) = value {
                    self.put(map, &key, value);
                }
                result
            }
            Some(',') => {
                self.put(map, &key, Value::EMPTY);
                failed(format!("key {} has no value (cannot end with ,)", quoted_key()))
            }
            _ => {
                if names >= MAX_NAMES {
                    return failed(format!("value name nested level is greater than maximum supported nested level of {MAX_NAMES}"));
                }
                let inner = match self.heap.get(map, &key) {
                    None => self.heap.map(),
                    Some(inner) if inner.kind() == Kind::Map => inner,
                    Some(other) => return failed(self.conversion(other, "map[string]interface {}")),
                };
                let result = self.key(inner, names + 1);
                if !self.heap.entries(inner).is_empty() {
                    self.put(map, &key, inner);
                } else if result.is_ok() {
                    return failed(format!("key map {} has no value", quoted_key()));
                }
                result
            }
        }
    }

    /// What Go's failed type assertion says, after `recover`.
    fn conversion(&self, value: Value, wanted: &str) -> String {
        let found = if value.is_nil() { "nil".to_owned() } else { self.heap.type_name(value) };
        format!("unable to parse key: interface conversion: interface {{}} is {found}, not {wanted}")
    }

    fn put(&mut self, map: Value, key: &str, value: Value) {
        if !key.is_empty() {
            self.heap.put(map, key, value);
        }
    }

    fn index(&mut self) -> Result<i64, Stop> {
        let (text, stop) = self.until(&[']']);
        let fail = |why: &str| Stop::Failed(format!("error parsing index: {why}"));
        if stop.is_none() {
            // Helm 3 wraps the end of the line in an error of its own, which is no end any more.
            return if self.helm == HelmVersion::V3 { Err(fail("EOF")) } else { Err(Stop::End) };
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text);
        if unsigned.is_empty() || unsigned.bytes().any(|b| !b.is_ascii_digit()) {
            return Err(fail(&format!("strconv.Atoi: parsing {}: invalid syntax", quoted(text.as_bytes()))));
        }
        text.parse().map_err(|_| fail(&format!("strconv.Atoi: parsing {}: value out of range", quoted(text.as_bytes()))))
    }

    /// What follows an index. Gives the list as it is then, and how the line goes on.
    fn item(&mut self, list: Value, index: i64, names: usize, lists: usize) -> (Value, Result<(), Stop>) {
        match self.item_value(list, index, names, lists) {
            Ok((list, result)) => (list, result),
            Err(stop) => (list, Err(stop)),
        }
    }

    fn item_value(&mut self, list: Value, index: i64, names: usize, lists: usize) -> Result<(Value, Result<(), Stop>), Stop> {
        if index < 0 {
            return failed(format!("negative {index} index not allowed"));
        }
        let (unexpected, stop) = self.until(&['[', '.', '=']);
        if !unexpected.is_empty() {
            return failed(format!("unexpected data at end of array index: {}", runes(&unexpected)));
        }
        let known = self.heap.items(list).get(index as usize).copied();
        match stop {
            None => Err(Stop::End),
            Some('=') => {
                let (value, result) = self.value()?;
                // At the end of the line a list's item is set and the line goes on to its end; so it does for every other value.
                let list = self.set_index(list, index, value.unwrap_or(Value::EMPTY))?;
                Ok((list, if matches!(result, Err(Stop::End)) { Ok(()) } else { result }))
            }
            Some('[') => {
                let next = self.index()?;
                if lists >= MAX_LISTS {
                    return failed(format!("lists nest deeper than {MAX_LISTS}"));
                }
                let inner = match known {
                    None => Value::EMPTY_LIST,
                    Some(value) if value.is_nil() => Value::EMPTY_LIST,
                    Some(value) if value.kind() == Kind::List => value,
                    Some(other) => return failed(self.conversion(other, "[]interface {}")),
                };
                let (inner, result) = self.item_value(inner, next, names, lists + 1)?;
                Ok((self.set_index(list, index, inner)?, result))
            }
            _ => {
                let inner = match known {
                    Some(value) if value.kind() == Kind::Map => value,
                    _ => self.heap.map(),
                };
                self.key(inner, names)?;
                Ok((self.set_index(list, index, inner)?, Ok(())))
            }
        }
    }

    fn set_index(&mut self, list: Value, index: i64, value: Value) -> Result<Value, Stop> {
        if index > MAX_INDEX {
            return failed(format!("index of {index} is greater than maximum supported index of {MAX_INDEX}"));
        }
        let mut items = self.heap.items(list).to_vec();
        let index = index as usize;
        if items.len() <= index {
            items.resize(index + 1, Value::NIL);
        }
        items[index] = value;
        Ok(self.heap.list(&items))
    }

    /// The right-hand side: a value, and how the line goes on after it.
    fn value(&mut self) -> Result<(Option<Value>, Result<(), Stop>), Stop> {
        match self.mode {
            Mode::Literal => {
                let rest = std::mem::take(&mut self.text);
                Ok((Some(self.heap.string(rest)), Ok(())))
            }
            Mode::Json => self.json(),
            _ if self.text.is_empty() => Ok((Some(Value::EMPTY), Err(Stop::End))),
            _ if self.text.starts_with('{') => {
                self.next();
                Ok((Some(self.braces()?), Ok(())))
            }
            _ => {
                let (text, _) = self.until(&[',']);
                match self.read(&text) {
                    Ok(value) => Ok((Some(value), Ok(()))),
                    Err(error) => Err(Stop::Failed(error)),
                }
            }
        }
    }

    /// A list in braces, whose first brace is taken.
    fn braces(&mut self) -> Result<Value, Stop> {
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.until(&[',', '}']);
            if stop.is_none() {
                return failed("list must terminate with '}'");
            }
            items.push(self.read(&text).map_err(Stop::Failed)?);
            if stop == Some('}') {
                self.text = self.text.strip_prefix(',').unwrap_or(self.text);
                return Ok(self.heap.list(&items));
            }
        }
    }

    fn read(&mut self, text: &str) -> Result<Value, String> {
        match self.mode {
            Mode::Typed => Ok(typed(self.heap, text)),
            Mode::File(files) => {
                if let Some(named) = &mut self.named {
                    named.push(text.to_owned());
                    return Ok(Value::EMPTY);
                }
                match files.iter().find(|(path, _)| path == text) {
                    Some((_, Ok(bytes))) => Ok(self.heap.string(bytes)),
                    Some((_, Err(error))) => Err(error.clone()),
                    None => Err(format!("open {text}: no such file or directory")),
                }
            }
            _ => Ok(self.heap.string(text)),
        }
    }

    fn json(&mut self) -> Result<(Option<Value>, Result<(), Stop>), Stop> {
        if self.skip_blank() {
            return Ok((Some(Value::NIL), Ok(())));
        }
        match decode_json_prefix(self.heap, self.text.as_bytes()) {
            Ok((value, after)) => {
                self.text = self.text.get(after..).unwrap_or_default();
                self.skip_blank();
                Ok((Some(value), Ok(())))
            }
            Err(error) => failed(error),
        }
    }

    /// Takes blanks and one comma, or the end; whether nothing else came first.
    fn skip_blank(&mut self) -> bool {
        loop {
            let Some(c) = self.text.chars().next() else {
                return true;
            };
            if c != ',' && !crate::rendered::go_space(c) {
                return false;
            }
            self.next();
            if c == ',' {
                return true;
            }
        }
    }
}

/// `%q` of a list of runes.
fn runes(text: &str) -> String {
    let mut out = vec![b'['];
    for (at, c) in text.chars().enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        chartwright_go::quote::quote_rune(&mut out, c as u32, false);
    }
    out.push(b']');
    String::from_utf8_lossy(&out).into_owned()
}

/// A value as `--set` types it (`typedVal`).
fn typed(heap: &mut Heap, text: &str) -> Value {
    if text.eq_ignore_ascii_case("true") {
        return Value::TRUE;
    }
    if text.eq_ignore_ascii_case("false") {
        return Value::FALSE;
    }
    if text.eq_ignore_ascii_case("null") {
        return Value::NIL;
    }
    if text == "0" {
        return Value::int64(0);
    }
    if !text.starts_with('0')
        && let Ok(number) = text.parse::<i64>()
    {
        return Value::int64(number);
    }
    heap.string(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_nests_without_end_is_refused() {
        for (line, expected) in [
            ("a[0].".repeat(100_000) + "b=1", "names and lists nest deeper than 100"),
            (format!("a{}=1", "[0]".repeat(100_000)), "lists nest deeper than 50"),
            ("a.".repeat(100_000) + "b=1", "value name nested level is greater than maximum supported nested level of 30"),
        ] {
            let mut heap = Heap::default();
            let map = heap.map();
            assert_eq!(apply(&mut heap, map, &line, Mode::Typed, HelmVersion::V4).unwrap_err(), expected);
        }
    }
}

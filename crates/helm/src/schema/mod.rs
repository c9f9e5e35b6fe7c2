//! JSON Schema as charts use it, with the words of the validator that Helm 4 carries (`santhosh-tekuri/jsonschema` v6).
//! A schema is compiled once. What a reference to another document leads to comes from a loader that the caller hands in.

mod compile;
mod draft;
mod equal;
mod failure;
mod format;
mod meta;
mod number;
mod resources;
mod validate;

use chartwright_value::{Heap, Value};
use compile::Node;
use failure::Failure;
pub(crate) use validate::Matched;

/// A compiled schema.
pub struct Schema {
    nodes: Vec<Node>,
    /// URNs that it refers to and nobody knows: what they name allows everything, and Helm warns.
    pub(crate) unresolved: Vec<String>,
}

/// The name under which Helm compiles a chart's schema.
const URL: &str = "file:///values.schema.json";

/// One reason why a value does not fit its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where in the instance: keys, and indices of lists as decimal numbers.
    pub instance_path: Vec<String>,
    /// The keyword that failed: `type`, `enum`, `minimum`, `required` …
    pub keyword: String,
    /// The reason in Helm's words: `got string, want integer`.
    pub message: String,
}

/// Every way in which one value does not fit.
#[derive(Debug)]
pub struct Violations {
    failures: Vec<Failure>,
}

/// How long a schema's text may be: read and compiled, it takes some forty times as much.
const MAX_TEXT: usize = 2 << 20;

impl Schema {
    /// Compiles a schema. Without `$schema` it is one of draft 2020-12, as in Helm.
    ///
    /// # Errors
    /// Text that is not JSON, a reference to nowhere or to another document, or a pattern that does not compile.
    pub fn parse(text: &str) -> Result<Schema, String> {
        Schema::parse_with(text, &mut |_| Err("nothing is loaded here".to_owned()))
    }

    /// The same with a loader of other documents, by their URLs.
    pub(crate) fn parse_with(text: &str, load: resources::Loader<'_>) -> Result<Schema, String> {
        if text.len() > MAX_TEXT {
            return Err("the schema is too large".to_owned());
        }
        let json: serde_json::Value = serde_json::from_str(text).map_err(|error| syntax_error(text, &error))?;
        let compile::Compiled { nodes, unresolved } = compile::compile(URL, json, load)?;
        Ok(Schema { nodes, unresolved })
    }

    /// Checks a value of a heap. What a value may nest is limited; deeper than that is a violation that says so.
    ///
    /// # Errors
    /// The ways in which it does not fit.
    pub fn validate(&self, heap: &Heap, value: Value) -> Result<(), Violations> {
        self.validate_again(heap, value, &mut Matched::default())
    }

    /// The same for a value that is much like the one before.
    pub(crate) fn validate_again(&self, heap: &Heap, value: Value, matched: &mut Matched) -> Result<(), Violations> {
        let failures = validate::validate(&self.nodes, heap, value, matched);
        if failures.is_empty() { Ok(()) } else { Err(Violations { failures }) }
    }

    /// Checks a JSON value.
    ///
    /// # Errors
    /// The ways in which it does not fit.
    pub fn validate_json(&self, json: &serde_json::Value) -> Result<(), Violations> {
        let mut heap = Heap::default();
        let value = from_json(&mut heap, json);
        self.validate(&heap, value)
    }
}

/// What Go's JSON decoder says of a text that is no JSON.
fn syntax_error(text: &str, error: &serde_json::Error) -> String {
    if text.trim_ascii().is_empty() {
        return "EOF".to_owned();
    }
    match chartwright_value::json::decode_json(&mut Heap::default(), text.as_bytes()) {
        Err(error) if error == "unexpected end of JSON input" => "unexpected EOF".to_owned(),
        Err(error) => error,
        Ok(_) => error.to_string(),
    }
}

impl Violations {
    /// A list with one entry a place that does not fit. Where alternatives (`anyOf`, `oneOf`) all fail, the place is theirs.
    pub fn list(&self) -> Vec<Violation> {
        let mut list = Vec::new();
        self.failures.iter().for_each(|failure| failure.collect(&mut list));
        list
    }
}

impl std::fmt::Display for Violations {
    /// Helm's lines, without a line end at the end. Helm prints failures of one level in no order; here they stand in the schema's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.failures.iter().for_each(|failure| failure.display(&mut text, 1));
        f.write_str(text.strip_prefix('\n').unwrap_or(&text))
    }
}

/// A JSON value on a heap, numbers as Go's `float64`. The nesting of a `serde_json` value that was parsed is bounded.
pub(crate) fn from_json(heap: &mut Heap, json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::NIL,
        serde_json::Value::Bool(b) => Value::bool(*b),
        serde_json::Value::Number(number) => Value::float64(number.as_f64().unwrap_or(0.0)),
        serde_json::Value::String(text) => heap.string(text),
        serde_json::Value::Array(items) => {
            let items: Vec<Value> = items.iter().map(|item| from_json(heap, item)).collect();
            heap.list(&items)
        }
        serde_json::Value::Object(entries) => {
            let map = heap.map();
            for (key, value) in entries {
                let value = from_json(heap, value);
                heap.put(map, key, value);
            }
            map
        }
    }
}

#[cfg(test)]
mod tests;

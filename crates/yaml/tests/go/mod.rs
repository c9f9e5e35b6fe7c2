//! Replays what Go's YAML libraries answered (`tools/go-yaml-oracle`) and tells where this crate answers otherwise.

use chartwright_value::json::decode_json;
use chartwright_value::{Heap, Repr, Value};
use chartwright_yaml::{decode, decode_list, decode_map, decode_map_strict, encode, encode_pretty, head};
use serde_json::Value as Json;

/// The differences in a file of exchanges, one JSON object a line.
pub(crate) fn differences(file: &str) -> Vec<String> {
    file.lines().filter(|line| !line.trim().is_empty()).filter_map(difference).collect()
}

fn difference(line: &str) -> Option<String> {
    let exchange: Json = serde_json::from_str(line).expect("an exchange is JSON");
    let text = |field: &str| exchange.get(field).and_then(Json::as_str);
    let input = match text("base64") {
        Some(_) => bytes(&exchange["bytes"]),
        None => text("text").unwrap_or("").as_bytes().to_vec(),
    };
    let op = text("op").expect("an exchange has an operation");
    let mut heap = Heap::default();
    if op == "yaml" || op == "pretty" {
        let value = decode_json(&mut heap, &input).expect("the input is JSON");
        let mut out = Vec::new();
        let encode = if op == "yaml" { encode } else { encode_pretty };
        let answer = encode(&mut heap, value, &mut out, None).map(|()| String::from_utf8(out).expect("YAML is text"));
        let expected = text("output").map(str::to_string).ok_or_else(|| text("error").unwrap_or("").to_string());
        return (answer != expected)
            .then(|| format!("{op} {:?}\n  Go:   {expected:?}\n  here: {answer:?}", String::from_utf8_lossy(&input)));
    }
    if op == "head" {
        let document = String::from_utf8(input).expect("a document is text");
        let answer = head(&document).map(|head| {
            let annotations: serde_json::Map<_, _> =
                head.annotations.into_iter().map(|(name, value)| (name, Json::String(value))).collect();
            serde_json::json!([head.api_version, head.kind, head.name, annotations])
        });
        let expected = match text("output") {
            Some(output) => Ok(serde_json::from_str::<Json>(output).expect("the answer is JSON")),
            None => Err(text("error").unwrap_or("").to_string()),
        };
        let answer = answer.map_err(|error| error.message);
        return (answer != expected).then(|| format!("{op} {document:?}\n  Go:   {expected:?}\n  here: {answer:?}"));
    }
    let answer = match op {
        "map" => decode_map(&mut heap, &input).map(|value| json(&heap, value)),
        "list" => decode_list(&mut heap, &input).map(|value| json(&heap, value)),
        "any" => decode(&mut heap, &input).map(|value| json(&heap, value)),
        "strict" => decode_map_strict(&mut heap, &input).map(|value| json(&heap, value)),
        other => return Some(format!("unknown operation {other}")),
    };
    let expected = match (text("output"), text("error")) {
        (Some(output), _) => Ok(serde_json::from_str::<Json>(output).expect("the answer is JSON")),
        (None, error) => Err(error.unwrap_or("").to_string()),
    };
    let answer = answer.map_err(|error| error.message);
    (answer != expected).then(|| format!("{op} {:?}\n  Go:   {expected:?}\n  here: {answer:?}", String::from_utf8_lossy(&input)))
}

fn bytes(list: &Json) -> Vec<u8> {
    list.as_array().into_iter().flatten().filter_map(|byte| byte.as_u64().map(|byte| byte as u8)).collect()
}

/// A value as JSON, by way of its own stack, since cases nest deeply.
fn json(heap: &Heap, value: Value) -> Json {
    match value.repr() {
        Repr::Nil | Repr::Invalid => Json::Null,
        Repr::Bool(b) => Json::Bool(b),
        Repr::Int(int) => (int as f64).into(),
        Repr::Uint(int) => (int as f64).into(),
        Repr::Float(float) => number(float),
        Repr::String(_) => Json::String(String::from_utf8_lossy(heap.str(value)).into_owned()),
        Repr::List(_) => heap.items(value).iter().map(|item| json(heap, *item)).collect(),
        Repr::Map(_) => {
            let entries = heap.entries(value).iter();
            Json::Object(
                entries.map(|entry| (String::from_utf8_lossy(heap.str(entry.key())).into_owned(), json(heap, entry.value))).collect(),
            )
        }
        Repr::Object(_) => Json::Null,
    }
}

/// Numbers as serde_json reads Go's JSON.
fn number(float: f64) -> Json {
    serde_json::from_str(&go_json_number(float)).expect("a number is JSON")
}

fn go_json_number(float: f64) -> String {
    if float != 0.0 && (float.abs() < 1e-6 || float.abs() >= 1e21) { format!("{float:e}") } else { format!("{float}") }
}

//! When values are equal: to each other, and to what a schema holds.

use chartwright_value::{Heap, Repr, Value};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

pub(super) fn number_of(value: Value) -> f64 {
    match value.repr() {
        Repr::Int(i) => i as f64,
        Repr::Uint(u) => u as f64,
        Repr::Float(f) => f,
        _ => 0.0,
    }
}

pub(super) fn type_name(value: Value) -> &'static str {
    match value.repr() {
        Repr::Invalid | Repr::Nil => "null",
        Repr::Bool(_) => "boolean",
        Repr::Int(_) | Repr::Uint(_) | Repr::Float(_) => "number",
        Repr::String(_) => "string",
        Repr::List(_) => "array",
        Repr::Map(_) | Repr::Object(_) => "object",
    }
}

/// Recursion is bounded by the schema's own nesting, which its parser limits.
pub(super) fn equal(heap: &Heap, value: Value, json: &Json) -> bool {
    match (value.repr(), json) {
        (Repr::Nil | Repr::Invalid, Json::Null) => true,
        (Repr::Bool(a), Json::Bool(b)) => a == *b,
        (Repr::Int(_) | Repr::Uint(_) | Repr::Float(_), Json::Number(b)) => b.as_f64() == Some(number_of(value)),
        (Repr::String(_), Json::String(b)) => heap.str(value) == b.as_bytes(),
        (Repr::List(_), Json::Array(b)) => {
            let a = heap.items(value);
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(heap, *a, b))
        }
        (Repr::Map(_), Json::Object(b)) => {
            let a = heap.entries(value);
            a.len() == b.len() && b.iter().all(|(key, b)| heap.get(value, key).is_some_and(|a| equal(heap, a, b)))
        }
        _ => false,
    }
}

/// The first item that is equal to an earlier one, and that one. Items are told apart by a sum of what they hold before they are compared.
pub(super) fn duplicates(heap: &Heap, items: &[Value]) -> Option<(usize, usize)> {
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (b, item) in items.iter().enumerate() {
        let alike = known.entry(sum(heap, *item)).or_default();
        if let Some(a) = alike.iter().find(|a| same(heap, items[**a], *item)) {
            return Some((*a, b));
        }
        alike.push(b);
    }
    None
}

/// How much of a value decides its sum.
const SUMMED: usize = 64;

/// The same number for equal values. Only the beginning of large ones is looked at.
fn sum(heap: &Heap, value: Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut pending = vec![value];
    for _ in 0..SUMMED {
        let Some(value) = pending.pop() else { break };
        match value.repr() {
            Repr::Bool(b) => b.hash(&mut hasher),
            Repr::String(_) => heap.str(value).hash(&mut hasher),
            Repr::List(_) => {
                let items = heap.items(value);
                items.len().hash(&mut hasher);
                pending.extend(items.iter().take(SUMMED));
            }
            Repr::Map(_) => {
                let entries = heap.entries(value);
                entries.len().hash(&mut hasher);
                pending.extend(entries.iter().take(SUMMED).map(|entry| entry.value));
            }
            // Zeros of both signs are one number.
            Repr::Int(_) | Repr::Uint(_) | Repr::Float(_) => (number_of(value) + 0.0).to_bits().hash(&mut hasher),
            Repr::Invalid | Repr::Nil | Repr::Object(_) => {}
        }
    }
    hasher.finish()
}

/// Whether two values of the instance are equal. Works on a list of pairs, since instances nest as they like.
fn same(heap: &Heap, a: Value, b: Value) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        let equal = match (a.repr(), b.repr()) {
            (Repr::Nil, Repr::Nil) => true,
            (Repr::Bool(a), Repr::Bool(b)) => a == b,
            (Repr::String(_), Repr::String(_)) => heap.str(a) == heap.str(b),
            (Repr::List(_), Repr::List(_)) => {
                let (a, b) = (heap.items(a), heap.items(b));
                pairs.extend(a.iter().copied().zip(b.iter().copied()));
                a.len() == b.len()
            }
            (Repr::Map(_), Repr::Map(_)) => {
                let (a, b) = (heap.entries(a), heap.entries(b));
                pairs.extend(a.iter().zip(b).map(|(a, b)| (a.value, b.value)));
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| heap.str(a.key()) == heap.str(b.key()))
            }
            _ => type_name(a) == "number" && type_name(b) == "number" && number_of(a) == number_of(b),
        };
        if !equal {
            return false;
        }
    }
    true
}

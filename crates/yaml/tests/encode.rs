//! Writing as `toYaml` does: every case was answered by Go.

mod go;

use chartwright_value::{Heap, Value};
use chartwright_yaml::encode;

#[test]
fn encodes_as_go_does() {
    let differences = go::differences(include_str!("cases/encode.jsonl"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn cycles_are_an_error_and_leave_no_output() {
    let mut heap = Heap::default();
    let map = heap.map();
    heap.put(map, "a", map);
    let mut out = b"before".to_vec();
    assert!(encode(&mut heap, map, &mut out).is_err());
    assert_eq!(out, b"before");
    assert!(encode(&mut heap, Value::float64(f64::NAN), &mut out).is_err());
}

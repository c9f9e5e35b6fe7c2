//! Writing as `toYaml` and `toYamlPretty` do: every case was answered by Go.

mod go;

use chartwright_value::{Heap, Value};
use chartwright_yaml::{encode, encode_pretty};

#[test]
fn encodes_as_go_does() {
    let differences = go::differences(include_str!("cases/encode.jsonl"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn encodes_prettily_as_go_does() {
    let differences = go::differences(include_str!("cases/pretty.jsonl"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn cycles_are_an_error_and_leave_no_output() {
    let mut heap = Heap::default();
    let map = heap.map();
    heap.put(map, "a", map);
    let mut out = b"before".to_vec();
    assert!(encode(&mut heap, map, &mut out, None).is_err());
    assert!(encode_pretty(&mut heap, map, &mut out, None).is_err());
    assert_eq!(out, b"before");
    assert!(encode(&mut heap, Value::float64(f64::NAN), &mut out, None).is_err());
}

#[test]
fn bytes_that_are_no_text_become_what_go_makes_of_them() {
    let mut heap = Heap::default();
    let (stray, long) = (heap.string(b"a\xff"), heap.string([0xFF; 60]));
    let list = heap.list(&[stray, long]);
    let mut out = Vec::new();
    encode(&mut heap, stray, &mut out, None).unwrap();
    encode_pretty(&mut heap, list, &mut out, None).unwrap();
    let lines = format!("a\u{FFFD}\n- !!binary Yf8=\n- !!binary |\n  {}\n  {}\n", "/".repeat(70), "/".repeat(10));
    assert_eq!(String::from_utf8(out).unwrap(), lines);
}

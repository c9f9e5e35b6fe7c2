//! JSON read and written against rows that Go's `encoding/json` made (`testdata/json.tsv`, by `tools/json.go`).

use super::*;
use chartwright_go::quote;

#[test]
fn reads_and_writes_as_go() {
    for row in include_str!("../testdata/json.tsv").lines() {
        let cells: Vec<Vec<u8>> = row.split('\t').map(|cell| quote::unquote(cell.as_bytes()).unwrap()).collect();
        let [input, compact, pretty, raw] = &cells[..] else { panic!("{row}") };
        let mut heap = Heap::default();
        match decode_json(&mut heap, input) {
            Err(error) => assert_eq!(quote::quoted(error.as_bytes()), quote::quoted(compact), "{row}"),
            Ok(value) => {
                for (options, expected) in [(JsonOptions::COMPACT, compact), (JsonOptions::PRETTY, pretty), (JsonOptions::RAW, raw)] {
                    let text = encode_json(&mut heap, value, &options).unwrap();
                    assert_eq!(String::from_utf8_lossy(&text), String::from_utf8_lossy(expected), "{row}");
                }
            }
        }
    }
}

#[test]
fn what_json_has_not_is_go_s_error() {
    let mut heap = Heap::default();
    let map = heap.map();
    heap.put(map, "self", map);
    let encode = |heap: &mut Heap, value| encode_json(heap, value, &JsonOptions::COMPACT).map(|text| String::from_utf8(text).unwrap());
    assert_eq!(encode(&mut heap, map), Err("json: unsupported value: encountered a cycle via map[string]interface {}".to_owned()));
    assert_eq!(encode(&mut heap, Value::float64(f64::NEG_INFINITY)), Err("json: unsupported value: -Inf".to_owned()));
    let bytes = heap.byte_list("foo");
    assert_eq!(encode(&mut heap, bytes), Ok("\"Zm9v\"".to_owned()));
    assert_eq!(encode(&mut heap, Value::NIL_LIST), Ok("null".to_owned()));
    assert_eq!(encode(&mut heap, Value::int_of(Type::DURATION, 5)), Ok("5".to_owned()));
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let mut heap = Heap::default();
    let deep = "[".repeat(20_000);
    assert_eq!(decode_json(&mut heap, deep.as_bytes()).unwrap_err(), "invalid character '[' exceeded max depth");
    let fits = "[".repeat(10_000) + &"]".repeat(10_000);
    let value = decode_json(&mut heap, fits.as_bytes()).unwrap();
    assert_eq!(encode_json(&mut heap, value, &JsonOptions::COMPACT).unwrap(), fits.as_bytes());
}

//! Formatting against rows that Go's `fmt` made (`testdata/formats.tsv`, by `tools/formats.go`).

use super::*;
use chartwright_go::quote;

/// The operands that rows of the table name.
fn operand(heap: &mut Heap, name: &str) -> Value {
    let text = |heap: &mut Heap, s: &str| heap.string(s);
    match name {
        "nil" => Value::NIL,
        "true" => Value::TRUE,
        "i42" => Value::int(42),
        "i-7" => Value::int64(-7),
        "i0" => Value::int(0),
        "u200" => Value::uint_of(Type::UINT8, 200),
        "f1.5" => Value::float64(1.5),
        "f1e6" => Value::float64(1e6),
        "f3" => Value::float64(3.0),
        "f-0.001" => Value::float64(-0.001),
        "shello" => text(heap, "hello"),
        "sé\"x" => text(heap, "é\"x"),
        "s" => Value::EMPTY,
        "bytes" => heap.byte_list("ab"),
        "dur" => Value::int_of(Type::DURATION, 90_000_000_000),
        "list" => {
            let a = text(heap, "a");
            heap.list(&[a, Value::int(1), Value::NIL, Value::float64(2.5)])
        }
        "strings" => {
            let items = [text(heap, "a"), text(heap, "b c")];
            heap.list_of(Type::STRING_LIST, &items)
        }
        "empty" => Value::EMPTY_LIST,
        "map" => {
            let map = heap.map();
            let inner = operand(heap, "list");
            heap.put(map, "b", inner);
            heap.put(map, "a", Value::NIL);
            heap.put(map, "c", Value::TRUE);
            map
        }
        "nilmap" => Value::NIL_MAP,
        "nillist" => Value::NIL_LIST,
        other => panic!("no operand {other}"),
    }
}

#[test]
fn formats_as_go() {
    for row in include_str!("../testdata/formats.tsv").lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [format, operands, expected] = cells[..] else { panic!("{row}") };
        let mut heap = Heap::default();
        let format = quote::unquote(format.as_bytes()).unwrap();
        let args: Vec<Value> = operands.split(' ').filter(|name| !name.is_empty()).map(|name| operand(&mut heap, name)).collect();
        let mut out = Vec::new();
        sprintf(&heap, &format, &args, &mut out).unwrap();
        assert_eq!(quote::quoted(&out), expected, "{row}");
    }
}

#[test]
fn sprint_puts_spaces_between_what_is_no_string() {
    let mut heap = Heap::default();
    let a = heap.string("a");
    let mut out = Vec::new();
    sprint(&heap, &[Value::int(1), Value::int(2), a, Value::int(3), Value::NIL], &mut out).unwrap();
    sprintln(&heap, &[a, Value::int(1)], &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "1 2a3 <nil>a 1\n");
}

#[test]
fn a_cycle_is_an_error_and_not_a_crash() {
    let mut heap = Heap::default();
    let map = heap.map();
    heap.put(map, "self", map);
    assert_eq!(print_value(&heap, map, &mut Vec::new()), Err(TooLarge));
}

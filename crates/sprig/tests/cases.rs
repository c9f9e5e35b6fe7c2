//! Every line of `tests/functions/TOPIC.tmpl`, rendered, against what Go's `text/template` with Sprig made of it.

use chartwright_go::quote;
use chartwright_sprig::{FUNCTIONS, RARE};
use chartwright_template::{Budget, Context, Executor, FunctionTable, LibraryBuilder, Limits, MissingKey, NoHost, Options};
use chartwright_value::{Heap, Value};
use std::sync::Arc;

/// What the templates see, as `tools/sprig-oracle` gives it to Go.
fn data(heap: &mut Heap) -> Value {
    let text = heap.string("text");
    let (x, y, w) = (heap.string("x"), heap.string("y"), heap.string("w"));
    let item = heap.map();
    heap.put(item, "x", y);
    let list = heap.list(&[Value::float64(1.0), x, item]);
    let (map, inner) = (heap.map(), heap.map());
    heap.put(inner, "z", w);
    heap.put(map, "x", Value::float64(1.0));
    heap.put(map, "y", inner);
    let data = heap.map();
    for (key, value) in [
        ("s", text),
        ("i", Value::float64(3.0)),
        ("f", Value::float64(1.5)),
        ("b", Value::TRUE),
        ("n", Value::NIL),
        ("l", list),
        ("m", map),
    ] {
        heap.put(data, key, value);
    }
    data
}

fn render(source: &str) -> Result<Vec<u8>, String> {
    let mut constants = Heap::default();
    let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new().with(FUNCTIONS).with_reentrant(RARE)));
    builder.add("case", source.as_bytes()).map_err(|error| error.to_string())?;
    let library = builder.finish(&mut constants);
    let mut heap = Heap::new(Arc::new(constants.freeze()));
    let dot = data(&mut heap);
    let mut budget = Budget::new(Limits::default());
    let mut host = NoHost;
    let mut context = Context::new(&mut heap, &mut host, &mut budget, "case");
    let options = Options { missing_key: MissingKey::Zero };
    let mut executor = Executor::default();
    executor.render(&library, "case", dot, &mut context, options).map(<[u8]>::to_vec).map_err(|error| error.to_string())
}

#[track_caller]
fn check(sources: &str, expected: &str) {
    assert_eq!(sources.lines().count(), expected.lines().count());
    let mut wrong = Vec::new();
    for (source, expected) in sources.lines().zip(expected.lines()) {
        let result = match render(source) {
            Ok(text) => quote::quoted(&text),
            Err(error) => format!("!{}", error.replace('\n', "\\n")),
        };
        if result != expected {
            wrong.push(format!("  {source}\n  is {result}\n  for {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn strings() {
    check(include_str!("../../../tests/functions/strings.tmpl"), include_str!("../../../tests/functions/strings.sprig"));
}

#[test]
fn numbers() {
    check(include_str!("../../../tests/functions/numbers.tmpl"), include_str!("../../../tests/functions/numbers.sprig"));
}

#[test]
fn lists() {
    check(include_str!("../../../tests/functions/lists.tmpl"), include_str!("../../../tests/functions/lists.sprig"));
}

#[test]
fn dicts() {
    check(include_str!("../../../tests/functions/dicts.tmpl"), include_str!("../../../tests/functions/dicts.sprig"));
}

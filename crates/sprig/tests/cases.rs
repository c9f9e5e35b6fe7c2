//! Every line of `tests/functions/TOPIC.tmpl`, rendered, against what Go's `text/template` with Sprig made of it.

use chartwright_go::quote;
use chartwright_sprig::FUNCTIONS;
use chartwright_template::{Budget, Context, Executor, FunctionTable, LibraryBuilder, Limits, MissingKey, NoHost, Options};
use chartwright_value::{Heap, Value};
use std::path::Path;
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
    let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new().with(FUNCTIONS)));
    builder.add("case", source.as_bytes()).map_err(|error| error.to_string())?;
    let library = builder.finish(&mut constants);
    let mut heap = Heap::new(Arc::new(constants.freeze()));
    let dot = data(&mut heap);
    let mut budget = Budget::new(Limits::default());
    let mut context = Context { heap: &mut heap, host: &mut NoHost, budget: &mut budget, file: "case" };
    let options = Options { missing_key: MissingKey::Zero };
    let mut executor = Executor::default();
    executor.render(&library, "case", dot, &mut context, options).map(<[u8]>::to_vec).map_err(|error| error.to_string())
}

#[track_caller]
fn check(file: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/functions");
    let sources = std::fs::read_to_string(folder.join(file).with_extension("tmpl")).unwrap();
    let expected = std::fs::read_to_string(folder.join(file).with_extension("sprig")).unwrap();
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
    assert!(wrong.is_empty(), "{} of {file} differ:\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn strings() {
    check("strings");
}

#[test]
fn numbers() {
    check("numbers");
}

#[test]
fn lists() {
    check("lists");
}

#[test]
fn dicts() {
    check("dicts");
}

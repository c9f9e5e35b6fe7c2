//! What an error says beyond Go's text: which key was missing, and what might have been meant.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use chartwright_template::{Budget, Context, Executor, FunctionTable, LibraryBuilder, Limits, MissingKey, NoHost, Options};
use chartwright_value::{Heap, json};
use std::sync::Arc;

#[track_caller]
fn check(template: &str, expected: Option<&str>) {
    let mut builder = LibraryBuilder::new(Arc::new(FunctionTable::new()));
    builder.add("main", template.as_bytes()).unwrap();
    let mut heap = Heap::default();
    let library = builder.finish(&mut heap);
    let mut heap = Heap::new(Arc::new(heap.freeze()));
    let values = br#"{"Values": {"image": {"repository": "nginx", "tag": null}, "replicaCount": 1, "none": null}}"#;
    let dot = json::decode_json(&mut heap, values).unwrap();
    let mut budget = Budget::new(Limits::default());
    let mut host = NoHost;
    let mut context = Context::new(&mut heap, &mut host, &mut budget, "main");
    let options = Options { missing_key: MissingKey::Zero };
    let error = Executor::default().render(&library, "main", dot, &mut context, options).unwrap_err();
    assert_eq!(error.hint.as_deref(), expected, "{error}");
}

#[test]
fn hints() {
    check("{{ .Values.imge.tag }}", Some(".Values.imge is not set, so it has no tag; did you mean image?"));
    check("{{ .Values.Image.tag.x }}", Some(".Values.Image is not set, so it has no tag; did you mean image?"));
    check("{{ .Values.none.tag }}", Some(".Values.none is null, so it has no tag"));
    check("{{ .Values.image.tag.x }}", Some(".Values.image.tag is null, so it has no x"));
    check("{{ $v := .Values }}{{ $v.ingress.hosts }}", Some("$v.ingress is not set, so it has no hosts"));
    check("{{ index .Values.replicaCount 1 }}", None);
}

//! Cutting files into documents and reading their heads: the heads were read by Go.

mod go;

use chartwright_yaml::{fast_head, split_documents};

#[test]
fn reads_heads_as_go_does() {
    let differences = go::differences(include_str!("cases/head.jsonl"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn ordinary_documents_need_no_parser() {
    let document = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  annotations:\n    \"helm.sh/hook\": pre-install\nspec:\n  containers:\n  - name: web\n    args: [\n";
    let ordinary = document.replace("args: [\n", "args:\n    - --port=80\n    script: |\n      echo: \"x\n");
    assert!(fast_head(document).is_none());
    let head = fast_head(&ordinary).unwrap();
    assert_eq!((head.kind.as_str(), head.name.as_str(), head.annotation("helm.sh/hook")), ("Deployment", "web", Some("pre-install")));
}

#[test]
fn splits_as_helm_does() {
    for (file, documents) in [
        ("", &[][..]),
        ("\n \n", &[]),
        ("a: 1", &["a: 1"]),
        ("---\na: 1\n---\nb: 2\n", &["a: 1\n", "b: 2\n"]),
        ("  ---a: 1\n--- \t\n\n\n  b: 2\n---\n---\n", &["a: 1\n", "b: 2\n"]),
        ("a: |\n  x\n---foo: 1\n ---\nb", &["a: |\n  x\n", "foo: 1\n ---\nb"]),
        ("------\na", &["---\na"]),
    ] {
        assert_eq!(split_documents(file), documents, "{file:?}");
    }
}

//! Reading as Helm reads: every case was answered by Go.

mod go;

#[test]
fn decodes_as_go_does() {
    let differences = go::differences(include_str!("cases/decode.jsonl"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

//! What the goldens of `tests/functions/full` cannot show: that hostile documents end in an error, or in time.

use super::{EncodeError, decode, encode};
use chartwright_go::time::Zone;
use chartwright_value::Heap;

fn read(text: &str) -> Result<(), String> {
    decode(&mut Heap::default(), text.as_bytes(), Zone::utc()).map(|_| ())
}

#[test]
fn deep_documents_are_errors() {
    const DEEP: usize = 100_000;
    for text in [
        format!("a = {}", "[".repeat(DEEP)),
        format!("a = {}", "{a = ".repeat(DEEP)),
        format!("{}a = 1", "a.".repeat(DEEP)),
        format!("[{}a]", "a.".repeat(DEEP)),
        format!("[[{}a]]", "a.".repeat(DEEP)),
    ] {
        let error = read(&text).expect_err("it is too deep");
        assert!(error.ends_with("the document is nested too deeply"), "{}", &error[error.len() - 60..]);
    }
}

#[test]
fn every_beginning_of_a_document_is_read_or_refused() {
    let text = "a = [1, {b = \"x\\u0041\", c = '''y'''}]\n[t.\"u v\"]\nd = 2020-01-01T00:00:00Z\n[[l]]\ne = \"\"\"x\\\n  y\"\"\" # end\nf = +0.5e-3\n";
    assert_eq!(read(text), Ok(()));
    for end in 0..text.len() {
        let _ = read(&text[..end]);
        let _ = read(&text[end..]);
        let _ = read(&format!("{}\"{}", &text[..end], &text[end..]));
    }
}

#[test]
fn a_cycle_is_an_error() {
    let mut heap = Heap::default();
    let map = heap.map();
    heap.put(map, "a", map);
    assert_eq!(encode(&mut heap, map), Err(EncodeError::TooLarge));
}

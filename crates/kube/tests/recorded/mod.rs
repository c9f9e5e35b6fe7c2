//! What a real kube-apiserver answered, as the recording scripts write it: an object's kind and name, and below it the errors, each once.

use std::fmt::Write as _;

/// Adds an object's errors to what was found.
pub(crate) fn tell(out: &mut String, object: &str, mut messages: Vec<String>) {
    messages.sort_by(|one, other| one.encode_utf16().cmp(other.encode_utf16()));
    messages.dedup();
    writeln!(out, "{}", object.trim()).expect("a string");
    for message in messages {
        writeln!(out, "  {message}").expect("a string");
    }
}

/// Holds what was found to what was recorded.
#[track_caller]
pub(crate) fn hold(name: &str, found: &str, expected: &str) {
    let differing: Vec<(&str, &str)> = expected.lines().zip(found.lines()).filter(|(expected, found)| expected != found).take(3).collect();
    assert_eq!(found, expected, "{name}: server and ours first differ in {differing:#?}");
}

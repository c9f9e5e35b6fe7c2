//! Which value would make a part of a line read otherwise. The ways in which templates commonly turn a value into text are turned around and
//! tried; whether the guess is right, only a render can tell.

use crate::share::base64;
use crate::values::{Node, Value, scalar, to_text};

/// A part of a line that one value made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// Its bytes in the line.
    pub(crate) range: std::ops::Range<usize>,
    /// The number of the path that made it; `None` where several did, or none.
    pub(crate) path: Option<usize>,
}

/// The parts that an edit of the line may be about, each with what it should read: everything outside of it stays.
pub(crate) fn meant(old: &str, new: &str, parts: &[Part]) -> Vec<(Part, String)> {
    // Neighbours of the same path are one part: `toYaml` and joins tell more of them than a reader sees.
    let mut joined: Vec<Part> = Vec::new();
    for part in parts.iter().filter(|part| !part.range.is_empty()) {
        match joined.last_mut() {
            Some(last) if last.path == part.path && last.range.end == part.range.start => last.range.end = part.range.end,
            _ => joined.push(part.clone()),
        }
    }
    let fits = |part: &Part| {
        let (before, after) = (old.get(..part.range.start)?, old.get(part.range.end..)?);
        let inner = new.strip_prefix(before)?.strip_suffix(after)?;
        Some((part.clone(), inner.to_owned()))
    };
    joined.iter().filter(|part| part.path.is_some()).filter_map(fits).collect()
}

/// The values that may give the new text where `value` gives the old one, the likeliest first.
pub(crate) fn guesses(value: Option<&Node>, old: &str, new: &str) -> Vec<Node> {
    let mut found: Vec<Node> = Vec::new();
    let mut add = |node: Node| {
        if !found.iter().any(|known| known.same(&node, false)) {
            found.push(node);
        }
    };
    let now = value.map(to_text).unwrap_or_default();
    let (old, new) = (old.trim(), new.trim());
    for text in readings(&now, old, new) {
        match value.map(|node| &node.value) {
            Some(Value::String(_)) => add(Node::string(&text)),
            Some(Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
                // A number stays a number where it can.
                add(scalar(&text).into());
                add(Node::string(&text));
            }
            Some(Value::List(_) | Value::Map(_)) => {}
            Some(Value::Null) | None => {
                add(scalar(&text).into());
                add(Node::string(&text));
            }
        }
    }
    // `not` and `ternary`: the other truth.
    if let Some(truth) = value.and_then(Node::bool) {
        add(Value::Bool(!truth).into());
    }
    // `add` and `mul`.
    if let (Some(Value::Int(value)), Ok(old), Ok(new)) = (value.map(|node| &node.value), old.parse::<i64>(), new.parse::<i64>()) {
        if let Some(by) = old.checked_sub(*value).and_then(|offset| new.checked_sub(offset)) {
            add(Value::Int(by).into());
        }
        let factor = old.checked_div(*value).filter(|factor| factor.checked_mul(*value) == Some(old));
        if let Some(by) = factor.and_then(|factor| new.checked_div(factor).filter(|by| by.checked_mul(factor) == Some(new))) {
            add(Value::Int(by).into());
        }
    }
    found
}

/// What the value's text may be if the line's is `new`, given that `now` is written as `old`.
fn readings(now: &str, old: &str, new: &str) -> Vec<String> {
    let mut all = Vec::new();
    let unquoted = |text: &str| -> String {
        let inner = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
        match inner {
            Some(inner) if text.starts_with('\'') => inner.replace("''", "'"),
            Some(inner) => inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"),
            None => text.to_owned(),
        }
    };
    let (old_bare, new_bare) = (unquoted(old), unquoted(new));
    if now == old_bare || now.is_empty() {
        all.push(new_bare.clone());
    }
    // Text around it: `printf`, a join, a line in a larger text.
    if !now.is_empty() && now != old_bare {
        for (old, new) in [(&*old_bare, &*new_bare), (old, new)] {
            if let Some(at) = old.find(now)
                && let Some(inner) = new.strip_prefix(&old[..at]).and_then(|rest| rest.strip_suffix(&old[at + now.len()..]))
            {
                all.push(inner.to_owned());
            }
            // The line is a piece of a larger value.
            if let Some(at) = now.find(old).filter(|_| !old.is_empty()) {
                all.push(format!("{}{new}{}", &now[..at], &now[at + old.len()..]));
            }
        }
    }
    if old_bare == now.to_lowercase() || old_bare == now.to_uppercase() {
        all.push(new_bare.clone());
    }
    if !old_bare.is_empty() && base64::standard(now.as_bytes()) == old_bare {
        all.extend(base64::decode(&new_bare).and_then(|bytes| String::from_utf8(bytes).ok()));
    }
    // Whatever it is, the text itself may do: a default's, a name's that is cut.
    all.push(new_bare);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{read_json, to_json};

    #[track_caller]
    fn check(value: Option<&str>, old: &str, new: &str, expected: &[&str]) {
        let value = value.map(|json| read_json(json).expect("JSON"));
        let found: Vec<String> = guesses(value.as_ref(), old, new).iter().map(to_json).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn values_keep_their_kind() {
        check(Some("3"), "3", "5", &["5", "\"5\""]);
        check(Some("\"2Gi\""), "2Gi", "4Gi", &["\"4Gi\""]);
        check(Some("\"1\""), "\"1\"", "\"2\"", &["\"2\""]);
        check(Some("true"), "true", "false", &["false", "\"false\""]);
        check(None, "IfNotPresent", "Always", &["\"Always\""]);
        check(None, "80", "81", &["81", "\"81\""]);
        check(Some("{}"), "a", "b", &[]);
    }

    #[test]
    fn functions_are_turned_around() {
        check(Some("\"a\""), "x-a-y", "x-b-y", &["\"b\"", "\"x-b-y\""]);
        check(Some("\"one\\ntwo\""), "two", "three", &["\"one\\nthree\"", "\"three\""]);
        check(Some("\"abc\""), "ABC", "XYZ", &["\"XYZ\""]);
        check(Some("\"hello\""), "aGVsbG8=", "d29ybGQ=", &["\"world\"", "\"d29ybGQ=\""]);
        check(Some("2"), "2000", "3000", &["3", "\"3\"", "3000", "\"3000\"", "1002"]);
    }

    #[test]
    fn the_part_that_was_meant() {
        let part = |start: usize, end: usize, path: Option<usize>| Part { range: start..end, path };
        let old = "image: registry/app:1.0";
        let parts = [part(0, 7, None), part(7, 19, Some(0)), part(19, 20, None), part(20, 23, Some(1))];
        assert_eq!(meant(old, "image: registry/app:2.0", &parts), [(part(20, 23, Some(1)), "2.0".to_owned())]);
        assert_eq!(meant(old, "image: other/app:1.0", &parts), [(part(7, 19, Some(0)), "other/app".to_owned())]);
        assert_eq!(meant(old, "image: other/app:2.0", &parts), []);
        assert_eq!(meant(old, "imago: registry/app:1.0", &parts), []);
        // Pieces of one value are one.
        let pieces = [part(0, 7, None), part(7, 10, Some(0)), part(10, 10, None), part(10, 23, Some(0))];
        assert_eq!(meant(old, "image: x", &pieces), [(part(7, 23, Some(0)), "x".to_owned())]);
    }
}

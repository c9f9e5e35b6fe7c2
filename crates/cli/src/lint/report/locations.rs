//! What several formats say alike: files as URIs, objects by name.

use chartwright_kube::object::ObjectRef;

/// `Deployment/api`; what there is of it where it has no kind or name.
pub(super) fn title(object: &ObjectRef) -> String {
    format!("{}/{}", object.kind, object.name).trim_matches('/').to_owned()
}

/// How one text becomes another: what stands from one place up to another, each a line and a column from 1, becomes this text.
pub(super) struct Replacement<'a> {
    pub(super) start: (u32, u32),
    pub(super) end: (u32, u32),
    pub(super) text: &'a str,
}

/// The smallest one, within whole characters.
pub(super) fn replacement<'a>(before: &str, after: &'a str) -> Replacement<'a> {
    let mut head = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    while !before.is_char_boundary(head) || !after.is_char_boundary(head) {
        head -= 1;
    }
    let tails = before.as_bytes()[head..].iter().rev().zip(after.as_bytes()[head..].iter().rev());
    let mut tail = tails.take_while(|(one, other)| one == other).count();
    while !before.is_char_boundary(before.len() - tail) || !after.is_char_boundary(after.len() - tail) {
        tail -= 1;
    }
    Replacement { start: place(before, head), end: place(before, before.len() - tail), text: &after[head..after.len() - tail] }
}

/// The line and the column of a byte.
fn place(text: &str, at: usize) -> (u32, u32) {
    let above = &text[..at];
    let line = above.matches('\n').count() + 1;
    let column = above.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

/// A file as a URI reference: relative to where the command ran, unless its path is absolute.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' | b'+' | b'=' | b',' => {
                uri.push(char::from(byte))
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements() {
        let made = |before: &str, after: &str| {
            let Replacement { start, end, text } = replacement(before, after);
            (start, end, text.to_owned())
        };
        assert_eq!(made("a: 1\nb: x\n", "a: 1\nb: y\n"), ((2, 4), (2, 5), "y".to_owned()));
        assert_eq!(made("ü: a\n", "ü: ä\n"), ((1, 4), (1, 5), "ä".to_owned()));
        assert_eq!(made("a\n", "a\na\n"), ((2, 1), (2, 1), "a\n".to_owned()));
        assert_eq!(made("é", "è"), ((1, 1), (1, 2), "è".to_owned()));
    }

    #[test]
    fn uris() {
        assert_eq!(uri("charts/api/values.yaml"), "charts/api/values.yaml");
        assert_eq!(uri("/tmp/a b/ü:1.yaml"), "file:///tmp/a%20b/%C3%BC%3A1.yaml");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}

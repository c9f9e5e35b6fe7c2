//! Names of fields as expressions write them: `k8s.io/apiserver/pkg/cel/escaping.go`.

use crate::cel::RESERVED;

/// A name as expressions write it; nothing where they cannot.
pub(super) fn escape(name: &str) -> Option<String> {
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    if RESERVED.contains(&name) {
        return Some(format!("__{name}__"));
    }
    let mut escaped = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let (word, length) = match first {
            '_' if rest.starts_with("__") => ("__underscores__", 2),
            '.' => ("__dot__", 1),
            '-' => ("__dash__", 1),
            '/' => ("__slash__", 1),
            '_' => ("_", 1),
            _ if first.is_ascii_alphanumeric() => (rest.get(..1)?, 1),
            _ => return None,
        };
        escaped.push_str(word);
        rest = rest.get(length..)?;
    }
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let cases = [
            ("name", Some("name")),
            ("a_b", Some("a_b")),
            ("a__b", Some("a__underscores__b")),
            ("a-b", Some("a__dash__b")),
            ("x.y/z", Some("x__dot__y__slash__z")),
            ("namespace", Some("__namespace__")),
            ("___", Some("__underscores___")),
            ("1a", None),
            ("", None),
            ("a b", None),
            ("é", None),
            ("$ref", None),
        ];
        for (name, expected) in cases {
            assert_eq!(escape(name).as_deref(), expected, "{name}");
        }
    }
}

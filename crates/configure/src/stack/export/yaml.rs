//! YAML as people write it: words without quotes where that is safe, quoted as JSON elsewhere.

/// A string as one YAML scalar.
pub(super) fn word(text: &str) -> String {
    let first = text.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '/' | '.'));
    let last = !text.ends_with([':', '.']);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ':' | '@' | '+');
    // Words that readers of YAML 1.1 take for something else.
    let other = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if first && last && !other && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut out = Vec::new();
    chartwright_go::json::string(&mut out, text.as_bytes(), false);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for text in ["kaggle-data-api", "https://github.com/a/b", "../charts/x", "/a/b.yaml", "git@github.com:a/b.git", "v1.2"] {
            assert_eq!(word(text), text);
        }
        for text in ["", "1", "1.5", "true", "No", "a b", "a: b", "a:", "{a}", "'", "-", "a #b", "ü", ".", "*"] {
            assert!(word(text).starts_with('"'), "{text}");
        }
        assert_eq!(word("a\"b\n"), r#""a\"b\n""#);
    }
}

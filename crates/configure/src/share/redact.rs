//! A values file without its secrets.

use crate::pointer;
use crate::values::{Node, secret, to_text};
use chartwright_yaml::Tree;

/// Secrets at least this long are taken out wherever else they stand too, in comments and beside anchors.
const TELLING: usize = 8;

/// The text with an empty string in place of each secret, and whether there was one. Secrets that `original` holds at the same place stay:
/// whoever has the chart has them. A text that cannot be read loses each line that looks like one.
pub(crate) fn redact(
    text: &str,
    read: Option<(&Tree, &Node)>,
    original: Option<&Node>,
    declared: &dyn Fn(&[String]) -> bool,
) -> (String, bool) {
    let Some((tree, node)) = read else { return by_line(text) };
    let paths: Vec<Vec<String>> =
        secret::secrets(node, declared).into_iter().filter(|path| original.and_then(|was| was.at(path)) != node.at(path)).collect();
    if paths.is_empty() {
        return (text.to_owned(), false);
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    for path in &paths {
        let span = tree.pointer(&pointer::id(path)).map(|id| tree.span(id));
        match span.filter(|span| span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)) {
            Some(span) => places.push((span.start, span.end)),
            None => return by_line(text),
        }
    }
    chartwright_go::sort::plain(&mut places);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end) in places {
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str("\"\"");
        if text[start..end].ends_with('\n') {
            out.push('\n');
        }
        at = end;
    }
    out.push_str(&text[at..]);
    for path in &paths {
        let value = node.at(path).map(to_text).unwrap_or_default();
        if value.len() >= TELLING && out.contains(&value) {
            out = out.replace(&value, "");
        }
    }
    (out, true)
}

/// Cuts every line after a key that looks like a secret's, and drops what is indented below it.
fn by_line(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut cut: Option<usize> = None;
    let mut found = false;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if cut.is_some_and(|below| indent > below || line.trim().is_empty()) {
            continue;
        }
        cut = None;
        let mut from = 0;
        let mut keep = line.len();
        while let Some(colon) = line[from..].find(':').map(|at| from + at) {
            let word = line[..colon].trim_end_matches(['"', '\'', ' ']).rsplit([' ', '{', ',', '"', '\'', '-']).next().unwrap_or("");
            if secret::is_secret_name(word) {
                keep = colon + 1;
                break;
            }
            from = colon + 1;
        }
        out.push_str(&line[..keep]);
        if keep < line.len() {
            found = true;
            cut = Some(indent);
            if line.ends_with('\n') {
                out.push('\n');
            }
        }
    }
    (out, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, original: Option<&Node>) -> (String, bool) {
        let read = Tree::parse(text).ok().and_then(|tree| crate::values::read_yaml(&tree).ok().map(|node| (tree, node)));
        redact(text, read.as_ref().map(|(tree, node)| (tree, node)), original, &|_| false)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(run(text, None).0, expected);
    }

    #[test]
    fn secrets_go() {
        check("a: 1\n", "a: 1\n");
        check("db:\n  password: hunter2 # old\n  user: me\n", "db:\n  password: \"\" # old\n  user: me\n");
        check("password: 'correct horse'\n# correct horse\n", "password: \"\"\n# \n");
        check("env:\n  - name: API_TOKEN\n    value: abc\n", "env:\n  - name: API_TOKEN\n    value: \"\"\n");
        check("existingSecret: name\n", "existingSecret: name\n");
        check("token: |\n  a\n  b\nx: 1\n", "token: \"\"\nx: 1\n");
    }

    #[test]
    fn secrets_go_from_what_cannot_be_read() {
        check("a: [\npassword: hunter2\n  more\nb: 1\n", "a: [\npassword:\nb: 1\n");
        check("x: {y: 1, apiKey: abc\n", "x: {y: 1, apiKey:\n");
    }

    #[test]
    fn what_the_chart_has_stays() {
        let original = crate::values::read_json(r#"{"password": "changeme"}"#).expect("JSON");
        assert_eq!(run("password: changeme\n", Some(&original)), ("password: changeme\n".to_owned(), false));
    }
}

//! Values as text: JSON for the page, YAML for files and lists. Files themselves are edited by `yaml::edit`, never written anew.

use super::{Node, Value};
use std::fmt::Write;

/// Compact JSON.
pub(crate) fn to_json(node: &Node) -> String {
    let mut out = String::new();
    json(node, &mut out);
    out
}

fn json(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => _ = write!(out, "{value}"),
        Value::Float(value) if value.is_finite() => _ = write!(out, "{value:?}"),
        Value::Float(value) => quoted(&float(*value), out),
        Value::String(text) => quoted(text, out),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                json(item, out);
            }
            out.push(']');
        }
        Value::Map(pairs) => {
            out.push('{');
            for (at, (key, item)) in pairs.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quoted(key, out);
                out.push(':');
                json(item, out);
            }
            out.push('}');
        }
    }
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20
                || c == '\u{7f}'
                || ('\u{80}'..='\u{9f}').contains(&c)
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') =>
            {
                _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn float(value: f64) -> String {
    if value.is_nan() {
        ".nan".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { ".inf".to_owned() } else { "-.inf".to_owned() }
    } else {
        format!("{value}")
    }
}

/// A scalar's text as a field shows it: strings bare.
pub(crate) fn to_text(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => float(*value),
        Value::String(text) => text.to_string(),
        Value::List(_) | Value::Map(_) => to_json(node),
    }
}

/// One line of YAML.
pub(crate) fn to_line(node: &Node) -> String {
    let mut out = String::new();
    line(node, &mut out);
    out
}

fn line(node: &Node, out: &mut String) {
    match &node.value {
        Value::Float(value) => out.push_str(&float(*value)),
        Value::String(text) => text_scalar(text, out),
        Value::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                line(item, out);
            }
            out.push(']');
        }
        Value::Map(pairs) => {
            out.push('{');
            for (at, (key, item)) in pairs.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                text_scalar(key, out);
                out.push_str(": ");
                line(item, out);
            }
            out.push('}');
        }
        _ => json(node, out),
    }
}

/// Plain where every reader of YAML takes it for this very string, else in double quotes.
fn text_scalar(text: &str, out: &mut String) {
    // What begins with a digit is plain if a letter beyond those of numbers makes it none: `768Mi`.
    let number = text.bytes().next().is_some_and(|b| b.is_ascii_digit())
        && !text.bytes().any(|b| matches!(b, b'g'..=b'n' | b'p'..=b'w' | b'y' | b'z' | b'G'..=b'N' | b'P'..=b'W' | b'Y' | b'Z'));
    let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/') && !number;
    let goes_on = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'+' | b'=' | b'@' | b'%'));
    let word = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if begins && goes_on && !word { out.push_str(text) } else { quoted(text, out) }
}

/// Block YAML, with a line end after each line.
pub(crate) fn to_yaml(node: &Node) -> String {
    let mut out = String::new();
    block(node, 0, &mut out);
    out
}

fn block(node: &Node, indent: usize, out: &mut String) {
    match &node.value {
        Value::Map(pairs) if !pairs.is_empty() => {
            for (key, item) in pairs {
                pad(indent, out);
                text_scalar(key, out);
                out.push(':');
                below(item, indent, out);
            }
        }
        Value::List(items) if !items.is_empty() => {
            for item in items {
                pad(indent, out);
                out.push('-');
                match &item.value {
                    Value::Map(pairs) if !pairs.is_empty() => {
                        let start = out.len();
                        block(item, indent + 2, out);
                        // The first key stands on the dash's line.
                        out.replace_range(start..start + indent + 2, " ");
                    }
                    _ => below(item, indent, out),
                }
            }
        }
        _ => {
            pad(indent, out);
            line(node, out);
            out.push('\n');
        }
    }
}

fn below(item: &Node, indent: usize, out: &mut String) {
    let nested = matches!(&item.value, Value::Map(pairs) if !pairs.is_empty()) || item.list().is_some_and(|items| !items.is_empty());
    if nested {
        out.push('\n');
        return block(item, indent + 2, out);
    }
    match item.str() {
        Some(text) if literal(text) => {
            out.push_str(if text.ends_with('\n') { " |\n" } else { " |-\n" });
            for part in text.strip_suffix('\n').unwrap_or(text).split('\n') {
                if !part.is_empty() {
                    pad(indent + 2, out);
                }
                out.push_str(part);
                out.push('\n');
            }
        }
        _ => {
            out.push(' ');
            line(item, out);
            out.push('\n');
        }
    }
}

/// Whether a text of several lines keeps its bytes in a literal block.
fn literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n', '\t'])
        && !text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::read_json;

    #[track_caller]
    fn check(json: &str, line: &str, yaml: &str) {
        let node = read_json(json).expect("JSON");
        assert_eq!(to_line(&node), line);
        assert_eq!(to_yaml(&node), yaml);
        for text in [line, yaml] {
            let tree = chartwright_yaml::Tree::parse(text).expect("YAML");
            assert!(crate::values::read_yaml(&tree).as_ref() == Ok(&node), "{text}");
        }
        assert_eq!(read_json(&to_json(&node)).as_ref(), Ok(&node));
    }

    #[test]
    fn texts() {
        check(r#""768Mi""#, "768Mi", "768Mi\n");
        check(r#""1e3""#, "\"1e3\"", "\"1e3\"\n");
        check(r#""0x1f""#, "\"0x1f\"", "\"0x1f\"\n");
        check(r#""12:30""#, "\"12:30\"", "\"12:30\"\n");
        check(r#""yes""#, "\"yes\"", "\"yes\"\n");
        check(r#""""#, "\"\"", "\"\"\n");
        check(r#""a b""#, "\"a b\"", "\"a b\"\n");
        check(r#""25%""#, "\"25%\"", "\"25%\"\n");
        check("1.5", "1.5", "1.5\n");
        check("[]", "[]", "[]\n");
        check(
            r#"{"b": {"a": 1}, "a": [1, {"x": "w", "z": []}]}"#,
            "{b: {a: 1}, a: [1, {x: w, z: []}]}",
            "b:\n  a: 1\na:\n  - 1\n  - x: w\n    z: []\n",
        );
    }

    #[test]
    fn literal_blocks() {
        let node = read_json(r#"{"a": "x\n  y\n\nz\n", "b": "x\ny", "c": " x\ny"}"#).expect("JSON");
        let yaml = to_yaml(&node);
        assert_eq!(yaml, "a: |\n  x\n    y\n\n  z\nb: |-\n  x\n  y\nc: \" x\\ny\"\n");
        let tree = chartwright_yaml::Tree::parse(&yaml).expect("YAML");
        assert_eq!(crate::values::read_yaml(&tree), Ok(node));
    }
}

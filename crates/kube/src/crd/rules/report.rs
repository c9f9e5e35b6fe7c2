//! What is said of a rule that does not hold: `k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go`.

use chartwright_go::quote::quoted;

use chartwright_yaml::NodeView;

use crate::cel::double_text;
use crate::node::Node;

use super::super::validate::shown;
use super::types::is_schema;

/// A message that an expression makes may be no longer.
const MAX_MESSAGE: usize = 5 * 1024;

/// A message that an expression has made, if it will do.
pub(super) fn made(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= MAX_MESSAGE && !text.contains('\n')).then(|| text.to_owned())
}

/// What a rule is called in errors of its own.
fn name(rule: Node<'_>) -> &str {
    rule.str_at("message").filter(|message| !message.is_empty()).or(rule.str_at("rule")).unwrap_or_default().trim()
}

/// The path as an error begins with it.
fn place(path: &str) -> &str {
    if path.is_empty() { "<nil>" } else { path }
}

/// A rule that ends with an error.
pub(super) fn failed(rule: Node<'_>, schema: Node<'_>, path: &str, error: &str) -> String {
    let kind = quoted(schema.str_at("type").unwrap_or_default().as_bytes());
    let name = name(rule);
    let what = if error.starts_with("no such overload") {
        format!("'{error}': call arguments did not match a supported operator, function or macro signature for rule: {name}")
    } else {
        format!("{error} evaluating rule: {name}")
    };
    format!("{}: Invalid value: {kind}: {what}", place(path))
}

/// A rule that does not hold.
pub(super) fn broken(rule: Node<'_>, schema: Node<'_>, path: &str, value: Node<'_>, message: Option<String>) -> String {
    let detail = message.unwrap_or_else(|| match rule.str_at("message").filter(|message| !message.is_empty()) {
        Some(message) => message.trim().to_owned(),
        None => format!("failed rule: {}", name(rule)),
    });
    let path = match rule.str_at("fieldPath").and_then(|path| normalized(path, schema)) {
        Some(inner) if path.is_empty() => inner,
        Some(inner) => format!("{path}.{inner}"),
        None => path.to_owned(),
    };
    let path = place(&path);
    // Values with parts are left out.
    let shown =
        if matches!(schema.str_at("type"), Some("object" | "array")) { String::new() } else { format!(" {}:", shown_scalar(value)) };
    match rule.str_at("reason") {
        Some("FieldValueForbidden") => format!("{path}: Forbidden: {detail}"),
        Some("FieldValueRequired") => format!("{path}: Required value: {detail}"),
        Some("FieldValueDuplicate") => format!("{path}: Duplicate value{}", shown.trim_end_matches(':').replacen(' ', ": ", 1)),
        _ => format!("{path}: Invalid value:{shown} {detail}"),
    }
}

/// A value without parts, as Go's `%v` writes it.
fn shown_scalar(value: Node<'_>) -> String {
    match value.view() {
        NodeView::Float(number) if number.fract() != 0.0 => double_text(number),
        _ => shown(value),
    }
}

/// `.spec.labels['a']` as an error writes it: `spec.labels[a]`; nothing where the schema has no such field.
fn normalized(path: &str, schema: Node<'_>) -> Option<String> {
    let mut out = String::new();
    let (mut rest, mut schema) = (path, schema);
    while !rest.is_empty() {
        let name = if let Some(after) = rest.strip_prefix("['") {
            let end = end_of_quoted(after)?;
            rest = after.get(end..)?.strip_prefix("']")?;
            unescaped(after.get(..end)?)?
        } else {
            let after = rest.strip_prefix('.')?;
            let (name, after) = after.split_at(after.find(['.', '[', ']']).unwrap_or(after.len()));
            rest = after;
            name.to_owned()
        };
        if let Some(properties) = schema.get("properties") {
            schema = properties.get(&name)?;
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(&name);
        } else {
            schema = schema.get("additionalProperties").filter(|additional| is_schema(*additional))?;
            out.push_str(&format!("[{name}]"));
        }
    }
    (!out.is_empty()).then_some(out)
}

fn end_of_quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|at| bytes.get(*at) == Some(&b'\'') && (*at == 0 || bytes.get(at - 1) != Some(&b'\\')))
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' => match characters.next()? {
                'a' => '\u{7}',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\u{b}',
                other @ ('\'' | '\\') => other,
                _ => return None,
            },
            other => other,
        });
    }
    Some(out)
}

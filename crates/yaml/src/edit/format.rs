//! How a new value is written: the quotes it needs, in block or in flow style. Where it is written is not decided here.

use super::layout::Indents;
use super::{EditError, NewValue};
use crate::encode::is_plain_safe;
use crate::resolve::{Scalar, is_base_60, resolve};
use crate::tree::{NodeView, Style, Tree};
use crate::{ScalarStyle, float};
use serde_json::Value as Json;
use std::fmt::Write;

/// A value on its way to the text.
pub(super) enum Form {
    /// Written on one line, without quotes or in those it came in.
    Word(String),
    Text(String),
    Json(Json),
    /// Lines of block style without their common indentation; the first entry is a mapping's or a sequence's.
    Lines {
        lines: Vec<String>,
        list: bool,
    },
}

impl Form {
    /// Takes a new value apart.
    pub(super) fn of(value: &NewValue) -> Result<Form, EditError> {
        Ok(match value {
            NewValue::Null => Form::Word("null".to_string()),
            NewValue::Bool(b) => Form::Word(b.to_string()),
            NewValue::Int(int) => Form::Word(int.to_string()),
            NewValue::Float(number) => Form::Word(spell_float(*number)),
            NewValue::String(text) => Form::Text(text.clone()),
            NewValue::Json(json) => Form::of_json(json.clone()),
            NewValue::Yaml(text) => Form::of_yaml(text)?,
        })
    }

    fn of_json(json: Json) -> Form {
        match json {
            Json::Null => Form::Word("null".to_string()),
            Json::Bool(b) => Form::Word(b.to_string()),
            Json::Number(number) => Form::Word(spell_number(&number)),
            Json::String(text) => Form::Text(text),
            json => Form::Json(json),
        }
    }

    fn of_yaml(text: &str) -> Result<Form, EditError> {
        let tree = super::open(text)?;
        let root = tree.root();
        let node = tree.node(root);
        Ok(match (tree.view(root), node.style) {
            (NodeView::String(text), _) => Form::Text(text.to_string()),
            (NodeView::Null, _) => Form::Word("null".to_string()),
            (NodeView::Sequence(_) | NodeView::Mapping(_), Style::Block) if text.starts_with("---") || text.starts_with('%') => {
                Form::of_json(tree.to_json(root))
            }
            (view @ (NodeView::Sequence(_) | NodeView::Mapping(_)), Style::Block) => {
                let indent = node.span().column as usize - 1;
                let dedent = |line: &str| match line.get(..indent) {
                    Some(blank) if blank.trim().is_empty() => line[indent..].trim_end().to_string(),
                    _ => line.trim().to_string(),
                };
                let mut lines: Vec<String> = text.trim_start_matches('\u{FEFF}').trim_end().lines().map(dedent).collect();
                let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
                lines.drain(..first);
                Form::Lines { lines, list: matches!(view, NodeView::Sequence(_)) }
            }
            (NodeView::Sequence(_) | NodeView::Mapping(_), _) => match tree.raw(root) {
                raw if raw.contains('\n') => Form::of_json(tree.to_json(root)),
                raw => Form::Word(raw.to_string()),
            },
            _ => Form::Word(tree.raw(root).to_string()),
        })
    }

    /// A text of several lines on one.
    pub(super) fn quoted(&self) -> Option<Form> {
        match self {
            Form::Text(text) if text.contains('\n') => Some(Form::Word(double(text))),
            _ => None,
        }
    }

    /// Puts the value under further keys, innermost last.
    pub(super) fn under(self, keys: &[Key]) -> Form {
        if keys.is_empty() {
            return self;
        }
        let mut json = match self {
            Form::Word(word) => Tree::parse(&word).map_or(Json::Null, |tree| tree.to_json(tree.root())),
            Form::Text(text) => Json::String(text),
            Form::Json(json) => json,
            Form::Lines { lines, .. } => Tree::parse(&lines.join("\n")).map_or(Json::Null, |tree| tree.to_json(tree.root())),
        };
        for key in keys.iter().rev() {
            json = match key {
                Key::Name(name) => Json::Object([(name.clone(), json)].into_iter().collect()),
                Key::First => Json::Array(vec![json]),
            };
        }
        Form::Json(json)
    }

    /// Whether it can only be written on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        match self {
            Form::Json(Json::Object(map)) => !map.is_empty(),
            Form::Json(Json::Array(items)) => !items.is_empty(),
            Form::Lines { .. } => true,
            _ => false,
        }
    }

    /// As one piece in flow style.
    pub(super) fn flow(&self, style: Option<ScalarStyle>) -> String {
        let mut out = String::new();
        match self {
            Form::Word(word) => out.push_str(word),
            Form::Text(text) => out.push_str(&quote(text, style, true)),
            Form::Json(json) => write_flow(&mut out, json),
            Form::Lines { lines, .. } => {
                let json = Tree::parse(&lines.join("\n")).map_or(Json::Null, |tree| tree.to_json(tree.root()));
                write_flow(&mut out, &json);
            }
        }
        out
    }

    /// As it follows a `key:` or a dash at this column (from 0), with the blank or the line break before it.
    /// `style` is what the scalar it replaces had.
    pub(super) fn after(&self, opener: Opener, column: usize, indents: Indents, style: Option<ScalarStyle>) -> String {
        let mut out = String::new();
        match self {
            Form::Word(word) => {
                let _ = write!(out, " {word}");
            }
            Form::Text(text) => write_text(&mut out, text, column + indents.map.max(1), style),
            Form::Json(json) => write_block(&mut out, json, opener, column, indents),
            Form::Lines { lines, list } => {
                let indent = match (opener, list) {
                    (Opener::Dash, _) => column + 2,
                    (Opener::Key, true) => column + indents.list,
                    (Opener::Key, false) => column + indents.map,
                };
                let inline = opener == Opener::Dash && !lines.first().is_some_and(|line| line.starts_with('#'));
                for (n, line) in lines.iter().enumerate() {
                    match (n, line.is_empty()) {
                        (0, _) if inline => {
                            let _ = write!(out, " {line}");
                        }
                        (_, true) => out.push('\n'),
                        _ => {
                            let _ = write!(out, "\n{:indent$}{line}", "");
                        }
                    }
                }
            }
        }
        out
    }
}

/// A key that is made on the way to a value.
pub(super) enum Key {
    Name(String),
    /// A list with the value as its one item.
    First,
}

/// What stands before a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opener {
    Key,
    Dash,
}

fn spell_number(number: &serde_json::Number) -> String {
    match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(int), _, _) => int.to_string(),
        (_, Some(int), _) => int.to_string(),
        (_, _, Some(number)) => spell_float(number),
        _ => number.to_string(),
    }
}

/// A number as people write it: no exponent where there need be none.
pub(super) fn spell_float(number: f64) -> String {
    if number.is_finite() && number.abs() < 1e15 && (number == 0.0 || number.abs() >= 1e-5) {
        format!("{number}")
    } else {
        float::format(number, false)
    }
}

/// A key as it is written before its colon.
pub(super) fn spell_key(key: &str, flow: bool) -> String {
    quote(key, None, flow)
}

/// A text on one line, in the given quotes if they can hold it.
pub(super) fn quote(text: &str, style: Option<ScalarStyle>, flow: bool) -> String {
    let single_holds = text.chars().all(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}'));
    let plain_holds = is_plain_safe(text)
        && resolve(text) == Scalar::Text
        && !is_base_60(text)
        && text != "<<"
        && text != "="
        && !(flow && text.contains([',', '[', ']', '{', '}', '?', ':', '#', '\'', '"', ' ']));
    match style {
        Some(ScalarStyle::Single) if single_holds => single(text),
        Some(ScalarStyle::Double) => double(text),
        _ if plain_holds => text.to_string(),
        _ if single_holds && text.contains(['"', '\\']) => single(text),
        _ => double(text),
    }
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut out = "\"".to_string();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0'..='\x1F' | '\x7F'..='\u{A0}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text after a key or dash: several lines become a literal block where that can hold them.
fn write_text(out: &mut String, text: &str, indent: usize, style: Option<ScalarStyle>) {
    let quoted = matches!(style, Some(ScalarStyle::Single | ScalarStyle::Double));
    let body = text.trim_end_matches('\n');
    let fits = text.contains('\n')
        && !quoted
        && !body.is_empty()
        // More breaks would take in the empty lines that may follow in the file.
        && text.len() - body.len() <= 1
        && !body.starts_with([' ', '\n'])
        && body.lines().all(|line| !line.ends_with(' '))
        && text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'))
        && !body.lines().any(|line| line.starts_with('\t'));
    if !fits {
        let _ = write!(out, " {}", quote(text, style, false));
        return;
    }
    out.push_str(if text.len() == body.len() { " |-" } else { " |" });
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            let _ = write!(out, "{:indent$}{line}", "");
        }
    }
}

fn write_scalar(out: &mut String, json: &Json, flow: bool) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Json::Number(number) => out.push_str(&spell_number(number)),
        Json::String(text) => out.push_str(&quote(text, None, flow)),
        Json::Array(_) => out.push_str("[]"),
        Json::Object(_) => out.push_str("{}"),
    }
}

fn write_flow(out: &mut String, json: &Json) {
    enum Task<'a> {
        Value(&'a Json),
        Text(String),
    }
    let mut tasks = vec![Task::Value(json)];
    while let Some(task) = tasks.pop() {
        match task {
            Task::Text(text) => out.push_str(&text),
            Task::Value(Json::Array(items)) if !items.is_empty() => {
                out.push('[');
                tasks.push(Task::Text("]".to_string()));
                for (n, item) in items.iter().enumerate().rev() {
                    tasks.push(Task::Value(item));
                    tasks.extend((n > 0).then(|| Task::Text(", ".to_string())));
                }
            }
            Task::Value(Json::Object(map)) if !map.is_empty() => {
                out.push('{');
                tasks.push(Task::Text("}".to_string()));
                let pairs: Vec<_> = map.iter().collect();
                for (n, (key, value)) in pairs.into_iter().enumerate().rev() {
                    tasks.push(Task::Value(value));
                    let comma = if n > 0 { ", " } else { "" };
                    tasks.push(Task::Text(format!("{comma}{}: ", spell_key(key, true))));
                }
            }
            Task::Value(json) => write_scalar(out, json, true),
        }
    }
}

fn write_block(out: &mut String, json: &Json, opener: Opener, column: usize, indents: Indents) {
    enum Task<'a> {
        Value(&'a Json, Opener, usize),
        Text(String),
    }
    let mut tasks = vec![Task::Value(json, opener, column)];
    while let Some(task) = tasks.pop() {
        match task {
            Task::Text(text) => out.push_str(&text),
            Task::Value(Json::Array(items), opener, column) if !items.is_empty() => {
                let indent = if opener == Opener::Key { column + indents.list } else { column + 2 };
                for (n, item) in items.iter().enumerate().rev() {
                    tasks.push(Task::Value(item, Opener::Dash, indent));
                    let inline = n == 0 && opener == Opener::Dash;
                    tasks.push(Task::Text(if inline { " -".to_string() } else { format!("\n{:indent$}-", "") }));
                }
            }
            Task::Value(Json::Object(map), opener, column) if !map.is_empty() => {
                let indent = if opener == Opener::Key { column + indents.map } else { column + 2 };
                let pairs: Vec<_> = map.iter().collect();
                for (n, (key, value)) in pairs.into_iter().enumerate().rev() {
                    tasks.push(Task::Value(value, Opener::Key, indent));
                    let key = spell_key(key, false);
                    let inline = n == 0 && opener == Opener::Dash;
                    tasks.push(Task::Text(if inline { format!(" {key}:") } else { format!("\n{:indent$}{key}:", "") }));
                }
            }
            Task::Value(Json::String(text), opener, column) => {
                let indent = column + if opener == Opener::Key { indents.map.max(1) } else { 2 };
                write_text(out, text, indent, None);
            }
            Task::Value(json, ..) => {
                out.push(' ');
                write_scalar(out, json, false);
            }
        }
    }
}

//! What a field is edited with: decided by the schema where it says enough, else by the value itself.

use super::schema::Schema;
use crate::protocol::{Control, StorageClass};
use crate::values::{Node, Value, to_json};

/// Texts longer than this get several lines.
const LONG: usize = 120;

/// Chooses a control.
pub(crate) fn control(schema: Option<Schema<'_>>, value: Option<&Node>, default: Option<&Node>, classes: &[StorageClass]) -> Control {
    let shown = value.or(default);
    let Some(schema) = schema else { return by_value(shown, "") };
    match schema.text("x-format") {
        Some("cpu") => return Control::Quantity { units: vec!["m".into(), "core".into()] },
        Some("memory") => return Control::Quantity { units: vec!["Mi".into(), "Gi".into()] },
        Some("storage") => return Control::Quantity { units: vec!["Mi".into(), "Gi".into(), "Ti".into()] },
        Some("storage-class") => return Control::StorageClass { classes: classes.to_vec() },
        Some("yaml") => return Control::Yaml,
        Some("multiline") => return Control::Multiline,
        _ => {}
    }
    if let Some(options) = schema.options() {
        return Control::Choice { options: options.into_iter().map(to_json).collect() };
    }
    let types = schema.types();
    let without_null: Vec<&str> = types.iter().copied().filter(|kind| *kind != "null").collect();
    match without_null.as_slice() {
        ["boolean"] if types.len() == 1 => Control::Toggle,
        ["boolean"] => Control::Choice { options: vec!["true".into(), "false".into(), "null".into()] },
        [kind @ ("integer" | "number")] => number(schema, *kind == "integer"),
        ["string"] => text(schema, shown),
        ["array"] => list(schema, shown),
        ["object"] => object(schema, shown),
        [] if schema.has_properties() => object(schema, shown),
        [] if schema.items().is_some() => list(schema, shown),
        [] => by_value(shown, placeholder(schema)),
        kinds if kinds.iter().all(|kind| matches!(*kind, "string" | "integer" | "number" | "boolean")) => text(schema, shown),
        _ => by_value(value, placeholder(schema)),
    }
}

fn placeholder(schema: Schema<'_>) -> &str {
    let example = schema.get("examples").and_then(Node::list).and_then(|list| list.first()).and_then(Node::str);
    let by_format = match schema.text("x-format") {
        Some("cron") => "0 2 * * *",
        Some("timezone") => "Etc/UTC",
        _ => "",
    };
    schema.text("x-placeholder").or(example).unwrap_or(by_format)
}

fn number(schema: Schema<'_>, integer: bool) -> Control {
    let step = if integer { 1.0 } else { 0.0 };
    let minimum = schema.number("minimum").or_else(|| schema.number("exclusiveMinimum").map(|bound| bound + step));
    let maximum = schema.number("maximum").or_else(|| schema.number("exclusiveMaximum").map(|bound| bound - step));
    let unit = schema.text("x-unit").unwrap_or(match schema.text("x-format") {
        Some("duration-seconds") => "s",
        Some("percent") => "%",
        _ => "",
    });
    Control::Number { integer, minimum, maximum, unit: unit.to_owned() }
}

fn text(schema: Schema<'_>, shown: Option<&Node>) -> Control {
    if shown.and_then(Node::str).is_some_and(is_long) {
        return Control::Multiline;
    }
    Control::Text { placeholder: placeholder(schema).to_owned() }
}

fn is_long(text: &str) -> bool {
    text.contains('\n') || text.len() > LONG
}

fn list(schema: Schema<'_>, shown: Option<&Node>) -> Control {
    match schema.items() {
        Some(items) if items.types().contains(&"object") && !items.has_properties() => Control::Yaml,
        Some(_) => Control::List,
        None => by_list(shown),
    }
}

fn object(schema: Schema<'_>, shown: Option<&Node>) -> Control {
    if schema.has_properties() {
        // Known keys beside free ones: a map whose known keys have names and bounds of their own.
        return if schema.additional().is_some() { Control::Map } else { Control::Group };
    }
    if let Some(additional) = schema.additional() {
        let types = additional.types();
        let scalar = types.iter().all(|kind| !matches!(*kind, "object" | "array"));
        return if scalar || additional.has_properties() { Control::Map } else { Control::Yaml };
    }
    match shown.and_then(Node::map) {
        Some(pairs) if !pairs.is_empty() && pairs.iter().all(|(_, node)| is_scalar(node)) => Control::Map,
        _ => Control::Yaml,
    }
}

fn is_scalar(node: &Node) -> bool {
    node.map().is_none() && node.list().is_none()
}

fn by_list(shown: Option<&Node>) -> Control {
    match shown.and_then(Node::list) {
        Some(items) if !items.is_empty() && items.iter().all(is_scalar) => Control::List,
        Some([]) | None => Control::Yaml,
        Some(_) => Control::Yaml,
    }
}

/// Without a schema: what the value looks like.
fn by_value(shown: Option<&Node>, placeholder: &str) -> Control {
    match shown.map(|node| &node.value) {
        Some(Value::Bool(_)) => Control::Toggle,
        Some(Value::Int(_)) => Control::Number { integer: true, minimum: None, maximum: None, unit: String::new() },
        Some(Value::Float(_)) => Control::Number { integer: false, minimum: None, maximum: None, unit: String::new() },
        Some(Value::String(text)) if is_long(text) => Control::Multiline,
        Some(Value::String(_)) => Control::Text { placeholder: placeholder.to_owned() },
        Some(Value::List(_)) => by_list(shown),
        Some(Value::Map(pairs)) if !pairs.is_empty() => Control::Group,
        Some(Value::Map(_) | Value::Null) | None => Control::Yaml,
    }
}

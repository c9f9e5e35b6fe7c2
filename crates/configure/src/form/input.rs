//! From what was typed to a value, or to the reason why it is none. The texts stand at the field.

use super::schema::Schema;
use crate::protocol::Control;
use crate::values::{Node, Value, read_yaml, scalar};
use chartwright_kube::quantity::Quantity;
use chartwright_yaml::Tree;

/// Whole numbers beyond this are no longer exact in JSON: 2^53.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// Reads what was typed into a field. `was` is the effective value until now.
pub(crate) fn read(text: &str, control: &Control, schema: Option<Schema<'_>>, was: Option<&Node>) -> Result<Node, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() && allows(schema, "null") && !allows(schema, "string") {
        return Ok(Value::Null.into());
    }
    let node = match control {
        Control::Number { integer, minimum, maximum, .. } => number(trimmed, *integer, *minimum, *maximum)?,
        Control::Quantity { .. } => quantity(trimmed, schema, was)?,
        Control::Toggle => match trimmed {
            "true" => Value::Bool(true).into(),
            "false" => Value::Bool(false).into(),
            _ => return Err("on or off is needed".to_owned()),
        },
        Control::Yaml => yaml(text, schema, was)?,
        Control::Group | Control::List | Control::Map => yaml(text, schema, was)?,
        Control::Choice { options } => choice(trimmed, options)?,
        Control::Text { .. } | Control::Multiline | Control::StorageClass { .. } => free(text, schema, was)?,
    };
    bounds(&node, schema)?;
    Ok(node)
}

fn allows(schema: Option<Schema<'_>>, kind: &str) -> bool {
    schema.is_some_and(|schema| schema.allows(kind))
}

fn number(text: &str, integer: bool, minimum: Option<f64>, maximum: Option<f64>) -> Result<Node, String> {
    if text.is_empty() {
        return Err("a number is needed".to_owned());
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    let value = match text.parse::<i64>() {
        Ok(whole) => Value::Int(whole),
        Err(_) => match text.parse::<f64>().ok().filter(|number| plain && number.is_finite()) {
            Some(number) if integer && number.fract() != 0.0 => return Err("not a whole number".to_owned()),
            Some(number) if integer && number.abs() < LARGEST => Value::Int(number as i64),
            Some(number) => Value::Float(number),
            None => return Err("not a number".to_owned()),
        },
    };
    let node = Node::from(value);
    let number = node.number().unwrap_or_default();
    match (minimum.filter(|bound| number < *bound), maximum.filter(|bound| number > *bound)) {
        (Some(bound), _) => Err(format!("at least {bound}")),
        (_, Some(bound)) => Err(format!("at most {bound}")),
        _ if integer && number.abs() >= LARGEST => Err("too large a number".to_owned()),
        _ => Ok(node),
    }
}

fn quantity(text: &str, schema: Option<Schema<'_>>, was: Option<&Node>) -> Result<Node, String> {
    let bare = ["cores", "core"].iter().find_map(|unit| text.strip_suffix(unit)).map_or(text, str::trim_end);
    if bare.is_empty() {
        let optional = schema.is_none_or(|schema| schema.allows("null"));
        let default_empty = was.is_some_and(|was| was.str() == Some(""));
        return if optional {
            Ok(Value::Null.into())
        } else if default_empty {
            Ok(Node::string(""))
        } else {
            Err("a quantity is needed, such as 500m or 256Mi".to_owned())
        };
    }
    let quantity = Quantity::parse(bare).map_err(|error| error.to_string())?;
    if quantity.is_negative() {
        return Err("a quantity cannot be negative".to_owned());
    }
    // A file that writes `cpu: 1` goes on writing numbers.
    if was.is_some_and(|was| matches!(was.value, Value::Int(_)))
        && schema.is_none_or(|schema| schema.allows("integer") || schema.allows("number"))
        && let Ok(whole) = bare.parse::<i64>()
    {
        return Ok(Value::Int(whole).into());
    }
    Ok(Node::string(bare))
}

fn choice(text: &str, options: &[String]) -> Result<Node, String> {
    let quoted = crate::values::to_json(&Node::string(text));
    let found = options.iter().find(|option| **option == text || **option == quoted);
    match found {
        Some(option) => crate::values::read_json(option),
        None => Err(format!("one of {} is needed", options.join(", "))),
    }
}

fn yaml(text: &str, schema: Option<Schema<'_>>, was: Option<&Node>) -> Result<Node, String> {
    if text.trim().is_empty() {
        let list = allows(schema, "array") || was.is_some_and(|was| was.list().is_some());
        let map = allows(schema, "object") || was.is_some_and(|was| was.map().is_some());
        return Ok(if list {
            Value::List(Vec::new())
        } else if map {
            Value::Map(Vec::new())
        } else {
            Value::Null
        }
        .into());
    }
    let tree = Tree::parse(text).map_err(|error| error.to_string())?;
    let node = read_yaml(&tree)?;
    let Some(types) = schema.map(Schema::types).filter(|types| !types.is_empty()) else { return Ok(node) };
    let fits = types.iter().any(|kind| match *kind {
        "object" => node.map().is_some(),
        "array" => node.list().is_some(),
        "null" => node.is_null(),
        "string" => node.str().is_some(),
        "boolean" => node.bool().is_some(),
        "integer" => matches!(node.value, Value::Int(_)),
        _ => node.number().is_some(),
    });
    let words: Vec<&str> = types
        .iter()
        .map(|kind| match *kind {
            "object" => "a map",
            "array" => "a list",
            "null" => "nothing",
            other => other,
        })
        .collect();
    if fits { Ok(node) } else { Err(format!("{} is needed", words.join(" or "))) }
}

fn free(text: &str, schema: Option<Schema<'_>>, was: Option<&Node>) -> Result<Node, String> {
    let Some(types) = schema.map(Schema::types).filter(|types| !types.is_empty()) else {
        // Without a schema text stays text, and what was no text takes the type of what is typed.
        return Ok(match was {
            Some(was) if was.str().is_some() => Node::string(text),
            _ => scalar(text).into(),
        });
    };
    let guess = scalar(text);
    let fits = match &guess {
        Value::Int(_) => types.contains(&"integer") || types.contains(&"number"),
        Value::Float(_) => types.contains(&"number"),
        Value::Bool(_) => types.contains(&"boolean"),
        _ => false,
    };
    if fits {
        Ok(guess.into())
    } else if types.contains(&"string") {
        Ok(Node::string(text))
    } else {
        let words: Vec<&str> = types.iter().copied().filter(|kind| *kind != "null").collect();
        Err(format!("{} is needed", words.join(" or ")))
    }
}

/// The bounds that a schema states in words of its own; patterns and conditions are left to Helm's own check.
fn bounds(node: &Node, schema: Option<Schema<'_>>) -> Result<(), String> {
    let Some(schema) = schema else { return Ok(()) };
    if let Some(text) = node.str() {
        let count = text.chars().count() as f64;
        if let Some(least) = schema.number("minLength").filter(|least| count < *least) {
            return Err(if least <= 1.0 { "cannot be empty".to_owned() } else { format!("at least {least} characters") });
        }
        if let Some(most) = schema.number("maxLength").filter(|most| count > *most) {
            return Err(format!("at most {most} characters, these are {count}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{read_json, to_json};

    #[track_caller]
    fn check(schema: &str, text: &str, expected: Result<&str, &str>) {
        let schema = read_json(schema).expect("a schema");
        let schema = Schema::new(&schema);
        let control = crate::form::control::control(Some(schema), None, None, &[]);
        let result = read(text, &control, Some(schema), None).map(|node| to_json(&node));
        assert_eq!(result.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn numbers() {
        let schema = r#"{"type": "integer", "minimum": 1, "maximum": 100}"#;
        check(schema, "3", Ok("3"));
        check(schema, " 3 ", Ok("3"));
        check(schema, "three", Err("not a number"));
        check(schema, "1.5", Err("not a whole number"));
        check(schema, "", Err("a number is needed"));
        check(schema, "0", Err("at least 1"));
        check(schema, "101", Err("at most 100"));
        check(schema, "nan", Err("not a number"));
        check(schema, "99999999999999999999", Err("at most 100"));
        check(schema, "1e1", Ok("10"));
        check(r#"{"type": "integer"}"#, "99999999999999999999", Err("too large a number"));
        check(r#"{"type": "number"}"#, "1.5", Ok("1.5"));
        check(r#"{"type": ["integer", "null"]}"#, "", Ok("null"));
    }

    #[test]
    fn quantities() {
        let schema = r#"{"type": "string", "x-format": "cpu"}"#;
        check(schema, "500m", Ok("\"500m\""));
        check(schema, "2", Ok("\"2\""));
        check(schema, "2core", Ok("\"2\""));
        check(schema, "", Err("a quantity is needed, such as 500m or 256Mi"));
        check(schema, "-1", Err("a quantity cannot be negative"));
    }

    #[test]
    fn texts_and_choices() {
        check(r#"{"type": "string"}"#, "5", Ok("\"5\""));
        check(r#"{"type": ["integer", "string"]}"#, "5", Ok("5"));
        check(r#"{"type": ["integer", "string"]}"#, "50%", Ok("\"50%\""));
        check(r#"{"type": "string", "minLength": 1}"#, "", Err("cannot be empty"));
        check(r#"{"enum": ["a", "b"]}"#, "b", Ok("\"b\""));
        check(r#"{"enum": ["a", "b"]}"#, "c", Err("one of \"a\", \"b\" is needed"));
        check(r#"{"type": "object"}"#, "a: [1, 2]", Ok("{\"a\":[1,2]}"));
        check(r#"{"type": "object"}"#, "", Ok("{}"));
        check(r#"{"type": "object"}"#, "- 1", Err("a map is needed"));
        check(r#"{"type": "array"}"#, "", Ok("[]"));
    }
}

//! Text: the standard functions, and `ext/strings.go` in version 2.

use chartwright_go::strings as go;

use super::super::value::Value;
use super::super::{Budget, Outcome, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    member("contains", "ss", contains),
    member("startsWith", "ss", starts_with),
    member("endsWith", "ss", ends_with),
    member("charAt", "si", char_at),
    member("indexOf", "ss", index_of),
    member("indexOf", "ssi", index_of),
    member("lastIndexOf", "ss", last_index_of),
    member("lastIndexOf", "ssi", last_index_of),
    member("lowerAscii", "s", |budget, values| changed(budget, values, |text| text.to_ascii_lowercase())),
    member("upperAscii", "s", |budget, values| changed(budget, values, |text| text.to_ascii_uppercase())),
    member("trim", "s", |budget, values| changed(budget, values, trim)),
    member("replace", "sss", replace),
    member("replace", "sssi", replace),
    member("split", "ss", split),
    member("split", "ssi", split),
    member("substring", "si", substring),
    member("substring", "sii", substring),
    member("join", "l", join),
    member("join", "ls", join),
    global("strings.quote", "s", |budget, values| changed(budget, values, quote)),
];

fn contains(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(part)] = values else { return super::misfit() };
    budget.charge_bytes(text.len())?;
    Ok(Value::Bool(text.contains(&**part)))
}

fn starts_with(_: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(part)] = values else { return super::misfit() };
    Ok(Value::Bool(text.starts_with(&**part)))
}

fn ends_with(_: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(part)] = values else { return super::misfit() };
    Ok(Value::Bool(text.ends_with(&**part)))
}

fn changed(budget: &mut Budget, values: &[Value], change: impl FnOnce(&str) -> String) -> Outcome {
    let [Value::Text(text)] = values else { return super::misfit() };
    budget.charge_bytes(text.len())?;
    Ok(Value::text(&change(text)))
}

fn trim(text: &str) -> String {
    let (start, end) = go::space_trimmed(text.as_bytes());
    text.get(start..end).unwrap_or_default().to_owned()
}

fn out_of_range(index: i64) -> Outcome {
    error(format!("index out of range: {index}"))
}

fn runes(budget: &mut Budget, text: &str) -> Result<Vec<char>, super::Stop> {
    budget.charge_bytes(text.len())?;
    Ok(text.chars().collect())
}

fn number(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn char_at(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Int(index)] = values else { return super::misfit() };
    let runes = runes(budget, text)?;
    match usize::try_from(*index) {
        Ok(at) if at < runes.len() => Ok(Value::text(&runes.get(at).map(char::to_string).unwrap_or_default())),
        Ok(at) if at == runes.len() => Ok(Value::text("")),
        _ => out_of_range(*index),
    }
}

fn index_of(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(part), rest @ ..] = values else { return super::misfit() };
    let offset = if let [Value::Int(offset)] = rest { *offset } else { 0 };
    let Ok(from) = usize::try_from(offset) else { return out_of_range(offset) };
    let (text, part) = (runes(budget, text)?, runes(budget, part)?);
    if part.is_empty() {
        return Ok(Value::Int(offset.min(number(text.len()))));
    }
    budget.charge(text.len() * part.len() / 10)?;
    let found = (from..text.len()).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(&part)));
    Ok(Value::Int(found.map_or(-1, number)))
}

fn last_index_of(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(part), rest @ ..] = values else { return super::misfit() };
    let is_shorter = text.len() < part.len();
    let (text, part) = (runes(budget, text)?, runes(budget, part)?);
    let offset = match rest {
        [Value::Int(offset)] => *offset,
        _ if part.is_empty() => return Ok(Value::Int(number(text.len()))),
        _ if is_shorter => return Ok(Value::Int(-1)),
        _ => number(text.len()) - 1,
    };
    let Ok(from) = usize::try_from(offset) else { return out_of_range(offset) };
    if part.is_empty() {
        return Ok(Value::Int(offset.min(number(text.len()))));
    }
    if from >= text.len() || part.len() > text.len() {
        return Ok(Value::Int(-1));
    }
    budget.charge(text.len() * part.len() / 10)?;
    let found = (0..=from.min(text.len() - part.len())).rev().find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(&part)));
    Ok(Value::Int(found.map_or(-1, number)))
}

fn replace(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(old), Value::Text(new), rest @ ..] = values else { return super::misfit() };
    let most = match rest {
        [Value::Int(most)] => usize::try_from(*most).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    budget.charge_bytes(text.len().saturating_add(text.len().saturating_add(1).min(most).saturating_mul(new.len())))?;
    Ok(Value::text(&text.replacen(&**old, new, most)))
}

fn split(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(separator), rest @ ..] = values else { return super::misfit() };
    let limit = if let [Value::Int(limit)] = rest { *limit } else { -1 };
    budget.charge(text.len())?;
    let parts = go::split(text.as_bytes(), separator.as_bytes(), limit);
    Ok(Value::list(parts.into_iter().map(|(start, end)| Value::text(text.get(start..end).unwrap_or_default())).collect()))
}

fn substring(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Int(start), rest @ ..] = values else { return super::misfit() };
    let runes = runes(budget, text)?;
    let end = if let [Value::Int(end)] = rest { *end } else { number(runes.len()) };
    if !rest.is_empty() && *start > end {
        return error(format!("invalid substring range. start: {start}, end: {end}"));
    }
    let within = |index: i64| usize::try_from(index).ok().filter(|index| *index <= runes.len());
    let Some(from) = within(*start) else { return out_of_range(*start) };
    let Some(to) = within(end) else { return out_of_range(end) };
    Ok(Value::text(&runes.get(from..to).unwrap_or_default().iter().collect::<String>()))
}

fn join(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list), rest @ ..] = values else { return super::misfit() };
    let separator: &str = if let [Value::Text(separator)] = rest { separator } else { "" };
    let mut joined = String::new();
    for (at, item) in list.items.iter().enumerate() {
        let Value::Text(text) = item else {
            return match super::convert::text_of(item) {
                Some(text) => error(format!("join: invalid input: {text}")),
                None => Err(super::Stop::Unknown),
            };
        };
        budget.charge_bytes(text.len() + separator.len())?;
        if at > 0 {
            joined.push_str(separator);
        }
        joined.push_str(text);
    }
    Ok(Value::text(&joined))
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

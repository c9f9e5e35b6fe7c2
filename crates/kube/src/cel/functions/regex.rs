//! Patterns: the standard `matches`, and `library/regex.go` of Kubernetes.

use super::super::value::Value;
use super::super::{Budget, Outcome, Stop};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    member("matches", "ss", matches),
    global("matches", "ss", matches),
    member("find", "ss", find),
    member("findAll", "ss", find_all),
    member("findAll", "ssi", find_all),
];

/// A pattern that is none ends `find` with other words than `matches`.
fn illegal(stop: Stop) -> Stop {
    match stop {
        Stop::Error(text) => Stop::Error(format!("Illegal regex: {text}")),
        Stop::Unknown => Stop::Unknown,
    }
}

fn matches(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(pattern)] = values else { return super::misfit() };
    let pattern = budget.pattern(pattern)?;
    budget.matching(|work| pattern.is_match(text.as_bytes(), work)).map(Value::Bool)
}

fn find(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(pattern)] = values else { return super::misfit() };
    let pattern = budget.pattern(pattern).map_err(illegal)?;
    let found = budget.matching(|work| pattern.find(text.as_bytes(), work))?;
    Ok(Value::text(found.and_then(|(start, end)| text.get(start..end)).unwrap_or_default()))
}

fn find_all(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Text(text), Value::Text(pattern), rest @ ..] = values else { return super::misfit() };
    let limit = if let [Value::Int(limit)] = rest { *limit } else { -1 };
    let pattern = budget.pattern(pattern).map_err(illegal)?;
    let found = budget.matching(|work| pattern.find_all(text.as_bytes(), limit, work))?;
    Ok(Value::list(found.into_iter().map(|(start, end)| Value::text(text.get(start..end).unwrap_or_default())).collect()))
}

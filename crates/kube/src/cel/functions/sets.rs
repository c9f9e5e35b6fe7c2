//! Lists as sets: `ext/sets.go`.

use super::super::equal::equal;
use super::super::value::{List, Value};
use super::super::{Budget, Outcome, Stop};
use super::{Row, global};

pub(super) const TABLE: &[Row] =
    &[global("sets.contains", "ll", contains), global("sets.equivalent", "ll", equivalent), global("sets.intersects", "ll", intersects)];

fn has(budget: &mut Budget, list: &List, item: &Value) -> Result<bool, Stop> {
    for own in &list.items {
        if equal(budget, own, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds(budget: &mut Budget, list: &List, part: &List) -> Result<bool, Stop> {
    for item in &part.items {
        if !has(budget, list, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn contains(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list), Value::List(part)] = values else { return super::misfit() };
    holds(budget, list, part).map(Value::Bool)
}

fn equivalent(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(one), Value::List(other)] = values else { return super::misfit() };
    Ok(Value::Bool(holds(budget, one, other)? && holds(budget, other, one)?))
}

fn intersects(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(one), Value::List(other)] = values else { return super::misfit() };
    for item in &one.items {
        if has(budget, other, item)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

//! Arithmetic, and what else stands between two values. Source: `common/types`, `overflow.go`.

use std::cmp::Ordering;
use std::rc::Rc;

use super::equal::{agree, compare, equal, is_comparable, scalar};
use super::tree::Operator;
use super::value::{Key, List, ListKind, Moment, Value};
use super::{Budget, Outcome, error};

/// The seconds between which a moment has to be: the years 1 to 9999.
const FIRST_SECOND: i64 = -62_135_596_800;
const LAST_SECOND: i64 = 253_402_300_799;

pub(super) fn binary(budget: &mut Budget, operator: Operator, one: &Value, other: &Value) -> Outcome {
    let ordered = |fits: fn(Ordering) -> bool| compare(one, other, operator.name()).map(|order| Value::Bool(fits(order)));
    match operator {
        Operator::Equal => equal(budget, one, other).map(Value::Bool),
        Operator::Unequal => equal(budget, one, other).map(|is| Value::Bool(!is)),
        Operator::Less => ordered(Ordering::is_lt),
        Operator::LessOrEqual => ordered(Ordering::is_le),
        Operator::Greater => ordered(Ordering::is_gt),
        Operator::GreaterOrEqual => ordered(Ordering::is_ge),
        Operator::In => contains(budget, one, other),
        Operator::Add => add(budget, one, other),
        Operator::Subtract => subtract(one, other),
        Operator::Multiply | Operator::Divide | Operator::Modulo => multiply(operator, one, other),
    }
}

/// `item in list`, `key in map`.
fn contains(budget: &mut Budget, item: &Value, all: &Value) -> Outcome {
    match all {
        Value::List(list) => {
            for own in &list.items {
                if equal(budget, own, item)? {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        Value::Map(map) => Ok(Value::Bool(Key::of(item).is_some_and(|key| map.get(&key).is_some()))),
        Value::Opaque => Err(super::Stop::Unknown),
        _ => error("no such overload"),
    }
}

fn add(budget: &mut Budget, one: &Value, other: &Value) -> Outcome {
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => one.checked_add(*other).map(Value::Int).map_or_else(|| error("integer overflow"), Ok),
        (Value::Uint(one), Value::Uint(other)) => {
            one.checked_add(*other).map(Value::Uint).map_or_else(|| error("unsigned integer overflow"), Ok)
        }
        (Value::Double(one), Value::Double(other)) => Ok(Value::Double(one + other)),
        (Value::Text(one), Value::Text(other)) => {
            budget.charge_bytes(one.len() + other.len())?;
            Ok(Value::Text([&**one, &**other].concat().into()))
        }
        (Value::Bytes(one), Value::Bytes(other)) => {
            budget.charge_bytes(one.len() + other.len())?;
            Ok(Value::Bytes([&**one, &**other].concat().into()))
        }
        (Value::Duration(one), Value::Duration(other)) => duration(one.checked_add(*other)),
        (Value::Timestamp(moment), Value::Duration(duration)) | (Value::Duration(duration), Value::Timestamp(moment)) => {
            timestamp(moment.plus(*duration))
        }
        (Value::List(one), Value::List(other)) => lists(budget, one, other),
        _ => mismatch(one, other, Operator::Add),
    }
}

fn lists(budget: &mut Budget, one: &List, other: &List) -> Outcome {
    budget.charge(one.items.len() + other.items.len())?;
    let mut items = one.items.clone();
    match &one.kind {
        ListKind::Ordered => items.extend(other.items.iter().cloned()),
        ListKind::Set => {
            for item in &other.items {
                let key = scalar(item);
                if key.is_none() || items.iter().any(|own| scalar(own).is_none()) {
                    return error("listSet operations are only supported on lists of scalar values");
                }
                budget.charge(items.len())?;
                if !items.iter().any(|own| scalar(own) == key) {
                    items.push(item.clone());
                }
            }
        }
        ListKind::Keyed(keys) => {
            for item in &other.items {
                let mut place = None;
                for (at, own) in items.iter().enumerate() {
                    if agree(budget, keys, own, item)? {
                        place = Some(at);
                    }
                }
                match place.and_then(|at| items.get_mut(at)) {
                    Some(own) => *own = item.clone(),
                    None => items.push(item.clone()),
                }
            }
        }
    }
    Ok(Value::List(Rc::new(List { items, kind: one.kind.clone() })))
}

fn subtract(one: &Value, other: &Value) -> Outcome {
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => one.checked_sub(*other).map(Value::Int).map_or_else(|| error("integer overflow"), Ok),
        (Value::Uint(one), Value::Uint(other)) => {
            one.checked_sub(*other).map(Value::Uint).map_or_else(|| error("unsigned integer overflow"), Ok)
        }
        (Value::Double(one), Value::Double(other)) => Ok(Value::Double(one - other)),
        (Value::Duration(one), Value::Duration(other)) => duration(one.checked_sub(*other)),
        (Value::Timestamp(moment), Value::Duration(amount)) => match amount.checked_neg() {
            Some(amount) => timestamp(moment.plus(amount)),
            None => error("timestamp overflow"),
        },
        (Value::Timestamp(one), Value::Timestamp(other)) => {
            let nanoseconds =
                i128::from(one.seconds - other.seconds) * 1_000_000_000 + i128::from(one.nanoseconds) - i128::from(other.nanoseconds);
            duration(i64::try_from(nanoseconds).ok())
        }
        _ => mismatch(one, other, Operator::Subtract),
    }
}

fn multiply(operator: Operator, one: &Value, other: &Value) -> Outcome {
    let zero = if operator == Operator::Modulo { "modulus by zero" } else { "division by zero" };
    match (one, other) {
        (Value::Int(one), Value::Int(other)) => {
            let result = match operator {
                Operator::Multiply => one.checked_mul(*other),
                _ if *other == 0 => return error(zero),
                Operator::Divide => one.checked_div(*other),
                _ => one.checked_rem(*other),
            };
            result.map(Value::Int).map_or_else(|| error("integer overflow"), Ok)
        }
        (Value::Uint(one), Value::Uint(other)) => {
            let result = match operator {
                Operator::Multiply => one.checked_mul(*other),
                _ if *other == 0 => return error(zero),
                Operator::Divide => one.checked_div(*other),
                _ => one.checked_rem(*other),
            };
            result.map(Value::Uint).map_or_else(|| error("unsigned integer overflow"), Ok)
        }
        (Value::Double(one), Value::Double(other)) if operator == Operator::Multiply => Ok(Value::Double(one * other)),
        (Value::Double(one), Value::Double(other)) if operator == Operator::Divide => Ok(Value::Double(one / other)),
        _ => mismatch(one, other, operator),
    }
}

pub(super) fn negate(value: &Value) -> Outcome {
    match value {
        Value::Int(number) => number.checked_neg().map(Value::Int).map_or_else(|| error("integer overflow"), Ok),
        Value::Double(number) => Ok(Value::Double(-number)),
        Value::Duration(nanoseconds) => duration(nanoseconds.checked_neg()),
        Value::Opaque => Err(super::Stop::Unknown),
        _ => error("no such overload"),
    }
}

pub(super) fn duration(nanoseconds: Option<i64>) -> Outcome {
    nanoseconds.map(Value::Duration).map_or_else(|| error("duration overflow"), Ok)
}

/// A moment, if it is within the years that there are.
pub(super) fn timestamp(moment: Moment) -> Outcome {
    if (FIRST_SECOND..=LAST_SECOND).contains(&moment.seconds) { Ok(Value::Timestamp(Rc::new(moment))) } else { error("timestamp overflow") }
}

/// What is said where an operator does not fit: the first value's type knows it, or not.
fn mismatch(one: &Value, other: &Value, operator: Operator) -> Outcome {
    if matches!(one, Value::Opaque) || matches!(other, Value::Opaque) {
        return Err(super::Stop::Unknown);
    }
    // Text, durations and moments take any call, and refuse it themselves.
    let knows = matches!(one, Value::Text(_) | Value::Duration(_) | Value::Timestamp(_))
        || match operator {
            Operator::Add => is_comparable(one) && !matches!(one, Value::Bool(_)) || matches!(one, Value::List(_)),
            Operator::Subtract | Operator::Multiply | Operator::Divide => matches!(one, Value::Int(_) | Value::Uint(_) | Value::Double(_)),
            _ => matches!(one, Value::Int(_) | Value::Uint(_)),
        };
    if knows { error("no such overload") } else { error(format!("no such overload: {}", operator.name())) }
}

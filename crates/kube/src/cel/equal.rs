//! Equality and order. Values are nested no deeper than [`MAX_DEPTH`](super::MAX_DEPTH) and what an expression adds, so it ends.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::value::{Key, List, ListKind, Map, MapKind, Value};
use super::{Budget, Stop, error};

/// `==`. Values of several types are unequal, but for numbers, which are compared by what they are.
pub(super) fn equal(budget: &mut Budget, one: &Value, other: &Value) -> Result<bool, Stop> {
    budget.charge(1)?;
    Ok(match (one, other) {
        (Value::Opaque, _) | (_, Value::Opaque) => return Err(Stop::Unknown),
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Text(one), Value::Text(other)) => one == other,
        (Value::Bytes(one), Value::Bytes(other)) => one == other,
        (Value::Duration(one), Value::Duration(other)) => one == other,
        (Value::Timestamp(one), Value::Timestamp(other)) => one.seconds == other.seconds && one.nanoseconds == other.nanoseconds,
        (Value::Type(one), Value::Type(other)) => one == other,
        (Value::Quantity(one), Value::Quantity(other)) => one == other,
        (Value::Url(one), Value::Url(other)) => one.write() == other.write(),
        (Value::Ip(one), Value::Ip(other)) => one == other,
        (Value::Cidr(one, bits), Value::Cidr(other, others)) => one == other && bits == others,
        (Value::Format(one), Value::Format(other)) => one.name == other.name,
        (Value::Semver(one), Value::Semver(other)) => one.cmp(other) == Ordering::Equal,
        (Value::Optional(one), Value::Optional(other)) => match (one, other) {
            (Some(one), Some(other)) => equal(budget, one, other)?,
            (None, None) => true,
            _ => false,
        },
        (Value::List(one), Value::List(other)) => lists(budget, one, other)?,
        (Value::Map(one), Value::Map(other)) => maps(budget, one, other)?,
        (Value::Map(map), _) if !matches!(map.kind(), MapKind::Made) => return error("no such overload"),
        (Value::Int(_) | Value::Uint(_) | Value::Double(_), Value::Int(_) | Value::Uint(_) | Value::Double(_)) => {
            numbers(one, other) == Some(Ordering::Equal)
        }
        _ => false,
    })
}

fn lists(budget: &mut Budget, one: &List, other: &List) -> Result<bool, Stop> {
    if one.items.len() != other.items.len() {
        return Ok(false);
    }
    match &one.kind {
        ListKind::Ordered => {
            for (one, other) in one.items.iter().zip(&other.items) {
                if !equal(budget, one, other)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        ListKind::Set => {
            let keys = |list: &List| list.items.iter().map(scalar).collect::<Option<HashSet<String>>>();
            let (Some(one), Some(other)) = (keys(one), keys(other)) else {
                return error("listSet operations are only supported on lists of scalar values");
            };
            Ok(one == other)
        }
        ListKind::Keyed(keys) => {
            for item in &other.items {
                let mut found = None;
                for own in &one.items {
                    if agree(budget, keys, own, item)? {
                        // The last of those with the same keys counts.
                        found = Some(own);
                    }
                }
                match found {
                    Some(own) if equal(budget, own, item)? => {}
                    _ => return Ok(false),
                }
            }
            Ok(true)
        }
    }
}

/// A scalar as text that tells it from all others.
pub(super) fn scalar(value: &Value) -> Option<String> {
    (!matches!(value, Value::List(_) | Value::Map(_) | Value::Opaque)).then(|| format!("{value:?}"))
}

/// Whether two items of a list have the same keys.
pub(super) fn agree(budget: &mut Budget, keys: &[std::rc::Rc<str>], one: &Value, other: &Value) -> Result<bool, Stop> {
    let (Value::Map(one), Value::Map(other)) = (one, other) else { return Ok(false) };
    for key in keys {
        let key = Key::Text(key.clone());
        let is_same = match (one.get(&key), other.get(&key)) {
            (Some(one), Some(other)) => equal(budget, one, other)?,
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps(budget: &mut Budget, one: &Map, other: &Map) -> Result<bool, Stop> {
    if one.has_unknown() || other.has_unknown() {
        return Err(Stop::Unknown);
    }
    if one.entries().len() != other.entries().len() {
        return Ok(false);
    }
    for (name, value) in one.entries() {
        let Some(key) = Key::of(name) else { return Err(Stop::Unknown) };
        match other.get(&key) {
            Some(other) if equal(budget, value, other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// How two numbers stand to each other; nothing where one is none.
fn numbers(one: &Value, other: &Value) -> Option<Ordering> {
    let exact = |value: &Value| match value {
        Value::Int(number) => Some(i128::from(*number)),
        Value::Uint(number) => Some(i128::from(*number)),
        _ => None,
    };
    match (one, other) {
        (Value::Double(one), Value::Double(other)) => one.partial_cmp(other),
        (Value::Double(one), _) => against(*one, exact(other)?),
        (_, Value::Double(other)) => against(*other, exact(one)?).map(Ordering::reverse),
        _ => Some(exact(one)?.cmp(&exact(other)?)),
    }
}

fn against(double: f64, whole: i128) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "larger ones are cut to the ends, which no other number reaches")]
    let floor = double.floor() as i128;
    Some(floor.cmp(&whole).then(if double.fract() == 0.0 { Ordering::Equal } else { Ordering::Greater }))
}

/// `<` and its like.
pub(super) fn compare(one: &Value, other: &Value, function: &str) -> Result<Ordering, Stop> {
    match (one, other) {
        (Value::Opaque, _) | (_, Value::Opaque) => Err(Stop::Unknown),
        (Value::Bool(one), Value::Bool(other)) => Ok(one.cmp(other)),
        (Value::Text(one), Value::Text(other)) => Ok(one.as_bytes().cmp(other.as_bytes())),
        (Value::Bytes(one), Value::Bytes(other)) => Ok(one.cmp(other)),
        (Value::Duration(one), Value::Duration(other)) => Ok(one.cmp(other)),
        (Value::Timestamp(one), Value::Timestamp(other)) => Ok((one.seconds, one.nanoseconds).cmp(&(other.seconds, other.nanoseconds))),
        (Value::Int(_) | Value::Uint(_) | Value::Double(_), Value::Int(_) | Value::Uint(_) | Value::Double(_)) => {
            numbers(one, other).ok_or_else(|| Stop::Error("NaN values cannot be ordered".to_owned()))
        }
        _ if is_comparable(one) => error("no such overload"),
        _ => error(format!("no such overload: {function}")),
    }
}

/// Whether values of its type have an order.
pub(super) fn is_comparable(value: &Value) -> bool {
    matches!(
        value,
        Value::Bool(_)
            | Value::Int(_)
            | Value::Uint(_)
            | Value::Double(_)
            | Value::Text(_)
            | Value::Bytes(_)
            | Value::Duration(_)
            | Value::Timestamp(_)
    )
}

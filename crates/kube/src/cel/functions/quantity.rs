//! Amounts of resources: `library/quantity.go`.

use std::cmp::Ordering;

use crate::quantity::{Format, Quantity};

use super::super::value::Value;
use super::super::{Budget, Outcome, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    global("quantity", "s", |_, values| match values {
        [Value::Text(text)] => Amount::parse(text).map_or_else(error, |amount| Ok(Value::Quantity(amount))),
        _ => super::misfit(),
    }),
    global("isQuantity", "s", |_, values| match values {
        [Value::Text(text)] => Ok(Value::Bool(Quantity::parse(text).is_ok())),
        _ => super::misfit(),
    }),
    global("sign", "Q", |_, values| match values {
        [Value::Quantity(Amount { quantity, .. })] => {
            Ok(Value::Int(if quantity.is_zero() { 0 } else { 1 - 2 * i64::from(quantity.is_negative()) }))
        }
        _ => super::misfit(),
    }),
    member("isGreaterThan", "QQ", |_, values| ordered(values, |order| Value::Bool(order.is_gt()))),
    member("isLessThan", "QQ", |_, values| ordered(values, |order| Value::Bool(order.is_lt()))),
    member("compareTo", "QQ", |_, values| ordered(values, |order| Value::Int(order as i64))),
    member("asApproximateFloat", "Q", approximate),
    member("isInteger", "Q", |_, values| match values {
        [Value::Quantity(amount)] => Ok(Value::Bool(amount.integer().is_some())),
        _ => super::misfit(),
    }),
    member("asInteger", "Q", |_, values| match values {
        [Value::Quantity(amount)] => {
            amount.integer().map_or_else(|| error("cannot convert value to integer"), |number| Ok(Value::Int(number)))
        }
        _ => super::misfit(),
    }),
    member("add", "QQ", |budget, values| combined(budget, values, 1)),
    member("add", "Qi", |budget, values| combined(budget, values, 1)),
    member("sub", "QQ", |budget, values| combined(budget, values, -1)),
    member("sub", "Qi", |budget, values| combined(budget, values, -1)),
];

/// A quantity, with the power of ten that the API server counts it in: what is counted in less than ones is no integer to it, whatever it comes to.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    quantity: Quantity,
    /// None where the API server keeps it in a form for large and broken numbers.
    scale: Option<i64>,
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        self.quantity == other.quantity
    }
}

impl Amount {
    fn parse(text: &str) -> Result<Self, String> {
        let quantity = Quantity::parse(text).map_err(|error| error.to_string())?;
        Ok(Self { quantity, scale: scale(text, quantity) })
    }

    /// `AsInt64`.
    fn integer(self) -> Option<i64> {
        self.scale.filter(|scale| *scale >= 0)?;
        i64::try_from(self.quantity.whole()).ok()
    }
}

/// The power of ten that `ParseQuantity` counts in, where it takes its fast path.
fn scale(text: &str, quantity: Quantity) -> Option<i64> {
    let number = text.trim_start_matches(['+', '-']);
    let end = number.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(number.len());
    let (digits, suffix) = number.split_at(end);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let is_binary = suffix.ends_with('i');
    if is_binary && !fraction.is_empty() || whole.len() + fraction.len() > 18 || is_binary && matches!(suffix, "Pi" | "Ei") {
        return None;
    }
    let exponent = match suffix {
        _ if is_binary => 0,
        "" => 0,
        "n" => -9,
        "u" => -6,
        "m" => -3,
        "k" => 3,
        "M" => 6,
        "G" => 9,
        "T" => 12,
        "P" => 15,
        "E" => 18,
        _ if quantity.format() == Format::DecimalExponent => suffix.get(1..)?.parse().ok()?,
        _ => return None,
    };
    let scale = exponent - i64::try_from(fraction.len()).ok()?;
    (scale >= -9).then_some(scale)
}

fn ordered(values: &[Value], show: fn(Ordering) -> Value) -> Outcome {
    match values {
        [Value::Quantity(one), Value::Quantity(other)] => Ok(show(one.quantity.cmp(&other.quantity))),
        _ => super::misfit(),
    }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "as Go converts")]
fn approximate(_: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Quantity(amount)] = values else { return super::misfit() };
    if let Some(whole) = amount.integer() {
        return Ok(Value::Double(whole as f64));
    }
    let scale = amount.scale.filter(|scale| (-9..0).contains(scale)).unwrap_or(-9);
    let units = amount.quantity.billionths() / 10_i128.pow((9 + scale).unsigned_abs() as u32);
    Ok(Value::Double(units as f64 * 10_f64.powi(scale as i32)))
}

fn combined(_: &mut Budget, values: &[Value], sign: i64) -> Outcome {
    let (one, other) = match values {
        [Value::Quantity(one), Value::Quantity(other)] => (*one, *other),
        [Value::Quantity(one), Value::Int(number)] => (*one, Amount { quantity: Quantity::units(*number), scale: Some(0) }),
        _ => return super::misfit(),
    };
    let scale = match (one.scale, other.scale) {
        (own, Some(_)) if other.quantity.is_zero() => own,
        (Some(_), theirs) if one.quantity.is_zero() => theirs,
        (Some(own), Some(theirs)) => Some(own.min(theirs)),
        _ => None,
    };
    Ok(Value::Quantity(Amount { quantity: one.quantity.plus(other.quantity.times(sign)), scale }))
}

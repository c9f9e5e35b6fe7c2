//! Types and conversions between them. Source: `common/stdlib/standard.go` and `common/types`.

use std::rc::Rc;

use chartwright_go::float::{self, Bits};
use chartwright_go::{duration, number, time};

use super::super::operators::timestamp;
use super::super::value::Value;
use super::super::{Outcome, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    global("type", "*", |_, values| Ok(values.first().map_or(Value::Null, |value| Value::text_type(value.type_name())))),
    global("dyn", "*", |_, values| Ok(values.first().cloned().unwrap_or(Value::Null))),
    global("size", "s", size),
    global("size", "y", size),
    global("size", "l", size),
    global("size", "m", size),
    member("size", "s", size),
    member("size", "y", size),
    member("size", "l", size),
    member("size", "m", size),
    global("bool", "b", to_bool),
    global("bool", "s", to_bool),
    global("int", "i", to_int),
    global("int", "u", to_int),
    global("int", "d", to_int),
    global("int", "s", to_int),
    global("int", "D", to_int),
    global("int", "T", to_int),
    global("uint", "u", to_uint),
    global("uint", "i", to_uint),
    global("uint", "d", to_uint),
    global("uint", "s", to_uint),
    global("double", "d", to_double),
    global("double", "i", to_double),
    global("double", "u", to_double),
    global("double", "s", to_double),
    global("string", "s", to_string),
    global("string", "b", to_string),
    global("string", "i", to_string),
    global("string", "u", to_string),
    global("string", "d", to_string),
    global("string", "y", to_string),
    global("string", "D", to_string),
    global("string", "T", to_string),
    global("string", "I", to_string),
    global("string", "C", to_string),
    global("bytes", "y", to_bytes),
    global("bytes", "s", to_bytes),
    global("duration", "D", to_duration),
    global("duration", "s", to_duration),
    global("timestamp", "T", to_timestamp),
    global("timestamp", "s", to_timestamp),
    global("timestamp", "i", to_timestamp),
];

/// The layout of RFC 3339.
const RFC3339: &str = "2006-01-02T15:04:05Z07:00";
const RFC3339_NANO: &str = "2006-01-02T15:04:05.999999999Z07:00";

fn impossible(from: &Value, to: &str) -> Outcome {
    error(format!("type conversion error from '{}' to '{to}'", from.type_name()))
}

fn count(length: usize) -> Value {
    Value::Int(i64::try_from(length).unwrap_or(i64::MAX))
}

fn size(budget: &mut super::Budget, values: &[Value]) -> Outcome {
    Ok(match values {
        [Value::Text(text)] => {
            budget.charge_bytes(text.len())?;
            count(text.chars().count())
        }
        [Value::Bytes(bytes)] => count(bytes.len()),
        [Value::List(list)] => count(list.items.len()),
        [Value::Map(map)] if map.has_unknown() => return Err(super::Stop::Unknown),
        [Value::Map(map)] => count(map.entries().len()),
        _ => return super::misfit(),
    })
}

fn to_bool(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [value @ Value::Text(text)] => {
            number::parse_bool(text.as_bytes()).map_or_else(|| impossible(value, "bool"), |truth| Ok(Value::Bool(truth)))
        }
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

fn to_int(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [Value::Uint(number)] => i64::try_from(*number).map_or_else(|_| error("integer overflow"), |number| Ok(Value::Int(number))),
        #[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
        [Value::Double(number)] => {
            let fits = number.abs() < 9_223_372_036_854_775_808.0;
            if fits { Ok(Value::Int(*number as i64)) } else { error("integer overflow") }
        }
        [value @ Value::Text(text)] => {
            number::parse_int(text.as_bytes(), 10, 64).map_or_else(|_| impossible(value, "int"), |number| Ok(Value::Int(number)))
        }
        [Value::Duration(nanoseconds)] => Ok(Value::Int(*nanoseconds)),
        [Value::Timestamp(moment)] => Ok(Value::Int(moment.seconds)),
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

fn to_uint(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [Value::Int(number)] => {
            u64::try_from(*number).map_or_else(|_| error("unsigned integer overflow"), |number| Ok(Value::Uint(number)))
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be in range")]
        [Value::Double(number)] => {
            let fits = (0.0..18_446_744_073_709_551_616.0).contains(number);
            if fits { Ok(Value::Uint(*number as u64)) } else { error("unsigned integer overflow") }
        }
        [value @ Value::Text(text)] => {
            number::parse_uint(text.as_bytes(), 10, 64).map_or_else(|_| impossible(value, "uint"), |number| Ok(Value::Uint(number)))
        }
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "as Go converts")]
fn to_double(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [Value::Int(number)] => Ok(Value::Double(*number as f64)),
        [Value::Uint(number)] => Ok(Value::Double(*number as f64)),
        [value @ Value::Text(text)] => {
            number::parse_float(text.as_bytes()).map_or_else(|_| impossible(value, "double"), |number| Ok(Value::Double(number)))
        }
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

fn written(value: f64, verb: u8) -> String {
    let mut out = Vec::new();
    float::format(&mut out, value, verb, None, Bits::Double);
    String::from_utf8_lossy(&out).into_owned()
}

/// A double as Go's `%g` writes it.
pub(crate) fn double_text(value: f64) -> String {
    written(value, b'g')
}

/// A value as text, where it has one.
pub(super) fn text_of(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) => text.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Double(number) => double_text(*number),
        Value::Bytes(bytes) => std::str::from_utf8(bytes).ok()?.to_owned(),
        #[expect(clippy::cast_precision_loss, reason = "as Go converts")]
        Value::Duration(nanoseconds) => {
            let seconds = (nanoseconds / 1_000_000_000) as f64 + (nanoseconds % 1_000_000_000) as f64 / 1e9;
            format!("{}s", written(seconds, b'f'))
        }
        Value::Timestamp(moment) => moment.formatted(RFC3339_NANO),
        Value::Type(name) => name.to_string(),
        Value::Ip(ip) => ip.to_string(),
        Value::Cidr(ip, bits) => format!("{ip}/{bits}"),
        _ => return None,
    })
}

fn to_string(budget: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [value @ Value::Text(_)] => Ok(value.clone()),
        [value] => match text_of(value) {
            Some(text) => {
                budget.charge_bytes(text.len())?;
                Ok(Value::text(&text))
            }
            None if matches!(value, Value::Bytes(_)) => error("invalid UTF-8 in bytes, cannot convert to string"),
            None => super::misfit(),
        },
        _ => super::misfit(),
    }
}

fn to_bytes(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [Value::Text(text)] => Ok(Value::Bytes(Rc::from(text.as_bytes()))),
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

fn to_duration(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [value @ Value::Text(text)] => duration::parse(text.as_bytes())
            .map_or_else(|_| impossible(value, "google.protobuf.Duration"), |nanoseconds| Ok(Value::Duration(nanoseconds))),
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

fn to_timestamp(_: &mut super::Budget, values: &[Value]) -> Outcome {
    match values {
        [value @ Value::Text(text)] => match time::parse(RFC3339.as_bytes(), text.as_bytes(), &time::Zone::utc()) {
            Ok(moment) => timestamp(moment),
            Err(_) => impossible(value, "google.protobuf.Timestamp"),
        },
        [Value::Int(seconds)] => timestamp(time::Moment { seconds: *seconds, nanoseconds: 0, zone: time::Zone::utc() }),
        [value] => Ok(value.clone()),
        _ => super::misfit(),
    }
}

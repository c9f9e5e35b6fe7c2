//! Helm 4's duration helpers (`pkg/engine/funcs.go`). But for `mustToDuration` they turn what they cannot read into zero.

use chartwright_go::duration::{HOUR, MINUTE, SECOND, parse, round};
use chartwright_go::float::{self, Bits};
use chartwright_go::{number, quote};
use chartwright_template::{CallError, Context, Function};
use chartwright_value::{Heap, Param, Repr, Signature, Type, Value};

const TO_FLOAT: Signature = Signature::new(&[Param::Any], Param::Float64);
const TO_INT: Signature = Signature::new(&[Param::Any], Param::Int64);
const OF_TWO: Signature = Signature::new(&[Param::Any, Param::Any], Param::Duration);

/// The rows, sorted by name.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function { name: "durationDays", signature: TO_FLOAT, call: |ctx, args| Ok(hours(read_or_zero(ctx, args), 24.0, 1.0)) },
    Function { name: "durationHours", signature: TO_FLOAT, call: |ctx, args| Ok(hours(read_or_zero(ctx, args), 1.0, 1.0)) },
    Function { name: "durationMicroseconds", signature: TO_INT, call: |ctx, args| Ok(Value::int64(read_or_zero(ctx, args) / 1_000)) },
    Function { name: "durationMilliseconds", signature: TO_INT, call: |ctx, args| Ok(Value::int64(read_or_zero(ctx, args) / 1_000_000)) },
    Function { name: "durationMinutes", signature: TO_FLOAT, call: |ctx, args| Ok(Value::float64(split(read_or_zero(ctx, args), MINUTE))) },
    Function { name: "durationNanoseconds", signature: TO_INT, call: |ctx, args| Ok(Value::int64(read_or_zero(ctx, args))) },
    Function { name: "durationRoundTo", signature: OF_TWO, call: round_to },
    Function { name: "durationSeconds", signature: TO_FLOAT, call: |ctx, args| Ok(Value::float64(split(read_or_zero(ctx, args), SECOND))) },
    Function { name: "durationTruncateTo", signature: OF_TWO, call: truncate_to },
    Function { name: "durationWeeks", signature: TO_FLOAT, call: |ctx, args| Ok(hours(read_or_zero(ctx, args), 24.0, 7.0)) },
    Function { name: "mustToDuration", signature: Signature::new(&[Param::Any], Param::Duration), call: must_to_duration },
];

fn argument(args: &[Value], at: usize) -> Value {
    args.get(at).copied().unwrap_or(Value::NIL)
}

fn duration(nanoseconds: i64) -> Value {
    Value::int_of(Type::DURATION, nanoseconds)
}

/// Whole units and the fraction apart, as `Duration.Hours` and its kin work it out.
fn split(nanoseconds: i64, unit: i64) -> f64 {
    (nanoseconds / unit) as f64 + (nanoseconds % unit) as f64 / unit as f64
}

fn hours(nanoseconds: i64, by: f64, then_by: f64) -> Value {
    Value::float64(split(nanoseconds, HOUR) / by / then_by)
}

fn read_or_zero(ctx: &Context<'_>, args: &[Value]) -> i64 {
    read(ctx.heap, argument(args, 0)).unwrap_or(0)
}

fn must_to_duration(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
    Ok(duration(read(ctx.heap, argument(args, 0))?))
}

fn round_to(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
    Ok(duration(match (read(ctx.heap, argument(args, 0)), read(ctx.heap, argument(args, 1))) {
        (Err(_), _) => 0,
        (Ok(value), Err(_)) => value,
        (Ok(value), Ok(unit)) => round(value, unit),
    }))
}

fn truncate_to(ctx: &mut Context<'_>, args: &[Value]) -> Result<Value, CallError> {
    Ok(duration(match (read(ctx.heap, argument(args, 0)), read(ctx.heap, argument(args, 1))) {
        (Err(_), _) => 0,
        (Ok(value), Ok(unit)) if unit > 0 => value - value % unit,
        (Ok(value), _) => value,
    }))
}

/// A duration, its text, or a number of seconds (`asDuration`).
fn read(heap: &Heap, value: Value) -> Result<i64, String> {
    let overflow = |shown: String| format!("duration seconds overflow: {shown}");
    match value.repr() {
        Repr::Int(nanoseconds) if value.ty() == Type::DURATION => Ok(nanoseconds),
        Repr::Int(seconds) => seconds.checked_mul(SECOND).ok_or_else(|| overflow(seconds.to_string())),
        Repr::Uint(seconds) => {
            i64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(SECOND)).ok_or_else(|| overflow(seconds.to_string()))
        }
        Repr::Float(seconds) => from_float(seconds),
        Repr::String(_) if value.ty() == Type::STRING => {
            let text = heap.str(value);
            let trimmed = String::from_utf8_lossy(text);
            let trimmed = trimmed.trim_matches(crate::rendered::go_space);
            if trimmed.is_empty() {
                return Err("empty duration".to_owned());
            }
            if let Ok(nanoseconds) = parse(trimmed.as_bytes()) {
                return Ok(nanoseconds);
            }
            match number::parse_float(trimmed.as_bytes()) {
                Ok(seconds) => from_float(seconds),
                Err(_) => Err(format!("could not parse duration {}", quote::quoted(text))),
            }
        }
        Repr::Nil | Repr::Invalid => Err("invalid duration".to_owned()),
        _ => Err(format!("unsupported duration type {}", heap.type_name(value))),
    }
}

fn from_float(seconds: f64) -> Result<i64, String> {
    let shown = |value: f64| {
        let mut out = Vec::new();
        float::format(&mut out, value, b'g', None, Bits::Double);
        String::from_utf8_lossy(&out).into_owned()
    };
    if !seconds.is_finite() {
        return Err(format!("invalid duration seconds: {}", shown(seconds)));
    }
    let most = i64::MAX as f64 / SECOND as f64;
    if seconds.abs() > most {
        return Err(format!("duration seconds overflow: {}", shown(seconds)));
    }
    Ok((seconds * SECOND as f64) as i64)
}

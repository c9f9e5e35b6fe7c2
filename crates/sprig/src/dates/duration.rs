//! The methods of `time.Duration`, `time.Month` and `time.Weekday`, which are plain numbers to everything else. Source: `time/time.go`.

use crate::args::{Outcome, int};
use chartwright_go::duration::{HOUR, MINUTE, SECOND, round};
use chartwright_template::{Context, Function, Method, Native};
use chartwright_value::{Param, Signature, Type, Value, format};

const fn method(receiver: Type, name: &'static str, params: &'static [Param], result: Param, call: Native) -> Method {
    Method { receiver, function: Function { name, signature: Signature::new(params, result), call } }
}

/// The rows, by type and name.
pub const METHODS: &[Method] = &[
    method(Type::DURATION, "Abs", &[], Param::Duration, |_, args| Ok(duration(int(args[0]).saturating_abs()))),
    method(Type::DURATION, "Hours", &[], Param::Float64, |_, args| Ok(units(args, HOUR))),
    method(Type::DURATION, "Microseconds", &[], Param::Int64, |_, args| Ok(Value::int64(int(args[0]) / 1_000))),
    method(Type::DURATION, "Milliseconds", &[], Param::Int64, |_, args| Ok(Value::int64(int(args[0]) / 1_000_000))),
    method(Type::DURATION, "Minutes", &[], Param::Float64, |_, args| Ok(units(args, MINUTE))),
    method(Type::DURATION, "Nanoseconds", &[], Param::Int64, |_, args| Ok(Value::int64(int(args[0])))),
    method(Type::DURATION, "Round", &[Param::Duration], Param::Duration, |_, args| Ok(duration(round(int(args[0]), int(args[1]))))),
    method(Type::DURATION, "Seconds", &[], Param::Float64, |_, args| Ok(units(args, SECOND))),
    method(Type::DURATION, "String", &[], Param::String, text),
    method(Type::DURATION, "Truncate", &[Param::Duration], Param::Duration, |_, args| {
        let (whole, unit) = (int(args[0]), int(args[1]));
        Ok(duration(if unit > 0 { whole - whole % unit } else { whole }))
    }),
    method(Type::MONTH, "String", &[], Param::String, text),
    method(Type::WEEKDAY, "String", &[], Param::String, text),
];

fn duration(nanoseconds: i64) -> Value {
    Value::int_of(Type::DURATION, nanoseconds)
}

/// Whole units and the fraction apart, as Go works it out.
fn units(args: &[Value], unit: i64) -> Value {
    let nanoseconds = int(args[0]);
    Value::float64((nanoseconds / unit) as f64 + (nanoseconds % unit) as f64 / unit as f64)
}

fn text(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let mut out = Vec::new();
    format::print_value(ctx.heap, args[0], &mut out).map_err(crate::args::too_large)?;
    Ok(ctx.heap.string(out))
}

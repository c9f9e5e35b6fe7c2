//! Sprig's `numeric.go`: integers wrap, floats go through decimals, anything may be a number.

use crate::args::{Outcome, float, int, print, string};
use crate::cast::{to_float64, to_int64};
use crate::decimal::Decimal;
use chartwright_go::number;
use chartwright_template::{CallError, Context};
use chartwright_value::{Type, Value};
use std::io::Write;

pub(crate) fn atoi(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    // Go returns the nearest integer beside the error, which Sprig drops.
    Ok(Value::int(number::parse_int(ctx.heap.str(args[0]), 10, 64).unwrap_or_else(|(_, nearest)| nearest)))
}

pub(crate) fn int64(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(to_int64(ctx.heap, args[0])))
}

pub(crate) fn to_int(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int(to_int64(ctx.heap, args[0])))
}

pub(crate) fn float64(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::float64(to_float64(ctx.heap, args[0])))
}

pub(crate) fn to_decimal(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let mut text = Vec::new();
    print(ctx.heap, args[0], &mut text)?;
    Ok(Value::int64(number::parse_int(&text, 8, 64).unwrap_or(0)))
}

pub(crate) fn add1(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(to_int64(ctx.heap, args[0]).wrapping_add(1)))
}

pub(crate) fn add(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(args.iter().fold(0, |sum: i64, &arg| sum.wrapping_add(to_int64(ctx.heap, arg)))))
}

pub(crate) fn sub(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(to_int64(ctx.heap, args[0]).wrapping_sub(to_int64(ctx.heap, args[1]))))
}

const BY_ZERO: &str = "runtime error: integer divide by zero";

pub(crate) fn div(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (a, b) = (to_int64(ctx.heap, args[0]), to_int64(ctx.heap, args[1]));
    if b == 0 { Err(BY_ZERO.into()) } else { Ok(Value::int64(a.wrapping_div(b))) }
}

pub(crate) fn modulo(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (a, b) = (to_int64(ctx.heap, args[0]), to_int64(ctx.heap, args[1]));
    if b == 0 { Err(BY_ZERO.into()) } else { Ok(Value::int64(a.wrapping_rem(b))) }
}

pub(crate) fn mul(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(args.iter().fold(1, |product: i64, &arg| product.wrapping_mul(to_int64(ctx.heap, arg)))))
}

pub(crate) fn max(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(args.iter().map(|&arg| to_int64(ctx.heap, arg)).max().unwrap_or(0)))
}

pub(crate) fn min(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::int64(args.iter().map(|&arg| to_int64(ctx.heap, arg)).min().unwrap_or(0)))
}

/// Go's `math.Max` and `math.Min`: NaN wins over all but the infinity that is looked for, and zeros have signs.
fn extreme(ctx: &Context<'_>, args: &[Value], sign: f64) -> f64 {
    let mut best = to_float64(ctx.heap, args[0]);
    for &arg in &args[1..] {
        let other = to_float64(ctx.heap, arg);
        let (x, y) = (best * sign, other * sign);
        best = if x == f64::INFINITY || y == f64::INFINITY {
            f64::INFINITY * sign
        } else if x.is_nan() || y.is_nan() {
            f64::NAN
        } else if x == 0.0 && y == 0.0 {
            if x.is_sign_negative() { other } else { best }
        } else if x > y {
            best
        } else {
            other
        };
    }
    best
}

pub(crate) fn maxf(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::float64(extreme(ctx, args, 1.0)))
}

pub(crate) fn minf(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::float64(extreme(ctx, args, -1.0)))
}

/// A fold over decimals. Source: `sprig/numeric.go`, `execDecimalOp`.
fn decimals(
    ctx: &mut Context<'_>,
    first: f64,
    rest: &[Value],
    operation: fn(&Decimal, &Decimal) -> Result<Decimal, &'static str>,
) -> Outcome {
    // Far apart exponents make long numbers.
    ctx.charge(16 * (1 + rest.len() as u64))?;
    let decimal = |f: f64| {
        Decimal::from_float(f).ok_or_else(|| {
            let shown = if f.is_nan() {
                "NaN"
            } else if f > 0.0 {
                "+Inf"
            } else {
                "-Inf"
            };
            CallError::Failed(format!("Cannot create a Decimal from {shown}"))
        })
    };
    let mut result = decimal(first)?;
    for &arg in rest {
        result = operation(&result, &decimal(to_float64(ctx.heap, arg))?)?;
        if result.is_unwieldy() {
            return Err(CallError::Limit("a number is too long"));
        }
    }
    Ok(Value::float64(result.to_float()))
}

pub(crate) fn add1f(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let first = to_float64(ctx.heap, args[0]);
    decimals(ctx, first, &[Value::int(1)], |a, b| Ok(a.add(b)))
}

pub(crate) fn addf(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    decimals(ctx, 0.0, args, |a, b| Ok(a.add(b)))
}

pub(crate) fn subf(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let first = to_float64(ctx.heap, args[0]);
    decimals(ctx, first, &args[1..], |a, b| Ok(a.sub(b)))
}

pub(crate) fn mulf(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let first = to_float64(ctx.heap, args[0]);
    decimals(ctx, first, &args[1..], |a, b| Ok(a.mul(b)))
}

pub(crate) fn divf(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let first = to_float64(ctx.heap, args[0]);
    decimals(ctx, first, &args[1..], |a, b| a.div(b).ok_or("decimal division by 0"))
}

pub(crate) fn ceil(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::float64(to_float64(ctx.heap, args[0]).ceil()))
}

pub(crate) fn floor(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::float64(to_float64(ctx.heap, args[0]).floor()))
}

pub(crate) fn round(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let round_on = args.get(2).map_or(0.5, |&arg| float(arg));
    let pow = power_of_ten(int(args[1]));
    let digit = pow * to_float64(ctx.heap, args[0]);
    let rounded = if digit.is_finite() && digit.fract() >= round_on { digit.ceil() } else { digit.floor() };
    Ok(Value::float64(rounded / pow))
}

/// `math.Pow(10, n)`, with Go's roundings. Source: `math/pow.go`.
fn power_of_ten(n: i64) -> f64 {
    if n == 0 {
        return 1.0;
    }
    if n.unsigned_abs() > 400 {
        return if n > 0 { f64::INFINITY } else { 0.0 };
    }
    // Mantissas in [0.5, 1) and exponents are multiplied apart.
    let (mut result, mut exponent) = (1.0f64, 0i32);
    let (mut base, mut step) = (0.625f64, 4i32);
    let mut bits = n.unsigned_abs();
    while bits != 0 {
        if bits & 1 == 1 {
            result *= base;
            exponent += step;
        }
        base *= base;
        step <<= 1;
        if base < 0.5 {
            base += base;
            step -= 1;
        }
        bits >>= 1;
    }
    if n < 0 {
        result = 1.0 / result;
        exponent = -exponent;
    }
    // Two steps, so that neither power of two leaves the range; a subnormal result rounds once, in the second.
    let half = exponent / 2;
    result * 2f64.powi(half) * 2f64.powi(exponent - half)
}

/// `untilStep`'s numbers, charged for. Source: `sprig/numeric.go`.
fn steps(ctx: &mut Context<'_>, start: i64, stop: i64, step: i64) -> Result<Vec<i64>, CallError> {
    if stop < start && step >= 0 || stop >= start && step <= 0 {
        return Ok(Vec::new());
    }
    let count = start.abs_diff(stop).div_ceil(step.unsigned_abs());
    ctx.charge(count)?;
    ctx.charge_bytes(usize::try_from(count.saturating_mul(16)).unwrap_or(usize::MAX))?;
    Ok((0..count as i64).map(|index| start + index * step).collect())
}

fn int_list(ctx: &mut Context<'_>, start: i64, stop: i64, step: i64) -> Outcome {
    let numbers: Vec<Value> = steps(ctx, start, stop, step)?.into_iter().map(Value::int).collect();
    Ok(ctx.heap.list_of(Type::INT_LIST, &numbers))
}

pub(crate) fn until(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let count = int(args[0]);
    int_list(ctx, 0, count, if count < 0 { -1 } else { 1 })
}

pub(crate) fn until_step(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    int_list(ctx, int(args[0]), int(args[1]), int(args[2]))
}

pub(crate) fn seq(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (start, step, end) = match *args {
        [end] => (1, None, int(end)),
        [start, end] => (int(start), None, int(end)),
        [start, step, end] => (int(start), Some(int(step)), int(end)),
        _ => return Ok(Value::EMPTY),
    };
    let direction = if end < start { -1 } else { 1 };
    if direction < 0 && step.is_some_and(|step| step > 0) {
        return Ok(Value::EMPTY);
    }
    let numbers = steps(ctx, start, end.wrapping_add(direction), step.unwrap_or(direction))?;
    let mut out = Vec::with_capacity(numbers.len() * 4);
    for (index, number) in numbers.into_iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        // Writing to a vector cannot fail.
        let _ = write!(out, "{number}");
    }
    string(ctx, out)
}

//! Comparisons: only basic kinds have an order, and only comparable types are equal. Source: `text/template/funcs.go`.

use super::{Called, TOO_LARGE, indirect_interface};
use crate::{CallError, Context};
use chartwright_value::{GoKind, Heap, Kind, Repr, Type, Value, format};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Basic {
    None,
    Bool,
    Complex,
    Int,
    Float,
    String,
    Uint,
}

fn basic(value: Value) -> Basic {
    match value.kind() {
        Kind::Bool => Basic::Bool,
        Kind::Int => Basic::Int,
        Kind::Uint => Basic::Uint,
        Kind::Float => Basic::Float,
        Kind::String if value.ty() != Type::BYTES => Basic::String,
        Kind::List if value.ty() == Type::COMPLEX128 => Basic::Complex,
        _ => Basic::None,
    }
}

/// The kind of a value for `canCompare`: an invalid one has its own.
fn go_kind(heap: &Heap, value: Value) -> GoKind {
    if value.is_invalid() { GoKind::Invalid } else { heap.go_kind(value) }
}

fn equal(heap: &Heap, a: Value, b: Value) -> Result<bool, CallError> {
    let (ka, kb) = (basic(a), basic(b));
    if ka != kb {
        return match (a.repr(), b.repr()) {
            (Repr::Int(i), Repr::Uint(u)) | (Repr::Uint(u), Repr::Int(i)) => Ok(i >= 0 && i as u64 == u),
            _ if a.is_invalid() || b.is_invalid() => Ok(false),
            _ => Err(incompatible(heap, a, b)),
        };
    }
    Ok(match (ka, a.repr(), b.repr()) {
        (Basic::None, ..) => return equal_others(heap, a, b),
        (Basic::Complex, ..) => heap.items(a).iter().zip(heap.items(b)).all(|(x, y)| x.repr() == y.repr()),
        (Basic::String, ..) => heap.str(a) == heap.str(b),
        (_, x, y) => x == y,
    })
}

fn equal_others(heap: &Heap, a: Value, b: Value) -> Result<bool, CallError> {
    let (ka, kb) = (go_kind(heap, a), go_kind(heap, b));
    if ka != kb && ka != GoKind::Invalid && kb != GoKind::Invalid {
        let (a_text, b_text) = (verb(heap, b"%s", a)?, verb(heap, b"%v", b)?);
        let (ta, tb) = (heap.type_name(a), heap.type_name(b));
        return Err(format!("non-comparable types {a_text}: {ta}, {tb}: {b_text}").into());
    }
    let nil = |value: Value| value.is_invalid() || value.is_typed_nil();
    if nil(a) || nil(b) {
        return Ok(nil(a) == nil(b));
    }
    match (a.repr(), b.repr()) {
        (Repr::Object(x), Repr::Object(y)) => Ok(x == y),
        _ => Err(format!("non-comparable type {}: {}", verb(heap, b"%s", b)?, heap.type_name(b)).into()),
    }
}

fn verb(heap: &Heap, format: &[u8], value: Value) -> Result<String, CallError> {
    let mut out = Vec::new();
    format::sprintf(heap, format, &[value], &mut out).map_err(|_| TOO_LARGE)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn incompatible(heap: &Heap, a: Value, b: Value) -> CallError {
    format!("incompatible types for comparison: {} and {}", heap.type_name(a), heap.type_name(b)).into()
}

fn less(heap: &Heap, a: Value, b: Value) -> Result<bool, CallError> {
    let bad = || Err("invalid type for comparison".into());
    if basic(a) == Basic::None || basic(b) == Basic::None {
        return bad();
    }
    match (a.repr(), b.repr()) {
        (Repr::Int(x), Repr::Int(y)) => Ok(x < y),
        (Repr::Uint(x), Repr::Uint(y)) => Ok(x < y),
        (Repr::Float(x), Repr::Float(y)) => Ok(x < y),
        (Repr::Int(x), Repr::Uint(y)) => Ok(x < 0 || (x as u64) < y),
        (Repr::Uint(x), Repr::Int(y)) => Ok(y >= 0 && x < y as u64),
        (Repr::String(_), Repr::String(_)) => Ok(heap.str(a) < heap.str(b)),
        _ if basic(a) == basic(b) => bad(),
        _ => Err(incompatible(heap, a, b)),
    }
}

fn less_or_equal(heap: &Heap, a: Value, b: Value) -> Result<bool, CallError> {
    Ok(less(heap, a, b)? || equal(heap, a, b)?)
}

fn pair(args: &[Value]) -> (Value, Value) {
    (indirect_interface(args[0]), indirect_interface(args[1]))
}

pub(super) fn eq(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let first = indirect_interface(args[0]);
    if args.len() == 1 {
        return Err("missing argument for comparison".into());
    }
    for &other in &args[1..] {
        if equal(ctx.heap, first, indirect_interface(other))? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub(super) fn ne(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let (a, b) = pair(args);
    Ok(Value::bool(!equal(ctx.heap, a, b)?))
}

pub(super) fn lt(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let (a, b) = pair(args);
    Ok(Value::bool(less(ctx.heap, a, b)?))
}

pub(super) fn le(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let (a, b) = pair(args);
    Ok(Value::bool(less_or_equal(ctx.heap, a, b)?))
}

pub(super) fn gt(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let (a, b) = pair(args);
    Ok(Value::bool(!less_or_equal(ctx.heap, a, b)?))
}

pub(super) fn ge(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let (a, b) = pair(args);
    Ok(Value::bool(!less(ctx.heap, a, b)?))
}

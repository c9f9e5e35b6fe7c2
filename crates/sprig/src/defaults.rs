//! Sprig's `defaults.go`, but for its JSON (see `encoding`): what is empty, and what to take instead.

use crate::args::{Outcome, boolean};
use chartwright_template::Context;
use chartwright_value::{GoKind, Heap, Kind, Type, Value};

/// Whether a value is the zero of its kind; structs and pointers that are there never are. Source: `sprig/defaults.go`, `empty`.
pub(crate) fn is_empty(heap: &Heap, value: Value) -> bool {
    if value.kind() == Kind::Object && matches!(heap.go_kind(value), GoKind::Struct | GoKind::Ptr) {
        return false;
    }
    if value.ty() == Type::COMPLEX128 {
        return heap.items(value).iter().all(|&part| !heap.is_true(part));
    }
    !heap.is_true(value)
}

pub(crate) fn default(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    match args {
        [_, given, ..] if !is_empty(ctx.heap, *given) => Ok(*given),
        _ => Ok(args[0]),
    }
}

pub(crate) fn empty(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(is_empty(ctx.heap, args[0])))
}

pub(crate) fn coalesce(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(args.iter().copied().find(|&arg| !is_empty(ctx.heap, arg)).unwrap_or(Value::NIL))
}

pub(crate) fn all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(!args.iter().any(|&arg| is_empty(ctx.heap, arg))))
}

pub(crate) fn any(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(args.iter().any(|&arg| !is_empty(ctx.heap, arg))))
}

pub(crate) fn ternary(_: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(if boolean(args[2]) { args[0] } else { args[1] })
}

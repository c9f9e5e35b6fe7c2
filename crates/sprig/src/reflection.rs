//! What Go's reflection says of a value.

use crate::args::{Outcome, string};
use crate::equal;
use chartwright_template::Context;
use chartwright_value::Value;

pub(crate) fn type_of(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let name = ctx.heap.type_name(args[0]);
    string(ctx, name)
}

pub(crate) fn type_is(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(ctx.heap.str(args[0]) == ctx.heap.type_name(args[1]).as_bytes()))
}

pub(crate) fn type_is_like(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (target, name) = (ctx.heap.str(args[0]), ctx.heap.type_name(args[1]));
    Ok(Value::bool(target == name.as_bytes() || name.as_bytes().strip_prefix(b"*") == Some(target)))
}

pub(crate) fn kind_of(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    string(ctx, ctx.heap.go_kind(args[0]).name())
}

pub(crate) fn kind_is(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(ctx.heap.str(args[0]) == ctx.heap.go_kind(args[1]).name().as_bytes()))
}

pub(crate) fn deep_equal(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    equal::deep_equal(ctx, args[0], args[1]).map(Value::bool)
}

//! Paths: Sprig hands them to Go's `path` and `path/filepath`.

use crate::args::{Outcome, string};
use chartwright_go::path;
use chartwright_template::Context;
use chartwright_value::Value;

pub(crate) fn base(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let base = path::base(ctx.heap.str(args[0])).to_vec();
    string(ctx, base)
}

pub(crate) fn dir(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let dir = path::dir(ctx.heap.str(args[0]));
    string(ctx, dir)
}

pub(crate) fn clean(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let clean = path::clean(ctx.heap.str(args[0]));
    string(ctx, clean)
}

pub(crate) fn ext(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let ext = path::ext(ctx.heap.str(args[0])).to_vec();
    string(ctx, ext)
}

pub(crate) fn is_abs(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(path::is_abs(ctx.heap.str(args[0]))))
}

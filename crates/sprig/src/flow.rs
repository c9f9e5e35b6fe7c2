//! Sprig's flow control and greeting.

use crate::args::{Outcome, string};
use chartwright_template::{CallError, Context};
use chartwright_value::Value;

pub(crate) fn fail(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Err(CallError::Failed(String::from_utf8_lossy(ctx.heap.str(args[0])).into_owned()))
}

pub(crate) fn hello(ctx: &mut Context<'_>, _: &[Value]) -> Outcome {
    string(ctx, "Hello!")
}

/// Sprig picks one address of many at random; the host gives the one to take.
pub(crate) fn get_host_by_name(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let name = String::from_utf8_lossy(ctx.heap.str(args[0])).into_owned();
    let address = ctx.host.resolve(&name);
    string(ctx, address)
}

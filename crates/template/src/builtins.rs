//! Go's builtin functions: one table. `and`, `or` and `call` are instructions, since they are no ordinary functions.
//! Source: `text/template/funcs.go`.

mod compare;
mod escape;
mod index;

pub(crate) use index::zero_element;

use crate::{CallError, Context, Function};
use chartwright_value::{Heap, Kind, Param, Repr, Signature, Value, format};

const REFLECT: Param = Param::Reflect;
const fn row(name: &'static str, signature: Signature, call: crate::Native) -> Function {
    Function { name, signature, call }
}

/// The table.
pub(crate) const FUNCTIONS: &[Function] = &[
    row("eq", Signature::variadic(&[REFLECT, REFLECT], Param::Bool), compare::eq),
    row("ge", Signature::new(&[REFLECT, REFLECT], Param::Bool), compare::ge),
    row("gt", Signature::new(&[REFLECT, REFLECT], Param::Bool), compare::gt),
    row("html", Signature::variadic(&[Param::Any], Param::String), escape::html),
    row("index", Signature::variadic(&[REFLECT, REFLECT], REFLECT), index::index),
    row("js", Signature::variadic(&[Param::Any], Param::String), escape::js),
    row("le", Signature::new(&[REFLECT, REFLECT], Param::Bool), compare::le),
    row("len", Signature::new(&[REFLECT], Param::Int), index::len),
    row("lt", Signature::new(&[REFLECT, REFLECT], Param::Bool), compare::lt),
    row("ne", Signature::new(&[REFLECT, REFLECT], Param::Bool), compare::ne),
    row("not", Signature::new(&[REFLECT], Param::Bool), not),
    row("print", Signature::variadic(&[Param::Any], Param::String), print),
    row("printf", Signature::variadic(&[Param::String, Param::Any], Param::String), printf),
    row("println", Signature::variadic(&[Param::Any], Param::String), println),
    row("slice", Signature::variadic(&[REFLECT, REFLECT], REFLECT), index::slice),
    row("urlquery", Signature::variadic(&[Param::Any], Param::String), escape::url_query),
];

type Called = Result<Value, CallError>;

/// What all digits of a number may cost.
const DEAR_FLOAT: u64 = 4_000;

const TOO_LARGE: CallError = CallError::Limit("a text is too large");

fn not(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    Ok(Value::bool(!ctx.heap.is_true(indirect_interface(args[0]))))
}

fn print(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    text(ctx, |heap, out| format::sprint(heap, args, out))
}

fn println(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    text(ctx, |heap, out| format::sprintln(heap, args, out))
}

fn printf(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    // All digits of very large and very small numbers are dear.
    let dear = |value: &&Value| matches!(value.repr(), Repr::Float(float) if !(1e-17..1e17).contains(&float.abs()) && float != 0.0);
    ctx.charge(args.iter().filter(dear).count() as u64 * DEAR_FLOAT)?;
    text(ctx, |heap, out| format::sprintf(heap, heap.str(args[0]), &args[1..], out))
}

fn text(ctx: &mut Context<'_>, write: impl FnOnce(&Heap, &mut Vec<u8>) -> Result<(), format::TooLarge>) -> Called {
    let mut out = Vec::new();
    write(ctx.heap, &mut out).map_err(|_| TOO_LARGE)?;
    ctx.charge_bytes(out.len())?;
    ctx.charge(out.len() as u64 / 4)?;
    Ok(ctx.heap.string(&out))
}

/// Go's `indirectInterface`: what a value is once an `interface {}` around it is forgotten; a nil one is nothing.
fn indirect_interface(value: Value) -> Value {
    if value.kind() == Kind::Nil { Value::INVALID } else { value.as_concrete() }
}

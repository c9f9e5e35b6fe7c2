//! What the natives share: reading arguments that the executor has checked, and making results.

use chartwright_template::{CallError, Context};
use chartwright_value::format::{self, TooLarge};
use chartwright_value::{Heap, Kind, Repr, Type, Value};

/// What a native returns.
pub(crate) type Outcome = Result<Value, CallError>;

/// Go's text where a method is called on a nil `reflect.Type`, as `reflect.TypeOf(nil).Kind()` does.
pub(crate) const NIL_DEREFERENCE: &str = "runtime error: invalid memory address or nil pointer dereference";

/// An `int` argument.
pub(crate) fn int(value: Value) -> i64 {
    match value.repr() {
        Repr::Int(i) => i,
        Repr::Uint(u) => u as i64,
        _ => 0,
    }
}

/// A `float64` argument.
pub(crate) fn float(value: Value) -> f64 {
    match value.repr() {
        Repr::Float(f) => f,
        Repr::Int(i) => i as f64,
        _ => 0.0,
    }
}

/// A `bool` argument.
pub(crate) fn boolean(value: Value) -> bool {
    value.repr() == Repr::Bool(true)
}

/// Whether an argument is a nil interface.
pub(crate) fn nil(value: Value) -> bool {
    matches!(value.kind(), Kind::Nil | Kind::Invalid)
}

/// Whether reflection calls it a slice.
pub(crate) fn is_slice(value: Value) -> bool {
    value.kind() == Kind::List && value.ty() != Type::COMPLEX128 || value.ty() == Type::BYTES
}

/// How many elements a slice has.
pub(crate) fn length(heap: &Heap, slice: Value) -> usize {
    if slice.ty() == Type::BYTES { heap.str(slice).len() } else { heap.items(slice).len() }
}

/// A slice's element.
pub(crate) fn element(heap: &Heap, slice: Value, index: usize) -> Option<Value> {
    if slice.ty() == Type::BYTES {
        return heap.str(slice).get(index).map(|&byte| Value::uint_of(Type::UINT8, byte as u64));
    }
    heap.items(slice).get(index).copied()
}

/// A copy of a slice's elements, which may then be changed and stored. Charges for them.
pub(crate) fn elements(ctx: &mut Context<'_>, slice: Value) -> Result<Vec<Value>, CallError> {
    let length = length(ctx.heap, slice);
    ctx.charge(1 + length as u64 / 4)?;
    ctx.charge_bytes(length * size_of::<Value>())?;
    if slice.ty() == Type::BYTES {
        return Ok(ctx.heap.str(slice).iter().map(|&byte| Value::uint_of(Type::UINT8, byte as u64)).collect());
    }
    Ok(ctx.heap.items(slice).to_vec())
}

/// A value as `strval` makes it a string: strings and bytes as they are, all else as `%v`. Source: `sprig/strings.go`.
pub(crate) fn strval(heap: &Heap, value: Value, out: &mut Vec<u8>) -> Result<(), CallError> {
    if value.kind() == Kind::String {
        out.extend_from_slice(heap.str(value));
        return Ok(());
    }
    print(heap, value, out)
}

/// A value as `%v`.
pub(crate) fn print(heap: &Heap, value: Value, out: &mut Vec<u8>) -> Result<(), CallError> {
    format::print_value(heap, value, out).map_err(too_large)
}

/// The error of a text that grew beyond its limit.
pub(crate) fn too_large(_: TooLarge) -> CallError {
    CallError::Limit("a value is too large")
}

/// Charges for a text in which something is looked for.
pub(crate) fn read(ctx: &mut Context<'_>, text: Value) -> Result<(), CallError> {
    ctx.charge(ctx.heap.str(text).len() as u64 / 4)
}

/// Charges for a text that is read character by character, with some thought about each.
pub(crate) fn read_slowly(ctx: &mut Context<'_>, text: Value) -> Result<(), CallError> {
    ctx.charge(ctx.heap.str(text).len() as u64 * 2)
}

/// A new string, charged for.
pub(crate) fn string(ctx: &mut Context<'_>, bytes: impl AsRef<[u8]>) -> Outcome {
    let bytes = bytes.as_ref();
    ctx.charge_bytes(bytes.len())?;
    Ok(ctx.heap.string(bytes))
}

/// A count, which is Go's `int` of 64 bits wherever this runs: nothing if it is negative; beyond any memory, as large as can be.
pub(crate) fn count(number: i64) -> Option<usize> {
    (number >= 0).then(|| usize::try_from(number).unwrap_or(usize::MAX))
}

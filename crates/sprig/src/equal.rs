//! `reflect.DeepEqual` for values: types must agree, a nil slice is not an empty one, cycles end. Nothing recurses.

use chartwright_template::{CallError, Context};
use chartwright_value::{Heap, Kind, MapId, Repr, Value};
use std::collections::HashSet;

/// Whether two values are deeply equal.
///
/// # Errors
/// [`CallError::Limit`] when the budget is used up.
pub fn deep_equal(ctx: &mut Context<'_>, a: Value, b: Value) -> Result<bool, CallError> {
    let mut stack = Vec::new();
    let mut seen: HashSet<(MapId, MapId)> = HashSet::new();
    if !shallow(ctx.heap, a, b, &mut stack, &mut seen) {
        return Ok(false);
    }
    while let Some((a, b)) = stack.pop() {
        ctx.charge(1)?;
        if !shallow(ctx.heap, a, b, &mut stack, &mut seen) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Compares what can be compared at once, and leaves the parts on the stack.
fn shallow(heap: &Heap, a: Value, b: Value, stack: &mut Vec<(Value, Value)>, seen: &mut HashSet<(MapId, MapId)>) -> bool {
    let gone = |value: Value| matches!(value.kind(), Kind::Nil | Kind::Invalid);
    if gone(a) || gone(b) {
        return gone(a) && gone(b);
    }
    if a.ty() != b.ty() || a.is_typed_nil() != b.is_typed_nil() {
        return false;
    }
    match (a.repr(), b.repr()) {
        (Repr::String(_), Repr::String(_)) => heap.str(a) == heap.str(b),
        (Repr::List(x), Repr::List(y)) => {
            let (left, right) = (heap.items(a), heap.items(b));
            if left.len() != right.len() {
                return false;
            }
            if x.start != y.start {
                stack.extend(left.iter().copied().zip(right.iter().copied()));
            }
            true
        }
        (Repr::Map(x), Repr::Map(y)) => {
            if x == y || !seen.insert((x, y)) {
                return true;
            }
            let (left, right) = (heap.entries(a), heap.entries(b));
            left.len() == right.len()
                && left.iter().zip(right).all(|(l, r)| {
                    stack.push((l.value, r.value));
                    heap.str(l.key()) == heap.str(r.key())
                })
        }
        (Repr::Object(x), Repr::Object(y)) => {
            x == y
                || match (heap.object(a), heap.object(b)) {
                    (Some(left), Some(right)) => {
                        let text = |object: &dyn chartwright_value::Object| {
                            let mut text = Vec::new();
                            object.format(&mut text);
                            text
                        };
                        left.type_name() == right.type_name() && text(&*left) == text(&*right)
                    }
                    _ => false,
                }
        }
        (x, y) => x == y,
    }
}

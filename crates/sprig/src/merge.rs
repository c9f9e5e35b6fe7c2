//! `merge` and its kin: `dario.cat/mergo` v1.0.1 on maps, with its rules of what is empty and of what is shared.

use crate::args::{Outcome, is_slice, nil};
use crate::defaults;
use chartwright_template::{CallError, Context};
use chartwright_value::{Entry, GoKind, Heap, Kind, Type, Value};

pub(crate) fn merge(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    swallow(all(ctx, args, false))
}

pub(crate) fn merge_overwrite(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    swallow(all(ctx, args, true))
}

pub(crate) fn must_merge(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    all(ctx, args, false)?.map_err(CallError::from)
}

pub(crate) fn must_merge_overwrite(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    all(ctx, args, true)?.map_err(CallError::from)
}

fn swallow(result: Result<Result<Value, &'static str>, CallError>) -> Outcome {
    Ok(result?.unwrap_or(Value::EMPTY))
}

fn all(ctx: &mut Context<'_>, args: &[Value], overwrite: bool) -> Result<Result<Value, &'static str>, CallError> {
    let mut target = args[0].with_type(Type::MAP);
    for &source in &args[1..] {
        if target.is_typed_nil() && !source.is_typed_nil() {
            target = ctx.heap.map();
        }
        if let Err(error) = into(ctx, target, source, overwrite)? {
            return Ok(Err(error));
        }
    }
    Ok(Ok(target))
}

/// How deep maps may be nested to be merged. Go's stack ends somewhere beyond.
const DEEPEST: usize = 100_000;

struct Frame {
    target: Value,
    /// The type of the map that is merged into it.
    source: Type,
    entries: Vec<Entry>,
    next: usize,
    /// Whether the last entry's maps are being merged and wait for what follows.
    merging: bool,
}

/// Merges one map into another. Go's own errors are the inner ones. Source: `mergo/merge.go`, `deepMerge`.
fn into(ctx: &mut Context<'_>, target: Value, source: Value, overwrite: bool) -> Result<Result<(), &'static str>, CallError> {
    let mut stack = vec![frame(ctx, target, source)?];
    while let Some(Frame { target, source, entries, next, merging }) = stack.last_mut() {
        let (target, source) = (*target, *source);
        let Some(&entry) = entries.get(*next) else {
            stack.pop();
            continue;
        };
        let (key, value) = (entry.key(), entry.value);
        let old = ctx.heap.get(target, ctx.heap.str(key));
        if !*merging {
            if nil(value) {
                // Null in the source: only ever an overwriting one.
                if overwrite {
                    store(ctx.heap, target, source, key, value)?;
                }
                *next += 1;
                continue;
            }
            let kind = ctx.heap.go_kind(value);
            match old {
                Some(old) if old.kind() == Kind::Map && value.kind() == Kind::Map => {
                    *merging = true;
                    // A nil map inside cannot be replaced from within, nor does one bring anything.
                    if !old.is_typed_nil() {
                        let inner = frame(ctx, old, value)?;
                        stack.push(inner);
                        if stack.len() > DEEPEST {
                            return Err(CallError::Limit("values are nested too deeply"));
                        }
                    }
                    continue;
                }
                Some(old)
                    if ctx.heap.go_kind(old) == GoKind::Ptr
                        && kind != GoKind::Ptr
                        && matches!(kind, GoKind::Map | GoKind::Struct)
                        && !overwrite =>
                {
                    return Ok(Err("src and dst must be of same type"));
                }
                _ => {}
            }
            if is_slice(value) {
                // The maps decide here, not their elements: an empty target takes the slice at once, any other only a slot for it.
                if overwrite || ctx.heap.entries(target).is_empty() {
                    store(ctx.heap, target, source, key, value)?;
                }
            }
        }
        // What the target held, asked anew: a map may have been filled meanwhile.
        let kept = old.is_some_and(|old| !defaults::is_empty(ctx.heap, old) && (is_slice(value) || both_maps(ctx.heap, old, value)));
        if !kept && (overwrite || old.is_none_or(|old| is_blank(ctx.heap, old))) {
            store(ctx.heap, target, source, key, value)?;
        }
        if let Some(frame) = stack.last_mut() {
            frame.merging = false;
            frame.next += 1;
        }
    }
    Ok(Ok(()))
}

fn both_maps(heap: &Heap, a: Value, b: Value) -> bool {
    heap.go_kind(a) == GoKind::Map && heap.go_kind(b) == GoKind::Map
}

/// mergo's notion of empty: Sprig's, with nil, and structs that are never empty. Source: `mergo/mergo.go`, `isEmptyValue`.
fn is_blank(heap: &Heap, value: Value) -> bool {
    nil(value) || defaults::is_empty(heap, value)
}

fn frame(ctx: &mut Context<'_>, target: Value, source: Value) -> Result<Frame, CallError> {
    let entries = ctx.heap.entries(source).to_vec();
    ctx.charge(16 + 8 * entries.len() as u64)?;
    Ok(Frame { target, source: source.ty(), entries, next: 0, merging: false })
}

fn store(heap: &mut Heap, target: Value, source: Type, key: Value, value: Value) -> Result<(), CallError> {
    if target.ty() == Type::STRING_MAP && source != Type::STRING_MAP {
        let text = "reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string";
        return Err(text.into());
    }
    heap.set(target, key, value);
    Ok(())
}

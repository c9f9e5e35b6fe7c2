//! Sprig's `dict.go`, but for `merge` (see `merge`): maps with string keys, which are references.

use crate::args::{Outcome, nil, strval};
use crate::semver::{Version, VersionObject};
use chartwright_template::{CallError, Context};
use chartwright_value::{Heap, Kind, Type, Value};
use std::sync::Arc;

pub(crate) fn get(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(ctx.heap.get(args[0], ctx.heap.str(args[1])).unwrap_or(Value::EMPTY))
}

pub(crate) fn set(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let map = args[0].with_type(Type::MAP);
    if map.is_typed_nil() || map.kind() != Kind::Map {
        return Err("assignment to entry in nil map".into());
    }
    // A key in the middle moves those after it.
    ctx.charge(1 + ctx.heap.entries(map).len() as u64 / 16)?;
    ctx.heap.set(map, args[1], stored(args[2]));
    Ok(map)
}

pub(crate) fn unset(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    ctx.charge(1)?;
    let key = ctx.heap.str(args[1]).to_vec();
    ctx.heap.remove(args[0], key);
    Ok(args[0].with_type(Type::MAP))
}

pub(crate) fn has_key(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(ctx.heap.get(args[0], ctx.heap.str(args[1])).is_some()))
}

pub(crate) fn pluck(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    ctx.charge(args.len() as u64)?;
    let key = ctx.heap.str(args[0]);
    let found: Vec<Value> = args[1..].iter().filter_map(|&map| ctx.heap.get(map, key)).collect();
    Ok(ctx.heap.list(&found))
}

/// Go's order is random here; ours is that of the keys.
pub(crate) fn keys(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let keys: Vec<Value> = args.iter().flat_map(|&map| ctx.heap.entries(map).iter().map(|entry| entry.key())).collect();
    ctx.charge(keys.len() as u64)?;
    Ok(ctx.heap.list_of(Type::STRING_LIST, &keys))
}

/// Go's order is random here; ours is that of the keys.
pub(crate) fn values(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let values: Vec<Value> = ctx.heap.entries(args[0]).iter().map(|entry| entry.value).collect();
    ctx.charge(values.len() as u64)?;
    Ok(ctx.heap.list(&values))
}

pub(crate) fn pick(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    ctx.charge(args.len() as u64)?;
    let found: Vec<(Value, Value)> = args[1..].iter().filter_map(|&key| Some((key, ctx.heap.get(args[0], ctx.heap.str(key))?))).collect();
    Ok(ctx.heap.map_from(Type::MAP, &found))
}

pub(crate) fn omit(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let entries = ctx.heap.entries(args[0]);
    let steps = (entries.len() * args.len()) as u64;
    let mut dropped: Vec<&[u8]> = args[1..].iter().map(|&key| ctx.heap.str(key)).collect();
    chartwright_go::sort::plain(&mut dropped);
    let kept: Vec<(Value, Value)> = entries
        .iter()
        .filter(|entry| dropped.binary_search(&ctx.heap.str(entry.key())).is_err())
        .map(|entry| (entry.key(), entry.value))
        .collect();
    ctx.charge(steps / 8 + 1)?;
    Ok(ctx.heap.map_from(Type::MAP, &kept))
}

pub(crate) fn dict(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    ctx.charge(args.len() as u64)?;
    let map = ctx.heap.map();
    for pair in args.chunks(2) {
        let key = key_of(ctx.heap, pair[0])?;
        ctx.heap.set(map, key, pair.get(1).copied().map_or(Value::EMPTY, stored));
    }
    Ok(map)
}

/// What a map holds of an argument: a missing value is a nil interface there.
fn stored(value: Value) -> Value {
    if nil(value) { Value::NIL.with_label(value.label()) } else { value }
}

fn key_of(heap: &mut Heap, value: Value) -> Result<Value, CallError> {
    if value.ty() == Type::STRING {
        return Ok(value);
    }
    let mut text = Vec::new();
    strval(heap, value, &mut text)?;
    Ok(heap.string(&text))
}

pub(crate) fn dig(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let [keys @ .., default, map] = args else {
        return Err("dig needs at least three arguments".into());
    };
    if keys.is_empty() {
        return Err("dig needs at least three arguments".into());
    }
    let convert = |value: Value, wanted: Type| {
        if value.ty() == wanted {
            return Ok(value);
        }
        let found = if nil(value) { "nil".to_owned() } else { ctx.heap.type_name(value) };
        Err(CallError::Failed(format!("interface conversion: interface {{}} is {found}, not {}", wanted.name())))
    };
    let mut at = convert(*map, Type::MAP)?;
    for &key in keys {
        convert(key, Type::STRING)?;
    }
    for (depth, &key) in keys.iter().enumerate() {
        if depth > 0 {
            at = convert(at, Type::MAP)?;
        }
        match ctx.heap.get(at, ctx.heap.str(key)) {
            None => return Ok(*default),
            Some(found) => at = found,
        }
    }
    Ok(at)
}

/// A list or map that is being copied.
struct Frame {
    source: Value,
    next: usize,
    /// The copies of its elements so far.
    start: usize,
    /// The copy, if it is a map.
    map: Value,
}

/// How deep a value may be nested to be copied. Go's stack ends somewhere beyond.
const DEEPEST: usize = 100_000;

/// `deepCopy` and `mustDeepCopy`: lists and maps anew, all else shared. Source: `mitchellh/copystructure`.
pub(crate) fn deep_copy(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    if nil(args[0]) {
        return Err("reflect: call of reflect.Value.Type on zero Value".into());
    }
    copy(ctx, args[0])
}

fn copy(ctx: &mut Context<'_>, value: Value) -> Outcome {
    let mut stack: Vec<Frame> = Vec::new();
    let mut parts: Vec<Value> = Vec::new();
    let mut done = open(ctx.heap, value, &mut stack, &parts);
    loop {
        // A finished copy goes to the container that waits for it.
        if let Some(copied) = done.take() {
            let Some(frame) = stack.last() else {
                return Ok(copied);
            };
            if frame.map.kind() == Kind::Map {
                let (map, key) = (frame.map, ctx.heap.entries(frame.source).get(frame.next - 1).map(|entry| entry.key()));
                ctx.heap.set(map, key.unwrap_or(Value::EMPTY), copied);
            } else {
                parts.push(copied);
            }
        }
        ctx.charge(16)?;
        if stack.len() > DEEPEST {
            return Err(CallError::Limit("values are nested too deeply"));
        }
        let Some(frame) = stack.last_mut() else {
            return Ok(Value::NIL);
        };
        let (source, index) = (frame.source, frame.next);
        frame.next += 1;
        let child = if source.kind() == Kind::Map {
            ctx.heap.entries(source).get(index).map(|entry| entry.value)
        } else {
            ctx.heap.items(source).get(index).copied()
        };
        done = match child {
            Some(child) => open(ctx.heap, child, &mut stack, &parts),
            None => {
                let (start, map) = (frame.start, frame.map);
                stack.pop();
                if map.kind() == Kind::Map {
                    Some(map)
                } else {
                    let list = ctx.heap.list_of(source.ty(), &parts[start..]).with_label(source.label());
                    parts.truncate(start);
                    Some(list)
                }
            }
        };
    }
}

/// The copy of what has no parts; what has is put on the stack.
fn open(heap: &mut Heap, value: Value, stack: &mut Vec<Frame>, parts: &[Value]) -> Option<Value> {
    let map = match value.kind() {
        _ if value.is_typed_nil() => return Some(value),
        Kind::Map => heap.map_of(value.ty()).with_label(value.label()),
        Kind::List => Value::NIL,
        Kind::Object => return Some(object(heap, value)),
        _ => return Some(value),
    };
    stack.push(Frame { source: value, next: 0, start: parts.len(), map });
    None
}

/// A version's fields are not exported, so its copy is the zero version; all other objects are shared.
fn object(heap: &mut Heap, value: Value) -> Value {
    match heap.object(value) {
        Some(object) if object.as_any().is::<VersionObject>() => heap.new_object(Arc::new(VersionObject::pointer(Version::default()))),
        _ => value,
    }
}

//! Sprig's `list.go`: lists never change in place, so parts of them are shared.

use crate::args::{NIL_DEREFERENCE, Outcome, element, elements, int, is_slice, length, nil, strval};
use crate::{cast, defaults, equal};
use chartwright_template::{CallError, Context};
use chartwright_value::{Kind, Repr, Type, Value};

/// Go's complaint where a list is wanted and something else is given.
fn not_a_list(ctx: &Context<'_>, value: Value, prefix: &str) -> CallError {
    if nil(value) {
        return NIL_DEREFERENCE.into();
    }
    CallError::Failed(format!("{prefix} {}", ctx.heap.go_kind(value).name()))
}

fn checked(ctx: &Context<'_>, value: Value, prefix: &str) -> Result<usize, CallError> {
    if is_slice(value) { Ok(length(ctx.heap, value)) } else { Err(not_a_list(ctx, value, prefix)) }
}

/// Part of a slice as a `[]interface {}`.
fn part(ctx: &mut Context<'_>, slice: Value, start: usize, end: usize) -> Outcome {
    if slice.ty() == Type::BYTES {
        let items = elements(ctx, slice)?;
        return Ok(ctx.heap.list(&items[start..end]));
    }
    Ok(ctx.heap.sublist(slice, start, end).with_type(Type::LIST))
}

pub(crate) fn list(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    ctx.charge(args.len() as u64)?;
    Ok(ctx.heap.list(args))
}

pub(crate) fn append(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot push on type")?;
    let mut items = elements(ctx, args[0])?;
    items.push(args[1]);
    Ok(ctx.heap.list(&items))
}

pub(crate) fn prepend(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot prepend on type")?;
    let mut items = elements(ctx, args[0])?;
    items.insert(0, args[1]);
    Ok(ctx.heap.list(&items))
}

pub(crate) fn first(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot find first on type")?;
    Ok(element(ctx.heap, args[0], 0).unwrap_or(Value::NIL))
}

pub(crate) fn last(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let count = checked(ctx, args[0], "Cannot find last on type")?;
    Ok(count.checked_sub(1).and_then(|index| element(ctx.heap, args[0], index)).unwrap_or(Value::NIL))
}

pub(crate) fn rest(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    match checked(ctx, args[0], "Cannot find rest on type")? {
        0 => Ok(Value::NIL_LIST),
        count => part(ctx, args[0], 1, count),
    }
}

pub(crate) fn initial(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    match checked(ctx, args[0], "Cannot find initial on type")? {
        0 => Ok(Value::NIL_LIST),
        count => part(ctx, args[0], 0, count - 1),
    }
}

pub(crate) fn reverse(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot find reverse on type")?;
    let mut items = elements(ctx, args[0])?;
    items.reverse();
    Ok(ctx.heap.list(&items))
}

pub(crate) fn compact(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot compact on type")?;
    let mut items = elements(ctx, args[0])?;
    items.retain(|&item| !defaults::is_empty(ctx.heap, item));
    Ok(ctx.heap.list(&items))
}

fn contains(ctx: &mut Context<'_>, items: &[Value], needle: Value) -> Result<bool, CallError> {
    ctx.charge(items.len() as u64 * 4)?;
    for &item in items {
        if equal::deep_equal(ctx, needle, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(crate) fn uniq(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot find uniq on type")?;
    let mut kept: Vec<Value> = Vec::new();
    for item in elements(ctx, args[0])? {
        if !contains(ctx, &kept, item)? {
            kept.push(item);
        }
    }
    Ok(ctx.heap.list(&kept))
}

pub(crate) fn without(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    checked(ctx, args[0], "Cannot find without on type")?;
    let mut kept = Vec::new();
    for item in elements(ctx, args[0])? {
        if !contains(ctx, &args[1..], item)? {
            kept.push(item);
        }
    }
    Ok(ctx.heap.list(&kept))
}

pub(crate) fn has(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    if nil(args[1]) {
        return Ok(Value::FALSE);
    }
    checked(ctx, args[1], "Cannot find has on type")?;
    let items = elements(ctx, args[1])?;
    contains(ctx, &items, args[0]).map(Value::bool)
}

pub(crate) fn slice(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let list = args[0];
    let count = checked(ctx, list, "list should be type of slice or array but")?;
    if count == 0 {
        return Ok(Value::NIL);
    }
    let index = |at: usize, missing: i64| args.get(at).map_or(missing, |&arg| cast::to_int64(ctx.heap, arg));
    let (start, end) = (index(1, 0), index(2, count as i64));
    if start < 0 || start > end || end > count as i64 {
        return Err("reflect.Value.Slice: slice index out of bounds".into());
    }
    if list.ty() == Type::BYTES {
        return Ok(ctx.heap.substring(list, start as usize, end as usize));
    }
    Ok(ctx.heap.sublist(list, start as usize, end as usize))
}

pub(crate) fn concat(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let mut items: Vec<Value> = Vec::new();
    for &list in args {
        if !is_slice(list) {
            return Err(if nil(list) {
                NIL_DEREFERENCE.into()
            } else {
                CallError::Failed(format!("Cannot concat type {} as list", ctx.heap.go_kind(list).name()))
            });
        }
        ctx.charge_bytes((items.len() + length(ctx.heap, list)) * size_of::<Value>())?;
        items.extend(elements(ctx, list)?);
    }
    // Nothing was ever appended to Go's nil slice.
    Ok(if items.is_empty() { Value::NIL_LIST } else { ctx.heap.list(&items) })
}

/// Source: `sprig/list.go`, `mustChunk`, whose arithmetic on floats decides what a size below one does.
pub(crate) fn chunk(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    const LENGTH: &str = "runtime error: makeslice: len out of range";
    let size = int(args[0]);
    let count = checked(ctx, args[1], "Cannot chunk type")?;
    let items = elements(ctx, args[1])?;
    let chunks = cast::truncate(((count as f64 - 1.0) / size as f64).floor() + 1.0);
    if chunks < 0 {
        return Err(LENGTH.into());
    }
    ctx.charge_bytes(usize::try_from(chunks).unwrap_or(usize::MAX).saturating_mul(size_of::<Value>()))?;
    let mut parts = Vec::new();
    for index in 0..chunks {
        let mut length = size;
        if index == chunks - 1 {
            let rest = cast::truncate((count as f64 % size as f64).floor());
            length = if rest == 0 { size } else { rest };
        }
        let (Some(start), Ok(length)) = (usize::try_from(index * size).ok(), usize::try_from(length)) else {
            return Err(LENGTH.into());
        };
        let part = items.get(start..start + length).ok_or("reflect: slice index out of range")?;
        parts.push(ctx.heap.list(part));
    }
    Ok(ctx.heap.list_of(Type::LIST_LIST, &parts))
}

/// The elements as strings, nils left out. Source: `sprig/strings.go`, `strslice`.
pub(crate) fn strings(ctx: &mut Context<'_>, value: Value) -> Result<Vec<Value>, CallError> {
    if nil(value) {
        return Ok(Vec::new());
    }
    let items = if is_slice(value) { elements(ctx, value)? } else { vec![value] };
    let mut texts = Vec::with_capacity(items.len());
    for item in items {
        if item.ty() == Type::STRING {
            texts.push(item);
        } else if !nil(item) {
            let mut text = Vec::new();
            strval(ctx.heap, item, &mut text)?;
            texts.push(crate::args::string(ctx, &text)?);
        }
    }
    Ok(texts)
}

pub(crate) fn to_strings(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    if args[0].ty() == Type::STRING_LIST {
        return Ok(args[0]);
    }
    let texts = strings(ctx, args[0])?;
    Ok(ctx.heap.list_of(Type::STRING_LIST, &texts))
}

pub(crate) fn sort_alpha(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    // A nil is no slice, so it is sorted as the one string that it prints as.
    let mut texts = if nil(args[0]) { vec![ctx.heap.string("<nil>")] } else { strings(ctx, args[0])? };
    ctx.charge(texts.len() as u64 * 16)?;
    chartwright_go::sort::by(&mut texts, |&a, &b| ctx.heap.str(a).cmp(ctx.heap.str(b)));
    Ok(ctx.heap.list_of(Type::STRING_LIST, &texts))
}

pub(crate) fn join(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let mut out = Vec::new();
    if let Repr::List(_) = args[1].repr()
        && args[1].ty() != Type::COMPLEX128
    {
        let (separator, items) = (ctx.heap.str(args[0]), ctx.heap.items(args[1]));
        let mut written = false;
        for &item in items {
            if nil(item) {
                continue;
            }
            if written {
                out.extend_from_slice(separator);
            }
            written = true;
            strval(ctx.heap, item, &mut out)?;
            if out.len() > ctx.budget.limits.value_bytes {
                return Err(CallError::Limit("a value is too large"));
            }
        }
        let count = items.len() as u64;
        ctx.charge(count)?;
    } else if args[1].kind() == Kind::String && args[1].ty() == Type::BYTES {
        let texts = strings(ctx, args[1])?;
        let parts: Vec<&[u8]> = texts.iter().map(|&text| ctx.heap.str(text)).collect();
        out = parts.join(ctx.heap.str(args[0]));
    } else if !nil(args[1]) {
        strval(ctx.heap, args[1], &mut out)?;
    }
    crate::args::string(ctx, out)
}

//! `index`, `slice` and `len`. Source: `text/template/funcs.go`.

use super::{Called, indirect_interface};
use crate::exec::element;
use crate::{CallError, Context};
use chartwright_value::{Heap, Kind, Repr, Type, Value};

/// An index as a number that does not exceed `most`. Source: `indexArg`.
fn position(heap: &Heap, index: Value, most: usize) -> Result<usize, CallError> {
    let number = match index.repr() {
        Repr::Int(i) => i,
        Repr::Uint(u) => u as i64,
        Repr::Invalid => return Err("cannot index slice/array with nil".into()),
        _ => return Err(format!("cannot index slice/array with type {}", heap.type_name(index)).into()),
    };
    match usize::try_from(number) {
        Ok(at) if at <= most => Ok(at),
        _ => Err(format!("index out of range: {number}").into()),
    }
}

pub(super) fn index(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let mut item = indirect_interface(args[0]);
    if item.is_invalid() {
        return Err("index of untyped nil".into());
    }
    for &at in &args[1..] {
        let at = indirect_interface(at);
        if item.is_nil() {
            return Err("index of nil pointer".into());
        }
        item = index_one(ctx, item, at)?;
    }
    Ok(item)
}

fn index_one(ctx: &mut Context<'_>, item: Value, at: Value) -> Called {
    let heap = &mut *ctx.heap;
    match item.kind() {
        Kind::List if item.ty() != Type::COMPLEX128 => {
            let len = heap.items(item).len();
            let found = heap.items(item).get(position(heap, at, len)?).copied();
            found.map(|value| element(item.ty(), value)).ok_or_else(|| "reflect: slice index out of range".into())
        }
        Kind::String => {
            let len = heap.str(item).len();
            let found = heap.str(item).get(position(heap, at, len)?).copied();
            let what = if item.ty() == Type::BYTES { "slice" } else { "string" };
            let byte = found.ok_or_else(|| format!("reflect: {what} index out of range"))?;
            Ok(Value::uint_of(Type::UINT8, byte as u64))
        }
        Kind::Map => {
            key(heap, at)?;
            Ok(heap.get(item, heap.str(at)).map_or_else(|| zero_element(item.ty()), |value| element(item.ty(), value)))
        }
        Kind::Object => index_object(heap, item, at),
        _ => Err(format!("can't index item of type {}", heap.type_name(item)).into()),
    }
}

/// Source: `prepareArg` for a key of type `string`.
fn key(heap: &Heap, at: Value) -> Result<(), CallError> {
    match at.kind() {
        Kind::Invalid => Err("value is nil; should be of type string".into()),
        Kind::String if at.ty() == Type::STRING => Ok(()),
        _ => Err(format!("value has type {}; should be string", heap.type_name(at)).into()),
    }
}

/// An object that is a map or a slice in Go.
fn index_object(heap: &mut Heap, item: Value, at: Value) -> Called {
    use chartwright_value::GoKind;
    let (kind, name) = (heap.go_kind(item), heap.type_name(item));
    let object = heap.object(item);
    match (kind, object) {
        (GoKind::Map, Some(object)) => {
            key(heap, at)?;
            let name = String::from_utf8_lossy(heap.str(at)).into_owned();
            Ok(object.field(heap, &name).unwrap_or(Value::NIL))
        }
        (GoKind::Slice, Some(object)) => {
            let pairs = object.range(heap).unwrap_or_default();
            let at = position(heap, at, pairs.len())?;
            pairs.get(at).map(|pair| pair.1).ok_or_else(|| "reflect: slice index out of range".into())
        }
        _ => Err(format!("can't index item of type {}", pointed_to(&name)).into()),
    }
}

/// What Go's `reflect.Zero` of a map's element type is.
pub(crate) fn zero_element(map: Type) -> Value {
    match map {
        Type::STRING_MAP => Value::EMPTY,
        Type::STRING_LIST_MAP => Value::NIL_LIST.with_type(Type::STRING_LIST),
        _ => Value::NIL,
    }
}

pub(super) fn slice(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    let heap = &*ctx.heap;
    let item = indirect_interface(args[0]);
    if item.is_invalid() {
        return Err("slice of untyped nil".into());
    }
    let indices = &args[1..];
    if indices.len() > 3 {
        return Err(format!("too many slice indexes: {}", indices.len()).into());
    }
    let len = match item.kind() {
        Kind::String if item.ty() != Type::BYTES => {
            if indices.len() == 3 {
                return Err("cannot 3-index slice a string".into());
            }
            heap.str(item).len()
        }
        Kind::String => heap.str(item).len(),
        Kind::List if item.ty() != Type::COMPLEX128 => heap.items(item).len(),
        _ => return Err(format!("can't slice item of type {}", pointed_to(&heap.type_name(item))).into()),
    };
    let mut at = [0, len, len];
    for (place, &index) in at.iter_mut().zip(indices) {
        // Unlike `index`, Go's `slice` does not look through interfaces here.
        if index.is_interface() || index.is_nil() {
            return Err("cannot index slice/array with type interface {}".into());
        }
        *place = position(heap, index, len)?;
    }
    if at[0] > at[1] {
        return Err(format!("invalid slice index: {} > {}", at[0], at[1]).into());
    }
    if indices.len() == 3 && at[1] > at[2] {
        return Err(format!("invalid slice index: {} > {}", at[1], at[2]).into());
    }
    Ok(match item.kind() {
        Kind::List => heap.sublist(item, at[0], at[1]),
        _ => heap.substring(item, at[0], at[1]),
    })
}

pub(super) fn len(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    use chartwright_value::GoKind;
    let (heap, item) = (&mut *ctx.heap, args[0]);
    let count = match item.kind() {
        Kind::Nil => return Err("len of nil pointer".into()),
        Kind::Invalid => return Err("reflect: call of reflect.Value.Type on zero Value".into()),
        Kind::String => heap.str(item).len(),
        Kind::List if item.ty() != Type::COMPLEX128 => heap.items(item).len(),
        Kind::Map => heap.entries(item).len(),
        Kind::Object if matches!(heap.go_kind(item), GoKind::Map | GoKind::Slice) => {
            heap.object(item).and_then(|object| object.range(heap)).map_or(0, |pairs| pairs.len())
        }
        _ => return Err(format!("len of type {}", pointed_to(&heap.type_name(item))).into()),
    };
    Ok(Value::int(count as i64))
}

/// These functions look through pointers before they complain.
fn pointed_to(name: &str) -> &str {
    name.trim_start_matches('*')
}

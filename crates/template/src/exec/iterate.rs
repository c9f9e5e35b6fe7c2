//! `range`. What is iterated over is fixed when it begins, whatever the body does to it.
//! Source: `text/template/exec.go`, `walkRange`.

use super::{Failure, Machine, Run, element};
use crate::program::RangeSlots;
use chartwright_value::{Repr, Type, Value, format};

/// An iteration under way.
pub(super) enum Iteration {
    List {
        list: Value,
        at: usize,
    },
    Bytes {
        bytes: Value,
        at: usize,
    },
    Ints {
        next: i64,
        end: i64,
        ty: Type,
    },
    Uints {
        next: u64,
        end: u64,
        ty: Type,
    },
    /// Pairs of the executor's own stack, to be cut back to `start`.
    Pairs {
        start: usize,
        at: usize,
    },
}

impl Machine<'_, '_> {
    /// Begins to iterate; false if there is nothing to iterate over.
    pub(super) fn begin(&mut self, value: Value, pair: bool) -> Run<bool> {
        let heap = &mut *self.context.heap;
        let iteration = match value.repr() {
            Repr::Invalid | Repr::Nil => return Ok(false),
            Repr::List(span) if value.ty() != Type::COMPLEX128 => {
                if span.len == 0 {
                    return Ok(false);
                }
                Iteration::List { list: value, at: 0 }
            }
            Repr::Map(_) => {
                let start = self.exec.pairs.len();
                self.exec.pairs.extend(heap.entries(value).iter().map(|entry| (entry.key(), element(value.ty(), entry.value))));
                return Ok(self.begin_pairs(start));
            }
            Repr::String(span) if value.ty() == Type::BYTES => {
                if span.len == 0 {
                    return Ok(false);
                }
                Iteration::Bytes { bytes: value, at: 0 }
            }
            Repr::Int(_) | Repr::Uint(_) if pair => {
                let text = self.text(value)?;
                return Err(Failure::message(format!("can't use {text} to iterate over more than one variable")));
            }
            Repr::Int(end) if end > 0 => Iteration::Ints { next: 0, end, ty: value.ty() },
            Repr::Uint(end) if end > 0 => Iteration::Uints { next: 0, end, ty: value.ty() },
            Repr::Int(_) | Repr::Uint(_) => return Ok(false),
            Repr::Object(_) => {
                let object = heap.object(value);
                let Some(pairs) = object.and_then(|object| object.range(heap)) else { return Err(self.cannot(value)) };
                let start = self.exec.pairs.len();
                self.exec.pairs.extend(pairs);
                return Ok(self.begin_pairs(start));
            }
            _ => return Err(self.cannot(value)),
        };
        self.exec.iterations.push(iteration);
        Ok(true)
    }

    fn begin_pairs(&mut self, start: usize) -> bool {
        let some = self.exec.pairs.len() > start;
        if some {
            self.exec.iterations.push(Iteration::Pairs { start, at: start });
        }
        some
    }

    fn cannot(&mut self, value: Value) -> Box<Failure> {
        match self.text(value) {
            Ok(text) => {
                // Go has looked through the pointer.
                let text = if self.context.heap.type_name(value).starts_with('*') { text.trim_start_matches('&') } else { &text };
                Failure::message(format!("range can't iterate over {text}"))
            }
            Err(failure) => failure,
        }
    }

    /// A value as `%v` writes it.
    fn text(&self, value: Value) -> Run<String> {
        let mut out = Vec::new();
        format::print_value(self.context.heap, value, &mut out).map_err(|_| Failure::limit("a value is too large to be written"))?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    /// Puts the next element into its slots; false, and the iteration is over, if there is none.
    #[inline]
    pub(super) fn advance(&mut self, base: usize, slots: RangeSlots) -> bool {
        let Some(iteration) = self.exec.iterations.last_mut() else { return false };
        let next = match iteration {
            Iteration::List { list, at } => {
                let found = self.context.heap.items(*list).get(*at).copied();
                *at += 1;
                found.map(|value| (Value::int(*at as i64 - 1), element(list.ty(), value)))
            }
            Iteration::Bytes { bytes, at } => {
                let found = self.context.heap.str(*bytes).get(*at).copied();
                *at += 1;
                found.map(|byte| (Value::int(*at as i64 - 1), Value::uint_of(Type::UINT8, byte as u64)))
            }
            Iteration::Ints { next, end, ty } => {
                let value = (*next < *end).then_some((Value::INVALID, Value::int_of(*ty, *next)));
                *next += 1;
                value
            }
            Iteration::Uints { next, end, ty } => {
                let value = (*next < *end).then_some((Value::INVALID, Value::uint_of(*ty, *next)));
                *next += 1;
                value
            }
            Iteration::Pairs { at, .. } => {
                let found = self.exec.pairs.get(*at).copied();
                *at += 1;
                found
            }
        };
        let Some((index, value)) = next else {
            self.leave();
            return false;
        };
        let own = &mut self.exec.slots[base..];
        own[slots.dot as usize] = value;
        if let Some(slot) = slots.index {
            own[slot as usize] = index;
        }
        if let Some(slot) = slots.element {
            own[slot as usize] = value;
        }
        true
    }

    /// Ends the innermost iteration.
    pub(super) fn leave(&mut self) {
        if let Some(Iteration::Pairs { start, .. }) = self.exec.iterations.pop() {
            self.exec.pairs.truncate(start);
        }
    }
}

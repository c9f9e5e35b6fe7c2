//! Fields of maps and objects, and methods without arguments. Source: `text/template/exec.go`, `evalField`.

use super::{Failure, Machine, MissingKey, Run};
use crate::builtins::zero_element;
use crate::compile::arity_error;
use crate::program::Code;
use crate::tree::Tree;
use chartwright_go::quote;
use chartwright_value::{GoKind, Kind, Type, Value};
use std::sync::atomic::Ordering;

/// An element of a list or a map as Go sees it: through an `interface {}` if that is the container's element type.
pub(crate) fn element(container: Type, value: Value) -> Value {
    match container {
        Type::STRING_LIST
        | Type::STRING_MAP
        | Type::VERSION_SET
        | Type::VERSION_SET_V3
        | Type::INT_LIST
        | Type::MAP_LIST
        | Type::LIST_LIST
        | Type::MAINTAINERS
        | Type::DEPENDENCIES
        | Type::STRING_LIST_MAP => value.as_concrete(),
        _ => value.as_interface(),
    }
}

impl Machine<'_, '_> {
    /// Follows a chain of names.
    #[inline]
    pub(super) fn fields(&mut self, code: &Code, mut receiver: Value, start: u32, len: u32) -> Run<Value> {
        let mut parent = None;
        for ident in start as usize..(start + len) as usize {
            match self.field(&code.tree, receiver, ident) {
                Ok(found) => parent = Some(std::mem::replace(&mut receiver, found)),
                Err(mut failure) => {
                    self.explain_nil(&mut failure, parent, code, ident as u32);
                    return Err(failure);
                }
            }
        }
        Ok(receiver)
    }

    /// Adds to a failure at a name in a chain why the value before it is nil.
    #[cold]
    pub(super) fn explain_nil(&self, failure: &mut Failure, parent: Option<Value>, code: &Code, ident: u32) {
        if let (Failure::NilPointer { nil, .. }, Some(parent)) = (failure, parent) {
            *nil = Some(self.why_nil(parent, code.tree.text(code.tree.idents[ident as usize - 1])));
        }
    }

    #[inline]
    fn field(&mut self, tree: &Tree, receiver: Value, ident: usize) -> Run<Value> {
        let name = tree.text(tree.idents[ident]);
        if receiver.kind() != Kind::Map || (receiver.ty() != Type::MAP && self.is_method(receiver.ty(), name)) {
            return self.unusual_field(receiver, name);
        }
        let heap = &*self.context.heap;
        let entries = heap.entries(receiver);
        let place = &tree.places[ident];
        let likely = entries.get(place.load(Ordering::Relaxed) as usize).filter(|entry| heap.str(entry.key()) == name);
        if let Some(entry) = likely {
            return Ok(element(receiver.ty(), entry.value));
        }
        match entries.binary_search_by(|entry| heap.str(entry.key()).cmp(name)) {
            Ok(at) => {
                place.store(at as u32, Ordering::Relaxed);
                Ok(element(receiver.ty(), entries[at].value))
            }
            Err(_) => self.missing(receiver, name),
        }
    }

    fn is_method(&self, ty: Type, name: &[u8]) -> bool {
        // Only what is exported is called.
        name.first().is_some_and(u8::is_ascii_uppercase)
            && self.library.functions.methods.iter().any(|method| method.receiver == ty && method.function.name.as_bytes() == name)
    }

    fn missing(&self, map: Value, name: &[u8]) -> Run<Value> {
        match self.options.missing_key {
            MissingKey::Invalid => Ok(Value::INVALID),
            MissingKey::Zero => Ok(zero_element(map.ty())),
            MissingKey::Error => Err(Failure::message(format!("map has no entry for key {}", quote::quoted(name)))),
        }
    }

    /// The type's name in errors: what Go knew before it looked through an interface.
    pub(super) fn static_type(&self, value: Value) -> String {
        if value.is_interface() || value.is_nil() { "interface {}".to_owned() } else { self.context.heap.type_name(value) }
    }

    fn unusual_field(&mut self, receiver: Value, name: &[u8]) -> Run<Value> {
        let text = String::from_utf8_lossy(name).into_owned();
        match receiver.kind() {
            Kind::Invalid => {
                if self.options.missing_key == MissingKey::Error {
                    return Err(Failure::message(format!("nil data; no entry for key {}", quote::quoted(name))));
                }
                return Ok(Value::INVALID);
            }
            Kind::Nil => return Err(Failure::nil_pointer(text)),
            _ => {}
        }
        if let Some(method) = self.method_of(receiver, &text) {
            if let Some(message) = arity_error(&text, &method.signature, 0, false) {
                return Err(Failure::message(message));
            }
            self.exec.methods.push(method);
            self.call_method(0)?;
            return Ok(self.pop());
        }
        if let Some(object) = self.context.heap.object(receiver) {
            if let Some(value) = object.field(self.context.heap, &text) {
                return Ok(value);
            }
            if object.go_kind() == GoKind::Map {
                return self.missing(receiver, name);
            }
        }
        Err(Failure::message(format!("can't evaluate field {text} in type {}", self.static_type(receiver))))
    }

    /// Why a name with arguments cannot be called.
    pub(super) fn not_a_method(&self, receiver: Value, name: &str) -> Box<Failure> {
        let is_map = receiver.kind() == Kind::Map || self.context.heap.go_kind(receiver) == GoKind::Map;
        if receiver.is_nil() {
            return Failure::nil_pointer(name.to_owned());
        }
        Failure::message(if is_map {
            format!("{name} is not a method but has arguments")
        } else {
            format!("can't evaluate field {name} in type {}", self.static_type(receiver))
        })
    }

    /// Whether an object has a plain field of this name.
    pub(super) fn has_field(&mut self, receiver: Value, name: &str) -> bool {
        let object = self.context.heap.object(receiver);
        object.is_some_and(|object| object.go_kind() != GoKind::Map && object.field(self.context.heap, name).is_some())
    }
}

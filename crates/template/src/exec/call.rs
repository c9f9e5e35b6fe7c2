//! Calls of functions and methods. Source: `text/template/exec.go`, `evalCall`.

use super::{Entry, Failure, MAX_REENTRIES, Machine, Run};
use crate::compile::{arity_error, literal};
use crate::program::{Code, DYNAMIC};
use crate::table::{NamedRow, Row};
use crate::tree::NodeId;
use crate::{CallError, Reentry, Templates};
use chartwright_value::{Kind, Label, Object, Param, Repr, Signature, Type, Value};
use std::sync::Arc;

/// A method that is about to be called.
pub(super) struct Method {
    pub(super) name: Box<str>,
    pub(super) signature: Signature,
    target: Target,
    /// Where the receiver came from.
    label: Label,
}

enum Target {
    Object(Arc<dyn Object>),
    /// A row of the table's methods, and the receiver.
    Plain(usize, Value),
}

/// A result as Go sees it: through an `interface {}` if that is the function's result type.
fn seen_as(value: Value, result: Param) -> Value {
    match result {
        Param::Reflect => value,
        Param::Any | Param::Error if value.is_invalid() => Value::NIL.with_label(value.label()),
        Param::Any | Param::Error => value.as_interface(),
        _ => value.as_concrete(),
    }
}

impl Machine<'_, '_> {
    /// Calls a function with the topmost values; true if it runs a template first.
    #[inline]
    pub(super) fn call(&mut self, function: u32, count: usize, pc: usize) -> Run<bool> {
        let row = &self.library.functions.rows[function as usize].row;
        let from = self.exec.stack.len().saturating_sub(count);
        if !self.library.functions.rows[function as usize].reflects {
            for arg in &mut self.exec.stack[from..] {
                *arg = if arg.is_invalid() { Value::NIL.with_label(arg.label()) } else { arg.as_concrete() };
            }
        }
        self.charge_reading(from)?;
        let args = &self.exec.stack[from..];
        match row {
            Row::Native(native) => {
                let result = (native.call)(self.context, args);
                self.exec.stack.truncate(from);
                let value = self.returned(function, result)?;
                self.exec.stack.push(value);
                Ok(false)
            }
            Row::Reentrant(reentrant) => {
                let scope = self.exec.frames.last().map_or(0, |frame| frame.scope);
                let mut templates = Templates { library: self.library, shared: &mut self.exec.shared, scope };
                let result = (reentrant.call)(self.context, &mut templates, args);
                self.exec.stack.truncate(from);
                if self.exec.shared.exhausted() {
                    return Err(Failure::limit("too much text is compiled"));
                }
                match result {
                    Ok(Reentry::Execute(execution)) => {
                        self.park(pc);
                        self.reenter(function, execution)?;
                        Ok(true)
                    }
                    Ok(Reentry::Value(value)) => {
                        let value = self.returned(function, Ok(value))?;
                        self.exec.stack.push(value);
                        Ok(false)
                    }
                    Err(error) => self.returned(function, Err(error)).map(|_| false),
                }
            }
            // These are instructions of their own and never compiled to calls.
            Row::Logic { .. } | Row::Call => Err(Failure::message("not a function".to_owned())),
        }
    }

    /// Most functions read the texts that they are given from end to end.
    #[inline]
    pub(super) fn charge_reading(&mut self, from: usize) -> Run<()> {
        let texts = self.exec.stack[from..].iter();
        let read: u64 = texts.map(|arg| if let Repr::String(text) = arg.repr() { u64::from(text.len) / 64 } else { 0 }).sum();
        if read > 0 { self.spend(read) } else { Ok(()) }
    }

    pub(super) fn reenter(&mut self, function: u32, execution: crate::Execution) -> Run<()> {
        self.spend(12)?;
        let nested = self.exec.frames.last().map_or(0, |frame| frame.reentries);
        if nested >= MAX_REENTRIES {
            return Err(Failure::limit("templates are nested too deeply"));
        }
        let (code, scope, dot) = (execution.template.code.clone(), execution.template.scope, execution.dot);
        let dot = if dot.kind() == Kind::Nil { Value::INVALID.with_label(dot.label()) } else { dot.as_concrete() };
        if execution.counted {
            self.exec.shared.count(code.name_id);
        }
        let start = self.exec.out.len();
        self.enter(code, scope, dot, Entry::Function { start, execution, function })
    }

    /// A function's result, or its failure.
    #[inline]
    pub(super) fn returned(&mut self, function: u32, result: Result<Value, CallError>) -> Run<Value> {
        let NamedRow { name, row, .. } = &self.library.functions.rows[function as usize];
        match result {
            Ok(_) if self.context.heap.exhausted() => Err(Failure::limit("the render's values take too much memory")),
            Ok(value) => Ok(seen_as(value, row.signature().result)),
            Err(CallError::Failed(text)) => Err(Failure::call((*name).into(), text)),
            Err(CallError::Limit(text)) => Err(Failure::limit(text)),
            Err(CallError::NeedsFull(name)) => Err(Box::new(Failure::NeedsFull(name))),
        }
    }

    pub(super) fn method_of(&self, receiver: Value, name: &str) -> Option<Method> {
        if let Some(object) = self.context.heap.object(receiver) {
            let signature = object.method(name)?;
            return Some(Method { name: name.into(), signature, target: Target::Object(object), label: receiver.label() });
        }
        let mut methods = self.library.functions.methods.iter();
        let at = methods.position(|method| method.receiver == receiver.ty() && method.function.name == name)?;
        let signature = self.library.functions.methods[at].function.signature;
        Some(Method { name: name.into(), signature, target: Target::Plain(at, receiver.as_concrete()), label: receiver.label() })
    }

    /// Takes a method's receiver; false if it is nothing, and then so is the result.
    pub(super) fn begin_method(&mut self, code: &Code, ident: u32, count: u32, piped: bool) -> Run<bool> {
        let name = String::from_utf8_lossy(code.tree.text(code.tree.idents[ident as usize])).into_owned();
        let receiver = self.pop();
        if receiver.is_invalid() {
            if self.options.missing_key == super::MissingKey::Error {
                let name = chartwright_go::quote::quoted(name.as_bytes());
                return Err(Failure::message(format!("nil data; no entry for key {name}")));
            }
            if piped {
                self.pop();
            }
            self.exec.stack.push(Value::INVALID);
            return Ok(false);
        }
        let Some(method) = self.method_of(receiver, &name) else {
            return Err(if self.has_field(receiver, &name) {
                Failure::message(format!("{name} has arguments but cannot be invoked as function"))
            } else {
                self.not_a_method(receiver, &name)
            });
        };
        if let Some(message) = arity_error(&name, &method.signature, count, piped) {
            return Err(Failure::message(message));
        }
        self.exec.methods.push(method);
        Ok(true)
    }

    fn method_param(&self, at: u32) -> Option<Param> {
        let params = self.exec.methods.last()?.signature.params;
        params.get(at as usize).or(params.last()).copied()
    }

    pub(super) fn check_method(&mut self, at: u32) -> Run<()> {
        match self.method_param(at) {
            Some(param) => self.check_top(param),
            None => Ok(()),
        }
    }

    pub(super) fn method_literal(&mut self, code: &Code, node: NodeId, at: u32) -> Run<Value> {
        let literal = literal(&code.tree, node, self.method_param(at)).map_err(Failure::message)?;
        Ok(literal.make(self.context.heap))
    }

    pub(super) fn call_method(&mut self, count: usize) -> Run<()> {
        let Some(method) = self.exec.methods.pop() else { return Ok(()) };
        let from = self.exec.stack.len().saturating_sub(count);
        let result = match &method.target {
            Target::Object(object) => {
                let args = &self.exec.stack[from..];
                object.call(self.context.heap, &method.name, args).map_err(CallError::Failed)
            }
            Target::Plain(at, receiver) => {
                self.exec.stack.insert(from, *receiver);
                (self.library.functions.methods[*at].function.call)(self.context, &self.exec.stack[from..])
            }
        };
        let result = match result {
            Ok(value) if self.tracer.is_some() => {
                let args = self.exec.stack.split_off(from);
                Ok(self.trace_method(method.label, &args, value))
            }
            result => result,
        };
        self.exec.stack.truncate(from);
        match result {
            Ok(_) if self.context.heap.exhausted() => Err(Failure::limit("the render's values take too much memory")),
            Ok(value) => {
                self.exec.stack.push(seen_as(value, method.signature.result));
                Ok(())
            }
            Err(CallError::Failed(text)) => Err(Failure::call(method.name, text)),
            Err(CallError::Limit(text)) => Err(Failure::limit(text)),
            Err(CallError::NeedsFull(name)) => Err(Box::new(Failure::NeedsFull(name))),
        }
    }

    /// Source: `text/template/funcs.go`, `call`: no value here is a function.
    pub(super) fn not_callable(&mut self, code: &Code, callee: NodeId, count: u32) -> Box<Failure> {
        let from = self.exec.stack.len().saturating_sub(count as usize);
        let value = self.exec.stack.get(from).copied().unwrap_or(Value::INVALID);
        let text = if value.is_invalid() || value.is_nil() {
            "call of nil".to_owned()
        } else {
            let ty = self.context.heap.type_name(value);
            // Go's `reflect.Value.String` tells a string's text and of anything else only the type.
            let name = match value.ty() {
                _ if callee != DYNAMIC => code.tree.print(callee),
                Type::STRING => String::from_utf8_lossy(self.context.heap.str(value)).into_owned(),
                _ => format!("<{ty} Value>"),
            };
            format!("non-function {name} of type {ty}")
        };
        Failure::call("call".into(), text)
    }
}

//! A row of the function table: a name, its Go signature, and the native that does it.

use crate::{Budget, Host};
use chartwright_value::{Heap, Label, Signature, Value};

/// What a native function works with.
pub struct Context<'a> {
    /// The render's values.
    pub heap: &'a mut Heap,
    /// The world.
    pub host: &'a mut dyn Host,
    /// What is left of the limits: charge it before doing work whose size the arguments decide.
    pub budget: &'a mut Budget,
    /// The file that executes, for [`Host::random`].
    pub file: &'a str,
    /// Where an encoder notes, for a traced render, what part of its text came from which label: for its rule to take. An untraced render
    /// has none.
    pub marks: Option<Vec<(usize, Label)>>,
}

impl<'a> Context<'a> {
    /// What a render of this file works with, untraced so far.
    pub fn new(heap: &'a mut Heap, host: &'a mut dyn Host, budget: &'a mut Budget, file: &'a str) -> Context<'a> {
        Context { heap, host, budget, file, marks: None }
    }
}

impl Context<'_> {
    /// Has a value encoded, with a note of its parts if the render is traced. `encode` tells, in order, where each part begins, and its label.
    pub fn encode<T>(&mut self, encode: impl FnOnce(&mut Heap, Option<&mut dyn FnMut(usize, Label)>) -> T) -> T {
        match &mut self.marks {
            None => encode(self.heap, None),
            Some(marks) => {
                marks.clear();
                encode(self.heap, Some(&mut |at, label| marks.push((at, label))))
            }
        }
    }

    /// Spends steps.
    ///
    /// # Errors
    /// [`CallError::Limit`] when the budget is used up.
    pub fn charge(&mut self, steps: u64) -> Result<(), CallError> {
        if self.budget.spend(steps) { Ok(()) } else { Err(CallError::Limit("too many steps")) }
    }

    /// Charges for a result of this many bytes, before it is made.
    ///
    /// # Errors
    /// [`CallError::Limit`] when it would not fit.
    pub fn charge_bytes(&mut self, bytes: usize) -> Result<(), CallError> {
        if bytes > self.budget.limits.value_bytes {
            return Err(CallError::Limit("a value is too large"));
        }
        self.charge(1 + bytes as u64 / 64)
    }
}

/// Why a native function failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// An `error` that the Go function returns, or a panic that `text/template` recovers: its text. The executor wraps it as Go does
    /// (`error calling NAME: …`).
    Failed(String),
    /// A limit of the render; not wrapped as the function's own failure.
    Limit(&'static str),
    /// What was asked for, by name, is left out of this build; a full build has it.
    NeedsFull(&'static str),
}

impl From<String> for CallError {
    fn from(message: String) -> CallError {
        CallError::Failed(message)
    }
}

impl From<&str> for CallError {
    fn from(message: &str) -> CallError {
        CallError::Failed(message.to_owned())
    }
}

/// The code of a function that needs nothing of the executor. Arguments have been checked against the signature and converted as
/// `text/template` does; for [`chartwright_value::Param::Any`] a nil stays [`Value::NIL`].
pub type Native = fn(&mut Context<'_>, &[Value]) -> Result<Value, CallError>;

/// A function that templates can call by name.
#[derive(Clone, Copy)]
pub struct Function {
    /// The name in templates.
    pub name: &'static str,
    /// Its Go signature.
    pub signature: Signature,
    /// What it does.
    pub call: Native,
}

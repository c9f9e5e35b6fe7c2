//! Functions that run templates, such as Helm's `include` and `tpl`: they ask for an execution instead of starting one, so that
//! nothing recurses on the native stack.

use crate::exec::Templates;
use crate::program::Code;
use crate::{CallError, Context};
use chartwright_value::{Heap, Signature, Value};
use std::sync::Arc;

/// A compiled template together with the definitions that it sees.
#[derive(Clone)]
pub struct TemplateRef {
    pub(crate) code: Arc<Code>,
    /// The overlay of definitions; zero is the library's own.
    pub(crate) scope: u32,
}

impl TemplateRef {
    /// The template's name.
    pub fn name(&self) -> &[u8] {
        &self.code.name
    }
}

/// The code of a function that may run a template.
pub type ReentrantCall = fn(&mut Context<'_>, &mut Templates<'_>, &[Value]) -> Result<Reentry, CallError>;

/// A function that may run a template: a row like [`crate::Function`].
#[derive(Clone, Copy)]
pub struct Reentrant {
    /// The name in templates.
    pub name: &'static str,
    /// Its Go signature.
    pub signature: Signature,
    /// What it does.
    pub call: ReentrantCall,
}

/// What such a function asks for.
pub enum Reentry {
    /// Nothing more: this is the result.
    Value(Value),
    /// An execution; its output becomes the result.
    Execute(Execution),
}

/// An execution that a function asks for.
pub struct Execution {
    /// The template.
    pub template: TemplateRef,
    /// Its dot, and its `$`.
    pub dot: Value,
    /// Whether it counts in [`Templates::nested`] of its name until it has ended.
    pub counted: bool,
    /// Makes the function's result of the output.
    pub finish: fn(&mut Context<'_>, &[u8]) -> Result<Value, CallError>,
    /// What the function puts before an error of the execution; nothing if it passes the error on as it is.
    pub explain: Option<Explain>,
}

/// Makes the text before an inner error, only when there is one: of `fmt.Errorf("…: %w", …)` all that stands before the `%w`.
#[derive(Clone, Copy)]
pub struct Explain {
    /// What the text is made of.
    pub of: Value,
    /// Makes the text.
    pub text: fn(&Heap, Value) -> String,
}

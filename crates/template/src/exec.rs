//! Running programs: one loop over instructions with stacks on the heap, so that neither templates nor the functions that run them
//! recurse. What instructions do to values is in the files below; errors get their Go text in `exec/failure.rs`.
//! Source: `text/template/exec.go`.
//!
//! Each instruction knows the node it came from. A traced render is the same loop, compiled a second time with the hooks of
//! `exec/traced.rs`: an untraced one has none of them.

mod argument;
mod call;
mod failure;
mod field;
mod iterate;
mod templates;
mod traced;

pub(crate) use argument::zero;
pub(crate) use field::element;
pub use templates::Templates;

use crate::program::{Code, DYNAMIC, Op};
use crate::trace::Tracer;
use crate::tree::NodeId;
use crate::{Context, ErrorKind, ExecError, Execution, Library};
use chartwright_value::{Heap, Kind, Repr, Type, Value, format};
use failure::Failure;
use std::sync::Arc;
use templates::Shared;

/// What a map gives for a key that it has not. Source: `text/template/option.go`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MissingKey {
    /// Nothing: an invalid value (`missingkey=default`).
    #[default]
    Invalid,
    /// The zero value of the map's elements (`missingkey=zero`, what Helm uses).
    Zero,
    /// An error (`missingkey=error`, Helm's strict mode).
    Error,
}

/// How to execute.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// What a missing key gives.
    pub missing_key: MissingKey,
}

/// Templates that are run by functions, nested in each other. Go ends with its stack used up; each level here costs memory too.
const MAX_REENTRIES: u32 = 20_000;

/// Values that templates under way hold together: variables, arguments, what they iterate over. They are not on the heap.
const MAX_HELD: usize = 2 << 20;

/// A template under way.
struct Frame {
    code: Arc<Code>,
    scope: u32,
    /// The next instruction; of a waiting frame the one after its call.
    pc: u32,
    /// Where its slots begin.
    base: u32,
    /// How many `template`s this one is nested in since a function ran one.
    depth: u32,
    /// How many templates run by functions it is nested in.
    reentries: u32,
    entry: Entry,
}

/// How a template came to run.
enum Entry {
    /// By the caller of the render, or by `template`: it writes to the same output.
    Template,
    /// By a function, which takes what the template writes from here on.
    Function { start: usize, execution: Execution, function: u32 },
}

/// What renders: stacks and buffers that are kept from one render to the next, and compiled texts of functions such as `tpl`.
#[derive(Default)]
pub struct Executor {
    stack: Vec<Value>,
    slots: Vec<Value>,
    frames: Vec<Frame>,
    iterations: Vec<iterate::Iteration>,
    pairs: Vec<(Value, Value)>,
    methods: Vec<call::Method>,
    out: Vec<u8>,
    shared: Shared,
}

impl Executor {
    /// Runs a library's template and returns what it wrote. The context's heap must lie over the library's.
    ///
    /// # Errors
    /// Go's execution errors with their chain; limits of the render.
    pub fn render<'e>(
        &'e mut self,
        library: &Library,
        name: &str,
        dot: Value,
        context: &mut Context<'_>,
        options: Options,
    ) -> Result<&'e [u8], ExecError> {
        self.execute(library, name, dot, context, options, None)
    }

    /// The same, and the tracer is told where each part of the output came from: ask [`Tracer::end_file`] afterwards.
    ///
    /// # Errors
    /// See [`Executor::render`].
    pub fn render_traced<'e>(
        &'e mut self,
        library: &Library,
        name: &str,
        dot: Value,
        context: &mut Context<'_>,
        options: Options,
        tracer: &mut Tracer,
    ) -> Result<&'e [u8], ExecError> {
        tracer.begin_file(context.heap);
        context.marks.get_or_insert_default();
        self.execute(library, name, dot, context, options, Some(tracer))
    }

    fn execute<'e>(
        &'e mut self,
        library: &Library,
        name: &str,
        dot: Value,
        context: &mut Context<'_>,
        options: Options,
        tracer: Option<&mut Tracer>,
    ) -> Result<&'e [u8], ExecError> {
        self.stack.clear();
        self.slots.clear();
        self.frames.clear();
        self.iterations.clear();
        self.pairs.clear();
        self.methods.clear();
        self.out.clear();
        self.shared.begin(library);
        context.heap.set_limit(context.budget.limits.heap_bytes);
        let Some(code) = library.templates.get(name.as_bytes()) else {
            return Err(ExecError {
                message: format!("template: no template {} associated with template", chartwright_go::quote::quoted(name.as_bytes())),
                levels: Vec::new(),
                kind: ErrorKind::NoTemplate,
                hint: None,
            });
        };
        let traced = tracer.is_some();
        let mut machine = Machine { exec: self, library, context, options, visited: DYNAMIC, tracer };
        let entered = machine.enter(code.clone(), 0, dot, Entry::Template);
        match entered.and_then(|()| if traced { machine.run::<true>() } else { machine.run::<false>() }) {
            Ok(()) => Ok(&self.out),
            Err(failure) => Err(machine.error(failure)),
        }
    }
}

/// One render under way.
struct Machine<'m, 'c> {
    exec: &'m mut Executor,
    library: &'m Library,
    context: &'m mut Context<'c>,
    options: Options,
    /// The node visited last, where only the execution knows.
    visited: NodeId,
    /// There if and only if the loop that runs is the traced one.
    tracer: Option<&'m mut Tracer>,
}

type Run<T> = Result<T, Box<Failure>>;

impl Machine<'_, '_> {
    fn enter(&mut self, code: Arc<Code>, scope: u32, dot: Value, entry: Entry) -> Run<()> {
        let base = self.exec.slots.len();
        if base + code.slots as usize + self.exec.stack.len() + 2 * self.exec.pairs.len() > MAX_HELD {
            return Err(Failure::limit("templates hold too many values"));
        }
        self.exec.slots.resize(base + code.slots as usize, Value::INVALID);
        self.exec.slots[base] = dot;
        let (depth, reentries) = match (self.exec.frames.last(), &entry) {
            (None, _) => (0, 0),
            (Some(outer), Entry::Template) => (outer.depth + 1, outer.reentries),
            (Some(outer), Entry::Function { .. }) => (0, outer.reentries + 1),
        };
        if self.tracer.is_some() {
            self.trace_enter(&code, matches!(entry, Entry::Template));
        }
        self.exec.frames.push(Frame { code, scope, pc: 0, base: base as u32, depth, reentries, entry });
        Ok(())
    }

    fn run<const TRACED: bool>(&mut self) -> Run<()> {
        while let Some(frame) = self.exec.frames.last() {
            let (code, base, pc) = (frame.code.clone(), frame.base as usize, frame.pc as usize);
            self.run_frame::<TRACED>(&code, base, pc)?;
        }
        Ok(())
    }

    /// Runs the topmost frame until it calls, or has ended.
    fn run_frame<const TRACED: bool>(&mut self, code: &Code, base: usize, mut pc: usize) -> Run<()> {
        loop {
            if TRACED {
                self.trace_joins(code, base, pc);
            }
            let op = code.ops[pc];
            pc += 1;
            match self.step::<TRACED>(code, base, &mut pc, op) {
                Ok(false) => {}
                Ok(true) => return Ok(()),
                Err(failure) => {
                    // A template that has ended is gone: what fails then is the call that it returns to.
                    if !matches!(op, Op::Return) {
                        self.park(pc);
                    }
                    return Err(failure);
                }
            }
        }
    }

    /// Keeps where a frame goes on.
    fn park(&mut self, pc: usize) {
        if let Some(frame) = self.exec.frames.last_mut() {
            frame.pc = pc as u32;
        }
    }

    #[inline(always)]
    fn pop(&mut self) -> Value {
        self.exec.stack.pop().unwrap_or(Value::INVALID)
    }

    #[inline(always)]
    fn top(&self) -> Value {
        self.exec.stack.last().copied().unwrap_or(Value::INVALID)
    }

    /// Does one instruction; true if another frame is to go on.
    #[inline(always)]
    fn step<const TRACED: bool>(&mut self, code: &Code, base: usize, pc: &mut usize, op: Op) -> Run<bool> {
        match op {
            Op::Text { start, len } => {
                self.write(&code.tree.source[start as usize..(start + len) as usize])?;
                if TRACED {
                    self.trace_text(*pc - 1, start, len);
                }
            }
            Op::Constant(at) => {
                let value = code.literals[at as usize].make(self.context.heap);
                self.exec.stack.push(value);
            }
            Op::Local(slot) => self.exec.stack.push(self.exec.slots[base + slot as usize]),
            Op::Store(slot) => self.exec.slots[base + slot as usize] = self.pop(),
            Op::Keep(slot) => self.exec.slots[base + slot as usize] = self.top(),
            Op::Fields { start, len } => {
                let receiver = self.pop();
                let found = if TRACED { self.fields_traced(code, receiver, start, len)? } else { self.fields(code, receiver, start, len)? };
                self.exec.stack.push(found);
            }
            Op::LocalFields { slot, start, len } => {
                let receiver = self.exec.slots[base + slot as usize];
                let found = if TRACED { self.fields_traced(code, receiver, start, len)? } else { self.fields(code, receiver, start, len)? };
                self.exec.stack.push(found);
            }
            Op::Indirect => {
                if let Some(top) = self.exec.stack.last_mut() {
                    *top = if top.kind() == Kind::Nil { Value::INVALID.with_label(top.label()) } else { top.as_concrete() };
                }
            }
            Op::Print => {
                let value = self.pop();
                let start = self.exec.out.len();
                self.print(value)?;
                if TRACED {
                    self.trace_print(code, *pc - 1, value, start);
                }
            }
            Op::Drop => {
                self.pop();
            }
            Op::Nip => {
                let top = self.pop();
                self.pop();
                self.exec.stack.push(top);
            }
            Op::Jump(target) => *pc = target as usize,
            Op::JumpUnless(target) => {
                let value = self.pop();
                if TRACED {
                    self.trace_block(code, base, *pc - 1, value);
                }
                if !self.context.heap.is_true(value) {
                    *pc = target as usize;
                }
            }
            Op::With { slot, otherwise } => {
                let value = self.pop();
                if TRACED {
                    self.trace_block(code, base, *pc - 1, value);
                }
                if self.context.heap.is_true(value) {
                    self.exec.slots[base + slot as usize] = value;
                } else {
                    *pc = otherwise as usize;
                }
            }
            Op::Range { range, otherwise } => {
                let value = self.pop();
                if TRACED {
                    self.trace_block(code, base, *pc - 1, value);
                }
                if !self.begin(value, code.ranges[range as usize].pair)? {
                    *pc = otherwise as usize;
                } else if TRACED {
                    self.trace_pairs(value);
                }
            }
            Op::Next { range, exit } => {
                self.spend(2)?;
                if !self.advance(base, code.ranges[range as usize]) {
                    *pc = exit as usize;
                } else if TRACED {
                    self.trace_round(code, base, range);
                }
            }
            Op::Leave => self.leave(),
            Op::Check { function, param } => self.check(function, param)?,
            Op::Rotate(count) => {
                let from = self.exec.stack.len().saturating_sub(count as usize);
                self.exec.stack[from..].rotate_left(1);
            }
            Op::Call { function, count } => {
                self.spend(4)?;
                return if TRACED { self.call_traced(function, count as usize, *pc) } else { self.call(function, count as usize, *pc) };
            }
            Op::Logic { or, decided } => {
                let blame = code.nodes[*pc - 1];
                if blame != DYNAMIC {
                    self.visited = blame;
                }
                let value = self.top();
                if self.context.heap.is_true(value) == or {
                    *pc = decided as usize;
                } else {
                    self.pop();
                    if TRACED {
                        self.trace_logic(*pc - 1, decided, value);
                    }
                }
            }
            Op::Visit => self.visited = code.nodes[*pc - 1],
            Op::Method { ident, count, piped, nothing } => {
                if !self.begin_method(code, ident, count, piped)? {
                    *pc = nothing as usize;
                }
            }
            Op::MethodCheck(param) => self.check_method(param)?,
            Op::MethodConstant { node, param } => {
                let value = self.method_literal(code, node, param)?;
                self.exec.stack.push(value);
            }
            Op::MethodCall(count) => self.call_method(count as usize)?,
            Op::Template(name) => {
                self.find(code, name)?;
                let depth = self.exec.frames.last().map_or(0, |frame| frame.depth as usize);
                let limit = self.context.budget.limits.template_depth;
                if depth >= limit {
                    return Err(Failure::message(format!("exceeded maximum template depth ({limit})")));
                }
            }
            Op::Invoke(name) => {
                let template = self.find(code, name)?;
                let dot = self.pop();
                self.spend(8)?;
                self.park(*pc);
                self.enter(template.code, template.scope, dot, Entry::Template)?;
                return Ok(true);
            }
            Op::NotCallable { node, count } => return Err(self.not_callable(code, node, count)),
            Op::Fail(message) => return Err(Failure::message(code.messages[message as usize].clone())),
            Op::Return => {
                self.finish()?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn find(&self, code: &Code, name: u32) -> Run<crate::TemplateRef> {
        let name = &code.tree.strings[name as usize];
        let scope = self.exec.frames.last().map_or(0, |frame| frame.scope);
        self.exec
            .shared
            .find(self.library, scope, name)
            .ok_or_else(|| Failure::message(format!("template {} not defined", chartwright_go::quote::quoted(name))))
    }

    /// Ends the topmost frame, and hands its output to the function that asked for it.
    fn finish(&mut self) -> Run<()> {
        let Some(frame) = self.exec.frames.pop() else { return Ok(()) };
        self.exec.slots.truncate(frame.base as usize);
        if let Some(tracer) = &mut self.tracer {
            tracer.stack.pop();
        }
        let Entry::Function { start, execution, function } = frame.entry else { return Ok(()) };
        if execution.counted {
            self.exec.shared.uncount(frame.code.name_id);
        }
        let output = self.exec.out.get(start..).unwrap_or(b"");
        let result = (execution.finish)(self.context, output);
        let value = self.returned(function, result)?;
        let value = if self.tracer.is_some() {
            let output = std::mem::take(&mut self.exec.out);
            let value = self.trace_result(start, output.get(start..).unwrap_or(b""), value);
            self.exec.out = output;
            value
        } else {
            value
        };
        self.exec.out.truncate(start);
        self.exec.stack.push(value);
        Ok(())
    }

    fn spend(&mut self, steps: u64) -> Run<()> {
        if self.context.budget.spend(steps) { Ok(()) } else { Err(Failure::limit("the render takes too many steps")) }
    }

    #[inline(always)]
    fn write(&mut self, bytes: &[u8]) -> Run<()> {
        self.exec.out.extend_from_slice(bytes);
        self.check_output()
    }

    #[inline(always)]
    fn check_output(&self) -> Run<()> {
        if self.exec.out.len() > self.context.budget.limits.output_bytes {
            return Err(Failure::limit("the render writes too much"));
        }
        Ok(())
    }

    #[inline]
    fn print(&mut self, value: Value) -> Run<()> {
        print(self.context.heap, value, &mut self.exec.out).map_err(|_| Failure::limit("a value is too large to be written"))?;
        self.check_output()
    }
}

/// Writes a value as an action does. Source: `printValue` and `printableValue`.
#[inline]
pub(crate) fn print(heap: &Heap, value: Value, out: &mut Vec<u8>) -> Result<(), format::TooLarge> {
    match value.repr() {
        Repr::String(_) if value.ty() != Type::BYTES => out.extend_from_slice(heap.str(value)),
        Repr::Invalid | Repr::Nil => out.extend_from_slice(b"<no value>"),
        Repr::Bool(b) => out.extend_from_slice(if b { b"true" } else { b"false" }),
        _ => {
            let start = out.len();
            match heap.object(value) {
                // The address of what was in no `interface {}` can be taken, and with it the pointer's `String`.
                Some(object) if !value.is_boxed() => object.format(out),
                _ => format::print_value(heap, value, out)?,
            }
            // Go writes what a pointer points to.
            if matches!(value.repr(), Repr::Object(_)) && out.get(start) == Some(&b'&') && heap.type_name(value).starts_with('*') {
                out.remove(start);
            }
        }
    }
    Ok(())
}

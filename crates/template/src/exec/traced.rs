//! What a traced render does beside each instruction: labels of values, conditions of branches, pieces of the output.

use super::{Machine, Run};
use crate::program::Code;
use crate::table::Row;
use crate::trace::{Control, Keys, Tracing};
use crate::{CallError, Reentry, Templates};
use chartwright_value::{Heap, Kind, Label, Value};
use std::sync::Arc;

impl Machine<'_, '_> {
    /// Begins a run of a template, which writes to the output of the one that calls it, or to one of its own.
    pub(super) fn trace_enter(&mut self, code: &Arc<Code>, goes_on: bool) {
        let op = self.exec.frames.last().map_or(0, |frame| frame.pc.saturating_sub(1));
        let Some(tracer) = &mut self.tracer else { return };
        let within = self.exec.frames.last().filter(|_| goes_on).and_then(|caller| {
            let node = *caller.code.nodes.get(op as usize)?;
            let here = || (!caller.code.tree.begins_line(node)).then_some(self.exec.out.len() as u32);
            tracer.is_within_line(&self.exec.out).or_else(here)
        });
        let caller = tracer.stack.last().copied().unwrap_or(u32::MAX);
        tracer.begin_run(code, caller, op, within);
    }

    /// Ends the blocks that the next instruction is no longer in.
    #[inline]
    pub(super) fn trace_joins(&mut self, code: &Code, base: usize, pc: usize) {
        let depth = self.exec.frames.len() as u32;
        while let Some(tracer) = &self.tracer
            && let Some(control) = tracer.controls.last()
            && control.depth == depth
            && ((pc as u32) < control.start || pc as u32 >= control.join)
        {
            self.trace_join(code, base);
        }
    }

    fn trace_join(&mut self, code: &Code, base: usize) {
        let end = self.exec.out.len();
        let Some(tracer) = &mut self.tracer else { return };
        let Some(control) = tracer.controls.pop() else { return };
        let add = control.add;
        tracer.control = control.before;
        let Some(block) = control.block.and_then(|block| code.blocks.get(block as usize)) else {
            // The value that `and` or `or` has given depends on those that did not decide.
            if let Some(top) = self.exec.stack.last_mut() {
                *top = tracer.with(*top, add);
            }
            return;
        };
        for (&slot, before) in block.assigned.iter().zip(&control.saved) {
            if let Some(value) = self.exec.slots.get_mut(base + slot as usize) {
                // Of a list that has grown, what was there before does not depend on the branch; what came has been told so.
                *value = if extends(self.context.heap, *before, *value) {
                    value.with_label(tracer.grown(value.label(), add))
                } else {
                    tracer.with(*value, add)
                };
            }
        }
        for change in block.changes_of(code, control.taken) {
            let Some(mut map) = self.exec.slots.get(base + change.slot as usize).copied() else { continue };
            for &ident in code.tree.idents(change.fields) {
                map = self.context.heap.get(map, code.tree.text(ident)).unwrap_or(Value::INVALID);
            }
            let key = change.key.map(|key| code.tree.strings[key as usize].as_slice());
            tracer.may_change(map, key, add);
        }
        if block.writes && tracer.pieces.len() == control.pieces || control.growth.0 != 0 {
            let growth = tracer.steering(control.growth);
            tracer.control = tracer.union(control.before, add);
            tracer.control = tracer.union(tracer.control, growth);
            let is_aside = !block.inline && tracer.is_within_line(&self.exec.out).is_none();
            tracer.mark(end, block.at, is_aside);
            tracer.control = control.before;
        }
        if block.leaves && add.0 != 0 {
            // What comes after it in the loop, and all further rounds, would not be there.
            let depth = control.depth;
            let open = tracer.controls.iter().rposition(|open| {
                open.depth == depth && open.block.and_then(|block| code.blocks.get(block as usize)).is_some_and(|block| block.is_loop)
            });
            if let Some(open) = open {
                let sum = tracer.controls[open].add;
                let sum = tracer.union(sum, add);
                tracer.controls[open].add = sum;
                tracer.control = tracer.union(control.before, add);
            }
        }
    }

    /// Begins the block that an instruction has decided by a value.
    pub(super) fn trace_block(&mut self, code: &Code, base: usize, at: usize, value: Value) {
        let depth = self.exec.frames.len() as u32;
        let Some(tracer) = &mut self.tracer else { return };
        let Some(number) = code.block_at(at) else { return };
        let block = &code.blocks[number as usize];
        let heap = &*self.context.heap;
        let taken = heap.is_true(value);
        tracer.took(number, taken);
        // The items of a list know themselves why they are there.
        let label = if block.is_loop && taken {
            let pending = tracer.pending_of(value, Keys::Any);
            let label = tracer.plain(value.label());
            tracer.union(label, pending)
        } else {
            tracer.truth(heap, value)
        };
        let own = tracer.text_label(|| code.tree.node_start(block.branch));
        let label = tracer.union(label, own);
        let saved =
            block.assigned.iter().map(|slot| self.exec.slots.get(base + *slot as usize).copied().unwrap_or(Value::INVALID)).collect();
        let growth = if block.is_loop { tracer.growth_of(value.label()) } else { Label(0) };
        let growth = if block.is_loop {
            let pending = tracer.pending_of(value, Keys::All);
            tracer.union(growth, pending)
        } else {
            growth
        };
        let (start, join) = (at as u32 + 1, block.join);
        if block.splits || block.parts && taken {
            let before = tracer.control;
            let steering = tracer.steering(label);
            tracer.control = tracer.union(before, steering);
            tracer.mark(self.exec.out.len(), at as u32, false);
            tracer.control = before;
        }
        tracer.open(Control { depth, start, join, add: label, block: Some(number), taken, growth, saved, ..Control::default() });
    }

    /// After a loop over a map has begun: what may have changed a key decides about its round.
    pub(super) fn trace_pairs(&mut self, map: Value) {
        let Some(tracer) = &mut self.tracer else { return };
        let Some(super::iterate::Iteration::Pairs { start, .. }) = self.exec.iterations.last() else { return };
        if map.kind() != Kind::Map || tracer.pending_of(map, Keys::There).0 == 0 {
            return;
        }
        for (key, element) in &mut self.exec.pairs[*start..] {
            let pending = tracer.pending_of(map, Keys::One(self.context.heap.str(*key)));
            *element = tracer.with(*element, pending);
        }
    }

    /// After a round of a loop has begun: what decided that there is one.
    pub(super) fn trace_round(&mut self, code: &Code, base: usize, range: u32) {
        let Some(tracer) = &mut self.tracer else { return };
        let Some(control) = tracer.controls.last() else { return };
        let (add, before) = (control.add, control.before);
        tracer.control = tracer.union(before, add);
        let slots = code.ranges[range as usize];
        let own = &mut self.exec.slots[base..];
        let element = own[slots.dot as usize];
        tracer.touch(element.label());
        let conditions = tracer.conditions_of(element.label());
        tracer.control = tracer.union(tracer.control, conditions);
        // A key is there because its value is.
        if let Some(index) = slots.index.map(|slot| &mut own[slot as usize])
            && index.kind() == Kind::String
        {
            let label = tracer.plain(element.label());
            *index = index.with_label(label);
            let steering = tracer.steering(label);
            tracer.control = tracer.union(tracer.control, steering);
        }
    }

    /// After an argument of `and` or `or` that did not decide.
    pub(super) fn trace_logic(&mut self, at: usize, decided: u32, value: Value) {
        let depth = self.exec.frames.len() as u32;
        let Some(tracer) = &mut self.tracer else { return };
        let label = tracer.truth(self.context.heap, value);
        tracer.open(Control { depth, start: at as u32 + 1, join: decided, add: label, ..Control::default() });
    }

    /// After a text of the template was written.
    pub(super) fn trace_text(&mut self, at: usize, start: u32, len: u32) {
        let end = self.exec.out.len();
        let Some(tracer) = &mut self.tracer else { return };
        tracer.write_text(end, (start as usize, (start + len) as usize), at as u32);
    }

    /// After a value was written from `start` on.
    pub(super) fn trace_print(&mut self, code: &Code, at: usize, value: Value, start: usize) {
        let end = self.exec.out.len();
        let Some(tracer) = &mut self.tracer else { return };
        let node = code.nodes[at];
        let extra = tracer.text_label(|| code.tree.node_start(node));
        let label = match value.kind() {
            Kind::List | Kind::Map => tracer.deep(self.context.heap, value),
            _ => value.label(),
        };
        let in_line = || !code.tree.begins_line(node) || tracer.is_within_line(&self.exec.out[..start]).is_some();
        let is_part = tracer.is_rope(label) && !self.exec.out[start..].contains(&b'\n') && in_line();
        tracer.print(label, extra, (start, end), at as u32, is_part);
    }

    /// Calls a function and gives its result a label; true if it runs a template first.
    pub(super) fn call_traced(&mut self, function: u32, count: usize, pc: usize) -> Run<bool> {
        let row = &self.library.functions.rows[function as usize];
        let from = self.exec.stack.len().saturating_sub(count);
        if !row.reflects {
            for arg in &mut self.exec.stack[from..] {
                *arg = if arg.is_invalid() { Value::NIL.with_label(arg.label()) } else { arg.as_concrete() };
            }
        }
        self.charge_reading(from)?;
        let mut args = match &mut self.tracer {
            Some(tracer) => std::mem::take(&mut tracer.arguments),
            None => Vec::new(),
        };
        args.clear();
        args.extend_from_slice(&self.exec.stack[from..]);
        let result = match row.row {
            Row::Native(native) => (native.call)(self.context, &args).map(Reentry::Value),
            Row::Reentrant(reentrant) => {
                let scope = self.exec.frames.last().map_or(0, |frame| frame.scope);
                let mut templates = Templates { library: self.library, shared: &mut self.exec.shared, scope };
                (reentrant.call)(self.context, &mut templates, &args)
            }
            Row::Logic { .. } | Row::Call => Err(CallError::Failed("not a function".to_owned())),
        };
        self.exec.stack.truncate(from);
        if self.exec.shared.exhausted() {
            return Err(super::Failure::limit("too much text is compiled"));
        }
        let outcome = match result {
            Ok(Reentry::Execute(execution)) => {
                self.park(pc);
                self.trace_call(pc, &args, &execution);
                self.reenter(function, execution).map(|()| true)
            }
            Ok(Reentry::Value(value)) => {
                let value = match &mut self.tracer {
                    Some(tracer) => (row.rule)(&mut Tracing { context: self.context, tracer }, &args, value),
                    None => value,
                };
                self.returned(function, Ok(value)).map(|value| {
                    self.exec.stack.push(value);
                    false
                })
            }
            Err(error) => self.returned(function, Err(error)).map(|_| false),
        };
        if let Some(tracer) = &mut self.tracer {
            tracer.arguments = args;
        }
        outcome
    }

    /// Before a function runs a template: its name and its text, wherever they came from, decide what is written. Of a text whose parts are
    /// known, each decides about what it writes itself.
    fn trace_call(&mut self, pc: usize, args: &[Value], execution: &crate::Execution) {
        let Some(tracer) = &mut self.tracer else { return };
        let text = execution.explain.map_or(Label(0), |explain| explain.of.label());
        let mut steering = Label(0);
        if let Some(frame) = self.exec.frames.last()
            && let Some(&node) = frame.code.nodes.get(pc - 1)
        {
            let own = tracer.text_label(|| frame.code.tree.node_start(node));
            steering = tracer.steering(own);
        }
        let has_parts = tracer.is_rope(text);
        for arg in args.iter().filter(|arg| arg.kind() == Kind::String && !(has_parts && arg.label() == text)) {
            let own = tracer.steering(arg.label());
            steering = tracer.join(steering, own);
        }
        tracer.next_text = text;
        tracer.calls.push((tracer.pieces.len(), steering));
    }

    /// Labels the result of a function whose template has ended: what the template wrote.
    pub(super) fn trace_result(&mut self, start: usize, output: &[u8], result: Value) -> Value {
        let Some(tracer) = &mut self.tracer else { return result };
        let Some((from, steering)) = tracer.calls.pop() else { return result };
        let pieces = tracer.take(from, start);
        let written = self.context.heap.str(result);
        let pieces = if written == output { pieces } else { crate::trace::realign(&pieces, output, written) };
        let label = tracer.rope_of(pieces);
        tracer.with(result.with_label(label), steering)
    }

    /// Labels what a method has given.
    pub(super) fn trace_method(&mut self, receiver: Label, args: &[Value], result: Value) -> Value {
        let Some(tracer) = &mut self.tracer else { return result };
        let mut label = receiver;
        for arg in args {
            let own = tracer.deep(self.context.heap, *arg);
            label = tracer.join(label, own);
        }
        tracer.with(result, label)
    }

    /// Follows a chain of names with what their values came from.
    pub(super) fn fields_traced(&mut self, code: &Code, mut receiver: Value, start: u32, len: u32) -> Run<Value> {
        let mut parent = None;
        for ident in start..start + len {
            let name = code.tree.text(code.tree.idents[ident as usize]);
            let found = self.fields(code, receiver, ident, 1).map_err(|mut failure| {
                self.explain_nil(&mut failure, parent, code, ident);
                if let Some(tracer) = &mut self.tracer {
                    tracer.touch(receiver.label());
                }
                failure
            })?;
            parent = Some(receiver);
            if let Some(tracer) = &mut self.tracer {
                let label = tracer.child(self.context.heap, receiver, name, found);
                receiver = if label == found.label() { found } else { found.with_label(label) };
            }
        }
        // What lies on the way is looked at for what it leads to alone.
        if let Some(tracer) = &mut self.tracer {
            tracer.touch(receiver.label());
        }
        Ok(receiver)
    }
}

/// Whether a list begins with the items of another.
fn extends(heap: &Heap, before: Value, after: Value) -> bool {
    if before.kind() != Kind::List || after.kind() != Kind::List {
        return false;
    }
    let (before, after) = (heap.items(before), heap.items(after));
    after.len() >= before.len() && before.iter().zip(after).all(|(a, b)| a.repr() == b.repr() && a.label() == b.label())
}

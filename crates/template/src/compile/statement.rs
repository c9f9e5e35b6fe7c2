//! Text, actions, branches, loops and template calls. Source: `text/template/exec.go`, the `walk` functions.

use super::{Compiler, Loop, Mark, Task};
use crate::program::{Op, RangeSlots};
use crate::tree::{Branch, NodeId, NodeKind, Range};

impl Compiler<'_> {
    pub(super) fn list(&mut self, list: NodeId, at: u32) {
        let NodeKind::List(range) = self.kind(list) else { return };
        let Some(&node) = self.children(range).get(at as usize) else { return };
        self.tasks.push(Task::List { list, at: at + 1 });
        self.visited = node;
        self.statement(node);
    }

    fn statement(&mut self, node: NodeId) {
        match self.kind(node) {
            NodeKind::Text(Range { start, len }) => {
                self.emit(Op::Text { start, len });
            }
            NodeKind::Action { pipe } => self.then([Task::Pipe(pipe), Task::Print { action: node }]),
            NodeKind::Branch { branch, pipe, .. } => {
                let mark = self.mark();
                let body = match branch {
                    Branch::Range => Task::RangeBody { branch: node, mark },
                    Branch::If | Branch::With => Task::Condition { branch: node, mark },
                };
                self.then([Task::Pipe(pipe), body]);
            }
            NodeKind::Template { name, pipe } => {
                self.emit(Op::Template(name));
                match pipe {
                    Some(pipe) => self.then([Task::Pipe(pipe), Task::Invoke { name, node }]),
                    None => {
                        let nothing = self.add_literal(crate::program::Literal::Value(chartwright_value::Value::INVALID));
                        self.emit(Op::Constant(nothing));
                        self.emit(Op::Invoke(name));
                    }
                }
            }
            NodeKind::Break => {
                self.leave_blocks();
                // In the `else` of a loop there is no iteration to end: Go's executor leaves only that `else`.
                if self.loops.last().is_some_and(|open| !open.in_else) {
                    self.emit(Op::Leave);
                }
                let jump = self.emit(Op::Jump(0));
                if let Some(open) = self.loops.last_mut() {
                    open.breaks.push(jump);
                }
            }
            NodeKind::Continue => {
                self.leave_blocks();
                let next = self.loops.iter().rev().find(|open| !open.in_else).map_or(0, |open| open.next);
                self.emit(Op::Jump(next));
            }
            _ => {}
        }
    }

    pub(super) fn print(&mut self, action: NodeId) {
        self.visited = action;
        let NodeKind::Action { pipe } = self.kind(action) else { return };
        let NodeKind::Pipe { declared, .. } = self.kind(pipe) else { return };
        if declared.len == 0 {
            self.emit(Op::Print);
        } else if let Some(op @ Op::Keep(_)) = self.ops.last_mut() {
            let Op::Keep(slot) = *op else { return };
            *op = Op::Store(slot);
            self.assign(slot);
        } else {
            self.emit(Op::Drop);
        }
    }

    pub(super) fn condition(&mut self, node: NodeId, mark: Mark) {
        let NodeKind::Branch { branch, list, .. } = self.kind(node) else { return };
        let after = self.mark();
        let patch = if branch == Branch::With {
            let slot = self.new_slot();
            let patch = self.emit(Op::With { slot, otherwise: 0 });
            self.dot = slot;
            patch
        } else {
            self.emit(Op::JumpUnless(0))
        };
        let block = self.open_block(node, patch, false);
        self.then([Task::List { list, at: 0 }, Task::Else { branch: node, patch, mark, after, block }]);
    }

    pub(super) fn otherwise(&mut self, node: NodeId, patch: usize, mark: Mark, after: Mark, block: usize) {
        let NodeKind::Branch { otherwise, .. } = self.kind(node) else { return };
        let Some(list) = otherwise else {
            self.patch(patch);
            self.close_block(block);
            self.restore(mark);
            return;
        };
        self.begin_else(block);
        // The pipeline's own variables are still there in the `else`; what the first list declared is not.
        self.restore(after);
        let over = self.emit(Op::Jump(0));
        self.patch(patch);
        self.then([Task::List { list, at: 0 }, Task::End { patch: over, mark, block }]);
    }

    pub(super) fn range_body(&mut self, node: NodeId, mark: Mark) {
        let NodeKind::Branch { pipe, list, .. } = self.kind(node) else { return };
        let NodeKind::Pipe { declared, .. } = self.kind(pipe) else { return };
        let slots: Vec<Option<u32>> = self.children(declared).iter().map(|&variable| self.variable_slot(variable)).collect();
        // With one variable it is the element, with two the index comes first.
        let (index, element) = match slots[..] {
            [] => (None, None),
            [element] => (None, element),
            [index, element, ..] => (index, element),
        };
        let after = self.mark();
        let dot = self.new_slot();
        self.ranges.push(RangeSlots { dot, index, element, pair: slots.len() > 1 });
        let range = self.ranges.len() - 1;
        let otherwise = self.emit(Op::Range { range: range as u32, otherwise: 0 });
        let next = self.emit(Op::Next { range: range as u32, exit: 0 });
        self.loops.push(Loop { next: next as u32, breaks: Vec::new(), otherwise, in_else: false });
        self.dot = dot;
        let block = self.open_block(node, otherwise, true);
        self.then([Task::List { list, at: 0 }, Task::RangeEnd { branch: node, mark, after, block }]);
    }

    pub(super) fn range_end(&mut self, node: NodeId, mark: Mark, after: Mark, block: usize) {
        let NodeKind::Branch { otherwise, .. } = self.kind(node) else { return };
        let Some(ended) = self.loops.pop() else { return };
        self.emit(Op::Jump(ended.next));
        self.restore(after);
        let exits = ended.breaks.into_iter().chain([ended.next as usize]);
        match otherwise {
            None => {
                exits.for_each(|exit| self.patch(exit));
                self.patch(ended.otherwise);
                self.close_block(block);
                self.restore(mark);
            }
            Some(list) => {
                self.patch(ended.otherwise);
                self.loops.push(Loop { breaks: exits.collect(), in_else: true, ..ended });
                self.then([Task::List { list, at: 0 }, Task::EndElse { mark, block }]);
            }
        }
    }

    /// The end of a loop's `else`, where all ways out of the loop meet.
    pub(super) fn else_end(&mut self, mark: Mark, block: usize) {
        let exits = self.loops.pop().map(|ended| ended.breaks).unwrap_or_default();
        exits.into_iter().for_each(|exit| self.patch(exit));
        self.close_block(block);
        self.restore(mark);
    }
}

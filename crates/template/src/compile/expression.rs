//! Pipelines, commands and operands. Source: `text/template/exec.go`, the `eval` functions.

use super::{Compiler, Task, Want};
use crate::program::{Literal, Op};
use crate::tree::{NodeId, NodeKind, Range};
use chartwright_value::Value;

const NONE: Range = Range { start: 0, len: 0 };

impl Compiler<'_> {
    pub(super) fn pipe(&mut self, node: NodeId) {
        self.visited = node;
        let NodeKind::Pipe { commands, .. } = self.kind(node) else { return };
        let tasks = self.children(commands).iter().enumerate();
        let tasks: Vec<Task> = tasks.flat_map(|(i, &node)| [Task::Command { node, piped: i > 0 }, Task::Indirect]).collect();
        self.then(tasks.into_iter().chain([Task::Declare(node)]).collect::<Vec<_>>());
    }

    /// The variables of a pipeline take its value, which stays on the stack.
    pub(super) fn declare(&mut self, node: NodeId) {
        let NodeKind::Pipe { assigns, declared, .. } = self.kind(node) else { return };
        for &variable in self.children(declared) {
            let NodeKind::Variable { idents } = self.kind(variable) else { continue };
            let Some(&name) = self.tree.idents(idents).first() else { continue };
            if !assigns {
                let slot = self.new_slot();
                self.vars.push((name, slot));
                self.emit(Op::Keep(slot));
            } else if let Some(slot) = self.slot(name) {
                self.assign(slot);
                self.emit(Op::Keep(slot));
            } else {
                self.undefined(name);
            }
        }
    }

    pub(super) fn variable_slot(&self, node: NodeId) -> Option<u32> {
        let NodeKind::Variable { idents } = self.kind(node) else { return None };
        self.slot(*self.tree.idents(idents).first()?)
    }

    fn undefined(&mut self, name: Range) {
        self.fail(format!("undefined variable: {}", String::from_utf8_lossy(self.tree.text(name))));
    }

    pub(super) fn add_literal(&mut self, literal: Literal) -> u32 {
        self.literals.push(literal);
        self.literals.len() as u32 - 1
    }

    pub(super) fn give(&mut self, literal: Literal) {
        let constant = self.add_literal(literal);
        self.emit(Op::Constant(constant));
        self.concrete = true;
    }

    pub(super) fn command(&mut self, node: NodeId, piped: bool) {
        let NodeKind::Command { args } = self.kind(node) else { return };
        let Some(&first) = self.children(args).first() else { return };
        match self.kind(first) {
            NodeKind::Field { .. } | NodeKind::Variable { .. } | NodeKind::Chain { .. } => self.operand(first, args, piped),
            NodeKind::Identifier(name) => {
                self.visited = first;
                self.call(name, node, args, piped);
            }
            NodeKind::Pipe { .. } => {
                if self.is_a_function(first, args, piped) {
                    self.pipe(first);
                }
            }
            kind => {
                self.visited = first;
                if !self.is_a_function(first, args, piped) {
                    return;
                }
                match kind {
                    NodeKind::Dot => {
                        self.emit(Op::Local(self.dot));
                        self.concrete = false;
                    }
                    NodeKind::Nil => self.fail("nil is not a command".to_owned()),
                    _ => match super::literal(self.tree, first, None) {
                        Ok(literal) => self.give(literal),
                        Err(message) => self.fail(message),
                    },
                }
            }
        }
    }

    /// False, with a failure, where what is no function is given arguments. Source: `notAFunction`.
    fn is_a_function(&mut self, first: NodeId, args: Range, piped: bool) -> bool {
        let fits = args.len <= 1 && !piped;
        if !fits {
            let first = self.tree.print(first);
            self.fail(format!("can't give argument to non-function {first}"));
        }
        fits
    }

    /// A field, a variable or a chain, perhaps a method with arguments. Source: `evalFieldNode`, `evalVariableNode`, `evalChainNode`.
    pub(super) fn operand(&mut self, node: NodeId, args: Range, piped: bool) {
        self.visited = node;
        self.concrete = false;
        match self.kind(node) {
            NodeKind::Field { idents } => {
                self.emit(Op::Local(self.dot));
                self.fields(node, idents, args, piped);
            }
            NodeKind::Variable { idents } => {
                let Some(&name) = self.tree.idents(idents).first() else { return };
                let Some(slot) = self.slot(name) else { return self.undefined(name) };
                if idents.len > 1 {
                    self.emit(Op::Local(slot));
                    self.fields(node, Range { start: idents.start + 1, len: idents.len - 1 }, args, piped);
                } else if self.is_a_function(node, args, piped) {
                    self.emit(Op::Local(slot));
                }
            }
            NodeKind::Chain { node: inner, fields } => {
                if matches!(self.kind(inner), NodeKind::Nil) {
                    let chain = self.tree.print(node);
                    return self.fail(format!("indirection through explicit nil in {chain}"));
                }
                let receiver = Task::Argument { node: inner, want: Want::Anything };
                self.then([receiver, Task::Fields { node, idents: fields, args, piped }]);
            }
            _ => {}
        }
    }

    /// The names after a receiver that is on the stack. Source: `evalFieldChain`.
    pub(super) fn fields(&mut self, node: NodeId, idents: Range, args: Range, piped: bool) {
        self.concrete = false;
        if args.len > 1 || piped {
            return self.method(node, idents, args, piped);
        }
        self.chain(idents);
    }

    pub(super) fn chain(&mut self, idents: Range) {
        let Range { start, len } = idents;
        if len == 0 {
            return;
        }
        match self.ops.last().copied() {
            Some(Op::Local(slot)) => {
                self.ops.pop();
                let blame = self.nodes.pop().unwrap_or(self.visited);
                self.emit_at(Op::LocalFields { slot, start, len }, blame);
            }
            _ => {
                self.emit(Op::Fields { start, len });
            }
        }
    }

    /// An argument. Source: `evalArg`.
    pub(super) fn argument(&mut self, node: NodeId, want: Want) {
        let kind = self.kind(node);
        if matches!(kind, NodeKind::Pipe { .. }) {
            self.visited = node;
            return self.then([Task::Pipe(node), Task::Check(want)]);
        }
        self.visited = node;
        match kind {
            NodeKind::Dot => {
                self.emit(Op::Local(self.dot));
                self.concrete = false;
                self.check(want);
            }
            NodeKind::Field { .. } | NodeKind::Variable { .. } | NodeKind::Chain { .. } => {
                self.tasks.push(Task::Check(want));
                self.operand(node, NONE, false);
            }
            NodeKind::Identifier(name) => {
                self.tasks.push(Task::Check(want));
                self.call(name, node, NONE, false);
            }
            _ => match want {
                Want::MethodParam(param) => {
                    self.emit(Op::MethodConstant { node, param });
                }
                Want::Param { function, param } => {
                    let row = &self.functions.rows[function as usize].row;
                    let param = row.signature().params.get(param as usize).copied();
                    match super::literal(self.tree, node, param) {
                        Ok(literal) => self.give(literal),
                        Err(message) => self.fail(message),
                    }
                }
                Want::Anything => self.give(Literal::Value(Value::INVALID)),
            },
        }
    }
}

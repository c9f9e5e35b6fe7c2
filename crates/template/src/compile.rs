//! From trees to programs: variables and dot become slots, functions become rows, literals take the types their parameters want.
//! Statements are in `compile/statement.rs`, expressions in `compile/expression.rs`, calls in `compile/call.rs`.
//!
//! Nothing recurses: what is still to be compiled stands on a stack of tasks. The order of tasks is the order in which Go's executor
//! visits nodes, so that the node an error blames is known here, except after `and` and `or`.

mod block;
mod call;
mod expression;
mod literal;
mod statement;

pub(crate) use call::arity_error;
pub(crate) use literal::literal;

use crate::FunctionTable;
use crate::parse::Parsed;
use crate::program::{Block, Change, Code, DYNAMIC, Literal, Op, RangeSlots};
use crate::tree::{NodeId, NodeKind, Range, Tree};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// Compiles what a text defines. The names' numbers come from the caller.
pub(crate) fn compile(parsed: Parsed, functions: &FunctionTable, mut number: impl FnMut(&[u8]) -> u32) -> Vec<Code> {
    let mut tree = parsed.tree;
    tree.places.resize_with(tree.idents.len(), AtomicU32::default);
    let tree = Arc::new(tree);
    let compiled = parsed.definitions.into_iter().map(|definition| {
        let mut compiler = Compiler::new(&tree, functions);
        compiler.run(definition.list);
        let mut decides = vec![u32::MAX; compiler.ops.len()].into_boxed_slice();
        compiler.blocks.iter().enumerate().for_each(|(number, block)| decides[block.at as usize] = number as u32);
        Code {
            name_id: number(&definition.name),
            name: definition.name.into(),
            is_empty: tree.is_empty(definition.list),
            tree: tree.clone(),
            list: definition.list,
            ops: compiler.ops,
            nodes: compiler.nodes,
            literals: compiler.literals,
            ranges: compiler.ranges,
            blocks: compiler.blocks,
            decides,
            changes: compiler.changes,
            messages: compiler.messages,
            slots: compiler.slots,
        }
    });
    compiled.collect()
}

/// The parameter that an argument is for.
#[derive(Clone, Copy)]
enum Want {
    Param {
        function: u32,
        param: u32,
    },
    MethodParam(u32),
    /// Go's nil type: anything goes.
    Anything,
}

/// What is still to be compiled.
enum Task {
    List { list: NodeId, at: u32 },
    Print { action: NodeId },
    Condition { branch: NodeId, mark: Mark },
    Else { branch: NodeId, patch: usize, mark: Mark, after: Mark, block: usize },
    RangeBody { branch: NodeId, mark: Mark },
    RangeEnd { branch: NodeId, mark: Mark, after: Mark, block: usize },
    EndElse { mark: Mark, block: usize },
    End { patch: usize, mark: Mark, block: usize },
    Invoke { name: u32, node: NodeId },
    Pipe(NodeId),
    Command { node: NodeId, piped: bool },
    Indirect,
    Declare(NodeId),
    Fields { node: NodeId, idents: Range, args: Range, piped: bool },
    Argument { node: NodeId, want: Want },
    Check(Want),
    EndLogic { piped: bool },
    Call { function: u32, args: u32, piped: bool, blame: NodeId },
    Logic { or: bool, last: bool },
    MethodCall { patch: usize, args: u32, piped: bool, blame: NodeId },
    NotCallable { callee: NodeId, count: u32, piped: bool, blame: NodeId },
}

/// What a scope returns to at its end.
#[derive(Clone, Copy)]
struct Mark {
    vars: usize,
    slot: u32,
    dot: u32,
}

/// A loop that is being compiled: where it goes on, and the jumps out of it.
struct Loop {
    next: u32,
    breaks: Vec<usize>,
    otherwise: usize,
    /// Whether its `else` is being compiled.
    in_else: bool,
}

struct Compiler<'a> {
    tree: &'a Tree,
    functions: &'a FunctionTable,
    ops: Vec<Op>,
    nodes: Vec<NodeId>,
    literals: Vec<Literal>,
    ranges: Vec<RangeSlots>,
    blocks: Vec<Block>,
    changes: Vec<Change>,
    /// The instruction behind the last one that writes, and how many have been looked at for that.
    writes: (usize, usize),
    /// The blocks that are being compiled, outermost first.
    open: Vec<usize>,
    messages: Vec<String>,
    slots: u32,
    next_slot: u32,
    vars: Vec<(Range, u32)>,
    dot: u32,
    /// The node that Go's executor would have visited last.
    visited: NodeId,
    /// Whether the value just given is known not to be an `interface {}`.
    concrete: bool,
    loops: Vec<Loop>,
    decided: Vec<Vec<usize>>,
    tasks: Vec<Task>,
}

impl<'a> Compiler<'a> {
    fn new(tree: &'a Tree, functions: &'a FunctionTable) -> Compiler<'a> {
        Compiler {
            tree,
            functions,
            ops: Vec::new(),
            nodes: Vec::new(),
            literals: Vec::new(),
            ranges: Vec::new(),
            blocks: Vec::new(),
            changes: Vec::new(),
            writes: (0, 0),
            open: Vec::new(),
            messages: Vec::new(),
            slots: 1,
            next_slot: 1,
            vars: Vec::new(),
            dot: 0,
            visited: DYNAMIC,
            concrete: false,
            loops: Vec::new(),
            decided: Vec::new(),
            tasks: Vec::new(),
        }
    }

    fn run(&mut self, list: NodeId) {
        self.visited = list;
        self.tasks.push(Task::List { list, at: 0 });
        while let Some(task) = self.tasks.pop() {
            self.task(task);
        }
        self.visited = list;
        self.emit(Op::Return);
    }

    fn task(&mut self, task: Task) {
        match task {
            Task::List { list, at } => self.list(list, at),
            Task::Print { action } => self.print(action),
            Task::Condition { branch, mark } => self.condition(branch, mark),
            Task::Else { branch, patch, mark, after, block } => self.otherwise(branch, patch, mark, after, block),
            Task::RangeBody { branch, mark } => self.range_body(branch, mark),
            Task::RangeEnd { branch, mark, after, block } => self.range_end(branch, mark, after, block),
            Task::EndElse { mark, block } => self.else_end(mark, block),
            Task::End { patch, mark, block } => {
                self.patch(patch);
                self.close_block(block);
                self.restore(mark);
            }
            Task::Invoke { name, node } => {
                self.visited = node;
                self.emit(Op::Invoke(name));
            }
            Task::Pipe(node) => self.pipe(node),
            Task::Command { node, piped } => self.command(node, piped),
            Task::Indirect => {
                if !self.concrete {
                    self.emit(Op::Indirect);
                    self.concrete = true;
                }
            }
            Task::Declare(pipe) => self.declare(pipe),
            Task::Fields { node, idents, args, piped } => self.fields(node, idents, args, piped),
            Task::Argument { node, want } => self.argument(node, want),
            Task::Check(want) => self.check(want),
            Task::Call { function, args, piped, blame } => self.call_end(function, args, piped, blame),
            Task::Logic { or, last } => self.logic_argument(or, last),
            Task::EndLogic { piped } => self.logic_end(piped),
            Task::MethodCall { patch, args, piped, blame } => self.method_end(patch, args, piped, blame),
            Task::NotCallable { callee, count, piped, blame } => {
                if piped && count > 1 {
                    self.emit(Op::Rotate(count));
                }
                self.emit_at(Op::NotCallable { node: callee, count }, blame);
            }
        }
    }

    /// Adds tasks that are to be done in this order, before all others.
    fn then(&mut self, tasks: impl IntoIterator<Item = Task, IntoIter: DoubleEndedIterator>) {
        self.tasks.extend(tasks.into_iter().rev());
    }

    fn emit(&mut self, op: Op) -> usize {
        self.emit_at(op, self.visited)
    }

    fn emit_at(&mut self, op: Op, blame: NodeId) -> usize {
        self.ops.push(op);
        self.nodes.push(blame);
        self.ops.len() - 1
    }

    fn fail(&mut self, message: String) {
        self.messages.push(message);
        self.emit(Op::Fail(self.messages.len() as u32 - 1));
    }

    /// Lets a jump go to what comes next.
    fn patch(&mut self, at: usize) {
        let here = self.ops.len() as u32;
        match &mut self.ops[at] {
            Op::Jump(target)
            | Op::JumpUnless(target)
            | Op::With { otherwise: target, .. }
            | Op::Range { otherwise: target, .. }
            | Op::Next { exit: target, .. }
            | Op::Logic { decided: target, .. }
            | Op::Method { nothing: target, .. } => *target = here,
            _ => {}
        }
    }

    fn mark(&self) -> Mark {
        Mark { vars: self.vars.len(), slot: self.next_slot, dot: self.dot }
    }

    fn restore(&mut self, mark: Mark) {
        self.vars.truncate(mark.vars);
        self.next_slot = mark.slot;
        self.dot = mark.dot;
    }

    fn new_slot(&mut self) -> u32 {
        let slot = self.next_slot;
        self.next_slot += 1;
        self.slots = self.slots.max(self.next_slot);
        slot
    }

    /// The slot of a variable: the last one declared under the name.
    fn slot(&self, name: Range) -> Option<u32> {
        let name = self.tree.text(name);
        let declared = self.vars.iter().rev().find(|&&(var, _)| self.tree.text(var) == name);
        declared.map(|&(_, slot)| slot).or((name == b"$").then_some(0))
    }

    fn children(&self, range: Range) -> &'a [NodeId] {
        self.tree.children(range)
    }

    fn kind(&self, node: NodeId) -> NodeKind {
        self.tree.kind(node)
    }
}

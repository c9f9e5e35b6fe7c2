//! Calls of functions and methods, and `and` and `or`. Source: `text/template/exec.go`, `evalCall` and `evalField`.

use super::{Compiler, Task, Want};
use crate::program::{DYNAMIC, Op};
use crate::table::{NamedRow, Row};
use crate::tree::{NodeId, Range};
use chartwright_value::{Param, Signature};

/// Go's text where a function is given another number of arguments than it takes.
pub(crate) fn arity_error(name: &str, signature: &Signature, args: u32, piped: bool) -> Option<String> {
    let count = args as usize + piped as usize;
    let params = signature.params.len();
    if signature.variadic {
        let fixed = params - 1;
        return (count < fixed).then(|| format!("wrong number of args for {name}: want at least {fixed} got {args}"));
    }
    (count != params).then(|| format!("wrong number of args for {name}: want {params} got {count}"))
}

impl Compiler<'_> {
    /// A call. `args` begins with the function itself, or is empty; `blame` is the node that a failing call names.
    pub(super) fn call(&mut self, name: Range, blame: NodeId, args: Range, piped: bool) {
        self.concrete = false;
        let text = self.tree.text(name);
        let Some(function) = self.functions.find(text) else {
            let name = chartwright_go::quote::quoted(text);
            return self.fail(format!("{name} is not a defined function"));
        };
        let &NamedRow { name, row, .. } = &self.functions.rows[function as usize];
        let nodes = self.children(args).get(1..).unwrap_or(&[]);
        let count = nodes.len() as u32;
        if let Some(message) = arity_error(name, row.signature(), count, piped) {
            return self.fail(message);
        }
        self.note_change(name, nodes);
        let last = row.signature().params.len().saturating_sub(1) as u32;
        let arguments = nodes.iter().enumerate().map(|(i, &node)| {
            let param = (i as u32).min(last);
            Task::Argument { node, want: Want::Param { function, param } }
        });
        let tasks: Vec<Task> = match row {
            Row::Logic { or } => {
                self.decided.push(Vec::new());
                let each = arguments.enumerate().flat_map(|(i, argument)| {
                    let last = i + 1 == nodes.len() && !piped;
                    [argument, Task::Logic { or, last }]
                });
                each.chain([Task::EndLogic { piped }]).collect()
            }
            Row::Call => {
                let callee = nodes.first().copied().unwrap_or(DYNAMIC);
                arguments.chain([Task::NotCallable { callee, count: count + piped as u32, piped, blame }]).collect()
            }
            Row::Native(_) | Row::Reentrant(_) => arguments.chain([Task::Call { function, args: count, piped, blame }]).collect(),
        };
        self.then(tasks);
    }

    pub(super) fn call_end(&mut self, function: u32, args: u32, piped: bool, blame: NodeId) {
        let count = args + piped as u32;
        let signature = *self.functions.rows[function as usize].row.signature();
        if piped {
            if args > 0 {
                self.emit(Op::Rotate(count));
            }
            let last = signature.params.len().saturating_sub(1) as u32;
            self.check(Want::Param { function, param: args.min(last) });
        }
        self.emit_at(Op::Call { function, count }, blame);
        self.concrete = !matches!(signature.result, Param::Any | Param::Reflect | Param::Error);
    }

    /// Checks the value on the stack, where its type could be wrong.
    pub(super) fn check(&mut self, want: Want) {
        match want {
            Want::Anything => {}
            Want::Param { function, param } => {
                let signature = self.functions.rows[function as usize].row.signature();
                if !matches!(signature.params.get(param as usize), None | Some(Param::Any | Param::Reflect)) {
                    self.emit(Op::Check { function, param });
                }
            }
            Want::MethodParam(param) => {
                self.emit(Op::MethodCheck(param));
            }
        }
        self.concrete = false;
    }

    pub(super) fn logic_argument(&mut self, or: bool, last: bool) {
        if last {
            if self.visited != DYNAMIC {
                self.emit(Op::Visit);
            }
            return;
        }
        let jump = self.emit(Op::Logic { or, decided: 0 });
        if let Some(decided) = self.decided.last_mut() {
            decided.push(jump);
        }
    }

    pub(super) fn logic_end(&mut self, piped: bool) {
        let jumps = self.decided.pop().unwrap_or_default();
        self.concrete = false;
        if jumps.is_empty() {
            // One argument, or only the pipeline's value: there is nothing to choose.
            return;
        }
        if piped {
            // The pipeline's value lies under the arguments: it is the result if none of them decides.
            let over = self.emit(Op::Jump(0));
            jumps.into_iter().for_each(|jump| self.patch(jump));
            self.emit(Op::Nip);
            self.patch(over);
        } else {
            jumps.into_iter().for_each(|jump| self.patch(jump));
        }
        self.visited = DYNAMIC;
    }

    /// The last name of a chain, with arguments: it must be a method.
    pub(super) fn method(&mut self, node: NodeId, idents: Range, args: Range, piped: bool) {
        let receiver = Range { start: idents.start, len: idents.len.saturating_sub(1) };
        self.chain(receiver);
        let nodes = self.children(args).get(1..).unwrap_or(&[]);
        let count = nodes.len() as u32;
        let ident = idents.start + receiver.len;
        let patch = self.emit(Op::Method { ident, count, piped, nothing: 0 });
        let arguments = nodes.iter().enumerate().map(|(i, &node)| Task::Argument { node, want: Want::MethodParam(i as u32) });
        self.then(arguments.chain([Task::MethodCall { patch, args: count, piped, blame: node }]).collect::<Vec<_>>());
    }

    pub(super) fn method_end(&mut self, patch: usize, args: u32, piped: bool, blame: NodeId) {
        let count = args + piped as u32;
        if piped {
            if args > 0 {
                self.emit(Op::Rotate(count));
            }
            self.check(Want::MethodParam(args));
        }
        self.emit_at(Op::MethodCall(count), blame);
        self.patch(patch);
        self.concrete = false;
    }
}

//! Which lines of the templates a render did not reach.

use super::FileTrace;
use crate::Library;
use crate::tree::{NodeId, NodeKind, Range, Tree};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lines that were not executed: the body of a template that nobody asked for, or of a branch that was never taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreached {
    /// The template file.
    pub file: String,
    /// The first line, from 1.
    pub first: u32,
    /// The last line, from 1.
    pub last: u32,
}

impl Library {
    /// The lines that none of these executions reached. A branch in a branch that was not taken is not told again.
    pub fn unreached<'t>(&self, traces: impl IntoIterator<Item = &'t FileTrace>) -> Vec<Unreached> {
        let mut ran: FxHashSet<usize> = FxHashSet::default();
        let mut branches: FxHashSet<(usize, u32, bool)> = FxHashSet::default();
        for trace in traces {
            ran.extend(trace.runs.iter().map(|run| Arc::as_ptr(&run.code) as usize));
            branches.extend(&trace.branches);
        }
        let mut unreached = BTreeSet::new();
        for code in self.templates.values() {
            let address = Arc::as_ptr(code) as usize;
            if !ran.contains(&address) {
                unreached.extend(lines(&code.tree, code.list));
                continue;
            }
            for (number, block) in code.blocks.iter().enumerate() {
                let NodeKind::Branch { list, otherwise, .. } = code.tree.kind(block.branch) else { continue };
                let taken = |way| branches.contains(&(address, number as u32, way));
                match (taken(true), taken(false)) {
                    (false, true) => unreached.extend(lines(&code.tree, list)),
                    (true, false) => unreached.extend(otherwise.and_then(|list| lines(&code.tree, list))),
                    _ => {}
                }
            }
        }
        unreached.into_iter().collect()
    }
}

/// The lines that a list covers, blank text aside; none for a list of nothing else.
fn lines(tree: &Tree, list: NodeId) -> Option<Unreached> {
    let (mut first, mut last) = (usize::MAX, 0);
    let mut pending = vec![list];
    while let Some(node) = pending.pop() {
        match tree.kind(node) {
            NodeKind::List(range) => pending.extend_from_slice(tree.children(range)),
            NodeKind::Text(text) => {
                let (start, end) = chartwright_go::strings::space_trimmed(tree.text(text));
                if start < end {
                    first = first.min(text.start as usize + start);
                    last = last.max(text.start as usize + end - 1);
                }
            }
            NodeKind::Branch { pipe, list, otherwise, .. } => {
                first = first.min(tree.action_start(pipe));
                last = last.max(tree.node_start(pipe));
                pending.extend([Some(list), otherwise].into_iter().flatten());
            }
            NodeKind::Action { pipe } => {
                let NodeKind::Pipe { commands, .. } = tree.kind(pipe) else { continue };
                first = first.min(tree.action_start(node));
                last = last.max(last_argument(tree, commands).unwrap_or(tree.node_start(node)));
            }
            _ => {
                first = first.min(tree.action_start(node));
                last = last.max(tree.node_start(node));
            }
        }
    }
    let line = |at: usize| tree.line_of(at) as u32 + 1;
    (first <= last).then(|| Unreached { file: tree.file.to_string(), first: line(first), last: line(last) })
}

/// Where the last argument of a pipeline's last command begins.
fn last_argument(tree: &Tree, commands: Range) -> Option<usize> {
    let NodeKind::Command { args } = tree.kind(*tree.children(commands).last()?) else { return None };
    Some(tree.node_start(*tree.children(args).last()?))
}

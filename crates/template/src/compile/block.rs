//! What a traced render knows of branches beforehand: what the way not taken would have assigned and changed.

use super::{Compiler, Task};
use crate::program::{Block, Change, Op};
use crate::tree::{NodeId, NodeKind, Range};

/// Functions that change their first argument.
const CHANGING: &[&str] = &["set", "unset", "merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite"];

/// How many nodes behind a branch are looked at for what goes on in the line before it.
const MOST_NEXT: usize = 32;

/// What a way of a branch writes first, as far as its text tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    Break,
    Text,
    Unknown,
}

impl Compiler<'_> {
    /// Begins a block that the instruction `at` decides.
    pub(super) fn open_block(&mut self, branch: NodeId, at: usize, is_loop: bool) -> usize {
        let inline = if self.tree.begins_line(branch) { self.continues_line(branch) } else { !self.writes_lines(branch) };
        let splits = self.splits_line(branch);
        let parts = !inline && self.next_begins() == Begins::Text;
        self.blocks.push(Block {
            at: at as u32,
            branch,
            join: 0,
            outer: self.next_slot,
            assigned: Vec::new(),
            changes: Range { start: self.changes.len() as u32, len: 0 },
            otherwise: u32::MAX,
            leaves: false,
            is_loop,
            writes: false,
            inline,
            splits,
            parts,
        });
        self.open.push(self.blocks.len() - 1);
        self.blocks.len() - 1
    }

    /// Whether what a branch writes begins with a line break.
    fn writes_lines(&self, branch: NodeId) -> bool {
        self.beginnings(branch).all(|begins| begins == Begins::Break)
    }

    /// Whether what a branch writes begins with text that belongs to the line before it. Where lines end in `\r\n`, a line break that a
    /// function writes changes the line before it too.
    fn continues_line(&self, branch: NodeId) -> bool {
        self.beginnings(branch).any(|begins| begins == Begins::Text || begins == Begins::Unknown && self.ends_lines_otherwise())
    }

    /// Whether one way of a branch goes on in the line before it, and another ends it.
    fn splits_line(&self, branch: NodeId) -> bool {
        let any = |wanted| self.beginnings(branch).any(|begins| begins == wanted);
        any(Begins::Break) && any(Begins::Text) || any(Begins::Unknown) && self.ends_lines_otherwise()
    }

    /// Whether the template's lines end in another way than those that functions write.
    fn ends_lines_otherwise(&self) -> bool {
        self.tree.source.contains(&b'\r')
    }

    /// What each way of a branch begins with.
    fn beginnings(&self, branch: NodeId) -> impl Iterator<Item = Begins> {
        let ways = match self.kind(branch) {
            NodeKind::Branch { list, otherwise, .. } => [Some(list), otherwise],
            _ => [None, None],
        };
        ways.into_iter().flatten().map(|list| self.beginning(list))
    }

    fn beginning(&self, list: NodeId) -> Begins {
        let NodeKind::List(range) = self.kind(list) else { return Begins::Unknown };
        self.children(range).iter().find_map(|child| self.node_begins(*child)).unwrap_or(Begins::Unknown)
    }

    /// What a node of a list writes first; nothing for one that writes nothing.
    fn node_begins(&self, node: NodeId) -> Option<Begins> {
        let begins = match self.kind(node) {
            NodeKind::Text(text) if begins_with_break(self.tree.text(text)) => Begins::Break,
            NodeKind::Text(_) => Begins::Text,
            NodeKind::Action { pipe } => match self.kind(pipe) {
                // What is assigned writes nothing.
                NodeKind::Pipe { declared, .. } if declared.len > 0 => return None,
                // The margin of the first line, even where a line break follows at once.
                NodeKind::Pipe { commands, .. } if self.ends_in(commands, b"indent") => Begins::Text,
                _ => Begins::Unknown,
            },
            _ => Begins::Unknown,
        };
        Some(begins)
    }

    /// What is written first after the branch that begins here, if the branches that follow it write nothing.
    fn next_begins(&self) -> Begins {
        // The lists that are under way, innermost first, each with the node that comes next.
        let rests = self.tasks.iter().rev().filter_map(|task| match task {
            Task::List { list, at } => match self.kind(*list) {
                NodeKind::List(range) => self.children(range).get(*at as usize..),
                _ => None,
            },
            _ => None,
        });
        let next = rests.flatten().take(MOST_NEXT).find_map(|node| match self.kind(*node) {
            NodeKind::Branch { .. } => None,
            _ => self.node_begins(*node),
        });
        next.unwrap_or(Begins::Unknown)
    }

    /// Whether the last command of a pipeline calls this function.
    fn ends_in(&self, commands: Range, function: &[u8]) -> bool {
        let Some(NodeKind::Command { args }) = self.children(commands).last().map(|last| self.kind(*last)) else { return false };
        let called = self.children(args).first().map(|first| self.kind(*first));
        matches!(called, Some(NodeKind::Identifier(name)) if self.tree.text(name) == function)
    }

    /// The `else` of a block begins.
    pub(super) fn begin_else(&mut self, block: usize) {
        self.blocks[block].otherwise = self.changes.len() as u32;
    }

    /// Ends a block: all its ways meet here.
    pub(super) fn close_block(&mut self, block: usize) {
        let (last, looked) = self.writes;
        let writing = |op: &Op| matches!(op, Op::Text { .. } | Op::Print | Op::Invoke(_));
        let last = self.ops[looked..].iter().rposition(writing).map_or(last, |at| looked + at + 1);
        self.writes = (last, self.ops.len());
        let ended = &mut self.blocks[block];
        ended.writes = last > ended.at as usize;
        ended.join = self.ops.len() as u32;
        ended.changes.len = self.changes.len() as u32 - ended.changes.start;
        ended.otherwise = ended.otherwise.min(self.changes.len() as u32);
        // Blocks nest, so it is the last one.
        if self.open.last() == Some(&block) {
            self.open.pop();
        } else {
            self.open.retain(|open| *open != block);
        }
    }

    /// A variable that is assigned in all blocks that are open.
    pub(super) fn assign(&mut self, slot: u32) {
        // What an inner block assigns, those around it do too.
        for &open in self.open.iter().rev() {
            let block = &mut self.blocks[open];
            // One of its own.
            if slot >= block.outer {
                break;
            }
            if block.assigned.len() >= Block::MOST_ASSIGNED || block.assigned.contains(&slot) {
                break;
            }
            block.assigned.push(slot);
        }
    }

    /// A `break` or `continue` in the blocks up to the innermost loop.
    pub(super) fn leave_blocks(&mut self) {
        for &open in self.open.iter().rev() {
            if self.blocks[open].is_loop {
                break;
            }
            self.blocks[open].leaves = true;
        }
    }

    /// A call that may change a map which is known by its name.
    pub(super) fn note_change(&mut self, function: &str, arguments: &[NodeId]) {
        if self.open.is_empty() || !CHANGING.contains(&function) {
            return;
        }
        let nothing = Range { start: 0, len: 0 };
        let receiver = match arguments.first().map(|node| self.kind(*node)) {
            Some(NodeKind::Dot) => Some((self.dot, nothing)),
            Some(NodeKind::Field { idents }) => Some((self.dot, idents)),
            Some(NodeKind::Variable { idents }) => {
                let slot = self.tree.idents(idents).first().and_then(|name| self.slot(*name));
                slot.map(|slot| (slot, Range { start: idents.start + 1, len: idents.len.saturating_sub(1) }))
            }
            _ => None,
        };
        let Some((slot, fields)) = receiver else { return };
        let key = match arguments.get(1).map(|node| self.kind(*node)) {
            Some(NodeKind::String { text, .. }) if matches!(function, "set" | "unset") => Some(text),
            _ => None,
        };
        self.changes.push(Change { slot, fields, key });
    }
}

fn begins_with_break(text: &[u8]) -> bool {
    text.starts_with(b"\n") || text.starts_with(b"\r\n")
}

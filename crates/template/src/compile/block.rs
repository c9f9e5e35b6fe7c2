//! What a traced render knows of branches beforehand: what the way not taken would have assigned and changed.

use super::Compiler;
use crate::program::{Block, Change, Op};
use crate::tree::{NodeId, NodeKind, Range};

/// Functions that change their first argument.
const CHANGING: &[&str] = &["set", "unset", "merge", "mergeOverwrite", "mustMerge", "mustMergeOverwrite"];

impl Compiler<'_> {
    /// Begins a block that the instruction `at` decides.
    pub(super) fn open_block(&mut self, branch: NodeId, at: usize, is_loop: bool) -> usize {
        let inline = if self.tree.begins_line(branch) { self.continues_line(branch) } else { !self.writes_lines(branch) };
        let splits = self.splits_line(branch);
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
        });
        self.open.push(self.blocks.len() - 1);
        self.blocks.len() - 1
    }

    /// Whether what a branch writes begins with a line break.
    fn writes_lines(&self, branch: NodeId) -> bool {
        self.first_texts(branch).all(|text| text.is_some_and(begins_with_break))
    }

    /// Whether what a branch writes begins with text that belongs to the line before it. Where lines end in `\r\n`, a line break that a
    /// function writes changes the line before it too.
    fn continues_line(&self, branch: NodeId) -> bool {
        self.first_texts(branch).any(|text| text.map_or_else(|| self.ends_lines_otherwise(), |text| !begins_with_break(text)))
    }

    /// Whether one way of a branch goes on in the line before it, and another ends it.
    fn splits_line(&self, branch: NodeId) -> bool {
        let any = |wanted: Option<bool>| self.first_texts(branch).any(|text| text.map(begins_with_break) == wanted);
        any(Some(true)) && any(Some(false)) || any(None) && self.ends_lines_otherwise()
    }

    /// Whether the template's lines end in another way than those that functions write.
    fn ends_lines_otherwise(&self) -> bool {
        self.tree.source.contains(&b'\r')
    }

    /// The text that each way of a branch begins with; nothing for a way that begins with an action.
    fn first_texts(&self, branch: NodeId) -> impl Iterator<Item = Option<&[u8]>> {
        let ways = match self.kind(branch) {
            NodeKind::Branch { list, otherwise, .. } => [Some(list), otherwise],
            _ => [None, None],
        };
        ways.into_iter().flatten().map(|list| {
            let NodeKind::List(range) = self.kind(list) else { return None };
            match self.children(range).first().map(|first| self.kind(*first)) {
                Some(NodeKind::Text(text)) => Some(self.tree.text(text)),
                _ => None,
            }
        })
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

//! What one file's execution has told: pieces of its output, the template runs that wrote them, and what was read.

mod lines;

use super::rope::{ASIDE, NOWHERE, Piece, realign, spans};
use super::{PathId, Run, Tracer};
use crate::Position;
use crate::program::Op;
use crate::tree::line_starts;
use chartwright_value::Label;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

pub use lines::Lines;

/// The paths that a file's execution read, each once and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// What was looked at: a scalar's value, or whether a list or map is there, is empty, has a key. Paths that hold nothing too.
    pub touched: Box<[PathId]>,
    /// What was read with all that is in it.
    pub deep: Box<[PathId]>,
    /// Whether it changed a map that it had not made itself.
    pub writes: bool,
}

/// Where a part of an output was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The instruction's place; the column is in bytes, from zero.
    pub position: Position,
    /// The name of the template that was running.
    pub template: String,
    /// The calls that led there, outermost first.
    pub calls: Vec<Position>,
}

/// What a line, or any range, of an output came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTrace {
    /// The template position that wrote its first byte that is no blank; nothing for what no template wrote.
    pub site: Option<Site>,
    /// The paths whose values were written, or made what was written.
    pub origins: Vec<PathId>,
    /// The paths that only steered.
    pub conditions: Vec<PathId>,
}

/// A part of an output that came from one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its bytes in the output; empty for what could have written something and did not.
    pub range: Range<usize>,
    /// The paths whose values were written.
    pub origins: Vec<PathId>,
    /// The paths that only steered.
    pub conditions: Vec<PathId>,
}

/// The trace of one file's output.
#[derive(Clone, Default)]
pub struct FileTrace {
    pub(super) pieces: Box<[Piece]>,
    pub(super) runs: Box<[Run]>,
    pub(super) reads: Reads,
    /// Each branch that was reached: its code by address, its block, and whether it was taken.
    pub(super) branches: Box<[(usize, u32, bool)]>,
    /// Where the output's lines begin, once somebody has asked.
    pub(super) lines: OnceLock<Box<[u32]>>,
}

impl FileTrace {
    /// What was read.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Follows bytes that were taken out of the output after it was written.
    pub fn realign(&mut self, from: &[u8], to: &[u8]) {
        self.pieces = realign(&self.pieces, from, to).into();
        self.lines = OnceLock::new();
    }

    /// What a range of the output came from. Give a line without its line break, whose trace is that of what follows it.
    pub fn range(&self, tracer: &Tracer, output: &[u8], range: Range<usize>) -> LineTrace {
        let mut told = Told::default();
        let text = output.get(range.clone()).unwrap_or_default();
        let solid = range.start + text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
        let mut site = None;
        for (begins, piece) in self.of_line(output, &range) {
            told.take(tracer, piece);
            if site.is_none() && begins < piece.end as usize && piece.end as usize > solid {
                site = self.site(piece, output, begins, solid);
            }
        }
        LineTrace { site, origins: told.origins.iter().copied().collect(), conditions: told.conditions() }
    }

    /// A range's parts, in their order.
    pub fn parts(&self, tracer: &Tracer, range: Range<usize>) -> Vec<Part> {
        let parts = self.within(range.clone()).map(|(begins, piece)| {
            let mut told = Told::default();
            told.take(tracer, piece);
            let clamp = |at: usize| at.clamp(range.start, range.end);
            Part {
                range: clamp(begins)..clamp(piece.end as usize),
                conditions: told.conditions(),
                origins: told.origins.into_iter().collect(),
            }
        });
        parts.collect()
    }

    /// The pieces that tell of a line, or a part of one, given without its line break. Of an empty line there are the breaks around it alone.
    fn of_line(&self, output: &[u8], range: &Range<usize>) -> impl Iterator<Item = (usize, Piece)> + '_ {
        let line = range.start..=range.end;
        let around = if range.is_empty() { range.start.saturating_sub(1)..range.end + 1 } else { range.clone() };
        // What would have written lines in the midst of this one would have parted it.
        let text = output.get(range.clone()).unwrap_or_default();
        let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let midst = range.start + blanks + 1..range.end;
        self.within(around).filter(move |(begins, piece)| {
            let is_told = !piece.is_aside(*begins) || midst.contains(begins);
            is_told && (*begins < piece.end as usize || line.contains(begins))
        })
    }

    fn within(&self, range: Range<usize>) -> impl Iterator<Item = (usize, Piece)> + '_ {
        let from = self.pieces.partition_point(|piece| (piece.end as usize) < range.start);
        let begins = from.checked_sub(1).map_or(0, |before| self.pieces[before].end as usize);
        let all = spans(&self.pieces[from..]).enumerate().map(move |(at, (start, piece))| (if at == 0 { begins } else { start }, piece));
        all.take_while(move |(begins, _)| *begins <= range.end)
            .filter(move |(begins, piece)| *begins == piece.end as usize || ((piece.end as usize) > range.start && *begins < range.end))
    }

    /// Where the text begins of which a piece, beginning at `begins`, is a part: a text that was a value is written in parts.
    fn text_begins(&self, piece: Piece, begins: usize) -> usize {
        let is_part = |other: &Piece| other.frame == piece.frame && other.op & !ASIDE == piece.op & !ASIDE;
        let before = self.pieces.partition_point(|other| (other.end as usize) <= begins);
        match self.pieces[..before].iter().rposition(|other| !is_part(other)) {
            Some(other) => self.pieces[other].end as usize,
            None => 0,
        }
    }

    fn site(&self, piece: Piece, output: &[u8], begins: usize, at: usize) -> Option<Site> {
        let run = self.runs.get(piece.frame as usize)?;
        let op = (piece.op & !ASIDE) as usize;
        let (tree, node) = (&run.code.tree, *run.code.nodes.get(op)?);
        let position = match run.code.ops.get(op)? {
            Op::Text { start, len } => {
                let begins = if run.text.0 == 0 { begins } else { self.text_begins(piece, begins) };
                // A line break that is not its own was put before it (`nindent`).
                let added = output.get(begins) == Some(&b'\n') && tree.source.get(*start as usize) != Some(&b'\n');
                let begins = begins + usize::from(added);
                // As many lines below the text's begin as in the output.
                let breaks = self.lines.get_or_init(|| line_starts(output));
                let line = |at: usize| breaks.partition_point(|start| *start as usize <= at);
                let lines = line(at.max(begins)) - line(begins);
                let end = (*start + *len) as usize;
                let first = if lines == 0 { *start as usize } else { tree.line_start(tree.line_of(*start as usize) + lines).min(end) };
                let rest = &tree.source[first..end];
                let blank = if lines > 0 || begins < at { rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count() } else { 0 };
                tree.position(first + blank)
            }
            _ => tree.position(tree.action_start(node)),
        };
        let mut calls = Vec::new();
        let (mut caller, mut op) = (run.caller, run.op);
        while let Some(run) = self.runs.get(caller as usize).filter(|_| caller != NOWHERE) {
            if let Some(&node) = run.code.nodes.get(op as usize) {
                calls.push(run.code.tree.position(run.code.tree.node_start(node)));
            }
            (caller, op) = (run.caller, run.op);
        }
        calls.reverse();
        Some(Site { position, template: String::from_utf8_lossy(&run.code.name).into_owned(), calls })
    }
}

/// Paths as they are gathered.
#[derive(Default)]
struct Told {
    origins: BTreeSet<PathId>,
    steering: BTreeSet<PathId>,
    last: (Label, Label),
}

impl Told {
    fn take(&mut self, tracer: &Tracer, piece: Piece) {
        if self.last == (piece.label, piece.control) {
            return;
        }
        self.last = (piece.label, piece.control);
        self.origins.extend(tracer.origins(piece.label));
        self.steering.extend(tracer.conditions(piece.label));
        self.steering.extend(tracer.origins(piece.control));
        self.steering.extend(tracer.conditions(piece.control));
    }

    fn conditions(&self) -> Vec<PathId> {
        self.steering.difference(&self.origins).copied().collect()
    }
}

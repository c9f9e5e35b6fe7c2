//! Pieces of the output, as templates write them.

use super::label::Labels;
use super::rope::{ASIDE, NOWHERE, Piece, append};
use super::{ROPE, Rope, Run, Tracer};
use crate::program::Code;
use chartwright_value::Label;
use std::sync::Arc;

impl Tracer {
    /// `within`: see [`Run`].
    pub(crate) fn begin_run(&mut self, code: &Arc<Code>, caller: u32, op: u32, within: Option<u32>) {
        let text = std::mem::take(&mut self.next_text);
        self.stack.push(self.runs.len() as u32);
        let ways = self.ways_of(code);
        self.runs.push(Run { code: Arc::clone(code), caller, op, text, within, ways });
    }

    /// Whether the template that runs, or one that called it, was called in the middle of a line which has not ended since.
    pub(crate) fn is_within_line(&self, output: &[u8]) -> Option<u32> {
        let run = self.runs.get(*self.stack.last()? as usize)?;
        run.within.filter(|begun| !output.get(*begun as usize..).unwrap_or_default().contains(&b'\n'))
    }

    /// A piece of no length for what a branch did not write.
    pub(crate) fn mark(&mut self, end: usize, op: u32, aside: bool) {
        self.write(end, Label(0), if aside { op | ASIDE } else { op });
    }

    /// Both labels, which must not be ropes.
    #[inline]
    pub(crate) fn union(&mut self, a: Label, b: Label) -> Label {
        self.labels.union(a, b)
    }

    /// A piece that the running template writes up to `end`.
    pub(crate) fn write(&mut self, end: usize, label: Label, op: u32) {
        let frame = self.stack.last().copied().unwrap_or(NOWHERE);
        let label = self.plain(label);
        self.recent.clear();
        self.pieces.push(Piece { end: end as u32, label, control: self.control, frame, op });
    }

    /// What a value that was printed wrote, from `start` to `end`. `is_part`: a part of a line, so that what its templates left out is too.
    pub(crate) fn print(&mut self, label: Label, extra: Label, (start, end): (usize, usize), op: u32, is_part: bool) {
        if !self.is_rope(label) {
            let label = self.labels.union(label, extra);
            return self.write(end, label, op);
        }
        let frame = self.stack.last().copied().unwrap_or(NOWHERE);
        let control = self.control;
        let mut memo = (Label(u32::MAX), Label(0));
        let pieces = self.pieces_of(label, end - start);
        self.pieces.reserve(pieces.len());
        for &(mut piece) in &pieces {
            piece.end += start as u32;
            if piece.frame == NOWHERE {
                piece.frame = frame;
                piece.op = op | (piece.op & ASIDE);
            } else if is_part {
                piece.op &= !ASIDE;
            }
            piece.label = self.labels.union(piece.label, extra);
            if memo.0 != piece.control {
                memo = (piece.control, self.labels.union(piece.control, control));
            }
            piece.control = memo.1;
            self.pieces.push(piece);
        }
        self.put_back(pieces);
    }

    /// Where the text of the template that runs came from; most templates are no values.
    #[inline]
    fn own_text(&self) -> Label {
        self.stack.last().and_then(|run| self.runs.get(*run as usize)).map_or(Label(0), |run| run.text)
    }

    /// The label of a place in that text.
    #[inline]
    pub(crate) fn text_label(&mut self, place: impl FnOnce() -> usize) -> Label {
        match self.own_text() {
            Label(0) => Label(0),
            text => self.place_in_text(text, place()),
        }
    }

    fn place_in_text(&mut self, text: Label, at: usize) -> Label {
        let Some(rope) = self.rope(text) else {
            return if text.0 & ROPE != 0 { Label(0) } else { text };
        };
        let &Rope { pieces, extra, .. } = rope;
        let label = label_of(&mut self.labels, self.store.get(pieces), at, at);
        self.labels.union(label, extra)
    }

    /// What a part of that text wrote up to `end`: each piece of it came from its own part of the value.
    pub(crate) fn write_text(&mut self, end: usize, (from, to): (usize, usize), op: u32) {
        let text = self.own_text();
        let Some(rope) = self.rope(text) else {
            let label = if text.0 & ROPE != 0 { Label(0) } else { text };
            return self.write(end, label, op);
        };
        let &Rope { pieces, extra, .. } = rope;
        let mut parts = self.spare.pop().unwrap_or_default();
        append(&mut parts, end - (to - from), self.store.get(pieces), from, to);
        for part in &parts {
            let control = self.labels.as_conditions(part.control);
            let label = self.labels.union(part.label, control);
            let label = self.labels.union(label, extra);
            self.write(part.end as usize, label, op | (part.op & ASIDE));
        }
        self.put_back(parts);
    }

    /// All that a part of a text came from.
    pub(crate) fn label_of(&mut self, pieces: &[Piece], start: usize, end: usize) -> Label {
        label_of(&mut self.labels, pieces, start, end)
    }

    /// Takes what was written since a function began to run its template: the label of its result.
    pub(crate) fn take(&mut self, from: usize, start: usize) -> Vec<Piece> {
        let mut pieces = self.spare.pop().unwrap_or_default();
        let written = self.pieces.get(from..).unwrap_or_default();
        pieces.extend(written.iter().map(|piece| Piece { end: piece.end.saturating_sub(start as u32), ..*piece }));
        self.pieces.truncate(from);
        pieces
    }
}

/// All that a part of a text came from.
fn label_of(labels: &mut Labels, pieces: &[Piece], start: usize, end: usize) -> Label {
    let mut label = Label(0);
    let mut parts = Vec::new();
    append(&mut parts, 0, pieces, start, end);
    for piece in parts {
        label = labels.union(label, piece.label);
        let control = labels.as_conditions(piece.control);
        label = labels.union(label, control);
    }
    label
}

//! Ropes: which part of a text came from where. A rope is a run of pieces that cover the text from its begin to its end; pieces of no
//! length say what could have written something between two bytes and did not.

use chartwright_value::Label;

/// No frame: the piece has not been written by a template yet.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Marks an instruction whose piece of no length tells nothing about the line that it stands in.
pub(super) const ASIDE: u32 = 1 << 31;

/// A part of a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Piece {
    /// The byte after its last one.
    pub(crate) end: u32,
    /// The paths that it came from.
    pub(crate) label: Label,
    /// The paths that decided that it was written.
    pub(crate) control: Label,
    /// Which run of a template wrote it: an index of the trace's frames.
    pub(crate) frame: u32,
    /// The instruction that wrote it.
    pub(crate) op: u32,
}

impl Piece {
    /// A piece that no template has written yet.
    pub(crate) fn of(end: usize, label: Label) -> Piece {
        Piece { end: end as u32, label, control: Label(0), frame: NOWHERE, op: 0 }
    }

    /// Whether it wrote nothing and tells nothing about the line that it stands in.
    pub(super) fn is_aside(&self, begins: usize) -> bool {
        begins == self.end as usize && self.op & ASIDE != 0
    }

    fn moved(self, end: usize) -> Piece {
        Piece { end: end as u32, ..self }
    }
}

/// Where a text's pieces stand among all that a render has made.
#[derive(Clone, Copy, Default)]
pub(super) struct Pieces {
    from: u32,
    to: u32,
}

/// The pieces of all ropes, one after another: they are made by the thousand and go together.
#[derive(Default)]
pub(super) struct Store(Vec<Piece>);

impl Store {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn keep(&mut self, pieces: impl IntoIterator<Item = Piece>) -> Pieces {
        let from = self.0.len() as u32;
        self.0.extend(pieces);
        Pieces { from, to: self.0.len() as u32 }
    }

    pub(super) fn get(&self, pieces: Pieces) -> &[Piece] {
        self.0.get(pieces.from as usize..pieces.to as usize).unwrap_or_default()
    }
}

/// Each piece with where it begins.
pub(crate) fn spans(pieces: &[Piece]) -> impl Iterator<Item = (usize, Piece)> + '_ {
    let mut start = 0;
    pieces.iter().map(move |piece| {
        let begins = start;
        start = piece.end as usize;
        (begins, *piece)
    })
}

/// Appends the pieces of a part of a text to those of another, whose length is `at`.
pub(crate) fn append(to: &mut Vec<Piece>, at: usize, pieces: &[Piece], start: usize, end: usize) {
    // Pieces of no length at the cut stay: what they stand for may have decided the cut.
    for (begins, piece) in spans(pieces) {
        let piece_end = piece.end as usize;
        if piece_end < start || begins > end || (begins < piece_end && (piece_end == start || begins == end)) {
            continue;
        }
        to.push(piece.moved(at + piece_end.clamp(start, end) - start));
    }
}

/// The pieces of a text from which some bytes were taken out: of what is left each byte keeps its piece.
pub(crate) fn realign(pieces: &[Piece], from: &[u8], to: &[u8]) -> Vec<Piece> {
    let mut made = Vec::with_capacity(pieces.len());
    let (mut read, mut written) = (0, 0);
    for piece in pieces {
        while read < (piece.end as usize).min(from.len()) {
            if to.get(written) == Some(&from[read]) {
                written += 1;
            }
            read += 1;
        }
        made.push(piece.moved(written));
    }
    if let Some(last) = made.last_mut() {
        last.end = to.len() as u32;
    }
    made
}

/// The pieces of a text into which `pad` bytes were put at the begin of each line, after `before` bytes at the very begin
/// (`indent`, `nindent`). What is put in belongs to what follows it.
pub(crate) fn indented(pieces: &[Piece], text: &[u8], pad: usize, before: usize) -> Vec<Piece> {
    let mut made = Vec::with_capacity(pieces.len());
    let (mut at, mut end) = (0, before + pad);
    // Whether a line has begun whose margin stands before a byte that is still to come.
    let mut is_owed = false;
    for piece in pieces {
        let upto = (piece.end as usize).min(text.len());
        if let Some((last, inner)) = text[at.min(upto)..upto].split_last() {
            let lines = usize::from(is_owed) + inner.iter().filter(|byte| **byte == b'\n').count();
            end += inner.len() + 1 + pad * lines;
            is_owed = *last == b'\n';
        }
        at = upto;
        made.push(piece.moved(end));
    }
    if let Some(last) = made.last_mut() {
        last.end = (end + pad * usize::from(is_owed)) as u32;
    }
    made
}

/// The pieces of a text that was written as a YAML block scalar (`KEY: |-`), and how long the line is that the block begins with; nothing
/// for what is none. The margin of a line belongs to what follows it.
pub(crate) fn in_block(pieces: &[Piece], block: &[u8]) -> Option<(usize, Vec<Piece>)> {
    let head = block.iter().position(|byte| *byte == b'\n')? + 1;
    let style = block[..head].trim_ascii_end().rsplit(|byte| *byte == b' ').next()?;
    if !matches!(style, b"|" | b"|-" | b"|+") {
        return None;
    }
    let blanks = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let body = &block[head..];
    let pad = body.split(|byte| *byte == b'\n').find(|line| !line.is_empty()).map(blanks)?;
    // Of each line, where it begins in the text, in the block, and there its own bytes.
    let mut lines = Vec::new();
    let (mut read, mut at) = (0, head);
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let margin = if line == b"\n" { 0 } else { pad };
        if blanks(line) < margin {
            return None;
        }
        lines.push((read, at, at + margin));
        read += line.len() - margin;
        at += line.len();
    }
    // The last line break is the text's own or not.
    if pieces.last()?.end.abs_diff(read as u32) > 1 {
        return None;
    }
    let mut below = 0;
    let mut made: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let end = piece.end as usize;
        while lines.get(below + 1).is_some_and(|(begins, ..)| *begins <= end) {
            below += 1;
        }
        let (begins, margin, own) = *lines.get(below)?;
        made.push(piece.moved(if end == begins { margin } else { (own + end - begins).min(block.len()) }));
    }
    made.last_mut()?.end = block.len() as u32;
    Some((head, made))
}

/// The pieces of a text in which each `old` became `new`.
pub(crate) fn replaced(pieces: &[Piece], text: &[u8], old: &[u8], new: &[u8]) -> Vec<Piece> {
    let mut made = Vec::with_capacity(pieces.len());
    let mut hits = Vec::new();
    let mut at = 0;
    while !old.is_empty() && at + old.len() <= text.len() {
        if text[at..].starts_with(old) {
            hits.push(at);
            at += old.len();
        } else {
            at += 1;
        }
    }
    let mut hits = hits.into_iter().peekable();
    let mut grown = 0isize;
    for (begins, piece) in spans(pieces) {
        // A hit belongs to the piece in which it begins.
        while hits.next_if(|hit| *hit < (piece.end as usize).max(begins)).is_some() {
            grown += new.len() as isize - old.len() as isize;
        }
        made.push(piece.moved((piece.end as isize + grown).max(0) as usize));
    }
    // A hit that reaches over the end of its piece has moved the next one's begin.
    for at in 1..made.len() {
        made[at].end = made[at].end.max(made[at - 1].end);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(end: usize, label: u32) -> Piece {
        Piece::of(end, Label(label))
    }

    fn told(pieces: &[Piece]) -> Vec<(usize, u32)> {
        pieces.iter().map(|piece| (piece.end as usize, piece.label.0)).collect()
    }

    #[test]
    fn lines_that_are_indented_take_their_margin_along() {
        let pieces = [piece(2, 1), piece(3, 2), piece(3, 9), piece(5, 3)];
        // `a\nb|` and `\nc`: four bytes and one.
        assert_eq!(told(&indented(&pieces, b"a\nb\nc", 2, 1)), [(5, 1), (8, 2), (8, 9), (12, 3)]);
    }

    #[test]
    fn a_block_scalar_keeps_the_pieces_of_its_lines() {
        let pieces = [piece(2, 1), piece(3, 2), piece(4, 3), piece(6, 4)];
        // `a\n`, an empty line, `b` and `\nc`.
        let (head, made) = in_block(&pieces, b"k: |-\n  a\n\n  b\n  c\n").unwrap();
        assert_eq!((head, told(&made)), (6, vec![(10, 1), (11, 2), (14, 3), (19, 4)]));
        assert_eq!(in_block(&pieces, b"k: |-\n  a\n\n  b\n  c and more\n"), None);
        assert_eq!(in_block(&pieces, b"k: >-\n  a\n\n  b\n  c\n"), None);
    }

    #[test]
    fn a_part_takes_its_pieces() {
        let pieces = [piece(2, 1), piece(2, 9), piece(5, 2)];
        let mut made = vec![piece(10, 7)];
        append(&mut made, 10, &pieces, 2, 4);
        assert_eq!(told(&made), [(10, 7), (10, 9), (12, 2)]);
    }

    #[test]
    fn what_is_taken_out_or_replaced_moves_the_rest() {
        let pieces = [piece(3, 1), piece(6, 2)];
        assert_eq!(told(&realign(&pieces, b"a-bc-d", b"abcd")), [(2, 1), (4, 2)]);
        assert_eq!(told(&replaced(&pieces, b"a-bc-d", b"-", b"::")), [(4, 1), (8, 2)]);
    }
}

//! What the lines of an output came from, all at once: lines that came from the same share what is told of them.

use super::{FileTrace, PathId, Piece, Range, Told, Tracer};
use chartwright_value::Label;
use rustc_hash::FxHashMap;

/// Lines, and what they came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// For each line, its place in [`Lines::told`].
    pub lines: Vec<u32>,
    /// The paths that were written, and those that only steered; both sorted.
    pub told: Vec<(Vec<PathId>, Vec<PathId>)>,
}

impl FileTrace {
    /// What [`FileTrace::range`] says of each of many lines, without its place in the template.
    pub fn lines(&self, tracer: &Tracer, output: &[u8], lines: impl Iterator<Item = Range<usize>>) -> Lines {
        let mut out = Lines::default();
        let mut known: FxHashMap<Vec<(Label, Label)>, u32> = FxHashMap::default();
        let (mut pieces, mut key): (Vec<Piece>, Vec<(Label, Label)>) = (Vec::new(), Vec::new());
        for line in lines {
            pieces.clear();
            key.clear();
            for (_, piece) in self.of_line(output, &line) {
                if key.last() != Some(&(piece.label, piece.control)) {
                    key.push((piece.label, piece.control));
                    pieces.push(piece);
                }
            }
            let number = match known.get(&key) {
                Some(&number) => number,
                None => {
                    let mut told = Told::default();
                    pieces.iter().for_each(|piece| told.take(tracer, *piece));
                    let conditions = told.conditions();
                    out.told.push((told.origins.into_iter().collect(), conditions));
                    let number = out.told.len() as u32 - 1;
                    known.insert(key.clone(), number);
                    number
                }
            };
            out.lines.push(number);
        }
        out
    }
}

//! Labels joined with others, and what they say of texts and lists as wholes.

use super::label::Labels;
use super::rope::{NOWHERE, Piece, Pieces, spans};
use super::{Keys, MAX_PARTS, MAX_SPARE, PathId, ROPE, Rope, Tracer};
use chartwright_value::{Heap, Kind, Label, Value};
use std::collections::BTreeSet;

impl Tracer {
    /// The label as one set of paths, whatever its parts.
    #[inline]
    pub(crate) fn plain(&mut self, label: Label) -> Label {
        if label.0 & ROPE == 0 { label } else { self.flat(label) }
    }

    fn flat(&mut self, label: Label) -> Label {
        match self.rope(label) {
            None if label.0 & ROPE != 0 => Label(0),
            None => label,
            Some(&Rope { extra, sum, pieces, .. }) => {
                let sum = match sum {
                    Some(known) => known,
                    None => {
                        let sum = sum_of(&mut self.labels, self.store.get(pieces));
                        self.ropes[(label.0 & !ROPE) as usize].sum = Some(sum);
                        sum
                    }
                };
                self.labels.union(sum, extra)
            }
        }
    }

    /// A label with more paths.
    #[inline]
    pub(crate) fn join(&mut self, label: Label, more: Label) -> Label {
        if more.0 == 0 { label } else { self.join_some(label, more) }
    }

    fn join_some(&mut self, label: Label, more: Label) -> Label {
        let more = if more.0 & ROPE == 0 { more } else { self.plain(more) };
        if more.0 == 0 {
            return label;
        }
        match self.rope(label) {
            None if label.0 & ROPE != 0 => more,
            None => self.labels.union(label, more),
            Some(&rope) => {
                let extra = self.labels.union(rope.extra, more);
                if extra == rope.extra { label } else { self.add_rope(Rope { extra, ..rope }) }
            }
        }
    }

    /// The label as conditions.
    pub(crate) fn steering(&mut self, label: Label) -> Label {
        let plain = self.plain(label);
        self.labels.as_conditions(plain)
    }

    /// A label's conditions alone.
    #[inline]
    pub(crate) fn conditions_of(&mut self, label: Label) -> Label {
        if label.0 == 0 {
            return label;
        }
        let plain = self.plain(label);
        self.labels.only_conditions(plain)
    }

    pub(crate) fn with(&mut self, value: Value, more: Label) -> Value {
        if more.0 == 0 { value } else { value.with_label(self.join(value.label(), more)) }
    }

    fn add_rope(&mut self, rope: Rope) -> Label {
        self.ropes.push(rope);
        Label(ROPE | (self.ropes.len() as u32 - 1))
    }

    /// A label for a text of these pieces.
    pub(crate) fn rope_of(&mut self, pieces: Vec<Piece>) -> Label {
        if pieces.len() <= 1 && pieces.iter().all(|piece| piece.frame == NOWHERE) {
            return sum_of(&mut self.labels, &pieces);
        }
        let file = self.file;
        let kept = self.store.keep(pieces.iter().copied());
        self.put_back(pieces);
        self.add_rope(Rope { pieces: kept, sum: None, extra: Label(0), growth: Label(0), file })
    }

    /// The label of a list whose length more paths decide.
    pub(crate) fn grown(&mut self, label: Label, more: Label) -> Label {
        let sum = self.plain(label);
        let before = self.growth_of(label);
        let growth = self.labels.union(before, more);
        if growth.0 == 0 {
            return sum;
        }
        let file = self.file;
        self.add_rope(Rope { pieces: Pieces::default(), sum: Some(sum), extra: Label(0), growth, file })
    }

    /// What decides how long a list is.
    pub(crate) fn growth_of(&self, label: Label) -> Label {
        self.rope(label).map_or(Label(0), |rope| rope.growth)
    }

    /// What decides whether a value is empty. A text that is not is only emptied by what all its parts depend on.
    pub(crate) fn truth(&mut self, heap: &Heap, value: Value) -> Label {
        let whole = self.plain(value.label());
        let pending = self.pending_of(value, Keys::deciding(heap, value));
        let whole = self.labels.union(whole, pending);
        let parts: Vec<Label> = match value.kind() {
            Kind::String if self.is_rope(value.label()) => {
                let text = heap.str(value);
                let pieces = self.pieces_of(value.label(), text.len());
                let solid = spans(&pieces).filter(|(begins, piece)| {
                    let part = text.get(*begins..piece.end as usize).unwrap_or_default();
                    part.iter().any(|byte| !byte.is_ascii_whitespace())
                });
                let solid: Vec<Piece> = solid.map(|(_, piece)| piece).collect();
                solid.into_iter().map(|piece| self.labels.union(piece.label, piece.control)).collect()
            }
            Kind::List if self.growth_of(value.label()).0 != 0 => {
                let items: Vec<Label> = heap.items(value).iter().take(MAX_PARTS).map(|item| item.label()).collect();
                let parts: Vec<Label> = items.into_iter().map(|item| self.conditions_of(item)).collect();
                if parts.is_empty() {
                    let growth = self.growth_of(value.label());
                    return self.labels.union(whole, growth);
                }
                let common = self.common(&parts);
                return self.labels.union(whole, common);
            }
            _ => return whole,
        };
        if parts.is_empty() {
            return whole;
        }
        self.common(&parts)
    }

    /// What all of these depend on: the deepest paths that hold, or are above, a path of each.
    pub(super) fn common(&mut self, parts: &[Label]) -> Label {
        let mut common: Option<BTreeSet<PathId>> = None;
        let mut last = None;
        for &part in parts.iter().take(MAX_PARTS) {
            if last.replace(part) == Some(part) {
                continue;
            }
            let mut closed = BTreeSet::new();
            for path in self.labels.origins(part).chain(self.labels.conditions(part)) {
                let mut at = Some(path);
                while let Some(path) = at.filter(|path| *path != PathId::ROOT && closed.insert(*path)) {
                    at = self.paths.above(path);
                }
            }
            common = Some(match common {
                None => closed,
                Some(before) => before.intersection(&closed).copied().collect(),
            });
        }
        let common = common.unwrap_or_default();
        let above: BTreeSet<PathId> = common.iter().filter_map(|path| self.paths.above(*path)).collect();
        let mut label = Label(0);
        for &path in common.difference(&above) {
            label = self.with_condition(label, path);
        }
        label
    }

    /// How long the text is whose parts a label tells apart.
    pub(crate) fn rope_len(&self, label: Label) -> Option<usize> {
        self.store.get(self.rope(label)?.pieces).last().map(|last| last.end as usize)
    }

    /// A text's pieces; one piece for a text whose parts are not told apart.
    pub(crate) fn pieces_of(&mut self, label: Label, len: usize) -> Vec<Piece> {
        let Some(rope) = self.rope(label) else {
            let label = if label.0 & ROPE != 0 { Label(0) } else { label };
            return vec![Piece::of(len, label)];
        };
        let &Rope { pieces: kept, extra, file, .. } = rope;
        let known = self.store.get(kept);
        if known.last().is_none_or(|last| last.end as usize != len) {
            let plain = self.plain(label);
            return vec![Piece::of(len, plain)];
        }
        let mut pieces = self.spare.pop().unwrap_or_default();
        pieces.extend_from_slice(self.store.get(kept));
        let foreign = file != self.file;
        if extra.0 != 0 || foreign {
            for piece in &mut pieces {
                piece.label = self.labels.union(piece.label, extra);
                if foreign {
                    piece.frame = NOWHERE;
                }
            }
        }
        pieces
    }

    /// Keeps the room of pieces that are done with.
    pub(super) fn put_back(&mut self, mut pieces: Vec<Piece>) {
        if self.spare.len() < MAX_SPARE {
            pieces.clear();
            self.spare.push(pieces);
        }
    }

    /// Whether a label tells parts apart.
    pub(crate) fn is_rope(&self, label: Label) -> bool {
        label.0 & ROPE != 0
    }
}

/// All that some pieces came from.
fn sum_of(labels: &mut Labels, pieces: &[Piece]) -> Label {
    let mut sum = Label(0);
    let mut last = (Label(0), Label(0));
    for piece in pieces {
        if (piece.label, piece.control) != last {
            last = (piece.label, piece.control);
            sum = labels.union(sum, piece.label);
            let control = labels.as_conditions(piece.control);
            sum = labels.union(sum, control);
        }
    }
    sum
}

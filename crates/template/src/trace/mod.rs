//! The traced render: for each range of output bytes, the template instruction that wrote it and the paths of values that decided it.
//!
//! A value carries a [`Label`] in its handle: a set of paths ([`label`]), or a [`rope`] that says it for each part of a string. The caller
//! labels the values before the render; instructions and functions pass labels on: the executor's hooks are in `exec/traced.rs`, what
//! becomes of labels in a function is told by its [`rule`]. What was written into the output becomes a [`FileTrace`].
//!
//! Paths are told apart: an *origin* was written, or made what was written; a *condition* only steered `if`, `with`, `range`, `default`
//! and the like. Untraced renders know nothing of all this.

mod file;
mod label;
mod path;
mod reach;
mod rope;
pub(crate) mod rule;
mod text;

pub use file::{FileTrace, LineTrace, Lines, Part, Reads, Site};
pub use path::{PathId, Step};
pub use reach::Unreached;
pub(crate) use rope::realign;
pub(crate) use rule::RULES;
pub use rule::{Rule, Tracing, appended, extend, hold, index, last, last_item, mix, prepended, select, shape};
pub use text::{indented, list_joined, printed, replaced, same_length, sliced, thinned, trimmed, wrapped};

use crate::program::Code;
use chartwright_value::{Heap, Kind, Label, MapId, Repr, Value};
use label::{Labels, ROPE};
use path::Paths;
use rope::{ASIDE, NOWHERE, Piece, Pieces, append, spans};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many origins a missing key is looked for below: a map that was merged of more is told by these.
const MAX_MERGED: usize = 8;

/// When the tables hold more words than this, they are full.
const MAX_HELD: usize = 16 << 20;

/// Parts of a text, or items of a list, that are looked at for what they have in common.
const MAX_PARTS: usize = 1_000;

/// Values that one function call looks through for their labels.
const MAX_VISITED: usize = 100_000;

/// A run of a template.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) code: Arc<Code>,
    /// The run that called it, and the instruction that did.
    pub(crate) caller: u32,
    pub(crate) op: u32,
    /// Where the template's own text came from, if it was a value (`tpl`).
    pub(crate) text: Label,
}

/// A branch, a loop, or the arguments of an `and` or `or` that are under way.
pub(crate) struct Control {
    /// How many frames there were when it began.
    pub(crate) depth: u32,
    /// The instructions that belong to it.
    pub(crate) start: u32,
    pub(crate) join: u32,
    /// What it adds to all that happens in it.
    pub(crate) add: Label,
    /// What held before it.
    pub(crate) before: Label,
    /// The block of the code; nothing for `and` and `or`.
    pub(crate) block: Option<u32>,
    /// What decides how many rounds of a loop there are, and not what is in them.
    pub(crate) growth: Label,
    /// How many pieces there were when it began.
    pub(crate) pieces: usize,
    /// What the variables held that it may assign.
    pub(crate) saved: Box<[Value]>,
}

struct Rope {
    /// Of a text. A list has none: it has a rope where it grew under conditions.
    pieces: Pieces,
    /// All that its pieces came from.
    sum: Label,
    /// What came to the whole of it later.
    extra: Label,
    /// What decides how long a list is, and not what stands in it.
    growth: Label,
    /// The file whose runs its pieces name.
    file: u32,
}

/// What a map's readers have to know beyond what stands in it.
#[derive(Default)]
struct Pending {
    /// For all keys.
    whole: Label,
    keys: Vec<(Box<[u8]>, Label)>,
    /// For keys that are not there.
    absent: Label,
}

/// What traces one render after another. Labels and paths live as long as it does: see [`Tracer::is_full`].
#[derive(Default)]
pub struct Tracer {
    paths: Paths,
    labels: Labels,
    ropes: Vec<Rope>,
    pending: FxHashMap<MapId, Pending>,
    file: u32,
    /// What is read.
    touched: FxHashSet<Label>,
    deep: FxHashSet<Label>,
    pub(crate) writes: bool,
    /// Maps from this number on were made by the file under way.
    pub(crate) first_map: u32,
    pub(crate) runs: Vec<Run>,
    pub(crate) branches: FxHashSet<(usize, u32, bool)>,
    /// The runs under way, as the executor's frames.
    pub(crate) stack: Vec<u32>,
    /// For each function that runs a template: how many pieces there were, and what decided the call.
    pub(crate) calls: Vec<(usize, Label)>,
    pub(crate) controls: Vec<Control>,
    pub(crate) control: Label,
    /// What decided that the file is executed.
    given: Label,
    pub(crate) pieces: Vec<Piece>,
    /// Where the text of the template that runs next came from.
    pub(crate) next_text: Label,
    /// The arguments of the call under way.
    pub(crate) arguments: Vec<Value>,
}

impl Tracer {
    /// A tracer without paths.
    pub fn new() -> Tracer {
        Tracer::default()
    }

    /// Begins a render.
    pub fn begin(&mut self) {
        self.ropes.clear();
        self.pending.clear();
    }

    /// Whether the tables hold so much that it is time for a new tracer.
    pub fn is_full(&self) -> bool {
        self.labels.held() + 4 * self.paths.len() > MAX_HELD
    }

    /// How many paths there are.
    pub fn paths(&self) -> usize {
        self.paths.len()
    }

    /// Whether a step of a path below the first is this key.
    pub fn leads_through(&self, path: PathId, key: &[u8]) -> bool {
        self.paths.leads_through(path, key)
    }

    pub(crate) fn begin_file(&mut self, heap: &Heap) {
        self.first_map = heap.maps();
        self.file += 1;
        self.touched.clear();
        self.deep.clear();
        self.writes = false;
        self.runs.clear();
        self.branches.clear();
        self.stack.clear();
        self.calls.clear();
        self.controls.clear();
        self.control = self.given;
        self.next_text = Label(0);
        self.pieces.clear();
    }

    /// What the file that was executed last has told.
    pub fn end_file(&mut self) -> FileTrace {
        let paths = |labels: &Labels, set: &FxHashSet<Label>| -> Box<[PathId]> {
            let mut all: Vec<PathId> = set.iter().flat_map(|label| labels.origins(*label).chain(labels.conditions(*label))).collect();
            all.sort_unstable();
            all.dedup();
            all.into_boxed_slice()
        };
        let reads = Reads { touched: paths(&self.labels, &self.touched), deep: paths(&self.labels, &self.deep), writes: self.writes };
        FileTrace {
            pieces: std::mem::take(&mut self.pieces),
            runs: std::mem::take(&mut self.runs),
            reads,
            branches: std::mem::take(&mut self.branches),
            lines: std::sync::OnceLock::new(),
        }
    }

    // Paths and labels.

    /// The path of a map's key below another path.
    pub fn key(&mut self, above: PathId, key: &[u8]) -> PathId {
        self.paths.key(above, key)
    }

    /// The path of a list's item below another path.
    pub fn item(&mut self, above: PathId, at: usize) -> PathId {
        self.paths.item(above, at)
    }

    /// The path above another; none for the root.
    pub fn above(&self, path: PathId) -> Option<PathId> {
        self.paths.above(path)
    }

    /// The steps of a path, from the root.
    pub fn steps(&self, path: PathId) -> Vec<Step> {
        self.paths.steps(path)
    }

    /// The label of a value that stands under a path.
    pub fn origin(&mut self, path: PathId) -> Label {
        self.labels.origin(path)
    }

    /// A label with one more path, as a condition.
    pub fn with_condition(&mut self, label: Label, path: PathId) -> Label {
        let origin = self.labels.origin(path);
        let condition = self.labels.as_conditions(origin);
        self.labels.union(label, condition)
    }

    /// Sets what decides that the next file is executed at all.
    pub fn set_condition(&mut self, label: Label) {
        self.given = label;
    }

    /// The paths that a label says were written.
    pub fn origins(&self, label: Label) -> impl Iterator<Item = PathId> + '_ {
        self.labels.origins(self.whole_of(label))
    }

    /// The paths that a label says only steered.
    pub fn conditions(&self, label: Label) -> impl Iterator<Item = PathId> + '_ {
        self.labels.conditions(self.whole_of(label))
    }

    fn whole_of(&self, label: Label) -> Label {
        self.rope(label).map_or(label, |rope| rope.sum)
    }

    fn rope(&self, label: Label) -> Option<&Rope> {
        if label.0 & ROPE == 0 { None } else { self.ropes.get((label.0 & !ROPE) as usize) }
    }

    /// The label as one set of paths, whatever its parts.
    #[inline]
    pub(crate) fn plain(&mut self, label: Label) -> Label {
        if label.0 & ROPE == 0 { label } else { self.flat(label) }
    }

    fn flat(&mut self, label: Label) -> Label {
        match self.rope(label) {
            None if label.0 & ROPE != 0 => Label(0),
            None => label,
            Some(rope) => {
                let (sum, extra) = (rope.sum, rope.extra);
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
            Some(rope) => {
                let (pieces, sum, file, extra, growth) = (rope.pieces.clone(), rope.sum, rope.file, rope.extra, rope.growth);
                let joined = self.labels.union(extra, more);
                if joined == extra { label } else { self.add_rope(Rope { pieces, sum, extra: joined, growth, file }) }
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

    // Ropes.

    fn add_rope(&mut self, rope: Rope) -> Label {
        self.ropes.push(rope);
        Label(ROPE | (self.ropes.len() as u32 - 1))
    }

    /// A label for a text of these pieces.
    pub(crate) fn rope_of(&mut self, pieces: Vec<Piece>) -> Label {
        let mut sum = Label(0);
        let mut last = (Label(0), Label(0));
        let mut is_plain = true;
        for piece in &pieces {
            is_plain &= piece.frame == NOWHERE;
            if (piece.label, piece.control) != last {
                last = (piece.label, piece.control);
                sum = self.labels.union(sum, piece.label);
                let control = self.labels.as_conditions(piece.control);
                sum = self.labels.union(sum, control);
            }
        }
        if is_plain && pieces.len() <= 1 {
            return sum;
        }
        let file = self.file;
        self.add_rope(Rope { pieces: pieces.into(), sum, extra: Label(0), growth: Label(0), file })
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
        self.add_rope(Rope { pieces: Arc::from([]), sum, extra: Label(0), growth, file })
    }

    /// What decides how long a list is.
    pub(crate) fn growth_of(&self, label: Label) -> Label {
        self.rope(label).map_or(Label(0), |rope| rope.growth)
    }

    /// What decides whether a value is empty. A text that is not is only emptied by what all its parts depend on.
    pub(crate) fn truth(&mut self, heap: &Heap, value: Value) -> Label {
        let whole = self.plain(value.label());
        let pending = self.pending_of(value, None);
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
    fn common(&mut self, parts: &[Label]) -> Label {
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

    /// A text's pieces; one piece for a text whose parts are not told apart.
    pub(crate) fn pieces_of(&mut self, label: Label, len: usize) -> Vec<Piece> {
        let Some(rope) = self.rope(label) else {
            let label = if label.0 & ROPE != 0 { Label(0) } else { label };
            return vec![Piece::of(len, label)];
        };
        let (pieces, extra, file) = (rope.pieces.clone(), rope.extra, rope.file);
        if pieces.last().is_none_or(|last| last.end as usize != len) {
            let plain = self.plain(label);
            return vec![Piece::of(len, plain)];
        }
        let mut pieces = pieces.to_vec();
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

    /// Whether a label tells parts apart.
    pub(crate) fn is_rope(&self, label: Label) -> bool {
        label.0 & ROPE != 0
    }

    // What is written.

    pub(crate) fn begin_run(&mut self, code: &Arc<Code>, caller: u32, op: u32) {
        let text = std::mem::take(&mut self.next_text);
        self.stack.push(self.runs.len() as u32);
        self.runs.push(Run { code: Arc::clone(code), caller, op, text });
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
        self.pieces.push(Piece { end: end as u32, label, control: self.control, frame, op });
    }

    /// What a value that was printed wrote, from `start` to `end`.
    pub(crate) fn print(&mut self, label: Label, extra: Label, start: usize, end: usize, op: u32) {
        if !self.is_rope(label) {
            let label = self.labels.union(label, extra);
            return self.write(end, label, op);
        }
        let frame = self.stack.last().copied().unwrap_or(NOWHERE);
        let control = self.control;
        let mut memo = (Label(u32::MAX), Label(0));
        let pieces = self.pieces_of(label, end - start);
        self.pieces.reserve(pieces.len());
        for mut piece in pieces {
            piece.end += start as u32;
            if piece.frame == NOWHERE {
                piece.frame = frame;
                piece.op = op | (piece.op & ASIDE);
            }
            piece.label = self.labels.union(piece.label, extra);
            if memo.0 != piece.control {
                memo = (piece.control, self.labels.union(piece.control, control));
            }
            piece.control = memo.1;
            self.pieces.push(piece);
        }
    }

    /// The label of the text of a template given as a value, for a range of that text.
    pub(crate) fn text_label(&mut self, start: usize, end: usize) -> Label {
        let Some(&run) = self.stack.last() else { return Label(0) };
        let text = self.runs.get(run as usize).map_or(Label(0), |run| run.text);
        let Some(rope) = self.rope(text) else {
            return if text.0 & ROPE != 0 { Label(0) } else { text };
        };
        let (pieces, extra) = (rope.pieces.clone(), rope.extra);
        let label = self.label_of(&pieces, start, end);
        self.labels.union(label, extra)
    }

    /// All that a part of a text came from.
    pub(crate) fn label_of(&mut self, pieces: &[Piece], start: usize, end: usize) -> Label {
        let mut label = Label(0);
        let mut parts = Vec::new();
        append(&mut parts, 0, pieces, start, end);
        for piece in parts {
            label = self.labels.union(label, piece.label);
            let control = self.labels.as_conditions(piece.control);
            label = self.labels.union(label, control);
        }
        label
    }

    /// Takes what was written since a function began to run its template: the label of its result.
    pub(crate) fn take(&mut self, from: usize, start: usize) -> Vec<Piece> {
        let mut pieces = self.pieces.split_off(from);
        for piece in &mut pieces {
            piece.end = piece.end.saturating_sub(start as u32);
        }
        pieces
    }

    // What is read.

    /// What is found under a name in a value.
    pub(crate) fn child(&mut self, heap: &Heap, receiver: Value, name: &[u8], found: Value) -> Value {
        let above = receiver.label();
        if receiver.kind() != Kind::Map {
            let plain = self.plain(above);
            return self.with(found, plain);
        }
        let mut label = found.label();
        if label.0 == 0 && heap.get(receiver, name).is_none() {
            label = self.missing(above, name);
            let absent = self.absent_of(receiver);
            label = self.join(label, absent);
        }
        let steering = self.conditions_of(above);
        label = self.join(label, steering);
        let pending = self.pending_of(receiver, Some(name));
        label = self.join(label, pending);
        found.with_label(label)
    }

    /// The label of a key that is not there: setting it would matter.
    pub(crate) fn missing(&mut self, map: Label, name: &[u8]) -> Label {
        let plain = self.plain(map);
        let above: Vec<PathId> = self.labels.origins(plain).take(MAX_MERGED).collect();
        let mut label = Label(0);
        for path in above {
            let path = self.paths.key(path, name);
            let origin = self.labels.origin(path);
            label = self.labels.union(label, origin);
        }
        label
    }

    pub(crate) fn touch(&mut self, label: Label) {
        if label.0 != 0 {
            let plain = self.plain(label);
            self.touched.insert(plain);
        }
    }

    /// What may have changed a map, or one key of it, without having done so.
    #[inline]
    pub(crate) fn pending_of(&mut self, map: Value, name: Option<&[u8]>) -> Label {
        if self.pending.is_empty() || map.kind() != Kind::Map { Label(0) } else { self.pending_in(map, name) }
    }

    fn pending_in(&mut self, map: Value, name: Option<&[u8]>) -> Label {
        let Repr::Map(id) = map.repr() else { return Label(0) };
        let Some(pending) = self.pending.get(&id) else { return Label(0) };
        let mut label = pending.whole;
        let absent = if name.is_none() { pending.absent } else { Label(0) };
        let keys: Vec<Label> =
            pending.keys.iter().filter(|(key, _)| name.is_none_or(|name| **key == *name)).map(|(_, label)| *label).collect();
        for key in keys {
            label = self.labels.union(label, key);
        }
        self.labels.union(label, absent)
    }

    fn absent_of(&self, map: Value) -> Label {
        let Repr::Map(id) = map.repr() else { return Label(0) };
        self.pending.get(&id).map_or(Label(0), |pending| pending.absent)
    }

    /// Says what a map's missing keys depend on: what it was read from.
    pub(crate) fn may_hold_more(&mut self, map: Value, label: Label) {
        let Repr::Map(id) = map.repr() else { return };
        let label = self.steering(label);
        let pending = self.pending.entry(id).or_default();
        pending.absent = self.labels.union(pending.absent, label);
    }

    /// Says that a map, or one key of it, may have been changed by what these paths decided.
    pub(crate) fn may_change(&mut self, map: Value, name: Option<&[u8]>, label: Label) {
        let Repr::Map(id) = map.repr() else { return };
        let label = self.plain(label);
        if label.0 == 0 {
            return;
        }
        let pending = self.pending.entry(id).or_default();
        match name {
            None => pending.whole = self.labels.union(pending.whole, label),
            Some(name) => match pending.keys.iter_mut().find(|(key, _)| **key == *name) {
                Some((_, known)) => *known = self.labels.union(*known, label),
                None => pending.keys.push((name.into(), label)),
            },
        }
    }

    /// All that a value came from, its parts included.
    pub(crate) fn deep(&mut self, heap: &Heap, value: Value) -> Label {
        let mut label = self.plain(value.label());
        if !matches!(value.kind(), Kind::List | Kind::Map) {
            return label;
        }
        self.read_deeply(heap, value);
        let mut seen = FxHashSet::default();
        let mut stack = vec![value];
        let mut visited = 0;
        while let Some(value) = stack.pop() {
            visited += 1;
            if visited > MAX_VISITED {
                break;
            }
            let own = self.plain(value.label());
            label = self.labels.union(label, own);
            let growth = self.growth_of(value.label());
            label = self.labels.union(label, growth);
            match value.repr() {
                Repr::Map(id) if seen.insert(id) => {
                    let pending = self.pending_of(value, None);
                    label = self.labels.union(label, pending);
                    stack.extend(heap.entries(value).iter().map(|entry| entry.value));
                }
                Repr::List(_) => stack.extend_from_slice(heap.items(value)),
                _ => {}
            }
        }
        label
    }

    /// Notes that all of a value is read.
    pub(crate) fn read_deeply(&mut self, heap: &Heap, value: Value) {
        let mut seen = FxHashSet::default();
        let mut stack = vec![value];
        let mut visited = 0;
        while let Some(value) = stack.pop() {
            visited += 1;
            if visited > MAX_VISITED {
                break;
            }
            let label = self.plain(value.label());
            if label.0 != 0 {
                self.deep.insert(label);
                if self.labels.origins(label).next().is_some() {
                    continue;
                }
            }
            match value.repr() {
                Repr::Map(id) if seen.insert(id) => stack.extend(heap.entries(value).iter().map(|entry| entry.value)),
                Repr::List(_) => stack.extend_from_slice(heap.items(value)),
                _ => {}
            }
        }
    }
}

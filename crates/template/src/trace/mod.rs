//! The traced render: for each range of output bytes, the template instruction that wrote it and the paths of values that decided it.
//!
//! A value carries a [`Label`] in its handle: a set of paths ([`label`]), or a [`rope`] that says it for each part of a string. The caller
//! labels the values before the render; instructions and functions pass labels on: the executor's hooks are in `exec/traced.rs`, what
//! becomes of labels in a function is told by its [`rule`]. What was written into the output becomes a [`FileTrace`].
//!
//! Paths are told apart: an *origin* was written, or made what was written; a *condition* only steered `if`, `with`, `range`, `default`
//! and the like. Untraced renders know nothing of all this.

mod failure;
mod file;
mod join;
mod label;
mod path;
mod reach;
mod read;
mod rope;
pub(crate) mod rule;
mod seen;
mod text;
mod written;

pub use file::{FileTrace, LineTrace, Lines, Part, Reads, Site};
pub use path::{PathId, Step};
pub use reach::Unreached;
pub(crate) use read::Keys;
pub(crate) use rope::realign;
pub(crate) use rule::RULES;
pub use rule::{
    Rule, Tracing, appended, encoded_inline, encoded_lines, extend, hold, index, last, last_item, mix, prepended, select, shape,
};
pub use text::{indented, list_joined, printed, replaced, same_length, sliced, thinned, trimmed, wrapped};

use crate::program::Code;
use chartwright_value::{Heap, Label, MapId, Value};
use label::{Labels, ROPE};
use path::Paths;
use rope::{Piece, Pieces, Store};
use rustc_hash::FxHashMap;
use seen::Seen;
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
    /// Where the output stood, if the template was called in the middle of a line.
    pub(crate) within: Option<u32>,
    /// The number of the first of its code's ways.
    pub(crate) ways: u32,
}

/// A branch, a loop, or the arguments of an `and` or `or` that are under way.
#[derive(Default)]
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
    /// Which of its ways was taken.
    pub(crate) taken: bool,
    /// What decides how many rounds of a loop there are, and not what is in them.
    pub(crate) growth: Label,
    /// How many pieces there were when it began.
    pub(crate) pieces: usize,
    /// What the variables held that it may assign.
    pub(crate) saved: Box<[Value]>,
}

#[derive(Clone, Copy)]
struct Rope {
    /// Of a text. A list has none: it has a rope where it grew under conditions.
    pieces: Pieces,
    /// All that its pieces came from, once somebody has asked.
    sum: Option<Label>,
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

/// What walks through values need, kept from one to the next.
#[derive(Default)]
struct Walk {
    /// The maps that were met.
    seen: Seen,
    stack: Vec<Value>,
}

/// A way of a branch: its code by address, its block, and whether it was taken.
type Way = (usize, u32, bool);

/// So many lists of pieces are kept for their room; more are not under way at once.
const MAX_SPARE: usize = 8;

/// What traces one render after another. Labels and paths live as long as it does: see [`Tracer::is_full`].
#[derive(Default)]
pub struct Tracer {
    paths: Paths,
    labels: Labels,
    ropes: Vec<Rope>,
    store: Store,
    /// Room for pieces that are being put together.
    spare: Vec<Vec<Piece>>,
    pending: FxHashMap<MapId, Pending>,
    /// The maps of which something is pending.
    pending_maps: Seen,
    file: u32,
    /// What is read.
    touched: Seen,
    deep: Seen,
    /// For the paths of those.
    met: Seen,
    pub(crate) writes: bool,
    /// Maps from this number on were made by the file under way.
    pub(crate) first_map: u32,
    pub(crate) runs: Vec<Run>,
    walk: Walk,
    /// Of each code that ran, by address and number of blocks, the number of its first way: each block has two.
    ways: FxHashMap<(usize, usize), u32>,
    /// The same in the order of numbers.
    codes: Vec<(u32, usize)>,
    next_way: u32,
    /// The ways that the file under way has met.
    branches: Seen,
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
    /// What was read since something was written: for whoever asks after a failure.
    recent: Vec<Label>,
}

impl Tracer {
    /// Begins a control, given what it adds as the label of what decided: all that happens in it depends on that.
    pub(crate) fn open(&mut self, control: Control) {
        let (add, before) = (self.steering(control.add), self.control);
        self.control = self.union(before, add);
        let pieces = self.pieces.len();
        self.controls.push(Control { add, before, pieces, ..control });
    }

    /// A tracer without paths.
    pub fn new() -> Tracer {
        Tracer::default()
    }

    /// Begins a render.
    pub fn begin(&mut self) {
        self.ropes.clear();
        self.store.clear();
        self.pending.clear();
        self.pending_maps.clear();
    }

    /// Whether the tables hold so much that it is time for a new tracer.
    pub fn is_full(&self) -> bool {
        self.labels.held() + 4 * self.paths.len() + 8 * self.ways.len() + self.next_way as usize > MAX_HELD
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
        self.recent.clear();
    }

    /// What the file that was executed last has told.
    pub fn end_file(&mut self) -> FileTrace {
        let Tracer { labels, met, .. } = self;
        let mut paths = |set: &Seen| -> Box<[PathId]> {
            met.clear();
            set.numbers().iter().for_each(|label| labels.paths(Label(*label), &mut |path| _ = met.insert(path.0)));
            let mut all: Vec<PathId> = met.numbers().iter().map(|path| PathId(*path)).collect();
            all.sort_unstable();
            all.into_boxed_slice()
        };
        let reads = Reads { touched: paths(&self.touched), deep: paths(&self.deep), writes: self.writes };
        FileTrace {
            // The tracer keeps its own room for the next file.
            pieces: self.pieces.as_slice().into(),
            runs: self.runs.drain(..).collect(),
            reads,
            branches: self.branches.numbers().iter().filter_map(|number| self.way(*number)).collect(),
            lines: std::sync::OnceLock::new(),
        }
    }

    /// A way of a branch of the template that runs was taken.
    #[inline]
    pub(crate) fn took(&mut self, block: u32, way: bool) {
        if let Some(run) = self.stack.last().and_then(|run| self.runs.get(*run as usize)) {
            self.branches.insert(run.ways + 2 * block + u32::from(way));
        }
    }

    /// The number of a code's first way.
    fn ways_of(&mut self, code: &Code) -> u32 {
        let (address, blocks) = (std::ptr::from_ref(code) as usize, code.blocks.len());
        *self.ways.entry((address, blocks)).or_insert_with(|| {
            let first = self.next_way;
            self.codes.push((first, address));
            self.next_way += 2 * blocks as u32;
            first
        })
    }

    /// The way of a number.
    fn way(&self, number: u32) -> Option<Way> {
        let at = self.codes.partition_point(|(first, _)| *first <= number).checked_sub(1)?;
        let (first, address) = self.codes[at];
        Some((address, (number - first) / 2, (number - first) % 2 == 1))
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

    /// The paths that a label says were written. It is one set of paths, as those of pieces are.
    pub fn origins(&self, label: Label) -> impl Iterator<Item = PathId> + '_ {
        self.labels.origins(label)
    }

    /// The paths that such a label says only steered.
    pub fn conditions(&self, label: Label) -> impl Iterator<Item = PathId> + '_ {
        self.labels.conditions(label)
    }

    fn rope(&self, label: Label) -> Option<&Rope> {
        if label.0 & ROPE == 0 { None } else { self.ropes.get((label.0 & !ROPE) as usize) }
    }
}

//! Which files have to be executed again: those that read a value which is not what it was when they were executed last.

use super::prepare::{Last, Prepared};
use crate::Request;
use crate::values::snapshot::Snapshot;
use chartwright_template::trace::{PathId, Reads, Step, Tracer};
use chartwright_value::{Heap, Kind, Repr, Value};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;

/// What the outputs that are kept were made of, beside the values.
#[derive(PartialEq, Eq)]
pub(super) struct Ground {
    release: crate::Release,
    kube_version: Option<String>,
    serves: Option<Vec<String>>,
    api_versions: Vec<String>,
    dns: bool,
}

impl Ground {
    pub(super) fn of(request: &Request<'_>) -> Ground {
        Ground {
            release: request.release.clone(),
            kube_version: request.kube_version.map(str::to_owned),
            serves: request.serves.map(<[String]>::to_vec),
            api_versions: request.api_versions.to_vec(),
            dns: request.enable_dns,
        }
    }
}

/// What the outputs that are kept were made of.
pub(super) struct Before {
    /// The heap that their values are on.
    pub(super) heap: Heap,
    /// For comparing what the user gave.
    pub(super) scratch: Heap,
    /// Nothing, where the outputs that are kept tell of no reads.
    pub(super) made_of: Option<MadeOf>,
}

/// See [`Before`].
pub(super) struct MadeOf {
    /// The user's values.
    pub(super) given: Snapshot,
    /// The values that templates saw.
    pub(super) values: Value,
    pub(super) ground: Ground,
}

/// The paths whose values have changed.
#[derive(Default)]
pub(super) struct Changes {
    /// Scalars that are others, and whatever came, went, or became another kind of thing.
    exact: FxHashSet<PathId>,
    /// Lists and maps that have other keys, or another length.
    shape: FxHashSet<PathId>,
    /// All paths above these, and these.
    above: FxHashSet<PathId>,
    /// Whether something that subcharts see as a global is among them.
    global: bool,
    /// Of each path whether it, or one above it, is among the exact ones: [`UNKNOWN`], or the answer.
    below: Vec<u8>,
}

const UNKNOWN: u8 = 2;

/// What changed since the outputs that are kept were made; nothing if that cannot be known.
///
/// Defaults do not change, so what the user gave is compared: the cost is that of the user's values, not of the chart's.
pub(super) fn changes(prepared: &mut Prepared, given: &Snapshot, values: Value, request: &Request<'_>) -> Option<Changes> {
    let Prepared { before, last, heap, tracer, files, .. } = prepared;
    let Before { heap: old_heap, scratch, made_of } = before;
    let made_of = made_of.as_ref()?;
    let known = |last: &Last| last.trace.as_ref().is_some_and(|trace| !trace.reads().writes);
    let all = files.iter().enumerate().all(|(number, file)| file.is_partial || last.get(number).is_some_and(known));
    if !all || request.whole || made_of.ground != Ground::of(request) {
        return None;
    }
    scratch.reset();
    let (old, new) = (made_of.given.put(scratch), given.put(scratch));
    let mut changes = Changes::default();
    // A key that came or went in what the user gave may be there all the same, from the defaults.
    let what_is_there = |heap: &Heap, values: Value, tracer: &Tracer, path: PathId| {
        let mut at = Some(values);
        for step in tracer.steps(path) {
            at = at.and_then(|value| match step {
                Step::Key(key) => heap.get(value, key),
                Step::Item(item) => heap.items(value).get(item as usize).copied(),
            });
        }
        at.map(Value::kind).filter(|kind| *kind != Kind::Nil)
    };
    let reshapes =
        |tracer: &Tracer, path| what_is_there(old_heap, made_of.values, tracer, path) != what_is_there(heap, values, tracer, path);
    compare(scratch, old, new, tracer, &mut changes, reshapes);
    let changed: Vec<PathId> = changes.exact.iter().chain(&changes.shape).copied().collect();
    let global = tracer.key(PathId::ROOT, b"global");
    for path in changed {
        let mut at = Some(path);
        while let Some(path) = at.filter(|path| changes.above.insert(*path)) {
            changes.global |= path == global || tracer.leads_through(path, b"global");
            at = tracer.above(path);
        }
    }
    Some(changes)
}

/// Walks both trees side by side. A map that came or went is compared with an empty one: the defaults may hold the same.
fn compare(heap: &Heap, old: Value, new: Value, tracer: &mut Tracer, changes: &mut Changes, reshapes: impl Fn(&Tracer, PathId) -> bool) {
    let mut pending = vec![(Some(old), Some(new), PathId::ROOT)];
    while let Some((old, new, path)) = pending.pop() {
        let is_map = |value: Option<Value>| value.is_none_or(|value| value.kind() == Kind::Map && !value.is_typed_nil());
        match (old, new) {
            (None, None) => {}
            (old, new) if is_map(old) && is_map(new) => {
                if (old.is_none() || new.is_none()) && reshapes(tracer, path) {
                    changes.exact.insert(path);
                }
                let entries = |value: Option<Value>| value.map_or(&[][..], |value| heap.entries(value));
                let (before, after) = (entries(old), entries(new));
                let (mut i, mut j) = (0, 0);
                while i < before.len() || j < after.len() {
                    let (a, b) = (before.get(i), after.get(j));
                    let order = match (a, b) {
                        (Some(a), Some(b)) => heap.str(a.key()).cmp(heap.str(b.key())),
                        (Some(_), None) => Ordering::Less,
                        (None, _) => Ordering::Greater,
                    };
                    let (a, b) = (a.filter(|_| order != Ordering::Greater), b.filter(|_| order != Ordering::Less));
                    i += usize::from(a.is_some());
                    j += usize::from(b.is_some());
                    let unchanged = a.zip(b).is_some_and(|(a, b)| !is_container(a.value) && same(heap, a.value, b.value));
                    if unchanged {
                        continue;
                    }
                    let Some(entry) = a.or(b) else { continue };
                    let child = tracer.key(path, heap.str(entry.key()));
                    if (a.is_none() || b.is_none() || a.zip(b).is_some_and(|(a, b)| a.value.is_nil() != b.value.is_nil()))
                        && reshapes(tracer, child)
                    {
                        changes.shape.insert(path);
                    }
                    pending.push((a.map(|entry| entry.value), b.map(|entry| entry.value), child));
                }
            }
            (Some(old), Some(new)) if old.kind() == Kind::List && new.kind() == Kind::List => {
                let (before, after) = (heap.items(old), heap.items(new));
                if before.len() != after.len() {
                    changes.shape.insert(path);
                }
                for at in 0..before.len().max(after.len()) {
                    let child = tracer.item(path, at);
                    match (before.get(at), after.get(at)) {
                        (Some(a), Some(b)) => pending.push((Some(*a), Some(*b), child)),
                        _ => {
                            changes.exact.insert(child);
                        }
                    }
                }
            }
            (Some(old), Some(new)) if same(heap, old, new) => {}
            _ => {
                changes.exact.insert(path);
            }
        }
    }
}

fn is_container(value: Value) -> bool {
    matches!(value.kind(), Kind::List | Kind::Map)
}

/// Whether two scalars are the same to any template.
fn same(heap: &Heap, old: Value, new: Value) -> bool {
    if old.ty() != new.ty() || old.kind() != new.kind() {
        return false;
    }
    match (old.repr(), new.repr()) {
        (Repr::String(_), Repr::String(_)) => heap.str(old) == heap.str(new),
        (Repr::Float(a), Repr::Float(b)) => a.to_bits() == b.to_bits(),
        (Repr::Object(_) | Repr::Map(_) | Repr::List(_), _) => false,
        (a, b) => a == b,
    }
}

impl Changes {
    /// Whether something that was read has changed.
    pub(super) fn touch(&mut self, reads: &Reads, tracer: &Tracer) -> bool {
        if self.above.is_empty() {
            return false;
        }
        let shape = |changes: &Changes, path| !changes.shape.is_empty() && changes.shape.contains(&path);
        reads.touched.iter().any(|path| self.changed(*path, tracer) || shape(self, *path))
            || reads.deep.iter().any(|path| self.changed(*path, tracer) || self.above.contains(path))
    }

    /// Whether a path's own value is another, or one that it stood in.
    fn changed(&mut self, path: PathId, tracer: &Tracer) -> bool {
        if self.global && tracer.leads_through(path, b"global") {
            return true;
        }
        if self.below.is_empty() {
            self.below.resize(tracer.paths(), UNKNOWN);
        }
        // Up to a path whose answer is known, and down again with it.
        let (mut top, mut answer) = (Some(path), 0);
        while let Some(at) = top {
            match self.below.get(at.number()) {
                Some(&UNKNOWN) if self.exact.contains(&at) => {
                    answer = 1;
                    break;
                }
                Some(&UNKNOWN) => top = tracer.above(at),
                Some(&known) => {
                    answer = known;
                    break;
                }
                None => return self.exact.contains(&at),
            }
        }
        let mut at = Some(path);
        while let Some(path) = at.filter(|path| self.below[path.number()] == UNKNOWN) {
            self.below[path.number()] = answer;
            at = if Some(path) == top { None } else { tracer.above(path) };
        }
        answer == 1
    }
}

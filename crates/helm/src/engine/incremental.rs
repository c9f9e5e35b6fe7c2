//! Which files have to be executed again: those that read a value which is not what it was when they were executed last.

use super::prepare::{Last, Prepared};
use crate::Request;
use chartwright_template::trace::{PathId, Reads, Tracer};
use chartwright_value::{Heap, Kind, Repr, Value};
use std::collections::HashSet;

/// What the outputs that are kept were made of, beside the values.
#[derive(PartialEq, Eq)]
pub(super) struct Ground {
    release: crate::Release,
    kube_version: Option<String>,
    api_versions: Vec<String>,
    dns: bool,
}

impl Ground {
    pub(super) fn of(request: &Request<'_>) -> Ground {
        Ground {
            release: request.release.clone(),
            kube_version: request.kube_version.map(str::to_owned),
            api_versions: request.api_versions.to_vec(),
            dns: request.enable_dns,
        }
    }
}

/// The values that the outputs which are kept were made of.
pub(super) struct Before {
    /// The heap that they are on.
    pub(super) heap: Heap,
    /// Nothing, where the outputs that are kept tell of no reads, or of files that change each other's values.
    pub(super) values: Option<(Value, Ground)>,
}

/// The paths whose values have changed.
#[derive(Default)]
pub(super) struct Changes {
    /// Scalars that are others, and whatever came, went, or became another kind of thing.
    exact: HashSet<PathId>,
    /// Lists and maps that have other keys, or another length.
    shape: HashSet<PathId>,
    /// All paths above these, and these.
    above: HashSet<PathId>,
}

/// What changed since the outputs that are kept were made; nothing if that cannot be known.
pub(super) fn changes(prepared: &mut Prepared, values: Value, request: &Request<'_>) -> Option<Changes> {
    let Prepared { before, last, heap, tracer, files, .. } = prepared;
    let (old, ground) = before.values.as_ref()?;
    let known = |last: &Last| last.trace.as_ref().is_some_and(|trace| !trace.reads().writes);
    let all = files.iter().enumerate().all(|(number, file)| file.is_partial || last.get(number).is_some_and(known));
    if !all || *ground != Ground::of(request) {
        return None;
    }
    let mut changes = Changes::default();
    compare(&before.heap, *old, heap, values, tracer, &mut changes);
    for path in changes.exact.iter().chain(&changes.shape) {
        let mut at = Some(*path);
        while let Some(path) = at.filter(|path| changes.above.insert(*path)) {
            at = tracer.above(path);
        }
    }
    Some(changes)
}

/// Walks both trees side by side. Values that templates see hold no cycle yet.
fn compare(old_heap: &Heap, old: Value, new_heap: &Heap, new: Value, tracer: &mut Tracer, changes: &mut Changes) {
    let mut pending = vec![(old, new, PathId::ROOT)];
    while let Some((old, new, path)) = pending.pop() {
        match (old.repr(), new.repr()) {
            (Repr::Map(_), Repr::Map(_)) if old.is_typed_nil() == new.is_typed_nil() => {
                let (before, after) = (old_heap.entries(old), new_heap.entries(new));
                let (mut i, mut j) = (0, 0);
                while i < before.len() || j < after.len() {
                    let (a, b) = (before.get(i), after.get(j));
                    let key = |heap: &Heap, entry: Option<&chartwright_value::Entry>| entry.map(|entry| heap.str(entry.key()).to_vec());
                    let (old_key, new_key) = (a.map(|entry| old_heap.str(entry.key())), b.map(|entry| new_heap.str(entry.key())));
                    let order = match (old_key, new_key) {
                        (Some(old_key), Some(new_key)) => old_key.cmp(new_key),
                        (Some(_), None) => std::cmp::Ordering::Less,
                        _ => std::cmp::Ordering::Greater,
                    };
                    if let (std::cmp::Ordering::Equal, Some(a), Some(b)) = (order, a, b) {
                        // A path is only made where something may have changed.
                        if is_container(a.value) || is_container(b.value) || !same(old_heap, a.value, new_heap, b.value) {
                            let path = tracer.key(path, new_heap.str(b.key()));
                            pending.push((a.value, b.value, path));
                        }
                        (i, j) = (i + 1, j + 1);
                        continue;
                    }
                    changes.shape.insert(path);
                    let gone = order == std::cmp::Ordering::Less;
                    let key = if gone { key(old_heap, a) } else { key(new_heap, b) };
                    let child = tracer.key(path, &key.unwrap_or_default());
                    changes.exact.insert(child);
                    if gone { i += 1 } else { j += 1 }
                }
            }
            (Repr::List(_), Repr::List(_)) if old.is_typed_nil() == new.is_typed_nil() => {
                let (before, after) = (old_heap.items(old), new_heap.items(new));
                if before.len() != after.len() {
                    changes.shape.insert(path);
                }
                for at in 0..before.len().max(after.len()) {
                    let child = tracer.item(path, at);
                    match (before.get(at), after.get(at)) {
                        (Some(a), Some(b)) => pending.push((*a, *b, child)),
                        _ => {
                            changes.exact.insert(child);
                        }
                    }
                }
            }
            _ if same(old_heap, old, new_heap, new) => {}
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
fn same(old_heap: &Heap, old: Value, new_heap: &Heap, new: Value) -> bool {
    if old.ty() != new.ty() || old.kind() != new.kind() {
        return false;
    }
    match (old.repr(), new.repr()) {
        (Repr::String(_), Repr::String(_)) => old_heap.str(old) == new_heap.str(new),
        (Repr::Float(a), Repr::Float(b)) => a.to_bits() == b.to_bits(),
        (Repr::Object(_), _) | (Repr::Map(_), _) | (Repr::List(_), _) => false,
        (a, b) => a == b,
    }
}

impl Changes {
    /// Whether something that was read has changed.
    pub(super) fn touch(&self, reads: &Reads, tracer: &Tracer) -> bool {
        if self.above.is_empty() {
            return false;
        }
        let below_exact = |path: PathId| {
            let mut at = Some(path);
            while let Some(path) = at {
                if self.exact.contains(&path) {
                    return true;
                }
                at = tracer.above(path);
            }
            false
        };
        reads.touched.iter().any(|path| self.shape.contains(path) || below_exact(*path))
            || reads.deep.iter().any(|path| self.above.contains(path) || below_exact(*path))
    }
}

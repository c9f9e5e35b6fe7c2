//! What is read: keys of maps, those that are not there too, and values with all that is in them.

use super::seen::Seen;
use super::{MAX_MERGED, MAX_VISITED, PathId, Pending, Tracer, Walk};
use chartwright_value::{Heap, Kind, Label, MapId, Repr, Value};
use rustc_hash::FxHashMap;

/// Which keys of a map are asked about.
#[derive(Clone, Copy)]
pub(crate) enum Keys<'a> {
    One(&'a [u8]),
    /// None in particular: what may have changed any.
    Any,
    /// Those that it has: no others come or go unless one of these does.
    There,
    /// Those that it has not, too.
    All,
}

impl Keys<'_> {
    /// The keys that decide whether a map is empty, and what a loop over it does.
    pub(crate) fn deciding(heap: &Heap, map: Value) -> Keys<'static> {
        if map.kind() == Kind::Map && !heap.entries(map).is_empty() { Keys::There } else { Keys::All }
    }
}

/// What is pending of a map, from now on.
fn pending_of_map<'p>(pending: &'p mut FxHashMap<MapId, Pending>, maps: &mut Seen, id: MapId) -> &'p mut Pending {
    // The nil map cannot be changed.
    if id != MapId::NIL {
        maps.insert(id.number());
    }
    pending.entry(id).or_default()
}

impl Tracer {
    /// The label of what is found under a name in a value.
    #[inline]
    pub(crate) fn child(&mut self, heap: &Heap, receiver: Value, name: &[u8], found: Value) -> Label {
        // Most of what is read lies in maps of the values' own, under their own labels.
        if let Repr::Map(id) = receiver.repr()
            && found.label().0 != 0
            && !self.pending_maps.has(id.number())
            && self.conditions_of(receiver.label()).0 == 0
        {
            return found.label();
        }
        self.child_of(heap, receiver, name, found)
    }

    fn child_of(&mut self, heap: &Heap, receiver: Value, name: &[u8], found: Value) -> Label {
        let above = receiver.label();
        if receiver.kind() != Kind::Map {
            let plain = self.plain(above);
            return self.join(found.label(), plain);
        }
        let mut label = found.label();
        if label.0 == 0 && heap.get(receiver, name).is_none() {
            label = self.missing(above, name);
            let absent = self.absent_of(receiver);
            label = self.join(label, absent);
        }
        let steering = self.conditions_of(above);
        label = self.join(label, steering);
        let pending = self.pending_of(receiver, Keys::One(name));
        self.join(label, pending)
    }

    /// The label of a key that is not there: setting it would matter.
    pub(crate) fn missing(&mut self, map: Label, name: &[u8]) -> Label {
        let plain = self.plain(map);
        let mut above = [PathId::ROOT; MAX_MERGED];
        let origins = self.labels.origins(plain).zip(&mut above).map(|(path, place)| *place = path).count();
        let mut label = Label(0);
        for path in &above[..origins] {
            let path = self.paths.key(*path, name);
            let origin = self.labels.origin(path);
            label = self.labels.union(label, origin);
        }
        label
    }

    pub(crate) fn touch(&mut self, label: Label) {
        if label.0 != 0 {
            let plain = self.plain(label);
            self.touched.insert(plain.0);
            self.remember(plain);
        }
    }

    /// What may have changed keys of a map without having done so.
    #[inline]
    pub(crate) fn pending_of(&mut self, map: Value, keys: Keys<'_>) -> Label {
        match map.repr() {
            Repr::Map(id) if self.pending_maps.has(id.number()) => self.pending_in(id, keys),
            _ => Label(0),
        }
    }

    fn pending_in(&mut self, id: MapId, keys: Keys<'_>) -> Label {
        let Some(pending) = self.pending.get(&id) else { return Label(0) };
        let asked = |key: &[u8]| match keys {
            Keys::One(name) => *key == *name,
            Keys::Any => false,
            Keys::There | Keys::All => true,
        };
        let absent = if matches!(keys, Keys::All) { pending.absent } else { Label(0) };
        let whole = self.labels.union(pending.whole, absent);
        let asked = pending.keys.iter().filter(|(key, _)| asked(key));
        asked.fold(whole, |label, (_, key)| self.labels.union(label, *key))
    }

    fn absent_of(&self, map: Value) -> Label {
        let Repr::Map(id) = map.repr() else { return Label(0) };
        self.pending.get(&id).map_or(Label(0), |pending| pending.absent)
    }

    /// Says what a map's missing keys depend on: what it was read from.
    pub(crate) fn may_hold_more(&mut self, map: Value, label: Label) {
        let Repr::Map(id) = map.repr() else { return };
        let label = self.steering(label);
        let pending = pending_of_map(&mut self.pending, &mut self.pending_maps, id);
        pending.absent = self.labels.union(pending.absent, label);
    }

    /// Says that a key was taken out of a map: whoever reads the whole map reads that too.
    pub fn taken_out(&mut self, map: Value, key: &[u8], path: PathId) {
        let label = self.with_condition(Label(0), path);
        self.may_change(map, Some(key), label);
    }

    /// Says that a map, or one key of it, may have been changed by what these paths decided.
    pub(crate) fn may_change(&mut self, map: Value, name: Option<&[u8]>, label: Label) {
        let Repr::Map(id) = map.repr() else { return };
        let label = self.plain(label);
        if label.0 == 0 {
            return;
        }
        let pending = pending_of_map(&mut self.pending, &mut self.pending_maps, id);
        match name {
            None => pending.whole = self.labels.union(pending.whole, label),
            Some(name) => match pending.keys.iter_mut().find(|(key, _)| **key == *name) {
                Some((_, known)) => *known = self.labels.union(*known, label),
                None => pending.keys.push((name.into(), label)),
            },
        }
    }

    /// Says that a map's keys went into another: what may have changed them, may have changed those too.
    pub(crate) fn inherit(&mut self, to: Value, from: Value) {
        let (Repr::Map(to), Repr::Map(from)) = (to.repr(), from.repr()) else { return };
        let Some(pending) = self.pending.get(&from).filter(|_| to != from) else { return };
        let (whole, keys, absent) = (pending.whole, pending.keys.clone(), pending.absent);
        let own = pending_of_map(&mut self.pending, &mut self.pending_maps, to);
        own.whole = self.labels.union(own.whole, whole);
        own.absent = self.labels.union(own.absent, absent);
        for (key, label) in keys {
            match own.keys.iter_mut().find(|(known, _)| **known == *key) {
                Some((_, known)) => *known = self.labels.union(*known, label),
                None => own.keys.push((key, label)),
            }
        }
    }

    /// All that a value came from, its parts included.
    pub(crate) fn deep(&mut self, heap: &Heap, value: Value) -> Label {
        let mut label = self.plain(value.label());
        if !matches!(value.kind(), Kind::List | Kind::Map) {
            return label;
        }
        self.read_deeply(heap, value);
        self.walk(heap, value, |tracer, value| {
            for own in [tracer.plain(value.label()), tracer.growth_of(value.label()), tracer.pending_of(value, Keys::All)] {
                label = tracer.labels.union(label, own);
            }
            true
        });
        label
    }

    /// Notes that all of a value is read.
    pub(crate) fn read_deeply(&mut self, heap: &Heap, value: Value) {
        self.walk(heap, value, |tracer, value| {
            let label = tracer.plain(value.label());
            if label.0 != 0 {
                tracer.deep.insert(label.0);
            }
            // Whoever changes what is below a path changes what was read of the path.
            tracer.labels.origins(label).next().is_none()
        });
    }

    /// Visits a value and all that is in it, each map once; what the visitor answers says whether to go into the value.
    fn walk(&mut self, heap: &Heap, value: Value, mut visit: impl FnMut(&mut Tracer, Value) -> bool) {
        let Walk { mut seen, mut stack } = std::mem::take(&mut self.walk);
        seen.clear();
        stack.push(value);
        let mut visited = 0;
        while let Some(value) = stack.pop()
            && visited < MAX_VISITED
        {
            visited += 1;
            if !visit(self, value) {
                continue;
            }
            match value.repr() {
                // The nil map, whose number is no small one, has nothing in it.
                Repr::Map(id) if id != MapId::NIL && seen.insert(id.number()) => {
                    stack.extend(heap.entries(value).iter().map(|entry| entry.value))
                }
                Repr::List(_) => stack.extend_from_slice(heap.items(value)),
                _ => {}
            }
        }
        stack.clear();
        self.walk = Walk { seen, stack };
    }
}

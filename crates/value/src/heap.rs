//! The arena of one render: strings, lists, maps and objects by number, over a chart's frozen heap.

mod bulk;

use crate::value::{MapId, ObjectId, Repr, Span};
use crate::{Frozen, GoKind, Object, Type, Value};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::sync::Arc;

/// One pair of a map. A map's entries stand in the order of their keys' bytes, which is Go's order for `range` and printing.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    key: Span,
    /// The value under the key.
    pub value: Value,
}

impl Entry {
    /// The key as a string value.
    pub fn key(&self) -> Value {
        Value::string_at(self.key)
    }
}

/// How many bytes a heap may hold before it declares itself exhausted: enough for the largest charts, far below what Wasm can address.
const DEFAULT_LIMIT: usize = 88 << 20;

/// From this many bytes on, a part of the heap grows by so many and no longer doubles: Wasm never gives memory back.
const STEP: usize = 8 << 20;

/// How much memory a reset heap keeps for the next render.
const KEPT: usize = 64 << 20;

/// What an object is taken for: most hold a few fields.
const OBJECT_BYTES: usize = 128;

/// From this size on a part is large.
const LARGE: usize = 2 * STEP;

/// Room that comes at once, however little is asked for.
const FEW: usize = 4;

fn make_room<T>(part: &mut Vec<T>, more: usize) {
    if part.capacity() - part.len() < more {
        part.reserve_exact(more.max(FEW).max(part.len().min(STEP / size_of::<T>())));
    }
}

/// Room in a part that is given back as a whole. One that is large doubles: in Wasm, where memory does not move, each small step would leave a
/// hole behind that is too small for the next.
fn make_much_room<T>(part: &mut Vec<T>, more: usize, limit: usize) {
    let most = (limit / size_of::<T>()).min(2 * part.len());
    if part.capacity() - part.len() < more && part.len() > LARGE / size_of::<T>() && part.len() + more < most {
        part.reserve_exact(most - part.len());
    }
    make_room(part, more);
}

/// The values of one render. Reset it to use its memory again.
///
/// A heap that has run into its limit stops growing: it hands out empty values and says so by [`Heap::exhausted`], which the
/// executor turns into an ordinary error. So no operation on values needs to fail.
pub struct Heap {
    frozen: Arc<Frozen>,
    bytes: Vec<u8>,
    slots: Vec<Value>,
    maps: Vec<Vec<Entry>>,
    live_maps: usize,
    /// Places for entries in all maps, used or not.
    entries: usize,
    objects: Vec<Arc<dyn Object>>,
    redirects: FxHashMap<u32, u32>,
    limit: usize,
    exhausted: bool,
}

impl Default for Heap {
    fn default() -> Heap {
        Heap::new(Arc::default())
    }
}

impl Heap {
    /// An empty heap over a frozen one.
    pub fn new(frozen: Arc<Frozen>) -> Heap {
        Heap {
            frozen,
            bytes: Vec::new(),
            slots: Vec::new(),
            maps: Vec::new(),
            live_maps: 0,
            entries: 0,
            objects: Vec::new(),
            redirects: FxHashMap::default(),
            limit: DEFAULT_LIMIT,
            exhausted: false,
        }
    }

    /// Forgets every value made since the last reset and keeps the memory. Handles to them must not be used again.
    pub fn reset(&mut self) {
        if self.used() > KEPT {
            (self.bytes, self.slots, self.maps) = Default::default();
        }
        self.bytes.clear();
        self.slots.clear();
        let live = self.live_maps.min(self.maps.len());
        self.maps[..live].iter_mut().for_each(Vec::clear);
        self.live_maps = 0;
        self.entries = 0;
        self.objects.clear();
        self.redirects.clear();
        self.exhausted = false;
    }

    /// Turns the heap, which must not lie over another non-empty one, into immutable ground for others. Handles stay valid.
    pub fn freeze(mut self) -> Frozen {
        self.maps.truncate(self.live_maps);
        let mut frozen = Frozen {
            bytes: self.bytes,
            slots: self.slots,
            maps: self.maps.into_iter().map(Vec::into_boxed_slice).collect(),
            objects: self.objects,
        };
        frozen.bytes.shrink_to_fit();
        frozen.slots.shrink_to_fit();
        frozen
    }

    /// Sets how many bytes the heap may hold.
    pub fn set_limit(&mut self, bytes: usize) {
        self.limit = bytes;
    }

    /// Whether the heap has run into its limit. Once true, what it returned since is not to be used.
    pub fn exhausted(&self) -> bool {
        self.exhausted
    }

    /// Gives up: what is asked of the heap is more than it can hold.
    pub fn exhaust(&mut self) -> Value {
        self.exhausted = true;
        Value::EMPTY
    }

    /// How many bytes the heap may still take.
    pub fn room(&self) -> usize {
        self.limit.saturating_sub(self.used())
    }

    /// Bytes held by this heap, without the frozen ones.
    pub fn used(&self) -> usize {
        self.bytes.len()
            + self.slots.len() * size_of::<Value>()
            + self.entries * size_of::<Entry>()
            + self.live_maps * size_of::<Vec<Entry>>()
            + self.objects.len() * OBJECT_BYTES
    }

    fn admit(&mut self, bytes: usize) -> bool {
        if self.exhausted || bytes > self.limit || self.used() > self.limit - bytes {
            self.exhausted = true;
        }
        !self.exhausted
    }

    // Strings.

    /// A new string of these bytes.
    pub fn string(&mut self, bytes: impl AsRef<[u8]>) -> Value {
        Value::string_at(self.store(bytes.as_ref()))
    }

    /// A new `[]uint8` of these bytes.
    pub fn byte_list(&mut self, bytes: impl AsRef<[u8]>) -> Value {
        self.string(bytes).with_type(Type::BYTES)
    }

    fn store(&mut self, bytes: &[u8]) -> Span {
        if bytes.is_empty() || !self.admit(bytes.len()) {
            return Span { start: 0, len: 0 };
        }
        let start = self.frozen.bytes.len() + self.bytes.len();
        make_much_room(&mut self.bytes, bytes.len(), self.limit);
        self.bytes.extend_from_slice(bytes);
        Span { start: start as u32, len: bytes.len() as u32 }
    }

    /// A string's bytes; empty for anything that is not a string (or bytes).
    pub fn str(&self, value: Value) -> &[u8] {
        match value.repr() {
            Repr::String(span) => self.bytes_at(span),
            _ => b"",
        }
    }

    fn bytes_at(&self, span: Span) -> &[u8] {
        let (start, len, base) = (span.start as usize, span.len as usize, self.frozen.bytes.len());
        let found = if start < base { self.frozen.bytes.get(start..start + len) } else { self.bytes.get(start - base..start - base + len) };
        found.unwrap_or(b"")
    }

    /// Part of a string, sharing its bytes. The range is cut to the string.
    pub fn substring(&self, value: Value, start: usize, end: usize) -> Value {
        let Repr::String(span) = value.repr() else {
            return Value::EMPTY;
        };
        let end = end.min(span.len as usize);
        let start = start.min(end);
        let part = Span { start: span.start + start as u32, len: (end - start) as u32 };
        Value::string_at(part).with_type(value.ty()).with_label(value.label())
    }

    // Lists.

    /// A new `[]interface {}` of these elements.
    pub fn list(&mut self, items: &[Value]) -> Value {
        self.list_of(Type::LIST, items)
    }

    /// A new slice of the given Go type.
    pub fn list_of(&mut self, ty: Type, items: &[Value]) -> Value {
        if items.is_empty() || !self.admit(size_of_val(items)) {
            return Value::list_at(ty, Span { start: 0, len: 0 });
        }
        let start = self.frozen.slots.len() + self.slots.len();
        make_much_room(&mut self.slots, items.len(), self.limit);
        self.slots.extend_from_slice(items);
        Value::list_at(ty, Span { start: start as u32, len: items.len() as u32 })
    }

    /// A list's elements; empty for anything that is not a list.
    pub fn items(&self, value: Value) -> &[Value] {
        let Repr::List(span) = value.repr() else {
            return &[];
        };
        let (start, len, base) = (span.start as usize, span.len as usize, self.frozen.slots.len());
        let found = if start < base { self.frozen.slots.get(start..start + len) } else { self.slots.get(start - base..start - base + len) };
        found.unwrap_or(&[])
    }

    /// Part of a list, sharing its elements. The range is cut to the list.
    pub fn sublist(&self, value: Value, start: usize, end: usize) -> Value {
        let Repr::List(span) = value.repr() else {
            return Value::EMPTY_LIST;
        };
        let end = end.min(span.len as usize);
        let start = start.min(end);
        let part = Span { start: span.start + start as u32, len: (end - start) as u32 };
        Value::list_at(value.ty(), part).with_label(value.label())
    }

    // Maps.

    /// A new, empty `map[string]interface {}`.
    pub fn map(&mut self) -> Value {
        self.map_of(Type::MAP)
    }

    /// A new, empty map of the given Go type.
    pub fn map_of(&mut self, ty: Type) -> Value {
        if !self.admit(size_of::<Vec<Entry>>()) {
            return Value::NIL_MAP.with_type(ty);
        }
        if self.live_maps == self.maps.len() {
            make_room(&mut self.maps, 1);
            self.maps.push(Vec::new());
        }
        self.entries += self.maps[self.live_maps].capacity();
        self.live_maps += 1;
        Value::map_at(ty, MapId((self.frozen.maps.len() + self.live_maps - 1) as u32))
    }

    /// How many maps there are: those made later have higher numbers (see [`Heap::map_number`]).
    pub fn maps(&self) -> u32 {
        (self.frozen.maps.len() + self.live_maps) as u32
    }

    /// A map's number, in the order in which maps were made; none for what is no map, and for the nil map.
    pub fn map_number(&self, map: Value) -> Option<u32> {
        match map.repr() {
            Repr::Map(MapId(number)) if number != u32::MAX => Some(number),
            _ => None,
        }
    }

    /// A new map of these pairs; of equal keys the last wins.
    pub fn map_from(&mut self, ty: Type, pairs: &[(Value, Value)]) -> Value {
        let map = self.map_of(ty);
        for &(key, value) in pairs {
            self.set(map, key, value);
        }
        map
    }

    /// A copy of a map that shares its elements (Go's `maps.Clone`).
    pub fn copy_map(&mut self, map: Value) -> Value {
        let copy = self.map_of(map.ty());
        let entries = self.entries(map).to_vec();
        if let Some(cell) = self.cell(copy, entries.len()) {
            cell.extend_from_slice(&entries);
        }
        copy
    }

    /// A map's pairs in the order of their keys; empty for anything that is not a map.
    pub fn entries(&self, map: Value) -> &[Entry] {
        let Repr::Map(MapId(id)) = map.repr() else {
            return &[];
        };
        let base = self.frozen.maps.len() as u32;
        if id < base {
            if !self.redirects.is_empty()
                && let Some(&local) = self.redirects.get(&id)
            {
                return self.maps.get(local as usize).map_or(&[], Vec::as_slice);
            }
            return self.frozen.maps.get(id as usize).map_or(&[], |entries| entries);
        }
        self.maps.get((id - base) as usize).map_or(&[], Vec::as_slice)
    }

    /// The value under a key.
    pub fn get(&self, map: Value, key: impl AsRef<[u8]>) -> Option<Value> {
        let entries = self.entries(map);
        self.find(entries, key.as_ref()).ok().map(|at| entries[at].value)
    }

    fn find(&self, entries: &[Entry], key: &[u8]) -> Result<usize, usize> {
        entries.binary_search_by(|entry| self.bytes_at(entry.key).cmp(key))
    }

    /// Sets a key (a string value) of a map, which everyone who holds the map sees. A nil map is left alone: ask
    /// [`Value::is_typed_nil`] first, since Go panics there.
    pub fn set(&mut self, map: Value, key: Value, value: Value) {
        let Repr::String(key) = key.repr() else {
            return;
        };
        let entries = self.entries(map);
        // Keys mostly come in order, so the end is tried first.
        let place = match entries.last() {
            None => Err(0),
            Some(last) if self.bytes_at(last.key).cmp(self.bytes_at(key)) == Ordering::Less => Err(entries.len()),
            Some(_) => self.find(entries, self.bytes_at(key)),
        };
        let Some(cell) = self.cell(map, 1) else {
            return;
        };
        match place {
            Ok(at) => cell[at].value = value,
            Err(at) => {
                cell.insert(at, Entry { key, value });
            }
        }
    }

    /// Sets a key by its bytes.
    pub fn put(&mut self, map: Value, key: impl AsRef<[u8]>, value: Value) {
        let entries = self.entries(map);
        if let Ok(at) = self.find(entries, key.as_ref()) {
            if let Some(cell) = self.cell(map, 0) {
                cell[at].value = value;
            }
            return;
        }
        let key = self.string(key);
        self.set(map, key, value);
    }

    /// Replaces a map's values, in the order of its keys.
    pub fn set_values(&mut self, map: Value, values: &[Value]) {
        if let Some(cell) = self.cell(map, 0) {
            cell.iter_mut().zip(values).for_each(|(entry, value)| entry.value = *value);
        }
    }

    /// Removes a key, if it is there.
    pub fn remove(&mut self, map: Value, key: impl AsRef<[u8]>) {
        if let Ok(at) = self.find(self.entries(map), key.as_ref())
            && let Some(cell) = self.cell(map, 0)
        {
            cell.remove(at);
        }
    }

    /// The map's own entries to write to: a frozen map is copied at its first write and redirected from then on.
    fn cell(&mut self, map: Value, more: usize) -> Option<&mut Vec<Entry>> {
        let Repr::Map(MapId(id)) = map.repr() else {
            return None;
        };
        if id == u32::MAX || !self.admit(more * size_of::<Entry>()) {
            return None;
        }
        let base = self.frozen.maps.len() as u32;
        let local = if id >= base {
            id - base
        } else if let Some(&local) = self.redirects.get(&id) {
            local
        } else {
            let Repr::Map(MapId(fresh)) = self.map_of(Type::MAP).repr() else {
                return None;
            };
            let local = fresh.checked_sub(base)?;
            let original = self.frozen.maps.get(id as usize)?;
            let cell = self.maps.get_mut(local as usize)?;
            let before = cell.capacity();
            make_room(cell, original.len() + more);
            cell.extend_from_slice(original);
            self.entries += cell.capacity() - before;
            self.redirects.insert(id, local);
            local
        };
        let cell = self.maps.get_mut(local as usize)?;
        let before = cell.capacity();
        make_room(cell, more);
        self.entries += cell.capacity() - before;
        Some(cell)
    }

    // Objects.

    /// A new opaque object.
    pub fn new_object(&mut self, object: Arc<dyn Object>) -> Value {
        if !self.admit(OBJECT_BYTES) {
            return Value::NIL;
        }
        self.objects.push(object);
        Value::object_at(ObjectId((self.frozen.objects.len() + self.objects.len() - 1) as u32))
    }

    /// The object behind a value. The handle is counted, so that the heap can be written while it is used.
    pub fn object(&self, value: Value) -> Option<Arc<dyn Object>> {
        let Repr::Object(ObjectId(id)) = value.repr() else {
            return None;
        };
        let base = self.frozen.objects.len();
        let id = id as usize;
        if id < base { self.frozen.objects.get(id).cloned() } else { self.objects.get(id - base).cloned() }
    }

    // What Go's reflection says.

    /// The type's name as `%T` prints it; `<nil>` for a nil or missing value.
    pub fn type_name(&self, value: Value) -> String {
        match self.object(value) {
            Some(object) => object.type_name().to_owned(),
            None => value.ty().name().to_owned(),
        }
    }

    /// The `reflect.Kind` of any value.
    pub fn go_kind(&self, value: Value) -> GoKind {
        match self.object(value) {
            Some(object) => object.go_kind(),
            None => value.go_kind(),
        }
    }

    /// `text/template`'s truth: false for nothing, `false`, zero, and what is empty. Source: `text/template/exec.go`, `isTrue`.
    pub fn is_true(&self, value: Value) -> bool {
        match value.repr() {
            Repr::Invalid | Repr::Nil => false,
            Repr::Bool(b) => b,
            Repr::Int(i) => i != 0,
            Repr::Uint(u) => u != 0,
            Repr::Float(f) => f != 0.0,
            Repr::String(span) | Repr::List(span) => span.len > 0,
            Repr::Map(_) => !self.entries(value).is_empty(),
            Repr::Object(_) => self.object(value).is_some_and(|object| object.is_true()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_a_reference_and_keeps_its_keys_in_order() {
        let mut heap = Heap::default();
        let map = heap.map();
        let alias = map;
        for key in ["b", "a", "c", "a"] {
            heap.put(map, key, Value::int(key.len() as i64));
        }
        let keys: Vec<&[u8]> = heap.entries(alias).iter().map(|e| heap.str(e.key())).collect();
        assert_eq!(keys, [b"a", b"b", b"c"]);
        heap.remove(alias, "b");
        assert!(heap.get(map, "b").is_none());
    }

    #[test]
    fn the_first_write_to_a_frozen_map_is_seen_by_all_its_holders_and_not_by_the_next_render() {
        let mut builder = Heap::default();
        let inner = builder.map();
        builder.put(inner, "x", Value::int(1));
        let outer = builder.map();
        builder.put(outer, "inner", inner);
        let mut heap = Heap::new(Arc::new(builder.freeze()));
        let held = heap.get(outer, "inner").unwrap();
        heap.put(inner, "x", Value::int(2));
        assert_eq!(heap.get(held, "x").unwrap().repr(), Repr::Int(2));
        heap.reset();
        assert_eq!(heap.get(held, "x").unwrap().repr(), Repr::Int(1));
    }

    #[test]
    fn strings_share_their_bytes_over_the_frozen_border() {
        let mut builder = Heap::default();
        let hello = builder.string("hello");
        let mut heap = Heap::new(Arc::new(builder.freeze()));
        let world = heap.string("world");
        assert_eq!(heap.str(heap.substring(hello, 1, 3)), b"el");
        assert_eq!(heap.str(heap.substring(world, 3, 99)), b"ld");
    }

    #[test]
    fn a_full_heap_says_so_and_stays_usable() {
        let mut heap = Heap::default();
        heap.set_limit(100);
        let big = heap.string(vec![b'x'; 200]);
        assert!(heap.exhausted());
        assert_eq!(heap.str(big), b"");
    }
}

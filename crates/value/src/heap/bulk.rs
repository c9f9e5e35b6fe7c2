//! Many keys at once: what a large map is given in no order would move all that stands after it, key by key.

use super::{Entry, Heap};
use crate::Value;

impl Heap {
    /// Sets keys (string values) of a map, one after the other: of equal keys the last wins. They are taken from the list.
    pub fn set_all(&mut self, map: Value, pairs: &mut Vec<(Value, Value)>) {
        chartwright_go::sort::by(pairs, |a, b| self.str(a.0).cmp(self.str(b.0)));
        let mut more: Vec<Entry> = Vec::with_capacity(pairs.len());
        for (key, value) in pairs.drain(..) {
            let crate::Repr::String(key) = key.repr() else { continue };
            match more.last_mut().filter(|last| self.bytes_at(last.key) == self.bytes_at(key)) {
                Some(last) => last.value = value,
                None => more.push(Entry { key, value }),
            }
        }
        let old = self.entries(map).to_vec();
        let mut merged = Vec::with_capacity(old.len() + more.len());
        let (mut old, mut more) = (old.into_iter().peekable(), more.into_iter().peekable());
        while let (Some(a), Some(b)) = (old.peek(), more.peek()) {
            let order = self.bytes_at(a.key).cmp(self.bytes_at(b.key));
            merged.extend(if order.is_lt() { old.next() } else { more.next() });
            if order.is_eq() {
                old.next();
            }
        }
        merged.extend(old);
        merged.extend(more);
        let now = self.entries(map).len();
        if let Some(cell) = self.cell(map, merged.len() - now) {
            cell.clear();
            cell.extend_from_slice(&merged);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_keys_at_once_are_set_as_one_by_one() {
        let mut heap = Heap::default();
        let (map, other) = (heap.map(), heap.map());
        let first = ["m", "c", "x"];
        let then = ["d", "a", "x", "d", "z", "c"];
        for (number, key) in first.into_iter().enumerate() {
            heap.put(map, key, Value::int(number as i64));
        }
        let mut pairs: Vec<(Value, Value)> = then.into_iter().zip(10..).map(|(key, n)| (heap.string(key), Value::int(n))).collect();
        heap.set_all(map, &mut pairs);
        for (key, number) in first.into_iter().zip(0..).chain(then.into_iter().zip(10..)) {
            heap.put(other, key, Value::int(number));
        }
        let shown = |map| heap.entries(map).iter().map(|e| (heap.str(e.key()).to_vec(), e.value.repr())).collect::<Vec<_>>();
        assert_eq!(shown(map), shown(other));
    }
}

//! Sorting by places: one copy of the standard library's sort for all types, where one for each would be a tenth of the Wasm module.
//! For lists that are sorted seldom, or are short. Orders are the callers'.

use std::cmp::Ordering;

/// Sorts in place; what is equal keeps its order.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut order = places(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    for start in 0..items.len() {
        let mut at = start;
        while order[at] != start {
            let next = std::mem::replace(&mut order[at], at);
            items.swap(at, next);
            at = next;
        }
        order[at] = at;
    }
}

/// Sorts in place by what a function makes of each item.
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts in place in the items' own order.
pub fn plain<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_library_sorts() {
        let mut seed = 7u32;
        for length in [0, 1, 2, 3, 10, 100, 1000] {
            let mut items: Vec<(u32, usize)> = (0..length)
                .map(|place| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24, place)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            let mut keyed = items.clone();
            by_key(&mut keyed, |item| item.0);
            by(&mut items, |a, b| a.0.cmp(&b.0));
            assert_eq!((&items, &keyed), (&expected, &expected));
            plain(&mut items);
            assert!(items.is_sorted());
        }
    }
}

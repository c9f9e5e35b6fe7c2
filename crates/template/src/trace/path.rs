//! Paths of values, interned: a trie of keys from the root chart's values downwards.

use rustc_hash::FxHashMap;

/// A path of keys and item numbers from the root chart's values. [`PathId::ROOT`] is the values themselves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PathId(pub(super) u32);

impl PathId {
    /// The empty path: all values.
    pub const ROOT: PathId = PathId(0);

    /// Its number, below [`super::Tracer::paths`].
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// One step of a path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// A map's key.
    Key(Box<[u8]>),
    /// A list's item, from zero.
    Item(u32),
}

/// Items stand among the keys' numbers from here on.
const ITEMS: u32 = 1 << 31;

/// Every path that a render has met.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Of each path but the root: the path above, and the last step's number.
    nodes: Vec<(PathId, u32)>,
    children: FxHashMap<(PathId, u32), PathId>,
    keys: Vec<Box<[u8]>>,
    numbers: FxHashMap<Box<[u8]>, u32>,
}

impl Paths {
    /// The path of a map's key below another path.
    pub(super) fn key(&mut self, above: PathId, key: &[u8]) -> PathId {
        let number = match self.numbers.get(key) {
            Some(&number) => number,
            None => {
                let number = self.keys.len() as u32;
                self.keys.push(key.into());
                self.numbers.insert(key.into(), number);
                number
            }
        };
        self.child(above, number)
    }

    /// The path of a list's item below another path.
    pub(super) fn item(&mut self, above: PathId, at: usize) -> PathId {
        self.child(above, ITEMS | at as u32)
    }

    fn child(&mut self, above: PathId, number: u32) -> PathId {
        let next = PathId(self.nodes.len() as u32 + 1);
        let found = *self.children.entry((above, number)).or_insert(next);
        if found == next {
            self.nodes.push((above, number));
        }
        found
    }

    /// The path above another; none for the root.
    pub(super) fn above(&self, path: PathId) -> Option<PathId> {
        Some(self.nodes.get(path.0.checked_sub(1)? as usize)?.0)
    }

    /// The steps of a path, from the root.
    pub(super) fn steps(&self, path: PathId) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = path;
        while let Some(&(above, number)) = at.0.checked_sub(1).and_then(|at| self.nodes.get(at as usize)) {
            steps.push(if number & ITEMS != 0 { Step::Item(number & !ITEMS) } else { Step::Key(self.keys[number as usize].clone()) });
            at = above;
        }
        steps.reverse();
        steps
    }

    /// Whether a step below the first is this key.
    pub(super) fn leads_through(&self, path: PathId, key: &[u8]) -> bool {
        let Some(&number) = self.numbers.get(key) else { return false };
        let mut at = path;
        while let Some(&(above, step)) = at.0.checked_sub(1).and_then(|at| self.nodes.get(at as usize)) {
            if step == number && above != PathId::ROOT {
                return true;
            }
            at = above;
        }
        false
    }

    /// How many paths there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_again_by_its_steps() {
        let mut paths = Paths::default();
        let a = paths.key(PathId::ROOT, b"a");
        let first = paths.item(a, 0);
        assert_eq!(paths.key(PathId::ROOT, b"a"), a);
        assert_eq!(paths.item(a, 0), first);
        assert_ne!(paths.key(a, b"0"), first);
        assert_eq!(paths.steps(first), [Step::Key(b"a".as_slice().into()), Step::Item(0)]);
        assert_eq!(paths.steps(PathId::ROOT), []);
    }
}

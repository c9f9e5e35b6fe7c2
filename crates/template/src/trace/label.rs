//! Labels: sets of paths, interned, so that a value carries where it came from in one number. Unions are remembered.

use super::path::PathId;
use chartwright_value::Label;
use rustc_hash::FxHashMap;

/// The paths of a label are told apart: those whose values were written, and those that only steered.
const CONDITION: u32 = 1;

/// More paths than this in one label are told by the first ones alone: a text that everything went into explains nothing.
const MAX_PATHS: usize = 4096;

/// Labels with this bit are ropes: see [`super::rope`].
pub(super) const ROPE: u32 = 1 << 31;

/// Not worked out yet.
const UNKNOWN: u32 = u32::MAX;

/// Every label that a render has met. Label zero is the empty set.
pub(super) struct Labels {
    sets: Vec<Box<[u32]>>,
    /// Of each set the label of the same paths as conditions, and that of its conditions alone; or [`UNKNOWN`].
    as_conditions: Vec<u32>,
    only_conditions: Vec<u32>,
    numbers: FxHashMap<Box<[u32]>, u32>,
    unions: FxHashMap<(u32, u32), u32>,
    /// Of each path the label of a value that stands under it; zero where nobody has asked yet.
    origins: Vec<u32>,
    held: usize,
}

impl Default for Labels {
    fn default() -> Labels {
        Labels {
            sets: vec![Box::default()],
            as_conditions: vec![0],
            only_conditions: vec![0],
            numbers: FxHashMap::from_iter([(Box::default(), 0)]),
            unions: FxHashMap::default(),
            origins: Vec::new(),
            held: 0,
        }
    }
}

impl Labels {
    /// The label of a value that stands under a path.
    pub(super) fn origin(&mut self, path: PathId) -> Label {
        let at = path.0 as usize;
        if let Some(&known) = self.origins.get(at).filter(|known| **known != 0) {
            return Label(known);
        }
        let label = self.intern(Box::from([path.0 << 1]));
        if self.origins.len() <= at {
            self.origins.resize(at + 1, 0);
        }
        self.origins[at] = label.0;
        label
    }

    fn intern(&mut self, members: Box<[u32]>) -> Label {
        if let Some(&number) = self.numbers.get(&members) {
            return Label(number);
        }
        let number = self.sets.len() as u32;
        self.held += members.len() + 4;
        self.numbers.insert(members.clone(), number);
        self.sets.push(members);
        self.as_conditions.push(UNKNOWN);
        self.only_conditions.push(UNKNOWN);
        Label(number)
    }

    fn members(&self, label: Label) -> &[u32] {
        self.sets.get(label.0 as usize).map_or(&[], |set| set)
    }

    /// Both labels' paths. A path that was written somewhere is no mere condition.
    #[inline]
    pub(super) fn union(&mut self, a: Label, b: Label) -> Label {
        if a == b || b.0 == 0 {
            return a;
        }
        if a.0 == 0 {
            return b;
        }
        let pair = if a.0 < b.0 { (a.0, b.0) } else { (b.0, a.0) };
        if let Some(&known) = self.unions.get(&pair) {
            return Label(known);
        }
        self.unite(pair)
    }

    #[cold]
    fn unite(&mut self, pair: (u32, u32)) -> Label {
        let (a, b) = (self.members(Label(pair.0)), self.members(Label(pair.1)));
        let mut all = Vec::with_capacity(a.len() + b.len());
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            let next = match (a.get(i), b.get(j)) {
                (Some(&x), Some(&y)) if x <= y => {
                    i += 1;
                    x
                }
                (Some(&x), None) => {
                    i += 1;
                    x
                }
                (_, Some(&y)) => {
                    j += 1;
                    y
                }
                (None, None) => break,
            };
            // The origin of a path sorts just before its condition.
            if all.last().is_none_or(|&last: &u32| last & !CONDITION != next & !CONDITION) {
                all.push(next);
            }
        }
        all.truncate(MAX_PATHS);
        let label = self.intern(all.into_boxed_slice());
        self.held += 2;
        self.unions.insert(pair, label.0);
        label
    }

    /// The same paths, none of which was written.
    #[inline]
    pub(super) fn as_conditions(&mut self, label: Label) -> Label {
        match self.as_conditions.get(label.0 as usize) {
            Some(&UNKNOWN) => {
                let members = self.members(label).iter().map(|member| member | CONDITION).collect();
                let made = self.intern(members);
                self.as_conditions[label.0 as usize] = made.0;
                made
            }
            Some(&known) => Label(known),
            None => Label(0),
        }
    }

    /// The paths that only steered.
    #[inline]
    pub(super) fn only_conditions(&mut self, label: Label) -> Label {
        match self.only_conditions.get(label.0 as usize) {
            Some(&UNKNOWN) => {
                let members = self.members(label).iter().copied().filter(|member| member & CONDITION != 0).collect();
                let made = self.intern(members);
                self.only_conditions[label.0 as usize] = made.0;
                made
            }
            Some(&known) => Label(known),
            None => Label(0),
        }
    }

    /// All paths, written or not.
    pub(super) fn paths(&self, label: Label, found: &mut impl FnMut(PathId)) {
        self.members(label).iter().for_each(|member| found(PathId(member >> 1)));
    }

    /// The paths that were written.
    pub(super) fn origins(&self, label: Label) -> impl Iterator<Item = PathId> + '_ {
        self.members(label).iter().filter(|member| *member & CONDITION == 0).map(|member| PathId(member >> 1))
    }

    /// The paths that only steered.
    pub(super) fn conditions(&self, label: Label) -> impl Iterator<Item = PathId> + '_ {
        self.members(label).iter().filter(|member| *member & CONDITION != 0).map(|member| PathId(member >> 1))
    }

    /// What the tables hold, in words of four bytes, about.
    pub(super) fn held(&self) -> usize {
        self.held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_union_holds_each_path_once_and_an_origin_wins() {
        let mut labels = Labels::default();
        let (a, b) = (labels.origin(PathId(1)), labels.origin(PathId(2)));
        let condition = labels.as_conditions(a);
        let both = labels.union(a, b);
        assert_eq!(labels.union(b, a), both);
        assert_eq!(labels.union(both, condition), both);
        let mixed = labels.union(condition, b);
        assert_eq!(labels.origins(mixed).collect::<Vec<_>>(), [PathId(2)]);
        assert_eq!(labels.conditions(mixed).collect::<Vec<_>>(), [PathId(1)]);
        assert_eq!(labels.only_conditions(mixed), condition);
    }
}

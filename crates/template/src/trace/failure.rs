//! What an execution that failed was at.

use super::{Label, PathId, Tracer};
use std::collections::BTreeSet;

/// How many values are remembered that were read since something was written.
const MAX_RECENT: usize = 16;

impl Tracer {
    /// Remembers what was read, until something is written.
    pub(super) fn remember(&mut self, label: Label) {
        if self.recent.last() != Some(&label) {
            if self.recent.len() == MAX_RECENT {
                self.recent.remove(0);
            }
            self.recent.push(label);
        }
    }

    /// After an execution has failed: the paths that it had read since it last wrote, without those that only led to others of them, and
    /// the paths that had decided that it came there.
    pub fn at_failure(&self) -> (Vec<PathId>, Vec<PathId>) {
        let read: BTreeSet<PathId> = self.recent.iter().flat_map(|label| self.labels.origins(*label)).collect();
        let mut leads: BTreeSet<PathId> = BTreeSet::from([PathId::ROOT]);
        for path in &read {
            let mut at = self.above(*path);
            while let Some(above) = at.filter(|above| leads.insert(*above)) {
                at = self.above(above);
            }
        }
        let control = self.labels.origins(self.control).chain(self.labels.conditions(self.control));
        let steering: BTreeSet<PathId> = self.recent.iter().flat_map(|label| self.labels.conditions(*label)).chain(control).collect();
        let origins: Vec<PathId> = read.difference(&leads).copied().collect();
        let conditions = steering.into_iter().filter(|path| !read.contains(path)).collect();
        (origins, conditions)
    }
}

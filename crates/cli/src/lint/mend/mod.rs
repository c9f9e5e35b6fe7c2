//! Mending: the fixes that rules offer, made in the files that the manifests or values stand in. A fix counts once a lint of what it gives finds less than before, and nothing new.

mod chart;
mod plain;

pub(super) use chart::mend as chart;
pub(super) use plain::mend as plain;

use super::found::Found;
use chartwright_kube::object::ObjectRef;
use chartwright_lint::Finding;
use std::collections::BTreeMap;

/// What is to become of fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Each is told with its finding; files stay.
    Tell,
    /// One is made after the other.
    Make,
}

impl Purpose {
    /// How many lints of a target are worth it.
    fn trials(self) -> usize {
        match self {
            Purpose::Tell => MOST_TRIALS_TO_TELL,
            Purpose::Make => MOST_TRIALS_TO_MAKE,
        }
    }
}

const MOST_TRIALS_TO_TELL: usize = 60;
const MOST_TRIALS_TO_MAKE: usize = 2_000;

/// A finding by what it says and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    rule: &'static str,
    object: ObjectRef,
    pointer: String,
    message: String,
}

impl Key {
    fn of(finding: &Finding) -> Key {
        Key { rule: finding.rule, object: finding.object.clone(), pointer: finding.place.pointer.clone(), message: finding.message.clone() }
    }

    /// The rule's id.
    pub(super) fn rule(&self) -> &'static str {
        self.rule
    }

    fn of_found(found: &Found) -> Key {
        Key { rule: found.rule, object: found.object.clone(), pointer: found.pointer.clone(), message: found.message.clone() }
    }
}

/// A fix of one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cure {
    /// What it does.
    pub(super) words: String,
    /// The file that it changes, whole, before and after.
    pub(super) file: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Mended {
    /// The fixes, with what they cure.
    pub(super) cures: Vec<(Key, Cure)>,
    /// The files as they are to be, by path: of what was made.
    pub(super) files: BTreeMap<String, String>,
}

impl Mended {
    /// Tells findings of their fixes.
    pub(super) fn tell(&self, findings: &mut [Found]) {
        for found in findings.iter_mut().filter(|found| found.silenced.is_none()) {
            let key = Key::of_found(found);
            found.cure_in_file = self.cures.iter().find(|(known, _)| *known == key).map(|(_, cure)| cure.clone());
        }
    }
}

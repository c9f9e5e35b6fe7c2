//! What a check may take, and what it need not do again.

use crate::schema::compile::NodeId;
use chartwright_go::regexp::{Regexp, Work};
use std::cell::Cell;
use std::collections::HashMap;

/// How many checks one value may take, each of a value by a schema; and how much work its patterns are.
const MOST_CHECKS: u32 = 2_000_000;
const PATTERN_WORK: u64 = 50_000_000;

/// How many failures are told, counted with how deep they stand. Alternatives of alternatives would fail without end.
const MOST_FAILURES: usize = 100_000;

/// What a check has taken so far.
pub(super) struct Spent {
    pub(super) checks: u32,
    /// Failures, and how deep they stand.
    pub(super) failures: Cell<usize>,
    pub(super) work: Work,
}

impl Default for Spent {
    fn default() -> Spent {
        Spent { checks: 0, failures: Cell::new(0), work: Work::new(PATTERN_WORK) }
    }
}

impl Spent {
    pub(super) fn is_too_much(&self) -> bool {
        self.checks > MOST_CHECKS || self.failures.get() > MOST_FAILURES || self.work.is_spent()
    }
}

/// Strings that have matched a schema's pattern, the latest first: values mostly stay as they were from one render to the next.
#[derive(Default)]
pub(crate) struct Matched {
    by_node: HashMap<NodeId, Vec<Box<[u8]>>>,
}

/// How many strings are kept for one pattern, and how long they may be.
const MATCHED: usize = 8;
const MATCHED_BYTES: usize = 256;

impl Matched {
    pub(super) fn is_match(&mut self, id: NodeId, pattern: &Regexp, text: &[u8], work: &mut Work) -> bool {
        let known = self.by_node.entry(id).or_default();
        if known.iter().any(|known| **known == *text) {
            return true;
        }
        let matches = pattern.is_match(text, work);
        if matches && text.len() <= MATCHED_BYTES {
            known.truncate(MATCHED - 1);
            known.insert(0, text.into());
        }
        matches
    }
}

//! Whether a cure is one.

use chartwright_kube::object::ObjectRef;
use chartwright_lint::Finding;
use std::collections::HashMap;

/// Findings by rule, object and what they say, with how many there are of each. Where exactly they stand does not count, nor by which version of its API an object is
/// written: an edit may change both.
pub type Known = HashMap<(&'static str, ObjectRef, String), usize>;

/// What was found.
#[must_use]
pub fn known<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Known {
    let mut known = Known::new();
    for finding in findings {
        let object = ObjectRef { api_version: String::new(), ..finding.object.clone() };
        *known.entry((finding.rule, object, finding.message.clone())).or_default() += 1;
    }
    known
}

/// Whether nothing new was found, and less than before.
#[must_use]
pub fn only_less(before: &Known, after: &Known) -> bool {
    let no_more = after.iter().all(|(key, count)| before.get(key).is_some_and(|before| count <= before));
    no_more && after.values().sum::<usize>() < before.values().sum()
}

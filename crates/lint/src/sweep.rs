//! What breaks in which release of Kubernetes: the errors of several runs, put together by cause. Who renders for each release, and how it is told, is not known here.

use std::collections::HashMap;
use std::hash::Hash;

use chartwright_kube::object::ObjectRef;

use crate::finding::{Finding, Severity};
use crate::linter::{Input, Linter, Report};

/// A cause, and where it breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Break<T = Finding> {
    /// As the newest of these releases has it.
    pub finding: T,
    /// The minor versions of Kubernetes 1.x that it breaks in, in ascending order.
    pub minors: Vec<u32>,
}

/// Whether a finding of this rule and severity says that something does not work. What a release does not serve is no error, as clusters can be told to serve it, or have been
/// given it.
#[must_use]
pub fn breaks(rule: &str, severity: Severity) -> bool {
    severity == Severity::Error || rule == "unknown-kind"
}

/// What makes findings of a render one cause: a rule, an object, a pointer.
pub type Cause = (&'static str, ObjectRef, String);

/// The errors of runs for several releases. `K` is what makes findings one cause, if they are as many in each run.
#[derive(Clone, Debug)]
pub struct Sweep<K = Cause, T = Finding> {
    minors: Vec<u32>,
    breaks: Vec<Break<T>>,
    by_cause: HashMap<(K, usize), usize>,
}

impl<K, T> Default for Sweep<K, T> {
    fn default() -> Self {
        Self { minors: Vec::new(), breaks: Vec::new(), by_cause: HashMap::new() }
    }
}

impl Sweep {
    /// Takes in the report of a release. Its render may be another than that of its neighbours.
    pub fn add(&mut self, minor: u32, report: &Report) {
        let found = report.findings.iter().filter(|finding| breaks(finding.rule, finding.severity));
        self.take(minor, found.map(|finding| ((finding.rule, finding.object.clone(), finding.place.pointer.clone()), finding.clone())));
    }
}

impl<K: Clone + Eq + Hash, T> Sweep<K, T> {
    /// Takes in what breaks in a release; a release counts once.
    pub fn take(&mut self, minor: u32, found: impl IntoIterator<Item = (K, T)>) {
        let Err(place) = self.minors.binary_search(&minor) else { return };
        self.minors.insert(place, minor);
        let mut met: HashMap<K, usize> = HashMap::new();
        for (key, finding) in found {
            let before = met.entry(key.clone()).or_default();
            let cause = (key, *before);
            *before += 1;
            let known = self.by_cause.get(&cause).and_then(|number| self.breaks.get_mut(*number));
            let Some(known) = known else {
                self.by_cause.insert(cause, self.breaks.len());
                self.breaks.push(Break { finding, minors: vec![minor] });
                continue;
            };
            let place = known.minors.partition_point(|known| *known < minor);
            if place == known.minors.len() {
                known.finding = finding;
            }
            known.minors.insert(place, minor);
        }
    }

    /// The minor versions that were taken in, in ascending order.
    #[must_use]
    pub fn minors(&self) -> &[u32] {
        &self.minors
    }

    /// All causes, in the order in which they were met.
    #[must_use]
    pub fn breaks(&self) -> &[Break<T>] {
        &self.breaks
    }

    /// What breaks in a release.
    pub fn broken(&self, minor: u32) -> impl Iterator<Item = &Break<T>> {
        self.breaks.iter().filter(move |cause| cause.minors.binary_search(&minor).is_ok())
    }

    /// All causes, for good.
    #[must_use]
    pub fn into_breaks(self) -> Vec<Break<T>> {
        self.breaks
    }

    /// Whether a cause has nothing to do with the release: it breaks in each of them.
    #[must_use]
    pub fn is_everywhere(&self, cause: &Break<T>) -> bool {
        cause.minors.len() == self.minors.len()
    }

    /// The releases that a cause breaks in, in words: `every release`, `since 1.32`, `before 1.33`, `1.27, 1.29 to 1.31`.
    #[must_use]
    pub fn releases(&self, cause: &Break<T>) -> String {
        releases(&self.minors, &cause.minors)
    }
}

/// Some of the releases of a sweep in words, both in ascending order: `every release`, `since 1.32`, `before 1.33`, `1.27, 1.29 to 1.31`.
#[must_use]
pub fn releases(all: &[u32], some: &[u32]) -> String {
    let broken: Vec<bool> = all.iter().map(|minor| some.binary_search(minor).is_ok()).collect();
    let first = broken.iter().position(|broken| *broken);
    let sound = broken.iter().position(|broken| !broken);
    let (Some(first), Some(sound)) = (first, sound) else {
        return if first.is_some() { "every release".to_owned() } else { "no release".to_owned() };
    };
    let changes = broken.windows(2).filter(|pair| pair.first() != pair.last()).count();
    if changes == 1 {
        let (word, place) = if first > 0 { ("since", first) } else { ("before", sound) };
        return all.get(place).map_or_else(String::new, |minor| format!("{word} 1.{minor}"));
    }
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let mut before = false;
    for (minor, broken) in all.iter().zip(&broken) {
        match runs.last_mut().filter(|_| *broken && before) {
            Some(run) => run.1 = *minor,
            None if *broken => runs.push((*minor, *minor)),
            None => {}
        }
        before = *broken;
    }
    let words = runs.iter().map(|(from, to)| if from == to { format!("1.{from}") } else { format!("1.{from} to 1.{to}") });
    words.collect::<Vec<_>>().join(", ")
}

impl Linter {
    /// Lints a render for each of the releases, whatever release the input names. A chart that looks at the version of the cluster is better rendered for each, and its reports put together by [`Sweep::add`].
    pub fn sweep(&mut self, input: &Input<'_>, minors: impl IntoIterator<Item = u32>) -> Sweep {
        let mut sweep = Sweep::default();
        for minor in minors {
            let report = self.lint(&Input { kubernetes_minor: minor, ..*input });
            sweep.add(minor, &report);
        }
        sweep
    }
}

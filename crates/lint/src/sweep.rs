//! What breaks in which release of Kubernetes: the errors of several runs, put together by cause. Who renders for each release, and how it is told, is not known here.

use std::collections::HashMap;

use chartwright_kube::object::ObjectRef;

use crate::finding::{Finding, Severity};
use crate::linter::{Input, Linter, Report};

/// A cause, and where it breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// As the newest of these releases has it.
    pub finding: Finding,
    /// The minor versions of Kubernetes 1.x that it breaks in, in ascending order.
    pub minors: Vec<u32>,
}

/// Whether something does not work: what a release does not serve is no error, as clusters can be told to serve it, or have been given it.
fn breaks(finding: &Finding) -> bool {
    finding.severity == Severity::Error || finding.rule == "unknown-kind"
}

/// A rule, an object, a pointer, and which of the findings there it is.
type Cause = (&'static str, ObjectRef, String, usize);

/// The errors of runs for several releases.
#[derive(Clone, Debug, Default)]
pub struct Sweep {
    minors: Vec<u32>,
    breaks: Vec<Break>,
    by_cause: HashMap<Cause, usize>,
}

impl Sweep {
    /// Takes in the report of a release; a release counts once. Its render may be another than that of its neighbours: causes are the same where rule, object and pointer are.
    pub fn add(&mut self, minor: u32, report: &Report) {
        let Err(place) = self.minors.binary_search(&minor) else { return };
        self.minors.insert(place, minor);
        let mut met: HashMap<(&str, &ObjectRef, &str), usize> = HashMap::new();
        for finding in report.findings.iter().filter(|finding| breaks(finding)) {
            let before = met.entry((finding.rule, &finding.object, &finding.place.pointer)).or_default();
            let cause = (finding.rule, finding.object.clone(), finding.place.pointer.clone(), *before);
            *before += 1;
            let number = *self.by_cause.entry(cause).or_insert_with(|| {
                self.breaks.push(Break { finding: finding.clone(), minors: Vec::new() });
                self.breaks.len() - 1
            });
            if let Some(known) = self.breaks.get_mut(number) {
                let place = known.minors.partition_point(|known| *known < minor);
                if place == known.minors.len() {
                    known.finding = finding.clone();
                }
                known.minors.insert(place, minor);
            }
        }
    }

    /// The minor versions that were taken in, in ascending order.
    #[must_use]
    pub fn minors(&self) -> &[u32] {
        &self.minors
    }

    /// All causes, in the order in which they were met.
    #[must_use]
    pub fn breaks(&self) -> &[Break] {
        &self.breaks
    }

    /// What breaks in a release.
    pub fn broken(&self, minor: u32) -> impl Iterator<Item = &Break> {
        self.breaks.iter().filter(move |cause| cause.minors.binary_search(&minor).is_ok())
    }

    /// Whether a cause has nothing to do with the release: it breaks in each of them.
    #[must_use]
    pub fn is_everywhere(&self, cause: &Break) -> bool {
        cause.minors.len() == self.minors.len()
    }

    /// The releases that a cause breaks in, in words: `every release`, `since 1.32`, `before 1.33`, `1.27, 1.29 to 1.31`.
    #[must_use]
    pub fn releases(&self, cause: &Break) -> String {
        let broken: Vec<bool> = self.minors.iter().map(|minor| cause.minors.binary_search(minor).is_ok()).collect();
        let first = broken.iter().position(|broken| *broken);
        let sound = broken.iter().position(|broken| !broken);
        let (Some(first), Some(sound)) = (first, sound) else {
            return if first.is_some() { "every release".to_owned() } else { "no release".to_owned() };
        };
        let changes = broken.windows(2).filter(|pair| pair.first() != pair.last()).count();
        if changes == 1 {
            let (word, place) = if first > 0 { ("since", first) } else { ("before", sound) };
            return self.minors.get(place).map_or_else(String::new, |minor| format!("{word} 1.{minor}"));
        }
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut before = false;
        for (minor, broken) in self.minors.iter().zip(&broken) {
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

//! What breaks in which release of Kubernetes: the findings of each release's render, put beside those of the release that is chosen.

use super::entries::is_open;
use super::request::SweepRequest;
use super::{Checks, Found};
use crate::names::KUBE_VERSIONS;
use crate::protocol::{BreakView, CheckReport, ReleaseView, Severity, SweepView};
use chartwright_kube::object::ObjectRef;
use chartwright_lint::{Sweep, breaks, releases, rules};
use std::collections::{BTreeMap, HashSet};

/// What makes findings of several releases one: the rule, the object by whatever version of its API, and the place in it.
type Cause = (String, ObjectRef, String);

/// A release.
struct Release {
    minor: u32,
    failed: Option<String>,
    found: Vec<(Cause, Found)>,
}

/// What is known of the releases, by environment.
#[derive(Default)]
pub(super) struct Releases(BTreeMap<String, Vec<Release>>);

impl Checks {
    /// Judges what [`Update::sweep`](crate::protocol::Update::sweep) says, in [`CheckReport::sweep`].
    pub fn sweep(&mut self, request: &str) -> CheckReport {
        let Ok(request) = serde_json::from_str::<SweepRequest>(request) else { return CheckReport::default() };
        if request.first {
            self.releases.0.remove(&request.environment);
        }
        let found = match request.failed {
            Some(_) => Vec::new(),
            None => self.found_in(&request),
        };
        let all = self.releases.0.entry(request.environment).or_default();
        all.retain(|known| known.minor != request.minor);
        all.push(Release { minor: request.minor, failed: request.failed, found });
        chartwright_go::sort::by_key(all, |release| release.minor);
        CheckReport { sweep: self.swept(), ..CheckReport::default() }
    }

    fn found_in(&mut self, request: &SweepRequest) -> Vec<(Cause, Found)> {
        let Some(report) = self.lint_release(&request.environment, &request.documents, request.minor) else { return Vec::new() };
        let cause = |found: &Found| {
            let object = ObjectRef { api_version: String::new(), ..found.object.clone() };
            (found.view.rule.clone(), object, found.pointer.clone())
        };
        let found = report.findings.iter().map(|finding| Found::new(finding, &request.documents));
        let open = found.filter(|found| is_open(found, &request.environment, &self.silences, self.project.exclusions()));
        open.map(|found| (cause(&found), found)).collect()
    }

    /// What is known of the releases so far, if anything was asked of them.
    pub(super) fn swept(&self) -> Option<Vec<SweepView>> {
        let chosen = self.settings.1;
        let views: Vec<SweepView> = self.releases.0.iter().map(|(environment, all)| view(environment, all, chosen)).collect();
        (!views.is_empty()).then_some(views)
    }
}

fn is_break(found: &Found) -> bool {
    let severity = match found.view.severity {
        Severity::Error => chartwright_lint::Severity::Error,
        Severity::Warning => chartwright_lint::Severity::Warning,
        Severity::Info => chartwright_lint::Severity::Info,
    };
    breaks(&found.view.rule, severity)
}

fn view(environment: &str, all: &[Release], chosen: u32) -> SweepView {
    let causes = |release: &'_ Release| -> HashSet<Cause> { release.found.iter().map(|(cause, _)| cause.clone()).collect() };
    let here = all.iter().find(|release| release.minor == chosen && release.failed.is_none()).map(causes);
    let one = |release: &Release| {
        let own = causes(release);
        let breaks = release.found.iter().filter(|(_, found)| is_break(found)).count();
        let compared = match (&here, &release.failed) {
            (Some(here), None) => compared(own.difference(here).count(), here.difference(&own).count()),
            _ => String::new(),
        };
        ReleaseView {
            version: format!("1.{}", release.minor),
            failed: release.failed.clone(),
            breaks,
            words: words(release.failed.is_some(), breaks),
            compared,
        }
    };
    let is_whole = all.len() >= KUBE_VERSIONS.len();
    SweepView {
        environment: environment.to_owned(),
        releases: all.iter().map(one).collect(),
        is_whole,
        breaks: if is_whole { broken(all) } else { Vec::new() },
    }
}

fn words(failed: bool, breaks: usize) -> String {
    match (failed, breaks) {
        (true, _) => "fails".to_owned(),
        (false, 0) => "works".to_owned(),
        (false, 1) => "1 fault".to_owned(),
        (false, many) => format!("{many} faults"),
    }
}

fn compared(new: usize, gone: usize) -> String {
    let parts = [(new, "new"), (gone, "gone")].into_iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// What breaks in some releases and not in others: one entry for what is said alike of several objects.
fn broken(all: &[Release]) -> Vec<BreakView> {
    let mut sweep: Sweep<Cause, Found> = Sweep::default();
    for release in all.iter().filter(|release| release.failed.is_none()) {
        let found = release.found.iter().filter(|(_, found)| is_break(found));
        sweep.take(release.minor, found.cloned());
    }
    let mut entries: Vec<BreakView> = failed(all);
    for cause in sweep.breaks().iter().filter(|cause| !sweep.is_everywhere(cause)) {
        let (view, words) = (&cause.finding.view, sweep.releases(cause));
        let same = |known: &&mut BreakView| (&known.rule, &known.message, &known.releases) == (&view.rule, &view.message, &words);
        match entries.iter_mut().find(same) {
            Some(known) => known.objects.push(view.place.object.clone()),
            None => entries.push(BreakView {
                rule: view.rule.clone(),
                severity: view.severity,
                objects: vec![view.place.object.clone()],
                message: view.message.clone(),
                releases: words,
            }),
        }
    }
    for entry in &mut entries {
        let mut seen = HashSet::new();
        entry.objects.retain(|object| seen.insert(object.clone()));
    }
    chartwright_go::sort::by_key(&mut entries, |entry| entry.severity);
    entries
}

/// The releases that nothing is rendered for, by what Helm says.
fn failed(all: &[Release]) -> Vec<BreakView> {
    let minors: Vec<u32> = all.iter().map(|release| release.minor).collect();
    let mut by_message: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for release in all {
        if let Some(message) = &release.failed {
            // What differs is the version alone.
            let message = message.replace(&format!("Kubernetes v1.{}", release.minor), "this release of Kubernetes");
            by_message.entry(message).or_default().push(release.minor);
        }
    }
    let entry = |(message, some): (String, Vec<u32>)| BreakView {
        rule: rules::CHART_RENDER.id.to_owned(),
        severity: Severity::Error,
        objects: Vec::new(),
        message,
        releases: releases(&minors, &some),
    };
    by_message.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_in_words() {
        assert_eq!([words(true, 0), words(false, 0), words(false, 1), words(false, 3)], ["fails", "works", "1 fault", "3 faults"]);
        assert_eq!([compared(0, 0), compared(2, 0), compared(1, 4)], ["", "2 new", "1 new, 4 gone"]);
    }
}

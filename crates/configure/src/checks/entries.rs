//! From what was found in each environment to what is shown of it: what is silenced stands apart, what is of one cause is one entry, and each
//! entry knows in which other environments it is found.

use super::Found;
use crate::protocol::{EnvironmentReport, FindingView, PlaceView, Silence, SilencedBy, SilencedView};
use chartwright_lint::project::Exclusion;
use std::collections::{HashMap, HashSet};

/// What tells a finding from others, in any environment: the rule, the object (or the document that could not be read, or the file), and the place in it.
type Key<'a> = (&'a str, &'a str, &'a str);

fn key(found: &Found) -> Key<'_> {
    let place = &found.view.place;
    let what = [&place.object, &place.document, &place.file].into_iter().find(|name| !name.is_empty());
    (&found.view.rule, what.map_or("", String::as_str), &found.pointer)
}

/// What was found in an environment.
pub(super) struct Environment<'a> {
    pub(super) name: &'a str,
    pub(super) findings: &'a [Found],
    /// What was found in the chart itself and in values.
    pub(super) of_chart: &'a [Found],
    /// What annotations silence: with the annotation's key, and why.
    pub(super) annotated: &'a [(Found, String, String)],
}

impl<'a> Environment<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Found> {
        self.findings.iter().chain(self.of_chart)
    }
}

/// Fills the reports' findings, in the environments' order. Back come the silences that silence nothing.
pub(super) fn fill(
    environments: &[Environment<'_>],
    silences: &[Silence],
    exclusions: &[Exclusion],
    reports: &mut [EnvironmentReport],
) -> Vec<Silence> {
    let mut places: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (number, environment) in environments.iter().enumerate() {
        for found in environment.all().chain(environment.annotated.iter().map(|(found, ..)| found)) {
            let known = places.entry(key(found)).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
    }
    let mut used = HashSet::new();
    for (number, (environment, report)) in environments.iter().zip(reports).enumerate() {
        let view = |found: &Found| {
            let others = places.get(&key(found)).into_iter().flatten().filter(|other| **other != number);
            let elsewhere = others.filter_map(|other| environments.get(*other)).map(|other| other.name.to_owned()).collect();
            FindingView { elsewhere, ..found.view.clone() }
        };
        let (mut open, mut silenced) = (Entries::default(), Entries::default());
        for found in environment.all() {
            if let Some(at) = silences.iter().position(|silence| covers(silence, environment.name, &found.view)) {
                used.insert(at);
                silenced.add(view(found), Some((SilencedBy::Me(silences[at].clone()), silences[at].reason.clone())));
            } else if let Some(exclusion) = exclusions.iter().find(|exclusion| excludes(exclusion, environment.name, found)) {
                silenced.add(view(found), Some((SilencedBy::Project(exclusion.line), exclusion.reason.clone())));
            } else {
                open.add(view(found), None);
            }
        }
        for (found, annotation, reason) in environment.annotated {
            silenced.add(view(found), Some((SilencedBy::Annotation(annotation.clone()), reason.clone())));
        }
        report.findings = open.all.into_iter().map(|(finding, _)| finding).collect();
        chartwright_go::sort::by_key(&mut report.findings, |finding| finding.severity);
        let one = |(finding, by): (FindingView, By)| by.map(|(by, reason)| SilencedView { finding, by, reason });
        report.silenced = silenced.all.into_iter().filter_map(one).collect();
        chartwright_go::sort::by_key(&mut report.silenced, |one| one.finding.severity);
    }
    silences.iter().enumerate().filter(|(at, _)| !used.contains(at)).map(|(_, silence)| silence.clone()).collect()
}

/// Whether nobody silences a finding, but for annotations.
pub(super) fn is_open(found: &Found, environment: &str, silences: &[Silence], exclusions: &[Exclusion]) -> bool {
    !silences.iter().any(|silence| covers(silence, environment, &found.view))
        && !exclusions.iter().any(|exclusion| excludes(exclusion, environment, found))
}

fn covers(silence: &Silence, environment: &str, finding: &FindingView) -> bool {
    let here = silence.environment.as_deref().is_none_or(|name| name == environment);
    let is_named = |names: &[String], name: &String| !name.is_empty() && names.contains(name);
    let PlaceView { object, file, .. } = &finding.place;
    here && silence.rule == finding.rule && (is_named(&silence.objects, object) || is_named(&silence.files, file))
}

/// The project file lies in the chart's folder, which its paths begin from.
fn excludes(exclusion: &Exclusion, environment: &str, found: &Found) -> bool {
    exclusion.covers(&found.view.rule, &found.object, &[&found.template, ""]) && exclusion.is_in(&[environment.to_owned()])
}

/// Who silences a finding, and why.
type By = Option<(SilencedBy, String)>;

/// Findings of which those of one cause are put together: the same rule says the same of them, and silences of one kind silence them.
#[derive(Default)]
struct Entries {
    all: Vec<(FindingView, By)>,
    /// Where an entry is, by rule, message, cure, and who silences it.
    known: HashMap<(String, String, String, String), usize>,
}

impl Entries {
    fn add(&mut self, finding: FindingView, by: By) {
        let silencer = by.as_ref().map(|(by, reason)| match by {
            SilencedBy::Annotation(key) => format!("{key} {reason}"),
            SilencedBy::Project(line) => line.to_string(),
            SilencedBy::Me(silence) => [&silence.places(), &silence.reason].map(String::as_str).join(" "),
        });
        let key = (finding.rule.clone(), finding.message.clone(), finding.cure.clone(), silencer.unwrap_or_default());
        match self.known.get(&key).and_then(|at| self.all.get_mut(*at)) {
            Some((entry, _)) => {
                entry.places.push(finding.place);
                entry.places.extend(finding.places);
                entry.elsewhere.retain(|name| finding.elsewhere.contains(name));
            }
            None => {
                self.known.insert(key, self.all.len());
                self.all.push((finding, by));
            }
        }
    }
}

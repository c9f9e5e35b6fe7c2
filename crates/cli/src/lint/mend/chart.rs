//! Fixes in the values of a chart: in the file that sets the value, or what is nearest to it.

use super::{Cure, Key, Mended, Purpose};
use crate::lint::chart::{Environment, chosen, environments, load, render, request};
use crate::lint::gather::shown;
use crate::lint::ground::Ground;
use crate::lint::options::Options;
use crate::lint::plain::input;
use crate::lint::terms::Terms;
use chartwright_configure::fix::{self, Candidate, Known};
use chartwright_helm::{Engine, Owner, Rendered, Sources, Step, ValuesLayer};
use chartwright_lint::fix::Fix;
use chartwright_lint::{Document, Finding};
use chartwright_yaml::edit::{EditOptions, PathSegment, set};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Files that differ from those on disk, by path.
type Texts = BTreeMap<String, String>;

/// A value to try: the file that it goes to.
struct Trial {
    file: String,
    candidate: Candidate,
}

/// A finding that may be mended.
struct Next {
    key: Key,
    words: String,
    trials: Vec<Trial>,
}

/// What all environments came to.
struct Judged {
    known: Vec<Known>,
    /// What may be mended of it, if that was asked.
    next: Vec<Next>,
}

struct Mending<'a> {
    place: &'a Path,
    options: &'a Options,
    terms: &'a Terms,
    ground: &'a Ground,
    /// Findings that were tried.
    refused: BTreeSet<Key>,
    /// How many more renders and lints are worth it. Each counts: a chart that makes something by chance has other findings each time.
    left: usize,
}

/// Looks for fixes of what a chart makes.
pub(in crate::lint) fn mend(place: &Path, options: &Options, terms: &Terms, ground: &Ground, purpose: Purpose) -> Mended {
    let mut mending = Mending { place, options, terms, ground, refused: BTreeSet::new(), left: purpose.trials() };
    let mut mended = Mended::default();
    while let Some(now) = mending.judge(&mended.files, true) {
        let mut made = None;
        for next in now.next {
            mending.refused.insert(next.key.clone());
            let Some((cure, texts)) = mending.cure(&next, &mended.files, &now.known) else { continue };
            mended.cures.push((next.key, cure));
            if purpose == Purpose::Make {
                made = Some(texts);
                break;
            }
        }
        match made {
            Some(texts) => mended.files = texts,
            None => break,
        }
    }
    mended
}

/// Whether some environment has less than before, and none has anything new.
fn is_better(before: &[Known], after: &[Known]) -> bool {
    let no_worse = before.iter().zip(after).all(|(before, after)| before == after || fix::only_less(before, after));
    no_worse && before != after && before.len() == after.len()
}

/// `securityContext.runAsUser: 1000`.
fn spelled(candidate: &Candidate) -> String {
    let steps: Vec<Step> = candidate.path.iter().map(step).collect();
    crate::explain::dotted(&steps)
}

fn step(segment: &PathSegment) -> Step {
    match segment {
        PathSegment::Key(key) => Step::Key(key.as_bytes().into()),
        PathSegment::Index(index) => Step::Item(u32::try_from(*index).unwrap_or(u32::MAX)),
    }
}

impl Mending<'_> {
    /// The first value that cures a finding, and the files with it.
    fn cure(&mut self, next: &Next, texts: &Texts, known: &[Known]) -> Option<(Cure, Texts)> {
        next.trials.iter().find_map(|trial| {
            let (before, after) = self.edited(texts, trial)?;
            let mut tried = texts.clone();
            tried.insert(trial.file.clone(), after.clone());
            let then = self.judge(&tried, false)?;
            let words = format!("{} by {} in {}", next.words, spelled(&trial.candidate), trial.file);
            is_better(known, &then.known).then(|| (Cure { words, file: trial.file.clone(), before, after }, tried))
        })
    }

    /// Renders and lints all environments with these files, and looks for what may be mended if that is asked. Nothing where a render fails,
    /// or where enough was tried.
    fn judge(&mut self, texts: &Texts, ask: bool) -> Option<Judged> {
        self.left = self.left.checked_sub(1)?;
        let own = texts.get(&self.values_file()).map(String::as_str);
        let chart = load(self.place, self.options, own).ok()?;
        let environments = environments(self.place, &chart, self.options, self.terms).ok()?;
        let mut engine = Engine::compile(Arc::new(chart), self.options.helm).ok()?;
        let mut judged = Judged { known: Vec::new(), next: Vec::new() };
        for environment in &environments {
            self.environment(&mut engine, environment, texts, ask, &mut judged)?;
        }
        Some(judged)
    }

    fn environment(&self, engine: &mut Engine, environment: &Environment, texts: &Texts, ask: bool, judged: &mut Judged) -> Option<()> {
        let read = |name: &str, text: &str| texts.get(name).map_or_else(|| text.to_owned(), String::clone);
        let files: Vec<(String, String)> = environment.files.iter().map(|(name, text)| (name.clone(), read(name, text))).collect();
        let files = files.iter().map(|(name, text)| ValuesLayer::File { name, text });
        let given = self.options.layers.layers();
        let given = given.into_iter().map(|layer| match layer {
            ValuesLayer::File { name, text } => ValuesLayer::File { name, text: texts.get(name).map_or(text, String::as_str) },
            other => other,
        });
        let layers: Vec<ValuesLayer<'_>> = files.chain(given).collect();
        let chosen = chosen(self.place, engine.chart(), self.options, self.terms, self.ground);
        let namespace = &chosen.namespace;
        let request = request(&chosen, &layers, self.options, self.terms);
        let (rendered, _) = render(engine, &request).ok()?;
        let documents: Vec<Document<'_>> = rendered
            .documents
            .iter()
            .map(|document| Document { source: &document.source, content: &document.content, namespace })
            .collect();
        let found = self.ground.linter(self.terms).lint(&input(&documents, self.terms)).findings;
        judged.known.push(fix::known(&found));
        if ask {
            let chart = Arc::clone(engine.chart());
            let sources = Sources::new(&chart, &layers, self.options.helm);
            let own = shown(self.place);
            for finding in &found {
                let Some(fix) = finding.fix.as_ref().filter(|_| !self.terms.excludes(finding, &own)) else { continue };
                let key = Key::of(finding);
                if self.refused.contains(&key) || judged.next.iter().any(|known| known.key == key) {
                    continue;
                }
                let trials = self.trials(finding, fix, engine, &rendered, &sources, &layers);
                judged.next.push(Next { key, words: fix.words(), trials });
            }
        }
        Some(())
    }

    /// The values that may mend a finding, each with the file that it goes to.
    fn trials(
        &self,
        finding: &Finding,
        fix: &Fix,
        engine: &Engine,
        rendered: &Rendered,
        sources: &Sources<'_>,
        layers: &[ValuesLayer<'_>],
    ) -> Vec<Trial> {
        // Several changes at once would have to come from one value.
        let ([change], Some(trace), Some(document)) =
            (fix.changes.as_slice(), engine.trace(), rendered.documents.get(finding.place.document))
        else {
            return Vec::new();
        };
        let candidates = fix::candidates(&trace, document, change).into_iter();
        candidates.filter_map(|candidate| Some(Trial { file: self.file(sources, layers, &candidate)?, candidate })).collect()
    }

    fn values_file(&self) -> String {
        shown(&self.place.join("values.yaml"))
    }

    /// The file that a value is to be set in: where it is set now, or else where what it belongs to is.
    fn file(&self, sources: &Sources<'_>, layers: &[ValuesLayer<'_>], candidate: &Candidate) -> Option<String> {
        let steps: Vec<Step> = candidate.path.iter().map(step).collect();
        let nearest = (1..=steps.len()).rev().find_map(|length| sources.of(&steps[..length]).into_iter().next());
        let own = self.place.is_dir().then(|| self.values_file());
        match nearest.map(|source| source.owner) {
            Some(Owner::Layer(number)) => match layers.get(number) {
                Some(ValuesLayer::File { name, .. }) if *name != "-" => Some((*name).to_owned()),
                // What a flag sets, is set again by it.
                _ => None,
            },
            Some(Owner::Chart | Owner::Subchart) | None => own.filter(|file| Path::new(file).is_file()),
        }
    }

    /// The text of a trial's file, before and after.
    fn edited(&self, texts: &Texts, trial: &Trial) -> Option<(String, String)> {
        let read = || std::fs::read(&trial.file).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let before = texts.get(&trial.file).cloned().or_else(read)?;
        let after = set(&before, &trial.candidate.path, &trial.candidate.value, &EditOptions::default()).ok()?;
        (after != before).then_some((before, after))
    }
}

//! Overrides without effect: each key is taken out of its file, and the render has to be the same to the last byte. What was found to be
//! without effect stays out for the next trial, so that all of it can be taken out at once.

use super::super::act::Done;
use super::super::file;
use super::super::render::Inputs;
use super::super::state::Environment;
use super::{Rc, Session};
use crate::insight::noop::{Candidate, Presumed, candidates, outermost};
use crate::insight::reads::Reads;
use crate::pointer;
use crate::protocol::{IdleKey, Path};
use crate::values::{Node, Value};
use chartwright_helm::Rendered;
use std::collections::VecDeque;

/// Trials under way.
pub(super) struct Trials {
    /// The render without any trial.
    base: Rendered,
    inputs: Inputs,
    waiting: VecDeque<Candidate>,
    /// Whether all that is likely without effect is still to be tried at once.
    together: bool,
    taken: Vec<Candidate>,
}

/// Whether two renders are the same to the last byte.
fn same(a: &Rendered, b: &Rendered) -> bool {
    let documents = a.documents.len() == b.documents.len()
        && a.documents.iter().zip(&b.documents).all(|(a, b)| a.content == b.content && a.source == b.source);
    documents && a.notes == b.notes
}

impl Session {
    /// The keys of the chosen environment's files, and how many there are too many of. Nothing where it cannot be rendered.
    pub(super) fn trials(&mut self, reads: &Reads) -> Option<(Trials, usize)> {
        let chart = Rc::clone(&self.state.chart);
        let environment = self.environment();
        let outcome = self.render_environment(&chart, &Rc::clone(&self.state.environment));
        let base = outcome.as_ref().as_ref().ok()?.clone();
        let inputs = self.inputs(&environment, |layer| &layer.good);
        let (found, untried) = self.look(&environment, |layers| candidates(layers, reads));
        Some((Trials { base, inputs, waiting: found.into(), together: true, taken: Vec::new() }, untried))
    }

    /// One trial; false when there is none left.
    pub(super) fn try_out(&mut self, trials: &mut Trials) -> bool {
        let likely = trials.waiting.iter().take_while(|candidate| candidate.presumed.is_some()).count();
        let count = if std::mem::take(&mut trials.together) && likely > 0 { likely } else { 1 };
        let tried: Vec<Candidate> = trials.waiting.iter().take(count).cloned().collect();
        if tried.is_empty() {
            return false;
        }
        let mut inputs = trials.inputs.clone();
        let mut all = true;
        for candidate in &tried {
            match inputs.layers.get_mut(candidate.layer).map(|(_, text)| (self.without(text, &candidate.path), text)) {
                Some((Some(new), text)) => *text = new,
                _ => all = false,
            }
        }
        let chart = Rc::clone(&self.state.chart);
        let rendered = self.charts.get_mut(&chart).filter(|_| all).map(|open| self.renders.fresh(open, &inputs, false));
        if matches!(&rendered, Some(Ok(rendered)) if same(rendered, &trials.base)) {
            trials.inputs = inputs;
            trials.taken.extend(tried);
        } else if count > 1 {
            // One of them matters: each is tried by itself.
            return true;
        }
        trials.waiting.drain(..count);
        true
    }

    /// A file's text without a key, and without the maps around it that hold nothing else.
    fn without(&mut self, text: &Rc<str>, path: &[String]) -> Option<Rc<str>> {
        let reading = self.texts.read(text);
        let root = &reading.as_ref().as_ref().ok()?.node;
        root.at(path)?;
        Some(file::remove(text, root, alone(root, path), true).ok()?.into())
    }

    /// What the trials have found.
    pub(super) fn idle(&mut self, trials: &Trials) -> Vec<IdleKey> {
        let environment = self.environment();
        let mut found = Vec::new();
        for (at, layer) in environment.layers.iter().enumerate() {
            let reading = self.texts.read(&layer.good);
            let Ok(parsed) = reading.as_ref() else { continue };
            let taken: Vec<&Candidate> = trials.taken.iter().filter(|candidate| candidate.layer == at).collect();
            let paths: Vec<Path> = taken.iter().map(|candidate| candidate.path.clone()).collect();
            for path in outermost(&parsed.node, &paths) {
                let presumed: Vec<Option<Presumed>> =
                    taken.iter().filter(|candidate| candidate.path.starts_with(&path)).map(|candidate| candidate.presumed).collect();
                let alike = presumed.iter().all(|one| Some(one) == presumed.first());
                let reason = match presumed.first().copied().flatten().filter(|_| alike) {
                    Some(Presumed::Same) => "It is the same without it",
                    Some(Presumed::Hidden) => "A file above sets it too",
                    Some(Presumed::Unread) => "No template reads it",
                    None => "The output is the same without it",
                };
                found.push(IdleKey {
                    layer: layer.id.to_string(),
                    file: layer.name.to_string(),
                    line: parsed.node.at(&path).map_or(0, |node| node.line),
                    key: pointer::dotted(&path),
                    path,
                    reason: reason.to_owned(),
                });
            }
        }
        found
    }

    /// Takes keys out of files, if the render stays the same to the last byte.
    pub(in crate::session) fn prune(&mut self, environment: &mut Environment, keys: &[(String, Path)]) -> Done {
        let before = self.inputs(environment, |layer| &layer.good);
        for (layer, path) in keys {
            let at = environment.by_id(layer).ok_or("There is no such file.")?;
            self.change(environment, at, |text, root| match root.at(path) {
                Some(_) => file::remove(text, root, alone(root, path), true),
                None => Ok(text.to_owned()),
            })?;
        }
        let after = self.inputs(environment, |layer| &layer.good);
        let chart = Rc::clone(&self.state.chart);
        let open = self.charts.get_mut(&chart).ok_or("There is no chart.")?;
        let (before, after) = (self.renders.fresh(open, &before, false), self.renders.fresh(open, &after, false));
        if matches!((&before, &after), (Ok(before), Ok(after)) if same(before, after)) {
            return Ok(None);
        }
        Err("Without these keys the output would be another one: they stay.".to_owned())
    }
}

/// The outermost key around a path with nothing else in it.
fn alone<'p>(root: &Node, path: &'p [String]) -> &'p [String] {
    let mut depth = path.len();
    while depth > 1 {
        let holder = root.at(&path[..depth - 1]);
        if !holder.is_some_and(|node| matches!(&node.value, Value::Map(pairs) if pairs.len() == 1)) {
            break;
        }
        depth -= 1;
    }
    &path[..depth]
}

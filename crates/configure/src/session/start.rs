//! The beginning: charts, what the browser kept, and what a link says. Nothing of it is trusted.

use super::silence::{MAX_SILENCES, kept_project};
use super::stack::{Choice, MAX_MEMBERS, MemberChoice};
use super::state::{Environment, Key, Layer};
use super::{Clock, Said, Session, names};
use crate::dropped::Refusal;
use crate::library::Library;
use crate::protocol::{Dropped, Helm, Profile};
use crate::share::{Saved, SavedEnvironment, SavedLayer, SavedSilence, SavedStack, read_fragment, read_saved, redact};
use std::rc::Rc;

/// A file or state with more bytes than this is not taken in.
pub(crate) const MAX_FILE: usize = 4_000_000;

/// How many environments and layers are taken from a link.
const MAX_RESTORED: usize = 200;

impl Session {
    pub(super) fn start(
        &mut self,
        bundle: &str,
        dropped: Vec<Dropped>,
        fragment: Option<&str>,
        saved: Option<&str>,
        micros: Clock<'_>,
    ) -> Said {
        *self = Session::new();
        let mut notices = Vec::new();
        match Library::parse(bundle) {
            Ok(library) => self.library = library,
            Err(error) => notices.push(format!("The charts cannot be read: {error}")),
        }
        for dropped in dropped {
            match self.library.add(dropped) {
                Ok(_) => {}
                Err(Refusal::Fault(what)) => notices.push(what),
                Err(Refusal::NeedsFull) => self.needs_full = true,
            }
        }
        self.classes = self.library.storage_classes();
        if let Some(saved) = saved.filter(|text| !text.is_empty()) {
            match read_saved(saved).and_then(|saved| self.restore(&saved)) {
                Ok(notice) => notices.extend(notice),
                Err(error) => notices.push(error),
            }
        }
        if let Some(fragment) = fragment.map(|text| text.trim_start_matches('#')).filter(|text| !text.is_empty()) {
            let before = self.state.clone();
            match read_fragment(fragment).and_then(|saved| self.restore(&saved)) {
                Ok(notice) => {
                    notices.extend(notice);
                    // What the browser had kept is one step back.
                    if saved.is_some_and(|saved| !saved.is_empty())
                        && before.open.iter().any(|(key, kept)| self.state.open.get(key) != Some(kept))
                    {
                        self.history.note(before, None, 0.0);
                    }
                }
                Err(error) => {
                    self.state = before;
                    notices.push(error);
                }
            }
        }
        if self.state.chart.is_empty()
            && let Some(first) = self.library.first()
        {
            notices.extend(self.choose(&first.into()).err());
        }
        // What was typed and did not fit is looked at anew, before anyone builds on it.
        let mut environment = (*self.environment()).clone();
        if !environment.pending.is_empty() {
            self.keep_valid_release();
            self.retry(&mut environment, false, micros);
            self.state.open.insert(self.state.key(), Rc::new(environment));
        }
        notices.dedup();
        Said { notice: (!notices.is_empty()).then(|| notices.join(" ")), moved: true, ..Said::default() }
    }

    /// Another chart, in the environment that was chosen last if it has it.
    pub(super) fn choose(&mut self, id: &Rc<str>) -> Result<(), String> {
        if !self.library.has(id) {
            return Err(format!("There is no chart {id:?} here."));
        }
        self.open(id)?;
        let has = |wanted: &Rc<str>| self.charts[id].environments.iter().any(|(name, _)| name == wanted);
        if let Some(left) = self.left.take_if(|left| has(left)) {
            self.state.environment = left;
        } else if self.state.chart.is_empty() || !has(&self.state.environment) {
            let first = self.library.first_environment(id).into();
            let before = std::mem::replace(&mut self.state.environment, first);
            if !self.state.chart.is_empty() {
                self.left.get_or_insert(before);
            }
        }
        self.state.chart = Rc::clone(id);
        Ok(())
    }

    /// Takes a saved state in. The notice says what of it could not be.
    fn restore(&mut self, saved: &Saved) -> Result<Option<String>, String> {
        let chart: Rc<str> = saved.chart.as_str().into();
        self.choose(&chart).map_err(|_| format!("There is no chart {:?} here, so the link shows what there is.", saved.chart))?;
        let mut notices = Vec::new();
        let environments = &self.charts[&chart].environments;
        if environments.iter().any(|(name, _)| **name == *saved.environment) {
            self.state.environment = saved.environment.as_str().into();
        } else {
            notices.push(format!("{} has no environment {:?}.", saved.chart, saved.environment));
        }
        if let Some([name, namespace, version]) = &saved.release {
            self.state.release.name = name.as_str().into();
            self.state.release.namespace = namespace.as_str().into();
            self.state.release.kube_version = version.as_str().into();
        }
        self.state.release.helm = if saved.helm == 3 { Helm::V3 } else { Helm::V4 };
        self.state.profile = Profile::find(&saved.profile);
        for (chart, text) in saved.projects.iter().take(MAX_RESTORED).filter(|(chart, _)| self.library.has(chart)) {
            self.state.projects.insert(chart.as_str().into(), kept_project(text)?);
        }
        for (chart, silences) in saved.silences.iter().take(MAX_RESTORED).filter(|(chart, _)| self.library.has(chart)) {
            let kept = silences.iter().take(MAX_SILENCES).filter_map(|silence| self.kept_silence(&silence.view()).ok());
            self.state.silences.insert(chart.as_str().into(), Rc::new(kept.collect()));
        }
        if let Some(stack) = &saved.stack {
            self.state.stack = Some(Rc::new(self.restored_stack(stack, &mut notices)));
        }
        for touched in saved.touched.iter().take(MAX_RESTORED) {
            match self.restored(touched) {
                Ok((key, environment)) => drop(self.state.open.insert(key, Rc::new(environment))),
                Err(notice) => notices.push(notice),
            }
        }
        Ok((!notices.is_empty()).then(|| notices.join(" ")))
    }

    fn restored(&mut self, saved: &SavedEnvironment) -> Result<(Key, Environment), String> {
        let chart: Rc<str> = saved.chart.as_str().into();
        let name: Rc<str> = saved.environment.as_str().into();
        if !self.library.has(&chart) {
            return Err(format!("There is no chart {:?} here.", saved.chart));
        }
        self.open(&chart)?;
        let open = &self.charts[&chart];
        if !open.environments.iter().any(|(known, _)| *known == name) {
            return Err(format!("{} has no environment {:?}.", saved.chart, saved.environment));
        }
        let mut layers: Vec<Layer> = Vec::new();
        for layer in saved.layers.iter().take(MAX_RESTORED) {
            let shipped = layer.file.as_deref().and_then(|file| self.library.text(&chart, file));
            let original = match (&layer.file, shipped) {
                (Some(_), Some(text)) => text,
                (Some(file), None) => return Err(format!("{} has no file {file:?}.", saved.chart)),
                (None, _) => layer.original.clone().unwrap_or_default(),
            };
            let text = match (&layer.text, &layer.edits) {
                (Some(text), _) => text.clone(),
                (None, Some(edits)) => crate::share::apply(&original, edits).ok_or_else(|| {
                    format!("{} of {} is another one by now, so the link's changes to it were left aside.", layer.name, saved.chart)
                })?,
                (None, None) => original.clone(),
            };
            if text.len() > MAX_FILE || original.len() > MAX_FILE {
                return Err(format!("{} is too large.", layer.name));
            }
            let file: Option<Rc<str>> = layer.file.as_deref().map(Rc::from);
            let id = match &file {
                Some(file) if !layers.iter().any(|layer| layer.id == *file) => Rc::clone(file),
                _ => self.new_layer_id(),
            };
            let (original, text): (Rc<str>, Rc<str>) = (original.into(), text.into());
            let good = if self.texts.read(&text).is_ok() { Rc::clone(&text) } else { Rc::clone(&original) };
            layers.push(Layer { id, name: names::file_name(&layer.name).into(), file, original, text, good });
        }
        let edited = saved.edited.min(layers.len().saturating_sub(1));
        let reason = "typed before, and does not fit".to_owned();
        let pending = saved.pending.iter().take(MAX_RESTORED).map(|(id, text)| (id.clone(), (text.clone(), reason.clone()))).collect();
        Ok(((chart, name), Environment { layers, edited, pending }))
    }

    fn restored_stack(&self, saved: &SavedStack, notices: &mut Vec<String>) -> Choice {
        let [name, repository, revision] = saved.names.clone().map(Rc::from);
        let mut members = Vec::new();
        for ([chart, release, namespace], environment) in saved.members.iter().take(MAX_MEMBERS) {
            if !self.library.has(chart) {
                notices.push(format!("There is no chart {chart:?} here: the stack is without it."));
                continue;
            }
            let [chart, release, namespace] = [chart, release, namespace].map(|text| Rc::from(text.as_str()));
            members.push(MemberChoice { chart, release, namespace, environment: environment.as_deref().map(Rc::from) });
        }
        Choice { name, repository, revision, members }
    }

    pub(super) fn new_layer_id(&mut self) -> Rc<str> {
        self.layers += 1;
        format!("layer-{}", self.layers).into()
    }

    /// The state, and whether secrets were left out of it.
    pub(super) fn saved(&mut self, whom: Reader) -> (Saved, bool) {
        let open: Vec<(Key, Rc<Environment>)> =
            self.state.open.iter().map(|(key, environment)| (key.clone(), Rc::clone(environment))).collect();
        let mut touched = Vec::new();
        let mut withheld = false;
        for ((chart, name), environment) in open {
            let Some(shipped) = self.charts.get(&chart).map(|open| open.environment(&name)) else { continue };
            if (whom == Reader::Link && chart != self.state.chart) || *environment == shipped {
                continue;
            }
            let layers = environment.layers.iter().map(|layer| self.saved_layer(&chart, layer, whom, &mut withheld)).collect();
            let open = self.charts.get(&chart);
            let secret = |id: &str| open.is_none_or(|open| open.is_secret(&crate::pointer::path(id)));
            let mut pending: Vec<(String, String)> = environment.pending.iter().map(|(id, (text, _))| (id.clone(), text.clone())).collect();
            if whom != Reader::Memory {
                let all = pending.len();
                pending.retain(|(id, _)| !secret(id));
                withheld |= pending.len() < all;
            }
            touched.push(SavedEnvironment {
                chart: chart.to_string(),
                environment: name.to_string(),
                edited: environment.edited,
                layers,
                pending,
            });
        }
        let release = &self.state.release;
        let silences = self.state.silences.iter().filter(|(chart, _)| whom != Reader::Link || **chart == self.state.chart);
        let silences = silences.map(|(chart, all)| (chart.to_string(), all.iter().map(SavedSilence::new).collect())).collect();
        let projects = self.state.projects.iter().filter(|(chart, _)| whom != Reader::Link || **chart == self.state.chart);
        let projects = projects.map(|(chart, text)| (chart.to_string(), text.to_string())).collect();
        let saved = Saved {
            chart: self.state.chart.to_string(),
            environment: self.state.environment.to_string(),
            release: Some([release.name.to_string(), release.namespace.to_string(), release.kube_version.to_string()]),
            helm: if release.helm == Helm::V3 { 3 } else { 4 },
            touched,
            profile: self.state.profile.map_or_else(String::new, |profile| profile.name().to_owned()),
            silences,
            projects,
            // A link is of the chosen chart alone.
            stack: self.state.stack.as_ref().filter(|_| whom != Reader::Link).map(|stack| saved_stack(stack)),
        };
        (saved, withheld)
    }

    fn saved_layer(&mut self, chart: &Rc<str>, layer: &Layer, whom: Reader, withheld: &mut bool) -> SavedLayer {
        let mut saved =
            SavedLayer { name: layer.name.to_string(), file: layer.file.as_deref().map(str::to_owned), ..SavedLayer::default() };
        let (original, now) = (self.texts.read(&layer.original), self.texts.read(&layer.text));
        let known = layer.file.as_ref().and_then(|_| original.as_ref().as_ref().ok()).map(|parsed| &parsed.node);
        let open = self.charts.get(chart);
        let declared = |path: &[String]| open.is_some_and(|open| open.declares_secret(path));
        let mut shown = |text: &str, reading: &super::Reading, known| match whom {
            Reader::Memory => text.to_owned(),
            _ => {
                let (text, found) = redact(text, pair(reading), known, &declared);
                *withheld |= found;
                text
            }
        };
        let base = if layer.file.is_some() { layer.original.to_string() } else { shown(&layer.original, &original, None) };
        if layer.is_changed() {
            let text = shown(&layer.text, &now, known);
            if whom == Reader::Link { saved.edits = Some(crate::share::script(&base, &text)) } else { saved.text = Some(text) }
        }
        if layer.file.is_none() {
            saved.original = Some(base);
        }
        saved
    }
}

fn saved_stack(stack: &Choice) -> SavedStack {
    let texts = |texts: [&Rc<str>; 3]| texts.map(|text| text.to_string());
    let member = |one: &MemberChoice| (texts([&one.chart, &one.release, &one.namespace]), one.environment.as_deref().map(str::to_owned));
    SavedStack { names: texts([&stack.name, &stack.repository, &stack.revision]), members: stack.members.iter().map(member).collect() }
}

/// Whom a state is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Whoever gets the link: the chosen chart only, texts as scripts, no secrets.
    Link,
    /// The browser's storage: everything in full, but no secrets.
    Storage,
    /// An engine that takes over from one that was ended: everything.
    Memory,
}

fn pair(reading: &super::Reading) -> Option<(&chartwright_yaml::Tree, &crate::values::Node)> {
    reading.as_ref().as_ref().ok().map(|parsed| (&parsed.tree, &parsed.node))
}

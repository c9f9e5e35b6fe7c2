//! What is worked out on demand, a slice at a time: an analysis is a row of steps, none of which takes longer than a render. An action that
//! comes in between is answered first; what it did not touch need not be looked at again.

mod edit;
mod fix;
mod idle;
mod seen;

use super::render::{Inputs, Outcome, Purpose};
use super::{Clock, Rc, Session};
use crate::form::Schema;
use crate::insight::blast::blast;
use crate::insight::reads::{Reads, by_helm, words};
use crate::insight::unreached::{self, Lines};
use crate::insight::unused::{File, Known, unused};
use crate::protocol::{Blast, Insights};
use chartwright_helm::Chart;
use idle::Trials;
pub(super) use seen::Seen;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How long an analysis goes on before it lets others in, in microseconds: less than a frame.
const SLICE: f64 = 12_000.0;

/// What is known.
#[derive(Default)]
pub(super) struct Memory {
    chart: Option<OfChart>,
    work: Option<Work>,
}

/// What holds for a chart whatever its values are, and what each environment's last traced render told.
struct OfChart {
    chart: Arc<Chart>,
    words: HashSet<String>,
    by_helm: Reads,
    seen: HashMap<Rc<str>, (Inputs, Rc<Seen>)>,
}

/// What an analysis is about: when this changes, it begins anew.
#[derive(PartialEq)]
struct Question {
    chart: Rc<str>,
    environment: Rc<str>,
    /// The chosen environment before the last edit, and as it came.
    before: Option<Inputs>,
    came: Inputs,
    /// All environments as they are now.
    all: Vec<(Rc<str>, Inputs)>,
}

/// An analysis under way.
struct Work {
    question: Question,
    stage: Stage,
    found: Insights,
    reads: Reads,
    unreached: Option<Lines>,
}

enum Stage {
    Blast,
    /// The environments, by their places.
    Environment(usize),
    Keys,
    Trials(Box<Trials>),
    Done,
}

impl Session {
    /// Goes on with the analysis of what is chosen now, for a moment.
    pub(super) fn analyse(&mut self, micros: Clock<'_>) -> Insights {
        if self.state.chart.is_empty() {
            return Insights::default();
        }
        self.keep_valid_release();
        let began = micros();
        let question = self.analysed();
        let mut work = match self.insight.work.take() {
            Some(work) if work.question == question => work,
            _ => Work { question, stage: Stage::Blast, found: Insights::default(), reads: Reads::default(), unreached: None },
        };
        while !matches!(work.stage, Stage::Done) {
            work.stage = self.step(&mut work);
            if micros() - began > SLICE {
                break;
            }
        }
        work.found.pending = !matches!(work.stage, Stage::Done);
        let found = work.found.clone();
        self.insight.work = Some(work);
        found
    }

    fn analysed(&self) -> Question {
        let (chart, name) = self.state.key();
        let environment = self.environment();
        let names: Vec<Rc<str>> =
            self.charts.get(&chart).map(|open| open.environments.iter().map(|(name, _)| Rc::clone(name)).collect()).unwrap_or_default();
        let now = |name: &Rc<str>| (Rc::clone(name), self.inputs(&self.environment_of(&chart, name), |layer| &layer.good));
        let all = names.iter().map(now).collect();
        let before = self.history.last().filter(|state| state.key() == self.state.key()).and_then(|state| {
            let shipped = || self.charts.get(&chart).map(|open| Rc::new(open.environment(&name)));
            let environment = state.open.get(&state.key()).cloned().or_else(shipped)?;
            let mut inputs = self.inputs(&environment, |layer| &layer.good);
            // A release that was not valid was not rendered.
            if state.release != self.state.release {
                inputs.release = state.release.clone();
            }
            Some(inputs)
        });
        Question { chart, before, came: self.inputs(&environment, |layer| &layer.original), environment: name, all }
    }

    /// One step; gives the next one.
    fn step(&mut self, work: &mut Work) -> Stage {
        match std::mem::replace(&mut work.stage, Stage::Done) {
            Stage::Blast => {
                self.blasts(work);
                Stage::Environment(0)
            }
            Stage::Environment(at) if at < work.question.all.len() => {
                self.look_through(work, at);
                Stage::Environment(at + 1)
            }
            Stage::Environment(_) => Stage::Keys,
            Stage::Keys => {
                self.keys(work);
                match self.trials(&work.reads) {
                    Some((trials, untried)) => {
                        work.found.untried = untried;
                        Stage::Trials(Box::new(trials))
                    }
                    None => Stage::Done,
                }
            }
            Stage::Trials(mut trials) => {
                if self.try_out(&mut trials) {
                    return Stage::Trials(trials);
                }
                work.found.idle = self.idle(&trials);
                Stage::Done
            }
            Stage::Done => Stage::Done,
        }
    }

    /// What the last edit and all of mine do.
    fn blasts(&mut self, work: &mut Work) {
        let question = &work.question;
        let now = self.render_environment(&question.chart, &question.environment);
        let inputs = question.all.iter().find(|(name, _)| *name == question.environment).map(|(_, inputs)| inputs);
        if let Some(before) = question.before.as_ref().filter(|before| Some(*before) != inputs) {
            let before = self.render_as(Purpose::Before, before.clone());
            work.found.last_edit = Some(between(&before, &now));
        }
        if inputs != Some(&question.came) {
            let came = self.render_as(Purpose::Came(Rc::clone(&question.environment)), question.came.clone());
            work.found.mine = Some(between(&came, &now));
        }
    }

    fn render_as(&mut self, purpose: Purpose, inputs: Inputs) -> Outcome {
        let chart = Rc::clone(&self.state.chart);
        let Some(open) = self.charts.get_mut(&chart) else { return Rc::new(Ok(chartwright_helm::Rendered::default())) };
        self.renders.render(&chart, open, purpose, inputs).0
    }

    /// What holds for the chosen chart.
    fn of_chart(&mut self) -> Option<&mut OfChart> {
        let chart = &self.charts.get(&self.state.chart)?.chart;
        if self.insight.chart.as_ref().is_none_or(|known| !Arc::ptr_eq(&known.chart, chart)) {
            let chart = Arc::clone(chart);
            self.insight.chart = Some(OfChart { words: words(&chart), by_helm: by_helm(&chart), seen: HashMap::new(), chart });
        }
        self.insight.chart.as_mut()
    }

    /// Traces an environment's render, unless it is known.
    fn look_through(&mut self, work: &mut Work, at: usize) {
        let Some((name, inputs)) = work.question.all.get(at) else { return };
        let Some(seen) = self.seen(name, inputs) else { return };
        let Some(told) = &seen.told else { return work.found.failed.push(name.to_string()) };
        work.found.environments.push(name.to_string());
        work.reads.join(&told.reads);
        let Some(open) = self.charts.get_mut(&work.question.chart) else { return };
        let here = told.unreached(&mut self.renders, open, inputs);
        let before = work.unreached.take();
        work.unreached = Some(before.map_or_else(|| here.clone(), |known| unreached::both(&known, here)));
    }

    /// Works out what holds for the chosen chart.
    pub(super) fn know_chart(&mut self) {
        let _ = self.of_chart();
    }

    /// What a traced render of an environment of the chosen chart tells.
    pub(super) fn seen(&mut self, name: &Rc<str>, inputs: &Inputs) -> Option<Rc<Seen>> {
        let known = self.of_chart()?.seen.get(name).filter(|(known, _)| known == inputs);
        if let Some((_, seen)) = known {
            return Some(Rc::clone(seen));
        }
        let open = self.charts.get_mut(&self.state.chart)?;
        let seen = Rc::new(Seen::of(&mut self.renders, open, inputs));
        self.of_chart()?.seen.insert(Rc::clone(name), (inputs.clone(), Rc::clone(&seen)));
        Some(seen)
    }

    /// The words of the chosen chart's templates, and what Helm itself reads, once an environment has been [`seen`](Session::seen).
    pub(super) fn read_by_helm(&self) -> Option<(&HashSet<String>, &Reads)> {
        self.insight.chart.as_ref().map(|known| (&known.words, &known.by_helm))
    }

    /// Keys that nobody reads, keys that nobody sets, lines that nobody reaches.
    fn keys(&mut self, work: &mut Work) {
        if work.found.environments.is_empty() {
            return;
        }
        let Some(known) = self.of_chart() else { return };
        work.reads.join(&known.by_helm);
        let names: Vec<Rc<str>> = work.question.all.iter().map(|(name, _)| Rc::clone(name)).collect();
        let layers: Vec<_> = names
            .iter()
            .flat_map(|name| {
                let environment = self.environment_of(&work.question.chart, name);
                environment.layers.iter().map(|layer| (Rc::clone(name), layer.clone())).collect::<Vec<_>>()
            })
            .collect();
        let readings: Vec<_> = layers.iter().map(|(name, layer)| (name, &layer.name, self.texts.read(&layer.good))).collect();
        let (Some(open), Some(of_chart)) = (self.charts.get(&work.question.chart), &self.insight.chart) else { return };
        let known = Known { reads: &work.reads, words: &of_chart.words, schema: open.schema.as_ref().map(Schema::new) };
        let mut tell = |environment: &str, name: &str, reading: &super::Reading| {
            if let Ok(parsed) = reading.as_ref() {
                work.found.unused.extend(unused(&File { environment, name, values: &parsed.node }, &known));
            }
        };
        for (environment, name, reading) in &readings {
            tell(environment, name, reading);
        }
        tell("", "values.yaml", &open.defaults);
        let texts: Vec<(&str, &str)> = layers.iter().map(|(_, layer)| (&*layer.name, &*layer.good)).collect();
        work.found.unset = seen::unset(&open.chart, &texts, &work.reads, helm_of(self.release.helm));
        work.found.unreached = work.unreached.as_ref().map(|lines| unreached::stretches(lines, &open.chart)).unwrap_or_default();
    }
}

pub(super) fn helm_of(helm: crate::protocol::Helm) -> chartwright_helm::HelmVersion {
    match helm {
        crate::protocol::Helm::V3 => chartwright_helm::HelmVersion::V3,
        crate::protocol::Helm::V4 => chartwright_helm::HelmVersion::V4,
    }
}

fn between(old: &Outcome, new: &Outcome) -> Blast {
    match (old.as_ref(), new.as_ref()) {
        (Ok(old), Ok(new)) => Blast { error: None, objects: blast(old, new) },
        (_, Err(error)) => Blast { error: Some(format!("The render fails now: {}", error.message)), objects: Vec::new() },
        (Err(error), _) => Blast { error: Some(format!("The render failed before: {}", error.message)), objects: Vec::new() },
    }
}

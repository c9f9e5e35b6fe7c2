//! What is known of the chosen chart itself and of the values of each of its environments, for the checks' worker to judge: worked out a step at a time while nothing
//! else is to be done, and only what has changed since.

use super::insight::Seen;
use super::render::Inputs;
use super::{Clock, Rc, Session};
use crate::form::Schema;
use crate::hygiene::values::{Given, counting, refused, unread};
use crate::hygiene::{Facts, said};
use crate::insight::reads::{Reads, whole};
use crate::insight::unused::Known;
use crate::protocol::{Helm, Update};
use chartwright_helm::lint::Entry;
use chartwright_helm::{Chart, Sources, ValuesLayer};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How long it goes on before it lets others in, in microseconds: less than a frame.
const SLICE: f64 = 12_000.0;

/// What is known.
#[derive(Default)]
pub(super) struct Memory {
    chart: Option<OfChart>,
    known: HashMap<Rc<str>, Rc<Inspected>>,
}

/// What holds for a chart whatever its values are.
struct OfChart {
    chart: Arc<Chart>,
    helm: Helm,
    said: Facts,
    whole: HashSet<String>,
}

/// What is known of an environment, and of which of its texts.
pub(super) struct Inspected {
    pub(super) inputs: Inputs,
    pub(super) facts: Facts,
}

impl Session {
    /// Goes on for a moment; says whether there is more, and at the end what the checks are to be told.
    pub(super) fn inspect(&mut self, micros: Clock<'_>) -> Update {
        if self.state.chart.is_empty() || !self.checks.are_wanted() {
            return Update { inspecting: Some(false), ..Update::default() };
        }
        self.keep_valid_release();
        let began = micros();
        let pending = || Update { inspecting: Some(true), ..Update::default() };
        // What holds for the chart takes the longest, and is worked out once.
        for step in [Session::look_at_chart, Session::know_chart] {
            step(self);
            if micros() - began > SLICE {
                return pending();
            }
        }
        let names = self.checked_environments();
        self.hygiene.known.retain(|name, _| names.contains(name));
        for name in names {
            let inputs = self.inputs(&self.environment_of(&self.state.chart, &name), |layer| &layer.good);
            if self.inspected(&name).is_some_and(|known| known.inputs == inputs) {
                continue;
            }
            if micros() - began > SLICE {
                return pending();
            }
            if let Some(facts) = self.facts(&name, &inputs) {
                self.hygiene.known.insert(name, Rc::new(Inspected { inputs, facts }));
            }
        }
        Update { inspecting: Some(false), check: self.check(), ..Update::default() }
    }

    /// What is known of an environment of the chosen chart; it may have been edited since.
    pub(super) fn inspected(&self, name: &Rc<str>) -> Option<Rc<Inspected>> {
        let of = self.hygiene.chart.as_ref()?;
        let chart = &self.charts.get(&self.state.chart)?.chart;
        let is_same = Arc::ptr_eq(&of.chart, chart) && of.helm == self.release.helm;
        self.hygiene.known.get(name).filter(|_| is_same).map(Rc::clone)
    }

    /// Looks at the chosen chart's files, if another one was looked at last.
    fn look_at_chart(&mut self) {
        let id = Rc::clone(&self.state.chart);
        let Some(chart) = self.charts.get(&id).map(|open| Arc::clone(&open.chart)) else { return };
        let helm = self.release.helm;
        if self.hygiene.chart.as_ref().is_some_and(|known| Arc::ptr_eq(&known.chart, &chart) && known.helm == helm) {
            return;
        }
        let text = |path: &str| self.library.text(&id, path);
        let chart_file = text("Chart.yaml").map_or(Entry::Missing, |text| Entry::File(text.into_bytes()));
        let said = said::of_files(&chart_file, Some(&chart), super::insight::helm_of(helm), false, &text);
        let said = Facts { said, ..Facts::default() };
        self.hygiene = Memory { chart: Some(OfChart { whole: whole(&chart), chart, helm, said }), known: HashMap::new() };
    }

    fn facts(&mut self, name: &Rc<str>, inputs: &Inputs) -> Option<Facts> {
        let chart = Rc::clone(&self.state.chart);
        let outcome = self.render_environment(&chart, name);
        let seen: Option<Rc<Seen>> = if outcome.is_ok() { self.seen(name, inputs) } else { None };
        let layers: Vec<_> = inputs.layers.iter().map(|(name, text)| (Rc::clone(name), Rc::clone(text), self.texts.read(text))).collect();
        let of = self.hygiene.chart.as_ref()?;
        let mut facts = of.said.clone();
        let open = self.charts.get(&chart)?;
        let files: Vec<ValuesLayer<'_>> = inputs.layers.iter().map(|(name, text)| ValuesLayer::File { name, text }).collect();
        let helm = super::insight::helm_of(inputs.release.helm);
        let sources = Sources::new(&open.chart, &files, helm);
        let failure = outcome.as_ref().as_ref().err();
        facts.refused = refused(failure, &sources);
        if let Some(failure) = failure {
            facts.said.extend(said::of_failure(&open.chart, failure, helm, &|path| self.library.text(&chart, path)));
        }
        let Some(told) = seen.as_ref().and_then(|seen| seen.told.as_ref()) else { return Some(facts) };
        facts.said.extend(told.said.iter().cloned());
        let (words, by_helm) = self.read_by_helm()?;
        let mut reads: Reads = told.reads.clone();
        reads.join(by_helm);
        let own = open.defaults.as_ref().as_ref().ok();
        let own = own.map(|parsed| Given { name: "values.yaml", text: open.chart.values_text(), values: &parsed.node, is_own: true });
        let given = layers.iter().filter_map(|(name, text, reading)| {
            let parsed = reading.as_ref().as_ref().ok()?;
            Some(Given { name, text, values: &parsed.node, is_own: false })
        });
        let all: Vec<Given<'_>> = own.into_iter().chain(given).collect();
        let known = Known { reads: &reads, words, schema: open.schema.as_ref().map(Schema::new) };
        facts.unread = unread(&all, &known, &of.whole, &Sources::new(&open.chart, &[], helm));
        let own = all.iter().find(|file| file.is_own);
        facts.counting = own.map(|own| counting(own.values, &sources, &reads)).unwrap_or_default();
        Some(facts)
    }
}

//! From the state to what the page shows: everything is derived anew from the texts, and only what differs from what the page has is sent.

use super::derived::Memory;
use super::documents::{Shown, shown, view};
use super::open::Open;
use super::render::{Outcome, Purpose};
use super::start::Reader;
use super::state::{Environment, Key};
use super::{Clock, Said, Session};
use crate::form::sections;
use crate::insight::effective::with_below;
use crate::pointer;
use crate::protocol::{ChartCard, Comparison, Field, Form, Header, LayerView, RenderFault, RenderView, Source, Update, YamlView};
use crate::share::{self, Saved};
use crate::text::diff;
use chartwright_helm::{RenderError, RenderErrorKind};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// What the page has.
#[derive(Default)]
pub(super) struct Sent {
    started: bool,
    cards: Vec<ChartCard>,
    chart: Rc<str>,
    pub(super) fields: HashMap<String, Field>,
    form: Form,
    header: Header,
    layers: Vec<LayerView>,
    yaml: YamlView,
    render: RenderView,
    order: Vec<String>,
    documents: HashMap<String, (Rc<str>, Vec<Source>)>,
    notes: String,
    pub(super) derived: Memory,
    rows: HashMap<String, crate::protocol::ValueRow>,
    row_ids: Vec<String>,
    /// What was saved last, and of which state.
    saved_of: Option<super::State>,
    pub(super) comparison: Option<Comparison>,
    save: String,
    memory: String,
    fragment: String,
    documents_of: Option<(Outcome, Vec<String>, Rc<Vec<Shown>>)>,
}

impl Sent {
    /// The secrets' texts of what was derived last.
    pub(super) fn secrets(&self) -> Vec<String> {
        self.derived.secrets()
    }
}

fn take_if_new<T: Clone + PartialEq>(new: T, sent: &mut T) -> Option<T> {
    if new == *sent {
        return None;
    }
    sent.clone_from(&new);
    Some(new)
}

impl Session {
    /// Renders the chosen environment, or remembers its render.
    pub(super) fn render_now(&mut self, micros: Clock<'_>) -> Outcome {
        let (chart, environment) = self.state.key();
        let began = micros();
        let (outcome, fresh) = self.render_fresh(&chart, &environment);
        if fresh {
            self.renders.took = (micros() - began).max(0.0);
        }
        outcome
    }

    /// Renders an environment of an open chart as it is now.
    pub(super) fn render_environment(&mut self, chart: &Rc<str>, name: &Rc<str>) -> Outcome {
        self.render_fresh(chart, name).0
    }

    /// The same, and whether it had to be rendered.
    fn render_fresh(&mut self, chart: &Rc<str>, name: &Rc<str>) -> (Outcome, bool) {
        let environment = self.environment_of(chart, name);
        let inputs = self.inputs(&environment, |layer| &layer.good);
        let Some(open) = self.charts.get_mut(chart) else { return (Rc::new(Ok(chartwright_helm::Rendered::default())), false) };
        self.renders.render(chart, open, Purpose::Now(Rc::clone(name)), inputs)
    }

    /// Says what changed.
    pub(super) fn update(&mut self, said: Said, micros: Clock<'_>) -> Update {
        let mut update = Update { notice: said.notice, export: said.export, added: said.added, ..Update::default() };
        if !self.sent.started || self.sent.cards != self.library.cards() {
            self.sent.started = true;
            self.sent.cards = self.library.cards().to_vec();
            update.charts = Some(self.sent.cards.clone());
        }
        if self.state.chart.is_empty() {
            return update;
        }
        self.keep_valid_release();
        let environment = self.environment();
        let outcome = self.render_now(micros);
        let took = std::mem::take(&mut self.renders.took);
        let chart_changed = self.sent.chart != self.state.chart;
        if chart_changed {
            self.sent.chart = Rc::clone(&self.state.chart);
            self.sent.fields.clear();
        }

        self.derive(&mut update, &environment, &outcome, chart_changed);
        let secrets = self.sent.derived.secrets();
        let key = self.state.key();
        if outcome.is_ok() {
            let inputs = self.inputs(&environment, |layer| &layer.good);
            self.good.insert(key.clone(), (inputs, Rc::clone(&outcome)));
        }
        self.documents(&mut update, &key, &secrets, said.moved || chart_changed);
        update.render = self.render_view(&outcome, took);
        let (mine, from_files) = (self.sent.derived.mine(), self.sent.derived.of_files());
        update.header = take_if_new(self.header(&environment, mine, from_files), &mut self.sent.header);
        update.layers = take_if_new(self.layer_views(&environment), &mut self.sent.layers);
        let yaml = self.yaml_view(&environment, &outcome);
        update.yaml = take_if_new(yaml, &mut self.sent.yaml).map(|yaml| YamlView { from_editor: said.from_editor, ..yaml });
        self.compare(&mut update);
        if let Some(question) = said.question {
            self.answer(question, &mut update);
        }
        if self.sent.saved_of.as_ref() != Some(&self.state) {
            let text = |saved: &Saved| serde_json::to_string(saved).unwrap_or_default();
            let (saved, withheld) = self.saved(Reader::Storage);
            update.save = take_if_new(text(&saved), &mut self.sent.save);
            let memory = if withheld { text(&self.saved(Reader::Memory).0) } else { String::new() };
            update.memory = take_if_new(memory, &mut self.sent.memory);
            let fragment = share::fragment(&self.saved(Reader::Link).0);
            update.fragment = take_if_new(fragment, &mut self.sent.fragment);
            self.sent.saved_of = Some(self.state.clone());
        }
        self.stack(&mut update);
        update.check = self.check();
        update
    }

    /// Form, fields and rows.
    fn derive(&mut self, update: &mut Update, environment: &Environment, outcome: &Outcome, chart_changed: bool) {
        let chart = Rc::clone(&self.state.chart);
        let Some(open) = self.charts.remove(&chart) else { return };
        let readings = self.readings(Rc::clone(&open.defaults), environment);
        let violations = violations(outcome, &self.sent.fields);
        let change = self.sent.derived.derive(&chart, &open, readings, environment, &violations, &self.classes);
        self.charts.insert(chart, open);

        let all = &self.sent.derived.all;
        let mut tops = chart_changed || change.keys;
        let mut total = 0;
        for (at, derived) in all.iter().enumerate() {
            total += derived.part.total;
            if !change.made.contains(&at) && !chart_changed {
                continue;
            }
            tops = true;
            for field in &derived.part.fields {
                if self.sent.fields.get(&field.id) != Some(field) {
                    self.sent.fields.insert(field.id.clone(), field.clone());
                    update.fields.push(field.clone());
                }
            }
        }
        if tops {
            let form = Form { sections: sections(all.iter().map(|derived| &derived.part)), total };
            if chart_changed || form != self.sent.form {
                self.sent.form = form.clone();
                update.form = Some(form);
            }
            let ids: Vec<String> = all.iter().flat_map(|derived| derived.rows.iter().map(|row| row.id.clone())).collect();
            if ids == self.sent.row_ids && !chart_changed {
                for row in change.made.iter().flat_map(|at| &all[*at].rows) {
                    if self.sent.rows.get(&row.id) != Some(row) {
                        self.sent.rows.insert(row.id.clone(), row.clone());
                        update.rows.push(row.clone());
                    }
                }
            } else {
                let rows: Vec<_> = all.iter().flat_map(|derived| derived.rows.iter().cloned()).collect();
                let below = self.charts.get(&self.state.chart).map(|open| open.below.as_slice()).unwrap_or_default();
                let rows = with_below(rows, below);
                self.sent.rows = rows.iter().map(|row| (row.id.clone(), row.clone())).collect();
                self.sent.row_ids = ids;
                update.values = Some(rows);
            }
        }
    }

    /// Documents, their order, and the notes.
    fn documents(&mut self, update: &mut Update, key: &Key, secrets: &[String], moved: bool) {
        let Some((inputs, outcome)) = self.good.get(key).cloned() else {
            self.sent.documents.clear();
            update.order = take_if_new(Vec::new(), &mut self.sent.order);
            update.notes = take_if_new(String::new(), &mut self.sent.notes);
            return;
        };
        let Ok(rendered) = outcome.as_ref() else { return };
        let now = match &self.sent.documents_of {
            Some((known, masked, shown)) if Rc::ptr_eq(known, &outcome) && masked == secrets => Rc::clone(shown),
            _ => Rc::new(shown(rendered, secrets)),
        };
        self.sent.documents_of = Some((Rc::clone(&outcome), secrets.to_vec(), Rc::clone(&now)));
        let sources = self.line_sources(&inputs, &outcome, &now);
        for (document, sources) in now.iter().zip(sources) {
            let before = self.sent.documents.get(&document.id);
            if before.is_some_and(|(text, known)| **text == *document.text && *known == sources) {
                continue;
            }
            let changed = match before {
                _ if moved || self.sent.order.is_empty() => Vec::new(),
                Some((text, _)) => diff::added(text, &document.text),
                None => diff::added("", &document.text),
            };
            update.documents.push(view(document, &sources, changed));
            self.sent.documents.insert(document.id.clone(), (Rc::clone(&document.text), sources));
        }
        let order: Vec<String> = now.iter().map(|document| document.id.clone()).collect();
        if order != self.sent.order {
            self.sent.documents.retain(|id, _| order.contains(id));
            self.sent.order.clone_from(&order);
            update.order = Some(order);
        }
        update.notes = take_if_new(rendered.notes.clone().unwrap_or_default(), &mut self.sent.notes);
    }

    fn render_view(&mut self, outcome: &Outcome, micros: f64) -> Option<RenderView> {
        let mut new = match outcome.as_ref() {
            Ok(rendered) => RenderView { micros, objects: rendered.documents.len(), error: None, warnings: rendered.warnings.clone() },
            Err(error) => {
                RenderView { micros, objects: self.sent.order.len(), error: Some(self.fault(error)), warnings: error.warnings.clone() }
            }
        };
        if micros == 0.0 {
            // Nothing was rendered: the last time stays.
            new.micros = self.sent.render.micros;
        }
        take_if_new(new, &mut self.sent.render)
    }

    fn fault(&mut self, error: &RenderError) -> RenderFault {
        let mut fault = self.told_failure(error);
        if self.charts.get(&self.state.chart).is_some_and(Open::is_library) {
            fault.hint = Some("A library chart is not installed by itself: choose an application that builds on it. Its values and their meaning are in the form.".to_owned());
        }
        let all = self.sent.derived.all.iter().flat_map(|derived| &derived.part.fields);
        fault.fields = all.filter_map(|field| Some((field.id.clone(), field.error.clone()?))).collect();
        fault
    }
}

/// What the schema refuses, by field id. What has no field of its own is told at the nearest one around it.
fn violations(outcome: &Outcome, fields: &HashMap<String, Field>) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    if let Err(RenderError { kind: RenderErrorKind::Schema(all), .. }) = outcome.as_ref() {
        for violation in all {
            let mut path = violation.path.clone();
            while path.len() > 1 && !fields.contains_key(&pointer::id(&path)) {
                path.pop();
            }
            let text = found.entry(pointer::id(&path)).or_default();
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&violation.message);
        }
    }
    found
}

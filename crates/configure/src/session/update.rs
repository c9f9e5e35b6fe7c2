//! From the state to what the page shows: everything is derived anew from the texts, and only what differs from what the page has is sent.

use super::documents::{Baseline, Shown, shown, view};
use super::edit::{differing, root};
use super::open::Open;
use super::render::{Outcome, Purpose};
use super::state::{Environment, Key};
use super::{Said, Session};
use crate::form::{Built, Context, Schema, build};
use crate::pointer;
use crate::protocol::{Comparison, Field, Form, Header, LayerView, RenderFault, RenderView, Source, Update, ValueRow, YamlView};
use crate::share;
use crate::text::diff;
use crate::values::{Layer as ValuesLayer, Layers, Leaf, Node, Value, leaves, rows, to_text};
use chartwright_helm::{RenderError, RenderErrorKind};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// What the page has.
#[derive(Default)]
pub(super) struct Sent {
    started: bool,
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
    pub(super) rows: Vec<ValueRow>,
    pub(super) comparison: Option<Comparison>,
    save: String,
    fragment: String,
    baseline: Option<Remembered>,
    documents_of: Option<(Outcome, Vec<String>, Rc<Vec<Shown>>)>,
}

/// A baseline and what it was made from.
struct Remembered {
    came: Outcome,
    defaults: Outcome,
    secrets: Vec<String>,
    baseline: Rc<Baseline>,
}

/// What the values come to.
struct Values {
    built: Built,
    rows: Vec<ValueRow>,
    secrets: Vec<String>,
    mine: usize,
    from_files: usize,
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
    pub(super) fn render_now(&mut self) -> Outcome {
        let (chart, environment) = self.state.key();
        self.render_environment(&chart, &environment)
    }

    /// Renders an environment of an open chart as it is now.
    pub(super) fn render_environment(&mut self, chart: &Rc<str>, name: &Rc<str>) -> Outcome {
        let environment = self.environment_of(chart, name);
        let inputs = self.inputs(&environment, |layer| &layer.good);
        let Some(open) = self.charts.get_mut(chart) else { return Rc::new(Ok(chartwright_helm::Rendered::default())) };
        self.renders.render(chart, open, Purpose::Now(Rc::clone(name)), inputs)
    }

    /// Says what changed.
    pub(super) fn update(&mut self, said: Said, micros: &mut dyn FnMut() -> f64) -> Update {
        let mut update = Update { notice: said.notice, export: said.export, ..Update::default() };
        if !self.sent.started {
            self.sent.started = true;
            update.charts = Some(self.library.cards());
        }
        if self.state.chart.is_empty() {
            return update;
        }
        self.keep_valid_release();
        let environment = self.environment();
        let began = micros();
        let outcome = self.render_now();
        let took = (micros() - began).max(0.0);
        let chart_changed = self.sent.chart != self.state.chart;
        if chart_changed {
            self.sent.chart = Rc::clone(&self.state.chart);
            self.sent.fields.clear();
        }

        let values = self.values(&environment, &outcome);
        let key = self.state.key();
        if outcome.is_ok() {
            self.good.insert(key.clone(), Rc::clone(&outcome));
        }
        let fields = std::mem::take(&mut self.sent.fields);
        self.documents(&mut update, &key, &values.secrets, said.moved || chart_changed);
        update.render = self.render_view(&outcome, took, &fields, &values);
        self.sent.fields = fields;

        let form = Form { sections: values.built.sections, total: values.built.total };
        if chart_changed || form != self.sent.form {
            self.sent.form = form.clone();
            update.form = Some(form);
        }
        for field in values.built.fields {
            if self.sent.fields.get(&field.id) != Some(&field) {
                self.sent.fields.insert(field.id.clone(), field.clone());
                update.fields.push(field);
            }
        }
        let same = values.rows.len() == self.sent.rows.len() && values.rows.iter().zip(&self.sent.rows).all(|(a, b)| a.id == b.id);
        if same && !chart_changed {
            update.rows = values.rows.iter().zip(&self.sent.rows).filter(|(a, b)| a != b).map(|(row, _)| row.clone()).collect();
            if !update.rows.is_empty() {
                self.sent.rows = values.rows;
            }
        } else {
            self.sent.rows.clone_from(&values.rows);
            update.values = Some(values.rows);
        }
        update.header = take_if_new(self.header(&environment, values.mine, values.from_files), &mut self.sent.header);
        update.layers = take_if_new(self.layer_views(&environment), &mut self.sent.layers);
        let yaml = self.yaml_view(&environment, &outcome);
        update.yaml = take_if_new(yaml, &mut self.sent.yaml).map(|yaml| YamlView { from_editor: said.from_editor, ..yaml });
        self.compare(&mut update);
        let save = serde_json::to_string(&self.saved(false)).unwrap_or_default();
        update.save = take_if_new(save, &mut self.sent.save);
        let fragment = share::fragment(&self.saved(true));
        update.fragment = take_if_new(fragment, &mut self.sent.fragment);
        update.check = self.check();
        update
    }

    fn values(&mut self, environment: &Environment, outcome: &Outcome) -> Values {
        let key = Rc::clone(&self.state.chart);
        let Some(open) = self.charts.remove(&key) else { return Values { built: Built { sections: Vec::new(), fields: Vec::new(), total: 0 }, rows: Vec::new(), secrets: Vec::new(), mine: 0, from_files: 0 } };
        let readings = self.readings(Rc::clone(&open.defaults), environment);
        let empty = Node::from(Value::Map(Vec::new()));
        let all = readings.iter().map(|(name, now, came)| ValuesLayer { name, now: root(now, &empty), came: root(came, &empty) }).collect();
        let layers = Layers { all };
        let values = self.values_of(&open, &layers, environment, outcome);
        self.charts.insert(key, open);
        values
    }

    fn values_of(&self, open: &Open, layers: &Layers<'_>, environment: &Environment, outcome: &Outcome) -> Values {
        let violations = violations(outcome);
        let schema = open.schema.as_ref().map(Schema::new);
        let context = Context { schema, layers, comments: &open.comments, pending: &environment.pending, violations: &violations, classes: &self.classes };
        let mut built = build(&context);
        // What has no field of its own is told at the nearest one around it.
        let at: HashMap<String, usize> = built.fields.iter().enumerate().map(|(at, field)| (field.id.clone(), at)).collect();
        for (id, message) in &violations {
            let mut path = pointer::path(id);
            while !path.is_empty() {
                if let Some(field) = at.get(&pointer::id(&path)).and_then(|at| built.fields.get_mut(*at)) {
                    if field.error.is_none() {
                        field.error = Some(message.clone());
                    }
                    break;
                }
                path.pop();
            }
        }
        let declared = |path: &[String]| open.declares_secret(path);
        let leaves = leaves(layers, &declared);
        let mut mine = 0;
        for layer in &layers.all {
            let mut changed = Vec::new();
            differing(Some(layer.now), Some(layer.came), &mut Vec::new(), &mut changed);
            mine += changed.len();
        }
        let from_files = leaves.iter().filter(|leaf| leaf.place.source() == Source::File).count();
        Values { rows: rows(&leaves, layers), secrets: secrets(&leaves), built, mine, from_files }
    }

    /// Documents, their order, and the notes.
    fn documents(&mut self, update: &mut Update, key: &Key, secrets: &[String], moved: bool) {
        let Some(outcome) = self.good.get(key).cloned() else {
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
        let baseline = self.baseline(key, secrets);
        for document in now.iter() {
            let sources = baseline.sources(document, Source::Mine);
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

    /// The lines as they would be without me.
    fn baseline(&mut self, key: &Key, secrets: &[String]) -> Rc<Baseline> {
        let (chart, name) = key;
        let environment = self.environment_of(chart, name);
        let came = self.inputs(&environment, |layer| &layer.original);
        let mut lowest = came.clone();
        lowest.layers.clear();
        let Some(open) = self.charts.get_mut(chart) else { return Rc::default() };
        let came = self.renders.render(chart, open, Purpose::Came(Rc::clone(name)), came);
        let defaults = self.renders.render(chart, open, Purpose::Defaults, lowest);
        if let Some(known) = &self.sent.baseline {
            if Rc::ptr_eq(&known.came, &came) && Rc::ptr_eq(&known.defaults, &defaults) && known.secrets == secrets {
                return Rc::clone(&known.baseline);
            }
        }
        let texts = |outcome: &Outcome| outcome.as_ref().as_ref().ok().map(|rendered| shown(rendered, secrets));
        let below = texts(&defaults);
        // Files that cannot be rendered as they came are compared with the chart's defaults.
        let above = texts(&came).or_else(|| texts(&defaults)).unwrap_or_default();
        let baseline = Rc::new(Baseline::new(&above, below.as_deref()));
        self.sent.baseline = Some(Remembered { came, defaults, secrets: secrets.to_vec(), baseline: Rc::clone(&baseline) });
        baseline
    }

    fn render_view(&mut self, outcome: &Outcome, micros: f64, fields: &HashMap<String, Field>, values: &Values) -> Option<RenderView> {
        let mut new = match outcome.as_ref() {
            Ok(rendered) => RenderView { micros, objects: rendered.documents.len(), error: None, warnings: rendered.warnings.clone() },
            Err(error) => RenderView { micros, objects: self.sent.order.len(), error: Some(self.fault(error, values)), warnings: error.warnings.clone() },
        };
        let _ = fields;
        let before = &self.sent.render;
        if before.objects == new.objects && before.error == new.error && before.warnings == new.warnings && micros < 1.0 {
            // Nothing was rendered: the last time stays.
            new.micros = before.micros;
        }
        take_if_new(new, &mut self.sent.render)
    }

    fn fault(&self, error: &RenderError, values: &Values) -> RenderFault {
        let library = self.charts.get(&self.state.chart).is_some_and(Open::is_library);
        let hint = if library {
            Some("A library chart is not installed by itself: choose an application that builds on it. Its values and their meaning are in the form.".to_owned())
        } else {
            error.hint.clone()
        };
        let fields = values.built.fields.iter().filter_map(|field| Some((field.id.clone(), field.error.clone()?))).collect();
        RenderFault {
            message: error.message.clone(),
            file: error.position.as_ref().map(|position| position.file.clone()),
            line: error.position.as_ref().map(|position| position.line),
            column: error.position.as_ref().map(|position| position.column).filter(|column| *column > 0),
            excerpt: error.excerpt.clone(),
            hint,
            fields,
        }
    }
}

/// What the schema refuses, by field id.
fn violations(outcome: &Outcome) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    if let Err(RenderError { kind: RenderErrorKind::Schema(all), .. }) = outcome.as_ref() {
        for violation in all {
            let text = found.entry(pointer::id(&violation.path)).or_default();
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&violation.message);
        }
    }
    found
}

/// The secrets' texts.
fn secrets(leaves: &[Leaf<'_>]) -> Vec<String> {
    let mut all: Vec<String> = leaves.iter().filter(|leaf| leaf.secret).map(|leaf| to_text(leaf.node)).filter(|text| !text.is_empty()).collect();
    all.sort();
    all.dedup();
    all
}


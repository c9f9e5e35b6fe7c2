//! Where a line came from, and which lines a value makes: answered when asked, from the trace of the render that is shown.

mod fault;
mod files;
mod origins;
mod value;

use super::documents::{Shown, ids, shown};
use super::render::{Inputs, Outcome};
use super::texts::Reading;
use super::{Session, derived};
use crate::pointer;
use crate::protocol::{Chain, ChainValue, DocumentMarks, EnvironmentMarks, FilePlace, FileView, Helm, Marks, Source, TemplateLine, Update};
use crate::values::{Node, Value};
use chartwright_helm::{HelmVersion, Rendered, Site, Sources, Step, Trace, ValuesLayer};
use origins::{Known, Origins, path};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;
use value::Teller;

/// What is asked of the trace.
pub(super) enum Question {
    /// Where a line (from 1) of a document came from, in an environment (empty: the chosen one).
    Line { environment: String, document: String, line: u32 },
    /// Which lines a field makes, by its id.
    Field(String),
    /// What stands in a file of the chart.
    File(String),
}

/// What was worked out of renders before.
#[derive(Default)]
pub(super) struct Memory {
    known: Vec<(Outcome, Rc<Origins>)>,
    /// The secrets that are masked in the comparison.
    pub(super) compared: Vec<String>,
}

/// How many renders' origins are kept: the chosen environment's and those beside it.
const KEPT: usize = 4;

/// A line of a document as the trace tells of it.
struct Told {
    site: Option<Site>,
    origins: Vec<Vec<Step>>,
    conditions: Vec<Vec<Step>>,
}

impl Session {
    /// Answers a question.
    pub(super) fn answer(&mut self, question: Question, update: &mut Update) {
        match question {
            Question::Line { environment, document, line } => update.chain = self.chain(&environment, &document, line),
            Question::Field(id) => update.marks = Some(self.marks(id)),
            Question::File(file) => {
                let text = self.charts.get(&self.state.chart).and_then(|open| files::text(&open.chart, &file));
                let text = text.map(Cow::into_owned).or_else(|| self.library.text(&self.state.chart, &file));
                update.file = text.map(|text| FileView { file, text });
            }
        }
    }

    /// The render that the page shows of an environment, and what it was made from.
    fn shown_render(&mut self, environment: &Rc<str>) -> Option<(Inputs, Outcome)> {
        let key = (Rc::clone(&self.state.chart), Rc::clone(environment));
        if *environment == self.state.environment {
            return self.good.get(&key).cloned();
        }
        let outcome = self.render_environment(&key.0, environment);
        let inputs = self.inputs(&self.environment_of(&key.0, environment), |layer| &layer.good);
        outcome.is_ok().then_some((inputs, outcome))
    }

    /// What each line of a render came from.
    pub(super) fn origins(&mut self, inputs: &Inputs, outcome: &Outcome) -> Rc<Origins> {
        if let Some((_, origins)) = self.chain.known.iter().find(|(known, _)| Rc::ptr_eq(known, outcome)) {
            return Rc::clone(origins);
        }
        let chart = Rc::clone(&self.state.chart);
        let (Ok(rendered), Some(open)) = (outcome.as_ref(), self.charts.get_mut(&chart)) else { return Rc::default() };
        let origins = Rc::new(self.renders.ask(open, inputs, |trace| Origins::of(trace, rendered)).unwrap_or_default());
        self.chain.known.truncate(KEPT - 1);
        self.chain.known.insert(0, (Rc::clone(outcome), Rc::clone(&origins)));
        origins
    }

    /// The source of each line of documents that are shown of a render of the chosen environment.
    pub(super) fn line_sources(&mut self, inputs: &Inputs, outcome: &Outcome, documents: &[Shown]) -> Vec<Vec<Source>> {
        let origins = self.origins(inputs, outcome);
        let readings = self.readings_of(inputs, &Rc::clone(&self.state.environment));
        let empty = Node::from(Value::Map(Vec::new()));
        let layers = derived::layers(&readings, &empty);
        // What no file of the environment names is the chart's.
        let files: Vec<&Node> = layers.all.iter().skip(1).flat_map(|layer| [layer.now, layer.came]).collect();
        let source = |path: &[String]| match path.first() {
            Some(first) if !files.iter().any(|file| file.get(first).is_some()) => Source::Default,
            _ => layers.at(path).source(),
        };
        let mut known = Known::new(&source);
        documents.iter().enumerate().map(|(number, shown)| origins.sources(number, shown, &mut known)).collect()
    }

    /// The layers' values behind a render: each as it was rendered and as it came.
    fn readings_of(&mut self, inputs: &Inputs, environment: &Rc<str>) -> Vec<(Rc<str>, Reading, Reading)> {
        let environment = self.environment_of(&self.state.chart, environment);
        let Some(defaults) = self.charts.get(&self.state.chart).map(|open| Rc::clone(&open.defaults)) else { return Vec::new() };
        let mut all = vec![("values.yaml".into(), Rc::clone(&defaults), defaults)];
        for (at, (name, text)) in inputs.layers.iter().enumerate() {
            let came = environment.layers.get(at).filter(|layer| layer.name == *name).map_or(text, |layer| &layer.original);
            all.push((Rc::clone(name), self.texts.read(text), self.texts.read(came)));
        }
        all
    }

    fn marks(&mut self, id: String) -> Marks {
        let path = pointer::path(&id);
        let chosen = Rc::clone(&self.state.environment);
        let mut shown: Vec<(Rc<str>, Vec<String>)> = vec![(Rc::clone(&chosen), self.sent.secrets())];
        if let Some(left) = self.sent.comparison.as_ref().map(|comparison| comparison.left.as_str().into())
            && left != chosen
        {
            shown.push((left, self.chain.compared.clone()));
        }
        let environments = shown.into_iter().map(|(environment, secrets)| EnvironmentMarks {
            documents: self.marks_in(&environment, &secrets, &path),
            environment: environment.to_string(),
        });
        Marks { environments: environments.collect(), id }
    }

    fn marks_in(&mut self, environment: &Rc<str>, secrets: &[String], path: &[String]) -> Vec<DocumentMarks> {
        let Some((inputs, outcome)) = self.shown_render(environment) else { return Vec::new() };
        let origins = self.origins(&inputs, &outcome);
        let Ok(rendered) = outcome.as_ref() else { return Vec::new() };
        let documents = shown(rendered, secrets);
        documents.iter().enumerate().filter_map(|(number, shown)| origins.marks(number, shown, path)).collect()
    }

    fn chain(&mut self, environment: &str, document: &str, line: u32) -> Option<Chain> {
        let name: Rc<str> = if environment.is_empty() { Rc::clone(&self.state.environment) } else { environment.into() };
        let (inputs, outcome) = self.shown_render(&name)?;
        let rendered = outcome.as_ref().as_ref().ok()?;
        let number = ids(rendered).iter().position(|id| *id == document)?;
        let secrets = if name == self.state.environment { self.sent.secrets() } else { self.chain.compared.clone() };
        let documents = shown(rendered, &secrets);
        let at = documents.get(number)?.content_line(line);
        let chart = Rc::clone(&self.state.chart);
        let open = self.charts.get_mut(&chart)?;
        let told = self.renders.ask(open, &inputs, |trace| told(trace, rendered, number, at)).flatten();
        let mut chain = Chain { environment: name.to_string(), document: document.to_owned(), line, ..Chain::default() };
        if at.is_none() {
            // Helm's own line, which names the template.
            let place = FilePlace { file: rendered.documents.get(number)?.source.to_string(), line: 1, column: 1, layer: None };
            chain.template = Some(self.template_line(place, String::new(), Vec::new()));
        }
        let Some(told) = told else { return Some(chain) };
        if let Some(site) = told.site {
            let calls = site.calls.into_iter().map(|call| file_place(call.file, call.line, call.column)).collect();
            let place = file_place(site.position.file, site.position.line, site.position.column);
            chain.template = Some(self.template_line(place, site.template, calls));
        }
        let [origins, conditions] = self.values(&inputs, &name, [told.origins, told.conditions]);
        (chain.origins, chain.conditions) = (origins, conditions);
        Some(chain)
    }

    fn template_line(&self, place: FilePlace, template: String, calls: Vec<FilePlace>) -> TemplateLine {
        let open = self.charts.get(&self.state.chart);
        let text = open.and_then(|open| files::text(&open.chart, &place.file));
        let excerpt = text.map(|text| files::excerpt(&text, place.line)).unwrap_or_default();
        TemplateLine { place, template, excerpt, calls }
    }

    /// Values by their paths, in words.
    fn values<const N: usize>(&mut self, inputs: &Inputs, environment: &Rc<str>, all: [Vec<Vec<Step>>; N]) -> [Vec<ChainValue>; N] {
        let readings = self.readings_of(inputs, environment);
        let layer_ids: Vec<Rc<str>> =
            self.environment_of(&self.state.chart, environment).layers.iter().map(|layer| Rc::clone(&layer.id)).collect();
        let empty = Node::from(Value::Map(Vec::new()));
        let layers = derived::layers(&readings, &empty);
        let Some(open) = self.charts.get(&self.state.chart) else { return [const { Vec::new() }; N] };
        let files: Vec<ValuesLayer<'_>> = inputs.layers.iter().map(|(name, text)| ValuesLayer::File { name, text }).collect();
        let helm = if inputs.release.helm == Helm::V3 { HelmVersion::V3 } else { HelmVersion::V4 };
        let sources = Sources::new(&open.chart, &files, helm);
        let mut teller = Teller { open, texts: &mut self.texts, layers: &layers, ids: &layer_ids };
        all.map(|paths| {
            let mut values: Vec<ChainValue> = paths.iter().map(|steps| teller.value(path(steps), &sources.of(steps))).collect();
            // What is mine first, then what the files say.
            chartwright_go::sort::by(&mut values, |a, b| b.source.cmp(&a.source).then_with(|| a.key.cmp(&b.key)));
            values
        })
    }
}

/// What the trace says of a line (from 0) of a document's content.
fn told(trace: &Trace<'_>, rendered: &Rendered, number: usize, line: Option<usize>) -> Option<Told> {
    let document = rendered.documents.get(number)?;
    let told = trace.range(document, range(&document.content, line?)?)?;
    let steps = |ids: &[chartwright_helm::PathId]| ids.iter().map(|id| trace.steps(*id)).collect();
    Some(Told { origins: steps(&told.origins), conditions: steps(&told.conditions), site: told.site })
}

/// The bytes of a line, without its line break.
fn range(text: &str, line: usize) -> Option<Range<usize>> {
    let begins = match line.checked_sub(1) {
        None => 0,
        Some(before) => text.match_indices('\n').nth(before)?.0 + 1,
    };
    let length = text[begins..].find('\n').unwrap_or(text.len() - begins);
    Some(begins..begins + length)
}

/// A template's place, whose columns count from 0.
fn file_place(file: String, line: usize, column: Option<usize>) -> FilePlace {
    FilePlace { layer: None, file, line: line as u32, column: column.map_or(0, |column| column as u32 + 1) }
}

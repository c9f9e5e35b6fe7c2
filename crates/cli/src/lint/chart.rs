//! A chart: rendered with its values, linted, and each finding led back to the template line and the values that made it.

use super::files::Files;
use super::found::{Another, Found, Report, Role, Setting, Spot};
use super::gather::shown;
use super::ground::Ground;
use super::hygiene::{self, Outcome};
use super::locate::Page;
use super::options::{NAMESPACE, Options};
use super::plain::input;
use super::serves::serves;
use super::terms::{Terms, here};
use crate::explain::dotted;
use crate::host::Machine;
use crate::load;
use chartwright_helm::{
    Chart, Document, Engine, LineTrace, Owner, PathId, RenderError, RenderErrorKind, Rendered, Request, Show, Source, Sources, Trace,
    ValuesLayer,
};
use chartwright_kube::object::ObjectRef;
use chartwright_lint::{Finding, Place, Severity, rules};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// What a release is called unless a name is given, as `helm template` has it.
const RELEASE: &str = "release-name";

/// A set of values that a chart is rendered with.
pub(super) struct Environment {
    /// Nothing for the chart as it is.
    name: Option<String>,
    pub(super) files: Vec<(String, String)>,
}

/// Lints a chart in each environment.
///
/// # Errors
/// What cannot be read, before there is anything to judge.
pub(super) fn lint(place: &Path, options: &Options, terms: &Terms, ground: &Ground) -> Result<Report, String> {
    let mut report = Report { charts: vec![shown(place)], ..Report::default() };
    let chart = match load(place, options, None) {
        Ok(chart) => chart,
        Err(error) => {
            let (mut found, is_cause) = hygiene::look(place, None, &options.layers.layers(), &Outcome::NotLoaded, options, terms, ground);
            if !is_cause {
                found.push(failed(place, None, error, None));
            }
            report.findings = found;
            return Ok(report);
        }
    };
    if chart.metadata().chart_type == "library" {
        report.findings = hygiene::look(place, Some(&chart), &options.layers.layers(), &Outcome::NotRendered, options, terms, ground).0;
        report.charts.clear();
        report.notes.push(format!("{}: a library, which renders nothing of its own; skipped", shown(place)));
        return Ok(report);
    }
    let environments = environments(place, &chart, options, terms)?;
    let chart = Arc::new(chart);
    let mut engine = match Engine::compile(Arc::clone(&chart), options.helm) {
        Ok(engine) => engine,
        Err(error) => {
            report.findings.push(failed(place, None, error.message, None));
            return Ok(report);
        }
    };
    for environment in &environments {
        let (found, remote) = one(place, &mut engine, environment, options, terms, ground)?;
        if let Some(remote) = remote {
            report.note(format!("{}: {remote}", shown(place)));
        }
        merge(&mut report.findings, found, environment.name.as_deref());
    }
    Ok(report)
}

/// Reads a chart, with another text for its values.yaml if there is one.
///
/// # Errors
/// Helm's text.
pub(super) fn load(place: &Path, options: &Options, values: Option<&str>) -> Result<Chart, String> {
    let mut warnings = Vec::new();
    let mut chart = match values {
        None => load::chart(place, options.helm, &mut warnings)?,
        Some(text) => {
            let mut files = load::files(place, options.helm, &mut warnings)?;
            if let Some(own) = files.iter_mut().find(|file| file.path == "values.yaml") {
                own.bytes = text.as_bytes().to_owned();
            }
            Chart::load_as(files, options.helm).map_err(|error| error.to_string())?
        }
    };
    if place.is_dir() && !chart.missing_dependencies().is_empty() {
        // What cannot be brought is told by the render, in Helm's words.
        let _ = load::update_dependencies(&mut chart, place, options.helm, &mut warnings);
    }
    Ok(chart)
}

/// What a chart's release is called, and where it goes.
pub(super) struct Chosen {
    pub(super) release: String,
    pub(super) namespace: String,
    /// What its cluster serves; nothing where that is not known.
    pub(super) serves: Option<Vec<String>>,
}

/// What the command line says of it, or the project file, or Helm's own words.
pub(super) fn chosen(place: &Path, chart: &Chart, options: &Options, terms: &Terms, ground: &Ground) -> Chosen {
    let settings = terms.inside(&shown(place)).and_then(|folder| terms.project.chart(&folder));
    let own =
        |given: &Option<String>, said: Option<&String>, default: &str| given.as_ref().or(said).map_or(default.to_owned(), String::clone);
    Chosen {
        release: own(&options.release, settings.and_then(|settings| settings.release.as_ref()), RELEASE),
        namespace: own(&options.namespace, settings.and_then(|settings| settings.namespace.as_ref()), NAMESPACE),
        serves: ground.schemas().map(|schemas| {
            let own: Vec<_> = chart.crds().into_iter().map(|file| file.text()).collect();
            let given = terms.definitions.iter().map(String::as_str);
            serves(schemas, terms.minor, given.chain(own.iter().map(|text| &**text)))
        }),
    }
}

/// A traced render with all that is installed.
pub(super) fn request<'r>(chosen: &'r Chosen, layers: &'r [ValuesLayer<'r>], options: &'r Options, terms: &'r Terms) -> Request<'r> {
    let mut request = Request::new(&chosen.release, &chosen.namespace);
    request.kube_version = terms.kube_version.as_deref();
    request.serves = chosen.serves.as_deref();
    request.api_versions = &options.api_versions;
    request.values = layers;
    request.show = Show { crds: true, ..Show::default() };
    request.skip_schema_validation = options.skip_schema_validation;
    request.trace = true;
    request
}

/// Renders a chart. Helm fetches what a schema refers to by `http` and `https`; here nothing is fetched, so the values of such a chart are not held to its schemas, and what is
/// said of that comes back with the render.
pub(super) fn render(engine: &mut Engine, request: &Request<'_>) -> Result<(Rendered, Option<String>), RenderError> {
    match engine.render(request, &mut Machine) {
        Ok(rendered) => Ok((rendered, None)),
        Err(error) => {
            let Some(url) = remote(&error) else { return Err(error) };
            let note = format!("its schema refers to {url}, which is not fetched; its values are not held to schemas");
            let without = Request { skip_schema_validation: true, ..request.clone() };
            engine.render(&without, &mut Machine).map(|rendered| (rendered, Some(note)))
        }
    }
}

/// What a schema refers to that is not fetched, if that is why it could not be used.
fn remote(error: &RenderError) -> Option<&str> {
    let RenderErrorKind::Schema(violations) = &error.kind else { return None };
    let (_, after) = error.message.split_once("failing loading \"").filter(|_| violations.is_empty())?;
    let (url, _) = after.split_once('"')?;
    (url.starts_with("http://") || url.starts_with("https://")).then_some(url)
}

/// The environments to render: those of the command line, which are `values-ENVIRONMENT.yaml` of the chart; else those that the project file gives it. A chart
/// that has none is taken as it is.
pub(super) fn environments(place: &Path, chart: &Chart, options: &Options, terms: &Terms) -> Result<Vec<Environment>, String> {
    let settings = terms.inside(&shown(place)).and_then(|folder| terms.project.chart(&folder));
    let read = |files: &[String]| -> Result<Vec<(String, String)>, String> {
        let paths = files.iter().map(|file| here(&terms.home.join(file)));
        paths.map(|path| Ok((path.clone(), String::from_utf8_lossy(&load::read(&path)?).into_owned()))).collect()
    };
    let common = settings.map_or(Ok(Vec::new()), |settings| read(&settings.values))?;
    let mut environments = Vec::new();
    for name in &options.environments {
        let file = format!("values-{name}.yaml");
        let path = place.join(&file);
        let text = chart.file(&file).map(|file| file.text().into_owned()).or_else(|| std::fs::read_to_string(&path).ok());
        if let Some(text) = text {
            let files = common.iter().cloned().chain([(shown(&path), text)]);
            environments.push(Environment { name: Some(name.clone()), files: files.collect() });
        }
    }
    if let Some(settings) = settings.filter(|_| options.environments.is_empty()) {
        for (name, files) in &settings.environments {
            let files = common.iter().cloned().chain(read(files)?);
            environments.push(Environment { name: Some(name.clone()), files: files.collect() });
        }
    }
    if environments.is_empty() {
        environments.push(Environment { name: None, files: common });
    }
    Ok(environments)
}

/// Adds what an environment came to: what is there already is found in it too, and what the same template line says of another object is one more place.
fn merge(all: &mut Vec<Found>, found: Vec<Found>, environment: Option<&str>) {
    for mut one in found {
        one.environments.extend(environment.map(str::to_owned));
        let same = all.iter().position(|known| known.is_same(&one)).or_else(|| all.iter().position(|known| known.is_cause_of(&one)));
        let Some(known) = same.and_then(|at| all.get_mut(at)) else {
            all.push(one);
            continue;
        };
        let place =
            Another { object: one.object.clone(), pointer: one.pointer.clone(), spot: one.spot.clone(), template: one.template.clone() };
        if !known.is_same(&one) && !known.places.iter().any(|known| (&known.object, &known.pointer) == (&place.object, &place.pointer)) {
            known.places.push(place);
        }
        let more: Vec<Setting> = one.values.into_iter().filter(|value| !known.values.contains(value)).collect();
        known.values.extend(more);
        let more: Vec<String> = one.environments.into_iter().filter(|environment| !known.environments.contains(environment)).collect();
        known.environments.extend(more);
    }
}

fn one(
    place: &Path,
    engine: &mut Engine,
    environment: &Environment,
    options: &Options,
    terms: &Terms,
    ground: &Ground,
) -> Result<(Vec<Found>, Option<String>), String> {
    let files = environment.files.iter().map(|(name, text)| ValuesLayer::File { name, text });
    let layers: Vec<ValuesLayer<'_>> = files.chain(options.layers.layers()).collect();
    let chart = Arc::clone(engine.chart());
    let chosen = chosen(place, &chart, options, terms, ground);
    let namespace = &chosen.namespace;
    let request = request(&chosen, &layers, options, terms);
    let (rendered, remote) = match render(engine, &request) {
        Ok(rendered) => rendered,
        Err(error) => {
            let (mut found, is_cause) = hygiene::look(place, Some(&chart), &layers, &Outcome::Failed(&error), options, terms, ground);
            if !is_cause {
                found.push(of_error(place, &chart, error));
            }
            return Ok((found, None));
        }
    };
    let (mut all, _) = hygiene::look(place, Some(&chart), &layers, &Outcome::Rendered(engine), options, terms, ground);
    let documents: Vec<chartwright_lint::Document<'_>> = rendered
        .documents
        .iter()
        .map(|document| chartwright_lint::Document { source: &document.source, content: &document.content, namespace })
        .collect();
    let mut linter = ground.linter(terms);
    ground.against.settle(&mut linter, namespace)?;
    ground.against.settle_chart(&mut linter, (place, &chart), environment, &chosen, options, terms)?;
    let found = linter.lint(&input(&documents, terms));
    let mut told = Told {
        place,
        rendered: &rendered,
        pages: rendered.documents.iter().map(|document| Page::new(&document.source, &document.content, &linter)).collect(),
        trace: engine.trace(),
        sources: Sources::new(&chart, &layers, options.helm),
        files: Files::new(&chart, place),
        known: HashMap::new(),
    };
    all.extend(super::found::all(found).map(|(finding, silenced)| Found { silenced, ..told.tell(&finding) }));
    Ok((all, remote))
}

/// A render's findings with where they lead.
struct Told<'a> {
    place: &'a Path,
    rendered: &'a Rendered,
    pages: Vec<Page<'a>>,
    trace: Option<Trace<'a>>,
    sources: Sources<'a>,
    files: Files<'a>,
    known: HashMap<PathId, (String, Vec<Source>)>,
}

impl Told<'_> {
    fn tell(&mut self, finding: &Finding) -> Found {
        let spot = self.spot(&finding.place);
        let line = self.trace(&finding.place);
        let template = self.written_by(&line);
        let calls = line.site.iter().flat_map(|site| &site.calls);
        let calls = calls.map(|call| {
            let (line, column) = numbers(call);
            self.files.template(&call.file, line, column)
        });
        let calls = calls.collect();
        let mut values = Vec::new();
        for (role, paths) in [(Role::Origin, &line.origins), (Role::Condition, &line.conditions)] {
            values.extend(paths.iter().map(|path| self.setting(role, *path)));
        }
        // What comes from the chart's crds/ stands in a file as it is.
        let own = self
            .rendered
            .documents
            .get(finding.place.document)
            .filter(|document| document.crd)
            .map(|document| self.original(document, &finding.place));
        let places = finding.places.iter().map(|place| {
            let object = self.object(place).unwrap_or_else(|| finding.object.clone());
            Another { object, pointer: place.pointer.clone(), spot: self.spot(place), template: self.template(place) }
        });
        let places = places.collect();
        let cure = finding.cure.clone();
        Found {
            object: finding.object.clone(),
            pointer: finding.place.pointer.clone(),
            chart: Some(shown(self.place)),
            places,
            has_fix: finding.fix.is_some(),
            template: template.or(own),
            calls,
            values,
            ..Found::new(finding.rule, finding.severity, spot, finding.message.clone(), finding.reason, cure)
        }
    }

    fn spot(&mut self, place: &Place) -> Spot {
        match self.pages.get_mut(place.document) {
            Some(page) => page.spot(place),
            None => Spot { file: String::new(), line: place.line, column: 0, width: 0, text: None },
        }
    }

    /// What the place of a finding came from: its value where that stands on the line, and the line.
    fn trace(&mut self, place: &Place) -> LineTrace {
        let (Some(trace), Some(document)) = (&self.trace, self.rendered.documents.get(place.document)) else { return LineTrace::default() };
        let Some(page) = self.pages.get_mut(place.document) else { return LineTrace::default() };
        let exact = trace.range(document, page.bytes(place)).unwrap_or_default();
        if exact.site.is_some() && !(exact.origins.is_empty() && exact.conditions.is_empty()) {
            return exact;
        }
        trace.range(document, page.line(place.line)).unwrap_or_default()
    }

    /// The template line that wrote a place.
    fn template(&mut self, place: &Place) -> Option<Spot> {
        let line = self.trace(place);
        self.written_by(&line)
    }

    fn written_by(&mut self, line: &LineTrace) -> Option<Spot> {
        let position = &line.site.as_ref()?.position;
        let (line, column) = numbers(position);
        Some(self.files.template(&position.file, line, column))
    }

    fn setting(&mut self, role: Role, path: PathId) -> Setting {
        let (trace, sources) = (&self.trace, &self.sources);
        let (path, places) = self.known.entry(path).or_insert_with(|| {
            let steps = trace.as_ref().map(|trace| trace.steps(path)).unwrap_or_default();
            (dotted(&steps), sources.of(&steps))
        });
        let place = places.first().map(|source| match source.owner {
            Owner::Chart | Owner::Subchart => self.files.own(&source.file, source.line, source.column),
            Owner::Layer(_) => written(source),
        });
        Setting { path: path.clone(), role, place }
    }

    /// The object that a place belongs to, where that is another document than the finding's.
    fn object(&self, place: &Place) -> Option<ObjectRef> {
        let document = self.rendered.documents.get(place.document)?;
        Some(ObjectRef {
            api_version: document.api_version.to_string(),
            kind: document.kind.to_string(),
            namespace: None,
            name: document.name.to_string(),
        })
    }

    /// The place in a file that is part of the chart as it is.
    fn original(&mut self, document: &Document, place: &Place) -> Spot {
        let inside = document.source.split_once('/').map_or(&*document.source, |(_, inside)| inside);
        let first = self.files.own(inside, 1, 0);
        let offset = std::fs::read_to_string(&first.file)
            .ok()
            .and_then(|text| Some(text[..text.find(document.content.trim_end())?].matches('\n').count()));
        self.files.own(inside, place.line + u32::try_from(offset.unwrap_or(0)).unwrap_or(0), 0)
    }
}

/// Line and column of a template's place, both from 1.
fn numbers(position: &chartwright_template::Position) -> (u32, u32) {
    let number = |number: usize| u32::try_from(number).unwrap_or(0);
    (number(position.line), position.column.map_or(0, |column| number(column + 1)))
}

/// A place in a values file or flag of the command line.
fn written(source: &Source) -> Spot {
    let text = (source.line > 0).then(|| std::fs::read_to_string(&source.file).ok()).flatten();
    let text = text.and_then(|text| text.lines().nth(source.line as usize - 1).map(str::to_owned));
    Spot::new(source.file.clone(), source.line, source.column, text)
}

/// A render that failed: Helm's text, and where.
fn of_error(place: &Path, chart: &Chart, error: RenderError) -> Found {
    let mut files = Files::new(chart, place);
    let spot = error.position.as_ref().map(|position| files.template(&position.file, position.line, position.column));
    failed(place, spot, error.message, error.hint)
}

fn failed(place: &Path, template: Option<Spot>, message: String, hint: Option<String>) -> Found {
    let rule = &rules::CHART_RENDER;
    let file = if place.is_dir() { place.join("Chart.yaml") } else { place.to_owned() };
    let spot = Spot { file: shown(&file), line: 1, column: 0, width: 0, text: None };
    let cure = hint.unwrap_or_else(|| rule.cure.to_owned());
    Found { chart: Some(shown(place)), template, ..Found::new(rule.id, Severity::Error, spot, message, rule.reason, cure) }
}

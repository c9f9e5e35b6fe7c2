//! One render of a prepared chart.

use super::capabilities::Capabilities;
use super::incremental::{self, Ground, MadeOf};
use super::manifests::{self, Split};
use super::prepare::{ChartObjects, File, Last, Prepared};
use super::reentrant::without_no_value;
use super::trace::Names;
use super::{errors, excerpt, trace};
use crate::rendered::go_space;
use crate::values::coalesce::{Coalescer, Rule};
use crate::values::snapshot::Snapshot;
use crate::versions::is_compatible;
use crate::{Document, Frame, HelmVersion, Position, RenderError, RenderErrorKind, Rendered, Request, SchemaViolation, Trail, log};
use chartwright_template::trace::{FileTrace, LineTrace, Site, Tracer};
use chartwright_template::{Budget, Context, ErrorKind, ExecError, Host, Library, MissingKey, Options};
use chartwright_value::{Heap, Kind, Type, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The host with what the request does not allow taken away.
struct Gate<'a> {
    host: &'a mut dyn Host,
    dns: bool,
}

impl Host for Gate<'_> {
    fn now(&mut self) -> (i128, i32, String) {
        self.host.now()
    }

    fn elapsed(&mut self) -> i64 {
        self.host.elapsed()
    }

    fn random(&mut self, file: &str, buffer: &mut [u8]) {
        self.host.random(file, buffer);
    }

    fn lookup(&mut self, heap: &mut Heap, api_version: &str, kind: &str, namespace: &str, name: &str) -> Result<Value, String> {
        self.host.lookup(heap, api_version, kind, namespace, name)
    }

    fn resolve(&mut self, name: &str) -> String {
        if self.dns { self.host.resolve(name) } else { String::new() }
    }
}

/// Renders with the user's values, which are on the chart's heap.
pub(super) fn run(
    prepared: &mut Prepared,
    values: Value,
    version: HelmVersion,
    request: &Request<'_>,
    capabilities: &Arc<Capabilities>,
    host: &mut dyn Host,
    warnings: &mut Vec<String>,
) -> Result<Rendered, RenderError> {
    let Prepared { root, charts, heap, tracer, .. } = prepared;
    let mut given = None;
    let values = if request.trace {
        given = Snapshot::take(heap, values).ok();
        trace::label_given(heap, tracer, values)
    } else {
        values
    };
    let coalesced = Coalescer { heap, rule: Rule::Coalesce, helm: version, warnings }.chart(root, values, "");
    coalesced.map_err(|error| RenderError::new(RenderErrorKind::Values, error))?;
    if !request.skip_schema_validation {
        validate(charts, heap, values, (version, request.debug), host, warnings)?;
    }
    check_kube_version(&root.metadata.kube_version, capabilities)?;
    prepared.library.as_ref().map_err(RenderError::clone)?;
    if request.trace {
        trace::label_made(&prepared.root, &mut prepared.heap, &mut prepared.tracer, values);
    }
    let mut changes = given.as_ref().and_then(|given| incremental::changes(prepared, given, values, request));
    prepared.values = values;
    let Prepared { root, charts, files, by_name, last, library, heap, executor, tracer, before, is_good, executed, .. } = prepared;
    let library = library.as_ref().map_err(RenderError::clone)?;
    *executed = 0;
    let switches = if request.trace { trace::switches(root, heap, tracer, values) } else { Vec::new() };
    let tops = top_maps(charts, heap, values, request, capabilities, version);
    let mut budget = Budget::new(request.limits);
    let mut gate = Gate { host, dns: request.enable_dns };
    let mut outputs: Vec<(usize, Vec<u8>)> = Vec::new();
    let (mut traces, mut own_notes) = (Vec::new(), Vec::new());
    let mut notes = Notes::new(&root.name, request.show.subchart_notes);
    for (number, file) in files.iter().enumerate() {
        if file.is_partial {
            continue;
        }
        if let (Some(changes), Some(last)) = (&mut changes, last.get(number))
            && let Some(trace) = &last.trace
            && !changes.touch(trace.reads(), tracer)
        {
            if file.name.ends_with("NOTES.txt") {
                notes.take(&file.name, &last.output);
            }
            continue;
        }
        *executed += 1;
        let top = tops[file.chart];
        let template = heap.map_of(version.values_type());
        heap.put(template, "BasePath", file.base_path);
        heap.put(template, "Name", file.name_value);
        heap.put(top, "Template", template);
        let mut context = Context { heap, host: &mut gate, budget: &mut budget, file: &file.name };
        let options = Options { missing_key: MissingKey::Zero };
        let output = if request.trace {
            tracer.set_condition(switches.get(file.chart).copied().unwrap_or_default());
            executor.render_traced(library, &file.name, top, &mut context, options, tracer)
        } else {
            executor.render(library, &file.name, top, &mut context, options)
        };
        let written = match output {
            Ok(written) => written,
            Err(error) => {
                let mut failure = failure(library, files, file, &error, version);
                let told = if request.trace { tracer.at_failure() } else { Default::default() };
                let names = Names { root, heap, values, tracer };
                (failure.trail.origins, failure.trail.conditions) = (names.all(&told.0), names.all(&told.1));
                return Err(failure);
            }
        };
        let output = without_no_value(written);
        if request.trace {
            let mut trace = tracer.end_file();
            if output.len() != written.len() {
                trace.realign(written, &output);
            }
            traces.push((number, trace));
        }
        if file.name.ends_with("NOTES.txt") {
            notes.take(&file.name, &output);
            own_notes.push((number, output.into_owned()));
        } else if last.get(number).is_none_or(|last| *last.output != *output) {
            // The same bytes need not be split and read again.
            outputs.push((number, output.into_owned()));
        }
    }
    // Manifests are read in the order of their files' names.
    chartwright_go::sort::by(&mut outputs, |a, b| files[a.0].name.cmp(&files[b.0].name));
    last.resize_with(files.len(), Last::default);
    let mut outputs = outputs.into_iter();
    while let Some((number, output)) = outputs.next() {
        let name = &files[number].name;
        match split(name, &output, version) {
            Ok(split) => last[number] = Last { output, split, trace: None },
            Err(error) => {
                let trace = traces.iter().find(|(traced, _)| *traced == number).map(|(_, trace)| trace);
                let told = trace.and_then(|trace| written_by(trace, tracer, &output, &error)).unwrap_or_default();
                let names = Names { root, heap, values, tracer };
                let trail = Trail {
                    frames: told.site.iter().flat_map(frames).collect(),
                    origins: names.all(&told.origins),
                    conditions: names.all(&told.conditions),
                };
                let failure = RenderError { trail: Box::new(trail), ..yaml_failure(name, &error) };
                // Those after it have not been taken over yet.
                let mut all: BTreeMap<usize, Vec<u8>> = by_name
                    .iter()
                    .filter(|number| !files[**number].name.ends_with("NOTES.txt"))
                    .map(|number| (*number, last[*number].output.clone()))
                    .collect();
                all.extend([(number, output)]);
                all.extend(outputs);
                return Err(RenderError { outputs: written(files, &all), ..failure });
            }
        }
    }
    for (number, output) in own_notes {
        last[number].output = output;
    }
    if changes.is_none() {
        last.iter_mut().for_each(|last| last.trace = None);
    }
    for (number, trace) in traces {
        last[number].trace = Some(trace);
    }
    // What has been made from here on is of these values.
    *is_good = true;
    before.made_of = given.map(|given| MadeOf { given, values, ground: Ground::of(request) });
    let mut documents = Vec::new();
    for split in by_name.iter().map(|number| &last[*number].split) {
        warnings.extend(split.warnings.iter().cloned());
        documents.extend(split.documents.iter().cloned());
    }
    let (mut hooks, mut manifests): (Vec<Document>, Vec<Document>) = documents.into_iter().partition(|document| document.hook.is_some());
    manifests::sort(&mut manifests, version);
    manifests::sort(&mut hooks, version);
    let mut documents = if request.show.crds { crds(root) } else { Vec::new() };
    documents.append(&mut manifests);
    if request.show.hooks {
        let shown = |document: &Document| request.show.tests || !document.hook.as_ref().is_some_and(|hook| hook.is_test());
        documents.extend(hooks.into_iter().filter(shown));
    }
    Ok(Rendered { documents, notes: notes.text(), warnings: Vec::new() })
}

/// The outputs that hold anything, by their files' names.
fn written(files: &[File], outputs: &BTreeMap<usize, Vec<u8>>) -> Vec<(Arc<str>, String)> {
    let texts = outputs.iter().map(|(number, output)| (Arc::clone(&files[*number].name), String::from_utf8_lossy(output).into_owned()));
    let mut texts: Vec<(Arc<str>, String)> = texts.filter(|(_, text)| !text.trim_matches(go_space).is_empty()).collect();
    chartwright_go::sort::plain(&mut texts);
    texts
}

fn check_kube_version(range: &str, capabilities: &Capabilities) -> Result<(), RenderError> {
    let version = &capabilities.kube_version;
    if range.is_empty() || is_compatible(range, &version.normalized) {
        return Ok(());
    }
    let text = format!("chart requires kubeVersion: {range} which is incompatible with Kubernetes {}", version.version);
    Err(RenderError::new(RenderErrorKind::KubeVersion, text))
}

/// Each chart's top-level map (`recAllTpls`).
fn top_maps(
    charts: &[ChartObjects],
    heap: &mut Heap,
    values: Value,
    request: &Request<'_>,
    capabilities: &Arc<Capabilities>,
    version: HelmVersion,
) -> Vec<Value> {
    let ty = version.values_type();
    let capabilities = heap.new_object(Arc::clone(capabilities) as Arc<dyn chartwright_value::Object>);
    let release = heap.map();
    heap.put(release, "IsInstall", Value::bool(request.release.is_install));
    heap.put(release, "IsUpgrade", Value::bool(request.release.is_upgrade));
    for (key, text) in [("Name", &request.release.name), ("Namespace", &request.release.namespace)] {
        let text = heap.string(text);
        heap.put(release, key, text);
    }
    heap.put(release, "Revision", Value::int(request.release.revision));
    let service = heap.string(&request.release.service);
    heap.put(release, "Service", service);
    let mut tops: Vec<Value> = Vec::with_capacity(charts.len());
    let mut subcharts: Vec<Value> = Vec::with_capacity(charts.len());
    let mut own_values: Vec<Value> = Vec::with_capacity(charts.len());
    for chart in charts {
        let own = match chart.parent {
            None => values.with_type(ty),
            Some(parent) => subchart_values(heap, own_values[parent], chart.name, ty),
        };
        let below = heap.map();
        let top = heap.map();
        heap.put(top, "Capabilities", capabilities);
        heap.put(top, "Chart", chart.metadata);
        heap.put(top, "Files", chart.files);
        heap.put(top, "Release", release);
        heap.put(top, "Subcharts", below);
        heap.put(top, "Values", own);
        if let Some(parent) = chart.parent {
            heap.set(subcharts[parent], chart.name, top);
        }
        tops.push(top.with_type(ty));
        subcharts.push(below);
        own_values.push(own);
    }
    tops
}

/// A subchart's part of its parent's values; a name with dots is a path (`Values.Table`).
fn subchart_values(heap: &mut Heap, parent: Value, name: Value, ty: Type) -> Value {
    let name = heap.str(name).to_vec();
    let found =
        name.split(|byte| *byte == b'.').try_fold(parent, |table, key| heap.get(table, key).filter(|value| value.kind() == Kind::Map));
    match found {
        Some(own) => own.with_type(ty),
        None => heap.map_of(ty),
    }
}

fn validate(
    charts: &mut [ChartObjects],
    heap: &Heap,
    values: Value,
    (version, debug): (HelmVersion, bool),
    host: &mut dyn Host,
    warnings: &mut Vec<String>,
) -> Result<(), RenderError> {
    let debug = debug && version == HelmVersion::V4;
    let mut subcharts = vec![0; charts.len()];
    charts.iter().filter_map(|chart| chart.parent).for_each(|parent| subcharts[parent] += 1);
    let mut text = String::new();
    let mut unresolved: Vec<&str> = Vec::new();
    let mut violations = Vec::new();
    let mut own: Vec<Option<(Value, Vec<String>)>> = Vec::with_capacity(charts.len());
    for (number, chart) in charts.iter_mut().enumerate() {
        let name = String::from_utf8_lossy(heap.str(chart.name)).into_owned();
        let here = match chart.parent {
            None => Some((values, Vec::new())),
            Some(parent) => own[parent].as_ref().and_then(|(above, path)| {
                let value = heap.get(*above, &name).filter(|value| !value.is_nil())?;
                if value.kind() != Kind::Map {
                    text.push_str(&format!("{name}:\ninvalid type for values: expected object (map), got {}\n", heap.type_name(value)));
                    return None;
                }
                Some((value, [path.as_slice(), std::slice::from_ref(&name)].concat()))
            }),
        };
        if let (Some((value, path)), Some(schema)) = (&here, &chart.schema) {
            match schema.compiled(host) {
                Err(error) => text.push_str(&format!("{name}:\n{error}")),
                Ok(schema) => {
                    for urn in &schema.unresolved {
                        if !unresolved.contains(&urn.as_str()) {
                            unresolved.push(urn);
                            warnings.push(unresolved_urn(urn, version));
                        }
                    }
                    if let Err(found) = schema.validate_again(heap, *value, &mut chart.matched) {
                        text.push_str(&format!("{name}:\n{found}\n"));
                        violations.extend(found.list().into_iter().map(|violation| SchemaViolation {
                            chart: if chart.parent.is_none() { String::new() } else { name.clone() },
                            path: [path.as_slice(), violation.instance_path.as_slice()].concat(),
                            keyword: violation.keyword,
                            message: violation.message,
                        }));
                    }
                }
            }
        }
        if debug && here.is_some() {
            if let Some(schema) = &chart.schema {
                warnings.push(log::line("DEBUG", "chart name", &[("chart-name", &name)]));
                warnings.extend(schema.unmarshalled());
            }
            let count = subcharts[number].to_string();
            let about = [("chart", name.as_str()), ("dependencies", &count)];
            warnings.push(log::line("DEBUG", "number of dependencies in the chart", &about));
        }
        own.push(here);
    }
    if text.is_empty() {
        return Ok(());
    }
    let message = format!("values don't meet the specifications of the schema(s) in the following chart(s):\n{text}");
    Err(RenderError::new(RenderErrorKind::Schema(violations), message))
}

/// Helm's warning of a schema that nobody knows.
fn unresolved_urn(urn: &str, version: HelmVersion) -> String {
    match version {
        HelmVersion::V3 => format!("jsonschema.go:192: WARNING: unresolved URN reference ignored; using permissive schema: {urn}"),
        HelmVersion::V4 => log::line("WARN", "unresolved URN reference ignored; using permissive schema", &[("urn", urn)]),
    }
}

/// NOTES.txt of the chart, and of its subcharts if they are asked for.
struct Notes {
    own: String,
    all: bool,
    texts: Vec<(String, String)>,
}

impl Notes {
    fn new(chart: &str, all: bool) -> Notes {
        Notes { own: format!("{chart}/templates/NOTES.txt"), all, texts: Vec::new() }
    }

    fn take(&mut self, file: &str, output: &[u8]) {
        if self.all || file == self.own {
            self.texts.push((file.to_owned(), String::from_utf8_lossy(output).into_owned()));
        }
    }

    fn text(mut self) -> Option<String> {
        chartwright_go::sort::plain(&mut self.texts);
        if self.texts.is_empty() { None } else { Some(self.texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")) }
    }
}

/// The chart's `crds/`, its subcharts' after it.
fn crds(root: &super::Instance) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut pending = vec![(root, root.name.clone())];
    while let Some((chart, path)) = pending.pop() {
        for file in &chart.source.files {
            if file.is_crd() {
                documents.push(Document {
                    source: Arc::from(format!("{path}/{}", file.path)),
                    api_version: Arc::from("apiextensions.k8s.io/v1"),
                    kind: Arc::from("CustomResourceDefinition"),
                    name: Arc::from(""),
                    content: Arc::from(file.text().as_ref()),
                    offset: 0,
                    hook: None,
                    crd: true,
                });
            }
        }
        pending.extend(chart.dependencies.iter().rev().map(|subchart| (subchart, format!("{path}/charts/{}", subchart.name))));
    }
    documents
}

fn split(file: &Arc<str>, output: &[u8], version: HelmVersion) -> Result<Split, manifests::HeadError> {
    let text = match std::str::from_utf8(output) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            manifests::refuse_bytes(file, output)?;
            String::from_utf8_lossy(output)
        }
    };
    if text.trim_matches(go_space).is_empty() { Ok(Split::default()) } else { manifests::split(file, &text, version) }
}

fn failure(_library: &Library, files: &[File], file: &File, error: &ExecError, version: HelmVersion) -> RenderError {
    let kind = match error.kind {
        ErrorKind::Limit => RenderErrorKind::Limit,
        ErrorKind::NeedsFull => RenderErrorKind::NeedsFull,
        ErrorKind::Failed | ErrorKind::NoTemplate => RenderErrorKind::Execute,
    };
    let message = errors::execution_error(&file.name, &error.chain().collect::<Vec<_>>(), version);
    let position = error.position().map(place);
    let lines = position.as_ref().and_then(|position| {
        let file = files.iter().find(|file| *file.name == *position.file)?;
        Some(excerpt(&file.text, position.line))
    });
    let executing = error.levels.iter().filter_map(|level| level.executing.as_ref());
    let frames = executing.map(|at| Frame { position: place(&at.position), template: at.template.clone(), expression: at.context.clone() });
    RenderError {
        at: position.as_ref().map(|position| position.line),
        position,
        excerpt: lines.unwrap_or_default(),
        hint: error.hint.clone(),
        trail: Box::new(Trail { frames: frames.collect(), ..Trail::default() }),
        ..RenderError::new(kind, message)
    }
}

/// What wrote the line at which an output is no YAML.
fn written_by(trace: &FileTrace, tracer: &Tracer, output: &[u8], error: &manifests::HeadError) -> Option<LineTrace> {
    let document = error.document.as_bytes();
    let begins = output.windows(document.len().max(1)).position(|part| part == document)?;
    let before = document.split_inclusive(|byte| *byte == b'\n').take((error.line as usize).checked_sub(1)?);
    let line = begins + before.map(<[u8]>::len).sum::<usize>();
    let length = output.get(line..)?.iter().position(|byte| *byte == b'\n').unwrap_or(output.len() - line);
    Some(trace.range(tracer, output, line..line + length))
}

/// The templates behind a place, outermost first.
fn frames(site: &Site) -> impl Iterator<Item = Frame> {
    let frame = |position: &chartwright_template::Position, template: &str| Frame {
        position: place(position),
        template: template.to_owned(),
        expression: String::new(),
    };
    let calls: Vec<Frame> = site.calls.iter().map(|call| frame(call, "")).chain([frame(&site.position, &site.template)]).collect();
    calls.into_iter()
}

/// A template's place, with its column from 1.
fn place(position: &chartwright_template::Position) -> Position {
    Position { file: position.file.clone(), line: position.line as u32, column: position.column.map_or(0, |column| column as u32 + 1) }
}

fn yaml_failure(file: &str, error: &manifests::HeadError) -> RenderError {
    let mut failure = RenderError::new(RenderErrorKind::Yaml, error.message.clone());
    if error.line > 0 {
        failure.excerpt = excerpt(error.document.as_bytes(), error.line);
        failure.at = Some(error.line);
        failure.hint = Some(format!("line {}, column {} of a document that {file} made", error.line, error.column));
    }
    failure
}

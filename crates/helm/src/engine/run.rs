//! One render of a prepared chart.

use super::capabilities::Capabilities;
use super::incremental::{self, Changes, Ground, MadeOf};
use super::manifests::{self, Split};
use super::prepare::{File, Last, Prepared};
use super::reentrant::without_no_value;
use super::trace::{self, Names};
use super::{failures, schemas, scope};
use crate::rendered::go_space;
use crate::values::coalesce::{Coalescer, Rule};
use crate::values::snapshot::Snapshot;
use crate::versions::is_compatible;
use crate::{Document, HelmVersion, RenderError, RenderErrorKind, Rendered, Request, Trail};
use chartwright_template::trace::FileTrace;
use chartwright_template::{Budget, Context, Host, MissingKey, Options};
use chartwright_value::{Heap, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The host with what the request does not allow taken away.
struct Gate<'a> {
    host: &'a mut dyn Host,
    dns: bool,
    /// Lines for stderr that functions had to say.
    told: &'a mut Vec<String>,
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

    fn tell(&mut self, line: String) {
        self.told.push(line);
    }
}

/// What one render is asked for.
pub(super) struct Asked<'a> {
    pub(super) version: HelmVersion,
    pub(super) request: &'a Request<'a>,
    pub(super) capabilities: &'a Arc<Capabilities>,
}

/// Renders with the user's values, which are on the chart's heap.
pub(super) fn run(
    prepared: &mut Prepared,
    given: Value,
    asked: &Asked<'_>,
    host: &mut dyn Host,
    warnings: &mut Vec<String>,
) -> Result<Rendered, RenderError> {
    let snapshot = if asked.request.trace { Snapshot::take(&prepared.heap, given).ok() } else { None };
    let values = work_out(prepared, given, asked, host, warnings)?;
    let changes = snapshot.as_ref().and_then(|given| incremental::changes(prepared, given, values, asked.request));
    prepared.values = values;
    let is_kept = changes.is_some();
    let executed = execute(prepared, values, changes, asked, host, warnings)?;
    let notes = executed.notes.text();
    take_over(prepared, executed.files, is_kept, asked.version)?;
    // What has been made from here on is of these values.
    prepared.is_good = true;
    prepared.before.made_of = snapshot.map(|given| MadeOf { given, values, ground: Ground::of(asked.request) });
    Ok(Rendered { documents: documents(prepared, asked, warnings), notes, warnings: Vec::new() })
}

/// The values as templates see them: with the defaults, held to the schemas.
fn work_out(
    prepared: &mut Prepared,
    given: Value,
    asked: &Asked<'_>,
    host: &mut dyn Host,
    warnings: &mut Vec<String>,
) -> Result<Value, RenderError> {
    let Prepared { root, charts, heap, tracer, library, .. } = prepared;
    let Asked { version, request, capabilities } = *asked;
    let values = if request.trace { trace::label_given(heap, tracer, given) } else { given };
    let coalesced = Coalescer { heap, rule: Rule::Coalesce, helm: version, warnings }.chart(root, values, "");
    coalesced.map_err(|error| RenderError::new(RenderErrorKind::Values, error))?;
    if !request.skip_schema_validation {
        schemas::validate(charts, heap, values, (version, request.debug), host, warnings)?;
    }
    check_kube_version(&root.metadata.kube_version, capabilities)?;
    library.as_ref().map_err(RenderError::clone)?;
    if request.trace {
        trace::label_made(root, heap, tracer, values, version);
    }
    Ok(values)
}

/// What the templates wrote.
pub(super) struct Executed {
    pub(super) files: Vec<Written>,
    notes: Notes,
}

/// What one template wrote.
pub(super) struct Written {
    pub(super) number: usize,
    /// Nothing, if these are the bytes that it wrote last: they need not be split and read again.
    pub(super) output: Option<Vec<u8>>,
    trace: Option<FileTrace>,
}

/// Executes the templates; where `changes` are known, those that read something of them.
pub(super) fn execute(
    prepared: &mut Prepared,
    values: Value,
    mut changes: Option<Changes>,
    asked: &Asked<'_>,
    host: &mut dyn Host,
    told: &mut Vec<String>,
) -> Result<Executed, RenderError> {
    let Prepared { root, charts, files, last, library, heap, executor, tracer, executed, .. } = prepared;
    let Asked { version, request, .. } = *asked;
    let library = library.as_ref().map_err(RenderError::clone)?;
    *executed = 0;
    let switches = if request.trace { trace::switches(root, heap, tracer, values) } else { Vec::new() };
    let tops = scope::top_maps(charts, heap, values, asked);
    let mut budget = Budget::new(request.limits);
    let mut gate = Gate { host, dns: request.enable_dns, told };
    let mut written = Vec::new();
    let mut notes = Notes::new(&root.name, request.show.subchart_notes);
    for (number, file) in files.iter().enumerate().filter(|(_, file)| !file.is_partial) {
        if let (Some(changes), Some(last)) = (&mut changes, last.get(number))
            && let Some(trace) = &last.trace
            && !changes.touch(trace.reads(), tracer)
        {
            if file.is_notes() {
                notes.take(&file.name, &last.output);
            }
            continue;
        }
        *executed += 1;
        let top = tops[file.chart];
        scope::enter(heap, top, file, version);
        let mut context = Context::new(heap, &mut gate, &mut budget, &file.name);
        let options = Options { missing_key: MissingKey::Zero };
        let result = if request.trace {
            tracer.set_condition(switches.get(file.chart).copied().unwrap_or_default());
            executor.render_traced(library, &file.name, top, &mut context, options, tracer)
        } else {
            executor.render(library, &file.name, top, &mut context, options)
        };
        let raw = match result {
            Ok(raw) => raw,
            Err(error) => {
                let mut failure = failures::execution(files, file, &error, version);
                let told = if request.trace { tracer.at_failure() } else { Default::default() };
                let names = Names { root, heap, values, tracer };
                (failure.trail.origins, failure.trail.conditions) = (names.all(&told.0), names.all(&told.1));
                return Err(failure);
            }
        };
        let output = without_no_value(raw);
        let trace = request.trace.then(|| {
            let mut trace = tracer.end_file();
            if output.len() != raw.len() {
                trace.realign(raw, &output);
            }
            trace
        });
        if file.is_notes() {
            notes.take(&file.name, &output);
        }
        let is_new = last.get(number).is_none_or(|last| *last.output != *output);
        let output = is_new.then(|| output.into_owned());
        written.push(Written { number, output, trace });
    }
    Ok(Executed { files: written, notes })
}

/// Splits what is new into documents, and keeps it in place of what the files wrote before; what the files that are not among
/// these wrote stays, and so does its trace, if it `is_kept`.
fn take_over(prepared: &mut Prepared, mut written: Vec<Written>, is_kept: bool, version: HelmVersion) -> Result<(), RenderError> {
    let Prepared { root, files, by_name, last, heap, tracer, values, .. } = prepared;
    // Manifests are read in the order of their files' names.
    chartwright_go::sort::by(&mut written, |a, b| files[a.number].name.cmp(&files[b.number].name));
    last.resize_with(files.len(), Last::default);
    for at in 0..written.len() {
        let Written { number, ref mut output, ref trace } = written[at];
        let file = &files[number];
        let Some(output) = output.take() else { continue };
        // A trace belongs to the output that it came with: if another file is no YAML, this one has none until it is executed again.
        if file.is_notes() {
            last[number] = Last { output, ..Last::default() };
            continue;
        }
        match split(&file.name, &output, version) {
            Ok(split) => last[number] = Last { output, split, trace: None },
            Err(error) => {
                let told = trace.as_ref().and_then(|trace| failures::written_by(trace, tracer, &output, &error)).unwrap_or_default();
                let names = Names { root, heap, values: *values, tracer };
                let trail = Trail {
                    frames: told.site.iter().flat_map(failures::frames).collect(),
                    origins: names.all(&told.origins),
                    conditions: names.all(&told.conditions),
                };
                // Those after it have not been taken over yet.
                let rest = written.drain(at + 1..).filter_map(|rest| Some((rest.number, rest.output?)));
                let fresh: BTreeMap<usize, Vec<u8>> = [(number, output)].into_iter().chain(rest).collect();
                return Err(RenderError {
                    trail: Box::new(trail),
                    outputs: outputs(files, by_name, last, &fresh),
                    ..failures::no_yaml(&file.name, &error)
                });
            }
        }
    }
    if !is_kept {
        last.iter_mut().for_each(|last| last.trace = None);
    }
    for Written { number, trace, .. } in written {
        last[number].trace = trace;
    }
    Ok(())
}

/// The documents that are asked for, in the order in which Helm prints them.
fn documents(prepared: &Prepared, asked: &Asked<'_>, warnings: &mut Vec<String>) -> Vec<Document> {
    let Asked { version, request, .. } = *asked;
    let mut documents = Vec::new();
    for split in prepared.by_name.iter().map(|number| &prepared.last[*number].split) {
        warnings.extend(split.warnings.iter().cloned());
        documents.extend(split.documents.iter().cloned());
    }
    let (mut hooks, mut manifests): (Vec<Document>, Vec<Document>) = documents.into_iter().partition(|document| document.hook.is_some());
    manifests::sort(&mut manifests, version);
    manifests::sort(&mut hooks, version);
    let mut documents = if request.show.crds { crds(&prepared.root) } else { Vec::new() };
    documents.append(&mut manifests);
    if request.show.hooks {
        let shown = |document: &Document| request.show.tests || !document.hook.as_ref().is_some_and(|hook| hook.is_test());
        documents.extend(hooks.into_iter().filter(shown));
    }
    documents
}

/// The manifests' outputs that hold anything, by their files' names: the fresh ones, and of the other files what they wrote last.
fn outputs(files: &[File], by_name: &[usize], last: &[Last], fresh: &BTreeMap<usize, Vec<u8>>) -> Vec<(Arc<str>, String)> {
    let texts = by_name.iter().filter(|number| !files[**number].is_notes()).map(|number| {
        let output = fresh.get(number).unwrap_or(&last[*number].output);
        (Arc::clone(&files[*number].name), String::from_utf8_lossy(output).into_owned())
    });
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

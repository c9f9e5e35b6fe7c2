//! A chart with a certain set of subcharts on, made ready: values imported and frozen, schemas compiled, templates parsed.

use super::files::Files;
use super::functions::{FUNCTIONS, FUNCTIONS_V4, READERS};
use super::incremental::Before;
use super::instance::{Instance, import_values};
use super::manifests::Split;
use super::metadata::chart_value;
use super::methods::METHODS;
use super::reentrant::REENTRANT;
use super::trace;
use super::{errors, failures};
use crate::schema::{Matched, Schema};
use crate::values::snapshot::Snapshot;
use crate::{HelmVersion, Position, RenderError, RenderErrorKind, Request};
use chartwright_template::trace::{FileTrace, PathId, Tracer};
use chartwright_template::{Executor, FunctionTable, Host, Library, LibraryBuilder};
use chartwright_value::{Heap, Value};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

/// One template file that is executed, or parsed only.
pub(super) struct File {
    /// Its name: the chart's full path, and its own.
    pub(super) name: Arc<str>,
    /// The name as a string of the frozen heap.
    pub(super) name_value: Value,
    /// The chart's `templates` folder as a string of the frozen heap.
    pub(super) base_path: Value,
    /// Which chart it belongs to: an index into [`Prepared::charts`].
    pub(super) chart: usize,
    /// Whether it only defines templates for others.
    pub(super) is_partial: bool,
    /// The text, for excerpts.
    pub(super) text: Arc<[u8]>,
}

impl File {
    /// Whether it is printed after an installation, and is no manifest.
    pub(super) fn is_notes(&self) -> bool {
        self.name.ends_with("NOTES.txt")
    }
}

/// What a file last rendered to, and the documents in it.
#[derive(Default)]
pub(super) struct Last {
    pub(super) output: Vec<u8>,
    pub(super) split: Split,
    /// Where the output came from, if the render was a traced one.
    pub(super) trace: Option<FileTrace>,
}

/// What is fixed of one chart's top-level map.
pub(super) struct ChartObjects {
    /// `.Chart`.
    pub(super) metadata: Value,
    /// `.Files`.
    pub(super) files: Value,
    /// The name under which its values and its entry in `.Subcharts` stand.
    pub(super) name: Value,
    /// The chart that it is a subchart of.
    pub(super) parent: Option<usize>,
    /// Its schema, if it has one.
    pub(super) schema: Option<ChartSchema>,
    /// What its patterns have matched.
    pub(super) matched: Matched,
}

/// A chart's schema, which is compiled when it is first needed.
pub(super) struct ChartSchema {
    text: String,
    /// The schema, or why it cannot be used.
    compiled: OnceCell<Result<Schema, String>>,
}

impl ChartSchema {
    /// See [`super::schemas::unmarshalled`].
    pub(super) fn unmarshalled(&self) -> Option<String> {
        super::schemas::unmarshalled(&self.text)
    }

    /// The compiled schema; documents that it refers to come from the host.
    pub(super) fn compiled(&self, host: &mut dyn Host) -> &Result<Schema, String> {
        self.compiled.get_or_init(|| Schema::parse_with(&self.text, &mut |url| host.load(url)))
    }
}

/// A chart that only waits for values.
pub(super) struct Prepared {
    /// The charts and their values, which are on the frozen heap.
    pub(super) root: Instance,
    /// Every chart, parents before their subcharts.
    pub(super) charts: Vec<ChartObjects>,
    /// Every template, in the order in which Helm parses and executes.
    pub(super) files: Vec<File>,
    /// Their numbers in the order of their names.
    pub(super) by_name: Vec<usize>,
    /// What each of them last rendered to.
    pub(super) last: Vec<Last>,
    /// The parsed templates, or Helm's error.
    pub(super) library: Result<Library, RenderError>,
    /// Lines for stderr that working out the imports gives.
    pub(super) warnings: Vec<String>,
    /// The render's values, over the frozen ones.
    pub(super) heap: Heap,
    pub(super) executor: Executor,
    pub(super) tracer: Tracer,
    /// Whether the defaults carry labels: what only a traced render needs.
    pub(super) is_labelled: bool,
    /// The values that templates saw last.
    pub(super) values: Value,
    /// The values that `last` was made of.
    pub(super) before: Before,
    /// Whether the heap's values are those that `last` was made of.
    pub(super) is_good: bool,
    /// How many files the last render executed.
    pub(super) executed: usize,
}

impl Prepared {
    /// The heap, empty for the next render.
    pub(super) fn fresh_heap(&mut self, request: &Request<'_>) -> &mut Heap {
        if std::mem::take(&mut self.is_good) {
            std::mem::swap(&mut self.heap, &mut self.before.heap);
        }
        self.heap.reset();
        self.heap.set_limit(request.limits.heap_bytes);
        &mut self.heap
    }
}

/// The functions that a Helm template may call.
pub(super) fn function_table(version: HelmVersion) -> FunctionTable {
    let table = FunctionTable::new()
        .with(chartwright_sprig::FUNCTIONS)
        .with_reentrant(chartwright_sprig::RARE)
        .with(FUNCTIONS)
        .with_reentrant(REENTRANT)
        .with_reentrant(READERS)
        .with_methods(METHODS)
        .with_methods(chartwright_sprig::METHODS);
    match version {
        HelmVersion::V3 => table,
        HelmVersion::V4 => table.with(FUNCTIONS_V4).with(super::durations::FUNCTIONS),
    }
    .with_rules(chartwright_sprig::RULES)
    .with_rules(trace::RULES)
}

/// Makes a chart ready, whose instances' values are on the given heap; its defaults are labelled if traced renders will follow.
///
/// # Errors
/// What Helm refuses in the chart's imports, with the warnings before it.
pub(super) fn prepare(
    mut root: Instance,
    from: &mut Heap,
    functions: &Arc<FunctionTable>,
    version: HelmVersion,
    is_labelled: bool,
) -> Result<Prepared, (String, Vec<String>)> {
    let mut warnings = Vec::new();
    if let Err(error) = import_values(from, &mut root, version, &mut warnings) {
        return Err((error, warnings));
    }
    let mut heap = Heap::default();
    if let Err(error) = move_values(&mut root, from, &mut heap) {
        return Err((error, warnings));
    }
    let mut collected = Collected { heap: &mut heap, charts: Vec::new(), files: HashMap::new(), version };
    collected.chart(&root, None, "");
    let Collected { charts, files, .. } = collected;
    let mut files: Vec<File> = files.into_values().collect();
    chartwright_go::sort::by(&mut files, |a, b| {
        let depth = |file: &File| file.name.bytes().filter(|byte| *byte == b'/').count();
        depth(b).cmp(&depth(a)).then_with(|| b.name.cmp(&a.name))
    });
    let mut by_name: Vec<usize> = (0..files.len()).collect();
    chartwright_go::sort::by(&mut by_name, |a, b| files[*a].name.cmp(&files[*b].name));
    let library = parse(&files, functions, &mut heap);
    let mut tracer = Tracer::new();
    if is_labelled {
        trace::label_defaults(&mut root, PathId::ROOT, &mut heap, &mut tracer);
    }
    let frozen = Arc::new(heap.freeze());
    let heap = Heap::new(Arc::clone(&frozen));
    let before = Before { heap: Heap::new(Arc::clone(&frozen)), scratch: Heap::new(frozen), made_of: None };
    Ok(Prepared {
        root,
        charts,
        files,
        by_name,
        last: Vec::new(),
        library,
        warnings,
        heap,
        executor: Executor::default(),
        tracer,
        is_labelled,
        values: Value::NIL,
        before,
        is_good: false,
        executed: 0,
    })
}

fn move_values(chart: &mut Instance, from: &Heap, to: &mut Heap) -> Result<(), String> {
    chart.values = Snapshot::take(from, chart.values)?.put(to);
    chart.clean(to);
    chart.dependencies.iter_mut().try_for_each(|subchart| move_values(subchart, from, to))
}

struct Collected<'a> {
    heap: &'a mut Heap,
    charts: Vec<ChartObjects>,
    files: HashMap<Arc<str>, File>,
    version: HelmVersion,
}

impl Collected<'_> {
    fn chart(&mut self, chart: &Instance, parent: Option<usize>, above: &str) {
        let path = if parent.is_none() { chart.name.clone() } else { format!("{above}/charts/{}", chart.name) };
        let number = self.charts.len();
        let files = self.heap.new_object(Arc::new(Files::new(&chart.source.files)));
        let metadata = chart_value(self.heap, &chart.metadata, parent.is_none(), self.version);
        let name = self.heap.string(&chart.name);
        let schema = chart.source.schema.clone().map(|text| ChartSchema { text, compiled: OnceCell::new() });
        self.charts.push(ChartObjects { metadata, files, name, parent, schema, matched: Matched::default() });
        // Under an alias, Helm 3's grandchildren still know the chart that they were loaded with as their parent.
        let shares = self.version == HelmVersion::V3 && parent.is_some() && chart.metadata.dependencies.is_empty();
        let above = if shares { format!("{above}/charts/{}", chart.source.name()) } else { path.clone() };
        for subchart in &chart.dependencies {
            self.chart(subchart, Some(number), &above);
        }
        let base_path = self.heap.string(format!("{path}/templates"));
        for template in &chart.source.templates {
            let base = template.path.rsplit('/').next().unwrap_or_default();
            if chart.metadata.is_library() && !base.starts_with('_') {
                continue;
            }
            let is_partial = base.starts_with('_');
            let name: Arc<str> = Arc::from(format!("{path}/{}", template.path));
            let name_value = self.heap.string(name.as_bytes());
            let text = Arc::from(template.bytes.as_slice());
            self.files.insert(Arc::clone(&name), File { name, name_value, base_path, chart: number, is_partial, text });
        }
    }
}

fn parse(files: &[File], functions: &Arc<FunctionTable>, heap: &mut Heap) -> Result<Library, RenderError> {
    let mut builder = LibraryBuilder::new(Arc::clone(functions));
    for file in files {
        builder.add(&file.name, Arc::clone(&file.text)).map_err(|error| {
            let position = Position {
                file: error.position.file,
                line: error.position.line as u32,
                column: error.position.column.map_or(0, |column| column as u32 + 1),
            };
            let mut failure = RenderError::new(RenderErrorKind::Parse, errors::parse_error(&file.name, &error.message));
            failure.excerpt = failures::excerpt(&file.text, position.line);
            failure.position = Some(position);
            failure
        })?;
    }
    Ok(builder.finish(heap))
}

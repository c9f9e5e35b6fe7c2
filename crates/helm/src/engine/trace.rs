//! The traced render of a chart: values are labelled by their paths before it, Helm's functions pass labels on, and lines can be asked
//! afterwards where they came from.

mod lines;

use super::instance::Instance;
use super::prepare::{Last, Prepared};
use crate::{Document, HelmVersion};
use chartwright_template::trace::{
    FileTrace, LineTrace, Part, PathId, Reads, Rule, Step, Tracer, Tracing, Unreached, encoded_lines, last, mix,
};
use chartwright_value::{Heap, Kind, Label, Value};
use chartwright_yaml::NodeId;

/// The rules of Helm's own functions. Others mix their arguments.
pub(super) const RULES: &[(&str, Rule)] = &[
    ("fromJson", from_yaml),
    ("fromJsonArray", from_yaml),
    ("fromYaml", from_yaml),
    ("fromYamlArray", from_yaml),
    ("mustToYaml", encoded_lines),
    ("required", last),
    ("toYaml", encoded_lines),
    ("toYamlPretty", encoded_lines),
    ("tpl", plain_text),
];

/// How many values are labelled: far more than any chart has.
const MAX_LABELLED: usize = 2_000_000;

/// Labels the defaults of a chart and its subcharts, which every render shares, by their paths in the root chart's values.
pub(super) fn label_defaults(chart: &mut Instance, path: PathId, heap: &mut Heap, tracer: &mut Tracer) {
    let is_clean = chart.values.repr() == chart.clean_values.repr();
    chart.values = label(heap, tracer, chart.values, path);
    chart.clean_values = if is_clean { chart.values } else { label(heap, tracer, chart.clean_values, path) };
    for subchart in &mut chart.dependencies {
        let path = tracer.key(path, subchart.name.as_bytes());
        label_defaults(subchart, path, heap, tracer);
    }
}

/// Labels the values that the user gives, before they come together with the defaults.
pub(super) fn label_given(heap: &mut Heap, tracer: &mut Tracer, values: Value) -> Value {
    tracer.begin();
    label(heap, tracer, values, PathId::ROOT)
}

/// Labels the maps that came into being as values came together: those of subcharts without values, and their globals.
pub(super) fn label_made(root: &Instance, heap: &mut Heap, tracer: &mut Tracer, values: Value, helm: HelmVersion) {
    let mut pending = vec![(root, values, PathId::ROOT)];
    while let Some((chart, values, path)) = pending.pop() {
        let names = chart.dependencies.iter().map(|subchart| subchart.name.as_str()).chain(["global"]);
        for name in names {
            if let Some(own) = heap.get(values, name).filter(|own| own.label().0 == 0) {
                let path = tracer.key(path, name.as_bytes());
                let label = tracer.origin(path);
                heap.put(values, name, own.with_label(label));
            }
        }
        for subchart in &chart.dependencies {
            if let Some(own) = heap.get(values, &subchart.name) {
                let path = tracer.key(path, subchart.name.as_bytes());
                if helm == HelmVersion::V4 {
                    label_nulls(chart, subchart, own, path, heap, tracer);
                }
                pending.push((subchart, own, path));
            }
        }
    }
}

/// A chart's null takes a subchart's default away only where others give that subchart values too: so what stands there depends on whether
/// anybody does. Source: `pkg/chart/common/util/coalesce.go`, `coalesceValues`, which cleans what nobody gives and merges the rest.
fn label_nulls(chart: &Instance, subchart: &Instance, values: Value, path: PathId, heap: &Heap, tracer: &mut Tracer) {
    for null in &chart.nulls {
        let [name, above @ .., key] = &null[..] else { continue };
        if **name != *subchart.name.as_bytes() {
            continue;
        }
        let holder = |map: Value| above.iter().try_fold(map, |map, key| heap.get(map, &**key));
        let has_default = holder(subchart.values).is_some_and(|map| heap.get(map, &**key).is_some());
        if let Some(map) = holder(values).filter(|_| has_default) {
            tracer.taken_out(map, key, path);
        }
    }
}

/// What decided that each chart is there: the conditions and tags of its dependency, and of those above. In the order in which
/// [`super::prepare`] numbers charts.
pub(super) fn switches(root: &Instance, heap: &Heap, tracer: &mut Tracer, values: Value) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut pending = vec![(root, PathId::ROOT, values, Label(0))];
    while let Some((chart, path, values, above)) = pending.pop() {
        labels.push(above);
        for subchart in chart.dependencies.iter().rev() {
            let name = subchart.name.as_str();
            let declared = chart.metadata.dependencies.iter().find(|d| d.alias == name || d.name == name);
            let mut label = above;
            if let Some(dependency) = declared {
                let mut decided = false;
                for condition in dependency.condition.split(',').map(str::trim).filter(|condition| !condition.is_empty()) {
                    if decided {
                        break;
                    }
                    let mut at = (path, Some(values));
                    for key in condition.split('.') {
                        at = (tracer.key(at.0, key.as_bytes()), at.1.and_then(|map| heap.get(map, key)));
                    }
                    decided = at.1.is_some_and(|value| value.kind() == Kind::Bool);
                    label = tracer.with_condition(label, at.0);
                }
                if !decided && !dependency.tags.is_empty() {
                    let tags = tracer.key(PathId::ROOT, b"tags");
                    for tag in &dependency.tags {
                        let tag = tracer.key(tags, tag.as_bytes());
                        label = tracer.with_condition(label, tag);
                    }
                }
            }
            let below = heap.get(values, name).unwrap_or(Value::NIL);
            pending.push((subchart, tracer.key(path, name.as_bytes()), below, label));
        }
    }
    labels
}

/// Gives each value the label of its path. Maps stay the maps they are; lists, which never change, are made anew.
fn label(heap: &mut Heap, tracer: &mut Tracer, values: Value, path: PathId) -> Value {
    enum Task {
        Visit(Value, PathId),
        List(Value, usize, Label),
        Map(Value, usize, Label),
    }
    let mut tasks = vec![Task::Visit(values, path)];
    let mut done: Vec<Value> = Vec::new();
    let mut visited = 0;
    while let Some(task) = tasks.pop() {
        match task {
            Task::Visit(value, path) => {
                visited += 1;
                let label = tracer.origin(path);
                let opens = visited < MAX_LABELLED && !value.is_typed_nil();
                match value.kind() {
                    Kind::Map if opens => {
                        let entries = heap.entries(value);
                        tasks.push(Task::Map(value, entries.len(), label));
                        for entry in entries.iter().rev() {
                            let below = tracer.key(path, heap.str(entry.key()));
                            tasks.push(Task::Visit(entry.value, below));
                            // A null takes the default away, and goes itself.
                            if entry.value.is_nil() {
                                tracer.taken_out(value, heap.str(entry.key()), below);
                            }
                        }
                    }
                    Kind::List if opens => {
                        let items = heap.items(value);
                        tasks.push(Task::List(value, items.len(), label));
                        for (at, item) in items.iter().enumerate().rev() {
                            tasks.push(Task::Visit(*item, tracer.item(path, at)));
                        }
                    }
                    _ => done.push(value.with_label(label)),
                }
            }
            Task::List(list, len, label) => {
                let items = done.split_off(done.len().saturating_sub(len));
                done.push(heap.list_of(list.ty(), &items).with_label(label));
            }
            Task::Map(map, len, label) => {
                let values = done.split_off(done.len().saturating_sub(len));
                heap.set_values(map, &values);
                done.push(map.with_label(label));
            }
        }
    }
    done.pop().unwrap_or(values)
}

/// Where the lines of a render came from. It stands for the engine's last render.
pub struct Trace<'e> {
    prepared: &'e Prepared,
}

impl<'e> Trace<'e> {
    pub(super) fn of(prepared: &'e Prepared) -> Option<Trace<'e>> {
        prepared.last.iter().any(|last| last.trace.is_some()).then_some(Trace { prepared })
    }

    fn file(&self, source: &str) -> Option<(&'e Last, &'e FileTrace)> {
        let number = self.prepared.files.iter().position(|file| *file.name == *source)?;
        let last = self.prepared.last.get(number)?;
        Some((last, last.trace.as_ref()?))
    }

    /// What a range of a document's text came from: give a line's bytes without its line break. Nothing for what no template wrote, such
    /// as the chart's `crds/`.
    pub fn range(&self, document: &Document, range: std::ops::Range<usize>) -> Option<LineTrace> {
        let (last, trace) = self.file(&document.source)?;
        let offset = document.offset as usize;
        let of = |range: std::ops::Range<usize>| trace.range(&self.prepared.tracer, &last.output, range.start + offset..range.end + offset);
        let mut told = of(range);
        // Whether Helm prints a hook, and where, is decided by what made it one.
        if let Some(line) = document.hook.as_ref().and_then(|_| hook_line(&document.content)) {
            let hook = of(line);
            for path in hook.origins.into_iter().chain(hook.conditions) {
                if !told.origins.contains(&path) && !told.conditions.contains(&path) {
                    told.conditions.push(path);
                }
            }
        }
        Some(told)
    }

    /// A range's parts, each with what it came from.
    pub fn parts(&self, document: &Document, range: std::ops::Range<usize>) -> Vec<Part> {
        let Some((_, trace)) = self.file(&document.source) else { return Vec::new() };
        let offset = document.offset as usize;
        let mut parts = trace.parts(&self.prepared.tracer, range.start + offset..range.end + offset);
        for part in &mut parts {
            part.range = part.range.start.saturating_sub(offset)..part.range.end.saturating_sub(offset);
        }
        parts
    }

    /// What the execution of a template file read.
    pub fn reads(&self, source: &str) -> Option<&'e Reads> {
        Some(self.file(source)?.1.reads())
    }

    /// What the execution of each template file read, with the file's name.
    pub fn all_reads(&self) -> impl Iterator<Item = (&'e str, &'e Reads)> {
        let files = self.prepared.files.iter().zip(&self.prepared.last);
        files.filter_map(|(file, last)| Some((&*file.name, last.trace.as_ref()?.reads())))
    }

    /// The template lines that the render did not reach: bodies of branches that were not taken, and of templates that nobody included.
    pub fn unreached(&self) -> Vec<Unreached> {
        let Ok(library) = &self.prepared.library else { return Vec::new() };
        library.unreached(self.prepared.last.iter().filter_map(|last| last.trace.as_ref()))
    }

    /// A path's steps from the root chart's values, as whoever writes a values file names it: what a subchart reads of its `global`
    /// is told by the topmost `global` that holds it.
    pub fn steps(&self, path: PathId) -> Vec<Step> {
        let Prepared { root, heap, values, tracer, .. } = self.prepared;
        Names { root, heap, values: *values, tracer }.steps(path)
    }
}

/// The line of a manifest that makes it a hook, without its line break.
fn hook_line(content: &str) -> Option<std::ops::Range<usize>> {
    let mut begins = 0;
    content.split('\n').find_map(|line| {
        let range = begins..begins + line.len();
        begins += line.len() + 1;
        let key = line.trim_start().trim_start_matches(['"', '\'']);
        let rest = key.strip_prefix("helm.sh/hook")?;
        rest.trim_start_matches(['"', '\'']).starts_with(':').then_some(range)
    })
}

/// How whoever writes a values file names a path.
pub(super) struct Names<'a> {
    pub(super) root: &'a Instance,
    pub(super) heap: &'a Heap,
    /// The values that templates saw.
    pub(super) values: Value,
    pub(super) tracer: &'a Tracer,
}

impl Names<'_> {
    /// Each path's steps.
    pub(super) fn all(&self, paths: &[PathId]) -> Vec<Vec<Step>> {
        paths.iter().map(|path| self.steps(*path)).collect()
    }

    pub(super) fn steps(&self, path: PathId) -> Vec<Step> {
        let steps = self.tracer.steps(path);
        let Some(at) = self.global_at(&steps) else { return steps };
        let globals = &steps[at..];
        for above in 0..at {
            let candidate: Vec<Step> = steps[..above].iter().chain(globals).cloned().collect();
            if self.holds(&candidate) {
                return candidate;
            }
        }
        if self.holds(&steps) { steps } else { globals.to_vec() }
    }

    /// How many of the steps lead through subcharts to a `global`.
    fn global_at(&self, steps: &[Step]) -> Option<usize> {
        let at = steps.iter().position(|step| matches!(step, Step::Key(key) if **key == *b"global"))?;
        let mut chart = self.root;
        for step in &steps[..at] {
            let Step::Key(key) = step else { return None };
            chart = chart.dependencies.iter().find(|subchart| subchart.name.as_bytes() == &**key)?;
        }
        (at > 0).then_some(at)
    }

    fn holds(&self, steps: &[Step]) -> bool {
        let heap = self.heap;
        let mut at = self.values;
        for step in steps {
            let found = match step {
                Step::Key(key) => heap.get(at, key),
                Step::Item(item) => heap.items(at).get(*item as usize).copied(),
            };
            match found {
                Some(value) => at = value,
                None => return false,
            }
        }
        true
    }
}

// The rules.

/// `tpl` of a text without actions.
fn plain_text(_: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    args.first().map_or(result, |text| result.with_label(text.label()))
}

/// Each node has the label of its own text.
fn from_yaml(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [text] = args else { return mix(t, args, result) };
    if !t.is_rope(*text) {
        return mix(t, args, result);
    }
    let source = String::from_utf8_lossy(t.heap().str(*text)).into_owned();
    let Ok(tree) = chartwright_yaml::Tree::parse(&source) else { return mix(t, args, result) };
    let step = |at: NodeId, step: &Step| match step {
        Step::Key(key) => tree.get(at, std::str::from_utf8(key).ok()?),
        Step::Item(item) => tree.items(at).get(*item as usize).copied(),
    };
    let span = |at: NodeId| tree.span(at).start..tree.span(at).end;
    t.read(*text, result, tree.root(), step, span)
}

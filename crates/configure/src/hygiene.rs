//! A chart as the checks' rules of charts want it: what Helm's linter says of it, what its schema refuses of its values, and which keys of
//! them nobody reads. What is made of that is in `chartwright_lint`.

use crate::form::Schema;
use crate::insight::reads::{Reads, by_helm, keys, whole, words};
use crate::insight::unused::{File, Known, unused};
use crate::pointer;
use crate::protocol::{Unread as Why, UnusedKey};
use crate::values::{read_json, read_yaml};
use chartwright_helm::lint::{Folder, Linter as HelmLinter, Message, Options, Severity as HelmSeverity, Topic};
use chartwright_helm::{Chart, HelmVersion, Owner, RenderError, RenderErrorKind, Sources, Step, Trace, ValuesLayer};
use chartwright_lint::chart::{self, ChartFinding, Place, Refused, Said, Unread, ValuesFile};
use chartwright_lint::{Linter, Profile, Severity};
use chartwright_template::Host;
use chartwright_yaml::Tree;

const CHART_FILE: &str = "Chart.yaml";
const VALUES: &str = "values.yaml";
const SCHEMA: &str = "values.schema.json";

/// What Helm's linter says of dependencies that are not in `charts/`, and may be elsewhere.
const MISSING: &str = "chart directory is missing these dependencies";

/// A chart, and what came of it with its values.
pub struct Hygiene<'a> {
    /// The chart's folder as Helm's linter looks at it.
    pub folder: &'a Folder,
    /// The chart, if it loads.
    pub chart: Option<&'a Chart>,
    /// The values above the chart's own, lowest first.
    pub layers: &'a [ValuesLayer<'a>],
    /// How Helm's linter is to look at it.
    pub options: &'a Options,
    /// Why it does not render.
    pub failure: Option<&'a RenderError>,
    /// What its templates have read, if it renders.
    pub trace: Option<&'a Trace<'a>>,
}

/// What was found, and whether it explains why the chart does not render.
pub struct Looked {
    /// The findings.
    pub findings: Vec<ChartFinding>,
    /// Whether one of them is the cause of the failure.
    pub is_cause: bool,
}

/// Looks at a chart with the rules that a profile asks for.
pub fn look(linter: &Linter, hygiene: &Hygiene<'_>, profile: Profile, host: &mut dyn Host) -> Looked {
    let said = said(hygiene, host);
    let sources = hygiene.chart.map(|chart| Sources::new(chart, hygiene.layers, hygiene.options.helm));
    let refused = sources.as_ref().map(|sources| refused(hygiene, sources)).unwrap_or_default();
    let reads = hygiene.chart.zip(hygiene.trace).map(|(chart, trace)| (chart, reads(chart, trace)));
    let unread = reads.as_ref().map(|(chart, reads)| unread(chart, reads, hygiene)).unwrap_or_default();
    let values = values(hygiene);
    let counts = |path: &[&str]| {
        // A list is replaced as a whole.
        let path = path.split(|key| *key == "[]").next().unwrap_or_default();
        let first = sources.as_ref().and_then(|sources| sources.of(&steps(path.iter().copied())).into_iter().next());
        let keys: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        first.is_some_and(|source| source.owner == Owner::Chart) && reads.as_ref().is_some_and(|(_, reads)| reads.has(&keys))
    };
    let chart = chart::Chart { said: &said, refused: &refused, unread: &unread, values: &values, counts: &counts };
    let findings = linter.lint_chart(&chart, profile, &[]);
    let has = |rule: &str| findings.iter().any(|finding| finding.rule == rule && finding.severity == Severity::Error);
    let is_cause = match hygiene.failure.map(|failure| &failure.kind) {
        Some(RenderErrorKind::Schema(_)) => has("values-schema"),
        Some(RenderErrorKind::Chart) => has("chart-dependencies"),
        Some(_) => false,
        None => hygiene.chart.is_none() && ["chart-name", "chart-version"].into_iter().any(has),
    };
    Looked { findings, is_cause }
}

fn steps<'s>(path: impl Iterator<Item = &'s str>) -> Vec<Step> {
    path.map(|key| Step::Key(key.as_bytes().into())).collect()
}

/// What Helm's linter says, for the rules that take it up. What it says of objects and of renders has rules of its own.
fn said(hygiene: &Hygiene<'_>, host: &mut dyn Host) -> Vec<Said> {
    let Ok(mut linter) = HelmLinter::new(hygiene.options.clone(), hygiene.layers) else {
        return Vec::new();
    };
    let is_complete = hygiene.chart.is_some_and(|chart| chart.missing_dependencies().is_empty());
    let messages = linter.run(hygiene.folder, host);
    let wanted = messages.iter().filter(|message| {
        let is_resolved = is_complete && message.text.starts_with(MISSING);
        // An icon is for catalogues, in which few charts stand.
        let is_hint = message.severity == HelmSeverity::Info;
        let is_failure = message.topic == Topic::Dependencies && message.path.is_empty();
        !(is_resolved || is_hint || is_failure)
    });
    wanted.filter_map(|message| one_said(hygiene, message)).collect()
}

fn one_said(hygiene: &Hygiene<'_>, message: &Message) -> Option<Said> {
    let rule = match message.topic {
        Topic::ChartFile("name") => "chart-name",
        Topic::ChartFile("version") => "chart-version",
        Topic::ChartFile("dependencies") | Topic::Dependencies => "chart-dependencies",
        Topic::ChartFile(_) => "chart-metadata",
        Topic::Crds => "chart-crds",
        Topic::TopIndent => "top-indent",
        Topic::ResourcePolicy => "resource-policy-in-list",
        Topic::Values | Topic::Templates | Topic::Object => return None,
    };
    let severity = match message.severity {
        _ if message.text.starts_with(MISSING) => Severity::Error,
        HelmSeverity::Error => Severity::Error,
        HelmSeverity::Warning => Severity::Warning,
        HelmSeverity::Info => Severity::Info,
    };
    let (file, line) = match message.topic {
        Topic::ChartFile(key) => (CHART_FILE, line_of_key(&text(hygiene, CHART_FILE), key, &message.text)),
        Topic::Dependencies => (CHART_FILE, line_of_key(&text(hygiene, CHART_FILE), "dependencies", "")),
        // Files of packaged and vendored charts are told by their own charts.
        _ if !is_own_file(hygiene, &message.path) => return None,
        Topic::TopIndent => (message.path.as_str(), line_with(&text(hygiene, &message.path), quoted(&message.text).trim())),
        Topic::ResourcePolicy => (message.path.as_str(), line_with(&text(hygiene, &message.path), "helm.sh/resource-policy")),
        _ => (message.path.as_str(), 1),
    };
    // Helm lays its errors out over lines.
    let message = message.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Said { rule, severity, place: Place { file: file.to_owned(), line, pointer: String::new() }, message })
}

fn is_own_file(hygiene: &Hygiene<'_>, path: &str) -> bool {
    path.ends_with('/') || hygiene.folder.files.as_ref().is_ok_and(|files| files.iter().any(|file| file.path == path))
}

/// The text of a file of the chart.
fn text(hygiene: &Hygiene<'_>, path: &str) -> String {
    let files = hygiene.folder.files.as_ref().map(Vec::as_slice).unwrap_or_default();
    files.iter().find(|file| file.path == path).map(|file| file.text().into_owned()).unwrap_or_default()
}

/// What stands in quotes in a text.
fn quoted(text: &str) -> &str {
    text.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"')).map_or("", |(inner, _)| inner)
}

/// The first line that holds some words; the first of all where none does.
fn line_with(text: &str, words: &str) -> u32 {
    let at = text.lines().position(|line| !words.is_empty() && line.contains(words)).unwrap_or(0);
    u32::try_from(at + 1).unwrap_or(1)
}

/// The line that a message about Chart.yaml means: one that it names, that of a field that it names, or that of its key.
fn line_of_key(text: &str, key: &str, message: &str) -> u32 {
    let named = message.split_once("line ").and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    if let Some(line) = named {
        return line;
    }
    let key = if message.contains("unknown field") { quoted(message) } else { key };
    let is_key = |line: &str| {
        let line = line.trim_start_matches([' ', '-', '"', '\'']);
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    let at = text.lines().position(|line| !key.is_empty() && is_key(line)).unwrap_or(0);
    u32::try_from(at + 1).unwrap_or(1)
}

/// What the schemas refuse: each value at the place that sets it, or the nearest around it that is set.
fn refused(hygiene: &Hygiene<'_>, sources: &Sources<'_>) -> Vec<Refused> {
    let Some(RenderError { kind: RenderErrorKind::Schema(violations), message, .. }) = hygiene.failure else {
        return Vec::new();
    };
    if violations.is_empty() {
        let text = message.lines().skip(1).map(str::trim).collect::<Vec<_>>().join(" ");
        return vec![Refused { place: Place { file: SCHEMA.to_owned(), line: 1, pointer: String::new() }, message: text }];
    }
    let one = |violation: &chartwright_helm::SchemaViolation| {
        let path = &violation.path;
        let nearest =
            (1..=path.len()).rev().find_map(|length| sources.of(&steps(path[..length].iter().map(String::as_str))).into_iter().next());
        let (file, line) = nearest.map_or((VALUES.to_owned(), 1), |source| (source.file, source.line.max(1)));
        let key = pointer::dotted(path);
        let message = if key.is_empty() { violation.message.clone() } else { format!("{key}: {}", violation.message) };
        Refused { place: Place { file, line, pointer: pointer::id(path) }, message }
    };
    violations.iter().map(one).collect()
}

/// The chart's own values, and the files above them.
fn values(hygiene: &Hygiene<'_>) -> Vec<ValuesFile> {
    let own = hygiene.chart.map(|chart| (VALUES, chart.values_text(), true));
    let given = hygiene.layers.iter().filter_map(|layer| match layer {
        ValuesLayer::File { name, text } => Some((*name, *text, false)),
        _ => None,
    });
    let read = |(file, text, is_own): (&str, &str, bool)| Some(ValuesFile { file: file.to_owned(), tree: Tree::parse(text).ok()?, is_own });
    own.into_iter().chain(given).filter_map(read).collect()
}

/// What Helm and the templates that ran have read.
fn reads(chart: &Chart, trace: &Trace<'_>) -> Reads {
    let mut reads = by_helm(chart);
    for (file, read) in trace.all_reads() {
        for (paths, deep) in [(&read.touched, false), (&read.deep, true)] {
            for path in paths {
                reads.add(&keys(&trace.steps(*path)), deep, Some(file));
            }
        }
    }
    reads
}

/// The keys of all values files that nobody reads.
fn unread(chart: &Chart, reads: &Reads, hygiene: &Hygiene<'_>) -> Vec<Unread> {
    let words = words(chart);
    let whole = whole(chart);
    let schema = chart.schema_text().and_then(|text| read_json(text).ok());
    let known = Known { reads, words: &words, schema: schema.as_ref().map(Schema::new) };
    let defaults = Sources::new(chart, &[], hygiene.options.helm);
    let mut found = Vec::new();
    for file in values(hygiene) {
        let Ok(node) = read_yaml(&file.tree) else { continue };
        let keys = unused(&File { environment: "", name: &file.file, values: &node }, &known);
        let wanted = keys.into_iter().filter(|key| match file.is_own {
            // What is in a map that a template takes as a whole, in a branch that is off, is read there.
            true => key.why != Why::Asleep && !is_anchor(&file.tree, key) && !key.path.iter().any(|key| whole.contains(key)),
            false => key.why == Why::Unknown && defaults.of(&steps(key.path.iter().map(String::as_str))).is_empty(),
        });
        found.extend(wanted.map(|key| Unread {
            place: Place { file: key.file, line: key.line.max(1), pointer: pointer::id(&key.path) },
            key: key.key,
            is_own: file.is_own,
            meant: key.nearest,
        }));
    }
    found
}

/// Whether a key is there for others of the file to refer to.
fn is_anchor(tree: &Tree, key: &UnusedKey) -> bool {
    let line = tree.text().lines().nth(key.line.saturating_sub(1) as usize).unwrap_or_default();
    line.split_once(": &").is_some()
}

/// The options that a chart is looked at with, unless its user says otherwise.
pub fn options(helm: HelmVersion, namespace: &str) -> Options {
    Options { helm, namespace: namespace.to_owned(), kube_version: None, skip_schema_validation: false, debug: false }
}

//! A chart as the checks' rules of charts want it: what Helm's linter says of it, what its schema refuses of its values, and which keys of
//! them nobody reads. What is made of that is in `chartwright_lint`.

mod facts;
pub(crate) mod said;
pub(crate) mod values;

pub use facts::{Facts, ValuesText, judge};

use crate::form::Schema;
use crate::insight::reads::{Reads, by_helm, whole, words};
use crate::insight::unused::Known;
use crate::values::{Node, read_json, read_yaml};
use chartwright_helm::lint::Entry;
use chartwright_helm::{Chart, Engine, HelmVersion, RenderError, RenderErrorKind, Sources, ValuesLayer};
use chartwright_lint::chart::ChartFinding;
use chartwright_lint::{Linter, Profile, Severity};
use chartwright_yaml::Tree;
use values::Given;

const VALUES: &str = "values.yaml";

/// A chart, and what came of it with its values.
pub struct Hygiene<'a> {
    /// Its Chart.yaml.
    pub chart_file: &'a Entry,
    /// The text of a file that is the chart's own, not a subchart's.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// The chart, if it loads.
    pub chart: Option<&'a Chart>,
    /// The values above the chart's own, lowest first.
    pub layers: &'a [ValuesLayer<'a>],
    /// The Helm that it is for.
    pub helm: HelmVersion,
    /// Why it does not render.
    pub failure: Option<&'a RenderError>,
    /// What has rendered it, with a trace, if it renders.
    pub engine: Option<&'a Engine>,
}

/// What was found, and whether it explains why the chart does not render.
pub struct Looked {
    /// The findings.
    pub findings: Vec<ChartFinding>,
    /// Whether one of them is the cause of the failure.
    pub is_cause: bool,
}

/// Looks at a chart with the rules that a profile asks for.
pub fn look(linter: &Linter, hygiene: &Hygiene<'_>, profile: Profile) -> Looked {
    let own = hygiene.chart.map(|chart| ValuesText { name: VALUES, text: chart.values_text(), is_own: true });
    let given = hygiene.layers.iter().filter_map(|layer| match layer {
        ValuesLayer::File { name, text } => Some(ValuesText { name, text, is_own: false }),
        _ => None,
    });
    let files: Vec<ValuesText<'_>> = own.into_iter().chain(given).collect();
    let findings = judge(linter, &gather(hygiene, &files), &files, profile);
    let has = |rule: &str| findings.iter().any(|finding| finding.rule == rule && finding.severity == Severity::Error);
    let is_cause = match hygiene.failure.map(|failure| &failure.kind) {
        Some(RenderErrorKind::Schema(_)) => has("values-schema"),
        Some(RenderErrorKind::Chart) => has("chart-dependencies"),
        Some(_) => false,
        None => hygiene.chart.is_none() && ["chart-name", "chart-version"].into_iter().any(has),
    };
    Looked { findings, is_cause }
}

fn gather(hygiene: &Hygiene<'_>, files: &[ValuesText<'_>]) -> Facts {
    let mut facts = Facts { said: said::of_files(hygiene.chart_file, hygiene.chart, hygiene.helm, true, hygiene.text), ..Facts::default() };
    let Some(chart) = hygiene.chart else { return facts };
    let sources = Sources::new(chart, hygiene.layers, hygiene.helm);
    facts.refused = values::refused(hygiene.failure, &sources);
    if let Some(failure) = hygiene.failure {
        facts.said.extend(said::of_failure(chart, failure, hygiene.helm, hygiene.text));
    }
    let Some((engine, trace)) = hygiene.engine.and_then(|engine| Some((engine, engine.trace()?))) else { return facts };
    facts.said.extend(said::of_outputs(chart, engine.outputs(), hygiene.helm, hygiene.text));
    let mut reads = Reads::of(&trace);
    reads.join(&by_helm(chart));
    let nodes: Vec<Option<Node>> = files.iter().map(|file| read_yaml(&Tree::parse(file.text).ok()?).ok()).collect();
    let read = files.iter().zip(&nodes).filter_map(|(file, node)| {
        let ValuesText { name, text, is_own } = *file;
        Some(Given { name, text, values: node.as_ref()?, is_own })
    });
    let read: Vec<Given<'_>> = read.collect();
    let schema = chart.schema_text().and_then(|text| read_json(text).ok());
    let words = words(chart);
    let known = Known { reads: &reads, words: &words, schema: schema.as_ref().map(Schema::new) };
    facts.unread = values::unread(&read, &known, &whole(chart), &Sources::new(chart, &[], hygiene.helm));
    let own = read.iter().find(|file| file.is_own);
    facts.counting = own.map(|own| values::counting(own.values, &sources, &reads)).unwrap_or_default();
    facts
}

//! The chart's files by the names that a trace gives them.

use crate::text::diff::lines;
use chartwright_helm::Chart;
use std::borrow::Cow;

/// How many lines around one are shown with it.
const AROUND: u32 = 2;

/// A template (`CHART/templates/a.yaml`, `CHART/charts/SUB/templates/_b.tpl`), or a chart's defaults (`values.yaml`,
/// `charts/SUB/values.yaml`).
pub(super) fn text<'a>(chart: &'a Chart, file: &str) -> Option<Cow<'a, str>> {
    let mut at = chart;
    let mut rest = file.strip_prefix(chart.name()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(file);
    while let Some(below) = rest.strip_prefix("charts/") {
        let (name, file) = below.split_once('/')?;
        at = subchart(at, name)?;
        rest = file;
    }
    if rest == "values.yaml" {
        return Some(Cow::Borrowed(at.values_text()));
    }
    at.templates().iter().find(|template| template.path == rest).map(|template| template.text())
}

/// The subchart that goes by a name or an alias.
fn subchart<'a>(chart: &'a Chart, name: &str) -> Option<&'a Chart> {
    let declared = chart.metadata().dependencies.iter().find(|dependency| dependency.alias == name);
    let name = declared.map_or(name, |dependency| &dependency.name);
    chart.dependencies().iter().find(|subchart| subchart.name() == name).map(|subchart| &**subchart)
}

/// The lines around one, with their numbers.
pub(super) fn excerpt(text: &str, line: u32) -> Vec<(u32, String)> {
    let near = |number: u32| number.abs_diff(line) <= AROUND;
    (1..).zip(lines(text)).filter(|(number, _)| near(*number)).map(|(number, text)| (number, text.to_owned())).collect()
}

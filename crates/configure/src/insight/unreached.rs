//! Template lines that no environment reaches: what is left when each render's lines are taken together.

use crate::protocol::UnreachedLines;
use chartwright_helm::Chart;
use std::collections::{BTreeMap, BTreeSet};

/// Lines by template file, from 1.
pub(crate) type Lines = BTreeMap<String, BTreeSet<u32>>;

/// How many stretches are told.
const MOST: usize = 500;

/// The lines of one render, each by itself, so that they can be compared with another's.
pub(crate) fn lines(stretches: impl IntoIterator<Item = (String, u32, u32)>) -> Lines {
    let mut lines = Lines::new();
    for (file, first, last) in stretches {
        lines.entry(file).or_default().extend(first..=last);
    }
    lines
}

/// Those that another render did not reach either.
pub(crate) fn both(one: &Lines, other: &Lines) -> Lines {
    let shared = |(file, lines): (&String, &BTreeSet<u32>)| {
        let lines: BTreeSet<u32> = lines.intersection(other.get(file)?).copied().collect();
        (!lines.is_empty()).then(|| (file.clone(), lines))
    };
    one.iter().filter_map(shared).collect()
}

/// The lines as stretches, with the text of the first; the chart's own files stand first.
pub(crate) fn stretches(lines: &Lines, chart: &Chart) -> Vec<UnreachedLines> {
    let mut all = Vec::new();
    for (file, lines) in lines {
        let (subchart, text) = source(chart, file);
        let text: Vec<&str> = text.as_deref().unwrap_or_default().lines().collect();
        let mut lines = lines.iter().copied().peekable();
        while let Some(first) = lines.next() {
            let mut last = first;
            while let Some(next) = lines.next_if_eq(&(last + 1)) {
                last = next;
            }
            let text = (first..=last).filter_map(|line| text.get(line as usize - 1)).map(|line| line.trim()).find(|line| !line.is_empty());
            // Blank lines alone are no branch.
            if let Some(text) = text {
                all.push(UnreachedLines { file: file.clone(), first, last, text: text.to_owned(), subchart });
            }
        }
    }
    chartwright_go::sort::by_key(&mut all, |one| one.subchart);
    all.truncate(MOST);
    all
}

/// Whether a template file is a subchart's, and its text.
fn source(chart: &Chart, file: &str) -> (bool, Option<String>) {
    let mut at = chart;
    let mut rest = file.strip_prefix(chart.name()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(file);
    let mut subchart = false;
    while let Some((name, inner)) = rest.strip_prefix("charts/").and_then(|rest| rest.split_once('/')) {
        subchart = true;
        let declared = at.metadata().dependencies.iter().find(|dependency| dependency.alias == name);
        let name = declared.map_or(name, |dependency| dependency.name.as_str());
        let Some(found) = at.dependencies().iter().find(|chart| chart.name() == name) else { return (true, None) };
        (at, rest) = (found, inner);
    }
    (subchart, at.templates().iter().find(|template| template.path == rest).map(|template| template.text().into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_helm::SourceFile;

    #[test]
    fn what_no_render_reaches() {
        let stretch = |file: &str, first, last| (format!("c/{file}"), first, last);
        let one = lines([stretch("templates/a.yaml", 2, 5), stretch("charts/s/templates/b.yaml", 1, 1)]);
        let other =
            lines([stretch("templates/a.yaml", 1, 2), stretch("templates/a.yaml", 4, 9), stretch("charts/s/templates/b.yaml", 1, 3)]);
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let chart = Chart::load(vec![
            file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: sub, alias: s, version: 0.1.0}]\n"),
            file("templates/a.yaml", "1\n two\n3\n\n5\n"),
            file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            file("charts/sub/templates/b.yaml", "one\n"),
        ])
        .expect("a chart");
        let told = stretches(&both(&one, &other), &chart);
        let told: Vec<(&str, u32, u32, &str, bool)> =
            told.iter().map(|one| (one.file.as_str(), one.first, one.last, one.text.as_str(), one.subchart)).collect();
        assert_eq!(
            told,
            [
                ("c/templates/a.yaml", 2, 2, "two", false),
                ("c/templates/a.yaml", 4, 5, "5", false),
                ("c/charts/s/templates/b.yaml", 1, 1, "one", true)
            ]
        );
    }
}

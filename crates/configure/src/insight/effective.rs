//! The values that subcharts bring along: they are effective too, wherever the chart and its files say nothing else.

use crate::protocol::ValueRow;
use crate::session::Texts;
use crate::values::{Layer, Layers, Node, Value, leaves, rows};
use chartwright_helm::Chart;
use std::collections::HashSet;
use std::rc::Rc;

/// How many charts are looked through, and how many of their values are listed.
const MAX_CHARTS: usize = 1_000;
const MOST: usize = 20_000;

/// The defaults of all subcharts, as whoever writes a values file names them; a chart's before its own subcharts'. Library charts have none:
/// their templates see the values of the chart that uses them.
pub(crate) fn below(chart: &Chart, texts: &mut Texts, declared: &dyn Fn(&[String]) -> bool) -> Vec<ValueRow> {
    let mut found = Vec::new();
    let mut open = vec![(chart, Vec::<String>::new(), String::new())];
    let mut looked = 0;
    while let Some((chart, path, folder)) = open.pop() {
        looked += 1;
        if looked > MAX_CHARTS || found.len() > MOST {
            break;
        }
        if !path.is_empty() {
            let reading = texts.read(&Rc::from(chart.values_text()));
            if let Ok(parsed) = reading.as_ref() {
                let wrap = |inner: Node, key: &String| Node { value: Value::Map(vec![(key.as_str().into(), inner)]), line: 0 };
                let node = path.iter().rev().fold(parsed.node.clone(), wrap);
                let file = format!("{folder}values.yaml");
                let layers = Layers { all: vec![Layer { name: &file, now: &node, came: &node }] };
                let leaves = leaves(&layers, declared);
                add(&mut found, rows(&leaves, &layers));
            }
        }
        for subchart in chart.dependencies().iter().rev().filter(|subchart| !subchart.metadata().is_library()) {
            let declared = chart.metadata().dependencies.iter().filter(|dependency| dependency.name == subchart.name());
            let mut names: Vec<&str> = declared.map(|d| if d.alias.is_empty() { d.name.as_str() } else { &d.alias }).collect();
            if names.is_empty() {
                names.push(subchart.name());
            }
            for name in names.into_iter().rev() {
                open.push((&**subchart, [&path[..], &[name.to_owned()]].concat(), format!("{folder}charts/{name}/")));
            }
        }
    }
    found
}

/// Adds rows of lower charts: what a higher one says too is what it overrides.
fn add(found: &mut Vec<ValueRow>, rows: Vec<ValueRow>) {
    let known: HashSet<String> = found.iter().map(|row| row.id.clone()).collect();
    for row in rows {
        if known.contains(&row.id) {
            if let Some(above) = found.iter_mut().find(|above| above.id == row.id) {
                above.over.push((row.value, row.file));
            }
        } else if !is_hidden(&row.id, |id| known.contains(id)) {
            found.push(row);
        }
    }
}

/// Whether a value above stands in a value's place: one of the keys around it is no map there.
pub(crate) fn is_hidden(id: &str, has: impl Fn(&str) -> bool) -> bool {
    has(id) || id.match_indices('/').skip(1).any(|(at, _)| has(&id[..at]))
}

/// The list with what subcharts bring along: the rows at hand, and those of `below` that none of them hides.
pub(crate) fn with_below(mut own: Vec<ValueRow>, below: &[ValueRow]) -> Vec<ValueRow> {
    let ids: HashSet<String> = own.iter().map(|row| row.id.clone()).collect();
    // An empty map hides nothing: what lies below it is what it holds, and it is told by that.
    let empty: HashSet<String> = own.iter().filter(|row| row.value == "{}").map(|row| row.id.clone()).collect();
    let shown: Vec<ValueRow> =
        below.iter().filter(|row| !is_hidden(&row.id, |id| ids.contains(id) && !empty.contains(id))).cloned().collect();
    if !empty.is_empty() {
        let filled = |id: &str| {
            let inner = format!("{id}/");
            shown.iter().any(|row| row.id.starts_with(&inner))
        };
        own.retain(|row| !(empty.contains(&row.id) && filled(&row.id)));
    }
    own.extend(shown);
    own
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Source;
    use chartwright_helm::SourceFile;

    #[test]
    fn what_subcharts_bring_along() {
        let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let chart = Chart::load(vec![
            file("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies: [{name: sub, alias: s, version: 0.1.0}]\n"),
            file("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n"),
            file("charts/sub/values.yaml", "a: 1\nb:\n  c: 2\ndeep:\n  e: 5\n  f: {g: 6}\n"),
            file("charts/sub/charts/deep/Chart.yaml", "apiVersion: v2\nname: deep\nversion: 0.1.0\n"),
            file("charts/sub/charts/deep/values.yaml", "e: 7\nf: 8\npassword: hunter2\n"),
            file("charts/lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n"),
            file("charts/lib/values.yaml", "x: 1\n"),
        ])
        .expect("a chart");
        let found = below(&chart, &mut Texts::default(), &|_| false);
        let told: Vec<String> =
            found.iter().map(|row| format!("{}={} {}:{} {:?}", row.key, row.value, row.file, row.line, row.over)).collect();
        assert_eq!(
            told,
            [
                "s.a=1 charts/s/values.yaml:1 []",
                "s.b.c=2 charts/s/values.yaml:3 []",
                "s.deep.e=5 charts/s/values.yaml:5 [(\"7\", \"charts/s/charts/deep/values.yaml\")]",
                "s.deep.f.g=6 charts/s/values.yaml:6 []",
                "s.deep.f=8 charts/s/charts/deep/values.yaml:2 []",
                "s.deep.password=•••••• charts/s/charts/deep/values.yaml:3 []",
            ]
        );
    }

    #[test]
    fn what_stands_above_hides_what_lies_below() {
        let row = |id: &str, value: &str| ValueRow {
            id: id.into(),
            key: id.into(),
            value: value.into(),
            source: Source::Default,
            file: String::new(),
            line: 1,
            over: Vec::new(),
        };
        let below = [row("/s/a", "1"), row("/s/b/c", "2"), row("/s/m/x", "3"), row("/s/n", "4")];
        let all = with_below(vec![row("/s/a", "9"), row("/s/b", "null"), row("/s/m", "{}"), row("/t", "{}")], &below);
        let ids: Vec<&str> = all.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(ids, ["/s/a", "/s/b", "/t", "/s/m/x", "/s/n"]);
    }
}

//! What the templates of a chart have read, over any number of renders; and what else reads values: conditions, tags and imports of
//! dependencies.

use crate::pointer;
use chartwright_helm::{Chart, SourceFile, Step, Trace};
use std::collections::{BTreeMap, HashSet};

/// The key under which all items of a list stand: what is read of one may be there in any.
pub(crate) const ITEM: &str = "[]";

/// How deep charts nest that are looked through.
const MAX_CHARTS: usize = 10_000;

/// Paths that were read.
#[derive(Clone, Default)]
pub(crate) struct Reads {
    root: Branch,
}

#[derive(Clone, Default)]
struct Branch {
    /// Everything below was read.
    deep: bool,
    /// The template that read exactly this first, if a template did.
    by: Option<String>,
    below: BTreeMap<String, Branch>,
}

/// A path's keys, items as [`ITEM`].
fn keys(steps: &[Step]) -> Vec<String> {
    steps
        .iter()
        .map(|step| match step {
            Step::Key(key) => String::from_utf8_lossy(key).into_owned(),
            Step::Item(_) => ITEM.to_owned(),
        })
        .collect()
}

/// A path in words, items without their number: `hosts[].name`.
pub(crate) fn dotted(path: &[String]) -> String {
    pointer::dotted(path).replace(".[]", ITEM)
}

impl Reads {
    /// What the templates that ran have read.
    pub(crate) fn of(trace: &Trace<'_>) -> Reads {
        let mut all = Reads::default();
        for (file, reads) in trace.all_reads() {
            for (paths, deep) in [(&reads.touched, false), (&reads.deep, true)] {
                for path in paths {
                    all.add(&keys(&trace.steps(*path)), deep, Some(file));
                }
            }
        }
        all
    }

    /// Notes that a path was read, with all that is in it if `deep`. Its parents count as looked at.
    pub(crate) fn add(&mut self, path: &[String], deep: bool, by: Option<&str>) {
        let mut at = &mut self.root;
        for key in path {
            at = at.below.entry(key.clone()).or_default();
        }
        at.deep |= deep;
        if at.by.is_none() {
            at.by = by.map(str::to_owned);
        }
    }

    /// Takes over what another one has.
    pub(crate) fn join(&mut self, other: &Reads) {
        let mut open = vec![(&mut self.root, &other.root)];
        while let Some((mine, theirs)) = open.pop() {
            mine.deep |= theirs.deep;
            if mine.by.is_none() {
                mine.by.clone_from(&theirs.by);
            }
            for key in theirs.below.keys() {
                mine.below.entry(key.clone()).or_default();
            }
            open.extend(mine.below.iter_mut().filter_map(|(key, mine)| Some((mine, theirs.below.get(key)?))));
        }
    }

    /// Whether a path, or anything in it, was read.
    pub(crate) fn has(&self, path: &[String]) -> bool {
        let mut at = &self.root;
        for key in path {
            if at.deep {
                return true;
            }
            match at.below.get(key) {
                Some(below) => at = below,
                None => return false,
            }
        }
        true
    }

    /// The keys that were read just below a path.
    pub(crate) fn below(&self, path: &[String]) -> impl Iterator<Item = &str> {
        let at = path.iter().try_fold(&self.root, |at, key| at.below.get(key));
        at.into_iter().flat_map(|at| at.below.keys()).map(String::as_str)
    }

    /// The innermost paths that a template read, with that template; none of them in a list.
    pub(crate) fn leaves(&self) -> Vec<(Vec<String>, &str)> {
        let mut found = Vec::new();
        let mut open = vec![(Vec::new(), &self.root)];
        while let Some((path, branch)) = open.pop() {
            if branch.below.is_empty()
                && let Some(by) = &branch.by
            {
                found.push((path.clone(), by.as_str()));
            }
            for (key, below) in branch.below.iter().rev().filter(|(key, _)| *key != ITEM) {
                let mut path = path.clone();
                path.push(key.clone());
                open.push((path, below));
            }
        }
        found
    }
}

/// What Helm itself reads of the values: the conditions, tags and imported values of the dependencies, and the maps of their values.
pub(crate) fn by_helm(chart: &Chart) -> Reads {
    let mut reads = Reads::default();
    reads.add(&["global".to_owned()], false, None);
    let mut open = vec![(chart, Vec::<String>::new())];
    let mut looked = 0;
    while let Some((chart, path)) = open.pop() {
        looked += 1;
        if looked > MAX_CHARTS {
            break;
        }
        let below = |dotted: &str| -> Vec<String> {
            path.iter().cloned().chain(dotted.split('.').filter(|key| !key.is_empty()).map(str::to_owned)).collect()
        };
        for dependency in &chart.metadata().dependencies {
            let name = if dependency.alias.is_empty() { &dependency.name } else { &dependency.alias };
            let mut own = path.clone();
            own.push(name.clone());
            reads.add(&own, false, None);
            for condition in dependency.condition.split(',').map(str::trim).filter(|condition| !condition.is_empty()) {
                reads.add(&below(condition), false, None);
            }
            for tag in &dependency.tags {
                reads.add(&["tags".to_owned(), tag.clone()], false, None);
            }
            for import in &dependency.import_values {
                let child = match import {
                    serde_json::Value::String(name) => format!("exports.{name}"),
                    other => other.get("child").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
                };
                own.truncate(path.len() + 1);
                own.extend(child.split('.').filter(|key| !key.is_empty()).map(str::to_owned));
                reads.add(&own, true, None);
            }
        }
        for subchart in chart.dependencies() {
            let declared = chart.metadata().dependencies.iter().filter(|dependency| dependency.name == subchart.name());
            let mut names: Vec<String> = declared.map(|d| if d.alias.is_empty() { d.name.clone() } else { d.alias.clone() }).collect();
            if names.is_empty() {
                names.push(subchart.name().to_owned());
            }
            for name in names {
                let mut own = path.clone();
                own.push(name);
                reads.add(&own, false, None);
                open.push((subchart, own));
            }
        }
    }
    reads
}

/// The templates of a chart and its subcharts.
fn templates(chart: &Chart) -> impl Iterator<Item = &SourceFile> {
    let mut charts = vec![chart];
    let mut looked = 0;
    while let Some(chart) = charts.get(looked).copied().filter(|_| looked < MAX_CHARTS) {
        looked += 1;
        charts.extend(chart.dependencies().iter().map(|chart| &**chart));
    }
    charts.truncate(looked);
    charts.into_iter().flat_map(Chart::templates)
}

/// The last keys of the paths of values that the templates of a chart and its subcharts name: what lies below them may be taken with them.
pub(crate) fn whole(chart: &Chart) -> HashSet<String> {
    let mut last = HashSet::new();
    for template in templates(chart) {
        let text = template.text();
        for path in text.split(".Values.").skip(1) {
            let path = path.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).next().unwrap_or_default();
            last.extend(path.rsplit('.').next().map(str::to_owned));
        }
    }
    last
}

/// Every word that stands in an action of the templates of a chart and its subcharts. A key that is none of them is read by no branch.
pub(crate) fn words(chart: &Chart) -> HashSet<String> {
    let mut words = HashSet::new();
    for template in templates(chart) {
        let text = template.text();
        for action in text.split("{{").skip(1) {
            let action = action.split("}}").next().unwrap_or_default();
            words.extend(action.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
            // Keys that are no names are looked up by `index` and `get`.
            words.extend(action.split(['"', '`']).skip(1).step_by(2).map(str::to_owned));
        }
    }
    words.remove("");
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(dotted: &str) -> Vec<String> {
        dotted.split('.').map(str::to_owned).collect()
    }

    fn chart(files: &[(&str, &str)]) -> Chart {
        let file = |(path, text): &(&str, &str)| SourceFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() };
        Chart::load(files.iter().map(file).collect()).expect("a chart")
    }

    #[test]
    fn parents_are_read_and_what_is_beside_is_not() {
        let mut reads = Reads::default();
        reads.add(&path("a.b"), false, Some("x.yaml"));
        reads.add(&path("c"), true, Some("y.yaml"));
        for (dotted, expected) in [("a", true), ("a.b", true), ("a.b.c", false), ("a.x", false), ("c.d.e", true), ("d", false)] {
            assert_eq!(reads.has(&path(dotted)), expected, "{dotted}");
        }
        let mut both = Reads::default();
        both.add(&path("a.x"), false, None);
        both.join(&reads);
        assert!(both.has(&path("a.x")) && both.has(&path("c.d")));
        assert_eq!(both.leaves(), [(path("a.b"), "x.yaml"), (path("c"), "y.yaml")]);
        assert_eq!(both.below(&path("a")).collect::<Vec<_>>(), ["b", "x"]);
    }

    #[test]
    fn helm_reads_what_switches_dependencies() {
        let chart = chart(&[
            (
                "Chart.yaml",
                "apiVersion: v2\nname: c\nversion: 0.1.0\ndependencies:\n  - {name: db, version: 0.1.0, alias: store, condition: 'store.enabled,other.on', tags: [back], import-values: [data]}\n",
            ),
            ("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 0.1.0\n"),
        ]);
        let reads = by_helm(&chart);
        for (dotted, expected) in [
            ("store", true),
            ("store.enabled", true),
            ("other.on", true),
            ("tags.back", true),
            ("tags.front", false),
            ("store.exports.data.x", true),
            ("store.size", false),
            ("global", true),
            ("db", false),
        ] {
            assert_eq!(reads.has(&path(dotted)), expected, "{dotted}");
        }
    }

    #[test]
    fn words_of_actions() {
        let chart = chart(&[
            ("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
            ("templates/a.yaml", "text: {{ .Values.one.two | default (index .Values \"a-b\") }} # three\n"),
        ]);
        let words = words(&chart);
        let has = ["one", "two", "a-b", "three", "text"].map(|word| words.contains(word));
        assert_eq!(has, [true, true, true, false, false]);
    }
}

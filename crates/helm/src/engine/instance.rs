//! A chart in its place among others: under its alias, switched on or off, with the values it exports to its parent
//! (`pkg/chart/v2/util/dependencies.go`). How deep charts lie in each other is limited when they are loaded.

use crate::log;
use crate::values::coalesce::{Coalescer, Rule, Trail, remove_nulls};
use crate::values::snapshot::Snapshot;
use crate::versions::is_compatible;
use crate::{Chart, HelmVersion, Metadata};
use chartwright_value::{Heap, Kind, Repr, Value};
use serde_json::Value as Json;
use std::sync::Arc;

/// A chart as one render sees it.
#[derive(Clone)]
pub(crate) struct Instance {
    /// Its name or alias.
    pub(crate) name: String,
    /// Its metadata, under that name, with the dependencies that are on.
    pub(crate) metadata: Metadata,
    /// What was loaded.
    pub(crate) source: Arc<Chart>,
    /// Its default values, on a heap that the owner knows.
    pub(crate) values: Value,
    /// The same without the nulls below the first level, which coalescing would take out again and again.
    pub(crate) clean_values: Value,
    /// Where those nulls are, as keys.
    pub(crate) nulls: Vec<Vec<Box<[u8]>>>,
    /// The subcharts that are on.
    pub(crate) dependencies: Vec<Instance>,
}

impl Instance {
    /// A chart and its subcharts as they were loaded, with their default values put on a heap.
    pub(crate) fn load(chart: &Arc<Chart>, heap: &mut Heap) -> Instance {
        let values = chart.values.put(heap);
        let mut instance = Instance {
            name: chart.name().to_owned(),
            metadata: chart.metadata.clone(),
            source: Arc::clone(chart),
            values,
            clean_values: values,
            nulls: Vec::new(),
            dependencies: chart.dependencies.iter().map(|subchart| Instance::load(subchart, heap)).collect(),
        };
        instance.clean(heap);
        instance
    }

    /// Works out [`Instance::clean_values`] anew, on the heap that the values are on and that is being built.
    pub(crate) fn clean(&mut self, heap: &mut Heap) {
        self.clean_values = self.values;
        self.nulls = nulls_below(heap, self.values);
        if self.nulls.is_empty() {
            return;
        }
        // A snapshot of what was a snapshot fits its limit.
        let Ok(copy) = Snapshot::take(heap, self.values) else {
            return;
        };
        self.clean_values = copy.put(heap);
        let tables: Vec<Value> = heap.entries(self.clean_values).iter().map(|entry| entry.value).collect();
        tables.into_iter().filter(|value| value.kind() == Kind::Map).for_each(|table| remove_nulls(heap, table));
    }

    /// Whether values switch any subchart, however deep.
    pub(crate) fn has_switches(&self) -> bool {
        let own = self.metadata.dependencies.iter().any(|d| !d.condition.is_empty() || !d.tags.is_empty());
        own || self.dependencies.iter().any(Instance::has_switches)
    }

    /// Each chart's place, its own first. The same list means the same charts are on.
    pub(crate) fn places(&self, path: &str, out: &mut Vec<String>) {
        let own = if path.is_empty() { self.name.clone() } else { format!("{path}/charts/{}", self.name) };
        self.dependencies.iter().for_each(|subchart| subchart.places(&own, out));
        out.push(own);
    }
}

/// The nulls below the first level of a map.
fn nulls_below(heap: &Heap, values: Value) -> Vec<Vec<Box<[u8]>>> {
    let mut nulls = Vec::new();
    let mut pending: Vec<(Vec<Box<[u8]>>, Value)> = vec![(Vec::new(), values)];
    while let Some((path, map)) = pending.pop() {
        for entry in heap.entries(map) {
            let below = || path.iter().cloned().chain([heap.str(entry.key()).into()]).collect();
            match entry.value.kind() {
                Kind::Nil if !path.is_empty() => nulls.push(below()),
                Kind::Map => pending.push((below(), entry.value)),
                _ => {}
            }
        }
    }
    nulls
}

/// Gives subcharts their aliases and takes out those that are off (`processDependencyEnabled`).
pub(crate) struct Enabler<'a> {
    /// A heap over the one that the instances' values are on; reset at will.
    pub(crate) heap: &'a mut Heap,
    /// Whether to work out values at all: only for charts with switches, and to hear the warnings.
    pub(crate) with_values: bool,
    pub(crate) helm: HelmVersion,
    /// Charts that have been gone through: in Helm 3, what each changes in its dependencies is seen by its other aliases.
    pub(crate) seen: Vec<Arc<Chart>>,
    /// Lines for stderr.
    pub(crate) warnings: &'a mut Vec<String>,
}

impl Enabler<'_> {
    /// # Errors
    /// A subchart's values are no map.
    pub(crate) fn enable(&mut self, chart: &mut Instance, values: &Snapshot, path: &str) -> Result<(), String> {
        if chart.metadata.dependencies.is_empty() {
            return Ok(());
        }
        if self.helm == HelmVersion::V3 {
            if self.seen.iter().any(|seen| Arc::ptr_eq(seen, &chart.source)) {
                chart.metadata.dependencies.iter_mut().filter(|d| !d.alias.is_empty()).for_each(|d| d.name.clone_from(&d.alias));
            } else {
                self.seen.push(Arc::clone(&chart.source));
            }
        }
        take_aliases(chart);
        let mut on = vec![true; chart.metadata.dependencies.len()];
        let mut all = None;
        if self.with_values {
            self.heap.reset();
            let values = values.put(self.heap);
            Coalescer { heap: self.heap, rule: Rule::Coalesce, helm: self.helm, warnings: self.warnings }.chart(chart, values, "")?;
            self.tags(chart, values, &mut on);
            self.conditions(chart, values, path, &mut on);
            all = Some(values);
        }
        let off: Vec<String> =
            chart.metadata.dependencies.iter().zip(&on).filter(|(_, on)| !**on).map(|(dependency, _)| dependency.name.clone()).collect();
        chart.dependencies.retain(|subchart| !off.contains(&subchart.name));
        // Only subcharts with subcharts of their own look at the values again.
        let goes_on = chart.dependencies.iter().any(|subchart| !subchart.metadata.dependencies.is_empty());
        let coalesced = all.filter(|_| goes_on).map(|values| Snapshot::take(self.heap, values)).transpose()?;
        for subchart in &mut chart.dependencies {
            let below = format!("{path}{}.", subchart.name);
            self.enable(subchart, coalesced.as_ref().unwrap_or(values), &below)?;
        }
        chart.metadata.dependencies.retain(|dependency| !off.contains(&dependency.name));
        Ok(())
    }

    fn tags(&mut self, chart: &Instance, values: Value, on: &mut [bool]) {
        let Some(tags) = self.heap.get(values, "tags").filter(|tags| tags.kind() == Kind::Map) else {
            return;
        };
        for (dependency, on) in chart.metadata.dependencies.iter().zip(on) {
            let (mut yes, mut no) = (false, false);
            for tag in &dependency.tags {
                match self.heap.get(tags, tag).map(Value::repr) {
                    None => {}
                    Some(Repr::Bool(true)) => yes = true,
                    Some(Repr::Bool(false)) => no = true,
                    Some(_) => self.warn_of("tag", tag, &dependency.name),
                }
            }
            *on = yes || !no;
        }
    }

    fn conditions(&mut self, chart: &Instance, values: Value, path: &str, on: &mut [bool]) {
        for (dependency, on) in chart.metadata.dependencies.iter().zip(on) {
            let condition = dependency.condition.trim_matches(crate::rendered::go_space);
            for name in condition.split(',').filter(|name| !name.is_empty()) {
                match path_value(self.heap, values, &format!("{path}{name}")).map(Value::repr) {
                    Some(Repr::Bool(value)) => {
                        *on = value;
                        break;
                    }
                    Some(_) => self.warn_of("path", name, &dependency.name),
                    None => {}
                }
            }
        }
    }

    /// A tag or a condition that is no boolean.
    fn warn_of(&mut self, what: &str, name: &str, chart: &str) {
        self.warnings.push(match (self.helm, what) {
            (HelmVersion::V4, _) => log::line("WARN", "returned non-bool value", &[(what, name), ("chart", chart)]),
            (HelmVersion::V3, "tag") => format!("dependencies.go:95: Warning: Tag '{name}' for chart {chart} returned non-bool value"),
            (HelmVersion::V3, _) => {
                format!("dependencies.go:64: Warning: Condition path '{name}' for chart {chart} returned non-bool value")
            }
        });
    }
}

/// Picks the subchart that each dependency means and gives it its alias. Subcharts that no dependency names stay.
fn take_aliases(chart: &mut Instance) {
    let there = std::mem::take(&mut chart.dependencies);
    let means = |dependency: &crate::Dependency, subchart: &Instance| {
        subchart.name == dependency.name && is_compatible(&dependency.version, &subchart.metadata.version)
    };
    let unnamed = there.iter().filter(|subchart| !chart.metadata.dependencies.iter().any(|dependency| means(dependency, subchart)));
    let mut chosen: Vec<Instance> = unnamed.cloned().collect();
    for dependency in &mut chart.metadata.dependencies {
        if let Some(found) = there.iter().find(|subchart| means(dependency, subchart)) {
            let mut found = found.clone();
            if !dependency.alias.is_empty() {
                found.name.clone_from(&dependency.alias);
                found.metadata.name.clone_from(&dependency.alias);
            }
            chosen.push(found);
        }
        if !dependency.alias.is_empty() {
            dependency.name.clone_from(&dependency.alias);
        }
        dependency.enabled = true;
    }
    chart.dependencies = chosen;
}

/// A value that is no table, by a path with dots (`Values.PathValue`).
fn path_value(heap: &Heap, values: Value, path: &str) -> Option<Value> {
    let (tables, key) = match path.rsplit_once('.') {
        Some((tables, key)) => (table(heap, values, tables).ok()?, key),
        None => (values, path),
    };
    heap.get(tables, key).filter(|value| value.kind() != Kind::Map)
}

/// A table by a path with dots (`Values.Table`); otherwise the key that is none.
fn table<'a>(heap: &Heap, values: Value, path: &'a str) -> Result<Value, &'a str> {
    path.split('.').try_fold(values, |table, key| heap.get(table, key).filter(|value| value.kind() == Kind::Map).ok_or(key))
}

/// Takes the values that subcharts export into their parents' defaults, the deepest first (`processDependencyImportValues`).
/// The heap is one to build on; every chart's values are replaced by new ones on it.
pub(crate) fn import_values(heap: &mut Heap, chart: &mut Instance, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<(), String> {
    import_below(heap, chart, helm, warnings, &mut Vec::new())
}

/// `taken` holds the charts and dependencies whose imports are done. In Helm 3 the aliases of a chart share them, written anew in a form that
/// is not read a second time: only the first alias imports.
fn import_below(
    heap: &mut Heap,
    chart: &mut Instance,
    helm: HelmVersion,
    warnings: &mut Vec<String>,
    taken: &mut Vec<(Arc<Chart>, String)>,
) -> Result<(), String> {
    for subchart in &mut chart.dependencies {
        import_below(heap, subchart, helm, warnings, taken)?;
    }
    if chart.metadata.dependencies.is_empty() {
        return Ok(());
    }
    let mut kept = Vec::new();
    lend_copies(heap, chart, &mut kept)?;
    let all = heap.map();
    Coalescer { heap, rule: Rule::Merge, helm, warnings }.chart(chart, all, "")?;
    let mut imported = heap.map();
    for dependency in &mut chart.metadata.dependencies {
        if helm == HelmVersion::V3 && !dependency.import_values.is_empty() {
            if taken.iter().any(|(source, name)| Arc::ptr_eq(source, &chart.source) && *name == dependency.name) {
                dependency.import_values.clear();
                continue;
            }
            taken.push((Arc::clone(&chart.source), dependency.name.clone()));
        }
        let mut resolved = Vec::new();
        for import in &dependency.import_values {
            let Some((child, parent, simple)) = import_paths(import) else {
                continue;
            };
            resolved.push(import_entry(&child, &parent));
            let path = format!("{}.{child}", dependency.name);
            let found = match table(heap, all, &path) {
                Ok(found) => Snapshot::take(heap, found)?.put(heap),
                Err(key) => {
                    let error = format!("{} is not a table", chartwright_go::quote::quoted(key.as_bytes()));
                    let name = &dependency.name;
                    warnings.push(match (simple, helm) {
                        (true, HelmVersion::V3) => format!("dependencies.go:287: Warning: ImportValues missing table: {error}"),
                        (true, HelmVersion::V4) => log::line("WARN", "ImportValues missing table", &[("error", &error)]),
                        (false, HelmVersion::V3) => {
                            format!("dependencies.go:270: Warning: ImportValues missing table from chart {name}: {error}")
                        }
                        (false, HelmVersion::V4) => {
                            log::line("WARN", "ImportValues missing table from chart", &[("chart", name), ("error", &error)])
                        }
                    });
                    continue;
                }
            };
            let found = if parent == "." { found } else { wrap(heap, &parent, found) };
            if heap.entries(imported).is_empty() {
                imported = found;
            } else {
                Coalescer { heap, rule: Rule::Merge, helm, warnings }.tables(imported, found, &Trail::Root("", ""));
            }
        }
        dependency.import_values = resolved;
    }
    let values = Snapshot::take(heap, all)?.put(heap);
    Coalescer { heap, rule: Rule::Merge, helm, warnings }.tables(values, imported, &Trail::Root("", ""));
    restore(chart, &mut kept.into_iter());
    chart.values = values;
    chart.clean(heap);
    Ok(())
}

/// Gives a chart and its subcharts copies of their values for a merge to write to, and keeps what they were: other aliases share it.
fn lend_copies(heap: &mut Heap, chart: &mut Instance, kept: &mut Vec<Value>) -> Result<(), String> {
    kept.push(chart.values);
    chart.values = Snapshot::take(heap, chart.values)?.put(heap);
    chart.dependencies.iter_mut().try_for_each(|subchart| lend_copies(heap, subchart, kept))
}

fn restore(chart: &mut Instance, kept: &mut impl Iterator<Item = Value>) {
    chart.values = kept.next().unwrap_or(chart.values);
    chart.dependencies.iter_mut().for_each(|subchart| restore(subchart, kept));
}

/// Child path, parent path, and whether it was the short form.
fn import_paths(import: &Json) -> Option<(String, String, bool)> {
    match import {
        Json::String(name) => Some((format!("exports.{name}"), ".".to_owned(), true)),
        Json::Object(map) => {
            let text = |key: &str| match map.get(key) {
                None | Some(Json::Null) => "<nil>".to_owned(),
                Some(Json::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            };
            Some((text("child"), text("parent"), false))
        }
        _ => None,
    }
}

fn import_entry(child: &str, parent: &str) -> Json {
    let mut entry = serde_json::Map::new();
    entry.insert("child".to_owned(), child.into());
    entry.insert("parent".to_owned(), parent.into());
    Json::Object(entry)
}

fn wrap(heap: &mut Heap, path: &str, value: Value) -> Value {
    path.split('.').rev().fold(value, |inner, key| {
        let map = heap.map();
        heap.put(map, key, inner);
        map
    })
}

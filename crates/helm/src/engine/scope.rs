//! What a template sees at its top: `.Values`, `.Chart`, `.Release` and the rest.

use super::prepare::{ChartObjects, File};
use super::run::Asked;
use crate::HelmVersion;
use chartwright_value::{Heap, Kind, Object, Type, Value};
use std::sync::Arc;

/// Each chart's top-level map (`recAllTpls`).
pub(super) fn top_maps(charts: &[ChartObjects], heap: &mut Heap, values: Value, asked: &Asked<'_>) -> Vec<Value> {
    let ty = asked.version.values_type();
    let request = asked.request;
    let capabilities = heap.new_object(Arc::clone(asked.capabilities) as Arc<dyn Object>);
    let release = heap.map();
    heap.put(release, "IsInstall", Value::bool(request.release.is_install));
    heap.put(release, "IsUpgrade", Value::bool(request.release.is_upgrade));
    for (key, text) in [("Name", &request.release.name), ("Namespace", &request.release.namespace)] {
        let text = heap.string(text);
        heap.put(release, key, text);
    }
    heap.put(release, "Revision", Value::int(request.release.revision));
    let service = heap.string(&request.release.service);
    heap.put(release, "Service", service);
    let mut tops: Vec<Value> = Vec::with_capacity(charts.len());
    let mut subcharts: Vec<Value> = Vec::with_capacity(charts.len());
    let mut own_values: Vec<Value> = Vec::with_capacity(charts.len());
    for chart in charts {
        let own = match chart.parent {
            None => values.with_type(ty),
            Some(parent) => subchart_values(heap, own_values[parent], chart.name, ty),
        };
        let below = heap.map();
        let top = heap.map();
        heap.put(top, "Capabilities", capabilities);
        heap.put(top, "Chart", chart.metadata);
        heap.put(top, "Files", chart.files);
        heap.put(top, "Release", release);
        heap.put(top, "Subcharts", below);
        heap.put(top, "Values", own);
        if let Some(parent) = chart.parent {
            heap.set(subcharts[parent], chart.name, top);
        }
        tops.push(top.with_type(ty));
        subcharts.push(below);
        own_values.push(own);
    }
    tops
}

/// Sets `.Template`.
pub(super) fn enter(heap: &mut Heap, top: Value, file: &File, version: HelmVersion) {
    let template = heap.map_of(version.values_type());
    heap.put(template, "BasePath", file.base_path);
    heap.put(template, "Name", file.name_value);
    heap.put(top, "Template", template);
}

/// A subchart's part of its parent's values; a name with dots is a path (`Values.Table`).
fn subchart_values(heap: &mut Heap, parent: Value, name: Value, ty: Type) -> Value {
    let name = heap.str(name).to_vec();
    let found =
        name.split(|byte| *byte == b'.').try_fold(parent, |table, key| heap.get(table, key).filter(|value| value.kind() == Kind::Map));
    match found {
        Some(own) => own.with_type(ty),
        None => heap.map_of(ty),
    }
}

//! What a chart says of itself: its metadata as Helm writes them, README, CRDs (`pkg/action/show.go`).

use super::{Chart, Dependency, Metadata, SourceFile};
use chartwright_value::{Heap, Value};
use std::collections::BTreeMap;

/// Names of READMEs, whatever their case.
const READMES: [&str; 3] = ["readme.md", "readme.txt", "readme"];

impl Chart {
    /// Chart.yaml as Helm writes it: sorted keys, and nothing that is empty.
    pub fn metadata_yaml(&self) -> Vec<u8> {
        yaml(|heap| metadata(heap, &self.metadata, true))
    }

    /// values.yaml as it is written, if there is one.
    pub fn values_file(&self) -> Option<&str> {
        self.has_values.then_some(self.values_text.as_str())
    }

    /// The README, if there is one.
    pub fn readme(&self) -> Option<&SourceFile> {
        self.files.iter().find(|file| READMES.iter().any(|name| file.path.eq_ignore_ascii_case(name)))
    }

    /// The manifests of `crds/`, its subcharts' after its own. How deep charts lie in each other is limited when they are loaded.
    pub fn crds(&self) -> Vec<&SourceFile> {
        let own = self.files.iter().filter(|file| file.is_crd());
        own.chain(self.dependencies.iter().flat_map(|subchart| subchart.crds())).collect()
    }
}

impl SourceFile {
    /// Whether it lies in `crds/` and is named like a manifest.
    pub(crate) fn is_crd(&self) -> bool {
        let extension = self.path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        self.path.starts_with("crds/") && matches!(extension.as_str(), "yaml" | "yml" | "json")
    }
}

/// What `yaml.Marshal` makes of a value.
pub(super) fn yaml(make: impl FnOnce(&mut Heap) -> Value) -> Vec<u8> {
    let mut heap = Heap::default();
    let value = make(&mut heap);
    let mut out = Vec::new();
    // Strings, lists and maps that came from YAML can be written as YAML.
    let _ = chartwright_yaml::encode(&mut heap, value, &mut out, None);
    out
}

fn put(heap: &mut Heap, map: Value, key: &str, text: &str) {
    if !text.is_empty() {
        let text = heap.string(text);
        heap.put(map, key, text);
    }
}

fn put_list(heap: &mut Heap, map: Value, key: &str, items: &[Value]) {
    if !items.is_empty() {
        let items = heap.list(items);
        heap.put(map, key, items);
    }
}

fn put_texts(heap: &mut Heap, map: Value, key: &str, texts: &[String]) {
    let texts: Vec<Value> = texts.iter().map(|text| heap.string(text)).collect();
    put_list(heap, map, key, &texts);
}

/// The metadata by their names in JSON.
pub(super) fn metadata(heap: &mut Heap, metadata: &Metadata, with_dependencies: bool) -> Value {
    let map = heap.map();
    for (key, text) in [
        ("name", &metadata.name),
        ("home", &metadata.home),
        ("version", &metadata.version),
        ("description", &metadata.description),
        ("icon", &metadata.icon),
        ("apiVersion", &metadata.api_version),
        ("condition", &metadata.condition),
        ("tags", &metadata.tags),
        ("appVersion", &metadata.app_version),
        ("kubeVersion", &metadata.kube_version),
        ("type", &metadata.chart_type),
    ] {
        put(heap, map, key, text);
    }
    put_texts(heap, map, "sources", &metadata.sources);
    put_texts(heap, map, "keywords", &metadata.keywords);
    if metadata.deprecated {
        heap.put(map, "deprecated", Value::TRUE);
    }
    let people: Vec<Value> = metadata
        .maintainers
        .iter()
        .map(|person| {
            let map = heap.map();
            for (key, text) in [("name", &person.name), ("email", &person.email), ("url", &person.url)] {
                put(heap, map, key, text);
            }
            map
        })
        .collect();
    put_list(heap, map, "maintainers", &people);
    if let Some(annotations) = metadata.annotations.as_ref().filter(|annotations| !annotations.is_empty()) {
        let notes = texts(heap, annotations);
        heap.put(map, "annotations", notes);
    }
    if with_dependencies {
        let needed: Vec<Value> = metadata.dependencies.iter().map(|needed| dependency(heap, needed)).collect();
        put_list(heap, map, "dependencies", &needed);
    }
    map
}

fn texts(heap: &mut Heap, entries: &BTreeMap<String, String>) -> Value {
    let map = heap.map();
    for (key, text) in entries {
        let text = heap.string(text);
        heap.put(map, key, text);
    }
    map
}

/// A dependency; its name and repository stand there even if they are empty.
pub(super) fn dependency(heap: &mut Heap, needed: &Dependency) -> Value {
    let map = heap.map();
    for (key, text) in [("name", &needed.name), ("repository", &needed.repository)] {
        let text = heap.string(text);
        heap.put(map, key, text);
    }
    for (key, text) in [("version", &needed.version), ("condition", &needed.condition), ("alias", &needed.alias)] {
        put(heap, map, key, text);
    }
    put_texts(heap, map, "tags", &needed.tags);
    if needed.enabled {
        heap.put(map, "enabled", Value::TRUE);
    }
    let imports: Vec<Value> = needed
        .import_values
        .iter()
        .filter_map(|import| serde_json::to_value(import).ok())
        .map(|import| crate::schema::from_json(heap, &import))
        .collect();
    put_list(heap, map, "import-values", &imports);
    map
}

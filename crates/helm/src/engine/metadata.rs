//! `.Chart`: a map of the metadata's Go fields in Helm 4 (`pkg/chart/common.go`, `structToMap`), the struct itself in Helm 3
//! (`pkg/engine/engine.go`, `recAllTpls`).

use crate::{Dependency, HelmVersion, Maintainer, Metadata};
use chartwright_value::{Field, GoKind, Heap, Object, Type, Value};
use std::any::Any;
use std::sync::Arc;

/// `.Chart` as a Helm has it.
pub(super) fn chart_value(heap: &mut Heap, metadata: &Metadata, is_root: bool, helm: HelmVersion) -> Value {
    match helm {
        HelmVersion::V3 => heap.new_object(Arc::new(Struct::Chart(Arc::new(metadata.clone()), is_root))),
        HelmVersion::V4 => {
            let map = heap.map();
            for (key, value) in metadata_fields(heap, metadata, Type::LIST, dependency_map, maintainer_map) {
                heap.put(map, key, value);
            }
            heap.put(map, "IsRoot", Value::bool(is_root));
            map
        }
    }
}

type Fields = Vec<(&'static str, Value)>;

/// The fields in the order of Go's struct. `texts` is the type of its lists of strings; dependencies and maintainers are made by the caller's functions.
fn metadata_fields(
    heap: &mut Heap,
    metadata: &Metadata,
    texts: Type,
    dependency: fn(&mut Heap, &Dependency) -> Value,
    maintainer: fn(&mut Heap, &Maintainer) -> Value,
) -> Fields {
    let people: Vec<Value> = metadata.maintainers.iter().map(|person| maintainer(heap, person)).collect();
    let needed: Vec<Value> = metadata.dependencies.iter().map(|needed| dependency(heap, needed)).collect();
    let notes = match &metadata.annotations {
        None => Value::NIL_MAP.with_type(Type::STRING_MAP),
        Some(annotations) => {
            let notes = heap.map_of(Type::STRING_MAP);
            annotations.iter().for_each(|(key, text)| put_text(heap, notes, key, text));
            notes
        }
    };
    let of_objects = |ty| if texts == Type::LIST { Type::LIST } else { ty };
    vec![
        ("Name", heap.string(&metadata.name)),
        ("Home", heap.string(&metadata.home)),
        ("Sources", text_list(heap, &metadata.sources, texts)),
        ("Version", heap.string(&metadata.version)),
        ("Description", heap.string(&metadata.description)),
        ("Keywords", text_list(heap, &metadata.keywords, texts)),
        ("Maintainers", list(heap, &people, of_objects(Type::MAINTAINERS), texts)),
        ("Icon", heap.string(&metadata.icon)),
        ("APIVersion", heap.string(&metadata.api_version)),
        ("Condition", heap.string(&metadata.condition)),
        ("Tags", heap.string(&metadata.tags)),
        ("AppVersion", heap.string(&metadata.app_version)),
        ("Deprecated", Value::bool(metadata.deprecated)),
        ("Annotations", notes),
        ("KubeVersion", heap.string(&metadata.kube_version)),
        ("Dependencies", list(heap, &needed, of_objects(Type::DEPENDENCIES), texts)),
        ("Type", heap.string(&metadata.chart_type)),
    ]
}

fn maintainer_fields(heap: &mut Heap, person: &Maintainer) -> Fields {
    vec![("Name", heap.string(&person.name)), ("Email", heap.string(&person.email)), ("URL", heap.string(&person.url))]
}

fn dependency_fields(heap: &mut Heap, dependency: &Dependency, texts: Type) -> Fields {
    let imports: Vec<Value> = dependency
        .import_values
        .iter()
        .map(|import| {
            let map = heap.map_of(Type::STRING_MAP);
            for key in ["child", "parent"] {
                put_text(heap, map, key, import.get(key).and_then(serde_json::Value::as_str).unwrap_or_default());
            }
            map
        })
        .collect();
    vec![
        ("Name", heap.string(&dependency.name)),
        ("Version", heap.string(&dependency.version)),
        ("Repository", heap.string(&dependency.repository)),
        ("Condition", heap.string(&dependency.condition)),
        ("Tags", text_list(heap, &dependency.tags, texts)),
        ("Enabled", Value::bool(dependency.enabled)),
        ("ImportValues", heap.list(&imports)),
        ("Alias", heap.string(&dependency.alias)),
    ]
}

fn map_of(heap: &mut Heap, fields: Fields) -> Value {
    let map = heap.map();
    fields.into_iter().for_each(|(key, value)| heap.put(map, key, value));
    map
}

fn maintainer_map(heap: &mut Heap, person: &Maintainer) -> Value {
    let fields = maintainer_fields(heap, person);
    map_of(heap, fields)
}

fn dependency_map(heap: &mut Heap, dependency: &Dependency) -> Value {
    let fields = dependency_fields(heap, dependency, Type::LIST);
    map_of(heap, fields)
}

fn put_text(heap: &mut Heap, map: Value, key: &str, text: &str) {
    let value = heap.string(text);
    heap.put(map, key, value);
}

fn text_list(heap: &mut Heap, texts: &[String], ty: Type) -> Value {
    let items: Vec<Value> = texts.iter().map(|text| heap.string(text)).collect();
    list(heap, &items, ty, ty)
}

/// A list of metadata whose lists of strings are `texts`: in Helm 4's maps they are any lists; in Go's structs, which Helm 3 shows, a list
/// of nothing is nil.
fn list(heap: &mut Heap, items: &[Value], ty: Type, texts: Type) -> Value {
    if items.is_empty() && texts != Type::LIST { Value::NIL_LIST.with_type(ty) } else { heap.list_of(ty, items) }
}

/// Helm 3's structs.
enum Struct {
    /// The struct around the metadata, and whether the chart is the root.
    Chart(Arc<Metadata>, bool),
    /// The metadata alone: `.Chart.Metadata`.
    Metadata(Arc<Metadata>),
    Maintainer(Maintainer),
    Dependency(Dependency),
}

impl Struct {
    /// The fields, those of the embedded metadata among them.
    fn own_fields(&self, heap: &mut Heap) -> Fields {
        match self {
            Struct::Chart(metadata, is_root) => {
                let mut fields = metadata_fields(heap, metadata, Type::STRING_LIST, dependency_object, maintainer_object);
                fields.push(("IsRoot", Value::bool(*is_root)));
                fields
            }
            Struct::Metadata(metadata) => metadata_fields(heap, metadata, Type::STRING_LIST, dependency_object, maintainer_object),
            Struct::Maintainer(person) => maintainer_fields(heap, person),
            Struct::Dependency(dependency) => dependency_fields(heap, dependency, Type::STRING_LIST),
        }
    }
}

fn maintainer_object(heap: &mut Heap, person: &Maintainer) -> Value {
    heap.new_object(Arc::new(Struct::Maintainer(person.clone())))
}

fn dependency_object(heap: &mut Heap, dependency: &Dependency) -> Value {
    heap.new_object(Arc::new(Struct::Dependency(dependency.clone())))
}

/// A field's name in JSON.
fn json_name(field: &str) -> String {
    match field {
        "APIVersion" => "apiVersion".to_owned(),
        "IsRoot" => "IsRoot".to_owned(),
        "URL" => "url".to_owned(),
        "ImportValues" => "import-values".to_owned(),
        other => other[..1].to_ascii_lowercase() + &other[1..],
    }
}

impl Object for Struct {
    fn type_name(&self) -> &str {
        match self {
            Struct::Chart(..) => "struct { chart.Metadata; IsRoot bool }",
            Struct::Metadata(_) => "chart.Metadata",
            Struct::Maintainer(_) => "*chart.Maintainer",
            Struct::Dependency(_) => "*chart.Dependency",
        }
    }

    fn go_kind(&self) -> GoKind {
        match self {
            Struct::Chart(..) | Struct::Metadata(_) => GoKind::Struct,
            Struct::Maintainer(_) | Struct::Dependency(_) => GoKind::Ptr,
        }
    }

    fn field(&self, heap: &mut Heap, name: &str) -> Option<Value> {
        if let (Struct::Chart(metadata, _), "Metadata") = (self, name) {
            return Some(heap.new_object(Arc::new(Struct::Metadata(Arc::clone(metadata)))));
        }
        // One field at a time is asked for, mostly one of these.
        if let Struct::Chart(metadata, _) | Struct::Metadata(metadata) = self {
            let text = match name {
                "Name" => Some(&metadata.name),
                "Version" => Some(&metadata.version),
                "AppVersion" => Some(&metadata.app_version),
                _ => None,
            };
            if let Some(text) = text {
                return Some(heap.string(text));
            }
        }
        self.own_fields(heap).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// As `%v` prints the struct; what lies behind pointers is printed too, where Go prints an address.
    fn format(&self, out: &mut Vec<u8>) {
        let mut heap = Heap::default();
        let fields = self.own_fields(&mut heap);
        let (metadata, rest) = match self {
            Struct::Chart(..) => fields.split_at(fields.len() - 1),
            _ => fields.split_at(0),
        };
        let print = |out: &mut Vec<u8>, fields: &[(&str, Value)]| {
            for (at, (_, value)) in fields.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                // Metadata are far below any limit of printing.
                let _ = chartwright_value::format::print_value(&heap, *value, out);
            }
        };
        out.extend_from_slice(if matches!(self, Struct::Maintainer(_) | Struct::Dependency(_)) { b"&{" } else { b"{" });
        if !metadata.is_empty() {
            out.push(b'{');
            print(out, metadata);
            out.extend_from_slice(b"} ");
        }
        print(out, rest);
        out.push(b'}');
    }

    fn fields(&self, heap: &mut Heap) -> Option<Vec<Field>> {
        Some(match self {
            Struct::Chart(metadata, is_root) => {
                let metadata = heap.new_object(Arc::new(Struct::Metadata(Arc::clone(metadata))));
                vec![Field { name: "Metadata", value: metadata, embedded: true }, Field::new("IsRoot", Value::bool(*is_root))]
            }
            _ => self.own_fields(heap).into_iter().map(|(name, value)| Field::new(name, value)).collect(),
        })
    }

    fn to_json(&self, heap: &mut Heap) -> Result<Value, String> {
        let map = heap.map();
        for (field, value) in self.own_fields(heap) {
            let empty = match value.kind() {
                chartwright_value::Kind::Map => heap.entries(value).is_empty(),
                chartwright_value::Kind::List => heap.items(value).is_empty(),
                chartwright_value::Kind::String => heap.str(value).is_empty(),
                _ => matches!(value.repr(), chartwright_value::Repr::Bool(false)),
            };
            let kept = field == "IsRoot" || matches!((self, field), (Struct::Dependency(_), "Name" | "Repository"));
            if kept || !empty {
                heap.put(map, json_name(field), value);
            }
        }
        Ok(map)
    }

    fn json_order(&self) -> &'static [&'static str] {
        match self {
            Struct::Chart(..) | Struct::Metadata(_) => &[
                "name",
                "home",
                "sources",
                "version",
                "description",
                "keywords",
                "maintainers",
                "icon",
                "apiVersion",
                "condition",
                "tags",
                "appVersion",
                "deprecated",
                "annotations",
                "kubeVersion",
                "dependencies",
                "type",
                "IsRoot",
            ],
            Struct::Maintainer(_) => &["name", "email", "url"],
            Struct::Dependency(_) => &["name", "version", "repository", "condition", "tags", "enabled", "import-values", "alias"],
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

//! What Go's JSON decoder says of a Chart.yaml whose values have the wrong types (`encoding/json`, `UnmarshalTypeError`).

use serde_json::Value as Json;

/// What a field takes.
enum Field {
    Text,
    Flag,
    Texts,
    TextMap,
    List,
    Objects { go_type: &'static str, name: &'static str, fields: &'static [(&'static str, Field)] },
}

const MAINTAINER: &[(&str, Field)] = &[("name", Field::Text), ("email", Field::Text), ("url", Field::Text)];

const DEPENDENCY: &[(&str, Field)] = &[
    ("name", Field::Text),
    ("version", Field::Text),
    ("repository", Field::Text),
    ("condition", Field::Text),
    ("tags", Field::Texts),
    ("enabled", Field::Flag),
    ("import-values", Field::List),
    ("alias", Field::Text),
];

const METADATA: &[(&str, Field)] = &[
    ("name", Field::Text),
    ("home", Field::Text),
    ("sources", Field::Texts),
    ("version", Field::Text),
    ("description", Field::Text),
    ("keywords", Field::Texts),
    ("maintainers", Field::Objects { go_type: "v2.Maintainer", name: "Maintainer", fields: MAINTAINER }),
    ("icon", Field::Text),
    ("apiVersion", Field::Text),
    ("condition", Field::Text),
    ("tags", Field::Text),
    ("appVersion", Field::Text),
    ("deprecated", Field::Flag),
    ("annotations", Field::TextMap),
    ("kubeVersion", Field::Text),
    ("dependencies", Field::Objects { go_type: "v2.Dependency", name: "Dependency", fields: DEPENDENCY }),
    ("type", Field::Text),
];

/// The document with its fields under the names that `mismatch` and the reader know: Go's decoder finds a field whatever its letters'
/// case, and takes the keys in their order, so that a later one of the same name overrides.
pub(super) fn folded(document: Json) -> Json {
    named(METADATA, document)
}

fn named(fields: &[(&str, Field)], document: Json) -> Json {
    let Json::Object(object) = document else {
        return document;
    };
    let mut all = serde_json::Map::new();
    let mut pairs: Vec<(String, Json)> = object.into_iter().collect();
    pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (key, value) in pairs {
        let Some((name, field)) = fields.iter().find(|(known, _)| folds(known, &key)) else {
            all.insert(key, value);
            continue;
        };
        match (field, value, all.get_mut(*name)) {
            // Null leaves what is no pointer, list or map as it was.
            (Field::Text | Field::Flag, Json::Null, Some(_)) => {}
            (Field::TextMap, Json::Object(more), Some(Json::Object(known))) => known.extend(more),
            (Field::Objects { fields, .. }, Json::Array(items), _) => {
                let items = items.into_iter().map(|item| named(fields, item)).collect();
                all.insert((*name).to_owned(), Json::Array(items));
            }
            (_, value, _) => {
                all.insert((*name).to_owned(), value);
            }
        }
    }
    Json::Object(all)
}

/// Whether two names are one to Go's decoder (`encoding/json`, `foldName`), which `known`, all ASCII, keeps simple.
fn folds(known: &str, key: &str) -> bool {
    let plain = |c: char| match c {
        'ſ' => 's',
        '\u{212a}' => 'k',
        other => other.to_ascii_lowercase(),
    };
    known.len() <= key.len() && known.chars().map(plain).eq(key.chars().map(plain))
}

/// Why a document is no chart's metadata, in Go's words; nothing if it is.
pub(super) fn mismatch(document: &Json) -> Option<String> {
    let object = match document {
        Json::Null => return None,
        Json::Object(object) => object,
        other => return Some(cannot(other, "Go value of type loader.chartBase")),
    };
    let base = object.get("apiVersion").filter(|version| !is_text(version));
    base.map(|version| cannot(version, "Go struct field chartBase.apiVersion of type string"))
        .or_else(|| object.iter().find_map(|(key, value)| field(METADATA, key, value, "Metadata", "")))
}

fn field(fields: &[(&str, Field)], key: &str, value: &Json, owner: &str, above: &str) -> Option<String> {
    let (_, wanted) = fields.iter().find(|(known, _)| *known == key)?;
    if value.is_null() {
        return None;
    }
    let place = |go_type: &str| format!("Go struct field {owner}.{above}{key} of type {go_type}");
    let items = || value.as_array().into_iter().flatten();
    let text = |value: &Json| (!is_text(value)).then(|| cannot(value, &place("string")));
    match wanted {
        Field::Text => text(value),
        Field::Flag => (!value.is_boolean()).then(|| cannot(value, &place("bool"))),
        Field::Texts if !value.is_array() => Some(cannot(value, &place("[]string"))),
        Field::Texts => items().find_map(text),
        Field::List => (!value.is_array()).then(|| cannot(value, &place("[]interface {}"))),
        Field::TextMap => match value.as_object() {
            None => Some(cannot(value, &place("map[string]string"))),
            Some(entries) => entries.values().find_map(text),
        },
        Field::Objects { go_type, .. } if !value.is_array() => Some(cannot(value, &place(&format!("[]*{go_type}")))),
        Field::Objects { go_type, name, fields } => items().find_map(|item| match item {
            Json::Null => None,
            Json::Object(object) => {
                object.iter().find_map(|(inner, value)| self::field(fields, inner, value, name, &format!("{above}{key}.")))
            }
            other => Some(cannot(other, &place(go_type))),
        }),
    }
}

/// The first key, in the order of JSON, that is no field of a chart's metadata; or of a maintainer or dependency in it.
pub(super) fn unknown(document: &Json) -> Option<&str> {
    unknown_in(METADATA, document)
}

/// Fields lie in each other as deep as the tables above say.
fn unknown_in<'a>(fields: &[(&str, Field)], value: &'a Json) -> Option<&'a str> {
    let mut pairs: Vec<(&String, &Json)> = value.as_object()?.iter().collect();
    pairs.sort_by_key(|(key, _)| *key);
    pairs.into_iter().find_map(|(key, value)| match fields.iter().find(|(known, _)| folds(known, key)) {
        None => Some(key.as_str()),
        Some((_, Field::Objects { fields, .. })) => value.as_array()?.iter().find_map(|item| unknown_in(fields, item)),
        Some(_) => None,
    })
}

/// `sigs.k8s.io/yaml` makes strings of all scalars where a string is wanted.
fn is_text(value: &Json) -> bool {
    !matches!(value, Json::Array(_) | Json::Object(_))
}

fn cannot(value: &Json, into: &str) -> String {
    let found = match value {
        Json::Null => "null",
        Json::Bool(_) => "bool",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    format!("json: cannot unmarshal {found} into {into}")
}

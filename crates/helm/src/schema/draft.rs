//! The drafts of JSON Schema that Helm's validator knows (`draft.go`).

use serde_json::{Map, Value as Json};

/// A draft, by its year, or its number before those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Draft(u32);

/// What a schema without `$schema` is written in.
pub(super) const LATEST: Draft = Draft(2020);

/// What the value of a keyword holds.
#[derive(Clone, Copy)]
enum Holds {
    Schema,
    List,
    Map,
}

/// Where a schema has others in it, and since which draft. They stay known in later drafts.
const SUBSCHEMAS: &[(&str, Holds, u32)] = &[
    ("definitions", Holds::Map, 4),
    ("not", Holds::Schema, 4),
    ("allOf", Holds::List, 4),
    ("anyOf", Holds::List, 4),
    ("oneOf", Holds::List, 4),
    ("properties", Holds::Map, 4),
    ("additionalProperties", Holds::Schema, 4),
    ("patternProperties", Holds::Map, 4),
    ("items", Holds::Schema, 4),
    ("items", Holds::List, 4),
    ("additionalItems", Holds::Schema, 4),
    ("dependencies", Holds::Map, 4),
    ("propertyNames", Holds::Schema, 6),
    ("contains", Holds::Schema, 6),
    ("if", Holds::Schema, 7),
    ("then", Holds::Schema, 7),
    ("else", Holds::Schema, 7),
    ("$defs", Holds::Map, 2019),
    ("dependentSchemas", Holds::Map, 2019),
    ("unevaluatedProperties", Holds::Schema, 2019),
    ("unevaluatedItems", Holds::Schema, 2019),
    ("contentSchema", Holds::Schema, 2019),
    ("prefixItems", Holds::List, 2020),
];

impl Draft {
    pub(super) fn version(self) -> u32 {
        self.0
    }

    /// The draft whose metaschema has this URL.
    pub(super) fn by_url(url: &str) -> Option<Draft> {
        let name = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or(url);
        Some(Draft(match name {
            "json-schema.org/draft-04/schema" => 4,
            "json-schema.org/draft-06/schema" => 6,
            "json-schema.org/draft-07/schema" => 7,
            "json-schema.org/draft/2019-09/schema" => 2019,
            "json-schema.org/draft/2020-12/schema" | "json-schema.org/schema" => 2020,
            _ => return None,
        }))
    }

    /// The draft's metaschema.
    pub(super) fn metaschema(self) -> Json {
        serde_json::from_str(&super::meta::text(self.0)).unwrap_or(Json::Bool(true))
    }

    /// The keyword that identifies a schema.
    pub(super) fn id_key(self) -> &'static str {
        if self.0 == 4 { "id" } else { "$id" }
    }

    /// What identifies a schema, without the fragment; empty where nothing does.
    pub(super) fn id_of(self, object: &Map<String, Json>) -> &str {
        if self.0 < 2019 && object.contains_key("$ref") {
            return "";
        }
        let id = object.get(self.id_key()).and_then(Json::as_str).unwrap_or_default();
        id.split('#').next().unwrap_or_default()
    }

    /// Calls back with the schemas that stand in one, and their pointers.
    pub(super) fn subschemas<'j>(self, object: &'j Map<String, Json>, pointer: &str, mut found: impl FnMut(String, &'j Json)) {
        for (key, holds, since) in SUBSCHEMAS {
            let Some(value) = object.get(*key).filter(|_| *since <= self.0) else {
                continue;
            };
            match (holds, value) {
                (Holds::Schema, value) => found(join(pointer, key), value),
                (Holds::List, Json::Array(items)) => {
                    items.iter().enumerate().for_each(|(at, item)| found(format!("{pointer}/{key}/{at}"), item));
                }
                (Holds::Map, Json::Object(entries)) => {
                    let base = join(pointer, key);
                    entries.iter().for_each(|(name, value)| found(join(&base, name), value));
                }
                _ => {}
            }
        }
    }
}

/// A pointer to what stands below another one.
pub(super) fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

//! What each draft of JSON Schema demands of a schema itself: its metaschema, made from one table of keywords. A chart's schema that does
//! not fit is refused before it is used (`compiler.go`, `roots.go`).

use super::compile::{self, Node};
use std::fmt::Write;
use std::sync::OnceLock;

/// The groups of keywords in which drafts from 2019-09 on check them, in their order.
const GROUPS: [char; 7] = ['c', 'a', 'u', 'v', 'm', 'f', 't'];

/// A keyword: its name, its group, the drafts that have it, and what its value has to be.
type Row = (&'static str, char, &'static [u32], &'static str);

const ALL: &[u32] = &[4, 6, 7, 2019, 2020];
const FROM_6: &[u32] = &[6, 7, 2019, 2020];
const FROM_7: &[u32] = &[7, 2019, 2020];
const FROM_2019: &[u32] = &[2019, 2020];
const TO_7: &[u32] = &[4, 6, 7];

const KEYWORDS: &[Row] = &[
    ("id", 'c', &[4], "string"),
    ("$id", 'c', &[6, 7], "uri-reference"),
    ("$id", 'c', FROM_2019, "id"),
    ("$schema", 'c', ALL, "uri"),
    ("$ref", 'c', &[4], "string"),
    ("$ref", 'c', FROM_6, "uri-reference"),
    ("$anchor", 'c', FROM_2019, "anchor"),
    ("$recursiveRef", 'c', &[2019], "uri-reference"),
    ("$recursiveAnchor", 'c', &[2019], "boolean"),
    ("$dynamicRef", 'c', &[2020], "uri-reference"),
    ("$dynamicAnchor", 'c', &[2020], "anchor"),
    ("$vocabulary", 'c', FROM_2019, "vocabulary"),
    ("$comment", 'c', FROM_7, "string"),
    ("$defs", 'c', FROM_2019, "map"),
    ("definitions", '-', ALL, "map"),
    ("dependencies", '-', ALL, "dependencies"),
    ("$recursiveAnchor", '-', &[2020], "anchor"),
    ("$recursiveRef", '-', &[2020], "uri-reference"),
    ("prefixItems", 'a', &[2020], "list"),
    ("items", 'a', &[4, 6, 7, 2019], "items"),
    ("items", 'a', &[2020], "schema"),
    ("additionalItems", 'a', &[4], "additional"),
    ("additionalItems", 'a', &[6, 7, 2019], "schema"),
    ("additionalProperties", 'a', &[4], "additional"),
    ("additionalProperties", 'a', FROM_6, "schema"),
    ("properties", 'a', ALL, "map"),
    ("patternProperties", 'a', &[4, 6], "map"),
    ("patternProperties", 'a', FROM_7, "patterns"),
    ("dependentSchemas", 'a', FROM_2019, "map"),
    ("propertyNames", 'a', FROM_6, "schema"),
    ("contains", 'a', FROM_6, "schema"),
    ("if", 'a', FROM_7, "schema"),
    ("then", 'a', FROM_7, "schema"),
    ("else", 'a', FROM_7, "schema"),
    ("allOf", 'a', ALL, "list"),
    ("anyOf", 'a', ALL, "list"),
    ("oneOf", 'a', ALL, "list"),
    ("not", 'a', ALL, "schema"),
    ("unevaluatedItems", 'a', &[2019], "schema"),
    ("unevaluatedProperties", 'a', &[2019], "schema"),
    ("unevaluatedItems", 'u', &[2020], "schema"),
    ("unevaluatedProperties", 'u', &[2020], "schema"),
    ("type", 'v', ALL, "type"),
    ("enum", 'v', TO_7, "choices"),
    ("enum", 'v', FROM_2019, "array"),
    ("multipleOf", 'v', ALL, "positive"),
    ("maximum", 'v', ALL, "number"),
    ("minimum", 'v', ALL, "number"),
    ("exclusiveMaximum", 'v', &[4], "boolean"),
    ("exclusiveMinimum", 'v', &[4], "boolean"),
    ("exclusiveMaximum", 'v', FROM_6, "number"),
    ("exclusiveMinimum", 'v', FROM_6, "number"),
    ("maxLength", 'v', ALL, "count"),
    ("minLength", 'v', ALL, "count0"),
    ("pattern", 'v', ALL, "regex"),
    ("maxItems", 'v', ALL, "count"),
    ("minItems", 'v', ALL, "count0"),
    ("uniqueItems", 'v', ALL, "boolean"),
    ("maxContains", 'v', FROM_2019, "count"),
    ("minContains", 'v', FROM_2019, "count"),
    ("maxProperties", 'v', ALL, "count"),
    ("minProperties", 'v', ALL, "count0"),
    ("required", 'v', ALL, "strings"),
    ("dependentRequired", 'v', FROM_2019, "names"),
    ("title", 'm', ALL, "string"),
    ("description", 'm', ALL, "string"),
    ("deprecated", 'm', FROM_2019, "boolean"),
    ("readOnly", 'm', FROM_7, "boolean"),
    ("writeOnly", 'm', FROM_7, "boolean"),
    ("examples", 'm', FROM_7, "array"),
    ("format", 'f', ALL, "string"),
    ("contentMediaType", 't', FROM_7, "string"),
    ("contentEncoding", 't', FROM_7, "string"),
    ("contentSchema", 't', FROM_2019, "schema"),
];

/// The schema of one kind of value.
fn rule(kind: &str, draft: u32) -> &'static str {
    match kind {
        "schema" => r##"{"$ref":"#"}"##,
        "list" => r##"{"$ref":"#/$defs/list"}"##,
        "items" => r##"{"anyOf":[{"$ref":"#"},{"$ref":"#/$defs/list"}]}"##,
        "additional" => r##"{"anyOf":[{"type":"boolean"},{"$ref":"#"}]}"##,
        "map" => r##"{"type":"object","additionalProperties":{"$ref":"#"}}"##,
        "patterns" => r##"{"type":"object","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"}}"##,
        "dependencies" => r##"{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/$defs/strings"}]}}"##,
        "names" => r##"{"type":"object","additionalProperties":{"$ref":"#/$defs/strings"}}"##,
        "vocabulary" => r#"{"type":"object","additionalProperties":{"type":"boolean"}}"#,
        "boolean" => r#"{"type":"boolean"}"#,
        "number" => r#"{"type":"number"}"#,
        "positive" if draft == 4 => r#"{"type":"number","minimum":0,"exclusiveMinimum":true}"#,
        "positive" => r#"{"type":"number","exclusiveMinimum":0}"#,
        "count" => r##"{"$ref":"#/$defs/count"}"##,
        "count0" => r##"{"$ref":"#/$defs/count0"}"##,
        "strings" => r##"{"$ref":"#/$defs/strings"}"##,
        "choices" => r#"{"type":"array","minItems":1,"uniqueItems":true}"#,
        "array" => r#"{"type":"array"}"#,
        "type" => {
            r##"{"anyOf":[{"$ref":"#/$defs/type"},{"type":"array","items":{"$ref":"#/$defs/type"},"minItems":1,"uniqueItems":true}]}"##
        }
        "regex" => r#"{"type":"string","format":"regex"}"#,
        "uri" => r#"{"type":"string","format":"uri"}"#,
        "uri-reference" => r#"{"type":"string","format":"uri-reference"}"#,
        "id" => r#"{"type":"string","pattern":"^[^#]*#?$"}"#,
        "anchor" if draft == 2019 => r#"{"type":"string","pattern":"^[A-Za-z][-A-Za-z0-9.:_]*$"}"#,
        "anchor" => r#"{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"}"#,
        _ => r#"{"type":"string"}"#,
    }
}

fn properties(draft: u32, groups: &[char]) -> String {
    let rows = KEYWORDS.iter().filter(|(_, group, drafts, _)| groups.contains(group) && drafts.contains(&draft));
    let fields: Vec<String> = rows.map(|(name, _, _, kind)| format!("\"{name}\":{}", rule(kind, draft))).collect();
    format!("{{{}}}", fields.join(","))
}

/// A draft's metaschema as JSON.
pub(super) fn text(draft: u32) -> String {
    let types = if draft == 4 { r#""object""# } else { r#"["object","boolean"]"# };
    let count0 = if draft < 2019 { r##"{"allOf":[{"$ref":"#/$defs/count"},{}]}"## } else { r##"{"$ref":"#/$defs/count"}"## };
    let fewest = if draft == 4 { r#","minItems":1"# } else { "" };
    let mut definitions = format!(
        r##""list":{{"type":"array","minItems":1,"items":{{"$ref":"#"}}}},"count":{{"type":"integer","minimum":0}},"count0":{count0},"type":{{"enum":["array","boolean","integer","null","number","object","string"]}},"strings":{{"type":"array","items":{{"type":"string"}},"uniqueItems":true{fewest}}}"##
    );
    if draft < 2019 {
        let dependencies =
            if draft == 4 { r#","dependencies":{"exclusiveMaximum":["maximum"],"exclusiveMinimum":["minimum"]}"# } else { "" };
        let all: Vec<char> = GROUPS.into_iter().chain(['-']).collect();
        return format!(
            r#"{{"$schema":"http://json-schema.org/draft-0{draft}/schema#","$defs":{{{definitions}}},"type":{types},"properties":{}{dependencies}}}"#,
            properties(draft, &all)
        );
    }
    let mut parts = Vec::new();
    for group in GROUPS.into_iter().filter(|group| draft == 2020 || *group != 'u') {
        // A `String` takes all that is written to it.
        let _ = write!(definitions, r#","{group}":{{"type":{types},"properties":{}}}"#, properties(draft, &[group]));
        parts.push(format!(r##"{{"$ref":"#/$defs/{group}"}}"##));
    }
    format!(
        r#"{{"$schema":"{}","$defs":{{{definitions}}},"allOf":[{}],"type":{types},"properties":{}}}"#,
        url(draft),
        parts.join(","),
        properties(draft, &['-'])
    )
}

/// A draft's name.
pub(super) fn url(draft: u32) -> String {
    match draft {
        2019 => "https://json-schema.org/draft/2019-09/schema".to_owned(),
        2020 => "https://json-schema.org/draft/2020-12/schema".to_owned(),
        other => format!("http://json-schema.org/draft-0{other}/schema"),
    }
}

/// A draft's metaschema, compiled once.
pub(super) fn nodes(draft: u32) -> &'static [Node] {
    static KEPT: [OnceLock<Vec<Node>>; 5] = [const { OnceLock::new() }; 5];
    let place = ALL.iter().position(|known| *known == draft).unwrap_or(ALL.len() - 1);
    KEPT[place].get_or_init(|| {
        let json = serde_json::from_str(&text(draft));
        let mut nothing = |_: &str| Err(String::new());
        json.ok().and_then(|json| compile::compile(&url(draft), json, &mut nothing).ok()).unwrap_or_default().nodes
    })
}

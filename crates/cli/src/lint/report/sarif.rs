//! The report in the Static Analysis Results Interchange Format, for code hosts and editors.
//!
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html>.

use super::locations::{Replacement, replacement, title, uri};
use crate::lint::found::{Found, Report, Role, Spot};
use chartwright_lint::{Severity, rules};
use serde::Serialize;
use serde_json::{Value, json};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Value,
    column_kind: &'static str,
    results: Vec<Value>,
}

pub(super) fn write(report: &Report) -> String {
    // The rules that found something, in the order in which they did.
    let mut known: Vec<&str> = Vec::new();
    let mut results = Vec::with_capacity(report.findings.len());
    for found in &report.findings {
        let index = known.iter().position(|rule| *rule == found.rule).unwrap_or(known.len());
        if index == known.len() {
            known.push(found.rule);
        }
        results.push(result(found, index));
    }
    let driver = json!({
        "name": "chartwright",
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": known.into_iter().map(rule).collect::<Vec<_>>(),
    });
    let run = Run { tool: json!({ "driver": driver }), column_kind: "unicodeCodePoints", results };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(id: &str) -> Value {
    let Some(rule) = rules::find(id) else { return json!({ "id": id }) };
    json!({
        "id": id,
        "shortDescription": { "text": rule.reason },
        "fullDescription": { "text": rule.reason },
        "help": { "text": rule.cure },
        "helpUri": format!("{}/blob/main/docs/rules/{id}.md", env!("CARGO_PKG_REPOSITORY")),
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.group], "aliases": rule.aliases },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn result(found: &Found, index: usize) -> Value {
    let mut location = json!({ "physicalLocation": physical(found.home()) });
    if !found.object.kind.is_empty() {
        let namespace = found.object.namespace.as_ref().map(|namespace| format!("{namespace}/")).unwrap_or_default();
        let name = format!("{namespace}{}", title(&found.object));
        location["logicalLocations"] = json!([{ "fullyQualifiedName": format!("{name}{}", found.pointer), "kind": "member" }]);
    }
    let mut result = json!({
        "ruleId": found.rule,
        "ruleIndex": index,
        "level": level(found.severity),
        "message": { "text": format!("{}\n{}", found.message, found.cure) },
        "locations": [location],
    });
    let related = related(found);
    if !related.is_empty() {
        result["relatedLocations"] = Value::Array(related);
    }
    if let Some(cure) = &found.cure_in_file {
        let Replacement { start, end, text } = replacement(&cure.before, &cure.after);
        let deleted = json!({ "startLine": start.0, "startColumn": start.1, "endLine": end.0, "endColumn": end.1 });
        let change = json!({
            "artifactLocation": { "uri": uri(&cure.file) },
            "replacements": [{ "deletedRegion": deleted, "insertedContent": { "text": text } }],
        });
        result["fixes"] = json!([{ "description": { "text": cure.words }, "artifactChanges": [change] }]);
    }
    if let Some(silence) = &found.silenced {
        let mut suppression = json!({ "kind": if silence.inside { "inSource" } else { "external" } });
        if let Some(reason) = &silence.reason {
            suppression["justification"] = json!(reason);
        }
        result["suppressions"] = json!([suppression]);
    }
    result
}

/// Further places of the cause, and where the values are set.
fn related(found: &Found) -> Vec<Value> {
    // What a chart renders to is no file.
    let places = found.places.iter().filter_map(|place| {
        let spot = if found.chart.is_some() { place.template.as_ref()? } else { &place.spot };
        Some((spot, format!("also in {}", title(&place.object))))
    });
    let settings = found.values.iter().filter_map(|value| Some((value.place.as_ref()?, value)));
    let settings = settings.filter(|(place, _)| place.line > 0).map(|(place, value)| {
        let verb = if value.role == Role::Origin { "sets" } else { "decides by" };
        (place, format!("{verb} {}", value.path))
    });
    let calls = found.calls.iter().map(|call| (call, "calls the template".to_owned()));
    let all = places.chain(settings).chain(calls).enumerate();
    all.map(|(id, (spot, text))| json!({ "id": id, "physicalLocation": physical(spot), "message": { "text": text } })).collect()
}

fn physical(spot: &Spot) -> Value {
    let mut region = json!({ "startLine": spot.line.max(1) });
    if spot.column > 0 {
        region["startColumn"] = json!(spot.column);
    }
    if spot.column > 0 && spot.width > 0 {
        region["endColumn"] = json!(spot.column + spot.width);
    }
    if let Some(text) = &spot.text {
        region["snippet"] = json!({ "text": text });
    }
    json!({ "artifactLocation": { "uri": uri(&spot.file) }, "region": region })
}

//! The report as one JSON object, for other programs. `docs/lint.md` describes it.

use super::locations::{Replacement, replacement};
use crate::lint::found::{self, Found, Report, Role};
use crate::lint::mend::Cure;
use chartwright_kube::object::ObjectRef;
use serde::Serialize;

#[derive(Serialize)]
struct Whole<'a> {
    findings: Vec<Finding<'a>>,
    /// Findings too, each with what silences it.
    suppressed: Vec<Silenced<'a>>,
    /// What `--fix` has mended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mended: Vec<Mended<'a>>,
}

#[derive(Serialize)]
struct Mended<'a> {
    rule: &'a str,
    #[serde(flatten)]
    fix: Fix<'a>,
}

#[derive(Serialize)]
struct Fix<'a> {
    /// What it does, in words.
    message: &'a str,
    file: &'a str,
    edit: Edit<'a>,
}

/// The text from a place up to another, which is left out, becomes this one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Edit<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Silenced<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    suppression: Suppression<'a>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    by: &'a str,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    /// Null where there is none: a document that cannot be read, a render that failed.
    object: Option<Object<'a>>,
    pointer: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    text: Option<&'a str>,
    message: &'a str,
    reason: &'a str,
    cure: &'a str,
    chart: Option<&'a str>,
    environments: &'a [String],
    /// In a sweep alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    releases: Vec<String>,
    template: Option<Template<'a>>,
    values: Vec<Value<'a>>,
    places: Vec<Another<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Serialize)]
struct Template<'a> {
    #[serde(flatten)]
    spot: Spot<'a>,
    /// Outermost first.
    calls: Vec<Spot<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    path: &'a str,
    role: &'a str,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
}

#[derive(Serialize)]
struct Another<'a> {
    object: Option<Object<'a>>,
    pointer: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
}

pub(super) fn write(report: &Report) -> String {
    let silenced = report.silenced().map(|(found, silence)| Silenced {
        finding: finding(found),
        suppression: Suppression { by: &silence.by, reason: silence.reason.as_deref() },
    });
    let mended = report.mended.iter().map(|(rule, cure)| Mended { rule, fix: fix(cure) });
    let whole = Whole { findings: report.open().map(finding).collect(), suppressed: silenced.collect(), mended: mended.collect() };
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

fn finding(found: &Found) -> Finding<'_> {
    Finding {
        rule: found.rule,
        severity: found.severity.name(),
        object: object(&found.object),
        pointer: &found.pointer,
        file: &found.spot.file,
        line: known(found.spot.line),
        column: known(found.spot.column),
        text: found.spot.text.as_deref(),
        message: &found.message,
        reason: found.reason,
        cure: &found.cure,
        chart: found.chart.as_deref(),
        environments: &found.environments,
        releases: found.releases.iter().map(|minor| format!("1.{minor}")).collect(),
        template: found.template.as_ref().map(|template| Template { spot: spot(template), calls: found.calls.iter().map(spot).collect() }),
        values: found.values.iter().map(value).collect(),
        places: found.places.iter().map(another).collect(),
        fix: found.cure_in_file.as_ref().map(fix),
    }
}

fn fix(cure: &Cure) -> Fix<'_> {
    let Replacement { start, end, text } = replacement(&cure.before, &cure.after);
    let edit = Edit { line: start.0, column: start.1, end_line: end.0, end_column: end.1, text };
    Fix { message: &cure.words, file: &cure.file, edit }
}

/// Lines and columns count from 1.
fn known(number: u32) -> Option<u32> {
    (number > 0).then_some(number)
}

fn object(object: &ObjectRef) -> Option<Object<'_>> {
    let ObjectRef { api_version, kind, namespace, name } = object;
    (*object != ObjectRef::default()).then(|| Object { api_version, kind, namespace: namespace.as_deref(), name })
}

fn spot(spot: &found::Spot) -> Spot<'_> {
    Spot { file: &spot.file, line: known(spot.line), column: known(spot.column) }
}

fn value(setting: &found::Setting) -> Value<'_> {
    let place = setting.place.as_ref();
    Value {
        path: &setting.path,
        role: match setting.role {
            Role::Origin => "origin",
            Role::Condition => "condition",
        },
        file: place.map(|place| place.file.as_str()),
        line: place.and_then(|place| known(place.line)),
        column: place.and_then(|place| known(place.column)),
    }
}

fn another(another: &found::Another) -> Another<'_> {
    Another { object: object(&another.object), pointer: &another.pointer, spot: spot(&another.spot) }
}

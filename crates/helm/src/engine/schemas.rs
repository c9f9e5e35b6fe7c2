//! The values held to the schemas of the chart and its subcharts (`pkg/chart/common/util/jsonschema.go`).

use super::prepare::ChartObjects;
use crate::{HelmVersion, RenderError, RenderErrorKind, SchemaViolation, log};
use chartwright_template::Host;
use chartwright_value::{Heap, Kind, Value};

/// Validates the values, and each subchart's part of them.
///
/// # Errors
/// Helm's text, with all that was found.
pub(super) fn validate(
    charts: &mut [ChartObjects],
    heap: &Heap,
    values: Value,
    (version, debug): (HelmVersion, bool),
    host: &mut dyn Host,
    warnings: &mut Vec<String>,
) -> Result<(), RenderError> {
    let debug = debug && version == HelmVersion::V4;
    let mut subcharts = vec![0; charts.len()];
    charts.iter().filter_map(|chart| chart.parent).for_each(|parent| subcharts[parent] += 1);
    let mut text = String::new();
    let mut unresolved: Vec<&str> = Vec::new();
    let mut violations = Vec::new();
    let mut own: Vec<Option<(Value, Vec<String>)>> = Vec::with_capacity(charts.len());
    for (number, chart) in charts.iter_mut().enumerate() {
        let name = String::from_utf8_lossy(heap.str(chart.name)).into_owned();
        let here = match chart.parent {
            None => Some((values, Vec::new())),
            Some(parent) => own[parent].as_ref().and_then(|(above, path)| {
                let value = heap.get(*above, &name).filter(|value| !value.is_nil())?;
                if value.kind() != Kind::Map {
                    text.push_str(&format!("{name}:\ninvalid type for values: expected object (map), got {}\n", heap.type_name(value)));
                    return None;
                }
                Some((value, [path.as_slice(), std::slice::from_ref(&name)].concat()))
            }),
        };
        if let (Some((value, path)), Some(schema)) = (&here, &chart.schema) {
            match schema.compiled(host) {
                Err(error) => text.push_str(&format!("{name}:\n{error}")),
                Ok(schema) => {
                    for urn in &schema.unresolved {
                        if !unresolved.contains(&urn.as_str()) {
                            unresolved.push(urn);
                            warnings.push(unresolved_urn(urn, version));
                        }
                    }
                    if let Err(found) = schema.validate_again(heap, *value, &mut chart.matched) {
                        text.push_str(&format!("{name}:\n{found}\n"));
                        violations.extend(found.list().into_iter().map(|violation| SchemaViolation {
                            chart: if chart.parent.is_none() { String::new() } else { name.clone() },
                            path: [path.as_slice(), violation.instance_path.as_slice()].concat(),
                            keyword: violation.keyword,
                            message: violation.message,
                        }));
                    }
                }
            }
        }
        if debug && here.is_some() {
            if let Some(schema) = &chart.schema {
                warnings.push(log::line("DEBUG", "chart name", &[("chart-name", &name)]));
                warnings.extend(schema.unmarshalled());
            }
            let count = subcharts[number].to_string();
            let about = [("chart", name.as_str()), ("dependencies", &count)];
            warnings.push(log::line("DEBUG", "number of dependencies in the chart", &about));
        }
        own.push(here);
    }
    if text.is_empty() {
        return Ok(());
    }
    let message = format!("values don't meet the specifications of the schema(s) in the following chart(s):\n{text}");
    Err(RenderError::new(RenderErrorKind::Schema(violations), message))
}

/// What Helm 4 logs of a schema that is JSON.
pub(crate) fn unmarshalled(text: &str) -> Option<String> {
    serde_json::from_str::<serde_json::Value>(text).ok()?;
    let text = chartwright_go::quote::quoted(text.as_bytes());
    Some(format!("level=DEBUG msg=\"unmarshalled JSON schema\" schema={text}"))
}

/// Helm's warning of a schema that nobody knows.
pub(crate) fn unresolved_urn(urn: &str, version: HelmVersion) -> String {
    match version {
        HelmVersion::V3 => format!("jsonschema.go:192: WARNING: unresolved URN reference ignored; using permissive schema: {urn}"),
        HelmVersion::V4 => log::line("WARN", "unresolved URN reference ignored; using permissive schema", &[("urn", urn)]),
    }
}

//! The types of flags: what each takes for a value, in the words of `pflag` and Go's `strconv`.

use super::Takes;
use chartwright_helm::HelmVersion;

fn quoted(value: &str) -> String {
    chartwright_go::quote::quoted(value.as_bytes())
}

/// Adds what a value says to what was said before.
///
/// # Errors
/// Why it is no value of the type.
pub(super) fn set(values: &mut Vec<String>, takes: Takes, value: &str, helm: HelmVersion) -> Result<(), String> {
    match takes {
        Takes::Switch => *values = vec![switch(value)?.to_owned()],
        Takes::Value | Takes::Optional(_) => *values = vec![value.to_owned()],
        Takes::Values => values.push(value.to_owned()),
        Takes::Commas => values.extend(fields(value)?),
        Takes::Int => {
            number::<i64>(value, "ParseInt")?;
            *values = vec![value.to_owned()];
        }
        Takes::Uint => {
            number::<u64>(value, "ParseUint")?;
            *values = vec![value.to_owned()];
        }
        Takes::Float => {
            value.parse::<f32>().map_err(|_| format!("strconv.ParseFloat: parsing {}: invalid syntax", quoted(value)))?;
            *values = vec![value.to_owned()];
        }
        Takes::Duration => {
            chartwright_go::duration::parse(value.as_bytes())?;
            *values = vec![value.to_owned()];
        }
        Takes::Pairs => {
            if let Some(wrong) =
                value.split(',').find(|pair| !pair.contains('=')).filter(|_| !value.contains('=') || value.matches('=').count() != 1)
            {
                return Err(format!("{wrong} must be formatted as key=value"));
            }
            values.push(value.to_owned());
        }
        Takes::Wait if helm == HelmVersion::V3 => *values = vec![switch(value)?.to_owned()],
        Takes::Wait => {
            // Booleans are an older form, which Helm 4 still takes with a warning of its own.
            if !matches!(value, "watcher" | "hookOnly" | "legacy" | "true" | "false") {
                return Err(format!("invalid wait input {}. Valid inputs are watcher, hookOnly, and legacy", quoted(value)));
            }
            *values = vec![value.to_owned()];
        }
        Takes::PostRenderer if value.is_empty() => {}
        Takes::PostRenderer => return Err("post-renderers cannot be run here".to_owned()),
    }
    Ok(())
}

fn switch(value: &str) -> Result<&'static str, String> {
    match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok("true"),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok("false"),
        _ => Err(format!("strconv.ParseBool: parsing {}: invalid syntax", quoted(value))),
    }
}

fn number<N: std::str::FromStr<Err = std::num::ParseIntError>>(value: &str, name: &str) -> Result<N, String> {
    value.parse().map_err(|error: std::num::ParseIntError| {
        let why = match error.kind() {
            std::num::IntErrorKind::PosOverflow | std::num::IntErrorKind::NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        format!("strconv.{name}: parsing {}: {why}", quoted(value))
    })
}

/// One line of comma-separated values (`encoding/csv`).
fn fields(line: &str) -> Result<Vec<String>, String> {
    if line.is_empty() {
        return Ok(Vec::new());
    }
    let mut fields = Vec::new();
    let mut rest = line;
    let column = |rest: &str| line.len() - rest.len() + 1;
    loop {
        let Some(mut inner) = rest.strip_prefix('"') else {
            let end = rest.find(',').unwrap_or(rest.len());
            if let Some(quote) = rest[..end].find('"') {
                return Err(format!("parse error on line 1, column {}: bare \" in non-quoted-field", column(&rest[quote..])));
            }
            fields.push(rest[..end].to_owned());
            match rest.get(end + 1..) {
                Some(next) => rest = next,
                None => return Ok(fields),
            }
            continue;
        };
        let mut field = String::new();
        loop {
            let Some(quote) = inner.find('"') else {
                return Err(format!("parse error on line 1, column {}: extraneous or missing \" in quoted-field", line.len() + 1));
            };
            field.push_str(&inner[..quote]);
            inner = &inner[quote + 1..];
            if let Some(after) = inner.strip_prefix('"') {
                field.push('"');
                inner = after;
            } else if let Some(after) = inner.strip_prefix(',') {
                fields.push(field);
                rest = after;
                break;
            } else if inner.is_empty() {
                fields.push(field);
                return Ok(fields);
            } else {
                return Err(format!("parse error on line 1, column {}: extraneous or missing \" in quoted-field", column(inner) - 1));
            }
        }
    }
}

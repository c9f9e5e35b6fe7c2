//! Chart.yaml (`pkg/chart/v2/lint/rules/chartfile.go`).

use super::{Entry, Messages, Severity, Topic, urls};
use crate::HelmVersion;
use crate::chart::metadata::{Raw, StrictError};
use chartwright_go::quote::quoted;
use chartwright_sprig::semver::Version;
use serde_json::Value as Json;

const FILE: &str = "Chart.yaml";

pub(super) fn check(entry: &Entry, helm: HelmVersion, messages: &mut Messages) {
    if entry.is_folder() {
        messages.error(FILE, "should be a file, not a directory");
    }
    let read = entry.bytes().map_err(str::to_owned).and_then(|bytes| Raw::parse(bytes, helm).map(|raw| (bytes, raw)));
    let (bytes, raw) = match read {
        Ok(read) => read,
        Err(error) => return messages.error(FILE, format!("unable to parse YAML\n\t{error}")),
    };
    if helm == HelmVersion::V4
        && let Err(StrictError(error)) = raw.check_strictly(bytes)
    {
        messages.warning(FILE, format!("failed to strictly parse chart metadata file\n\t{error}"));
    }
    let mut refuse = |key: &'static str, fault: Option<String>| {
        fault.into_iter().for_each(|text| messages.about(Topic::ChartFile(key)).error(FILE, text));
    };
    let metadata = raw.metadata();
    refuse("name", name(&metadata.name));
    refuse("apiVersion", api_version(&metadata.api_version));
    refuse("version", no_text(&raw.document, "version"));
    refuse("version", version(&metadata.version));
    refuse("appVersion", no_text(&raw.document, "appVersion"));
    refuse("maintainers", maintainer(&raw));
    refuse(
        "sources",
        metadata.sources.iter().find(|source| !urls::is_request_url(source)).map(|source| format!("invalid source URL '{source}'")),
    );
    messages.about(Topic::ChartFile("icon"));
    if metadata.icon.is_empty() {
        messages.add(Severity::Info, FILE, "icon is recommended");
    } else if !urls::is_request_url(&metadata.icon) {
        messages.error(FILE, format!("invalid icon URL '{}'", metadata.icon));
    }
    let is_old = metadata.api_version != "v2";
    if is_old && !metadata.chart_type.is_empty() {
        let text = format!("chart type is not valid in apiVersion '{}'. It is valid in apiVersion 'v2'", metadata.api_version);
        messages.about(Topic::ChartFile("type")).error(FILE, text);
    }
    if is_old && !metadata.dependencies.is_empty() {
        let version = &metadata.api_version;
        let text = format!("dependencies are not valid in the Chart file with apiVersion '{version}'. They are valid in apiVersion 'v2'");
        messages.about(Topic::ChartFile("dependencies")).error(FILE, text);
    }
    if helm == HelmVersion::V4 && !crate::is_strict_version(&metadata.version) {
        messages.about(Topic::ChartFile("version")).warning(FILE, format!("version '{}' is not a valid SemVerV2", metadata.version));
    }
}

fn name(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("name is required".to_owned());
    }
    let base = chartwright_go::path::base(name.as_bytes());
    (base != name.as_bytes()).then(|| format!("chart name {} is invalid", quoted(name.as_bytes())))
}

fn api_version(version: &str) -> Option<String> {
    match version {
        "" => Some("apiVersion is required. The value must be either \"v1\" or \"v2\"".to_owned()),
        "v1" | "v2" => None,
        other => Some(format!("apiVersion '{other}' is not valid. The value must be either \"v1\" or \"v2\"")),
    }
}

/// What Go calls the type of a value that should be a string.
fn no_text(document: &Json, key: &str) -> Option<String> {
    let found = match document.get(key)? {
        Json::String(_) => return None,
        Json::Null => "<nil>",
        Json::Bool(_) => "bool",
        Json::Number(_) => "float64",
        Json::Array(_) => "[]interface {}",
        Json::Object(_) => "map[string]interface {}",
    };
    Some(format!("{key} should be of type string but it's of type {found}"))
}

/// Everything above `0.0.0-0` is a version.
fn version(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("version is required".to_owned());
    }
    let (Ok(version), Ok(least)) = (Version::parse(text), Version::parse("0.0.0-0")) else {
        return Some(format!("version '{text}' is not a valid SemVer"));
    };
    let is_above = version.compare(&least) == std::cmp::Ordering::Greater;
    (!is_above).then(|| format!("version {} is less than or equal to \"0.0.0-0\"", quoted(version.to_string().as_bytes())))
}

fn maintainer(raw: &Raw) -> Option<String> {
    let nulls = raw.maintainers().map(Json::is_null);
    raw.metadata().maintainers.iter().zip(nulls).find_map(|(one, is_null)| {
        let (name, email, url) = (&one.name, &one.email, &one.url);
        if is_null {
            return Some("a maintainer entry is empty".to_owned());
        }
        if name.is_empty() {
            return Some("each maintainer requires a name".to_owned());
        }
        if !email.is_empty() && !urls::is_email(email) {
            return Some(format!("invalid email '{email}' for maintainer '{name}'"));
        }
        (!url.is_empty() && !urls::is_url(url)).then(|| format!("invalid url '{url}' for maintainer '{name}'"))
    })
}

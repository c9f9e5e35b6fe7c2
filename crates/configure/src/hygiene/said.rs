//! What Helm's linter says of a chart's files and of the form of what its templates wrote, for the rules that take it up. What it says of objects and of renders has rules of its own.

use super::facts::{Site, degree};
use crate::protocol::Severity;
use chartwright_helm::lint::{Entry, Message, Severity as HelmSeverity, Topic, look_at_files, look_at_outputs};
use chartwright_helm::{Chart, HelmVersion, RenderError};

const CHART_FILE: &str = "Chart.yaml";

/// What Helm's linter says of dependencies that are not in `charts/`.
const MISSING: &str = "chart directory is missing these dependencies";

/// The text of a file of the chart, if it has one of that name.
pub(crate) type Text<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What is said, as [`Facts`](super::Facts) have it.
pub(crate) type Said = (String, u8, Site, String);

/// What is said of the chart's files, whatever its values are; see [`look_at_files`].
pub(crate) fn of_files(chart_file: &Entry, chart: Option<&Chart>, helm: HelmVersion, whole_crds: bool, text: Text<'_>) -> Vec<Said> {
    let messages = look_at_files(chart_file, chart, helm, whole_crds);
    // An icon is for catalogues, in which few charts stand.
    messages.iter().filter(|message| message.severity != HelmSeverity::Info).filter_map(|message| one(message, text)).collect()
}

/// What is said of a render's outputs.
pub(crate) fn of_outputs<'o>(
    chart: &Chart,
    outputs: impl Iterator<Item = (&'o str, &'o [u8])>,
    helm: HelmVersion,
    text: Text<'_>,
) -> Vec<Said> {
    look_at_outputs(chart, outputs, helm).iter().filter_map(|message| one(message, text)).collect()
}

/// What is said of what the templates wrote that could not be read as manifests.
pub(crate) fn of_failure(chart: &Chart, failure: &RenderError, helm: HelmVersion, text: Text<'_>) -> Vec<Said> {
    let outputs = failure.outputs.iter().map(|(file, output)| (&**file, output.as_bytes()));
    of_outputs(chart, outputs, helm, text)
}

fn one(message: &Message, text: Text<'_>) -> Option<Said> {
    let rule = match message.topic {
        Topic::ChartFile("name") => "chart-name",
        Topic::ChartFile("version") => "chart-version",
        Topic::ChartFile("dependencies") | Topic::Dependencies => "chart-dependencies",
        Topic::ChartFile(_) => "chart-metadata",
        Topic::Crds => "chart-crds",
        Topic::TopIndent => "top-indent",
        Topic::ResourcePolicy => "resource-policy-in-list",
        Topic::Values | Topic::Templates | Topic::Object => return None,
    };
    let severity = match message.severity {
        _ if message.text.starts_with(MISSING) => Severity::Error,
        HelmSeverity::Error => Severity::Error,
        HelmSeverity::Warning => Severity::Warning,
        HelmSeverity::Info => Severity::Info,
    };
    let chart_file = || text(CHART_FILE).unwrap_or_default();
    let (file, line) = match message.topic {
        Topic::ChartFile(key) => (CHART_FILE, line_of_key(&chart_file(), key, &message.text)),
        Topic::Dependencies => (CHART_FILE, line_of_key(&chart_file(), "dependencies", "")),
        topic => {
            let path = message.path.as_str();
            // Files of packaged and vendored charts are told by their own charts.
            let text = if path.ends_with('/') { String::new() } else { text(path)? };
            match topic {
                Topic::TopIndent => (path, line_with(&text, quoted(&message.text).trim())),
                Topic::ResourcePolicy => (path, line_with(&text, "helm.sh/resource-policy")),
                _ => (path, 1),
            }
        }
    };
    // Helm lays its errors out over lines.
    let words = message.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    Some((rule.to_owned(), degree(severity), (file.to_owned(), line, String::new()), words))
}

/// What stands in quotes in a text.
fn quoted(text: &str) -> &str {
    text.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"')).map_or("", |(inner, _)| inner)
}

/// The first line that holds some words; the first of all where none does.
fn line_with(text: &str, words: &str) -> u32 {
    let at = text.lines().position(|line| !words.is_empty() && line.contains(words)).unwrap_or(0);
    u32::try_from(at + 1).unwrap_or(1)
}

/// The line that a message about Chart.yaml means: one that it names, that of a field that it names, or that of its key.
fn line_of_key(text: &str, key: &str, message: &str) -> u32 {
    let named = message.split_once("line ").and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    if let Some(line) = named {
        return line;
    }
    let key = if message.contains("unknown field") { quoted(message) } else { key };
    let is_key = |line: &str| {
        let line = line.trim_start_matches([' ', '-', '"', '\'']);
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
    };
    let at = text.lines().position(|line| !key.is_empty() && is_key(line)).unwrap_or(0);
    u32::try_from(at + 1).unwrap_or(1)
}

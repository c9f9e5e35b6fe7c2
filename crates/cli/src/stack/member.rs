//! One release of a stack, as the command line names it: its chart, its values files, its render.

use super::given::Given;
use crate::flags::Parsed;
use crate::host::Machine;
use crate::load;
use chartwright_configure::stack::{Member, ValuesFile, immediate_classes, origin};
use chartwright_helm::{Chart, Engine, HelmVersion, RenderError, Rendered, Request, ValuesLayer};
use std::path::Path;
use std::sync::Arc;

/// The environment of a chart that is taken as it is.
const DEFAULT: &str = "default";

/// A member, and what came of it.
pub(super) struct Loaded {
    pub(super) member: Member,
    chart: Arc<Chart>,
    pub(super) rendered: Result<Rendered, RenderError>,
    /// The storage classes that its chart knows to bind claims at once.
    pub(super) immediate: Vec<String>,
}

impl Loaded {
    /// An annotation of the chart's.
    pub(super) fn annotation(&self, name: &str) -> Option<&str> {
        self.chart.metadata().annotations.as_ref()?.get(name).map(String::as_str)
    }

    /// Repository, revision and folder that the chart's sources name.
    pub(super) fn origin(&self) -> Option<(String, String, String)> {
        origin(self.chart.metadata().sources.iter().map(String::as_str))
    }
}

/// Why members could not be rendered; nothing if all were.
pub(super) fn failures(loaded: &[Loaded]) -> Option<String> {
    let failed = |one: &Loaded| Some(format!("{}: {}", one.member.release, one.rendered.as_ref().err()?.message));
    let all: Vec<String> = loaded.iter().filter_map(failed).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// Loads and renders all releases that the arguments name.
///
/// # Errors
/// What stands in the way before there is something to render.
pub(super) fn load_all(parsed: &Parsed, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<Vec<Loaded>, String> {
    if let Some(version) = parsed.text("kube-version") {
        chartwright_helm::check_kube_version(version).map_err(|error| format!("invalid kube version '{version}': {error}"))?;
    }
    let mut charts = Vec::new();
    for argument in &parsed.positional {
        // A release's name has no slash and no file of its own.
        let (release, place) = match argument.split_once('=') {
            Some((release, place)) if !release.contains('/') && !Path::new(argument).exists() => (Some(release), place),
            _ => (None, argument.as_str()),
        };
        let folder = load::locate(place)?;
        let mut chart = load::chart(&folder, helm, warnings)?;
        if !chart.missing_dependencies().is_empty() {
            load::update_dependencies(&mut chart, &folder, helm, warnings)?;
        }
        let release = release.map_or_else(|| chart.name().to_owned(), str::to_owned);
        charts.push((release, place, folder, chart));
    }
    let releases: Vec<String> = charts.iter().map(|(release, ..)| release.clone()).collect();
    let environments = Given::read("environment", parsed.all("environment"), &releases)?;
    let namespaces = Given::read("namespace", parsed.all("namespace"), &releases)?;
    let files = Given::read("values", parsed.all("values"), &releases)?;
    let fallback = std::env::var("HELM_NAMESPACE").ok().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned());
    let mut loaded = Vec::with_capacity(charts.len());
    for (release, place, folder, chart) in charts {
        let (environment, mut values) = environment(&environments, &release, &chart, &folder)?;
        for path in files.of(&release) {
            let bytes = load::read(path)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            values.push(ValuesFile { name: path.rsplit('/').next().unwrap_or(path).to_owned(), text });
        }
        let metadata = chart.metadata();
        let named = origin(metadata.sources.iter().map(String::as_str)).map(|(_, _, folder)| folder);
        let member = Member {
            namespace: namespaces.one(&release).map_or(fallback.as_str(), |(name, _)| name).to_owned(),
            environment,
            chart: chart.name().to_owned(),
            version: metadata.version.clone(),
            folder: named.unwrap_or_else(|| place.trim_start_matches("./").trim_matches('/').to_owned()),
            values,
            release,
        };
        let classes = std::fs::read_to_string(folder.join("storage-classes.yaml")).unwrap_or_default();
        let chart = Arc::new(chart);
        let rendered = render(&chart, &member, parsed, helm);
        loaded.push(Loaded { immediate: immediate_classes(&classes), member, chart, rendered });
    }
    Ok(loaded)
}

/// The environment of a release and its file: `values-ENVIRONMENT.yaml` in the chart's folder. The one that was given for all is left aside by a
/// chart that has no environments at all.
fn environment(given: &Given<'_>, release: &str, chart: &Chart, folder: &Path) -> Result<(String, Vec<ValuesFile>), String> {
    let Some((wanted, own)) = given.one(release).filter(|(wanted, _)| *wanted != DEFAULT) else {
        return Ok((DEFAULT.to_owned(), Vec::new()));
    };
    let name = format!("values-{wanted}.yaml");
    let packed = chart.file(&name).map(|file| file.text().into_owned());
    if let Some(text) = packed.or_else(|| std::fs::read_to_string(folder.join(&name)).ok()) {
        return Ok((wanted.to_owned(), vec![ValuesFile { name, text }]));
    }
    let beside = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let inside = chart.files().iter().map(|file| file.path.clone());
    let environment = |file: String| file.strip_prefix("values-")?.strip_suffix(".yaml").map(str::to_owned);
    let mut known: Vec<String> = beside.chain(inside).filter_map(environment).collect();
    known.sort();
    known.dedup();
    match known.as_slice() {
        [] if !own => Ok((DEFAULT.to_owned(), Vec::new())),
        [] => Err(format!("{release}: {} has no environments: there is no {name}", chart.name())),
        _ => Err(format!("{release}: {} has no environment {wanted}, only {}", chart.name(), known.join(", "))),
    }
}

fn render(chart: &Arc<Chart>, member: &Member, parsed: &Parsed, helm: HelmVersion) -> Result<Rendered, RenderError> {
    let layers: Vec<ValuesLayer<'_>> = member.values.iter().map(|file| ValuesLayer::File { name: &file.name, text: &file.text }).collect();
    let mut request = Request::new(&member.release, &member.namespace);
    request.kube_version = parsed.text("kube-version");
    request.api_versions = parsed.all("api-versions");
    request.values = &layers;
    Engine::compile(Arc::clone(chart), helm)?.render(&request, &mut Machine)
}

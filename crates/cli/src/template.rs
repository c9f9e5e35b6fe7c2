//! `chartwright template`: what `helm template` prints (`pkg/cmd/template.go`, `pkg/cmd/install.go`).

use crate::flags::{IDLE, Parsed, TEMPLATE};
use crate::host::Machine;
use crate::{Outcome, load};
use chartwright_helm::{Engine, HelmVersion, RenderError, Rendered, Request, Show, ValuesLayer, files_named, show_only};

/// The layers' texts, which the layers borrow.
pub(crate) struct Layers {
    files: Vec<(String, String)>,
    flags: Vec<(Kind, String)>,
}

#[derive(Clone, Copy)]
enum Kind {
    Set,
    Text,
    Json,
    File,
    Literal,
}

impl Layers {
    /// Reads the files that the flags name.
    ///
    /// # Errors
    /// Helm's text for the first that cannot be read.
    pub(crate) fn read(parsed: &Parsed) -> Result<Layers, String> {
        let mut files = Vec::new();
        for path in parsed.all("values") {
            let bytes = load::read(path).inspect_err(|_| ()).map_err(|error| {
                // A file before it that does not parse is told first.
                let earlier = Layers { files: std::mem::take(&mut files), flags: Vec::new() };
                Engine::check_layers(&earlier.layers()).err().map_or(error, |earlier| earlier.message)
            })?;
            files.push((path.clone(), String::from_utf8_lossy(&bytes).into_owned()));
        }
        let order = [
            ("set-json", Kind::Json),
            ("set", Kind::Set),
            ("set-string", Kind::Text),
            ("set-file", Kind::File),
            ("set-literal", Kind::Literal),
        ];
        let flags = order.into_iter().flat_map(|(name, kind)| parsed.all(name).iter().map(move |text| (kind, text.clone()))).collect();
        Ok(Layers { files, flags })
    }

    /// The layers, lowest first.
    pub(crate) fn layers(&self) -> Vec<ValuesLayer<'_>> {
        let files = self.files.iter().map(|(name, text)| ValuesLayer::File { name, text });
        let flags = self.flags.iter().map(|(kind, text)| match kind {
            Kind::Set => ValuesLayer::Set(text),
            Kind::Text => ValuesLayer::SetString(text),
            Kind::Json => ValuesLayer::SetJson(text),
            Kind::Literal => ValuesLayer::SetLiteral(text),
            Kind::File => {
                let files = files_named(text).into_iter().map(|path| {
                    let content = load::read(&path);
                    (path, content)
                });
                ValuesLayer::SetFile { expression: text, files: files.collect() }
            }
        });
        files.chain(flags).collect()
    }
}

/// A render that was asked for on the command line.
pub(crate) struct Asked {
    pub(crate) result: Result<Rendered, RenderError>,
    /// What `--dependency-update` printed.
    pub(crate) printed: String,
    pub(crate) warnings: Vec<String>,
}

/// Renders as the flags say.
///
/// # Errors
/// Helm's text for what stands in the way before there is a chart to render.
pub(crate) fn render(parsed: &Parsed) -> Result<Asked, String> {
    if let Some(version) = parsed.value("kube-version").filter(|version| !version.is_empty()) {
        chartwright_helm::check_kube_version(version).map_err(|error| format!("invalid kube version '{version}': {error}"))?;
    }
    let (name, chart) = name_and_chart(parsed)?;
    let folder = load::locate(&chart)?;
    let layers = Layers::read(parsed)?;
    let layers = layers.layers();
    Engine::check_layers(&layers).map_err(|error| error.message)?;
    let mut warnings = Vec::new();
    let mut chart = load::chart(&folder, &mut warnings)?;
    let mut printed = String::new();
    if parsed.on("dependency-update") && chart.metadata().chart_type != "library" && !chart.missing_dependencies().is_empty() {
        printed = load::update_dependencies(&mut chart, &folder, &mut warnings)?;
    }
    let api_versions = parsed.all("api-versions");
    let is_upgrade = parsed.on("is-upgrade");
    let mut request = Request::new(&name, parsed.value("namespace").filter(|name| !name.is_empty()).unwrap_or("default"));
    request.release.is_upgrade = is_upgrade;
    request.release.is_install = !is_upgrade;
    request.kube_version = parsed.value("kube-version").filter(|version| !version.is_empty());
    request.api_versions = api_versions;
    request.values = &layers;
    request.show = Show {
        hooks: !parsed.on("no-hooks"),
        crds: parsed.on("include-crds"),
        tests: !parsed.on("skip-tests"),
        subchart_notes: parsed.on("render-subchart-notes"),
    };
    request.skip_schema_validation = parsed.on("skip-schema-validation");
    request.enable_dns = parsed.on("enable-dns");
    let result = Engine::compile(chart, HelmVersion::V4).and_then(|mut engine| engine.render(&request, &mut Machine));
    Ok(Asked { result, printed, warnings })
}

/// Release and chart from the arguments (`pkg/action/install.go`, `NameAndChart`).
fn name_and_chart(parsed: &Parsed) -> Result<(String, String), String> {
    let named = parsed.value("name-template").filter(|name| !name.is_empty());
    match parsed.positional.as_slice() {
        [] => Err("\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]".to_owned()),
        [_, _] if parsed.on("generate-name") => Err("cannot set --generate-name and also specify a name".to_owned()),
        [_, _] if named.is_some() => Err("cannot set --name-template and also specify a name".to_owned()),
        [name, chart] => Ok((name.clone(), chart.clone())),
        [_] if named.is_some_and(|name| name.contains("{{")) => Err("--name-template with actions is not supported yet".to_owned()),
        [chart] if named.is_some() => Ok((named.unwrap_or_default().to_owned(), chart.clone())),
        [chart] => Ok(("release-name".to_owned(), chart.clone())),
        [_, _, more @ ..] => Err(format!("expected at most two arguments, unexpected arguments: {}", more.join(", "))),
    }
}

/// The command.
pub(crate) fn run(args: &[String]) -> Outcome {
    let parsed = match Parsed::read(args, &[TEMPLATE, IDLE]) {
        Ok(parsed) => parsed,
        Err(error) => return Outcome::failed(error),
    };
    let asked = match render(&parsed) {
        Ok(asked) => asked,
        Err(error) => return Outcome::failed(error),
    };
    let mut outcome = Outcome { stdout: asked.printed, warnings: asked.warnings, error: None };
    match asked.result {
        Ok(rendered) => {
            outcome.warnings.extend(rendered.warnings.iter().cloned());
            let manifest = rendered.manifest();
            match parsed.all("show-only") {
                [] => outcome.stdout.push_str(&manifest),
                files => match show_only(&manifest, files) {
                    Ok(text) => outcome.stdout.push_str(&text),
                    Err(error) => outcome.error = Some(error),
                },
            }
        }
        Err(error) => {
            outcome.warnings.extend(error.warnings.iter().cloned());
            outcome.error = Some(match error.is_after_release() && !parsed.on("debug") {
                true => format!("{}\n\nUse --debug flag to render out invalid YAML", error.message),
                false => error.message,
            });
        }
    }
    outcome
}

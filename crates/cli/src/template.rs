//! `chartwright template`: what `helm template` prints (`pkg/cmd/template.go`, `pkg/cmd/install.go`).

use crate::flags::Parsed;
use crate::flags::known::{GLOBAL, IDLE, NO_NOTES, TEMPLATE};
use crate::host::Machine;
use crate::layers::Layers;
use crate::{Outcome, help, load, remote, write};
use chartwright_helm::{Engine, HelmVersion, RenderError, Rendered, Request, Show, ValuesLayer, show_only, template_name};

/// A render that was asked for on the command line.
pub(crate) struct Asked {
    pub(crate) result: Result<Rendered, RenderError>,
    /// The release's name.
    pub(crate) name: String,
    /// What `--dependency-update` printed.
    pub(crate) printed: String,
    pub(crate) warnings: Vec<String>,
}

/// What stands in the way before there is a chart to render: lines for stderr, and Helm's text.
type Early = (Vec<String>, String);

/// Renders as the flags say.
///
/// # Errors
/// See [`Early`].
pub(crate) fn render(parsed: &Parsed, helm: HelmVersion) -> Result<Asked, Early> {
    render_with(parsed, helm, false, |_, _, _| ()).map(|(asked, _)| asked)
}

/// Renders as the flags say, traced or not, and looks at a result with the engine that gave it.
///
/// # Errors
/// See [`Early`].
pub(crate) fn render_with<T>(
    parsed: &Parsed,
    helm: HelmVersion,
    traced: bool,
    look: impl FnOnce(&Engine, &[ValuesLayer<'_>], &Rendered) -> T,
) -> Result<(Asked, Option<T>), Early> {
    let mut warnings = parsed.warnings.clone();
    let mut seen = None;
    let made = prepare(parsed, helm, &mut warnings, traced, |engine, layers, rendered| seen = Some(look(engine, layers, rendered)));
    match made {
        Ok((name, result, printed)) => Ok((Asked { result, name, printed, warnings }, seen)),
        Err(error) => Err((warnings, error)),
    }
}

type Made = (String, Result<Rendered, RenderError>, String);

fn prepare(
    parsed: &Parsed,
    helm: HelmVersion,
    warnings: &mut Vec<String>,
    traced: bool,
    look: impl FnOnce(&Engine, &[ValuesLayer<'_>], &Rendered),
) -> Result<Made, String> {
    if parsed.positional.is_empty() {
        return Err("\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]".to_owned());
    }
    check_groups(parsed, helm)?;
    if let Some(version) = parsed.text("kube-version") {
        chartwright_helm::check_kube_version(version).map_err(|error| format!("invalid kube version '{version}': {error}"))?;
    }
    check_dry_run(parsed, helm, warnings)?;
    let debug = parsed.on("debug") && helm == HelmVersion::V4;
    if debug {
        let version = parsed.value("version").unwrap_or_default();
        let shown = if version.is_empty() { "\"\"" } else { version };
        warnings.push(format!("level=DEBUG msg=\"Original chart version\" version={shown}"));
        if version.is_empty() && parsed.on("devel") {
            warnings.push("level=DEBUG msg=\"setting version to >0.0.0-0\"".to_owned());
        }
    }
    let (name, chart) = name_and_chart(parsed)?;
    if let Some(repository) = parsed.text("repo") {
        return Err(format!(
            "looks like {} is not a valid chart repository or cannot be reached: {}",
            chartwright_go::quote::quoted(repository.as_bytes()),
            remote::get(&format!("{}/index.yaml", repository.trim_end_matches('/')))
        ));
    }
    let folder = load::locate(&chart)?;
    if parsed.on("verify") && folder.is_dir() {
        return Err("unpacked charts cannot be verified".to_owned());
    }
    if debug {
        warnings.push(format!("level=DEBUG msg=\"Chart path\" path={}", folder.display()));
    }
    let layers = Layers::read(parsed, helm)?;
    let layers = layers.layers();
    Engine::check_layers(&layers, helm).map_err(|error| error.message)?;
    let mut chart = load::chart(&folder, helm, warnings)?;
    let mut printed = String::new();
    if parsed.on("dependency-update") && chart.metadata().chart_type != "library" && !chart.missing_dependencies().is_empty() {
        printed = load::update_dependencies(&mut chart, &folder, helm, warnings)?;
    }
    check_labels(parsed)?;
    let namespace = std::env::var("HELM_NAMESPACE").ok().filter(|name| !name.is_empty());
    let namespace = parsed.text("namespace").map(str::to_owned).or(namespace);
    let is_upgrade = parsed.on("is-upgrade");
    let mut request = Request::new(&name, namespace.as_deref().unwrap_or("default"));
    request.release.is_upgrade = is_upgrade;
    request.release.is_install = !is_upgrade;
    request.kube_version = parsed.text("kube-version");
    request.api_versions = parsed.all("api-versions");
    request.values = &layers;
    request.show = Show {
        hooks: !parsed.on("no-hooks"),
        crds: parsed.on("include-crds"),
        tests: !parsed.on("skip-tests"),
        subchart_notes: parsed.on("render-subchart-notes"),
    };
    request.skip_schema_validation = parsed.on("skip-schema-validation");
    request.enable_dns = parsed.on("enable-dns");
    request.debug = debug;
    request.trace = traced;
    let result = Engine::compile(chart, helm).and_then(|mut engine| {
        let rendered = engine.render(&request, &mut Machine)?;
        look(&engine, &layers, &rendered);
        Ok(rendered)
    });
    Ok((name, result, printed))
}

/// Flags that exclude each other (`cobra`, `MarkFlagsMutuallyExclusive`).
fn check_groups(parsed: &Parsed, helm: HelmVersion) -> Result<(), String> {
    if helm == HelmVersion::V3 {
        return Ok(());
    }
    for [a, b] in [["force", "force-conflicts"], ["force-replace", "force-conflicts"], ["validate", "dry-run"]] {
        if parsed.given(a) && parsed.given(b) {
            let [first, second] = if a < b { [a, b] } else { [b, a] };
            return Err(format!("if any flags in the group [{a} {b}] are set none of the others can be; [{first} {second}] were all set"));
        }
    }
    Ok(())
}

/// Labels that Helm sets itself (`pkg/storage/driver/util.go`).
fn check_labels(parsed: &Parsed) -> Result<(), String> {
    const SYSTEM: [&str; 6] = ["name", "owner", "status", "version", "createdAt", "modifiedAt"];
    let keys = parsed.all("labels").iter().flat_map(|pairs| pairs.split(',')).filter_map(|pair| pair.split_once('='));
    match keys.into_iter().any(|(key, _)| SYSTEM.contains(&key)) {
        true => Err(format!("user supplied labels contains system reserved label name. System labels: [{}]", SYSTEM.join(" "))),
        false => Ok(()),
    }
}

/// There is no cluster to ask, so only `client` is left (`pkg/cmd/helpers.go`, `cmdGetDryRunFlagStrategy`).
fn check_dry_run(parsed: &Parsed, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<(), String> {
    const NO_CLUSTER: &str = "there is no cluster to ask: only --dry-run=client can be done here";
    if parsed.on("validate") {
        return Err(NO_CLUSTER.to_owned());
    }
    let Some(value) = parsed.value("dry-run") else {
        return Ok(());
    };
    let boolean = match value {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    };
    let quoted = chartwright_go::quote::quoted(value.as_bytes());
    match (helm, value, boolean) {
        (_, "client", _) => {}
        (HelmVersion::V3, "" | "true" | "false" | "none" | "unset", _) => {}
        (_, "server", _) => return Err(NO_CLUSTER.to_owned()),
        (HelmVersion::V3, ..) => {
            return Err("Invalid dry-run flag. Flag must one of the following: false, true, none, client, server".to_owned());
        }
        (HelmVersion::V4, "unset", _) => {
            warnings.push("level=WARN msg=\"--dry-run is deprecated and should be replaced with '--dry-run=client'\"".to_owned());
        }
        (HelmVersion::V4, _, Some(true)) => warnings.push(format!(
            "level=WARN msg=\"boolean '--dry-run={value}' flag is deprecated and must be replaced with '--dry-run=client'\""
        )),
        (HelmVersion::V4, "none", _) | (HelmVersion::V4, _, Some(false)) => {
            return Err(format!("invalid dry-run value ({quoted}). Must be \"server\" or \"client\""));
        }
        (HelmVersion::V4, ..) => return Err(format!("invalid dry-run value ({quoted}). Must be \"none\", \"server\", or \"client\"")),
    }
    Ok(())
}

/// Release and chart from the arguments (`pkg/action/install.go`, `NameAndChart`).
fn name_and_chart(parsed: &Parsed) -> Result<(String, String), String> {
    let named = parsed.text("name-template");
    match parsed.positional.as_slice() {
        [_, _, more @ ..] if !more.is_empty() => Err(format!("expected at most two arguments, unexpected arguments: {}", more.join(", "))),
        [_, _] if parsed.on("generate-name") => Err("cannot set --generate-name and also specify a name".to_owned()),
        [_, _] if named.is_some() => Err("cannot set --name-template and also specify a name".to_owned()),
        [name, chart] => Ok((name.clone(), chart.clone())),
        [chart] => match named {
            Some(template) => Ok((template_name(template, &mut Machine)?, chart.clone())),
            None => Ok(("release-name".to_owned(), chart.clone())),
        },
        _ => Err("no chart is named".to_owned()),
    }
}

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[TEMPLATE, NO_NOTES, IDLE, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("template", &[TEMPLATE])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let asked = match render(&parsed, helm) {
        Ok(asked) => asked,
        Err((warnings, error)) => return Outcome::refused(warnings, error),
    };
    let mut outcome = Outcome { stdout: asked.printed, warnings: asked.warnings, error: None, code: crate::FAILED };
    match asked.result {
        Ok(rendered) => {
            outcome.warnings.extend(rendered.warnings.iter().cloned());
            let manifest = match parsed.text("output-dir") {
                None => rendered.manifest(),
                Some(folder) => {
                    let below = if parsed.on("release-name") {
                        load::clean(&std::path::Path::new(folder).join(&asked.name))
                    } else {
                        folder.to_owned()
                    };
                    match write::documents(&rendered, folder, &below, &mut outcome.stdout) {
                        Ok(()) => "\n".to_owned(),
                        Err(error) => {
                            outcome.error = Some(error);
                            return outcome;
                        }
                    }
                }
            };
            print(&parsed, &manifest, helm, None, &mut outcome);
        }
        Err(error) => {
            outcome.warnings.extend(error.warnings.iter().cloned());
            if !error.is_after_release() {
                outcome.error = Some(error.message);
            } else if parsed.on("debug") {
                let files: String = error.outputs.iter().map(|(name, text)| format!("---\n# Source: {name}\n{text}\n")).collect();
                let manifest = format!("{}\n", chartwright_helm::trim_space(&files));
                print(&parsed, &manifest, helm, Some(error.message), &mut outcome);
            } else {
                outcome.error = Some(format!("{}\n\nUse --debug flag to render out invalid YAML", error.message));
            }
        }
    }
    outcome
}

/// Prints a manifest, or the documents of `--show-only`; and the error of the render, if there was one.
fn print(parsed: &Parsed, manifest: &str, helm: HelmVersion, failure: Option<String>, outcome: &mut Outcome) {
    match parsed.all("show-only") {
        [] => {
            outcome.stdout.push_str(manifest);
            outcome.error = failure;
        }
        files => match show_only(manifest, files, helm) {
            Ok(text) => {
                outcome.stdout.push_str(&text);
                outcome.error = failure;
            }
            Err(error) => outcome.error = Some(failure.filter(|_| helm == HelmVersion::V4).unwrap_or(error)),
        },
    }
}

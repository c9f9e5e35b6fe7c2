//! `chartwright lint --helm`: what `helm lint` prints (`pkg/cmd/lint.go`, `pkg/action/lint.go`).

use crate::flags::Parsed;
use crate::flags::known::{GLOBAL, HELM_LINT};
use crate::host::Machine;
use crate::layers::Layers;
use crate::{Outcome, help, load};
use chartwright_helm::lint::{Entry, Folder, Linter, Message, Options, Severity};
use chartwright_helm::{Chart, HelmVersion};
use std::fs;
use std::path::Path;

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[HELM_LINT, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("lint", &[HELM_LINT])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let mut outcome = Outcome { warnings: parsed.warnings.clone(), ..Outcome::printed(String::new()) };
    if let Err(error) = lint(&parsed, helm, &mut outcome) {
        outcome.error = Some(error);
    }
    outcome
}

/// What came of one path (`action.LintResult`): messages, or why there are none.
type Linted = Result<Vec<Message>, String>;

fn lint(parsed: &Parsed, helm: HelmVersion, outcome: &mut Outcome) -> Result<(), String> {
    let mut paths = parsed.positional.clone();
    if paths.is_empty() {
        match helm {
            HelmVersion::V3 => paths.push(".".to_owned()),
            HelmVersion::V4 => return Err("\"helm lint\" requires at least 1 argument\n\nUsage:  helm lint PATH [flags]".to_owned()),
        }
    }
    let kube_version = parsed.text("kube-version");
    if let Some(version) = kube_version {
        chartwright_helm::check_kube_version(version).map_err(|error| format!("invalid kube version '{version}': {error}"))?;
    }
    if parsed.on("with-subcharts") {
        for path in paths.clone() {
            subcharts(&load::clean(&Path::new(&path).join("charts")), &mut paths);
        }
    }
    let namespace = std::env::var("HELM_NAMESPACE").ok().filter(|name| !name.is_empty());
    let options = Options {
        helm,
        namespace: parsed.text("namespace").map(str::to_owned).or(namespace).unwrap_or_else(|| "default".to_owned()),
        kube_version: kube_version.map(str::to_owned),
        skip_schema_validation: parsed.on("skip-schema-validation"),
        debug: parsed.on("debug") && helm == HelmVersion::V4,
    };
    let layers = Layers::read(parsed, helm)?;
    let mut linter = Linter::new(options, &layers.layers()).map_err(|error| error.message)?;
    let (is_strict, is_quiet) = (parsed.on("strict"), parsed.on("quiet"));
    let lowest = if is_strict { Severity::Warning } else { Severity::Error };
    let (mut failed, mut noted) = (0, 0);
    for path in &paths {
        let linted = folder(path, helm).map(|folder| linter.run(&folder, &mut Machine));
        outcome.warnings.extend(linter.take_told());
        let has_failed = linted.as_ref().map_or(true, |messages| messages.iter().any(|message| message.severity >= lowest));
        let is_noted = has_failed || linted.as_ref().is_ok_and(|messages| messages.iter().any(|message| message.severity > Severity::Info));
        failed += usize::from(has_failed);
        noted += usize::from(is_noted);
        if !is_quiet || is_noted {
            print(path, &linted, is_quiet, &mut outcome.stdout);
        }
    }
    let summary = format!("{} chart(s) linted, {failed} chart(s) failed", paths.len());
    if failed > 0 {
        return Err(summary);
    }
    if !is_quiet || noted > 0 {
        outcome.stdout.push_str(&format!("{summary}\n"));
    }
    Ok(())
}

fn print(path: &str, linted: &Linted, is_quiet: bool, out: &mut String) {
    out.push_str(&format!("==> Linting {path}\n"));
    match linted {
        Err(error) => out.push_str(&format!("Error {error}\n")),
        Ok(messages) => {
            let shown = messages.iter().filter(|message| !is_quiet || message.severity > Severity::Info);
            shown.for_each(|message| out.push_str(&format!("{message}\n")));
        }
    }
    out.push('\n');
}

/// Adds the charts below a folder, packaged ones too, in the order of a walk through it that follows no links.
fn subcharts(folder: &str, paths: &mut Vec<String>) {
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        let Ok(kind) = fs::symlink_metadata(&path) else { continue };
        let name = path.rsplit('/').next().unwrap_or_default();
        if name == "Chart.yaml" {
            paths.push(path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned());
        } else if is_archive(&path) {
            paths.push(path.clone());
        }
        if kind.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            pending.extend(names.iter().rev().map(|name| format!("{path}/{name}")));
        }
    }
}

fn is_archive(path: &str) -> bool {
    path.ends_with(".tgz") || path.ends_with(".tar.gz")
}

/// The folder of a chart, or what a packaged one holds.
pub(super) fn folder(path: &str, helm: HelmVersion) -> Result<Folder, String> {
    if is_archive(path) {
        return unpacked(path, helm);
    }
    let shown = load::clean(&Path::new(path).join("Chart.yaml"));
    fs::metadata(&shown)
        .map_err(|error| format!("unable to check Chart.yaml file in chart: {}", load::os_error("stat", &shown, &error)))?;
    let place = std::path::absolute(path).map_err(|error| error.to_string())?;
    let place = load::clean(&place);
    let entry = |name: &str| entry(&format!("{}/{name}", place.trim_end_matches('/')));
    let mut told = Vec::new();
    let files = load::files(Path::new(&place), helm, &mut told);
    // What cannot be looked at at all is not there, to Helm, but for the templates.
    let file = |name: &str| match entry(name) {
        Entry::Unreadable(why) if why.starts_with("stat ") => Entry::Missing,
        other => other,
    };
    let (chart_file, values, schema) = (entry("Chart.yaml"), file("values.yaml"), file("values.schema.json"));
    let (templates, crds) = (entry("templates"), entry("crds"));
    Ok(Folder { chart_file, values, schema, templates, crds, files, told, place })
}

fn entry(path: &str) -> Entry {
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Entry::Missing,
        Err(error) => Entry::Unreadable(load::os_error("stat", path, &error)),
        Ok(kind) if kind.is_dir() => Entry::Folder(format!("read {path}: is a directory")),
        Ok(_) => fs::read(path).map_or_else(|error| Entry::Unreadable(load::os_error("open", path, &error)), Entry::File),
    }
}

/// Helm unpacks into a folder of a name by chance; its twin into memory, and calls it by the archive's place.
fn unpacked(path: &str, helm: HelmVersion) -> Result<Folder, String> {
    let file = fs::File::open(path).map_err(|error| format!("unable to open tarball: {}", load::os_error("open", path, &error)))?;
    let failed = |error: String| format!("unable to extract tarball: {error}");
    let files = Chart::unpack(std::io::BufReader::new(file)).map_err(|error| failed(error.to_string()))?;
    let parent = std::env::temp_dir().join("helm-lint");
    let folder = Folder::unpacked(files, helm, &parent.display().to_string()).map_err(failed)?;
    match folder.chart_file {
        Entry::Missing => {
            Err(format!("unable to check Chart.yaml file in chart: stat {}/Chart.yaml: no such file or directory", folder.place))
        }
        _ => Ok(folder),
    }
}

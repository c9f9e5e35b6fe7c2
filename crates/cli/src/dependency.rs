//! `chartwright dependency list`: what `helm dependency list` prints (`pkg/action/dependency.go`).

use crate::flags::Parsed;
use crate::flags::known::{DEPENDENCY, GLOBAL};
use crate::{Outcome, help, load};
use chartwright_helm::{Chart, Dependency, HelmVersion, compare_versions};
use std::fs;
use std::path::{Path, PathBuf};

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let Some(("list" | "ls", rest)) = args.split_first().map(|(first, rest)| (first.as_str(), rest)) else {
        return match args.first().filter(|first| !first.starts_with('-')) {
            Some(other) => Outcome::failed(format!("dependency {other} is not supported here, only dependency list is")),
            None => Outcome::printed(help::command("dependency", &[])),
        };
    };
    let parsed = match Parsed::read(rest, &[DEPENDENCY, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("dependency", &[DEPENDENCY])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    if parsed.positional.len() > 1 {
        return Outcome::failed("\"helm dependency list\" accepts at most 1 argument\n\nUsage:  helm dependency list CHART [flags]");
    }
    let place = parsed.positional.first().map_or(".", String::as_str);
    let place = if place == "." { ".".to_owned() } else { load::clean(Path::new(place)) };
    let mut warnings = Vec::new();
    match list(&place, &parsed, helm, &mut warnings) {
        Ok(stdout) => Outcome { stdout, warnings, error: None, code: crate::FAILED },
        Err(error) => Outcome::refused(warnings, error),
    }
}

fn list(place: &str, parsed: &Parsed, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<String, String> {
    let folder = Path::new(place);
    fs::metadata(folder).map_err(|error| load::os_error("stat", place, &error))?;
    let absolute = std::path::absolute(folder).map(|place| PathBuf::from(load::clean(&place))).map_err(|error| error.to_string())?;
    if helm == HelmVersion::V4 && absolute.is_dir() && !absolute.join("Chart.yaml").exists() {
        return Err("Chart.yaml file is missing".to_owned());
    }
    let chart = load::chart(&absolute, helm, warnings)?;
    let inside = |name: &str| if place == "." { name.to_owned() } else { format!("{place}/{name}") };
    let needed = &chart.metadata().dependencies;
    if needed.is_empty() {
        return Ok(format!("WARNING: no dependencies at {}\n", inside("charts")));
    }
    let rows = needed.iter().map(|one| {
        let status = status(folder, one, &chart, helm);
        [one.name.clone(), one.version.clone(), one.repository.clone(), status.to_owned()]
    });
    let head = ["NAME", "VERSION", "REPOSITORY", "STATUS"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(head).chain(rows).collect();
    let most = parsed.text("max-col-width").and_then(|width| width.parse().ok()).unwrap_or(80);
    let mut out = format!("{}\n\n", table(&rows, most));
    for file in entries(&folder.join("charts")) {
        let shown = chartwright_go::quote::quoted(inside(&format!("charts/{file}")).as_bytes());
        let path = folder.join("charts").join(&file);
        if !path.is_dir() && !file.ends_with(".tgz") {
            continue;
        }
        match load::chart(&path, helm, &mut Vec::new()) {
            Err(_) => out.push_str(&format!("WARNING: {shown} is not a chart.\n")),
            Ok(found) if needed.iter().any(|one| one.name == found.name()) => {}
            Ok(_) => out.push_str(&format!("WARNING: {shown} is not in Chart.yaml.\n")),
        }
    }
    Ok(out)
}

/// Names in a folder that `filepath.Glob` finds with `*`, sorted.
fn entries(folder: &Path) -> Vec<String> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = found.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// How a dependency is there, if it is.
fn status(folder: &Path, needed: &Dependency, parent: &Chart, helm: HelmVersion) -> &'static str {
    let begin = format!("{}-", needed.name);
    let charts = folder.join("charts");
    let mut archives = entries(&charts);
    archives.retain(|name| name.starts_with(&begin) && name.len() >= begin.len() + 4 && name.ends_with(".tgz"));
    if archives.len() > 1 {
        archives.retain(|name| chartwright_helm::is_strict_version(&name[begin.len()..name.len() - 4]));
        if archives.len() > 1 {
            return "too many matches";
        }
    }
    if let Some(archive) = archives.first() {
        return match load::chart(&charts.join(archive), helm, &mut Vec::new()) {
            Err(_) => "corrupt",
            Ok(chart) if chart.name() != needed.name => "misnamed",
            Ok(chart) => fits(needed, &chart).unwrap_or("ok"),
        };
    }
    match parent.dependencies().iter().rev().find(|chart| chart.name() == needed.name) {
        None => "missing",
        Some(chart) => fits(needed, chart).unwrap_or("unpacked"),
    }
}

fn fits(needed: &Dependency, chart: &Chart) -> Option<&'static str> {
    let version = &chart.metadata().version;
    if *version == needed.version {
        return None;
    }
    match compare_versions(&needed.version, version) {
        None => Some("invalid version"),
        Some(false) => Some("wrong version"),
        Some(true) => None,
    }
}

/// A table as `gosuri/uitable` prints it: cells padded, separated by tabs, cut at the greatest width.
fn table(rows: &[[String; 4]], most: usize) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count().min(most)).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(width);
    let cell = |text: &str, width: usize| {
        let length = text.chars().count();
        if length > width {
            let kept: String = text.chars().take(width.saturating_sub(3)).collect();
            return format!("{kept}...");
        }
        format!("{text}{}", " ".repeat(width - length))
    };
    let line = |row: &[String; 4]| [0, 1, 2, 3].map(|at| cell(&row[at], widths[at])).join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

//! `chartwright package`: charts' folders as archives, as `helm package` makes them (`pkg/cmd/package.go`). Nothing is signed.

use crate::flags::Parsed;
use crate::flags::known::{GLOBAL, PACKAGE};
use crate::{Outcome, help, load};
use chartwright_helm::HelmVersion;
use std::fs;
use std::path::Path;

/// The command.
pub(crate) fn run(args: &[String], helm: HelmVersion) -> Outcome {
    let parsed = match Parsed::read(args, &[PACKAGE, GLOBAL], helm) {
        Ok(parsed) if parsed.help => return Outcome::printed(help::command("package", &[PACKAGE])),
        Ok(parsed) => parsed,
        Err(refused) => return Outcome::refused(refused.warnings, refused.error),
    };
    let mut outcome = Outcome { stdout: String::new(), warnings: parsed.warnings.clone(), error: None, code: crate::FAILED };
    if parsed.positional.is_empty() {
        outcome.error = Some("need at least one argument, the path to the chart".to_owned());
    } else if parsed.on("sign") {
        outcome.error = Some("archives cannot be signed here".to_owned());
    }
    for folder in parsed.positional.iter().filter(|_| outcome.error.is_none()).cloned().collect::<Vec<_>>() {
        match one(&parsed, &folder, helm, &mut outcome.warnings) {
            Ok(path) => outcome.stdout.push_str(&format!("Successfully packaged chart and saved it to: {path}\n")),
            Err(error) => {
                outcome.error = Some(error);
                break;
            }
        }
    }
    outcome
}

fn one(parsed: &Parsed, folder: &str, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<String, String> {
    let modified = modified()?;
    fs::metadata(folder).map_err(|error| load::os_error("stat", folder, &error))?;
    let place = std::path::absolute(folder).map(|place| load::clean(&place)).map_err(|error| error.to_string())?;
    let place = Path::new(&place);
    let mut chart = load::folder(place, helm, warnings)?;
    if parsed.on("dependency-update") && !chart.missing_dependencies().is_empty() {
        load::update_dependencies(&mut chart, place, helm, warnings)?;
    }
    let metadata = chart.metadata();
    if metadata.api_version == "v3" && helm == HelmVersion::V4 {
        return Err("invalid chart apiVersion".to_owned());
    }
    chart.set_versions(parsed.text("version"), parsed.text("app-version")).map_err(|error| error.message)?;
    let missing = chart.missing_dependencies();
    if !missing.is_empty() {
        return Err(format!("found in Chart.yaml, but missing in charts/ directory: {}", missing.join(", ")));
    }
    let target = match parsed.value("destination").unwrap_or(".") {
        "." => std::env::current_dir().map_err(|error| error.to_string())?.join(chart.archive_name()),
        other => Path::new(other).join(chart.archive_name()),
    };
    let shown = load::clean(&target);
    let bytes = chart.package(modified).map_err(|error| match helm {
        HelmVersion::V3 => format!("failed to save: {}", error.message.replace("invalid JSON", "Invalid JSON")),
        HelmVersion::V4 => format!("failed to save: {}", error.message),
    })?;
    let parent = target.parent().unwrap_or(Path::new("."));
    if !parent.as_os_str().is_empty() {
        let name = parent.display().to_string();
        if parent.is_file() {
            return Err(format!("failed to save: is not a directory: {name}"));
        }
        fs::create_dir_all(parent).map_err(|error| format!("failed to save: {}", load::os_error("mkdir", &name, &error)))?;
    }
    fs::write(&target, bytes).map_err(|error| format!("failed to save: {}", load::os_error("open", &shown, &error)))?;
    Ok(shown)
}

/// The time of the archive's files: SOURCE_DATE_EPOCH, or the epoch itself, so that the same chart gives the same archive.
fn modified() -> Result<u64, String> {
    let Some(text) = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty()) else {
        return Ok(0);
    };
    let quoted = chartwright_go::quote::quoted(text.as_bytes());
    let seconds: i64 =
        text.parse().map_err(|_| format!("invalid SOURCE_DATE_EPOCH: strconv.ParseInt: parsing {quoted}: invalid syntax"))?;
    u64::try_from(seconds).map_err(|_| "invalid SOURCE_DATE_EPOCH: must not be negative".to_owned())
}

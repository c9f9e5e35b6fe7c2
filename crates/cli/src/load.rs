//! Reads charts from folders as Helm does (`pkg/chart/v2/loader/directory.go`, `internal/sympath`), and what `file://` names.

use crate::remote;
use chartwright_helm::chart::ignore::Rules;
use chartwright_helm::{Chart, HelmVersion, SourceFile};
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::{Path, PathBuf};

/// How many files and folders a chart may hold. Helm has no limit: links that lead upwards keep it busy for a long time.
const MAX_ENTRIES: usize = 100_000;

/// Helm 3's limit for one file.
const MAX_FILE_BYTES_V3: u64 = 5 << 20;

/// Helm 4's limit for a folder's files together.
const MAX_CHART_BYTES: u64 = 100 << 20;

/// Our own where Helm 3 has none.
const MAX_CHART_BYTES_V3: u64 = 1 << 30;

/// What `os.ReadFile` and its kin say.
pub(crate) fn os_error(action: &str, path: &str, error: &std::io::Error) -> String {
    let reason = match error.kind() {
        ErrorKind::NotFound => "no such file or directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::IsADirectory => "is a directory".to_owned(),
        ErrorKind::NotADirectory => "not a directory".to_owned(),
        _ if error.raw_os_error() == Some(40) => "too many levels of symbolic links".to_owned(),
        _ => error.to_string(),
    };
    format!("{action} {path}: {reason}")
}

/// A file, or what Helm says of it.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, String> {
    if path.trim() == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin(), &mut bytes).map_err(|error| error.to_string())?;
        return Ok(bytes);
    }
    if remote::is_url(path) {
        return Err(remote::get(path));
    }
    fs::read(path).map_err(|error| {
        let action = if error.kind() == ErrorKind::IsADirectory { "read" } else { "open" };
        os_error(action, path, &error)
    })
}

/// Where a chart is (`LocateChart`): only what is on this machine.
pub(crate) fn locate(chart: &str) -> Result<PathBuf, String> {
    let chart = chart.trim();
    let path = Path::new(chart);
    if path.exists() {
        return std::path::absolute(path).map(|path| PathBuf::from(clean(&path))).map_err(|error| error.to_string());
    }
    if path.is_absolute() || chart.starts_with('.') {
        return Err(format!("path {chart:?} not found"));
    }
    if remote::is_url(chart) {
        return Err(remote::get(chart));
    }
    match chart.split_once('/') {
        Some((repository, _)) => Err(format!("repo {repository} not found")),
        None => Err(format!("non-absolute URLs should be in form of repo_name/path_to_chart, got: {chart}")),
    }
}

/// Loads the chart in a folder. Links that lead to files are followed and told in `warnings`.
pub(crate) fn chart(folder: &Path, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<Chart, String> {
    if folder.is_file() { archive(folder, helm) } else { self::folder(folder, helm, warnings) }
}

/// The same for what must be a folder.
pub(crate) fn folder(folder: &Path, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<Chart, String> {
    if helm == HelmVersion::V3 && !folder.is_dir() {
        return Err("Chart.yaml file is missing".to_owned());
    }
    let name = folder.join("Chart.yaml");
    if helm == HelmVersion::V4 {
        let shown = name.display().to_string();
        let own = fs::read(&name).map_err(|error| format!("unable to detect chart at {shown}: {}", os_error("open", &shown, &error)))?;
        Chart::check_own_file(&own).map_err(|error| error.to_string())?;
    }
    Chart::load_as(files(folder, helm, warnings)?, helm).map_err(|error| error.to_string())
}

/// The files of a chart's folder, but for what `.helmignore` names. Links are told in `warnings`.
pub(crate) fn files(folder: &Path, helm: HelmVersion, warnings: &mut Vec<String>) -> Result<Vec<SourceFile>, String> {
    let ignore = fs::read(folder.join(".helmignore")).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let rules = Rules::parse(&ignore).map_err(|error| error.to_string())?;
    let mut walk = Walk { helm, rules, files: Vec::new(), bytes: 0, entries: 0, warnings };
    walk.folder(folder, "")?;
    Ok(walk.files)
}

/// A packaged chart (`LoadFile`, `EnsureArchive`), which is unpacked as it is read.
fn archive(file: &Path, helm: HelmVersion) -> Result<Chart, String> {
    let name = file.display().to_string();
    let failed = |error: std::io::Error| os_error("open", &name, &error);
    let mut packed = BufReader::with_capacity(SNIFFED, fs::File::open(file).map_err(failed)?);
    let head = packed.fill_buf().map_err(failed)?;
    if !head.starts_with(b"\x1f\x8b\x08") {
        if name.ends_with(".yml") || name.ends_with(".yaml") {
            return Err(format!("file '{name}' seems to be a YAML file, but expected a gzipped archive"));
        }
        let kind = crate::sniff::content_type(head);
        return Err(format!("file '{name}' does not appear to be a gzipped archive; got '{kind}'"));
    }
    Chart::load_archive_as(packed, helm).map_err(|error| error.to_string())
}

/// How much of a file is read at once, and looked at to tell what it is.
const SNIFFED: usize = 64 << 10;

/// Where a link leads (`filepath.EvalSymlinks`), or the first part of the way that is not there.
fn resolve(link: &Path) -> Result<PathBuf, String> {
    let mut pending: Vec<PathBuf> = link.components().rev().map(|part| PathBuf::from(part.as_os_str())).collect();
    let mut found = PathBuf::new();
    let mut links = 0;
    while let Some(part) = pending.pop() {
        if part.as_os_str() == ".." {
            found.pop();
            continue;
        }
        let next = found.join(&part);
        let kind = fs::symlink_metadata(&next).map_err(|error| os_error("lstat", &next.display().to_string(), &error))?;
        if !kind.is_symlink() {
            found = next;
            continue;
        }
        links += 1;
        if links > MAX_LINKS {
            return Err("EvalSymlinks: too many links".to_owned());
        }
        let target = fs::read_link(&next).map_err(|error| os_error("readlink", &next.display().to_string(), &error))?;
        pending.extend(target.components().rev().map(|part| PathBuf::from(part.as_os_str())));
    }
    Ok(found)
}

/// Go's limit for links that lead to links.
const MAX_LINKS: usize = 255;

struct Walk<'a> {
    helm: HelmVersion,
    rules: Rules,
    files: Vec<SourceFile>,
    bytes: u64,
    entries: usize,
    warnings: &'a mut Vec<String>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, below: &str) -> Result<(), String> {
        let entries = fs::read_dir(folder).map_err(|error| os_error("open", &folder.display().to_string(), &error))?;
        let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        for name in names {
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            self.entry(&folder.join(&name), path)?;
        }
        Ok(())
    }

    fn entry(&mut self, place: &Path, path: String) -> Result<(), String> {
        self.entries += 1;
        if self.entries > MAX_ENTRIES {
            return Err(format!("chart holds more than {MAX_ENTRIES} files and folders"));
        }
        let mut kind = fs::symlink_metadata(place).map_err(|error| os_error("lstat", &place.display().to_string(), &error))?;
        if kind.is_symlink() {
            let link = place.display();
            let resolved = resolve(place).map_err(|error| format!("error evaluating symlink {link}: {error}"))?;
            kind = fs::symlink_metadata(&resolved).map_err(|error| os_error("lstat", &resolved.display().to_string(), &error))?;
            let resolved = resolved.display();
            self.warnings.push(match self.helm {
                HelmVersion::V3 => {
                    format!("walk.go:75: found symbolic link in path: {link} resolves to {resolved}. Contents of linked file included and used")
                }
                HelmVersion::V4 => format!(
                    "level=INFO msg=\"found symbolic link in path. Contents of linked file included and used\" path={link} resolved={resolved}"
                ),
            });
        }
        if self.rules.ignores(&path, kind.is_dir()) {
            return Ok(());
        }
        if kind.is_dir() {
            return self.folder(place, &path);
        }
        if !kind.is_file() {
            return Err(format!("cannot load irregular file {} as it has file mode type bits set", place.display()));
        }
        if self.helm == HelmVersion::V3 && kind.len() > MAX_FILE_BYTES_V3 {
            let name = chartwright_go::quote::quoted(path.rsplit('/').next().unwrap_or_default().as_bytes());
            return Err(format!("chart file {name} is larger than the maximum file size {MAX_FILE_BYTES_V3}"));
        }
        self.bytes += kind.len();
        let most = if self.helm == HelmVersion::V3 { MAX_CHART_BYTES_V3 } else { MAX_CHART_BYTES };
        if self.bytes > most {
            return Err(format!("error reading {path}: chart exceeds maximum decompressed size of {most} bytes"));
        }
        let shown = place.display().to_string();
        let bytes = fs::read(place).map_err(|error| format!("error reading {path}: {}", os_error("open", &shown, &error)))?;
        self.files.push(SourceFile { path, bytes });
        Ok(())
    }
}

/// Adds the subcharts that `file://` repositories name, as `--dependency-update` does, but writes no file. Gives what Helm prints.
pub(crate) fn update_dependencies(
    chart: &mut Chart,
    folder: &Path,
    helm: HelmVersion,
    warnings: &mut Vec<String>,
) -> Result<String, String> {
    let dependencies = chart.metadata().dependencies.clone();
    let printed = format!("Saving {} charts\nDeleting outdated charts\n", dependencies.len());
    let missing = chart.missing_dependencies();
    for dependency in &dependencies {
        if !missing.contains(&dependency.name) || chart.dependencies().iter().any(|known| known.name() == dependency.name) {
            continue;
        }
        let Some(path) = dependency.repository.strip_prefix("file://") else {
            return Err(format!(
                "dependency {:?} comes from {:?}: only file:// repositories can be used here, fetch it with `helm dependency update`",
                dependency.name, dependency.repository
            ));
        };
        let place = folder.join(path);
        let shown = || clean(&place);
        if !place.is_dir() {
            return Err(format!("directory {} not found", shown()));
        }
        let subchart = self::chart(&place, helm, warnings).map_err(|error| format!("unable to load chart '{}': {error}", shown()))?;
        if subchart.name() != dependency.name {
            return Err(format!("the chart in {} is called {:?}, not {:?}", shown(), subchart.name(), dependency.name));
        }
        if !chartwright_helm::is_compatible(&dependency.version, &subchart.metadata().version) {
            return Err(format!("can't get a valid version for dependency {}", dependency.name));
        }
        chart.add_dependency(subchart);
    }
    Ok(printed)
}

/// A path without `.` and `..`.
pub(crate) fn clean(path: &Path) -> String {
    let mut parts: Vec<std::path::Component<'_>> = Vec::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                parts.pop();
            }
            std::path::Component::CurDir => {}
            other => parts.push(other),
        }
    }
    parts.iter().collect::<PathBuf>().display().to_string()
}

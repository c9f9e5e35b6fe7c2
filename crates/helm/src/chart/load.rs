//! Sorts a chart's files into what they are (`pkg/chart/v2/loader/load.go`, `LoadFiles`).

use super::{Chart, Metadata, SourceFile};
use crate::values::layers;
use crate::{HelmVersion, LoadError};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How deep charts may lie in each other's `charts/`. Helm has no limit; a folder that deep is no chart that anyone made.
const MAX_DEPTH: usize = 64;

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Chart {
    /// Reads a chart from its files. The order of the files is the order of `.helmignore`-filtered folder walks: sorted by path.
    ///
    /// # Errors
    /// Helm's text for what it cannot load.
    pub fn load(files: Vec<SourceFile>) -> Result<Chart, LoadError> {
        Chart::load_as(files, HelmVersion::V4)
    }

    /// Looks at a Chart.yaml as Helm 4 does before it reads anything else.
    ///
    /// # Errors
    /// Helm's text for what it cannot read.
    pub fn check_own_file(bytes: &[u8]) -> Result<(), LoadError> {
        let file = SourceFile { path: "Chart.yaml".to_owned(), bytes: bytes.strip_prefix(BOM).unwrap_or(bytes).to_vec() };
        let text = text(&file, "cannot load Chart.yaml", HelmVersion::V4)?;
        Metadata::parse(&text).map(|_| ()).map_err(|error| go_types(error, HelmVersion::V4, false))
    }

    /// The same as another Helm reads them: what values.yaml means, what is refused and how warnings are worded depend on it.
    ///
    /// # Errors
    /// That Helm's text for what it cannot load.
    pub fn load_as(files: Vec<SourceFile>, helm: HelmVersion) -> Result<Chart, LoadError> {
        load(files, helm, 0, helm == HelmVersion::V4)
    }

    /// The same without a look at `apiVersion` first, as the linter loads a chart (`pkg/chart/v2/loader`).
    ///
    /// # Errors
    /// That Helm's text for what it cannot load.
    pub(crate) fn load_plainly(files: Vec<SourceFile>, helm: HelmVersion) -> Result<Chart, LoadError> {
        load(files, helm, 0, false)
    }
}

/// `detects` is whether the chart's `apiVersion` is looked at before the rest.
fn load(mut files: Vec<SourceFile>, helm: HelmVersion, depth: usize, detects: bool) -> Result<Chart, LoadError> {
    for file in &mut files {
        if file.bytes.starts_with(BOM) {
            file.bytes.drain(..BOM.len());
        }
    }
    let mut chart = Chart::default();
    let own = files.iter().find(|file| file.path == "Chart.yaml");
    let has_metadata = own.is_some();
    if let Some(own) = own {
        chart.metadata = Metadata::parse(&text(own, "cannot load Chart.yaml", helm)?).map_err(|error| go_types(error, helm, !detects))?;
    }
    match chart.metadata.api_version.as_str() {
        "v1" | "v2" => {}
        // Helm reads these too, and refuses them later.
        "v3" => {}
        _ if has_metadata && detects => return Err(LoadError::new("unsupported chart version")),
        _ => {}
    }
    let mut subcharts: BTreeMap<String, Vec<SourceFile>> = BTreeMap::new();
    for file in files {
        chart.take(file, helm, &mut subcharts)?;
    }
    if !has_metadata {
        return Err(LoadError::new("Chart.yaml file is missing"));
    }
    chart.metadata.validate()?;
    for (name, files) in subcharts {
        if name.starts_with(['_', '.']) {
            continue;
        }
        let unpacked = if depth == MAX_DEPTH {
            Err(LoadError::new(format!("charts lie more than {MAX_DEPTH} deep in each other")))
        } else if name.ends_with(".tgz") {
            if let Some(file) = files.first().filter(|file| file.path != name) {
                return Err(LoadError::new(format!(
                    "error unpacking subchart tar in {}: expected {name}, got {}",
                    chart.name(),
                    file.path
                )));
            }
            packaged(&files).and_then(|files| load(files, helm, depth + 1, false))
        } else {
            load(files.into_iter().filter_map(below_folder).collect(), helm, depth + 1, false)
        };
        let subchart = unpacked.map_err(|error| LoadError::new(format!("error unpacking subchart {name} in {}: {error}", chart.name())))?;
        chart.warnings.extend_from_slice(&subchart.warnings);
        chart.dependencies.push(Arc::new(subchart));
    }
    Ok(chart)
}

#[cfg(feature = "archives")]
fn packaged(files: &[SourceFile]) -> Result<Vec<SourceFile>, LoadError> {
    super::archive::files(files.first().map_or(&[][..], |file| file.bytes.as_slice()))
}

#[cfg(not(feature = "archives"))]
fn packaged(_: &[SourceFile]) -> Result<Vec<SourceFile>, LoadError> {
    Err(LoadError::new("it is a packaged chart, which is not supported here: unpack it"))
}

/// The text of a file of values. Helm 4 reads line by line, and ends the last one too: in UTF-16 that is half a character.
///
/// # Errors
/// Go's text for what is no text.
pub fn values_text(bytes: &[u8], helm: HelmVersion) -> Result<Cow<'_, str>, chartwright_yaml::ParseError> {
    if helm == HelmVersion::V3 || std::str::from_utf8(bytes).is_ok() {
        return chartwright_yaml::text(bytes);
    }
    let ended = [bytes, if bytes.ends_with(b"\n") { b"" } else { b"\n" }].concat();
    chartwright_yaml::text(&ended).map(|text| Cow::Owned(text.into_owned()))
}

/// The text of a file, which must be text.
fn text(file: &SourceFile, complaint: &str, helm: HelmVersion) -> Result<String, LoadError> {
    let text = values_text(&file.bytes, helm).map_err(|error| LoadError::new(format!("{complaint}: {}", error.message)))?;
    Ok(text.into_owned())
}

/// A lock is read and not used further.
fn check_lock(file: &SourceFile) -> Result<(), LoadError> {
    let read = chartwright_yaml::decode(&mut chartwright_value::Heap::default(), &file.bytes);
    read.map(|_| ()).map_err(|error| LoadError::new(format!("cannot load {}: {}", file.path, error.message)))
}

/// Helm 4 looks at a chart's `apiVersion` before it reads the rest, into a type of its own; Helm 3 and subcharts' metadata are read at once.
fn go_types(error: LoadError, helm: HelmVersion, at_once: bool) -> LoadError {
    let base =
        |text: &str| text.replace("chartBase.apiVersion", "Metadata.apiVersion").replace("type loader.chartBase", "type v2.Metadata");
    LoadError::new(match (helm, at_once) {
        (HelmVersion::V3, _) => base(&error.message).replace("v2.", "chart."),
        (HelmVersion::V4, true) => base(&error.message),
        (HelmVersion::V4, false) => error.message,
    })
}

/// A file of a folder under `charts/`, seen from that folder. A file that lies in `charts/` itself belongs to no chart.
fn below_folder(file: SourceFile) -> Option<SourceFile> {
    let (_, path) = file.path.split_once('/')?;
    Some(SourceFile { path: path.to_owned(), bytes: file.bytes })
}

impl Chart {
    fn take(&mut self, file: SourceFile, helm: HelmVersion, subcharts: &mut BTreeMap<String, Vec<SourceFile>>) -> Result<(), LoadError> {
        match file.path.as_str() {
            "Chart.yaml" => {}
            "Chart.lock" => {
                check_lock(&file)?;
                self.lock = Some(file.text().into_owned());
            }
            "values.yaml" => {
                self.has_values = true;
                let place = if helm == HelmVersion::V4 {
                    "cannot load values.yaml: cannot unmarshal yaml document"
                } else {
                    "cannot load values.yaml"
                };
                self.values_text = text(&file, place, helm)?;
                let values = layers::parse_values(&self.values_text, helm);
                self.values = Arc::new(values.map_err(|error| LoadError::new(format!("cannot load values.yaml: {}", error.message)))?);
            }
            "values.schema.json" => self.schema = Some(file.text().into_owned()),
            "requirements.yaml" => {
                let text = file.text().into_owned();
                self.metadata.take_requirements(&text).map_err(|error| go_types(error, helm, true))?;
                self.keep_old_file(
                    file,
                    helm,
                    120,
                    "Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.",
                );
            }
            "requirements.lock" => {
                check_lock(&file)?;
                self.keep_old_file(
                    file,
                    helm,
                    138,
                    "Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.",
                );
            }
            path if path.starts_with("templates/") => self.templates.push(file),
            path if path.starts_with("charts/") && !path.ends_with(".prov") => {
                let path = path["charts/".len()..].to_owned();
                let folder = path.split('/').next().unwrap_or_default().to_owned();
                subcharts.entry(folder).or_default().push(SourceFile { path, bytes: file.bytes });
            }
            _ => self.files.push(file),
        }
        Ok(())
    }

    /// requirements.yaml and its lock are files of a `v1` chart, and a warning in any other.
    fn keep_old_file(&mut self, file: SourceFile, helm: HelmVersion, line: u32, warning: &str) {
        if self.metadata.api_version == "v1" {
            self.files.push(file);
        } else {
            self.warnings.push(crate::log::printed(helm, &format!("load.go:{line}"), &format!("Warning: {warning}")));
        }
    }
}

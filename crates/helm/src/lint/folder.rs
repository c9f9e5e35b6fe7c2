//! What the linter is given of a chart's folder: it looks at some files beside those that make up the chart.

use crate::SourceFile;
#[cfg(feature = "archives")]
use crate::chart::ignore::Rules;

/// What lies at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing.
    Missing,
    /// A folder; reading it as a file gives this text.
    Folder(String),
    /// A file and its bytes. Where only its kind matters, they may be left out.
    File(Vec<u8>),
    /// What cannot be looked at or read, and why.
    Unreadable(String),
}

impl Entry {
    /// The bytes, or what `os.ReadFile` says.
    pub(super) fn bytes(&self) -> Result<&[u8], &str> {
        match self {
            Entry::File(bytes) => Ok(bytes),
            Entry::Folder(why) | Entry::Unreadable(why) => Err(why),
            Entry::Missing => Err("no such file or directory"),
        }
    }

    pub(super) fn is_folder(&self) -> bool {
        matches!(self, Entry::Folder(_))
    }
}

/// A chart's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its absolute path, which stands in messages about dependencies.
    pub place: String,
    /// Chart.yaml.
    pub chart_file: Entry,
    /// values.yaml, whether `.helmignore` names it or not.
    pub values: Entry,
    /// values.schema.json.
    pub schema: Entry,
    /// `templates`.
    pub templates: Entry,
    /// `crds`.
    pub crds: Entry,
    /// The files that make up the chart, or why they cannot be read.
    pub files: Result<Vec<SourceFile>, String>,
    /// Lines for stderr that reading them gave.
    pub told: Vec<String>,
}

#[cfg(feature = "archives")]
impl Folder {
    /// A packaged chart's files ([`crate::Chart::unpack`]) as the folder that Helm would unpack them into, at a place of its own.
    ///
    /// # Errors
    /// Helm's text for what it does not unpack (`pkg/chart/v2/util/expand.go`).
    pub fn unpacked(files: Vec<SourceFile>, helm: crate::HelmVersion, parent: &str) -> Result<Folder, String> {
        let mut name = String::new();
        for file in files.iter().filter(|file| file.path == "Chart.yaml") {
            let raw = crate::chart::metadata::Raw::parse(&file.bytes, helm).map_err(|error| format!("cannot load Chart.yaml: {error}"))?;
            name = raw.metadata().name;
        }
        let quoted = chartwright_go::quote::quoted(name.as_bytes());
        match name.as_str() {
            "" => return Err("chart name not specified".to_owned()),
            "." | ".." => return Err(format!("chart name {quoted} is not allowed")),
            name if name.contains('/') => return Err(format!("chart name {quoted} must not contain path separators")),
            _ => {}
        }
        let place = format!("{parent}/{name}");
        let entry = |path: &str| match files.iter().rfind(|file| file.path == path) {
            Some(file) => Entry::File(file.bytes.clone()),
            None if files.iter().any(|file| file.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))) => {
                Entry::Folder(format!("read {place}/{path}: is a directory"))
            }
            None => Entry::Missing,
        };
        let (chart_file, values, schema) = (entry("Chart.yaml"), entry("values.yaml"), entry("values.schema.json"));
        let (templates, crds) = (entry("templates"), entry("crds"));
        Ok(Folder { chart_file, values, schema, templates, crds, files: loaded(files), told: Vec::new(), place })
    }
}

/// The files that a walk through the folder gives: in its order, and without what `.helmignore` names.
#[cfg(feature = "archives")]
fn loaded(mut files: Vec<SourceFile>) -> Result<Vec<SourceFile>, String> {
    let ignore = files.iter().find(|file| file.path == ".helmignore").map(|file| file.text().into_owned()).unwrap_or_default();
    let rules = Rules::parse(&ignore).map_err(|error| error.message)?;
    let is_kept = |path: &str| {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        !folders.into_iter().any(|folder| rules.ignores(folder, true)) && !rules.ignores(path, false)
    };
    files.retain(|file| is_kept(&file.path));
    chartwright_go::sort::by(&mut files, |a, b| a.path.split('/').cmp(b.path.split('/')));
    // Of files with one name, the last is what was written last.
    files.reverse();
    files.dedup_by(|later, earlier| later.path == earlier.path);
    files.reverse();
    Ok(files)
}

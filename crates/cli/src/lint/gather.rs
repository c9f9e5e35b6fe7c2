//! What there is to lint below the paths of the command line: charts, and sets of manifest files.

use super::manifest::{self, Kept, Manifest};
use super::terms::nearest;
use super::threads::side_by_side;
use crate::load::{self, os_error};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// How many files and folders are looked at below one path.
const MAX_ENTRIES: usize = 200_000;

/// What standard input is called.
pub(super) const STDIN: &str = "<stdin>";

/// Something that is linted for itself: references lead nowhere outside of it.
pub(super) enum Target {
    /// A chart's folder or archive, as it was named.
    Chart(PathBuf),
    /// Manifest files that are applied together, with the path that they were found below, or the first that was named.
    Manifests { below: String, files: Vec<Manifest> },
}

impl Target {
    /// Where it stands: what project file it is judged by, is looked for upwards from there.
    pub(super) fn place(&self) -> &Path {
        match self {
            Target::Chart(path) => path,
            Target::Manifests { below, .. } if below == STDIN => Path::new("."),
            Target::Manifests { below, .. } => Path::new(below),
        }
    }
}

/// All of it.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) targets: Vec<Target>,
    /// What was left out, and why: a line each.
    pub(super) notes: Vec<String>,
}

/// Looks through the paths. Files that are named one by one are one set, or one for each project file that they are judged by; those of a folder are one.
///
/// # Errors
/// The first path that cannot be read.
pub(super) fn gather(paths: &[String]) -> Result<Gathered, String> {
    let mut gathered = Gathered::default();
    let mut named: BTreeMap<Option<PathBuf>, Vec<Manifest>> = BTreeMap::new();
    let mut charts = BTreeSet::new();
    for path in paths {
        if path == "-" {
            let text = String::from_utf8_lossy(&load::read("-")?).into_owned();
            named.entry(nearest(Path::new("."))).or_default().push(Manifest { path: STDIN.to_owned(), text });
            continue;
        }
        let place = Path::new(path);
        let kind = fs::metadata(place).map_err(|error| os_error("open", path, &error))?;
        if kind.is_dir() {
            let mut walk = Walk { gathered: &mut gathered, charts: &mut charts, files: Vec::new(), entries: 0 };
            walk.folder(place)?;
            let files = walk.files;
            let files = gathered.manifests(files)?;
            if !files.is_empty() {
                gathered.targets.push(Target::Manifests { below: path.clone(), files });
            }
        } else if let Some(chart) = chart_of(place) {
            if charts.insert(chart.clone()) {
                gathered.targets.push(Target::Chart(chart));
            }
        } else {
            let text = String::from_utf8_lossy(&load::read(path)?).into_owned();
            match manifest::kept(path, &text) {
                Kept::Skipped(why) => gathered.notes.push(format!("{path}: {why}; skipped")),
                _ => named.entry(nearest(place)).or_default().push(Manifest { path: path.clone(), text }),
            }
        }
    }
    for files in named.into_values() {
        let below = files.first().map(|file| file.path.clone()).unwrap_or_default();
        gathered.targets.push(Target::Manifests { below, files });
    }
    Ok(gathered)
}

impl Gathered {
    /// The manifests among files, without what kustomizations name as patches.
    fn manifests(&mut self, places: Vec<PathBuf>) -> Result<Vec<Manifest>, String> {
        let mut files = Vec::with_capacity(places.len());
        let mut patches = BTreeSet::new();
        for (place, read) in places.iter().zip(side_by_side(&places, |place| open(place))) {
            let (file, kept) = read?;
            let json = place.extension().is_some_and(|extension| extension == "json");
            match kept {
                Kept::Manifest => files.push((place, file)),
                // Any folder is full of JSON that has nothing to do with it.
                Kept::Skipped(_) | Kept::Unreadable(_) if json => {}
                Kept::Skipped(why) | Kept::Unreadable(why) => {
                    let folder = place.parent().unwrap_or(Path::new(""));
                    patches.extend(manifest::patches(&file.text).into_iter().map(|patch| tidy(&folder.join(patch))));
                    self.notes.push(format!("{}: {why}; skipped", file.path));
                }
            }
        }
        let mut kept = Vec::with_capacity(files.len());
        for (place, file) in files {
            if !patches.is_empty() && patches.contains(&tidy(place)) {
                self.notes.push(format!("{}: a patch of kustomize's, no whole object; skipped", file.path));
            } else {
                kept.push(file);
            }
        }
        Ok(kept)
    }
}

/// The chart that a file belongs to: an archive is one itself, files of a chart's folder stand for the whole chart.
fn chart_of(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?.to_string_lossy();
    if name.ends_with(".tgz") || name.ends_with(".tar.gz") {
        return Some(file.to_owned());
    }
    let absolute = std::path::absolute(file).ok()?;
    // The topmost, since subcharts stand in charts.
    let above = absolute.ancestors().skip(1).zip(file.ancestors().skip(1));
    let (chart, shown) = above.filter(|(absolute, _)| absolute.join("Chart.yaml").is_file()).last()?;
    let inside = absolute.strip_prefix(chart).ok()?;
    let first = inside.components().next()?.as_os_str().to_string_lossy();
    let is_part = inside.components().count() > 1 && matches!(&*first, "templates" | "charts" | "crds" | "ci")
        || matches!(&*first, "Chart.yaml" | "Chart.lock" | ".helmignore" | "values.schema.json")
        || first.starts_with("values") && first.ends_with(".yaml");
    is_part.then(|| if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown.to_owned() })
}

struct Walk<'a> {
    gathered: &'a mut Gathered,
    charts: &'a mut BTreeSet<PathBuf>,
    /// What may be manifests by their names.
    files: Vec<PathBuf>,
    entries: usize,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) -> Result<(), String> {
        // The folders that are still to be looked at, the next last.
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            if folder.join("Chart.yaml").is_file() {
                if self.charts.insert(folder.clone()) {
                    self.gathered.targets.push(Target::Chart(folder));
                }
                continue;
            }
            let entries = fs::read_dir(&folder).map_err(|error| os_error("open", &shown(&folder), &error))?;
            let mut entries: Vec<_> = entries.flatten().collect();
            entries.sort_by_cached_key(fs::DirEntry::file_name);
            let mut below = Vec::new();
            for entry in entries {
                self.entries += 1;
                if self.entries > MAX_ENTRIES {
                    return Err(format!("{}: more than {MAX_ENTRIES} files and folders", shown(&folder)));
                }
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with('.') || name == "node_modules" {
                    continue;
                }
                let place = entry.path();
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => below.push(place),
                    Ok(kind) if kind.is_file() => self.file(place, &name),
                    // A link to a folder may lead upwards.
                    Ok(kind) if kind.is_symlink() && place.is_file() => self.file(place, &name),
                    _ => {}
                }
            }
            open.extend(below.into_iter().rev());
        }
        Ok(())
    }

    fn file(&mut self, place: PathBuf, name: &str) {
        if name.ends_with(".tgz") {
            if is_packed_chart(&place) && self.charts.insert(place.clone()) {
                self.gathered.targets.push(Target::Chart(place));
            }
        } else if [".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending)) {
            self.files.push(place);
        }
    }
}

/// A file, and what it is.
fn open(place: &Path) -> Result<(Manifest, Kept), String> {
    let path = shown(place);
    let bytes = load::read(&path)?;
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let kept = manifest::kept(&path, &text);
    Ok((Manifest { path, text }, kept))
}

/// Whether an archive holds a chart: others lie about in folders too.
fn is_packed_chart(file: &Path) -> bool {
    load::chart(file, chartwright_helm::HelmVersion::V4, &mut Vec::new()).is_ok()
}

/// A path without `.` and without `..` that leads back out of a folder it names.
pub(super) fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// A path as reports show it.
pub(super) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

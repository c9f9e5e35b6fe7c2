//! A chart from outside as a chart's files: which folder it is, and whether it can be read at all. Nothing of it is trusted.

use crate::protocol::{Dropped, DroppedContent};
use chartwright_helm::{Chart, MAX_CHART_BYTES, SourceFile};

/// A folder with more files than this is not taken in.
const MAX_FILES: usize = 20_000;

/// Why a dropped chart is not taken in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no chart, or none that can be read.
    Fault(String),
    /// This engine cannot unpack, the full one can.
    NeedsFull,
}

/// The files of a dropped chart below its own folder.
pub(crate) fn files(dropped: Dropped) -> Result<Vec<SourceFile>, Refusal> {
    let name = dropped.name;
    let fault = |what: &str| Refusal::Fault(format!("{name} is not taken in: {what}."));
    let files = match dropped.content {
        DroppedContent::Archive(bytes) => unpack(&bytes, &fault)?,
        DroppedContent::Files(files) => {
            if files.len() > MAX_FILES {
                return Err(fault(&format!("it has more than {MAX_FILES} files")));
            }
            if files.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>() > MAX_CHART_BYTES {
                return Err(fault(&format!("it has more than {MAX_CHART_BYTES} bytes")));
            }
            chosen(files).map_err(|what| fault(&what))?
        }
    };
    if !cfg!(feature = "rare") && files.iter().any(|file| file.path.starts_with("charts/") && file.path.ends_with(".tgz")) {
        return Err(Refusal::NeedsFull);
    }
    Ok(files)
}

#[cfg(feature = "rare")]
fn unpack(bytes: &[u8], fault: &dyn Fn(&str) -> Refusal) -> Result<Vec<SourceFile>, Refusal> {
    Chart::unpack(bytes).map_err(|error| fault(&error.message))
}

#[cfg(not(feature = "rare"))]
fn unpack(_: &[u8], _: &dyn Fn(&str) -> Refusal) -> Result<Vec<SourceFile>, Refusal> {
    Err(Refusal::NeedsFull)
}

/// The files below the folder of the highest Chart.yaml.
fn chosen(files: Vec<(String, Vec<u8>)>) -> Result<Vec<SourceFile>, String> {
    let folder =
        |path: &str| path.strip_suffix("Chart.yaml").filter(|folder| folder.is_empty() || folder.ends_with('/')).map(str::to_owned);
    let mut folders: Vec<String> = files.iter().filter_map(|(path, _)| folder(path)).collect();
    let depth = |folder: &String| folder.matches('/').count();
    let Some(highest) = folders.iter().map(depth).min() else { return Err("there is no Chart.yaml in it".to_owned()) };
    folders.retain(|folder| depth(folder) == highest);
    let [top] = folders.as_slice() else { return Err(format!("it holds {} charts: drop one of them", folders.len())) };
    let below = |(path, bytes): (String, Vec<u8>)| {
        let path = path.strip_prefix(top.as_str())?.to_owned();
        (!path.is_empty() && !path.split('/').any(|part| matches!(part, "" | "." | ".."))).then_some(SourceFile { path, bytes })
    };
    let mut files: Vec<SourceFile> = files.into_iter().filter_map(below).collect();
    chartwright_go::sort::by(&mut files, |a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}

/// Whether a chart's files can be loaded: what Helm says, if not.
pub(crate) fn name_of(files: &[SourceFile]) -> Result<String, String> {
    Chart::load(files.to_vec()).map(|chart| chart.name().to_owned()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(paths: &[&str]) -> Dropped {
        let files = paths.iter().map(|path| ((*path).to_owned(), b"x".to_vec())).collect();
        Dropped { name: "f".to_owned(), content: DroppedContent::Files(files) }
    }

    #[track_caller]
    fn check(paths: &[&str], expected: Result<&[&str], &str>) {
        let found = files(folder(paths)).map(|files| files.into_iter().map(|file| file.path).collect::<Vec<_>>());
        let expected = expected
            .map(|paths| paths.iter().map(|path| (*path).to_owned()).collect())
            .map_err(|what| Refusal::Fault(format!("f is not taken in: {what}.")));
        assert_eq!(found, expected);
    }

    #[test]
    fn the_highest_chart_of_a_folder() {
        check(&["Chart.yaml", "templates/a.yaml"], Ok(&["Chart.yaml", "templates/a.yaml"]));
        check(&["x/charts/y/Chart.yaml", "x/Chart.yaml", "README.md"], Ok(&["Chart.yaml", "charts/y/Chart.yaml"]));
        check(&["x/Chart.yaml", "x/../Chart.yaml", "x//a"], Ok(&["Chart.yaml"]));
        check(&["x/Chart.yaml", "x/Chart.yaml"], Err("it holds 2 charts: drop one of them"));
        check(&["x/Chart.yaml", "y/Chart.yaml"], Err("it holds 2 charts: drop one of them"));
        check(&["x/MyChart.yaml"], Err("there is no Chart.yaml in it"));
        check(&[], Err("there is no Chart.yaml in it"));
    }

    #[test]
    fn what_is_no_archive() {
        let archive = |bytes: &[u8]| files(Dropped { name: "a.tgz".to_owned(), content: DroppedContent::Archive(bytes.to_vec()) });
        for bytes in [&b""[..], b"hello", b"\x1f\x8b\x08", b"\x1f\x8b\x08\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0\0\0"] {
            assert!(archive(bytes).is_err(), "{bytes:?}");
        }
    }
}

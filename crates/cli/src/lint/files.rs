//! Where a chart's files are in the file system: reports name files that can be opened.

use super::found::Spot;
use super::gather::{shown, tidy};
use chartwright_helm::Chart;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The files of a chart, by the names that Helm gives them.
pub(super) struct Files<'a> {
    chart: &'a Chart,
    /// The chart's folder; nothing for an archive.
    folder: Option<PathBuf>,
    /// What was looked up: where it is, and its lines.
    known: HashMap<String, (String, Option<Vec<String>>)>,
}

impl<'a> Files<'a> {
    pub(super) fn new(chart: &'a Chart, place: &Path) -> Files<'a> {
        Files { chart, folder: place.is_dir().then(|| place.to_owned()), known: HashMap::new() }
    }

    /// A place in a file of the chart, named as Helm names it: `CHART/templates/x.yaml`.
    pub(super) fn template(&mut self, name: &str, line: u32, column: u32) -> Spot {
        let inside = name.split_once('/').map_or(name, |(_, inside)| inside).to_owned();
        self.spot(&inside, name, line, column)
    }

    /// A place in a file of the chart, named from its root: `values.yaml`.
    pub(super) fn own(&mut self, inside: &str, line: u32, column: u32) -> Spot {
        let name = format!("{}/{inside}", self.chart.name());
        self.spot(inside, &name, line, column)
    }

    fn spot(&mut self, inside: &str, name: &str, line: u32, column: u32) -> Spot {
        let (chart, folder) = (self.chart, self.folder.as_deref());
        let (file, lines) = self.known.entry(inside.to_owned()).or_insert_with(|| {
            let place = folder.and_then(|folder| locate(chart, folder, inside));
            let text = place.as_ref().and_then(|place| std::fs::read(place).ok()).or_else(|| packed(chart, inside));
            let lines = text.map(|text| String::from_utf8_lossy(&text).lines().map(str::to_owned).collect());
            (place.map_or_else(|| name.to_owned(), |place| shown(&place)), lines)
        });
        let text = lines.as_ref().and_then(|lines| lines.get((line as usize).checked_sub(1)?).cloned());
        Spot::new(file.clone(), line, column, text)
    }
}

/// Where a file stands: in the chart's folder, or in that of a dependency which is a folder elsewhere.
fn locate(chart: &Chart, folder: &Path, inside: &str) -> Option<PathBuf> {
    let (mut chart, mut folder, mut rest) = (chart, folder.to_owned(), inside);
    loop {
        let place = folder.join(rest);
        if place.is_file() {
            return Some(place);
        }
        let (name, below) = rest.strip_prefix("charts/")?.split_once('/')?;
        let named = |known: &str| known == name;
        let declared = chart.metadata().dependencies.iter().find(|known| named(&known.alias) || named(&known.name));
        let own = declared.map_or(name, |declared| declared.name.as_str());
        let unpacked = [name, own].map(|name| folder.join("charts").join(name)).into_iter().find(|place| place.is_dir());
        let elsewhere = || Some(folder.join(declared?.repository.strip_prefix("file://")?));
        folder = tidy(&unpacked.or_else(elsewhere).filter(|place| place.is_dir())?);
        chart = chart.dependencies().iter().find(|subchart| subchart.name() == own)?;
        rest = below;
    }
}

/// What a file holds that was read from an archive.
fn packed(chart: &Chart, inside: &str) -> Option<Vec<u8>> {
    let (mut chart, mut rest) = (chart, inside);
    while let Some((name, below)) = rest.strip_prefix("charts/").and_then(|rest| rest.split_once('/')) {
        let declared = chart.metadata().dependencies.iter().find(|known| known.alias == name);
        let own = declared.map_or(name, |declared| declared.name.as_str());
        chart = chart.dependencies().iter().find(|subchart| subchart.name() == own)?;
        rest = below;
    }
    if rest == "values.yaml" {
        return Some(chart.values_text().as_bytes().to_owned());
    }
    chart.templates().iter().chain(chart.files()).find(|file| file.path == rest).map(|file| file.bytes.to_vec())
}

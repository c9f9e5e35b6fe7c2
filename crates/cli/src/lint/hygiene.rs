//! A chart's own findings: of its files and values, not of what it renders to.

use super::found::{Found, Spot};
use super::gather::shown;
use super::ground::Ground;
use super::options::Options;
use super::terms::Terms;
use chartwright_configure::hygiene::{self, Hygiene};
use chartwright_helm::lint::Folder;
use chartwright_helm::{Chart, Engine, RenderError, ValuesLayer};
use chartwright_lint::chart::ChartFinding;
use std::path::Path;

/// What came of a chart before it is looked at.
pub(super) enum Outcome<'a> {
    /// It does not load.
    NotLoaded,
    /// It is none that renders.
    NotRendered,
    /// It does not render.
    Failed(&'a RenderError),
    /// This has rendered it.
    Rendered(&'a Engine),
}

/// Looks at a chart. Says, too, whether what is found explains why it does not load or render.
pub(super) fn look(
    place: &Path,
    chart: Option<&Chart>,
    layers: &[ValuesLayer<'_>],
    outcome: &Outcome<'_>,
    options: &Options,
    terms: &Terms,
    ground: &Ground,
) -> (Vec<Found>, bool) {
    let Ok(folder) = super::helm::folder(&shown(place), options.helm) else {
        return (Vec::new(), false);
    };
    let own = |path: &str| {
        let files = folder.files.as_ref().map(Vec::as_slice).unwrap_or_default();
        files.iter().find(|file| file.path == path).map(|file| file.text().into_owned())
    };
    let asked = Hygiene {
        chart_file: &folder.chart_file,
        text: &own,
        chart,
        layers,
        helm: options.helm,
        failure: if let Outcome::Failed(error) = outcome { Some(error) } else { None },
        engine: if let Outcome::Rendered(engine) = outcome { Some(engine) } else { None },
    };
    let looked = hygiene::look(&ground.linter(terms), &asked, terms.profile);
    let found = looked.findings.into_iter().map(|finding| told(place, &folder, layers, finding)).collect();
    (found, looked.is_cause)
}

fn told(place: &Path, folder: &Folder, layers: &[ValuesLayer<'_>], finding: ChartFinding) -> Found {
    let given = layers.iter().find_map(|layer| match layer {
        ValuesLayer::File { name, text } if *name == finding.place.file => Some((*text).to_owned()),
        _ => None,
    });
    let files = folder.files.as_ref().map(Vec::as_slice).unwrap_or_default();
    let own = || files.iter().find(|file| file.path == finding.place.file).map(|file| file.text().into_owned());
    let file = match given {
        Some(_) => finding.place.file.clone(),
        None if place.is_dir() => shown(&place.join(&finding.place.file)),
        None => format!("{}/{}", shown(place), finding.place.file),
    };
    let text = given.or_else(own);
    let line = text.and_then(|text| text.lines().nth(finding.place.line.checked_sub(1)? as usize).map(str::to_owned));
    let indent = line.as_ref().map_or(0, |line| line.chars().take_while(|c| c.is_whitespace() || *c == '-').count());
    let column = if line.is_some() { u32::try_from(indent + 1).unwrap_or(0) } else { 0 };
    let spot = Spot::new(file, finding.place.line, column, line);
    let found = Found::new(finding.rule, finding.severity, spot, finding.message, finding.reason, finding.cure);
    Found { pointer: finding.place.pointer, chart: Some(shown(place)), ..found }
}

//! What each line of a render came from, kept beside the render: its paths by line.

use super::super::documents::Shown;
use crate::protocol::{DocumentMarks, Path, Source};
use chartwright_helm::{Lines, PathId, Rendered, Step, Trace};
use std::collections::HashMap;

/// The paths behind each line of a render's documents.
#[derive(Default)]
pub(crate) struct Origins {
    /// By document, in the render's order.
    documents: Vec<Option<Lines>>,
    paths: HashMap<PathId, Path>,
}

impl Origins {
    /// Takes what the trace of a render tells.
    pub(crate) fn of(trace: &Trace<'_>, rendered: &Rendered) -> Origins {
        let documents: Vec<Option<Lines>> = rendered.documents.iter().map(|document| trace.lines(document)).collect();
        let mut paths = HashMap::new();
        for (origins, conditions) in documents.iter().flatten().flat_map(|lines| &lines.told) {
            for &id in origins.iter().chain(conditions) {
                paths.entry(id).or_insert_with(|| path(&trace.steps(id)));
            }
        }
        Origins { documents, paths }
    }

    /// The source of each line that is shown of a document: that of the values that stand in it.
    pub(crate) fn sources(&self, number: usize, shown: &Shown, known: &mut Known<'_>) -> Vec<Source> {
        let count = crate::text::diff::lines(&shown.text).len();
        let Some(Some(lines)) = self.documents.get(number) else { return vec![Source::Default; count] };
        let mut highest = |ids: &[PathId]| ids.iter().map(|id| known.source(&self.paths, *id)).max().unwrap_or_default();
        let told: Vec<Source> = lines.told.iter().map(|(origins, _)| highest(origins)).collect();
        let source = |line: u32| told.get(*lines.lines.get(shown.content_line(line)?)? as usize).copied();
        (1..=count as u32).map(|line| source(line).unwrap_or_default()).collect()
    }

    /// The lines of a document that a value, or what is below it, makes or decides about.
    pub(crate) fn marks(&self, number: usize, shown: &Shown, path: &[String]) -> Option<DocumentMarks> {
        let lines = self.documents.get(number)?.as_ref()?;
        let within = |ids: &[PathId]| ids.iter().any(|id| self.paths.get(id).is_some_and(|known| known.starts_with(path)));
        let told: Vec<(bool, bool)> = lines.told.iter().map(|(origins, conditions)| (within(origins), within(conditions))).collect();
        if !told.iter().any(|(makes, steers)| *makes || *steers) {
            return None;
        }
        let mut marks = DocumentMarks { document: shown.id.clone(), ..DocumentMarks::default() };
        for line in 1..=crate::text::diff::lines(&shown.text).len() as u32 {
            let told = shown.content_line(line).and_then(|at| told.get(*lines.lines.get(at)? as usize));
            match told {
                Some((true, _)) => extend(&mut marks.makes, line),
                Some((false, true)) => extend(&mut marks.steers, line),
                _ => {}
            }
        }
        (!marks.makes.is_empty() || !marks.steers.is_empty()).then_some(marks)
    }
}

/// Adds a line to runs of lines.
fn extend(runs: &mut Vec<(u32, u32)>, line: u32) {
    match runs.last_mut() {
        Some((first, count)) if *first + *count == line => *count += 1,
        _ => runs.push((line, 1)),
    }
}

/// The sources of paths, each worked out once.
pub(crate) struct Known<'a> {
    by_id: HashMap<PathId, Source>,
    source: &'a dyn Fn(&[String]) -> Source,
}

impl<'a> Known<'a> {
    /// `source` says where the value at a path comes from.
    pub(crate) fn new(source: &'a dyn Fn(&[String]) -> Source) -> Known<'a> {
        Known { by_id: HashMap::new(), source }
    }

    fn source(&mut self, paths: &HashMap<PathId, Path>, id: PathId) -> Source {
        *self.by_id.entry(id).or_insert_with(|| paths.get(&id).map_or(Source::Default, |path| (self.source)(path)))
    }
}

/// A path as the page names it.
pub(crate) fn path(steps: &[Step]) -> Path {
    let step = |step: &Step| match step {
        Step::Key(key) => String::from_utf8_lossy(key).into_owned(),
        Step::Item(item) => item.to_string(),
    };
    steps.iter().map(step).collect()
}

//! What a trace tells of whole documents.

use super::Trace;
use crate::Document;
use chartwright_template::trace::Lines;

impl Trace<'_> {
    /// What each line of a document came from, as [`Trace::range`] says it. Nothing for what no template wrote, such as the chart's `crds/`.
    pub fn lines(&self, document: &Document) -> Option<Lines> {
        let (last, trace) = self.file(&document.source)?;
        let mut at = document.offset as usize;
        let lines = document.content.split('\n').map(|line| {
            let begins = at;
            at += line.len() + 1;
            begins..begins + line.len()
        });
        Some(trace.lines(&self.prepared.tracer, &last.output, lines))
    }
}

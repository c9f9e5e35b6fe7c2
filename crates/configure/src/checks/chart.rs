//! What is found in the chart itself and in values files: judged anew where what is known of them, or what is asked for, is another than before.

use super::request::{ChartRequest, FileRequest};
use super::{Checks, Found};
use crate::hygiene::{ValuesText, judge};
use crate::protocol::{FindingView, PlaceView};
use chartwright_kube::object::ObjectRef;
use chartwright_lint::chart::ChartFinding;
use std::collections::HashMap;

/// What is known with the values of each environment, and what was found of it.
pub(super) type Charts = HashMap<String, (ChartRequest, Vec<Found>)>;

impl Checks {
    /// Judges what a request says. What it does not speak of is forgotten.
    pub(super) fn judge_charts(&mut self, asked: &[ChartRequest]) {
        let mut before = std::mem::take(&mut self.charts);
        for chart in asked {
            let known = before.remove(&chart.environment).filter(|(known, _)| known == chart);
            let found = known.map_or_else(|| self.judge_chart(chart), |(_, found)| found);
            self.charts.insert(chart.environment.clone(), (chart.clone(), found));
        }
    }

    fn judge_chart(&self, chart: &ChartRequest) -> Vec<Found> {
        let text = |file: &'_ FileRequest| self.texts.get(&file.hash).map(String::as_str).unwrap_or_default();
        let files: Vec<ValuesText<'_>> =
            chart.files.iter().map(|file| ValuesText { name: &file.name, text: text(file), is_own: file.is_own }).collect();
        judge(&self.linter, &chart.facts, &files, self.settings.2).into_iter().map(found).collect()
    }
}

fn found(finding: ChartFinding) -> Found {
    let view = FindingView {
        rule: finding.rule.to_owned(),
        severity: super::severity(finding.severity),
        place: PlaceView { file: finding.place.file.clone(), line: finding.place.line, ..PlaceView::default() },
        message: finding.message,
        reason: finding.reason.to_owned(),
        cure: finding.cure,
        field: Some(finding.place.pointer.clone()).filter(|pointer| !pointer.is_empty()),
        ..FindingView::default()
    };
    // What stands at a place without a pointer is known by what is said of it.
    let pointer = format!("{} {}", finding.place.pointer, view.message);
    Found { object: ObjectRef::default(), pointer, template: finding.place.file, view }
}

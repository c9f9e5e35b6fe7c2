//! The project file's exclusions: they silence findings, and those that silence none are told of.

use super::found::{Found, Report, Silence, Spot};
use super::terms::Terms;
use chartwright_lint::project::Exclusion;
use chartwright_lint::rules::{self, RULES};
use std::path::Path;

/// Which exclusions of a project file were of use.
pub(super) struct Exclusions<'a> {
    terms: &'a Terms,
    used: Vec<bool>,
    /// The charts and manifest files that were judged, as the project file names them.
    judged: Vec<String>,
}

impl<'a> Exclusions<'a> {
    pub(super) fn new(terms: &'a Terms) -> Exclusions<'a> {
        Exclusions { terms, used: vec![false; terms.project.exclusions.len()], judged: Vec::new() }
    }

    /// Silences what is excluded.
    pub(super) fn apply(&mut self, report: &mut Report) {
        let exclusions = &self.terms.project.exclusions;
        if exclusions.is_empty() {
            return;
        }
        let judged = report.charts.iter().chain(&report.files);
        self.judged.extend(judged.filter_map(|path| self.terms.inside(path)));
        for found in &mut report.findings {
            // What cannot be rendered cannot be lived with.
            if found.rule == rules::CHART_RENDER.id || found.silenced.is_some() {
                continue;
            }
            let files =
                [Some(found.home().file.as_str()), found.chart.is_none().then_some(found.spot.file.as_str()), found.chart.as_deref()];
            let files: Vec<String> = files.into_iter().flatten().filter_map(|file| self.terms.inside(file)).collect();
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            for (at, exclusion) in exclusions.iter().enumerate() {
                if !exclusion.covers(found.rule, &found.object, &files) || !exclusion.is_in(&found.environments) {
                    continue;
                }
                self.used[at] = true;
                let left: Vec<String> = exclusion.left(&found.environments).into_iter().cloned().collect();
                if left.is_empty() {
                    found.silenced = Some(self.silence(exclusion));
                    break;
                }
                // What is excluded in one environment counts in the others.
                found.environments = left;
            }
        }
    }

    fn silence(&self, exclusion: &Exclusion) -> Silence {
        let by = format!("{}:{}", self.terms.file, exclusion.line);
        Silence { by, reason: Some(exclusion.reason.clone()), inside: false }
    }

    /// A finding for each exclusion that could have been of use and was not. `paths` are those of the command line.
    pub(super) fn unused(&self, paths: &[String]) -> Vec<Found> {
        let terms = self.terms;
        let is_asked = |id: &str| {
            let said = terms.project.rules.iter().rev().find(|(rule, _)| rule.id == id).and_then(|(_, setting)| setting.enabled);
            said.unwrap_or_else(|| RULES.iter().any(|rule| rule.id == id && terms.profile.has(rule)))
        };
        let rule = &rules::UNUSED_SUPPRESSION;
        if !is_asked(rule.id) {
            return Vec::new();
        }
        let severity = terms.project.rules.iter().rev().find(|(known, _)| known.id == rule.id).and_then(|(_, setting)| setting.severity);
        let whole = paths.iter().any(|path| std::path::absolute(path).is_ok_and(|path| terms.home.starts_with(super::gather::tidy(&path))));
        let unused = terms.project.exclusions.iter().zip(&self.used).filter(|(exclusion, used)| {
            let is_met = if exclusion.paths.is_empty() { whole } else { self.judged.iter().any(|path| meets(exclusion, path)) };
            !**used && is_met && (exclusion.rules.is_empty() || exclusion.rules.iter().any(|rule| is_asked(rule.id)))
        });
        unused
            .map(|(exclusion, _)| {
                let text = terms.text.lines().nth(exclusion.line as usize - 1).map(str::to_owned);
                let spot = Spot { file: terms.file.clone(), line: exclusion.line, column: 0, width: 0, text };
                let cure = "Take the exclusion out, or correct it.".to_owned();
                let severity = severity.unwrap_or(rule.severity);
                Found::new(rule.id, severity, spot, "the exclusion covers no finding".to_owned(), rule.reason, cure)
            })
            .collect()
    }
}

/// Whether an exclusion speaks of a chart or a file that was judged, or of a part of that chart.
fn meets(exclusion: &Exclusion, judged: &str) -> bool {
    exclusion.is_of(judged) || exclusion.paths.iter().any(|path| Path::new(&path.literal()).starts_with(judged))
}

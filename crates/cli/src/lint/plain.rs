//! Manifest files, linted as they stand.

use super::found::{Another, Found, Report};
use super::ground::Ground;
use super::locate::Page;
use super::manifest::Manifest;
use super::options::{NAMESPACE, Options};
use super::terms::Terms;
use chartwright_lint::{Document, Input};

/// Lints files that are applied together.
pub(super) fn lint(files: &[Manifest], options: &Options, terms: &Terms, ground: &Ground) -> Report {
    let namespace = options.namespace.as_deref().unwrap_or(NAMESPACE);
    let documents: Vec<Document<'_>> = files.iter().map(|file| Document { source: &file.path, content: &file.text, namespace }).collect();
    let found = ground.linter(terms).lint(&input(&documents, terms));
    let mut pages: Vec<Page<'_>> = files.iter().map(|file| Page::new(&file.path, &file.text)).collect();
    let mut findings = Vec::new();
    for (finding, silenced) in super::found::all(found) {
        let Some(page) = pages.get_mut(finding.place.document) else { continue };
        let spot = page.spot(&finding.place);
        let mut places = Vec::with_capacity(finding.places.len());
        for place in &finding.places {
            if let Some(page) = pages.get_mut(place.document) {
                places.push(Another { object: finding.object.clone(), pointer: place.pointer.clone(), spot: page.spot(place) });
            }
        }
        findings.push(Found {
            rule: finding.rule,
            severity: finding.severity,
            object: finding.object,
            pointer: finding.place.pointer,
            spot,
            message: finding.message,
            reason: finding.reason,
            cure: finding.cure,
            chart: None,
            environments: Vec::new(),
            template: None,
            calls: Vec::new(),
            values: Vec::new(),
            places,
            silenced,
            has_fix: finding.fix.is_some(),
            cure_in_file: None,
        });
    }
    Report { findings, files: files.iter().map(|file| file.path.clone()).collect(), ..Report::default() }
}

/// What a linter is asked of documents on these terms.
pub(super) fn input<'d>(documents: &'d [Document<'d>], terms: &Terms) -> Input<'d> {
    Input { documents, context: &[], kubernetes_minor: terms.minor, partial: false, profile: terms.profile, disabled: &[] }
}

//! Manifest files, linted as they stand.

use super::found::{Another, Found, Report};
use super::ground::Ground;
use super::locate::Page;
use super::manifest::Manifest;
use super::options::{NAMESPACE, Options};
use super::terms::Terms;
use super::threads::side_by_side;
use chartwright_lint::{Document, Input};

/// Lints files that are applied together.
///
/// # Errors
/// What is deployed cannot be read.
pub(super) fn lint(files: &[Manifest], options: &Options, terms: &Terms, ground: &Ground) -> Result<Report, String> {
    let namespace = options.namespace.as_deref().unwrap_or(NAMESPACE);
    let documents: Vec<Document<'_>> = files.iter().map(|file| Document { source: &file.path, content: &file.text, namespace }).collect();
    let mut linter = ground.linter(terms);
    let preparer = linter.preparer(&input(&documents, terms));
    let prepared = side_by_side(files, |file| preparer.prepare(&file.text));
    for (file, prepared) in files.iter().zip(prepared) {
        linter.adopt(&file.text, prepared);
    }
    ground.against.settle(&mut linter, namespace)?;
    let found = linter.lint(&Input { apart: true, ..input(&documents, terms) });
    let mut pages: Vec<Page<'_>> = files.iter().map(|file| Page::new(&file.path, &file.text, &linter)).collect();
    let mut findings = Vec::new();
    for (finding, silenced) in super::found::all(found) {
        let Some(page) = pages.get_mut(finding.place.document) else { continue };
        let spot = page.spot(&finding.place);
        let mut places = Vec::with_capacity(finding.places.len());
        for place in &finding.places {
            if let Some(page) = pages.get_mut(place.document) {
                places.push(Another {
                    object: finding.object.clone(),
                    pointer: place.pointer.clone(),
                    spot: page.spot(place),
                    template: None,
                });
            }
        }
        let found = Found::new(finding.rule, finding.severity, spot, finding.message, finding.reason, finding.cure);
        let has_fix = finding.fix.is_some();
        findings.push(Found { object: finding.object, pointer: finding.place.pointer, places, silenced, has_fix, ..found });
    }
    drop(pages);
    Ok(Report { findings, files: files.iter().map(|file| file.path.clone()).collect(), linters: vec![linter], ..Report::default() })
}

/// What a linter is asked of documents on these terms.
pub(super) fn input<'d>(documents: &'d [Document<'d>], terms: &Terms) -> Input<'d> {
    Input { documents, context: &[], kubernetes_minor: terms.minor, partial: false, apart: false, profile: terms.profile, disabled: &[] }
}

//! Manifest files, linted as they stand.

use super::found::{Another, Found, Report};
use super::ground::Ground;
use super::locate::Page;
use super::manifest::Manifest;
use super::options::{NAMESPACE, Options};
use super::terms::Terms;
use chartwright_lint::{Document, Input, Linter};

/// Lints files that are applied together.
///
/// # Errors
/// What is deployed cannot be read.
pub(super) fn lint(files: &[Manifest], options: &Options, terms: &Terms, ground: &Ground) -> Result<Report, String> {
    let namespace = options.namespace.as_deref().unwrap_or(NAMESPACE);
    let documents: Vec<Document<'_>> = files.iter().map(|file| Document { source: &file.path, content: &file.text, namespace }).collect();
    let mut linter = ground.linter(terms);
    prepare(&mut linter, files, terms, ground);
    ground.against.settle(&mut linter, namespace)?;
    let found = linter.lint(&input(&documents, terms));
    let mut pages: Vec<Page<'_>> = files.iter().map(|file| Page::new(&file.path, &file.text)).collect();
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
    Ok(Report { findings, files: files.iter().map(|file| file.path.clone()).collect(), ..Report::default() })
}

/// So many files are worth a thread.
const FILES_A_THREAD: usize = 16;

/// Reads and checks the files by themselves, several at once.
fn prepare(linter: &mut Linter, files: &[Manifest], terms: &Terms, ground: &Ground) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files.len() / FILES_A_THREAD);
    if threads < 2 {
        return;
    }
    let one = |file: &Manifest| chartwright_lint::prepare(&file.text, terms.minor, ground.schemas());
    let parts: Vec<&[Manifest]> = files.chunks(files.len().div_ceil(threads)).collect();
    let prepared: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = parts.iter().map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>())).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect()
    });
    // What a worker did not do, the linter does.
    for (part, prepared) in parts.iter().zip(prepared) {
        for (file, prepared) in part.iter().zip(prepared) {
            linter.adopt(&file.text, prepared);
        }
    }
}

/// What a linter is asked of documents on these terms.
pub(super) fn input<'d>(documents: &'d [Document<'d>], terms: &Terms) -> Input<'d> {
    Input { documents, context: &[], kubernetes_minor: terms.minor, partial: false, profile: terms.profile, disabled: &[] }
}

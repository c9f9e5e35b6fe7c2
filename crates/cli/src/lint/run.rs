//! All targets, several at once. What comes of them is in their order, whichever is done first.

use super::chart;
use super::exclude::Exclusions;
use super::found::Report;
use super::gather::Target;
use super::ground::Ground;
use super::manifest::Manifest;
use super::mend::{self, Mended, Purpose};
use super::options::{Format, NEWEST_MINOR, OLDEST_MINOR, Options};
use super::plain;
use super::terms::{Book, Terms};
use super::threads::cores;
use crate::load::os_error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Lints everything.
///
/// # Errors
/// What is wrong with a project file, or the first target's that cannot be read.
pub(super) fn lint(targets: &[Target], options: &Options, ground: &Ground) -> Result<Report, String> {
    let mut book = Book::new(options)?;
    let terms: Vec<Arc<Terms>> = targets.iter().map(|target| book.of(target.place())).collect::<Result<_, String>>()?;
    // Charts may share a values file that is to be mended.
    let most = if options.fix { 1 } else { targets.len().max(1) };
    let threads = cores().min(most);
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<Report, String>>>> = targets.iter().map(|_| Mutex::new(None)).collect();
    let share = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let (Some(target), Some(terms)) = (targets.get(number), terms.get(number)) else { break };
            let came = if options.fix { mended(target, options, terms, ground) } else { told(target, options, terms, ground) };
            if let Some(Ok(mut place)) = done.get(number).map(Mutex::lock) {
                *place = Some(came);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(share);
        }
        share();
    });
    let reports =
        done.into_iter().map(|came| came.into_inner().ok().flatten().unwrap_or_else(|| Err("a target was not linted".to_owned())));
    together(reports, &terms, options)
}

fn one(target: &Target, options: &Options, terms: &Terms, ground: &Ground) -> Result<Report, String> {
    match target {
        Target::Chart(place) => chart::lint(place, options, terms, ground),
        Target::Manifests { files, .. } => plain::lint(files, options, terms, ground),
    }
}

fn mend(target: &Target, options: &Options, terms: &Terms, ground: &Ground, purpose: Purpose) -> Mended {
    match target {
        Target::Chart(place) => mend::chart(place, options, terms, ground, purpose),
        Target::Manifests { files, .. } => mend::plain(files, options, terms, ground, purpose),
    }
}

/// What is found, with its fixes where the format has a place for them.
fn told(target: &Target, options: &Options, terms: &Terms, ground: &Ground) -> Result<Report, String> {
    let mut report = one(target, options, terms, ground)?;
    let wants = matches!(options.format, Format::Json | Format::Sarif);
    if wants && report.open().any(|found| found.has_fix) {
        mend(target, options, terms, ground, Purpose::Tell).tell(&mut report.findings);
    }
    Ok(report)
}

/// What is left when everything is mended that can be.
fn mended(target: &Target, options: &Options, terms: &Terms, ground: &Ground) -> Result<Report, String> {
    let Mended { cures, files } = mend(target, options, terms, ground, Purpose::Make);
    for (file, text) in &files {
        std::fs::write(file, text).map_err(|error| os_error("write", file, &error))?;
    }
    let mut report = match target {
        Target::Manifests { below, files: old } => {
            let text = |file: &Manifest| files.get(&file.path).unwrap_or(&file.text).clone();
            let new = old.iter().map(|file| Manifest { path: file.path.clone(), text: text(file) }).collect();
            one(&Target::Manifests { below: below.clone(), files: new }, options, terms, ground)?
        }
        Target::Chart(_) => one(target, options, terms, ground)?,
    };
    report.mended = cures.into_iter().map(|(key, cure)| (key.rule(), cure)).collect();
    Ok(report)
}

/// All reports as one, without what the project files exclude.
fn together(reports: impl Iterator<Item = Result<Report, String>>, terms: &[Arc<Terms>], options: &Options) -> Result<Report, String> {
    let mut all = Report::default();
    let mut projects: Vec<(&Arc<Terms>, Exclusions<'_>)> = Vec::new();
    for (report, terms) in reports.zip(terms) {
        let mut report = report?;
        let at = projects.iter().position(|(known, _)| Arc::ptr_eq(known, terms)).unwrap_or_else(|| {
            projects.push((terms, Exclusions::new(terms)));
            projects.len() - 1
        });
        projects[at].1.apply(&mut report);
        all.charts.extend(report.charts);
        all.files.extend(report.files);
        all.findings.extend(report.findings);
        all.notes.extend(report.notes);
        all.mended.extend(report.mended);
        all.linters.extend(report.linters);
    }
    for (terms, exclusions) in &projects {
        let known = terms.minor.clamp(OLDEST_MINOR, NEWEST_MINOR);
        if known != terms.minor {
            all.note(format!("Kubernetes 1.{} is not known; APIs are judged as those of 1.{known}", terms.minor));
        }
        all.findings.extend(exclusions.unused(&options.paths));
    }
    Ok(all)
}

//! All targets, several at once. What comes of them is in their order, whichever is done first.

use super::chart;
use super::found::Report;
use super::gather::Target;
use super::ground::Ground;
use super::options::Options;
use super::plain;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lints everything.
///
/// # Errors
/// The first target's that cannot be read.
pub(super) fn lint(targets: &[Target], options: &Options, ground: &Ground) -> Result<Report, String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(targets.len()).max(1);
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<Report, String>>>> = targets.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(target) = targets.get(number) else { break };
                    let came = one(target, options, ground);
                    if let Some(Ok(mut place)) = done.get(number).map(Mutex::lock) {
                        *place = Some(came);
                    }
                }
            });
        }
    });
    let mut all = Report::default();
    for (target, came) in targets.iter().zip(done) {
        let came = came.into_inner().ok().flatten();
        let report = came.ok_or_else(|| format!("{}: could not be linted", target.name()))??;
        all.findings.extend(report.findings);
        all.charts.extend(report.charts);
        all.files.extend(report.files);
        all.notes.extend(report.notes);
    }
    Ok(all)
}

fn one(target: &Target, options: &Options, ground: &Ground) -> Result<Report, String> {
    match target {
        Target::Chart(place) => chart::lint(place, options, ground),
        Target::Manifests { files, .. } => Ok(plain::lint(files, options, ground)),
    }
}

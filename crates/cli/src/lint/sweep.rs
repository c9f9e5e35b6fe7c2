//! What breaks in which release of Kubernetes: everything is rendered and linted for each, and what does not work is put together by cause.

use super::found::{Found, Report};
use super::gather::Target;
use super::ground::Ground;
use super::options::{NEWEST_MINOR, OLDEST_MINOR, Options};
use super::run;
use chartwright_lint::{Sweep, breaks};

/// Lints everything for each release. A finding is told as the newest release has it that it breaks in.
///
/// # Errors
/// As [`run::lint`] has them.
pub(super) fn lint(targets: &[Target], options: &mut Options, ground: &Ground) -> Result<Report, String> {
    let mut all = Report::default();
    let mut sweep = Sweep::default();
    for minor in OLDEST_MINOR..=NEWEST_MINOR {
        options.kube_version = Some(format!("1.{minor}"));
        let report = run::lint(targets, options, ground)?;
        let found = report.findings.into_iter().filter(|found| breaks(found.rule, found.severity));
        sweep.take(minor, found.map(|found| (cause(&found), found)));
        all.swept.push(minor);
        (all.charts, all.files, all.notes) = (report.charts, report.files, report.notes);
    }
    all.findings = sweep.into_breaks().into_iter().map(|one| Found { releases: one.minors, ..one.finding }).collect();
    Ok(all)
}

/// What makes findings of several releases one: the rule, the chart or the file, the object, the pointer, and whether it is silenced.
fn cause(found: &Found) -> impl Clone + Eq + std::hash::Hash + use<> {
    let place = found.chart.as_ref().unwrap_or(&found.spot.file).clone();
    (found.rule, place, found.object.clone(), found.pointer.clone(), found.silenced.is_some())
}

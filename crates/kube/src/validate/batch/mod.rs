//! Jobs and CronJobs: `pkg/apis/batch/validation/validation.go`. What their pods may be is the core group's.

pub(super) mod cron;
mod cron_job;
mod indexes;
mod job;
mod policies;
pub(super) mod time_zone;

use super::Subject;
use super::field::Errors;

pub(super) fn validate(subject: Subject<'_>, errors: &mut Errors) {
    match subject.kind {
        "Job" => job::validate(&subject.field(), errors),
        "CronJob" => cron_job::validate(&subject.field(), errors),
        _ => {}
    }
}

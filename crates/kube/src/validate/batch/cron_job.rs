//! CronJobs: `ValidateCronJobCreate`.

use super::{cron, job, time_zone};
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field};
use crate::validate::numbers::non_negative;
use crate::validate::selectors;

/// A job is named after its CronJob with 11 characters more, and labels its pods with that.
const MAX_NAME: usize = 52;

/// The release that refuses a zone in the schedule.
const ZONE_IN_SCHEDULE: u32 = 29;

/// Validates a CronJob.
pub(super) fn validate(root: &Field<'_, '_>, errors: &mut Errors) {
    let spec = root.field("spec");
    let schedule_field = spec.field("schedule");
    schedule(&schedule_field, errors);
    non_negative(&spec.field("startingDeadlineSeconds"), errors);
    zone(&spec.field("timeZone"), errors);
    let concurrency = spec.field("concurrencyPolicy");
    if !matches!(concurrency.text(), "" | "Allow" | "Forbid" | "Replace") {
        errors.push(concurrency.not_supported(&["Allow", "Forbid", "Replace"]));
    }
    let (template, status) = (spec.field("jobTemplate"), root.field("metadata.name"));
    job_template(&template, errors);
    non_negative(&spec.field("successfulJobsHistoryLimit"), errors);
    non_negative(&spec.field("failedJobsHistoryLimit"), errors);
    if status.text().len() > MAX_NAME {
        errors.push(status.invalid("must be no more than 52 characters").about(Concern::NameLength));
    }
}

/// `validateScheduleFormat`.
fn schedule(schedule: &Field<'_, '_>, errors: &mut Errors) {
    let text = schedule.text();
    if text.is_empty() {
        errors.push(schedule.required("").about(Concern::CronSchedule));
        return;
    }
    if let Err(detail) = cron::parse(text) {
        errors.push(schedule.invalid(&detail).about(Concern::CronSchedule));
    }
    if text.contains("TZ") && errors.minor >= ZONE_IN_SCHEDULE {
        errors.push(schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead").about(Concern::CronSchedule));
    }
}

/// `validateTimeZone`.
fn zone(field: &Field<'_, '_>, errors: &mut Errors) {
    let Some(name) = field.str() else { return };
    let mut tell = |detail: &str| errors.push(field.invalid(detail).about(Concern::CronSchedule));
    if name.is_empty() {
        return tell("timeZone must be nil or non-empty string");
    }
    if !name.split('/').all(is_part_of_zone) {
        return tell(&format!("unknown time zone {name}"));
    }
    if name.eq_ignore_ascii_case("local") {
        tell("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    }
    if let Err(detail) = time_zone::load(name) {
        tell(&detail);
    }
}

/// `^[A-Za-z\.\-_0-9+]{1,14}$`, and neither a place in a folder nor an option.
fn is_part_of_zone(part: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    (1..=14).contains(&part.len()) && part.bytes().all(plain) && !matches!(part, "." | "..") && !part.starts_with('-')
}

/// `ValidateJobTemplateSpec`: a job whose selector is made up later.
fn job_template(template: &Field<'_, '_>, errors: &mut Errors) {
    let spec = template.field("spec");
    job::spec(&spec, errors);
    let (selector, manual) = (spec.field("selector"), spec.field("manualSelector"));
    if selector.is_set() {
        errors.push(selector.invalid_value(&selectors::shown(&selector), "`selector` will be auto-generated"));
    }
    if manual.is_on() {
        errors.push(manual.not_supported(&["nil", "false"]));
    }
}

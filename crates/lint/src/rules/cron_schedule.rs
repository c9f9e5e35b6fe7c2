//! `cron-schedule`: a schedule that cannot be read.
//!
//! # What it checks
//!
//! The `schedule` of a CronJob has five fields (minute, hour, day, month, weekday) of numbers, names, ranges, lists and steps, or is
//! one of `@yearly`, `@monthly`, `@weekly`, `@daily`, `@hourly` and `@every 1h30m`. Sunday is 0, never 7. A time zone stands in
//! `timeZone`, not in the schedule, and is not `Local`.
//!
//! # Why it matters
//!
//! The API server refuses the CronJob.
//!
//! # Example
//!
//! ```yaml
//! schedule: "0 2 * * 7"
//! ```
//!
//! # Cure
//!
//! ```yaml
//! schedule: "0 2 * * 0"
//! ```

use chartwright_kube::validate::Concern;

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "cron-schedule",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["datree:CRONJOB_INVALID_SCHEDULE_VALUE"],
    reason: "The API server refuses the CronJob.",
    cure: "Write minute, hour, day, month and weekday, such as 0 2 * * *.",
    check: Check::Invalid(&[Concern::CronSchedule]),
};

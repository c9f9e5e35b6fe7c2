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

use chartwright_kube::kind::Kind;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "cron-schedule",
    severity: Severity::Error,
    by_default: true,
    group: "API-server semantic",
    aliases: &["datree:CRONJOB_INVALID_SCHEDULE_VALUE"],
    reason: "The API server refuses the CronJob.",
    cure: "Write minute, hour, day, month and weekday, such as 0 2 * * *.",
    check: Check::Object(check),
};

/// The fields of a schedule with their bounds and names (`robfig/cron` v3, `parser.go`).
const FIELDS: [(&str, u32, u32, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of the month", 1, 31, &[]),
    ("month", 1, 12, &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
    ("day of the week", 0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    if context.object.kind() != Kind::CronJob {
        return;
    }
    let root = context.object.root();
    if let Some((node, text)) = root.at(&["spec", "schedule"]).and_then(|node| Some((node, node.str()?)))
        && let Some(fault) = fault(text)
    {
        sink.report(context.object, node, format!("the schedule {text:?} {fault}"));
    }
    if let Some((node, zone)) = root.at(&["spec", "timeZone"]).and_then(|node| Some((node, node.str()?)))
        && (zone.is_empty() || zone.eq_ignore_ascii_case("local"))
    {
        sink.report(context.object, node, format!("the time zone {zone:?} is none of the database"))
            .cure("Name a zone such as Etc/UTC or Europe/Berlin.".to_owned());
    }
}

fn fault(text: &str) -> Option<String> {
    if text.contains("TZ") {
        return Some("holds a time zone, which belongs into timeZone".to_owned());
    }
    if let Some(word) = text.strip_prefix('@') {
        let known = matches!(word, "yearly" | "annually" | "monthly" | "weekly" | "daily" | "midnight" | "hourly");
        return (!known && !word.strip_prefix("every ").is_some_and(is_duration)).then(|| "is no known word".to_owned());
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Some(format!("has {} fields instead of 5", fields.len()));
    }
    fields.iter().zip(FIELDS).find_map(|(field, bounds)| {
        let wrong = field.split(',').filter(|part| !part.is_empty()).find(|part| !is_range(part, bounds));
        wrong.map(|part| format!("has the {} {part}", bounds.0))
    })
}

/// `*`, `n`, `a-b`, each with `/step` if need be.
fn is_range(text: &str, (_, least, most, names): (&str, u32, u32, &[&str])) -> bool {
    let number = |text: &str| match names.iter().position(|name| text.eq_ignore_ascii_case(name)) {
        Some(index) => u32::try_from(index).ok().map(|index| index + least),
        None => text.parse::<u32>().ok().filter(|_| !text.starts_with('+')),
    };
    let (range, step) = text.split_once('/').map_or((text, None), |(range, step)| (range, Some(step)));
    let step = step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| step > 0));
    let inside = match range.split_once('-') {
        _ if matches!(range, "*" | "?") => true,
        Some((from, to)) => matches!((number(from), number(to)), (Some(from), Some(to)) if from >= least && from <= to && to <= most),
        None => number(range).is_some_and(|number| (least..=most).contains(&number)),
    };
    step && inside
}

/// A duration in Go's words, roughly: numbers with units.
fn is_duration(text: &str) -> bool {
    let units = ["ms", "us", "ns", "h", "m", "s"];
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let Some(unit) = units.iter().find(|unit| digits > 0 && rest[digits..].starts_with(**unit)) else { return false };
        rest = &rest[digits + unit.len()..];
    }
    !text.is_empty()
}

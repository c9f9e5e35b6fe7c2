//! The schedules of CronJobs as the API server reads them: `robfig/cron` v3, `parser.go`, with its errors. When a schedule fires, is not known here.

use chartwright_go::{duration, number};

use super::time_zone;

/// A field of a schedule: its bounds, and names that stand for its numbers from the least on.
struct Bounds {
    least: u64,
    most: u64,
    names: &'static [&'static str],
}

/// Minute, hour, day of the month, month, day of the week.
const FIELDS: [Bounds; 5] = [
    Bounds { least: 0, most: 59, names: &[] },
    Bounds { least: 0, most: 23, names: &[] },
    Bounds { least: 1, most: 31, names: &[] },
    Bounds { least: 1, most: 12, names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
    Bounds { least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

/// Schedules that have a name.
const DESCRIPTORS: &[&str] = &["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// Reads a schedule (`ParseCronScheduleWithPanicRecovery`, `pkg/util/parsers/parsers.go`).
///
/// # Errors
/// What the API server says of it.
pub(super) fn parse(text: &str) -> Result<(), String> {
    let mut schedule = text;
    if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        let Some((assignment, rest)) = text.split_once(' ') else {
            return Err("invalid schedule format: runtime error: slice bounds out of range [:-1]".to_owned());
        };
        let zone = assignment.split_once('=').map_or("", |(_, zone)| zone);
        time_zone::load(zone).map_err(|error| format!("provided bad location {zone}: {error}"))?;
        schedule = rest.trim();
    }
    if schedule.starts_with('@') {
        return descriptor(schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!("expected exactly {} fields, found {}: [{}]", FIELDS.len(), fields.len(), fields.join(" ")));
    }
    fields
        .iter()
        .zip(&FIELDS)
        .try_for_each(|(field, bounds)| field.split(',').filter(|part| !part.is_empty()).try_for_each(|part| range(part, bounds)))
}

fn descriptor(text: &str) -> Result<(), String> {
    if let Some(every) = text.strip_prefix("@every ") {
        return duration::parse(every.as_bytes()).map(drop).map_err(|error| format!("failed to parse duration {text}: {error}"));
    }
    if DESCRIPTORS.contains(&text) { Ok(()) } else { Err(format!("unrecognized descriptor: {text}")) }
}

/// `*`, `?`, `n` or `n-m`, each with `/step` if need be.
fn range(text: &str, bounds: &Bounds) -> Result<(), String> {
    let mut steps = text.split('/');
    let low_and_high: Vec<&str> = steps.next().unwrap_or_default().split('-').collect();
    let step: Vec<&str> = steps.collect();
    let (start, mut end) = match low_and_high[..] {
        ["*" | "?", ..] => (bounds.least, bounds.most),
        [only] => int_or_name(only, bounds).map(|start| (start, start))?,
        [low, ref high @ ..] => {
            let start = int_or_name(low, bounds)?;
            let [high] = high else { return Err(format!("too many hyphens: {text}")) };
            (start, int_or_name(high, bounds)?)
        }
        [] => (bounds.least, bounds.most),
    };
    let step = match step[..] {
        [] => 1,
        [step] => {
            let step = int(step)?;
            // `n/step` goes on to the end.
            if low_and_high.len() == 1 {
                end = bounds.most;
            }
            step
        }
        _ => return Err(format!("too many slashes: {text}")),
    };
    if start < bounds.least {
        return Err(format!("beginning of range ({start}) below minimum ({}): {text}", bounds.least));
    }
    if end > bounds.most {
        return Err(format!("end of range ({end}) above maximum ({}): {text}", bounds.most));
    }
    if start > end {
        return Err(format!("beginning of range ({start}) beyond end of range ({end}): {text}"));
    }
    if step == 0 {
        return Err(format!("step of range should be a positive number: {text}"));
    }
    Ok(())
}

fn int_or_name(text: &str, bounds: &Bounds) -> Result<u64, String> {
    match bounds.names.iter().zip(bounds.least..).find(|(name, _)| text.eq_ignore_ascii_case(name)) {
        Some((_, number)) => Ok(number),
        None => int(text),
    }
}

fn int(text: &str) -> Result<u64, String> {
    let number = number::parse_int(text.as_bytes(), 10, 64)
        .map_err(|(failure, _)| format!("failed to parse int from {text}: {}", failure.message("Atoi", text.as_bytes())))?;
    u64::try_from(number).map_err(|_| format!("negative number ({number}) not allowed: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schedule: &str, says: &str) {
        assert_eq!(parse(schedule).err().as_deref().unwrap_or("fine"), says, "{schedule}");
    }

    #[test]
    fn schedules() {
        for schedule in [
            "0 2 * * *",
            "*/5,7 0-23/2 ? JAN-dec Sun",
            "5/10 * * * 0",
            "@every 1h30m",
            "@daily",
            "+1 * * * *",
            ",, * * * *",
            " 1\t2 3 4 5 ",
        ] {
            check(schedule, "fine");
        }
    }

    /// What a kube-apiserver 1.37 said.
    #[test]
    fn what_is_wrong_with_a_schedule() {
        check("0 2 * * 7", "end of range (7) above maximum (6): 7");
        check("60 * * * *", "end of range (60) above maximum (59): 60");
        check("* * 0 * *", "beginning of range (0) below minimum (1): 0");
        check("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1");
        check("*/0 * * * *", "step of range should be a positive number: */0");
        check("1-2-3 * * * *", "too many hyphens: 1-2-3");
        check("1/2/3 * * * *", "too many slashes: 1/2/3");
        check("x * * * *", "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax");
        check("-1 * * * *", "failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax");
        check("*/-1 * * * *", "negative number (-1) not allowed: -1");
        check("0 2 * *", "expected exactly 5 fields, found 4: [0 2 * *]");
        check("@fortnightly", "unrecognized descriptor: @fortnightly");
        check("@every x", "failed to parse duration @every x: time: invalid duration \"x\"");
        check("TZ=Europe/Berlin", "invalid schedule format: runtime error: slice bounds out of range [:-1]");
        check("CRON_TZ=Nowhere 0 2 * * *", "provided bad location Nowhere: unknown time zone Nowhere");
        check("TZ=Europe/Berlin 0 2 * * *", "fine");
    }
}

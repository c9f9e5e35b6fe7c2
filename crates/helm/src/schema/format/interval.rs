//! Durations and periods as ISO 8601 writes them.

use super::{date_time, fail, rune};

pub(super) fn duration(text: &str) -> Result<(), String> {
    let Some(text) = text.strip_prefix('P') else {
        return fail("must start with P");
    };
    if text.is_empty() {
        return fail("nothing after P");
    }
    if let Some(weeks) = text.strip_suffix('W') {
        return match weeks {
            "" => fail("no number in week"),
            weeks if weeks.bytes().any(|b| !b.is_ascii_digit()) => fail("invalid week"),
            _ => Ok(()),
        };
    }
    for (at, part) in text.split('T').enumerate() {
        let all = match at {
            0 => "YMD",
            1 if part.is_empty() => return fail("no time elements"),
            1 => "HMS",
            _ if part.is_empty() => return fail("no time elements"),
            _ => return fail("more than one T"),
        };
        let (mut rest, mut units) = (part, all);
        while !rest.is_empty() {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            if after.len() == rest.len() {
                return fail("missing number");
            }
            let Some(unit) = after.bytes().next() else {
                return fail("missing unit");
            };
            match units.bytes().position(|known| known == unit) {
                Some(found) => units = &units[found + 1..],
                None if all.as_bytes().contains(&unit) => return fail(format!("unit {} out of order", rune(unit as char))),
                None => return fail(format!("invalid unit {}", rune(unit as char))),
            }
            // A unit that was found is one byte.
            rest = &after[1..];
        }
    }
    Ok(())
}

pub(super) fn period(text: &str) -> Result<(), String> {
    let Some((start, end)) = text.split_once('/') else {
        return fail("missing slash");
    };
    let ends_at = |end: &str| date_time(end).map_err(|error| format!("invalid end date-time: {error}"));
    if start.starts_with('P') {
        duration(start).map_err(|error| format!("invalid start duration: {error}"))?;
        return ends_at(end);
    }
    date_time(start).map_err(|error| format!("invalid start date-time: {error}"))?;
    if end.starts_with('P') { duration(end).map_err(|error| format!("invalid end duration: {error}")) } else { ends_at(end) }
}

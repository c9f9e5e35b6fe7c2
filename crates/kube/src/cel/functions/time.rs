//! Parts of moments and durations: `common/types/timestamp.go`, `duration.go`.

use chartwright_go::number;
use chartwright_go::time::{Civil, Zone};

use super::super::value::{Moment, Value};
use super::super::{Outcome, Stop, error};
use super::{Row, member};

pub(super) const TABLE: &[Row] = &[
    member("getFullYear", "T", |_, values| part(values, |civil, _| civil.year)),
    member("getFullYear", "Ts", |_, values| part(values, |civil, _| civil.year)),
    member("getMonth", "T", |_, values| part(values, |civil, _| civil.month - 1)),
    member("getMonth", "Ts", |_, values| part(values, |civil, _| civil.month - 1)),
    member("getDayOfYear", "T", |_, values| part(values, |civil, _| civil.year_day - 1)),
    member("getDayOfYear", "Ts", |_, values| part(values, |civil, _| civil.year_day - 1)),
    member("getDayOfMonth", "T", |_, values| part(values, |civil, _| civil.day - 1)),
    member("getDayOfMonth", "Ts", |_, values| part(values, |civil, _| civil.day - 1)),
    member("getDate", "T", |_, values| part(values, |civil, _| civil.day)),
    member("getDate", "Ts", |_, values| part(values, |civil, _| civil.day)),
    member("getDayOfWeek", "T", |_, values| part(values, |civil, _| civil.weekday)),
    member("getDayOfWeek", "Ts", |_, values| part(values, |civil, _| civil.weekday)),
    member("getHours", "T", |_, values| part(values, |civil, _| civil.hour)),
    member("getHours", "Ts", |_, values| part(values, |civil, _| civil.hour)),
    member("getMinutes", "T", |_, values| part(values, |civil, _| civil.minute)),
    member("getMinutes", "Ts", |_, values| part(values, |civil, _| civil.minute)),
    member("getSeconds", "T", |_, values| part(values, |civil, _| civil.second)),
    member("getSeconds", "Ts", |_, values| part(values, |civil, _| civil.second)),
    member("getMilliseconds", "T", |_, values| part(values, |_, nanoseconds| i64::from(nanoseconds) / 1_000_000)),
    member("getMilliseconds", "Ts", |_, values| part(values, |_, nanoseconds| i64::from(nanoseconds) / 1_000_000)),
    member("getHours", "D", |_, values| whole(values, 3_600_000_000_000)),
    member("getMinutes", "D", |_, values| whole(values, 60_000_000_000)),
    member("getSeconds", "D", |_, values| whole(values, 1_000_000_000)),
    member("getMilliseconds", "D", |_, values| whole(values, 1_000_000)),
];

fn whole(values: &[Value], unit: i64) -> Outcome {
    match values {
        [Value::Duration(nanoseconds)] => Ok(Value::Int(nanoseconds / unit)),
        _ => super::misfit(),
    }
}

fn part(values: &[Value], which: fn(Civil, u32) -> i64) -> Outcome {
    let [Value::Timestamp(moment), rest @ ..] = values else { return super::misfit() };
    let zone = match rest {
        [Value::Text(name)] => zone(name)?,
        _ => Zone::utc(),
    };
    let moment: Moment = (**moment).clone().within(zone);
    Ok(Value::Int(which(moment.civil(), moment.nanoseconds)))
}

/// `+02:00`, `UTC`. Zones of other names are not known here.
fn zone(name: &str) -> Result<Zone, Stop> {
    let Some((hours, minutes)) = name.split_once(':') else {
        return if matches!(name, "" | "UTC") { Ok(Zone::utc()) } else { Err(Stop::Unknown) };
    };
    let read = |text: &str| {
        number::parse_int(text.as_bytes(), 10, 64).map_err(|(failure, _)| Stop::Error(failure.message("Atoi", text.as_bytes())))
    };
    let (hours, minutes) = (read(hours)?, read(minutes)?);
    if !(0..=59).contains(&minutes) {
        return error(format!("timezone offset minutes out of range [0, 59]: {name}"));
    }
    let sign = if name.starts_with('-') { -1 } else { 1 };
    let seconds = hours.saturating_mul(60).saturating_add(sign * minutes).saturating_mul(60);
    let offset = i32::try_from(seconds).map_err(|_| Stop::Unknown)?;
    Ok(Zone { offset, name: String::new(), local: false })
}

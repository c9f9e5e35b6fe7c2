//! Sprig's `date.go`: dates by Go's layouts, durations. The clock and the local zone are the host's; what a template sees of a time is
//! in `dates/object`. Named zones need a
//! full build.

mod duration;
mod object;

pub use duration::METHODS;
pub use object::Time;

use crate::args::{Outcome, nil, string};
use chartwright_go::time::{Moment, Zone, parse};
use chartwright_go::{duration as durations, number};
use chartwright_template::{CallError, Context};
use chartwright_value::{Kind, Repr, Type, Value};
use std::sync::Arc;

/// The time, and the local zone.
pub(crate) fn clock(ctx: &mut Context<'_>) -> (Moment, Zone) {
    let (nanoseconds, offset, name) = ctx.host.now();
    let zone = Zone { offset, name, local: true };
    let seconds = nanoseconds.div_euclid(1_000_000_000).clamp(i64::MIN as i128 / 2, i64::MAX as i128 / 2) as i64;
    (Moment { seconds, nanoseconds: nanoseconds.rem_euclid(1_000_000_000) as u32, zone: zone.clone() }, zone)
}

fn store(ctx: &mut Context<'_>, moment: Moment, local: Zone) -> Value {
    ctx.heap.new_object(Arc::new(Time { moment, local, monotonic: None }))
}

/// The time of an argument that is one.
fn time(ctx: &Context<'_>, value: Value) -> Option<Time> {
    ctx.heap.object(value)?.as_any().downcast_ref::<Time>().cloned()
}

fn unix(seconds: i64, local: &Zone) -> Moment {
    Moment { seconds, nanoseconds: 0, zone: local.clone() }
}

/// A date argument: a time or seconds of the Unix epoch; whatever else it is, it stands for now.
fn moment(ctx: &mut Context<'_>, value: Value) -> (Moment, Zone) {
    let (now, local) = clock(ctx);
    let moment = match value.repr() {
        Repr::Object(_) => time(ctx, value).map_or(now, |time| time.moment),
        Repr::Int(seconds) if matches!(value.ty(), Type::INT | Type::INT64 | Type::INT32) => unix(seconds, &local),
        _ => now,
    };
    (moment, local)
}

/// What `time.LoadLocation`'s zone says at an instant. What is no name of a zone is UTC, as Sprig takes it.
fn zone(name: &[u8], seconds: i64, local: Zone) -> Result<Zone, CallError> {
    match name {
        b"Local" => Ok(local),
        b"" | b"UTC" | b"Etc/UTC" | b"Etc/UCT" | b"UCT" | b"Zulu" | b"Universal" => Ok(Zone::utc()),
        b"GMT" | b"Etc/GMT" | b"Greenwich" => Ok(Zone { offset: 0, name: "GMT".to_owned(), local: false }),
        _ => named(name, seconds),
    }
}

#[cfg(feature = "rare")]
fn named(name: &[u8], seconds: i64) -> Result<Zone, CallError> {
    let zone = std::str::from_utf8(name).ok().and_then(|name| chartwright_go::time::zone_at(name, seconds));
    Ok(zone.unwrap_or_else(Zone::utc))
}

#[cfg(not(feature = "rare"))]
fn named(name: &[u8], _: i64) -> Result<Zone, CallError> {
    let named = name[0].is_ascii_uppercase() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(byte));
    if named { Err(CallError::NeedsFull("a named time zone")) } else { Ok(Zone::utc()) }
}

/// The date in a zone; the local one if there is none.
fn formatted(ctx: &mut Context<'_>, layout: &[u8], date: Value, name: Option<Value>) -> Outcome {
    let (moment, local) = moment(ctx, date);
    let zone = match name {
        Some(name) => zone(ctx.heap.str(name), moment.seconds, local)?,
        None => local,
    };
    let mut out = Vec::new();
    moment.within(zone).format(&mut out, layout);
    string(ctx, out)
}

const HTML: &[u8] = b"2006-01-02";

pub(crate) fn date(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let layout = ctx.heap.str(args[0]).to_vec();
    formatted(ctx, &layout, args[1], None)
}

pub(crate) fn date_in_zone(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let layout = ctx.heap.str(args[0]).to_vec();
    formatted(ctx, &layout, args[1], Some(args[2]))
}

pub(crate) fn html_date(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    formatted(ctx, HTML, args[0], None)
}

pub(crate) fn html_date_in_zone(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    formatted(ctx, HTML, args[0], Some(args[1]))
}

pub(crate) fn now(ctx: &mut Context<'_>, _: &[Value]) -> Outcome {
    let (moment, local) = clock(ctx);
    let monotonic = Some(ctx.host.elapsed());
    Ok(ctx.heap.new_object(Arc::new(Time { moment, local, monotonic })))
}

/// A `time.Time` argument, moved by a duration; the inner error is Go's.
fn modified(ctx: &mut Context<'_>, args: &[Value]) -> Result<Result<Value, String>, CallError> {
    let Some(time) = time(ctx, args[1]) else {
        return Err("wrong type for value; expected time.Time".into());
    };
    Ok(match durations::parse(ctx.heap.str(args[0])) {
        Ok(duration) => Ok(ctx.heap.new_object(Arc::new(time.plus(duration)))),
        Err(error) => Err(error),
    })
}

pub(crate) fn date_modify(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(modified(ctx, args)?.unwrap_or(args[1]))
}

pub(crate) fn must_date_modify(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(modified(ctx, args)??)
}

pub(crate) fn to_date(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (_, local) = clock(ctx);
    let moment = parse(ctx.heap.str(args[0]), ctx.heap.str(args[1]), &local).unwrap_or_else(|_| Moment::zero());
    Ok(store(ctx, moment, local))
}

pub(crate) fn must_to_date(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (_, local) = clock(ctx);
    let moment = parse(ctx.heap.str(args[0]), ctx.heap.str(args[1]), &local)?;
    Ok(store(ctx, moment, local))
}

pub(crate) fn unix_epoch(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let Some(time) = time(ctx, args[0]) else {
        return Err("wrong type for value; expected time.Time".into());
    };
    string(ctx, time.moment.seconds.to_string())
}

pub(crate) fn ago(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (now, local) = clock(ctx);
    let then = match args[0].repr() {
        Repr::Object(_) => time(ctx, args[0]).map_or_else(|| now.clone(), |time| time.moment),
        Repr::Int(seconds) if matches!(args[0].ty(), Type::INT | Type::INT64) => unix(seconds, &local),
        _ => now.clone(),
    };
    string(ctx, durations::format(durations::round(now.since(&then), durations::SECOND)))
}

pub(crate) fn duration(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let seconds = match args[0].repr() {
        Repr::String(_) if args[0].ty() == Type::STRING => {
            number::parse_int(ctx.heap.str(args[0]), 10, 64).unwrap_or_else(|(_, nearest)| nearest)
        }
        Repr::Int(seconds) if args[0].ty() == Type::INT64 => seconds,
        _ => 0,
    };
    string(ctx, durations::format(seconds.wrapping_mul(durations::SECOND)))
}

/// The largest whole unit that the duration is longer than. Source: `sprig/date.go`, `durationRound`.
pub(crate) fn duration_round(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    const DAY: i64 = 24 * durations::HOUR;
    const UNITS: [(i64, &str); 6] =
        [(365 * DAY, "y"), (30 * DAY, "mo"), (DAY, "d"), (durations::HOUR, "h"), (durations::MINUTE, "m"), (durations::SECOND, "s")];
    let value = args[0];
    let duration = match value.kind() {
        _ if nil(value) => 0,
        Kind::String if value.ty() == Type::STRING => durations::parse(ctx.heap.str(value)).unwrap_or(0),
        Kind::Int if value.ty() == Type::INT64 => crate::args::int(value),
        Kind::Object => {
            let (now, _) = clock(ctx);
            time(ctx, value).map_or(0, |time| now.since(&time.moment))
        }
        _ => 0,
    };
    let size = duration.unsigned_abs();
    let unit = UNITS.iter().find(|(unit, _)| size > *unit as u64);
    string(ctx, unit.map_or_else(|| "0s".to_owned(), |(unit, name)| format!("{}{name}", size / *unit as u64)))
}

//! Go's `time.Time`: an instant with a zone of fixed offset, its calendar, and Go's layouts (`time/layout`, `time/parse`).
//! Durations are in `duration`. Nothing here reads a clock. Named zones are in `zones`, in builds with the feature `rare`.

mod layout;
mod parse;
#[cfg(feature = "rare")]
mod zones;

pub use parse::parse;
pub(crate) use parse::quote;
#[cfg(feature = "rare")]
pub use zones::zone_at;

use layout::{Chunk, Fraction, Offset, next_chunk};
use std::io::Write;

/// `January` to `December`.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `Sunday` to `Saturday`.
pub const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Seconds of the Unix epoch at Go's zero time, the first of January of the year 1.
pub const ZERO: i64 = -62_135_596_800;

/// A zone: its offset east of Greenwich in seconds and its abbreviation, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Seconds east of Greenwich.
    pub offset: i32,
    /// What `MST` in a layout prints.
    pub name: String,
    /// Whether it is Go's `Local`, which goes by that name wherever it lies.
    pub local: bool,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Zone {
        Zone { offset: 0, name: "UTC".to_owned(), local: false }
    }
}

/// An instant, seen in a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since the Unix epoch.
    pub seconds: i64,
    /// Nanoseconds on top of them, below a thousand million.
    pub nanoseconds: u32,
    /// The zone it is shown in.
    pub zone: Zone,
}

/// A date and time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
    /// The hour.
    pub hour: i64,
    /// The minute.
    pub minute: i64,
    /// The second.
    pub second: i64,
    /// The day of the week, from Sunday's 0.
    pub weekday: i64,
    /// The day of the year, from 1.
    pub year_day: i64,
}

/// Whether a year has a 29th of February.
pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// How many days of a year come before its month.
pub fn days_before(month: i64, year: i64) -> i64 {
    const BEFORE: [i64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    BEFORE[(month - 1).clamp(0, 12) as usize] + i64::from(month > 2 && is_leap(year))
}

/// Days since the Unix epoch of a date; the month may be beyond the year's.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year.saturating_add((month - 1).div_euclid(12));
    let month = (month - 1).rem_euclid(12) + 1;
    let before = year.saturating_sub(1);
    let leaps = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    before.saturating_mul(365).saturating_add(leaps).saturating_add(days_before(month, year) + day - 1 - 719_162)
}

impl Moment {
    /// The zero time.
    pub fn zero() -> Moment {
        Moment { seconds: ZERO, nanoseconds: 0, zone: Zone::utc() }
    }

    /// Of a date and time of day in a zone; days, hours and the like may be beyond their bounds. Source: `time.Date`.
    pub fn date(year: i64, month: i64, day: i64, clock: (i64, i64, i64), nanoseconds: u32, zone: Zone) -> Moment {
        let days = days_from_civil(year, month, day);
        let of_day = clock.0.saturating_mul(3600).saturating_add(clock.1.saturating_mul(60)).saturating_add(clock.2);
        let seconds = days.saturating_mul(86_400).saturating_add(of_day).saturating_sub(zone.offset as i64);
        Moment { seconds, nanoseconds, zone }
    }

    /// The same instant in another zone.
    pub fn within(self, zone: Zone) -> Moment {
        Moment { zone, ..self }
    }

    /// Later by nanoseconds.
    pub fn plus(&self, duration: i64) -> Moment {
        let total = self.nanoseconds as i64 + duration % 1_000_000_000;
        let carry = duration / 1_000_000_000 + total.div_euclid(1_000_000_000);
        Moment { seconds: self.seconds.saturating_add(carry), nanoseconds: total.rem_euclid(1_000_000_000) as u32, zone: self.zone.clone() }
    }

    /// The nanoseconds since an earlier instant, at most what a duration holds. Source: `Time.Sub`.
    pub fn since(&self, earlier: &Moment) -> i64 {
        let seconds = self.seconds as i128 - earlier.seconds as i128;
        let total = seconds * 1_000_000_000 + self.nanoseconds as i128 - earlier.nanoseconds as i128;
        total.clamp(i64::MIN as i128, i64::MAX as i128) as i64
    }

    /// Date and time of day in its zone.
    pub fn civil(&self) -> Civil {
        let local = self.seconds.saturating_add(self.zone.offset as i64);
        let (days, of_day) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        // Counted in eras of 400 years from the first of March of the year 0.
        let shifted = days.saturating_add(719_468);
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_of_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_of_march + 2) / 5 + 1;
        let month = if month_of_march < 10 { month_of_march + 3 } else { month_of_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Civil {
            year,
            month,
            day,
            hour: of_day / 3600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
            weekday: days.saturating_add(4).rem_euclid(7),
            year_day: days_before(month, year) + day,
        }
    }

    /// Appends it as a layout says: `2006-01-02T15:04:05Z07:00`. Source: `time/format.go`, `appendFormat`.
    pub fn format(&self, out: &mut Vec<u8>, layout: &[u8]) {
        let civil = self.civil();
        let mut layout = layout;
        while !layout.is_empty() {
            let (prefix, chunk, suffix) = next_chunk(layout);
            out.extend_from_slice(prefix);
            let Some(chunk) = chunk else {
                break;
            };
            layout = suffix;
            self.chunk(out, chunk, &civil);
        }
    }

    /// As [`Moment::format`], as a string of its own.
    pub fn formatted(&self, layout: &str) -> String {
        let mut out = Vec::new();
        self.format(&mut out, layout.as_bytes());
        String::from_utf8_lossy(&out).into_owned()
    }

    fn chunk(&self, out: &mut Vec<u8>, chunk: Chunk, civil: &Civil) {
        let month = MONTHS[(civil.month - 1).clamp(0, 11) as usize];
        let weekday = DAYS[civil.weekday.clamp(0, 6) as usize];
        let half = if civil.hour % 12 == 0 { 12 } else { civil.hour % 12 };
        match chunk {
            Chunk::Year => padded(out, civil.year.abs() % 100, 2),
            Chunk::LongYear => padded(out, civil.year, 4),
            Chunk::Month => out.extend_from_slice(&month.as_bytes()[..3]),
            Chunk::LongMonth => out.extend_from_slice(month.as_bytes()),
            Chunk::NumberMonth => padded(out, civil.month, 0),
            Chunk::ZeroMonth => padded(out, civil.month, 2),
            Chunk::Weekday => out.extend_from_slice(&weekday.as_bytes()[..3]),
            Chunk::LongWeekday => out.extend_from_slice(weekday.as_bytes()),
            Chunk::Day => padded(out, civil.day, 0),
            Chunk::UnderDay => spaced(out, civil.day, 2),
            Chunk::ZeroDay => padded(out, civil.day, 2),
            Chunk::UnderYearDay => spaced(out, civil.year_day, 3),
            Chunk::ZeroYearDay => padded(out, civil.year_day, 3),
            Chunk::Hour => padded(out, civil.hour, 2),
            Chunk::Hour12 => padded(out, half, 0),
            Chunk::ZeroHour12 => padded(out, half, 2),
            Chunk::Minute => padded(out, civil.minute, 0),
            Chunk::ZeroMinute => padded(out, civil.minute, 2),
            Chunk::Second => padded(out, civil.second, 0),
            Chunk::ZeroSecond => padded(out, civil.second, 2),
            Chunk::UpperHalf => out.extend_from_slice(if civil.hour >= 12 { b"PM" } else { b"AM" }),
            Chunk::LowerHalf => out.extend_from_slice(if civil.hour >= 12 { b"pm" } else { b"am" }),
            Chunk::ZoneOffset(form) => self.offset(out, form),
            Chunk::ZoneName if self.zone.name.is_empty() => {
                self.offset(out, Offset { iso: false, colon: false, minutes: true, seconds: false })
            }
            Chunk::ZoneName => out.extend_from_slice(self.zone.name.as_bytes()),
            Chunk::Fraction(fraction) => self.fraction(out, fraction),
        }
    }

    fn offset(&self, out: &mut Vec<u8>, form: Offset) {
        let offset = self.zone.offset as i64;
        if offset == 0 && form.iso {
            return out.push(b'Z');
        }
        // Go decides the sign by the minutes, so what is less than one is positive.
        let minutes = offset / 60;
        out.push(if minutes < 0 { b'-' } else { b'+' });
        let size = minutes.abs();
        padded(out, size / 60, 2);
        if form.colon {
            out.push(b':');
        }
        if form.minutes {
            padded(out, size % 60, 2);
        }
        if form.seconds {
            if form.colon {
                out.push(b':');
            }
            padded(out, if minutes < 0 { -offset } else { offset } % 60, 2);
        }
    }

    fn fraction(&self, out: &mut Vec<u8>, fraction: Fraction) {
        if fraction.trimmed && (fraction.digits == 0 || self.nanoseconds == 0) {
            return;
        }
        let start = out.len();
        out.push(fraction.separator);
        // Writing to a vector cannot fail.
        let _ = write!(out, "{:09}", self.nanoseconds);
        out.truncate(start + 1 + fraction.digits.min(9));
        if fraction.trimmed {
            while out.len() > start && out.last() == Some(&b'0') {
                out.pop();
            }
            if out.len() == start + 1 {
                out.pop();
            }
        }
    }
}

/// Source: `time.appendInt`: the sign stands before the zeros.
fn padded(out: &mut Vec<u8>, value: i64, width: usize) {
    if value < 0 {
        out.push(b'-');
    }
    // Writing to a vector cannot fail.
    let _ = write!(out, "{:0width$}", value.unsigned_abs());
}

fn spaced(out: &mut Vec<u8>, value: i64, width: usize) {
    let _ = write!(out, "{value:width$}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quote;

    /// Rows of `testdata/times.tsv`, made by Go: layout, then seconds, nanoseconds, offset, zone and the formatted text; or layout and
    /// text to be read, and the instant or the error.
    #[test]
    fn formats_and_reads_as_go() {
        for row in include_str!("../testdata/times.tsv").lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let text = |cell: &str| quote::unquote(cell.as_bytes()).unwrap();
            match cells[..] {
                ["format", layout, seconds, nanoseconds, offset, name, expected] => {
                    let zone = Zone { offset: offset.parse().unwrap(), name: String::from_utf8(text(name)).unwrap(), local: false };
                    let moment = Moment { seconds: seconds.parse().unwrap(), nanoseconds: nanoseconds.parse().unwrap(), zone };
                    let mut out = Vec::new();
                    moment.format(&mut out, &text(layout));
                    assert_eq!(quote::quoted(&out), expected, "{row}");
                }
                ["parse", layout, value, expected] => {
                    let result = match parse(&text(layout), &text(value), &Zone::utc()) {
                        Ok(moment) => moment.formatted("2006-01-02 15:04:05.999999999 -0700 MST"),
                        Err(error) => error,
                    };
                    assert_eq!(quote::quoted(result.as_bytes()), expected, "{row}");
                }
                _ => panic!("{row}"),
            }
        }
    }
}

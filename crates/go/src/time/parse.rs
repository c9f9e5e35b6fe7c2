//! Reading a time by its layout, with Go's errors. Source: `time/format.go`, `parse`.

use super::layout::{Chunk, next_chunk};
use super::{DAYS, MONTHS, Moment, Zone, days_before, is_leap};

/// What has been read so far.
#[derive(Default)]
struct Fields {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanoseconds: u32,
    morning: bool,
    afternoon: bool,
    utc: bool,
    offset: Option<i64>,
    zone: Option<String>,
}

/// Why a part could not be read.
enum Failure {
    /// It is not what the layout asks for.
    Bad,
    /// It is a number beyond its bounds; what remains of the text is part of the message's bookkeeping only.
    Range(&'static str),
}

use Failure::{Bad, Range};

/// `time.ParseInLocation`, the location being a zone of fixed offset.
///
/// # Errors
/// Go's text.
pub fn parse(layout: &[u8], text: &[u8], local: &Zone) -> Result<Moment, String> {
    let wrong = |message: &str| format!("parsing time {}{message}", quote(text));
    let mismatch =
        |value: &[u8], element: &[u8]| wrong(&format!(" as {}: cannot parse {} as {}", quote(layout), quote(value), quote(element)));
    let mut fields = Fields::default();
    let (mut pattern, mut value) = (layout, text);
    loop {
        let (prefix, chunk, suffix) = next_chunk(pattern);
        let element = &pattern[prefix.len()..pattern.len() - suffix.len()];
        value = skip(value, prefix).map_err(|value| mismatch(value, prefix))?;
        let Some(chunk) = chunk else {
            if !value.is_empty() {
                return Err(wrong(&format!(": extra text: {}", quote(value))));
            }
            break;
        };
        pattern = suffix;
        value = fields.read(chunk, value, suffix).map_err(|failure| match failure {
            Bad => mismatch(value, element),
            Range(what) => wrong(&format!(": {what} out of range")),
        })?;
    }
    if fields.afternoon && fields.hour < 12 {
        fields.hour += 12;
    } else if fields.morning && fields.hour == 12 {
        fields.hour = 0;
    }
    let (month, day) = fields.date().map_err(wrong)?;
    let clock = (fields.hour, fields.minute, fields.second);
    let at = |zone: Zone| Moment::date(fields.year, month, day, clock, fields.nanoseconds, zone);
    if fields.utc {
        return Ok(at(Zone::utc()));
    }
    if let Some(offset) = fields.offset {
        let named = fields.zone.clone().unwrap_or_default();
        let is_local = local.offset as i64 == offset && (named.is_empty() || named == local.name);
        return Ok(at(if is_local { local.clone() } else { Zone { offset: offset as i32, name: named, local: false } }));
    }
    if let Some(name) = fields.zone {
        if name == local.name {
            return Ok(at(local.clone()));
        }
        // Nobody knows what the abbreviation means, but for GMT with hours.
        let hours = name.strip_prefix("GMT").and_then(|hours| hours.parse::<i32>().ok()).unwrap_or(0);
        return Ok(Moment::date(fields.year, month, day, clock, fields.nanoseconds, Zone::utc()).within(Zone {
            offset: hours * 3600,
            name,
            local: false,
        }));
    }
    Ok(at(local.clone()))
}

/// A layout's own text at the front of a value; its spaces stand for any number of them.
fn skip<'a>(mut value: &'a [u8], mut prefix: &[u8]) -> Result<&'a [u8], &'a [u8]> {
    let cut = |text: &[u8]| text.iter().take_while(|&&byte| byte == b' ').count();
    while let Some(&expected) = prefix.first() {
        if expected == b' ' {
            if value.first().is_some_and(|&byte| byte != b' ') {
                return Err(value);
            }
            prefix = &prefix[cut(prefix)..];
            value = &value[cut(value)..];
        } else if value.first() == Some(&expected) {
            (prefix, value) = (&prefix[1..], &value[1..]);
        } else {
            return Err(value);
        }
    }
    Ok(value)
}

fn digit(text: &[u8], at: usize) -> Option<i64> {
    text.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| (byte - b'0') as i64)
}

/// One or two digits, or just two.
fn number(text: &[u8], two: bool) -> Result<(i64, &[u8]), Failure> {
    match (digit(text, 0), digit(text, 1)) {
        (Some(tens), Some(ones)) => Ok((tens * 10 + ones, &text[2..])),
        (Some(ones), None) if !two => Ok((ones, &text[1..])),
        _ => Err(Bad),
    }
}

fn bounded<'a>(text: &'a [u8], two: bool, limit: i64, what: &'static str) -> Result<(i64, &'a [u8]), Failure> {
    let (value, rest) = number(text, two)?;
    if value < limit { Ok((value, rest)) } else { Err(Range(what)) }
}

fn name<'a>(text: &'a [u8], names: &[&str], length: Option<usize>) -> Result<(i64, &'a [u8]), Failure> {
    for (index, name) in names.iter().enumerate() {
        let name = &name.as_bytes()[..length.unwrap_or(name.len())];
        if text.len() >= name.len() && text[..name.len()].eq_ignore_ascii_case(name) {
            return Ok((index as i64 + 1, &text[name.len()..]));
        }
    }
    Err(Bad)
}

/// A separator and digits as nanoseconds; digits beyond the ninth do not count.
fn nanoseconds(text: &[u8], length: usize) -> Result<u32, Failure> {
    if !matches!(text.first(), Some(b'.' | b',')) {
        return Err(Bad);
    }
    let digits = text.get(1..length.min(10)).ok_or(Bad)?;
    match digits.first() {
        // Go's reader of integers takes a sign here, and then finds the number below zero.
        Some(b'-') if digits[1..].iter().all(u8::is_ascii_digit) && digits[1..].iter().any(|&byte| byte != b'0') => {
            return Err(Range("fractional second"));
        }
        _ => {}
    }
    let unsigned = digits.strip_prefix(b"+").or_else(|| digits.strip_prefix(b"-")).unwrap_or(digits);
    if !unsigned.iter().all(u8::is_ascii_digit) {
        return Err(Bad);
    }
    let sum = unsigned.iter().fold(0u32, |sum, &byte| sum * 10 + (byte - b'0') as u32);
    Ok(sum * 10u32.pow(9 - digits.len() as u32))
}

impl Fields {
    /// Reads what a chunk stands for and returns what follows it.
    fn read<'a>(&mut self, chunk: Chunk, value: &'a [u8], layout: &[u8]) -> Result<&'a [u8], Failure> {
        let rest;
        match chunk {
            Chunk::Year => {
                let year = value.get(..2).ok_or(Bad)?;
                let year: i64 = std::str::from_utf8(year).ok().and_then(|year| year.parse().ok()).ok_or(Bad)?;
                self.year = if year >= 69 { year + 1900 } else { year + 2000 };
                rest = &value[2..];
            }
            Chunk::LongYear => {
                let year = value.get(..4).filter(|year| year.iter().all(u8::is_ascii_digit)).ok_or(Bad)?;
                self.year = year.iter().fold(0, |sum, &byte| sum * 10 + (byte - b'0') as i64);
                rest = &value[4..];
            }
            Chunk::Month | Chunk::LongMonth => {
                let month;
                (month, rest) = name(value, &MONTHS, (chunk == Chunk::Month).then_some(3))?;
                self.month = Some(month);
            }
            Chunk::NumberMonth | Chunk::ZeroMonth => {
                let month;
                (month, rest) = bounded(value, chunk == Chunk::ZeroMonth, 13, "month")?;
                if month == 0 {
                    return Err(Range("month"));
                }
                self.month = Some(month);
            }
            Chunk::Weekday | Chunk::LongWeekday => (_, rest) = name(value, &DAYS, (chunk == Chunk::Weekday).then_some(3))?,
            Chunk::Day | Chunk::UnderDay | Chunk::ZeroDay => {
                let value = if chunk == Chunk::UnderDay { value.strip_prefix(b" ").unwrap_or(value) } else { value };
                let day;
                (day, rest) = number(value, chunk == Chunk::ZeroDay)?;
                self.day = Some(day);
            }
            Chunk::UnderYearDay | Chunk::ZeroYearDay => {
                let mut value = value;
                for _ in 0..2 {
                    if chunk == Chunk::UnderYearDay {
                        value = value.strip_prefix(b" ").unwrap_or(value);
                    }
                }
                let count = value.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
                if count == 0 || chunk == Chunk::ZeroYearDay && count != 3 {
                    return Err(Bad);
                }
                self.year_day = Some(value[..count].iter().fold(0, |sum, &byte| sum * 10 + (byte - b'0') as i64));
                rest = &value[count..];
            }
            Chunk::Hour => (self.hour, rest) = bounded(value, false, 24, "hour")?,
            Chunk::Hour12 | Chunk::ZeroHour12 => (self.hour, rest) = bounded(value, chunk == Chunk::ZeroHour12, 13, "hour")?,
            Chunk::Minute | Chunk::ZeroMinute => (self.minute, rest) = bounded(value, chunk == Chunk::ZeroMinute, 60, "minute")?,
            Chunk::Second | Chunk::ZeroSecond => {
                let after;
                (self.second, after) = bounded(value, chunk == Chunk::ZeroSecond, 60, "second")?;
                // A fraction may follow that the layout does not mention.
                let fraction = matches!(after.first(), Some(b'.' | b',')) && digit(after, 1).is_some();
                if fraction && !matches!(next_chunk(layout).1, Some(Chunk::Fraction(_))) {
                    let count = 1 + after[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    self.nanoseconds = nanoseconds(after, count)?;
                    rest = &after[count..];
                } else {
                    rest = after;
                }
            }
            Chunk::UpperHalf | Chunk::LowerHalf => {
                let (morning, afternoon): (&[u8], &[u8]) = if chunk == Chunk::UpperHalf { (b"AM", b"PM") } else { (b"am", b"pm") };
                self.morning |= value.starts_with(morning);
                self.afternoon |= value.starts_with(afternoon);
                if !(value.starts_with(morning) || value.starts_with(afternoon)) {
                    return Err(Bad);
                }
                rest = &value[2..];
            }
            Chunk::ZoneOffset(form) => {
                if form.iso && value.first() == Some(&b'Z') {
                    self.utc = true;
                    return Ok(&value[1..]);
                }
                let pairs = 1 + usize::from(form.minutes) + usize::from(form.seconds);
                let step = if form.colon { 3 } else { 2 };
                let at = 1 + 2 + (pairs - 1) * step;
                if value.len() < at || form.colon && (1..pairs).any(|pair| value[3 * pair] != b':') {
                    return Err(Bad);
                }
                // What cannot be read counts as zero until the bounds are checked, which comes first.
                let mut numbers = [0; 3];
                let mut bad = false;
                for (pair, place) in numbers.iter_mut().enumerate().take(pairs) {
                    let start = 1 + pair * step;
                    match number(&value[start..start + 2], true) {
                        Ok((read, _)) if !bad => *place = read,
                        Ok(_) => {}
                        Err(_) => bad = true,
                    }
                }
                let [hours, minutes, seconds] = numbers;
                // Go looks at all three, and the last one that is too large gives the name.
                for (number, limit, what) in [
                    (seconds, 60, "time zone offset second"),
                    (minutes, 60, "time zone offset minute"),
                    (hours, 24, "time zone offset hour"),
                ] {
                    if number > limit {
                        return Err(Range(what));
                    }
                }
                if bad {
                    return Err(Bad);
                }
                let offset = (hours * 60 + minutes) * 60 + seconds;
                self.offset = Some(match value[0] {
                    b'+' => offset,
                    b'-' => -offset,
                    _ => return Err(Bad),
                });
                rest = &value[at..];
            }
            Chunk::ZoneName => {
                if let Some(after) = value.strip_prefix(b"UTC") {
                    self.utc = true;
                    return Ok(after);
                }
                let length = zone_name(value).ok_or(Bad)?;
                self.zone = Some(String::from_utf8_lossy(&value[..length]).into_owned());
                rest = &value[length..];
            }
            Chunk::Fraction(fraction) if !fraction.trimmed => {
                let length = 1 + fraction.digits;
                if value.len() < length {
                    return Err(Bad);
                }
                self.nanoseconds = nanoseconds(value, length)?;
                rest = &value[length..];
            }
            Chunk::Fraction(_) => {
                if !(matches!(value.first(), Some(b'.' | b',')) && digit(value, 1).is_some()) {
                    return Ok(value);
                }
                let count = 1 + value[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                self.nanoseconds = nanoseconds(value, count)?;
                rest = &value[count..];
            }
        }
        Ok(rest)
    }

    /// Month and day, of the day of the year if that was read.
    fn date(&self) -> Result<(i64, i64), &'static str> {
        let (mut month, mut day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        if let Some(year_day) = self.year_day {
            let days = if is_leap(self.year) { 366 } else { 365 };
            if !(1..=days).contains(&year_day) {
                return Err(": day-of-year out of range");
            }
            let found = (1..=12).rev().find(|&month| days_before(month, self.year) < year_day).unwrap_or(1);
            if self.month.is_some_and(|month| month != found) {
                return Err(": day-of-year does not match month");
            }
            month = found;
            let of_month = year_day - days_before(month, self.year);
            if self.day.is_some_and(|day| day != of_month) {
                return Err(": day-of-year does not match day");
            }
            day = of_month;
        }
        let next = if month == 12 { if is_leap(self.year) { 366 } else { 365 } } else { days_before(month + 1, self.year) };
        if day < 1 || day > next - days_before(month, self.year) {
            return Err(": day out of range");
        }
        Ok((month, day))
    }
}

/// How long an abbreviation of a zone is. Source: `time/format.go`, `parseTimeZone`.
fn zone_name(value: &[u8]) -> Option<usize> {
    if value.len() < 3 {
        return None;
    }
    if value.starts_with(b"ChST") || value.starts_with(b"MeST") {
        return Some(4);
    }
    if let Some(rest) = value.strip_prefix(b"GMT") {
        return Some(3 + signed_offset(rest));
    }
    if matches!(value[0], b'+' | b'-') {
        return Some(signed_offset(value)).filter(|&length| length > 0);
    }
    match value.iter().take(6).take_while(|byte| byte.is_ascii_uppercase()).count() {
        5 if value[4] == b'T' => Some(5),
        4 if value[3] == b'T' || value.starts_with(b"WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

/// How long an offset of at most 23 hours is; zero for anything else.
fn signed_offset(value: &[u8]) -> usize {
    if !matches!(value.first(), Some(b'+' | b'-')) {
        return 0;
    }
    let digits = value[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hours = value[1..1 + digits].iter().fold(0u64, |sum, &byte| (sum * 10 + (byte - b'0') as u64).min(1000));
    if digits == 0 || hours > 23 { 0 } else { 1 + digits }
}

/// The package's own quoting: whatever is not printable ASCII is given byte by byte. Source: `time.quote`.
pub(crate) fn quote(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for &byte in text {
        match byte {
            b'"' | b'\\' => out.extend(['\\', byte as char]),
            0x20..0x80 => out.push(byte as char),
            _ => out += &format!("\\x{byte:02x}"),
        }
    }
    out + "\""
}

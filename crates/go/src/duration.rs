//! Go's `time.Duration`: nanoseconds, how they print and how they are read. Clocks and calendars are in `time`.

use crate::time::quote;

/// A microsecond, in nanoseconds.
pub const MICROSECOND: i64 = 1_000;
/// A millisecond, in nanoseconds.
pub const MILLISECOND: i64 = 1_000_000;
/// A second, in nanoseconds.
pub const SECOND: i64 = 1_000_000_000;
/// A minute, in nanoseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour, in nanoseconds.
pub const HOUR: i64 = 60 * MINUTE;

/// `Duration.String`: `1h2m3.5s`, `1.5µs`, `0s`.
pub fn format(nanoseconds: i64) -> String {
    let size = nanoseconds.unsigned_abs();
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let fraction = |value: u64, unit: u64| {
        let rest = value % unit;
        if rest == 0 {
            return String::new();
        }
        let width = unit.ilog10() as usize;
        format!(".{rest:0width$}").trim_end_matches('0').to_owned()
    };
    if size == 0 {
        return "0s".to_owned();
    }
    if size < SECOND as u64 {
        let (unit, name) = match size {
            0..1_000 => return format!("{sign}{size}ns"),
            1_000..1_000_000 => (1_000, "µs"),
            _ => (1_000_000, "ms"),
        };
        return format!("{sign}{}{}{name}", size / unit, fraction(size, unit));
    }
    let seconds = size / SECOND as u64;
    let rest = format!("{}{}s", seconds % 60, fraction(size, SECOND as u64));
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{sign}{rest}"),
        (0, minutes) => format!("{sign}{minutes}m{rest}"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{rest}"),
    }
}

/// `time.ParseDuration`.
///
/// # Errors
/// Go's text.
pub fn parse(text: &[u8]) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {}", quote(text));
    let (negative, mut rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    const LARGEST: u64 = 1 << 63;
    let mut total = 0u64;
    while !rest.is_empty() {
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let whole = digits(rest);
        let mut value = rest[..whole]
            .iter()
            .try_fold(0u64, |sum, &byte| sum.checked_mul(10)?.checked_add((byte - b'0') as u64).filter(|&sum| sum <= LARGEST));
        rest = &rest[whole..];
        let (mut fraction, mut scale, mut after) = (0u64, 1f64, 0);
        if let [b'.', tail @ ..] = rest {
            after = digits(tail);
            let mut full = false;
            for &byte in &tail[..after] {
                let next = fraction.checked_mul(10).and_then(|sum| sum.checked_add((byte - b'0') as u64)).filter(|&sum| sum < LARGEST);
                match next {
                    Some(next) if !full => (fraction, scale) = (next, scale * 10.0),
                    _ => full = true,
                }
            }
            rest = &tail[after..];
        }
        if whole == 0 && after == 0 {
            return Err(invalid());
        }
        let end = rest.iter().position(|&byte| byte == b'.' || byte.is_ascii_digit()).unwrap_or(rest.len());
        let unit = match &rest[..end] {
            b"" => return Err(format!("time: missing unit in duration {}", quote(text))),
            b"ns" => 1,
            b"us" | b"\xC2\xB5s" | b"\xCE\xBCs" => MICROSECOND,
            b"ms" => MILLISECOND,
            b"s" => SECOND,
            b"m" => MINUTE,
            b"h" => HOUR,
            other => return Err(format!("time: unknown unit {} in duration {}", quote(other), quote(text))),
        } as u64;
        rest = &rest[end..];
        value = value.filter(|&value| value <= LARGEST / unit).map(|value| value * unit);
        if fraction > 0 {
            value = value.map(|value| value + (fraction as f64 * (unit as f64 / scale)) as u64);
        }
        total = value.and_then(|value| total.checked_add(value)).filter(|&total| total <= LARGEST).ok_or_else(invalid)?;
    }
    match (negative, total) {
        (true, total) => Ok((total as i64).wrapping_neg()),
        (false, LARGEST) => Err(invalid()),
        (false, total) => Ok(total as i64),
    }
}

/// `Duration.Round`: to the nearest multiple, halves away from zero; the extreme durations where that overflows.
pub fn round(duration: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return duration;
    }
    let rest = duration % unit;
    let (low, up) = if duration < 0 { (-rest, false) } else { (rest, true) };
    if low as u64 * 2 < unit as u64 {
        return duration - rest;
    }
    if up { duration.checked_add(unit - rest).unwrap_or(i64::MAX) } else { duration.checked_sub(unit + rest).unwrap_or(i64::MIN) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_go() {
        for (value, expected) in [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1µs"),
            (2_200_000, "2.2ms"),
            (3_300_000_000, "3.3s"),
            (245_000_000_000, "4m5s"),
            (HOUR * 2 + 1, "2h0m0.000000001s"),
            (i64::MIN, "-2562047h47m16.854775808s"),
            (-SECOND, "-1s"),
        ] {
            assert_eq!(format(value), expected);
        }
    }

    #[test]
    fn reads_as_go() {
        for (text, expected) in [
            ("1h30m", Ok(HOUR + 30 * MINUTE)),
            ("-1.5h", Ok(-HOUR - 30 * MINUTE)),
            (".5s", Ok(SECOND / 2)),
            ("0", Ok(0)),
            ("1µs", Ok(1000)),
            ("", Err("time: invalid duration \"\"")),
            ("3", Err("time: missing unit in duration \"3\"")),
            ("3d", Err("time: unknown unit \"d\" in duration \"3d\"")),
            (".s", Err("time: invalid duration \".s\"")),
            ("9223372036854775808ns", Err("time: invalid duration \"9223372036854775808ns\"")),
            ("-9223372036854775808ns", Ok(i64::MIN)),
            ("0.3333333333333333333h", Ok(20 * MINUTE)),
        ] {
            assert_eq!(parse(text.as_bytes()), expected.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn rounds_as_go() {
        assert_eq!(round(1_500_000_000, SECOND), 2 * SECOND);
        assert_eq!(round(-1_500_000_000, SECOND), -2 * SECOND);
        assert_eq!(round(-1_400_000_000, SECOND), -SECOND);
    }
}

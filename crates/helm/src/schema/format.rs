//! The formats that drafts before 2019-09 check (`format.go`).

mod interval;
mod reference;
mod semver;

use chartwright_go::quote;
use chartwright_go::regexp::Regexp;

/// A known format. Unknown ones demand nothing.
#[derive(Clone, Copy)]
pub(super) struct Format {
    pub(super) name: &'static str,
    /// The reason why a text does not fit.
    pub(super) check: fn(&str) -> Result<(), String>,
}

const FORMATS: &[Format] = &[
    Format { name: "date", check: date },
    Format { name: "date-time", check: date_time },
    Format { name: "time", check: time },
    Format { name: "email", check: email },
    Format { name: "hostname", check: hostname },
    Format { name: "ipv4", check: ipv4 },
    Format { name: "ipv6", check: ipv6 },
    Format { name: "uuid", check: uuid },
    Format { name: "duration", check: interval::duration },
    Format { name: "period", check: interval::period },
    Format { name: "json-pointer", check: reference::json_pointer },
    Format { name: "relative-json-pointer", check: reference::relative_json_pointer },
    Format { name: "uri", check: reference::uri },
    Format { name: "iri", check: reference::uri },
    Format { name: "uri-reference", check: reference::uri_reference },
    Format { name: "iri-reference", check: reference::uri_reference },
    Format { name: "uri-template", check: reference::uri_template },
    Format { name: "semver", check: semver::semver },
    Format { name: "regex", check: regex },
];

impl Format {
    pub(super) fn by_name(name: &str) -> Option<Format> {
        FORMATS.iter().find(|format| format.name == name).copied()
    }
}

fn rune(c: char) -> String {
    let mut out = Vec::new();
    quote::quote_rune(&mut out, c as u32, false);
    String::from_utf8_lossy(&out).into_owned()
}

fn fail<T>(reason: impl Into<String>) -> Result<T, String> {
    Err(reason.into())
}

fn ipv4(text: &str) -> Result<(), String> {
    let groups: Vec<&str> = text.split('.').collect();
    if groups.len() != 4 {
        return fail("expected four decimals");
    }
    for group in groups {
        if group.len() > 1 && group.starts_with('0') {
            return fail("leading zeros");
        }
        let digits = group.strip_prefix(['+', '-']).unwrap_or(group);
        if digits.is_empty() || digits.bytes().any(|b| !b.is_ascii_digit()) {
            return fail(format!("strconv.Atoi: parsing {}: invalid syntax", quote::quoted(group.as_bytes())));
        }
        if !group.parse::<i64>().is_ok_and(|n| (0..=255).contains(&n)) {
            return fail("decimal must be between 0 and 255");
        }
    }
    Ok(())
}

fn ipv6(text: &str) -> Result<(), String> {
    if !text.contains(':') {
        return fail("missing colon");
    }
    if text.contains('%') {
        return fail("zone id is not a part of ipv6 address");
    }
    match text.parse::<std::net::Ipv6Addr>() {
        Ok(_) => Ok(()),
        Err(_) => fail(format!("ParseAddr({}): unable to parse IP", quote::quoted(text.as_bytes()))),
    }
}

fn hostname(text: &str) -> Result<(), String> {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 253 {
        return fail("more than 253 characters long");
    }
    for label in text.split('.') {
        if label.is_empty() || label.len() > 63 {
            return fail("label must be 1 to 63 characters long");
        }
        if label.starts_with('-') {
            return fail("label starts with hyphen");
        }
        if label.ends_with('-') {
            return fail("label ends with hyphen");
        }
        if let Some(c) = label.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '-')) {
            return fail(format!("invalid character {}", rune(c)));
        }
    }
    Ok(())
}

fn email(text: &str) -> Result<(), String> {
    if text.len() > 254 {
        return fail("more than 255 characters long");
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return fail("missing @");
    };
    if local.len() > 64 {
        return fail("local part more than 64 characters long");
    }
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        if quoted.contains(['\\', '"']) {
            return fail("backslash and quote are not allowed within quoted local part");
        }
    } else if local.starts_with('.') {
        return fail("starts with dot");
    } else if local.ends_with('.') {
        return fail("ends with dot");
    } else if local.contains("..") {
        return fail("consecutive dots");
    } else if let Some(c) = local.chars().find(|c| !(c.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(*c))) {
        return fail(format!("invalid character {}", rune(c)));
    }
    if let Some(address) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return match address.strip_prefix("IPv6:") {
            Some(address) => ipv6(address).map_err(|error| format!("invalid ipv6 address: {error}")),
            None => ipv4(address).map_err(|error| format!("invalid ipv4 address: {error}")),
        };
    }
    hostname(domain).map_err(|error| format!("invalid domain: {error}"))
}

/// `YYYY-MM-DD` with Go's texts for what is not (`time.Parse`).
fn date(text: &str) -> Result<(), String> {
    let quoted = quote::quoted(text.as_bytes());
    let parts: Vec<&str> = text.splitn(3, '-').collect();
    let number = |at: usize, len: usize| {
        parts.get(at).filter(|part| part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).and_then(|part| part.parse::<u32>().ok())
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(1, 2), number(2, 2)) else {
        return fail(format!("parsing time {quoted} as \"2006-01-02\": cannot parse {quoted} as \"2006\""));
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return fail(format!("parsing time {quoted}: month out of range")),
    };
    if day == 0 || day > days { fail(format!("parsing time {quoted}: day out of range")) } else { Ok(()) }
}

fn time(text: &str) -> Result<(), String> {
    if text.len() < 9 || !text.is_ascii() {
        return fail("less than 9 characters long");
    }
    let bytes = text.as_bytes();
    if bytes[2] != b':' || bytes[5] != b':' {
        return fail("missing colon in correct place");
    }
    let pair = |at: usize, what: &str| text[at..at + 2].parse::<u32>().map_err(|_| format!("invalid {what}"));
    let (mut hour, mut minute, second) = (pair(0, "hour/min/sec")?, pair(3, "hour/min/sec")?, pair(6, "hour/min/sec")?);
    if hour > 23 || minute > 59 || second > 60 {
        return fail("hour/min/sec out of range");
    }
    let mut rest = &text[8..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.len() == fraction.len() {
            return fail("no digits in second fraction");
        }
        rest = after;
    }
    if !rest.eq_ignore_ascii_case("z") {
        if rest.len() != 6 {
            return fail("offset must be 6 characters long");
        }
        let ahead = match rest.as_bytes()[0] {
            b'+' => true,
            b'-' => false,
            _ => return fail("offset must begin with plus/minus"),
        };
        if rest.as_bytes()[3] != b':' {
            return fail("missing colon in offset in correct place");
        }
        let part = |at: usize| rest[at..at + 2].parse::<u32>().map_err(|_| "invalid hour/min in offset".to_owned());
        let (hours, minutes) = (part(1)?, part(4)?);
        if hours > 23 || minutes > 59 {
            return fail("hour/min in offset out of range");
        }
        let day = 24 * 60;
        let offset = hours * 60 + minutes;
        let total = (hour * 60 + minute + if ahead { day - offset } else { offset }) % day;
        (hour, minute) = (total / 60, total % 60);
    }
    if second >= 60 && (hour != 23 || minute != 59) { fail("invalid leap second") } else { Ok(()) }
}

fn date_time(text: &str) -> Result<(), String> {
    if text.len() < 20 || !text.is_ascii() {
        return fail("less than 20 characters long");
    }
    if !text.as_bytes()[10].eq_ignore_ascii_case(&b't') {
        return fail("11th character must be t or T");
    }
    date(&text[..10]).map_err(|error| format!("invalid date element: {error}"))?;
    time(&text[11..]).map_err(|error| format!("invalid time element: {error}"))
}

/// An absolute URI: a scheme, and no control characters.
fn regex(text: &str) -> Result<(), String> {
    Regexp::compile(text.as_bytes()).map(drop).map_err(|error| error.to_string())
}

fn uuid(text: &str) -> Result<(), String> {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() != GROUPS.len() {
        return fail("must have 5 elements");
    }
    for (at, (group, len)) in groups.iter().zip(GROUPS).enumerate() {
        if group.len() != len {
            return fail(format!("element {} must be {len} characters long", at + 1));
        }
        if let Some(c) = group.chars().find(|c| !c.is_ascii_hexdigit()) {
            return fail(format!("non-hex character {}", rune(c)));
        }
    }
    Ok(())
}

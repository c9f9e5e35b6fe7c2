//! What an unquoted scalar means: YAML 1.1 as Go's yaml v2 reads it (`resolve.go`). Dates are told apart, since writing quotes them.

/// A scalar's meaning. Where it is text, the text is the scalar's own.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    /// Beyond `i64`.
    Uint(u64),
    Float(f64),
    Text,
    /// Looks like a date; reads as text.
    Timestamp,
}

pub(crate) const BINARY_TAG: &str = "tag:yaml.org,2002:binary";
pub(crate) const MERGE_TAG: &str = "tag:yaml.org,2002:merge";
const LONG_TAG: &str = "tag:yaml.org,2002:";

impl Scalar {
    /// The kind's short tag, as Go's errors name it.
    fn tag(self) -> &'static str {
        match self {
            Scalar::Null => "!!null",
            Scalar::Bool(_) => "!!bool",
            Scalar::Int(_) | Scalar::Uint(_) => "!!int",
            Scalar::Float(_) => "!!float",
            Scalar::Text => "!!str",
            Scalar::Timestamp => "!!timestamp",
        }
    }
}

/// The meaning of a scalar that carries a tag. `Ok(Text)` for tags that Go does not know.
///
/// # Errors
/// Go's text where the value does not fit the tag.
pub(crate) fn resolve_tagged(tag: &str, text: &str) -> Result<Scalar, String> {
    let Some(short) = tag.strip_prefix(LONG_TAG).filter(|short| matches!(*short, "str" | "bool" | "int" | "float" | "null" | "timestamp"))
    else {
        return Ok(Scalar::Text);
    };
    if short == "str" {
        return Ok(Scalar::Text);
    }
    let found = match resolve(text) {
        // With any other tag, Go does not try dates.
        Scalar::Timestamp if short != "timestamp" => Scalar::Text,
        found => found,
    };
    match (short, found) {
        ("float", Scalar::Int(int)) => Ok(Scalar::Float(int as f64)),
        _ if found.tag().strip_prefix("!!") == Some(short) => Ok(found),
        _ => Err(format!("cannot decode {} `{text}` as a !!{short}", found.tag())),
    }
}

/// The meaning of an unquoted scalar without a tag.
pub(crate) fn resolve(text: &str) -> Scalar {
    let Some(&first) = text.as_bytes().first() else {
        return Scalar::Null;
    };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => resolve_word(text),
        b'.' => match text {
            ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
            ".inf" | ".Inf" | ".INF" => Scalar::Float(f64::INFINITY),
            _ => resolve_fraction(text),
        },
        b'+' | b'-' | b'0'..=b'9' => resolve_number(text),
        _ => Scalar::Text,
    }
}

fn resolve_word(text: &str) -> Scalar {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        "~" | "null" | "Null" | "NULL" => Scalar::Null,
        _ => Scalar::Text,
    }
}

/// What begins with a point goes to Go's `strconv.ParseFloat` as it is, which takes `_` between digits.
fn resolve_fraction(text: &str) -> Scalar {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let separates = |at: usize| at > 0 && digit(at - 1) && digit(at + 1);
    if !bytes.iter().enumerate().all(|(at, byte)| *byte != b'_' || separates(at)) {
        return Scalar::Text;
    }
    let plain = text.replace('_', "");
    if is_float(&plain) { parse_float(&plain) } else { Scalar::Text }
}

fn resolve_number(text: &str) -> Scalar {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Scalar::Float(f64::NEG_INFINITY),
        _ => {}
    }
    if is_timestamp(text) {
        return Scalar::Timestamp;
    }
    let bare: String;
    let plain = if text.contains('_') {
        bare = text.replace('_', "");
        bare.as_str()
    } else {
        text
    };
    if let Some(found) = parse_int(plain) {
        return found;
    }
    if is_float(plain)
        && let found @ Scalar::Float(_) = parse_float(plain)
    {
        return found;
    }
    // A sign after the prefix: nobody writes it, Go reads it.
    if let Some(digits) = plain.strip_prefix("0b")
        && digits.starts_with(['+', '-'])
        && let Ok(int) = i64::from_str_radix(digits, 2)
    {
        return Scalar::Int(int);
    }
    Scalar::Text
}

/// Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`.
fn parse_int(text: &str) -> Option<Scalar> {
    let (negative, unsigned) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (radix, digits) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &unsigned[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &unsigned[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &unsigned[2..]),
        [b'0', _, ..] => (8, &unsigned[1..]),
        _ => (10, unsigned),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, radix).ok()?;
    match (negative, i64::try_from(magnitude)) {
        (false, Ok(int)) => Some(Scalar::Int(int)),
        (false, Err(_)) if text.starts_with('+') => None,
        (false, Err(_)) => Some(Scalar::Uint(magnitude)),
        (true, Ok(int)) => Some(Scalar::Int(-int)),
        (true, Err(_)) => (magnitude == 1 << 63).then_some(Scalar::Int(i64::MIN)),
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_float(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits = digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    mantissa_fits && exponent_fits
}

/// Text where the number is beyond `float64`: Go's parser fails there.
fn parse_float(text: &str) -> Scalar {
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Scalar::Float(float),
        _ => Scalar::Text,
    }
}

/// YAML 1.1's numbers to the base 60, which are not read but written in quotes (Go `encode.go`, `isBase60Float`).
pub(crate) fn is_base_60(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or("");
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let sixtieth = |text: &str| match text.as_bytes() {
        [b'0'..=b'9'] => true,
        [tens, ones] => (b'0'..=b'5').contains(tens) && ones.is_ascii_digit(),
        _ => false,
    };
    first.starts_with(|c: char| c.is_ascii_digit()) && number(first) && whole.contains(':') && parts.all(sixtieth) && number(fraction)
}

/// Whether Go's `time.Parse` accepts the text in one of the four layouts that yaml v2 tries.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 8 || bytes[4] != b'-' || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let year = bytes[..4].iter().fold(0u32, |year, digit| year * 10 + u32::from(digit - b'0'));
    let mut rest = &bytes[5..];
    let Some(month) = number(&mut rest).filter(|month| (1..=12).contains(month)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(accept(&mut rest, b"-") && number(&mut rest).is_some_and(|day| (1..=days).contains(&day))) {
        return false;
    }
    let Some((&separator, after)) = rest.split_first() else {
        return true;
    };
    rest = after;
    let clock = number(&mut rest).is_some_and(|hour| hour < 24)
        && accept(&mut rest, b":")
        && number(&mut rest).is_some_and(|minute| minute < 60)
        && accept(&mut rest, b":")
        && number(&mut rest).is_some_and(|second| second < 60);
    if !clock {
        return false;
    }
    if let [b'.' | b',', b'0'..=b'9', ..] = rest {
        let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = &rest[1 + digits..];
    }
    match separator {
        b' ' => rest.is_empty(),
        b'T' | b't' => is_zone(rest),
        _ => false,
    }
}

fn is_zone(text: &[u8]) -> bool {
    match text {
        b"Z" => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] if [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit()) => {
            let two = |tens: &u8, ones: &u8| (tens - b'0') * 10 + (ones - b'0');
            two(h1, h2) <= 24 && two(m1, m2) < 60
        }
        _ => false,
    }
}

/// One or two digits.
fn number(rest: &mut &[u8]) -> Option<u32> {
    let digits = rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, after) = rest.split_at(digits);
    *rest = after;
    (digits > 0).then(|| number.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

fn accept(rest: &mut &[u8], expected: &[u8]) -> bool {
    match rest.strip_prefix(expected) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

//! Go's number parsing (`strconv.ParseInt`, `ParseUint`, `ParseFloat`, `ParseBool`, `Atoi`), errors included.
//! How numbers are written is in `float` and `fmt`.

use crate::quote;

/// Why a number could not be parsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// `invalid syntax`.
    Syntax,
    /// `value out of range`.
    Range,
}

impl Failure {
    /// The text of Go's `*strconv.NumError`, e.g. `strconv.Atoi: parsing "x": invalid syntax`.
    pub fn message(self, function: &str, input: &[u8]) -> String {
        let reason = match self {
            Failure::Syntax => "invalid syntax",
            Failure::Range => "value out of range",
        };
        format!("strconv.{function}: parsing {}: {reason}", quote::quoted(input))
    }
}

/// `strconv.ParseUint(text, base, bits)`; base 0 reads Go's prefixes and underscores.
///
/// # Errors
/// What is wrong, with the value that Go returns beside the error.
pub fn parse_uint(text: &[u8], base: u32, bits: u32) -> Result<u64, (Failure, u64)> {
    const SYNTAX: (Failure, u64) = (Failure::Syntax, 0);
    if text.is_empty() {
        return Err(SYNTAX);
    }
    let (radix, digits) = match (base, text) {
        (0, [b'0', b'b' | b'B', _, ..]) => (2, &text[2..]),
        (0, [b'0', b'o' | b'O', _, ..]) => (8, &text[2..]),
        (0, [b'0', b'x' | b'X', _, ..]) => (16, &text[2..]),
        (0, [b'0', ..]) => (8, &text[1..]),
        (0, _) => (10, text),
        _ => (base, text),
    };
    let largest = if bits >= 64 { u64::MAX } else { (1 << bits) - 1 };
    let mut underscores = false;
    let mut sum = 0u64;
    for &byte in digits {
        if byte == b'_' && base == 0 {
            underscores = true;
            continue;
        }
        let digit = (byte as char).to_digit(36).filter(|&digit| digit < radix).ok_or(SYNTAX)?;
        sum = sum
            .checked_mul(radix as u64)
            .and_then(|n| n.checked_add(digit as u64))
            .filter(|&n| n <= largest)
            .ok_or((Failure::Range, largest))?;
    }
    if underscores && !underscores_fit(text) { Err(SYNTAX) } else { Ok(sum) }
}

/// `strconv.ParseInt(text, base, bits)`.
///
/// # Errors
/// What is wrong, with the value that Go returns beside the error.
pub fn parse_int(text: &[u8], base: u32, bits: u32) -> Result<i64, (Failure, i64)> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let cutoff = 1u64 << (bits.clamp(1, 64) - 1);
    let limit = |negative: bool| if negative { (cutoff as i64).wrapping_neg() } else { (cutoff - 1) as i64 };
    let size = match parse_uint(digits, base, bits) {
        Ok(size) => size,
        Err((Failure::Range, _)) => return Err((Failure::Range, limit(negative))),
        Err((failure, _)) => return Err((failure, 0)),
    };
    match (negative, size) {
        (false, size) if size >= cutoff => Err((Failure::Range, limit(false))),
        (true, size) if size > cutoff => Err((Failure::Range, limit(true))),
        (true, size) => Ok((size as i64).wrapping_neg()),
        (false, size) => Ok(size as i64),
    }
}

/// Whether underscores only separate digits (or follow a base prefix). Source: `strconv.underscoreOK`.
fn underscores_fit(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    let (mut before, mut at, mut hex) = (b'^', 0, false);
    if let [b'0', letter, ..] = text
        && matches!(letter.to_ascii_lowercase(), b'b' | b'o' | b'x')
    {
        (before, at, hex) = (b'0', 2, letter.eq_ignore_ascii_case(&b'x'));
    }
    for &byte in &text[at..] {
        if byte.is_ascii_digit() || hex && byte.is_ascii_hexdigit() {
            before = b'0';
        } else if byte == b'_' {
            if before != b'0' {
                return false;
            }
            before = b'_';
        } else {
            if before == b'_' {
                return false;
            }
            before = b'!';
        }
    }
    before != b'_'
}

/// `strconv.ParseBool`.
pub fn parse_bool(text: &[u8]) -> Option<bool> {
    match text {
        b"1" | b"t" | b"T" | b"true" | b"TRUE" | b"True" => Some(true),
        b"0" | b"f" | b"F" | b"false" | b"FALSE" | b"False" => Some(false),
        _ => None,
    }
}

/// `strconv.ParseFloat(text, 64)`.
///
/// # Errors
/// What is wrong, with the value that Go returns beside the error (an infinity for `Range`).
pub fn parse_float(text: &[u8]) -> Result<f64, (Failure, f64)> {
    const SYNTAX: (Failure, f64) = (Failure::Syntax, 0.0);
    let (negative, body) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let signed = |f: f64| if negative { -f } else { f };
    if body.eq_ignore_ascii_case(b"inf") || body.eq_ignore_ascii_case(b"infinity") {
        return Ok(signed(f64::INFINITY));
    }
    if text.eq_ignore_ascii_case(b"nan") {
        return Ok(f64::NAN);
    }
    let without;
    let body = if body.contains(&b'_') {
        if !underscores_fit(text) {
            return Err(SYNTAX);
        }
        without = body.iter().copied().filter(|&byte| byte != b'_').collect::<Vec<u8>>();
        &without
    } else {
        body
    };
    if matches!(body, [b'0', b'x' | b'X', ..]) {
        let f = parse_hex_float(&body[2..]).ok_or(SYNTAX)?;
        return if f.is_infinite() { Err((Failure::Range, signed(f))) } else { Ok(signed(f)) };
    }
    let mut digits = 0;
    let mut rest = body;
    let mut take = |rest: &mut &[u8]| {
        let run = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits += run;
        *rest = &rest[run..];
    };
    take(&mut rest);
    if let [b'.', tail @ ..] = rest {
        rest = tail;
        take(&mut rest);
    }
    if digits == 0 {
        return Err(SYNTAX);
    }
    if let [b'e' | b'E', tail @ ..] = rest {
        let exponent = tail.strip_prefix(b"-").or_else(|| tail.strip_prefix(b"+")).unwrap_or(tail);
        if exponent.is_empty() || !exponent.iter().all(u8::is_ascii_digit) {
            return Err(SYNTAX);
        }
        rest = b"";
    }
    if !rest.is_empty() {
        return Err(SYNTAX);
    }
    let f: f64 = std::str::from_utf8(body).ok().and_then(|body| body.parse().ok()).ok_or(SYNTAX)?;
    if f.is_infinite() { Err((Failure::Range, signed(f))) } else { Ok(signed(f)) }
}

/// A hexadecimal float after its `0x`: the exponent is required. Rounds to even.
fn parse_hex_float(text: &[u8]) -> Option<f64> {
    let at = text.iter().position(|byte| byte.eq_ignore_ascii_case(&b'p'))?;
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let (mut sum, mut scale, mut seen, mut point, mut sticky) = (0u64, 0i64, false, false, false);
    for &byte in mantissa {
        match byte {
            b'.' if !point => point = true,
            _ => {
                let digit = (byte as char).to_digit(16)? as u64;
                seen = true;
                if sum >> 60 == 0 {
                    sum = sum << 4 | digit;
                    scale -= if point { 4 } else { 0 };
                } else {
                    sticky |= digit != 0;
                    scale += if point { 0 } else { 4 };
                }
            }
        }
    }
    let magnitude = exponent.strip_prefix(b"-").or_else(|| exponent.strip_prefix(b"+")).unwrap_or(exponent);
    if !seen || magnitude.is_empty() || !magnitude.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = magnitude.iter().fold(0i64, |sum, &byte| (sum * 10 + (byte - b'0') as i64).min(100_000));
    scale += if exponent[0] == b'-' { -size } else { size };
    if sum == 0 {
        return Some(0.0);
    }
    // Bring the mantissa to the bits that the result can hold, rounding once, to even.
    let width = 64 - sum.leading_zeros() as i64;
    let lowest = (scale + width - 53).max(-1074);
    let drop = lowest - scale;
    let rounded = if drop <= 0 {
        sum
    } else if drop > 64 {
        0
    } else {
        let wide = (sum as u128) << 1;
        let (kept, rest, half) = ((wide >> (drop + 1)) as u64, wide & ((1u128 << (drop + 1)) - 1), 1u128 << drop);
        kept + u64::from(rest > half || rest == half && (sticky || kept & 1 == 1))
    };
    let mut value = rounded as f64;
    let mut power = scale.max(lowest);
    while power > 0 && value.is_finite() {
        let step = power.min(1000);
        value *= 2f64.powi(step as i32);
        power -= step;
    }
    while power < 0 && value != 0.0 {
        let step = (-power).min(1000);
        value *= 0.5f64.powi(step as i32);
        power += step;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        for (text, base, expected) in [
            ("010", 0, Ok(8)),
            ("08", 0, Err((Failure::Syntax, 0))),
            ("0x_ff", 0, Ok(255)),
            ("1_000", 0, Ok(1000)),
            ("1__0", 0, Err((Failure::Syntax, 0))),
            ("1_000", 10, Err((Failure::Syntax, 0))),
            ("0b11", 0, Ok(3)),
            ("-9223372036854775808", 10, Ok(i64::MIN)),
            ("-9223372036854775809", 10, Err((Failure::Range, i64::MIN))),
            ("9223372036854775808", 10, Err((Failure::Range, i64::MAX))),
            ("99999999999999999999", 10, Err((Failure::Range, i64::MAX))),
            ("+5", 10, Ok(5)),
            ("-", 10, Err((Failure::Syntax, 0))),
            ("0", 0, Ok(0)),
            ("", 10, Err((Failure::Syntax, 0))),
        ] {
            assert_eq!(parse_int(text.as_bytes(), base, 64), expected, "{text}");
        }
        assert_eq!(parse_int(b"128", 10, 8), Err((Failure::Range, 127)));
    }

    #[test]
    fn floats() {
        for (text, expected) in [
            ("1.5e3", Ok(1500.0)),
            (".5", Ok(0.5)),
            ("5.", Ok(5.0)),
            ("1e400", Err((Failure::Range, f64::INFINITY))),
            ("-Inf", Ok(f64::NEG_INFINITY)),
            ("0x1p-2", Ok(0.25)),
            ("0x1.8", Err((Failure::Syntax, 0.0))),
            ("0x_1p4", Ok(16.0)),
            ("1_0", Ok(10.0)),
            ("1__0", Err((Failure::Syntax, 0.0))),
            ("1_.5", Err((Failure::Syntax, 0.0))),
            ("1e1_0", Ok(1e10)),
            ("1e", Err((Failure::Syntax, 0.0))),
            ("e5", Err((Failure::Syntax, 0.0))),
            ("0x1p-1074", Ok(f64::from_bits(1))),
            ("0x1.fffffffffffffp1023", Ok(f64::MAX)),
        ] {
            assert_eq!(parse_float(text.as_bytes()), expected, "{text}");
        }
    }
}

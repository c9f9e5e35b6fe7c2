//! Numbers in a schema: exact division, and how the validator prints them in English.

use chartwright_go::float;

/// Whether `value` is a whole multiple of `divisor`, by their decimal digits as they print (so that 0.3 is a multiple of 0.1).
pub(super) fn is_multiple(value: f64, divisor: f64) -> bool {
    let (Some((value, value_scale)), Some((divisor, divisor_scale))) = (decimal(value), decimal(divisor)) else {
        return false;
    };
    if divisor == 0 {
        return false;
    }
    let scale = value_scale.max(divisor_scale);
    let raise = |digits: i128, own: u32| 10_i128.checked_pow(scale - own).and_then(|power| digits.checked_mul(power));
    match (raise(value, value_scale), raise(divisor, divisor_scale)) {
        (Some(value), Some(divisor)) => value % divisor == 0,
        _ => (value as f64 % divisor as f64) == 0.0,
    }
}

/// The digits and how many of them stand after the point.
fn decimal(value: f64) -> Option<(i128, u32)> {
    let text = format!("{value}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    Some((format!("{whole}{fraction}").parse().ok()?, fraction.len() as u32))
}

/// `%v` of a float as `golang.org/x/text/message` prints it in English: thousands grouped, exponents from the sixth digit on as `×10⁰⁶`.
pub(super) fn localized(value: f64) -> String {
    let mut out = Vec::new();
    float::format(&mut out, value, b'e', None, float::Bits::Double);
    let text = String::from_utf8_lossy(&out).into_owned();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "+00"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..6).contains(&power) {
        let digits: String = exponent.chars().filter(|c| *c != '+').map(superscript).collect();
        return format!("{mantissa}×10{digits}");
    }
    grouped(&format!("{value}"))
}

/// `%d` of a count as `golang.org/x/text/message` prints it in English.
pub(super) fn count(value: i64) -> String {
    grouped(&value.to_string())
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn superscript(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '-' => '⁻',
        other => other,
    }
}

//! Numbers in a schema: exact division, and how the validator prints them in English.

use chartwright_go::float;

/// Whether `value` is a whole multiple of `divisor`, by their decimal digits as they print (so that 0.3 is a multiple of 0.1).
pub(super) fn is_multiple(value: f64, divisor: f64) -> bool {
    let (Some((digits, power)), Some((of, of_power))) = (decimal(value), decimal(divisor)) else {
        return false;
    };
    if of == 0 {
        return false;
    }
    let raised = |times: u32| (0..times).fold(1, |product, _| product * 10 % of);
    match power.checked_sub(of_power).and_then(|left| u32::try_from(left).ok()) {
        Some(left) => digits % of * raised(left) % of == 0,
        // No number of seventeen digits has more zeros than this at its end.
        None => {
            let more = of_power.abs_diff(power).min(20);
            digits == 0 || of.checked_mul(10_u128.pow(more)).is_some_and(|of| digits % of == 0)
        }
    }
}

/// The digits without their sign, and the power of ten that they are multiplied by.
fn decimal(value: f64) -> Option<(u128, i32)> {
    let text = format!("{:e}", value.abs());
    let (mantissa, power) = text.split_once('e')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    Some((format!("{whole}{fraction}").parse().ok()?, power.parse::<i32>().ok()? - fraction.len() as i32))
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

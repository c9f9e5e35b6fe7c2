//! How `fmt` prints booleans, numbers, strings and bytes. Source: `fmt/format.go` and the `fmtX` methods of `fmt/print.go`.

use super::Spec;
use crate::float::{self, Bits};
use crate::{quote, unicode, utf8};

const LOWER: &[u8; 17] = b"0123456789abcdefx";
const UPPER: &[u8; 17] = b"0123456789ABCDEFX";

/// What can be printed without looking inside.
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'a> {
    /// `bool`.
    Bool(bool),
    /// Any signed integer.
    Int(i64),
    /// Any unsigned integer.
    Uint(u64),
    /// A float of either width.
    Float(f64, Bits),
    /// `complex128`.
    Complex(f64, f64),
    /// `string`.
    Str(&'a [u8]),
    /// `[]byte`, with its type's name in Go syntax.
    Bytes(&'a [u8], &'a str),
}

/// Appends a scalar under a verb; false, with nothing written, if the verb is not for its kind.
pub fn scalar(out: &mut Vec<u8>, spec: &Spec, verb: u32, value: Scalar<'_>) -> bool {
    let Ok(verb) = u8::try_from(verb) else {
        return false;
    };
    match value {
        Scalar::Bool(value) => {
            if !matches!(verb, b't' | b'v') {
                return false;
            }
            pad(out, spec, if value { b"true" } else { b"false" });
            true
        }
        Scalar::Int(value) => {
            if verb == b'v' && *spec == Spec::default() {
                decimal(out, value.unsigned_abs(), value < 0);
                return true;
            }
            integer_verb(out, spec, verb, value as u64, true)
        }
        Scalar::Uint(value) => integer_verb(out, spec, verb, value, false),
        Scalar::Float(value, bits) => {
            // Most numbers of a chart are small integers that YAML reads as floats.
            if verb == b'v' && *spec == Spec::default() && value.abs() < 1e6 && value.fract() == 0.0 && value != 0.0 {
                decimal(out, value.abs() as u64, value < 0.0);
                return true;
            }
            float_verb(out, spec, verb, value, bits)
        }
        Scalar::Complex(real, imaginary) => {
            if !matches!(verb, b'v' | b'b' | b'g' | b'G' | b'x' | b'X' | b'f' | b'F' | b'e' | b'E') {
                return false;
            }
            out.push(b'(');
            float_verb(out, spec, verb, real, Bits::Double);
            float_verb(out, &Spec { plus: true, ..*spec }, verb, imaginary, Bits::Double);
            out.extend_from_slice(b"i)");
            true
        }
        Scalar::Str(text) => {
            match verb {
                b'v' if spec.sharp_v => quoted(out, spec, text),
                b'v' | b's' => pad(out, spec, truncate(spec, text)),
                b'x' => hexadecimal(out, spec, text, LOWER),
                b'X' => hexadecimal(out, spec, text, UPPER),
                b'q' => quoted(out, spec, text),
                _ => return false,
            }
            true
        }
        Scalar::Bytes(bytes, name) => {
            match verb {
                b'v' | b'd' if spec.sharp_v => {
                    out.extend_from_slice(name.as_bytes());
                    out.push(b'{');
                    for (index, &byte) in bytes.iter().enumerate() {
                        if index > 0 {
                            out.extend_from_slice(b", ");
                        }
                        integer(out, &Spec { sharp: true, ..*spec }, byte as u64, 16, false, b'v', LOWER);
                    }
                    out.push(b'}');
                }
                b'v' | b'd' => {
                    out.push(b'[');
                    for (index, &byte) in bytes.iter().enumerate() {
                        if index > 0 {
                            out.push(b' ');
                        }
                        integer(out, spec, byte as u64, 10, false, verb, LOWER);
                    }
                    out.push(b']');
                }
                b's' => pad(out, spec, truncate(spec, bytes)),
                b'x' => hexadecimal(out, spec, bytes, LOWER),
                b'X' => hexadecimal(out, spec, bytes, UPPER),
                b'q' => quoted(out, spec, bytes),
                _ => return false,
            }
            true
        }
    }
}

/// Appends text within its width, counted in code points.
pub fn pad(out: &mut Vec<u8>, spec: &Spec, text: &[u8]) {
    let missing = match spec.width {
        None | Some(0) => 0,
        Some(width) => width.saturating_sub(utf8::count(text)),
    };
    if spec.minus {
        out.extend_from_slice(text);
        padding(out, spec, missing);
    } else {
        padding(out, spec, missing);
        out.extend_from_slice(text);
    }
}

fn padding(out: &mut Vec<u8>, spec: &Spec, count: usize) {
    out.resize(out.len() + count, if spec.zero && !spec.minus { b'0' } else { b' ' });
}

fn truncate<'a>(spec: &Spec, text: &'a [u8]) -> &'a [u8] {
    match spec.precision {
        Some(precision) if precision < text.len() => {
            let end = utf8::runes(text).nth(precision).map_or(text.len(), |(start, _, _)| start);
            &text[..end]
        }
        _ => text,
    }
}

fn quoted(out: &mut Vec<u8>, spec: &Spec, text: &[u8]) {
    let text = truncate(spec, text);
    if spec.sharp && quote::can_backquote(text) {
        return pad(out, spec, &[b"`", text, b"`"].concat());
    }
    if spec.width.is_none() {
        return quote::quote(out, text, spec.plus);
    }
    let mut buffer = Vec::new();
    quote::quote(&mut buffer, text, spec.plus);
    pad(out, spec, &buffer);
}

fn hexadecimal(out: &mut Vec<u8>, spec: &Spec, bytes: &[u8], digits: &[u8; 17]) {
    let bytes = &bytes[..spec.precision.unwrap_or(usize::MAX).min(bytes.len())];
    if bytes.is_empty() {
        return padding(out, spec, spec.width.unwrap_or(0));
    }
    let prefix = [b'0', digits[16]];
    let mut text = Vec::with_capacity(bytes.len() * 2 + 2);
    for (index, byte) in bytes.iter().enumerate() {
        if spec.space && index > 0 {
            text.push(b' ');
        }
        if spec.sharp && (index == 0 || spec.space) {
            text.extend_from_slice(&prefix);
        }
        text.extend_from_slice(&[digits[(byte >> 4) as usize], digits[(byte & 15) as usize]]);
    }
    pad(out, spec, &text);
}

fn integer_verb(out: &mut Vec<u8>, spec: &Spec, verb: u8, value: u64, signed: bool) -> bool {
    match verb {
        b'v' if spec.sharp_v && !signed => integer(out, &Spec { sharp: true, ..*spec }, value, 16, false, verb, LOWER),
        b'v' | b'd' => integer(out, spec, value, 10, signed, verb, LOWER),
        b'b' => integer(out, spec, value, 2, signed, verb, LOWER),
        b'o' | b'O' => integer(out, spec, value, 8, signed, verb, LOWER),
        b'x' => integer(out, spec, value, 16, signed, verb, LOWER),
        b'X' => integer(out, spec, value, 16, signed, verb, UPPER),
        b'c' | b'q' => {
            let code = if value > utf8::MAX as u64 { utf8::ERROR } else { value as u32 };
            let mut text = Vec::with_capacity(8);
            if verb == b'c' {
                utf8::append(&mut text, code)
            } else {
                quote::quote_rune(&mut text, code, spec.plus)
            }
            pad(out, spec, &text);
        }
        b'U' => code_point(out, spec, value),
        _ => return false,
    }
    true
}

/// Appends an integer's decimal digits.
pub fn decimal(out: &mut Vec<u8>, mut value: u64, negative: bool) {
    let mut buffer = [0; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    if negative {
        out.push(b'-');
    }
    out.extend_from_slice(&buffer[at..]);
}

/// Source: `fmt.fmtInteger`.
fn integer(out: &mut Vec<u8>, spec: &Spec, value: u64, base: u64, signed: bool, verb: u8, digits: &[u8; 17]) {
    let negative = signed && (value as i64) < 0;
    let mut rest = if negative { value.wrapping_neg() } else { value };
    let blank = Spec { zero: false, ..*spec };
    let mut precision = 0;
    if let Some(wanted) = spec.precision {
        precision = wanted;
        if wanted == 0 && rest == 0 {
            return padding(out, &blank, spec.width.unwrap_or(0));
        }
    } else if let Some(width) = spec.width
        && spec.zero
        && !spec.minus
    {
        precision = width.saturating_sub(usize::from(negative || spec.plus || spec.space));
    }
    // Written backwards, then turned round.
    let mut text = Vec::with_capacity(24.max(precision + 3));
    loop {
        text.push(digits[(rest % base) as usize]);
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    if text.len() < precision {
        text.resize(precision, b'0');
    }
    if spec.sharp {
        match base {
            2 => text.extend_from_slice(b"b0"),
            8 if text.last() != Some(&b'0') => text.push(b'0'),
            16 => text.extend_from_slice(&[digits[16], b'0']),
            _ => {}
        }
    }
    if verb == b'O' {
        text.extend_from_slice(b"o0");
    }
    if negative {
        text.push(b'-');
    } else if spec.plus {
        text.push(b'+');
    } else if spec.space {
        text.push(b' ');
    }
    text.reverse();
    pad(out, &blank, &text);
}

/// Source: `fmt.fmtUnicode`.
fn code_point(out: &mut Vec<u8>, spec: &Spec, value: u64) {
    let digits = format!("{value:X}");
    let mut text = b"U+".to_vec();
    text.resize(text.len() + spec.precision.unwrap_or(0).max(4).saturating_sub(digits.len()), b'0');
    text.extend_from_slice(digits.as_bytes());
    if spec.sharp && value <= utf8::MAX as u64 && unicode::is_print(value as u32) {
        text.extend_from_slice(b" '");
        utf8::append(&mut text, value as u32);
        text.push(b'\'');
    }
    pad(out, &Spec { zero: false, ..*spec }, &text);
}

fn float_verb(out: &mut Vec<u8>, spec: &Spec, verb: u8, value: f64, bits: Bits) -> bool {
    match verb {
        b'v' => float(out, spec, b'g', value, bits, None),
        b'b' | b'g' | b'G' | b'x' | b'X' => float(out, spec, verb, value, bits, None),
        b'f' | b'e' | b'E' => float(out, spec, verb, value, bits, Some(6)),
        b'F' => float(out, spec, b'f', value, bits, Some(6)),
        _ => return false,
    }
    true
}

/// Source: `fmt.fmtFloat`.
fn float(out: &mut Vec<u8>, spec: &Spec, verb: u8, value: f64, bits: Bits, precision: Option<usize>) {
    let precision = spec.precision.or(precision);
    let mut number = vec![b'+'];
    float::format(&mut number, value, verb, precision, bits);
    if matches!(number[1], b'-' | b'+') {
        number.remove(0);
    }
    if spec.space && number[0] == b'+' && !spec.plus {
        number[0] = b' ';
    }
    if matches!(number[1], b'I' | b'N') {
        let start = usize::from(number[1] == b'N' && !spec.space && !spec.plus);
        return pad(out, &Spec { zero: false, ..*spec }, &number[start..]);
    }
    if spec.sharp && verb != b'b' {
        alternate(&mut number, verb, precision);
    }
    if !spec.plus && number[0] == b'+' {
        return pad(out, spec, &number[1..]);
    }
    match spec.width {
        Some(width) if spec.zero && !spec.minus && width > number.len() => {
            out.push(number[0]);
            padding(out, spec, width - number.len());
            out.extend_from_slice(&number[1..]);
        }
        _ => pad(out, spec, &number),
    }
}

/// The alternate form keeps the point and the trailing zeros.
fn alternate(number: &mut Vec<u8>, verb: u8, precision: Option<usize>) {
    let mut missing = match verb {
        b'v' | b'g' | b'G' | b'x' => precision.unwrap_or(6) as i64,
        _ => 0,
    };
    let hex = matches!(verb, b'x' | b'X');
    let end = number.iter().position(|&b| matches!(b, b'p' | b'P') || !hex && matches!(b, b'e' | b'E')).unwrap_or(number.len());
    let tail = number.split_off(end);
    let (mut point, mut nonzero) = (false, false);
    for &byte in &number[1..] {
        if byte == b'.' {
            point = true;
        } else {
            nonzero |= byte != b'0';
            missing -= i64::from(nonzero);
        }
    }
    if !point {
        if number.len() == 2 && number[1] == b'0' {
            missing -= 1;
        }
        number.push(b'.');
    }
    number.resize(number.len() + missing.max(0) as usize, b'0');
    number.extend_from_slice(&tail);
}

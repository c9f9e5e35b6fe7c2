//! `strconv.FormatFloat`: Rust's digits are right, Go's layout is its own. Parsing is in `number`.

use std::io::Write;

/// The width of a float's Go type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bits {
    /// `float32`.
    Single,
    /// `float64`.
    Double,
}

/// No `float64` has more significant or fractional digits than this; what is asked beyond is zeros.
const MOST_DIGITS: usize = 1100;

/// Decimal digits without trailing zeros (none for zero), and how many of them stand before the point.
struct Digits {
    digits: Vec<u8>,
    point: i32,
}

impl Digits {
    fn len(&self) -> i32 {
        self.digits.len() as i32
    }
}

/// Appends `strconv.FormatFloat(value, verb, precision, bits)`; no precision means the shortest that reads back the same.
/// Verbs: `e E f g G x X b`. Source: `internal/strconv/ftoa.go`.
pub fn format(out: &mut Vec<u8>, value: f64, verb: u8, precision: Option<usize>, bits: Bits) {
    if value.is_nan() {
        return out.extend_from_slice(b"NaN");
    }
    if value.is_infinite() {
        return out.extend_from_slice(if value > 0.0 { b"+Inf" } else { b"-Inf" });
    }
    if value.is_sign_negative() {
        out.push(b'-');
    }
    let size = value.abs();
    match (verb, precision) {
        (b'b', _) => binary(out, size, bits),
        (b'x' | b'X', _) => hexadecimal(out, size, verb, precision, bits),
        (b'e' | b'E', None) => {
            let digits = shortest(size, bits);
            scientific(out, &digits, digits.digits.len().max(1) - 1, verb);
        }
        (b'e' | b'E', Some(p)) => scientific(out, &rounded(size, p.saturating_add(1)), p, verb),
        (b'f', None) => {
            let digits = shortest(size, bits);
            positional(out, &digits, (digits.len() - digits.point).max(0) as usize);
        }
        (b'f', Some(p)) => positional(out, &fixed(size, p), p),
        (_, None) => {
            let digits = shortest(size, bits);
            general(out, &digits, digits.digits.len(), 6, verb);
        }
        (_, Some(p)) => {
            let p = p.max(1);
            let digits = rounded(size, p);
            let limit = if p > digits.digits.len() && digits.len() >= digits.point { digits.len() } else { p as i32 };
            general(out, &digits, p, limit, verb);
        }
    }
}

/// `%g`: scientific where the exponent is below -4 or not below the limit, positional otherwise.
fn general(out: &mut Vec<u8>, digits: &Digits, precision: usize, limit: i32, verb: u8) {
    let exponent = digits.point - 1;
    if exponent < -4 || exponent >= limit {
        let after = precision.min(digits.digits.len()).saturating_sub(1);
        return scientific(out, digits, after, if verb == b'G' { b'E' } else { b'e' });
    }
    let precision = if precision as i64 > digits.point as i64 { digits.len() } else { precision as i32 };
    positional(out, digits, (precision - digits.point).max(0) as usize);
}

fn scientific(out: &mut Vec<u8>, digits: &Digits, after: usize, verb: u8) {
    out.push(digits.digits.first().copied().unwrap_or(b'0'));
    if after > 0 {
        out.push(b'.');
        let tail = digits.digits.get(1..).unwrap_or(b"");
        let shown = tail.len().min(after);
        out.extend_from_slice(&tail[..shown]);
        out.resize(out.len() + after - shown, b'0');
    }
    let exponent = if digits.digits.is_empty() { 0 } else { digits.point - 1 };
    out.push(verb);
    out.push(if exponent < 0 { b'-' } else { b'+' });
    let _ = write!(out, "{:02}", exponent.unsigned_abs());
}

fn positional(out: &mut Vec<u8>, digits: &Digits, after: usize) {
    if digits.point > 0 {
        let whole = digits.digits.len().min(digits.point as usize);
        out.extend_from_slice(&digits.digits[..whole]);
        out.resize(out.len() + digits.point as usize - whole, b'0');
    } else {
        out.push(b'0');
    }
    if after > 0 {
        out.push(b'.');
        let zeros = after.min((-digits.point).max(0) as usize);
        out.resize(out.len() + zeros, b'0');
        let from = digits.digits.len().min(digits.point.max(0) as usize);
        let tail = &digits.digits[from..];
        let shown = tail.len().min(after - zeros);
        out.extend_from_slice(&tail[..shown]);
        out.resize(out.len() + after - zeros - shown, b'0');
    }
}

/// The fewest digits that read back as the same number.
fn shortest(size: f64, bits: Bits) -> Digits {
    const EXACT_INTEGERS: f64 = 1e15;
    let mut text = Vec::with_capacity(32);
    if bits == Bits::Double && size < EXACT_INTEGERS && size.fract() == 0.0 {
        let _ = write!(text, "{}", size as u64);
        let point = text.len() as i32;
        return trimmed(text, point);
    }
    // Writing to a vector cannot fail.
    let _ = match bits {
        Bits::Single => write!(text, "{:e}", size as f32),
        Bits::Double => write!(text, "{size:e}"),
    };
    let digits = from_scientific(text);
    even_of_tie(size, bits, &digits).unwrap_or(digits)
}

/// Where two numbers of the fewest digits are equally near, Go takes the even one and Rust the larger.
fn even_of_tie(size: f64, bits: Bits, digits: &Digits) -> Option<Digits> {
    // Numbers of fewer digits have no other of that length between them and their neighbours.
    const FEWEST: [usize; 2] = [6, 15];
    const EXACT: usize = 40;
    let count = digits.digits.len();
    if count < FEWEST[usize::from(bits == Bits::Double)] {
        return None;
    }
    // A tie is a value that ends exactly in a five behind those digits.
    let exact = rounded(size, count + EXACT);
    if exact.digits.len() != count + 1 || exact.digits[count] != b'5' {
        return None;
    }
    let mut even = exact.digits[..count].to_vec();
    let last = even.last_mut()?;
    *last += (*last - b'0') & 1;
    let mut text = even.clone();
    text.extend_from_slice(format!("e{}", exact.point - count as i32).as_bytes());
    let text = std::str::from_utf8(&text).ok()?;
    let same = match bits {
        Bits::Single => text.parse() == Ok(size as f32),
        Bits::Double => text.parse() == Ok(size),
    };
    (same && even.iter().all(u8::is_ascii_digit)).then(|| trimmed(even, exact.point))
}

/// Rounded to this many significant digits, halves to even.
fn rounded(size: f64, count: usize) -> Digits {
    let mut text = Vec::new();
    let _ = write!(text, "{size:.*e}", count.clamp(1, MOST_DIGITS) - 1);
    from_scientific(text)
}

/// Rounded to this many digits after the point, halves to even.
fn fixed(size: f64, after: usize) -> Digits {
    let mut text = Vec::new();
    let _ = write!(text, "{size:.*}", after.min(MOST_DIGITS));
    let point = text.iter().position(|&byte| byte == b'.').unwrap_or(text.len());
    text.retain(|&byte| byte != b'.');
    let zeros = text.iter().take_while(|&&byte| byte == b'0').count();
    text.drain(..zeros);
    trimmed(text, point as i32 - zeros as i32)
}

fn from_scientific(mut text: Vec<u8>) -> Digits {
    let at = text.iter().position(|&byte| byte == b'e').unwrap_or(text.len());
    let exponent: i32 = std::str::from_utf8(text.get(at + 1..).unwrap_or(b"")).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    text.truncate(at);
    text.retain(|&byte| byte != b'.');
    trimmed(text, exponent + 1)
}

fn trimmed(mut digits: Vec<u8>, point: i32) -> Digits {
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    let point = if digits.is_empty() { 0 } else { point };
    Digits { digits, point }
}

/// Mantissa and exponent of two, with the mantissa's width in bits.
fn parts(size: f64, bits: Bits) -> (u64, i32, i32) {
    let (raw, width, bias) = match bits {
        Bits::Single => ((size as f32).to_bits() as u64, 23, 127),
        Bits::Double => (size.to_bits(), 52, 1023),
    };
    let (exponent, mantissa) = ((raw >> width) as i32, raw & ((1 << width) - 1));
    if exponent == 0 { (mantissa, 1 - bias, width) } else { (mantissa | 1 << width, exponent - bias, width) }
}

fn binary(out: &mut Vec<u8>, size: f64, bits: Bits) {
    let (mantissa, exponent, width) = parts(size, bits);
    let _ = write!(out, "{mantissa}p{:+}", exponent - width);
}

fn hexadecimal(out: &mut Vec<u8>, size: f64, verb: u8, precision: Option<usize>, bits: Bits) {
    let (mut mantissa, mut exponent, width) = parts(size, bits);
    if mantissa == 0 {
        exponent = 0;
    }
    // The leading digit is bit 60, sixty bits of fraction follow.
    mantissa <<= 60 - width;
    while mantissa != 0 && mantissa & (1 << 60) == 0 {
        mantissa <<= 1;
        exponent -= 1;
    }
    if let Some(precision) = precision
        && precision < 15
    {
        let shift = precision as u32 * 4;
        let extra = (mantissa << shift) & ((1 << 60) - 1);
        mantissa >>= 60 - shift;
        if extra | (mantissa & 1) > 1 << 59 {
            mantissa += 1;
        }
        mantissa <<= 60 - shift;
        if mantissa & (1 << 61) != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let upper = verb == b'X';
    out.extend_from_slice(&[b'0', verb, b'0' + (mantissa >> 60 & 1) as u8]);
    mantissa <<= 4;
    let mut digits = Vec::new();
    while precision.map_or(mantissa != 0, |precision| digits.len() < precision) {
        let digit = b"0123456789abcdef"[(mantissa >> 60) as usize];
        digits.push(if upper { digit.to_ascii_uppercase() } else { digit });
        mantissa <<= 4;
    }
    if !digits.is_empty() {
        out.push(b'.');
        out.append(&mut digits);
    }
    out.push(if upper { b'P' } else { b'p' });
    out.push(if exponent < 0 { b'-' } else { b'+' });
    let _ = write!(out, "{:02}", exponent.unsigned_abs());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of `testdata/floats.tsv`, made by Go: value's bits, width, verb, precision, result.
    #[test]
    fn floats_are_laid_out_as_go_does() {
        for row in include_str!("../testdata/floats.tsv").lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [value, width, verb, precision, expected] = cells[..] else { panic!("{row}") };
            let value = f64::from_bits(u64::from_str_radix(value, 16).unwrap());
            let bits = if width == "32" { Bits::Single } else { Bits::Double };
            let mut out = Vec::new();
            format(&mut out, value, verb.as_bytes()[0], precision.parse().ok(), bits);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{row}");
        }
    }
}

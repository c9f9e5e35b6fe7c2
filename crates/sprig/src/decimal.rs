//! Decimals of any length, as far as Sprig's float arithmetic needs `shopspring/decimal` v1.4.0: from a float and back, `+ - × ÷`.

use chartwright_go::float::{self, Bits};
use std::cmp::Ordering;

/// Limbs of nine decimal digits, the least first, without leading zero limbs.
type Magnitude = Vec<u32>;

const LIMB: u64 = 1_000_000_000;
const LIMB_DIGITS: i64 = 9;

/// How many digits a quotient has after the point. Source: `decimal.DivisionPrecision`.
const DIVISION_PRECISION: i64 = 16;

/// `±magnitude × 10^exponent`.
pub(crate) struct Decimal {
    negative: bool,
    magnitude: Magnitude,
    exponent: i64,
}

impl Decimal {
    /// The shortest decimal that reads back as this float; none for NaN and infinities.
    pub(crate) fn from_float(value: f64) -> Option<Decimal> {
        if !value.is_finite() {
            return None;
        }
        let mut text = Vec::new();
        float::format(&mut text, value.abs(), b'e', None, Bits::Double);
        let at = text.iter().position(|&byte| byte == b'e')?;
        let exponent: i64 = std::str::from_utf8(&text[at + 1..]).ok()?.parse().ok()?;
        let digits: Vec<u8> = text[..at].iter().copied().filter(u8::is_ascii_digit).collect();
        let magnitude = from_digits(&digits);
        let exponent = if magnitude.is_empty() { 0 } else { exponent - digits.len() as i64 + 1 };
        Some(Decimal { negative: value < 0.0, magnitude, exponent })
    }

    /// The nearest float.
    pub(crate) fn to_float(&self) -> f64 {
        let mut text = if self.negative { "-".to_owned() } else { String::new() };
        for (index, limb) in self.magnitude.iter().rev().enumerate() {
            text += &if index == 0 { limb.to_string() } else { format!("{limb:09}") };
        }
        if self.magnitude.is_empty() {
            return 0.0;
        }
        text += &format!("e{}", self.exponent);
        text.parse().unwrap_or(0.0)
    }

    /// Whether it has grown beyond any use: products of many extreme factors.
    pub(crate) fn is_unwieldy(&self) -> bool {
        self.magnitude.len() > 2_000 || self.exponent.abs() > 20_000
    }

    pub(crate) fn add(&self, other: &Decimal) -> Decimal {
        let exponent = self.exponent.min(other.exponent);
        let (a, b) = (scaled(&self.magnitude, self.exponent - exponent), scaled(&other.magnitude, other.exponent - exponent));
        let (negative, magnitude) = if self.negative == other.negative {
            (self.negative, sum(&a, &b))
        } else {
            match compare(&a, &b) {
                Ordering::Less => (other.negative, difference(&b, &a)),
                _ => (self.negative, difference(&a, &b)),
            }
        };
        Decimal { negative, magnitude, exponent }
    }

    pub(crate) fn sub(&self, other: &Decimal) -> Decimal {
        self.add(&Decimal { negative: !other.negative, magnitude: other.magnitude.clone(), exponent: other.exponent })
    }

    pub(crate) fn mul(&self, other: &Decimal) -> Decimal {
        let magnitude = product(&self.magnitude, &other.magnitude);
        Decimal { negative: self.negative != other.negative, magnitude, exponent: self.exponent + other.exponent }
    }

    /// To sixteen digits after the point, halves away from zero; none for a division by zero. Source: `Decimal.DivRound`.
    pub(crate) fn div(&self, other: &Decimal) -> Option<Decimal> {
        if other.magnitude.is_empty() {
            return None;
        }
        let shift = self.exponent - other.exponent + DIVISION_PRECISION;
        let (a, b) = (scaled(&self.magnitude, shift.max(0)), scaled(&other.magnitude, (-shift).max(0)));
        let (mut magnitude, rest) = quotient(&a, &b);
        if compare(&sum(&rest, &rest), &b) != Ordering::Less {
            magnitude = sum(&magnitude, &vec![1]);
        }
        Some(Decimal { negative: self.negative != other.negative, magnitude, exponent: -DIVISION_PRECISION })
    }
}

fn from_digits(digits: &[u8]) -> Magnitude {
    let limbs = digits.rchunks(LIMB_DIGITS as usize).map(|chunk| chunk.iter().fold(0, |sum, &byte| sum * 10 + (byte - b'0') as u32));
    trim(limbs.collect())
}

fn trim(mut magnitude: Magnitude) -> Magnitude {
    while magnitude.last() == Some(&0) {
        magnitude.pop();
    }
    magnitude
}

/// Times a power of ten.
fn scaled(magnitude: &Magnitude, power: i64) -> Magnitude {
    if magnitude.is_empty() {
        return Vec::new();
    }
    let mut out = vec![0; (power / LIMB_DIGITS) as usize];
    out.extend(product(magnitude, &vec![10u32.pow((power % LIMB_DIGITS) as u32)]));
    out
}

fn compare(a: &Magnitude, b: &Magnitude) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

fn sum(a: &Magnitude, b: &Magnitude) -> Magnitude {
    let mut out = Vec::with_capacity(a.len().max(b.len()) + 1);
    let mut carry = 0;
    for index in 0..a.len().max(b.len()) {
        let total = carry + a.get(index).copied().unwrap_or(0) + b.get(index).copied().unwrap_or(0);
        out.push(total % LIMB as u32);
        carry = total / LIMB as u32;
    }
    if carry > 0 {
        out.push(carry);
    }
    out
}

/// The larger less the smaller.
fn difference(a: &Magnitude, b: &Magnitude) -> Magnitude {
    let mut out = Vec::with_capacity(a.len());
    let mut borrow = 0;
    for (index, &limb) in a.iter().enumerate() {
        let take = b.get(index).copied().unwrap_or(0) + borrow;
        borrow = u32::from(limb < take);
        out.push(limb + borrow * LIMB as u32 - take);
    }
    trim(out)
}

fn product(a: &Magnitude, b: &Magnitude) -> Magnitude {
    let mut out = vec![0u32; a.len() + b.len()];
    for (i, &x) in a.iter().enumerate() {
        let mut carry = 0u64;
        for (j, &y) in b.iter().enumerate() {
            let total = out[i + j] as u64 + x as u64 * y as u64 + carry;
            out[i + j] = (total % LIMB) as u32;
            carry = total / LIMB;
        }
        out[i + b.len()] = carry as u32;
    }
    trim(out)
}

/// Long division, a limb at a time; each limb of the quotient is found by halving.
fn quotient(a: &Magnitude, b: &Magnitude) -> (Magnitude, Magnitude) {
    let mut rest: Magnitude = Vec::new();
    let mut out = vec![0; a.len()];
    for index in (0..a.len()).rev() {
        rest.insert(0, a[index]);
        rest = trim(rest);
        let (mut low, mut high) = (0u32, LIMB as u32 - 1);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if compare(&product(b, &vec![middle]), &rest) == Ordering::Greater { high = middle - 1 } else { low = middle }
        }
        rest = difference(&rest, &product(b, &vec![low]));
        out[index] = low;
    }
    (trim(out), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: f64, operation: char, b: f64, expected: f64) {
        let (x, y) = (Decimal::from_float(a).unwrap(), Decimal::from_float(b).unwrap());
        let result = match operation {
            '+' => x.add(&y),
            '-' => x.sub(&y),
            '*' => x.mul(&y),
            _ => x.div(&y).unwrap(),
        };
        assert_eq!(result.to_float(), expected, "{a} {operation} {b}");
    }

    #[test]
    fn counts_as_on_paper() {
        check(0.1, '+', 0.2, 0.3);
        check(1.0, '-', 0.9, 0.1);
        check(-1.5, '+', 1.5, 0.0);
        check(1.1, '*', 1.1, 1.21);
        check(10.0, '/', 3.0, 3.3333333333333335);
        check(2.0, '/', 3.0, 0.6666666666666667);
        check(-1.0, '/', 8.0, -0.125);
        check(1e300, '+', 1e-300, 1e300);
        check(123456789.0, '*', 987654321.0, 123456789.0 * 987654321.0);
        check(1.0, '/', 1e17, 0.0);
        check(6.0, '/', 1e17, 1e-16);
        assert!(Decimal::from_float(1.0).unwrap().div(&Decimal::from_float(0.0).unwrap()).is_none());
    }
}

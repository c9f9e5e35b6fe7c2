//! `spf13/cast` v1.7.0: any value as an `int64` or a `float64`, zero where it cannot be one.

use chartwright_go::number;
use chartwright_value::{Heap, Repr, Type, Value};

/// `cast.ToInt64`; `cast.ToInt` is the same where `int` has 64 bits.
pub fn to_int64(heap: &Heap, value: Value) -> i64 {
    match value.repr() {
        // Named integers are not in its list of types, but for two.
        Repr::Int(_) if value.ty() == Type::DURATION => 0,
        Repr::Int(i) => i,
        Repr::Uint(u) => u as i64,
        Repr::Float(f) => truncate(f),
        Repr::Bool(b) => b as i64,
        Repr::String(_) if value.ty() == Type::STRING => number::parse_int(without_zero_decimals(heap.str(value)), 0, 64).unwrap_or(0),
        _ => 0,
    }
}

/// Go's conversion on amd64: what does not fit is the smallest integer.
pub fn truncate(f: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if (-LIMIT..LIMIT).contains(&f) { f as i64 } else { i64::MIN }
}

/// `cast.ToFloat64`.
pub fn to_float64(heap: &Heap, value: Value) -> f64 {
    match value.repr() {
        Repr::Int(_) if value.ty() == Type::DURATION => 0.0,
        Repr::Int(i) => i as f64,
        Repr::Uint(u) => u as f64,
        Repr::Float(f) => f,
        Repr::Bool(b) => f64::from(u8::from(b)),
        Repr::String(_) if value.ty() == Type::STRING => number::parse_float(heap.str(value)).unwrap_or(0.0),
        _ => 0.0,
    }
}

/// `12.00` becomes `12`; anything else stays. Source: `cast/caste.go`, `trimZeroDecimal`.
fn without_zero_decimals(text: &[u8]) -> &[u8] {
    let zeros = text.iter().rev().take_while(|&&byte| byte == b'0').count();
    match text[..text.len() - zeros] {
        [ref whole @ .., b'.'] if zeros > 0 => whole,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: i64) {
        let mut heap = Heap::default();
        let value = heap.string(text);
        assert_eq!(to_int64(&heap, value), expected, "{text}");
    }

    #[test]
    fn strings_are_read_as_go_literals() {
        check("010", 8);
        check("08", 0);
        check("1.5", 0);
        check("12.00", 12);
        check("0x1F", 31);
        check("", 0);
        check("1_000", 1000);
    }

    #[test]
    fn what_does_not_fit_is_the_smallest_integer() {
        assert_eq!(truncate(1e30), i64::MIN);
        assert_eq!(truncate(f64::NAN), i64::MIN);
        assert_eq!(truncate(-1.9), -1);
    }
}

//! The natural order in which Go's yaml writes keys (`sorter.go`): `a2` before `a10`, letters after everything else
//! (in version 3: before it where digits come first).

use super::emitter::Flavour;
use chartwright_go::unicode;
use std::cmp::Ordering;

/// Sorts by key. Go's order is no total order for odd keys, so this is a merge sort that lives with any answers.
pub(super) fn sort<'a, T: Copy>(items: &mut Vec<T>, flavour: Flavour, key: impl Fn(&T) -> &'a [u8]) {
    let less = |a: &T, b: &T| compare(key(a), key(b), flavour) == Ordering::Less;
    if items.windows(2).all(|pair| !less(&pair[1], &pair[0])) {
        return;
    }
    let mut width = 1;
    while width < items.len() {
        let mut merged = Vec::with_capacity(items.len());
        for run in items.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some(a), Some(b)) = (left.first(), right.first()) {
                if less(b, a) {
                    merged.push(*b);
                    right = &right[1..];
                } else {
                    merged.push(*a);
                    left = &left[1..];
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        *items = merged;
        width *= 2;
    }
}

fn compare(a: &[u8], b: &[u8], flavour: Flavour) -> Ordering {
    let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if common == a.len() || common == b.len() {
        return a.len().cmp(&b.len());
    }
    let (x, y) = (a[common], b[common]);
    if x.is_ascii_alphabetic() && y.is_ascii_alphabetic() {
        return x.cmp(&y);
    }
    compare_chars(&decode(a), &decode(b), flavour)
}

fn decode(bytes: &[u8]) -> Vec<char> {
    String::from_utf8_lossy(bytes).chars().collect()
}

fn compare_chars(a: &[char], b: &[char], flavour: Flavour) -> Ordering {
    let Some(at) = a.iter().zip(b).position(|(a, b)| a != b) else {
        return a.len().cmp(&b.len());
    };
    let letter = |c: char| unicode::is_letter(u32::from(c));
    let after_digit = flavour == Flavour::V3 && at > 0 && a[at - 1].is_ascii_digit();
    match (letter(a[at]), letter(b[at])) {
        (true, true) => return a[at].cmp(&b[at]),
        (true, false) => return if after_digit { Ordering::Less } else { Ordering::Greater },
        (false, true) => return if after_digit { Ordering::Greater } else { Ordering::Less },
        (false, false) => {}
    }
    // After digits that are not all zeros, a zero counts as one of theirs.
    let mut start = 0i64;
    if a[at] == '0' || b[at] == '0' {
        let digits = a[..at].iter().rev().take_while(|c| c.is_ascii_digit());
        start = i64::from(digits.clone().any(|c| *c != '0'));
    }
    let number = |chars: &[char]| {
        let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit());
        let value = digits.clone().fold(start, |value, c| value.wrapping_mul(10).wrapping_add(i64::from(*c as u32 - '0' as u32)));
        (value, digits.count())
    };
    let ((a_value, a_digits), (b_value, b_digits)) = (number(a), number(b));
    a_value.cmp(&b_value).then(a_digits.cmp(&b_digits)).then(a[at].cmp(&b[at]))
}

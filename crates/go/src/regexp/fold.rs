//! Code points that are one letter in another case. Source: `unicode.SimpleFold`.

use super::program::{Ranges, tidy};
use crate::unicode::{to_lower, to_upper};

/// The first and the last code point with another case.
const FOLDABLE: (u32, u32) = (0x41, 0x1E943);

/// Rings of more than two, and what is alone though it has mappings. Source: `unicode/tables.go`, `caseOrbit`.
#[rustfmt::skip]
const RINGS: &[&[u32]] = &[
    &[0x4B, 0x6B, 0x212A], &[0x53, 0x73, 0x17F], &[0xB5, 0x39C, 0x3BC], &[0xC5, 0xE5, 0x212B], &[0xDF, 0x1E9E], &[0x130], &[0x131],
    &[0x1C4, 0x1C5, 0x1C6], &[0x1C7, 0x1C8, 0x1C9], &[0x1CA, 0x1CB, 0x1CC], &[0x1F1, 0x1F2, 0x1F3], &[0x345, 0x399, 0x3B9, 0x1FBE],
    &[0x392, 0x3B2, 0x3D0], &[0x395, 0x3B5, 0x3F5], &[0x398, 0x3B8, 0x3D1, 0x3F4], &[0x39A, 0x3BA, 0x3F0], &[0x3A0, 0x3C0, 0x3D6],
    &[0x3A1, 0x3C1, 0x3F1], &[0x3A3, 0x3C2, 0x3C3], &[0x3A6, 0x3C6, 0x3D5], &[0x3A9, 0x3C9, 0x2126], &[0x412, 0x432, 0x1C80],
    &[0x414, 0x434, 0x1C81], &[0x41E, 0x43E, 0x1C82], &[0x421, 0x441, 0x1C83], &[0x422, 0x442, 0x1C84, 0x1C85], &[0x42A, 0x44A, 0x1C86],
    &[0x462, 0x463, 0x1C87], &[0x1C88, 0xA64A, 0xA64B], &[0x1E60, 0x1E61, 0x1E9B],
];

/// The code points that a code point stands for where case does not count, itself among them.
pub(super) fn ring(code: u32, found: &mut Vec<u32>) {
    found.clear();
    found.push(code);
    if code < 0x80 && !matches!(code, 0x4B | 0x6B | 0x53 | 0x73) {
        if (code as u8).is_ascii_alphabetic() {
            found.push(code ^ 0x20);
        }
        return;
    }
    if let Some(ring) = RINGS.iter().find(|ring| ring.contains(&code)) {
        found.clear();
        found.extend_from_slice(ring);
        return;
    }
    let lower = to_lower(code);
    let other = if lower != code { lower } else { to_upper(code) };
    if other != code {
        found.push(other);
    }
}

/// Ranges with all that is the same in another case.
pub(super) fn folded(ranges: &[(u32, u32)]) -> Ranges {
    let mut all = ranges.to_vec();
    let mut others = Vec::new();
    for &(low, high) in ranges {
        if low <= FOLDABLE.0 && high >= FOLDABLE.1 {
            continue;
        }
        for code in low.max(FOLDABLE.0)..=high.min(FOLDABLE.1) {
            ring(code, &mut others);
            all.extend(others.iter().filter(|other| !(low..=high).contains(other)).map(|&other| (other, other)));
        }
    }
    tidy(all)
}

//! Go's `unicode/utf8`: text is bytes, and a byte that fits nothing is one U+FFFD. What classes characters have is in `unicode`.

/// The replacement character, which also reports a decoding error.
pub const ERROR: u32 = 0xFFFD;

/// The largest code point.
pub const MAX: u32 = 0x10FFFF;

/// The first code point and its width in bytes: `(ERROR, 1)` for a byte that fits nothing, `(ERROR, 0)` for no byte at all.
/// Source: `utf8.DecodeRune`.
#[inline]
pub fn decode(bytes: &[u8]) -> (u32, usize) {
    let Some(&first) = bytes.first() else {
        return (ERROR, 0);
    };
    if first < 0x80 {
        return (first as u32, 1);
    }
    let (width, low, high) = match first {
        0xC2..=0xDF => (2, 0x80, 0xBF),
        0xE0 => (3, 0xA0, 0xBF),
        0xED => (3, 0x80, 0x9F),
        0xE1..=0xEF => (3, 0x80, 0xBF),
        0xF0 => (4, 0x90, 0xBF),
        0xF1..=0xF3 => (4, 0x80, 0xBF),
        0xF4 => (4, 0x80, 0x8F),
        _ => return (ERROR, 1),
    };
    let Some(tail) = bytes.get(1..width) else {
        return (ERROR, 1);
    };
    if !(low..=high).contains(&tail[0]) || tail[1..].iter().any(|byte| byte & 0xC0 != 0x80) {
        return (ERROR, 1);
    }
    let lead = (first as u32) & (0x7F >> width);
    (tail.iter().fold(lead, |code, byte| code << 6 | (byte & 0x3F) as u32), width)
}

/// The last code point and its width, as [`decode`]. Source: `utf8.DecodeLastRune`.
pub fn decode_last(bytes: &[u8]) -> (u32, usize) {
    let end = bytes.len();
    for width in 1..=end.min(4) {
        let start = end - width;
        if bytes[start] & 0xC0 != 0x80 {
            let (code, found) = decode(&bytes[start..]);
            return if found == width { (code, width) } else { (ERROR, 1) };
        }
    }
    (ERROR, end.min(1))
}

/// Appends a code point; what is none becomes U+FFFD. Source: `utf8.AppendRune`.
#[inline]
pub fn append(out: &mut Vec<u8>, code: u32) {
    if code < 0x80 {
        out.push(code as u8);
        return;
    }
    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// How many code points there are, each stray byte counting as one. Source: `utf8.RuneCount`.
pub fn count(bytes: &[u8]) -> usize {
    if bytes.is_ascii() { bytes.len() } else { runes(bytes).count() }
}

/// The code points with their offsets and widths, as `range` over a Go string gives them.
pub fn runes(bytes: &[u8]) -> impl Iterator<Item = (usize, u32, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (code, width) = decode(bytes.get(at..)?);
        let start = at;
        at += width;
        (width > 0).then_some((start, code, width))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_bytes_are_one_error_each() {
        let codes: Vec<(u32, usize)> = runes(b"a\xC3\xA9\xE2\x82\xFF\xED\xA0\x80\xF0\x9F\x98\x80").map(|(_, c, w)| (c, w)).collect();
        let e = (ERROR, 1);
        assert_eq!(codes, [(0x61, 1), (0xE9, 2), e, e, e, e, e, e, (0x1F600, 4)]);
        assert_eq!(decode_last(b"a\xC3\xA9"), (0xE9, 2));
        assert_eq!(decode_last(b"a\xA9"), (ERROR, 1));
        assert_eq!(decode_last(b""), (ERROR, 0));
    }
}

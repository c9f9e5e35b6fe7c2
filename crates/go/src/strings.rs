//! What is needed of Go's `strings`: trimming, case, fields, splitting, replacing. All on bytes that may not be UTF-8.

use crate::{unicode, utf8};

/// Where a byte first stands, looked for eight at a time.
#[inline]
pub fn index_byte(text: &[u8], byte: u8) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    let pattern = ONES * byte as u64;
    let (words, rest) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        // A zero byte of the difference is where the byte stands: the lowest such mark is never a false one.
        let difference = u64::from_le_bytes(*word) ^ pattern;
        let zeros = difference.wrapping_sub(ONES) & !difference & (ONES << 7);
        if zeros != 0 {
            return Some(8 * index + zeros.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|&other| other == byte).map(|at| text.len() - rest.len() + at)
}

/// Where `needle` first stands, as `strings.Index`.
pub fn index(text: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => index_byte(text, *byte),
        _ => {
            let (first, mut at) = (needle[0], 0);
            let last = text.len().checked_sub(needle.len())?;
            let mut in_vain = 0;
            while at <= last {
                at += index_byte(&text[at..=last], first)?;
                let same = text[at..].iter().zip(needle).take_while(|(a, b)| a == b).count();
                if same == needle.len() {
                    return Some(at);
                }
                at += 1;
                in_vain += same - 1;
                if in_vain > MOST_IN_VAIN + at {
                    return index_by_hash(&text[at..], needle).map(|found| at + found);
                }
            }
            None
        }
    }
}

/// How many bytes are compared in vain, beyond those of the text, before the way of looking is changed.
const MOST_IN_VAIN: usize = 4096;

/// Where `needle` first stands, by sums that roll along the text: texts such as `aaaa…` cost no more than others. Source:
/// `internal/bytealg/bytealg.go`, `IndexRabinKarp`.
fn index_by_hash(text: &[u8], needle: &[u8]) -> Option<usize> {
    const BASE: u64 = 16_777_619;
    let add = |sum: u64, byte: u8| sum.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1);
    let wanted = needle.iter().fold(0, |sum, &byte| add(sum, byte));
    let out = (0..needle.len()).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut sum = text.get(..needle.len())?.iter().fold(0, |sum, &byte| add(sum, byte));
    for at in 0.. {
        if sum == wanted && text[at..].starts_with(needle) {
            return Some(at);
        }
        let next = *text.get(at + needle.len())?;
        sum = add(sum, next).wrapping_sub(out.wrapping_mul(u64::from(text[at]) + 1));
    }
    None
}

/// How often `needle` stands there without overlapping; of an empty one, how many characters there are.
pub fn count(text: &[u8], needle: &[u8]) -> usize {
    if needle.is_empty() {
        return utf8::runes(text).count();
    }
    let (mut found, mut at) = (0, 0);
    while let Some(next) = index(&text[at..], needle) {
        (found, at) = (found + 1, at + next + needle.len());
    }
    found
}

/// Where `needle` last stands, as `strings.LastIndex`.
pub fn last_index(text: &[u8], needle: &[u8]) -> Option<usize> {
    (0..=text.len().checked_sub(needle.len())?).rev().find(|&at| text[at..].starts_with(needle))
}

/// The range that `strings.TrimFunc` leaves.
pub fn trimmed(text: &[u8], mut remove: impl FnMut(u32) -> bool) -> (usize, usize) {
    let start = utf8::runes(text).find(|&(_, code, _)| !remove(code)).map_or(text.len(), |(at, _, _)| at);
    let mut end = text.len();
    while end > start {
        let (code, width) = utf8::decode_last(&text[start..end]);
        if !remove(code) {
            break;
        }
        end -= width;
    }
    (start, end)
}

/// The range that `strings.TrimSpace` leaves.
pub fn space_trimmed(text: &[u8]) -> (usize, usize) {
    let plain = |byte: u8| byte < 0x80 && !matches!(byte, b' ' | 9..=13);
    match (text.first(), text.last()) {
        (Some(&first), Some(&last)) if plain(first) && plain(last) => (0, text.len()),
        _ => trimmed(text, unicode::is_space),
    }
}

/// `strings.Fields`: what stands between white space.
pub fn fields(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (skip, _, _) = utf8::runes(&text[at..]).find(|&(_, code, _)| !unicode::is_space(code))?;
        let start = at + skip;
        let end = utf8::runes(&text[start..]).find(|&(_, code, _)| unicode::is_space(code)).map_or(text.len(), |(run, _, _)| start + run);
        at = end;
        Some(&text[start..end])
    })
}

/// The ranges of `strings.SplitN(text, separator, limit)`; a negative limit is none. An empty separator splits code points apart.
pub fn split(text: &[u8], separator: &[u8], limit: i64) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    if limit == 0 {
        return parts;
    }
    let full = |parts: &Vec<(usize, usize)>| limit > 0 && parts.len() as i64 >= limit - 1;
    let mut at = 0;
    if separator.is_empty() {
        for (start, _, width) in utf8::runes(text) {
            if full(&parts) {
                break;
            }
            parts.push((start, start + width));
            at = start + width;
        }
        if at < text.len() {
            parts.push((at, text.len()));
        }
        return parts;
    }
    while !full(&parts)
        && let Some(found) = index(&text[at..], separator)
    {
        parts.push((at, at + found));
        at += found + separator.len();
    }
    parts.push((at, text.len()));
    parts
}

/// Appends `strings.ReplaceAll(text, old, new)`.
pub fn replace(out: &mut Vec<u8>, text: &[u8], old: &[u8], new: &[u8]) {
    if old.is_empty() {
        for (start, _, width) in utf8::runes(text) {
            out.extend_from_slice(new);
            out.extend_from_slice(&text[start..start + width]);
        }
        return out.extend_from_slice(new);
    }
    let mut at = 0;
    while let Some(found) = index(&text[at..], old) {
        out.extend_from_slice(&text[at..at + found]);
        out.extend_from_slice(new);
        at += found + old.len();
    }
    out.extend_from_slice(&text[at..]);
}

/// Appends the text with each code point mapped, stray bytes becoming U+FFFD where the mapping runs. Source: `strings.Map`.
pub fn map(out: &mut Vec<u8>, text: &[u8], mut mapping: impl FnMut(u32) -> u32) {
    for (_, code, _) in utf8::runes(text) {
        utf8::append(out, mapping(code));
    }
}

/// Appends `strings.Title(text)`. Source: `strings.Title`, `isSeparator`.
pub fn title(out: &mut Vec<u8>, text: &[u8]) {
    let mut before = b' ' as u32;
    map(out, text, |code| {
        let starts =
            if before < 0x80 { !((before as u8).is_ascii_alphanumeric() || before == b'_' as u32) } else { unicode::is_space(before) };
        before = code;
        if starts { unicode::to_title(code) } else { code }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, separator: &str, limit: i64) -> Vec<String> {
        split(text.as_bytes(), separator.as_bytes(), limit).iter().map(|&(start, end)| text[start..end].to_owned()).collect()
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        let text: Vec<u8> = (0..40).map(|index| if index % 2 == 0 { 0x80 } else { 0x7F }).collect();
        for at in 0..text.len() {
            for byte in [0, 1, 0xFF, 0x81] {
                let mut text = text.clone();
                text[at] = byte;
                assert_eq!(index_byte(&text, byte), Some(at));
                assert_eq!(index_byte(&text[..at], byte), None);
            }
        }
    }

    #[test]
    fn splits_as_go() {
        assert_eq!(parts("a,b,c", ",", -1), ["a", "b", "c"]);
        assert_eq!(parts("a,b,c", ",", 2), ["a", "b,c"]);
        assert_eq!(parts("", ",", -1), [""]);
        assert_eq!(parts("aéb", "", -1), ["a", "é", "b"]);
        assert_eq!(parts("aéb", "", 2), ["a", "éb"]);
        assert!(parts("", "", -1).is_empty());
        assert!(parts("a", ",", 0).is_empty());
        assert_eq!(parts("aaa", "aa", -1), ["", "a"]);
    }

    #[test]
    fn trims_titles_and_replaces_as_go() {
        assert_eq!(space_trimmed("\u{a0} a b\t\u{85}".as_bytes()), (3, 6));
        assert_eq!(space_trimmed(b" \n"), (2, 2));
        let mut out = Vec::new();
        title(&mut out, "don't_stop élan ǆ x-y".as_bytes());
        assert_eq!(String::from_utf8(out).unwrap(), "Don'T_stop Élan ǅ X-Y");
        let mut out = Vec::new();
        replace(&mut out, b"ab", b"", b"-");
        assert_eq!(out, b"-a-b-");
        assert_eq!(last_index(b"abab", b"ab"), Some(2));
        assert_eq!(fields(b" a  b ").collect::<Vec<_>>(), [b"a", b"b"]);
    }
}

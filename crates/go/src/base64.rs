//! Go's `encoding/base64` and `encoding/base32`, standard alphabets, errors included.

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `base64.StdEncoding.EncodeToString`.
pub fn encode64(bytes: &[u8]) -> Vec<u8> {
    let digit = |sum: u32, place: u32| BASE64[(sum >> (18 - 6 * place) & 63) as usize];
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    let (chunks, rest) = bytes.as_chunks::<3>();
    for &[a, b, c] in chunks {
        let sum = u32::from_be_bytes([0, a, b, c]);
        out.extend_from_slice(&[digit(sum, 0), digit(sum, 1), digit(sum, 2), digit(sum, 3)]);
    }
    match *rest {
        [a] => out.extend_from_slice(&[digit((a as u32) << 16, 0), digit((a as u32) << 16, 1), b'=', b'=']),
        [a, b] => {
            let sum = u32::from_be_bytes([0, a, b, 0]);
            out.extend_from_slice(&[digit(sum, 0), digit(sum, 1), digit(sum, 2), b'=']);
        }
        _ => {}
    }
    out
}

/// `base64.StdEncoding.DecodeString`: line breaks are skipped.
///
/// # Errors
/// The offset in `illegal base64 data at input byte N`.
pub fn decode64(text: &[u8]) -> Result<Vec<u8>, usize> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut at = 0;
    // The next byte that is no line break.
    let mut next = || {
        while let Some(&byte) = text.get(at) {
            at += 1;
            if byte != b'\n' && byte != b'\r' {
                return Some((at, byte));
            }
        }
        None
    };
    loop {
        let mut quantum = [0u8; 4];
        let mut filled = 0;
        while filled < 4 {
            let Some((after, byte)) = next() else {
                return if filled == 0 { Ok(out) } else { Err(text.len() - filled) };
            };
            if let Some(value) = value(byte) {
                quantum[filled] = value;
                filled += 1;
                continue;
            }
            if byte != b'=' || filled < 2 {
                return Err(after - 1);
            }
            if filled == 2 {
                match next() {
                    None => return Err(text.len()),
                    Some((after, byte)) if byte != b'=' => return Err(after - 2),
                    Some(_) => {}
                }
            }
            push64(&mut out, quantum, filled - 1);
            return match next() {
                None => Ok(out),
                Some((after, _)) => Err(after - 1),
            };
        }
        push64(&mut out, quantum, 3);
    }
}

fn push64(out: &mut Vec<u8>, quantum: [u8; 4], bytes: usize) {
    let sum = quantum.iter().fold(0u32, |sum, &value| sum << 6 | value as u32);
    out.extend_from_slice(&sum.to_be_bytes()[1..=bytes]);
}

/// `base32.StdEncoding.EncodeToString`.
pub fn encode32(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let sum = (0..5).fold(0u64, |sum, place| sum << 8 | *chunk.get(place).unwrap_or(&0) as u64);
        let digits = (chunk.len() * 8).div_ceil(5);
        for place in 0..8 {
            out.push(if place < digits { BASE32[(sum >> (35 - 5 * place) & 31) as usize] } else { b'=' });
        }
    }
    out
}

/// `base32.StdEncoding.DecodeString`: line breaks are skipped.
///
/// # Errors
/// The offset in `illegal base32 data at input byte N`.
pub fn decode32(text: &[u8]) -> Result<Vec<u8>, usize> {
    // Unlike its sibling, this decoder strips line breaks first: offsets count without them.
    let text: Vec<u8> = text.iter().copied().filter(|&byte| byte != b'\n' && byte != b'\r').collect();
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    let mut at = 0;
    while at < text.len() {
        let mut sum = 0u64;
        let mut digits = 8;
        let mut place = 0;
        while place < 8 {
            let Some(&byte) = text.get(at) else {
                return Err(text.len() - place);
            };
            at += 1;
            let rest = &text[at..];
            if byte == b'=' && place >= 2 && rest.len() < 8 {
                if rest.len() + place < 7 {
                    return Err(text.len());
                }
                for extra in 0..7 - place {
                    if rest.get(extra).is_some_and(|&byte| byte != b'=') {
                        return Err(at + extra - 1);
                    }
                }
                if matches!(place, 3 | 6) {
                    return Err(at - 1);
                }
                // What follows the padding is not looked at.
                digits = place;
                break;
            }
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'2'..=b'7' => byte - b'2' + 26,
                _ => return Err(at - 1),
            };
            sum = sum << 5 | value as u64;
            place += 1;
        }
        sum <<= 5 * (8 - digits);
        out.extend_from_slice(&sum.to_be_bytes()[3..3 + digits * 5 / 8]);
        if digits < 8 {
            return Ok(out);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_go() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(encode64(plain.as_bytes()), coded.as_bytes());
            assert_eq!(decode64(coded.as_bytes()), Ok(plain.as_bytes().to_vec()));
        }
        for row in include_str!("../testdata/base64.tsv").lines() {
            let (input, expected) = row.split_once('\t').unwrap();
            let input = crate::quote::unquote(input.as_bytes()).unwrap();
            let result = match decode64(&input) {
                Ok(bytes) => crate::quote::quoted(&bytes),
                Err(at) => format!("illegal base64 data at input byte {at}"),
            };
            assert_eq!(result, expected, "{row}");
        }
    }

    #[test]
    fn base32_as_go() {
        for (plain, coded) in [("", ""), ("f", "MY======"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======")] {
            assert_eq!(encode32(plain.as_bytes()), coded.as_bytes());
            assert_eq!(decode32(coded.as_bytes()), Ok(plain.as_bytes().to_vec()));
        }
        for row in include_str!("../testdata/base32.tsv").lines() {
            let (input, expected) = row.split_once('\t').unwrap();
            let input = crate::quote::unquote(input.as_bytes()).unwrap();
            let result = match decode32(&input) {
                Ok(bytes) => crate::quote::quoted(&bytes),
                Err(at) => format!("illegal base32 data at input byte {at}"),
            };
            assert_eq!(result, expected, "{row}");
        }
    }
}

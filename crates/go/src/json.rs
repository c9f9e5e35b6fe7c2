//! How `encoding/json` writes strings and numbers. Values are encoded and decoded by `chartwright_value::json`.

use crate::float::{self, Bits};
use crate::{fmt, utf8};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends a JSON string. With `html`, `<`, `>` and `&` are escaped, as `json.Marshal` does. Stray bytes become `\ufffd`.
/// Source: `encoding/json/encode.go`, `appendString`.
pub fn string(out: &mut Vec<u8>, text: &[u8], html: bool) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let plain = |byte: u8| (0x20..0x80).contains(&byte) && !matches!(byte, b'"' | b'\\') && !(html && matches!(byte, b'<' | b'>' | b'&'));
    let mut at = 0;
    while at < text.len() {
        let run = text[at..].iter().take_while(|&&byte| plain(byte)).count();
        out.extend_from_slice(&text[at..at + run]);
        at += run;
        let (code, width) = utf8::decode(&text[at..]);
        match (code, width) {
            (_, 0) => break,
            (utf8::ERROR, 1) => out.extend_from_slice(b"\\ufffd"),
            (0x2028 | 0x2029, _) => out.extend_from_slice(&[b'\\', b'u', b'2', b'0', b'2', HEX[(code & 15) as usize]]),
            (_, 1) => match code as u8 {
                byte @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', byte]),
                0x08 => out.extend_from_slice(b"\\b"),
                0x0C => out.extend_from_slice(b"\\f"),
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                b'\t' => out.extend_from_slice(b"\\t"),
                byte => out.extend_from_slice(&[b'\\', b'u', b'0', b'0', HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]),
            },
            _ => out.extend_from_slice(&text[at..at + width]),
        }
        at += width;
    }
    out.push(b'"');
}

/// Appends a finite number as ES6 and `encoding/json` write it: positional up to 1e21. False for an infinity or NaN.
/// Source: `encoding/json/encode.go`, `floatEncoder`.
pub fn number(out: &mut Vec<u8>, value: f64, bits: Bits) -> bool {
    if !value.is_finite() {
        return false;
    }
    const EXACT_INTEGERS: f64 = 1e15;
    let size = value.abs();
    if size < EXACT_INTEGERS && size.fract() == 0.0 && size != 0.0 {
        fmt::decimal(out, size as u64, value < 0.0);
        return true;
    }
    let extreme = match bits {
        Bits::Double => size < 1e-6 || size >= 1e21,
        Bits::Single => (size as f32) < 1e-6 || (size as f32) >= 1e21,
    };
    if size == 0.0 || !extreme {
        float::format(out, value, b'f', None, bits);
        return true;
    }
    float::format(out, value, b'e', None, bits);
    // e-09 becomes e-9.
    if let [.., b'e', b'-', b'0', last] = out[..] {
        let end = out.len();
        out[end - 2] = last;
        out.truncate(end - 1);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_as_go_does() {
        let mut out = Vec::new();
        string(&mut out, b"a<b>&\"\\\n\x01\x7f\xff\xe2\x80\xa8\xc3\xa9", true);
        assert_eq!(String::from_utf8(out).unwrap(), "\"a\\u003cb\\u003e\\u0026\\\"\\\\\\n\\u0001\u{7f}\\ufffd\\u2028\u{e9}\"");
        let mut out = Vec::new();
        string(&mut out, b"<>", false);
        assert_eq!(out, b"\"<>\"");
    }

    #[test]
    fn numbers_are_written_as_go_does() {
        for (value, expected) in [
            (1.0, "1"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1e-7, "1e-7"),
            (1e-10, "1e-10"),
            (0.000001, "0.000001"),
            (-0.0, "-0"),
        ] {
            let mut out = Vec::new();
            assert!(number(&mut out, value, Bits::Double));
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
        assert!(!number(&mut Vec::new(), f64::NAN, Bits::Double));
    }
}

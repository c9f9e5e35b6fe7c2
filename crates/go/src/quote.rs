//! Go's quoting (`strconv/quote.go`): `Quote`, `QuoteToASCII`, `QuoteRune`, `Unquote`.

use crate::{unicode, utf8};

const LOWER_HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends `strconv.Quote(text)`, or `QuoteToASCII` if `ascii`.
pub fn quote(out: &mut Vec<u8>, text: &[u8], ascii: bool) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    let mut at = 0;
    while at < text.len() {
        // Runs of plain characters are by far the most of any text.
        let run = text[at..].iter().take_while(|&&b| (0x20..0x7F).contains(&b) && b != b'"' && b != b'\\').count();
        out.extend_from_slice(&text[at..at + run]);
        at += run;
        if at == text.len() {
            break;
        }
        let (code, width) = utf8::decode(&text[at..]);
        if width == 1 && code == utf8::ERROR {
            hex(out, b'x', text[at] as u32, 2);
        } else {
            escape(out, code, b'"', ascii);
        }
        at += width;
    }
    out.push(b'"');
}

/// Appends `strconv.QuoteRune(code)`, or `QuoteRuneToASCII` if `ascii`.
pub fn quote_rune(out: &mut Vec<u8>, code: u32, ascii: bool) {
    out.push(b'\'');
    escape(out, if char::from_u32(code).is_some() { code } else { utf8::ERROR }, b'\'', ascii);
    out.push(b'\'');
}

/// `strconv.Quote(text)` as text for messages. (What is quoted is always UTF-8.)
pub fn quoted(text: &[u8]) -> String {
    let mut out = Vec::new();
    quote(&mut out, text, false);
    String::from_utf8_lossy(&out).into_owned()
}

fn escape(out: &mut Vec<u8>, code: u32, delimiter: u8, ascii: bool) {
    if code == delimiter as u32 || code == b'\\' as u32 {
        out.extend_from_slice(&[b'\\', code as u8]);
    } else if if ascii { (0x20..0x7F).contains(&code) } else { unicode::is_print(code) } {
        utf8::append(out, code);
    } else {
        let short = match code {
            0x07 => b'a',
            0x08 => b'b',
            0x0C => b'f',
            0x0A => b'n',
            0x0D => b'r',
            0x09 => b't',
            0x0B => b'v',
            _ if code < 0x20 || code == 0x7F => return hex(out, b'x', code, 2),
            _ if code < 0x10000 => return hex(out, b'u', code, 4),
            _ => return hex(out, b'U', code, 8),
        };
        out.extend_from_slice(&[b'\\', short]);
    }
}

fn hex(out: &mut Vec<u8>, letter: u8, code: u32, digits: u32) {
    out.extend_from_slice(&[b'\\', letter]);
    out.extend((0..digits).rev().map(|digit| LOWER_HEX[(code >> (4 * digit) & 15) as usize]));
}

/// `strconv.CanBackquote`: whether text fits a raw string literal of one line.
pub fn can_backquote(text: &[u8]) -> bool {
    utf8::runes(text).all(|(_, code, width)| match (code, width) {
        (0xFEFF, _) => false,
        (_, 2..) => true,
        (utf8::ERROR, _) => false,
        _ => (code >= 0x20 || code == 0x09) && code != b'`' as u32 && code != 0x7F,
    })
}

/// `strconv.Unquote`: what a Go string, raw string or character literal stands for; `None` where Go says `invalid syntax`.
pub fn unquote(literal: &[u8]) -> Option<Vec<u8>> {
    let (&delimiter, &last) = (literal.first()?, literal.last()?);
    if literal.len() < 2 || delimiter != last {
        return None;
    }
    let inner = &literal[1..literal.len() - 1];
    match delimiter {
        b'`' => (!inner.contains(&b'`')).then(|| inner.iter().copied().filter(|&b| b != b'\r').collect()),
        b'"' | b'\'' => {
            let mut out = Vec::with_capacity(inner.len());
            let (mut at, mut characters) = (0, 0);
            while at < inner.len() {
                at += unquote_one(&inner[at..], delimiter, &mut out)?;
                characters += 1;
            }
            (delimiter == b'"' || characters == 1).then_some(out)
        }
        _ => None,
    }
}

/// Decodes one possibly escaped character and says how many bytes it took. Source: `strconv.UnquoteChar`.
fn unquote_one(text: &[u8], delimiter: u8, out: &mut Vec<u8>) -> Option<usize> {
    let first = *text.first()?;
    if first == delimiter || first == b'\n' {
        return None;
    }
    if first != b'\\' {
        let (code, width) = utf8::decode(text);
        // A character literal is rewritten; in a string, stray bytes become U+FFFD only when something is escaped.
        utf8::append(out, code);
        return Some(width);
    }
    let kind = *text.get(1)?;
    let plain = match kind {
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0C,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0B,
        b'\\' => b'\\',
        b'\'' | b'"' if kind == delimiter => kind,
        b'x' => {
            out.push(digits(text.get(2..4)?, 16)? as u8);
            return Some(4);
        }
        b'u' | b'U' => {
            let width = if kind == b'u' { 4 } else { 8 };
            let code = char::from_u32(digits(text.get(2..2 + width)?, 16)?)?;
            utf8::append(out, code as u32);
            return Some(2 + width);
        }
        b'0'..=b'7' => {
            out.push(u8::try_from(digits(text.get(1..4)?, 8)?).ok()?);
            return Some(4);
        }
        _ => return None,
    };
    out.push(plain);
    Some(2)
}

fn digits(text: &[u8], radix: u32) -> Option<u32> {
    text.iter().try_fold(0u32, |sum, &byte| Some(sum << radix.trailing_zeros() | (byte as char).to_digit(radix)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &[u8], expected: &str) {
        assert_eq!(quoted(input), expected);
    }

    #[test]
    fn quotes_as_go() {
        check(b"plain", r#""plain""#);
        check(b"a\"b\\c\n\t\x00\x7f", r#""a\"b\\c\n\t\x00\x7f""#);
        check("é\u{200b}😀\u{feff}\u{e000}".as_bytes(), r#""é\u200b😀\ufeff\ue000""#);
        check(b"\xff\xe2\x82", r#""\xff\xe2\x82""#);
        check("\u{a0}\u{10ffff}".as_bytes(), r#""\u00a0\U0010ffff""#);
        let mut ascii = Vec::new();
        quote(&mut ascii, "é\u{fffd}".as_bytes(), true);
        assert_eq!(ascii, br#""\u00e9\ufffd""#);
    }

    #[test]
    fn unquotes_as_go() {
        for (literal, expected) in [
            (r#""a\tb""#, Some("a\tb")),
            ("`a\\t\r\n`", Some("a\\t\n")),
            (r#"'x'"#, Some("x")),
            (r#"'xy'"#, None),
            (r#""\x41\101\u00e9\U0001F600""#, Some("AAé😀")),
            (r#""\'""#, None),
            (r#"'\''"#, Some("'")),
            (r#""\400""#, None),
            (r#""\ud800""#, None),
            ("\"a\nb\"", None),
            (r#"""#, None),
            (r#""a"b""#, None),
            (r#""\q""#, None),
        ] {
            assert_eq!(unquote(literal.as_bytes()), expected.map(|e| e.as_bytes().to_vec()), "{literal}");
        }
    }
}

//! Literals of text and bytes. Source: `parser/unescape.go`.

use super::lex::Token;

/// A literal and what follows it, if the text begins with one; within is nothing where the literal is broken.
pub(super) fn quoted(text: &str) -> Option<Option<(Token, &str)>> {
    let prefix = text.bytes().take(3).position(|byte| matches!(byte, b'"' | b'\''))?;
    let (marks, body) = text.split_at_checked(prefix)?;
    let marks = marks.to_ascii_lowercase();
    let (is_raw, is_bytes) = match marks.as_str() {
        "" => (false, false),
        "r" => (true, false),
        "b" => (false, true),
        "br" | "rb" => (true, true),
        _ => return None,
    };
    Some(read(body, is_raw, is_bytes))
}

fn read(body: &str, is_raw: bool, is_bytes: bool) -> Option<(Token, &str)> {
    let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| body.starts_with(quote))?;
    let inner = body.get(quote.len()..)?;
    let end = end(inner, quote, is_raw)?;
    let (content, rest) = (inner.get(..end)?, inner.get(end + quote.len()..)?);
    let bytes = if is_raw { content.as_bytes().to_vec() } else { unescape(content, is_bytes)? };
    let token = if is_bytes { Token::Bytes(bytes.into()) } else { Token::Text(String::from_utf8(bytes).ok()?.into()) };
    Some((token, rest))
}

/// Where the closing quote is.
fn end(inner: &str, quote: &str, is_raw: bool) -> Option<usize> {
    let bytes = inner.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if inner.get(at..).is_some_and(|rest| rest.starts_with(quote)) {
            return Some(at);
        }
        match bytes.get(at)? {
            b'\n' | b'\r' if quote.len() == 1 => return None,
            b'\\' if !is_raw => at += 2,
            _ => at += 1,
        }
    }
    None
}

fn unescape(content: &str, is_bytes: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        out.extend_from_slice(plain.as_bytes());
        let mark = *escape.as_bytes().get(1)?;
        let number = |skip: usize, length: usize, base: u32| {
            let digits = escape.get(skip..skip + length).filter(|digits| digits.bytes().all(|byte| char::from(byte).is_digit(base)))?;
            u32::from_str_radix(digits, base).ok()
        };
        let (code, length) = match mark {
            b'a' => (7, 2),
            b'b' => (8, 2),
            b'f' => (12, 2),
            b'n' => (10, 2),
            b'r' => (13, 2),
            b't' => (9, 2),
            b'v' => (11, 2),
            b'\\' | b'\'' | b'"' | b'`' | b'?' => (u32::from(mark), 2),
            b'x' | b'X' => (number(2, 2, 16)?, 4),
            b'u' if !is_bytes => (number(2, 4, 16)?, 6),
            b'U' if !is_bytes => (number(2, 8, 16)?, 10),
            b'0'..=b'3' => (number(1, 3, 8)?, 4),
            _ => return None,
        };
        if is_bytes {
            out.push(u8::try_from(code).ok()?);
        } else {
            out.extend_from_slice(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
        }
        rest = escape.get(length..)?;
    }
    out.extend_from_slice(rest.as_bytes());
    Some(out)
}

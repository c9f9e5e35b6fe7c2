//! TOML as Helm's library reads and writes it: `github.com/BurntSushi/toml` v1.6.0. Nothing here recurses on the native stack.

mod encode;
mod lexer;
mod parse;
#[cfg(test)]
mod tests;

pub(crate) use encode::{EncodeError, encode};
pub(crate) use parse::decode;

/// How deep tables and arrays may be nested. Go has no such limit.
const DEEPEST: usize = 500;

/// The zones of dates and times that name none. Source: `internal/tz.go`.
const LOCAL_DATETIME: &str = "datetime-local";
const LOCAL_DATE: &str = "date-local";
const LOCAL_TIME: &str = "time-local";

/// A key's parts as the library prints them, those that are not bare in quotes. Source: `meta.go`, `Key.String`.
fn key_text<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            out.push(b'.');
        }
        let bare = !part.is_empty() && part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if bare { out.extend_from_slice(part) } else { quote(&mut out, part) }
    }
    out
}

/// A basic string. Source: `encode.go`, `dblQuotedReplacer`.
fn quote(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for &byte in text {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            8 => out.extend_from_slice(b"\\b"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            12 => out.extend_from_slice(b"\\f"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0..=0x1F | 0x7F => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

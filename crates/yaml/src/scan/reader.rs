//! Bytes to text: the encoding, and which characters may stand in YAML at all (Go `readerc.go`).

use super::cursor::Mark;
use super::{Layer, Problem};
use std::borrow::Cow;

/// How many bytes Go reads at a time. It finds a bad byte only once it reads the piece that the byte is in.
const CHUNK: usize = 512;

/// A fault of the bytes, told once the scanner reaches it.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    text: &'static str,
}

impl Fault {
    pub(crate) fn problem(&self) -> Problem {
        Problem { layer: Layer::Reader, text: Cow::Borrowed(self.text), at: Mark::default(), context: Mark::default() }
    }
}

/// The text of the input up to what Go would not have read, and why not. UTF-16 is recoded.
pub(crate) fn read(input: &[u8]) -> (Cow<'_, str>, Option<Fault>) {
    match input {
        [0xFF, 0xFE, rest @ ..] => read_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => read_utf16(rest, u16::from_be_bytes),
        _ => {
            let (text, fault) = read_utf8(input);
            (Cow::Borrowed(text), fault)
        }
    }
}

/// The same for what is already text.
pub(crate) fn read_str(input: &str) -> (&str, Option<Fault>) {
    match find_forbidden(input) {
        None => (input, None),
        Some(at) => (before(input, at), Some(Fault { text: "control characters are not allowed" })),
    }
}

fn read_utf8(input: &[u8]) -> (&str, Option<Fault>) {
    match std::str::from_utf8(input) {
        Ok(text) => read_str(text),
        Err(error) => {
            let at = error.valid_up_to();
            let valid = std::str::from_utf8(&input[..at]).unwrap_or("");
            if let (text, Some(fault)) = read_str(valid) {
                return (text, Some(fault));
            }
            (before(valid, at), Some(Fault { text: describe(&input[at..]) }))
        }
    }
}

/// The text before the piece of input that holds the given byte.
fn before(text: &str, at: usize) -> &str {
    let mut end = at / CHUNK * CHUNK;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What Go says of bytes that begin no character.
fn describe(bytes: &[u8]) -> &'static str {
    let first = bytes.first().copied().unwrap_or(0);
    let width = match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => return "invalid leading UTF-8 octet",
    };
    if bytes.len() < width {
        return "incomplete UTF-8 octet sequence";
    }
    if bytes[1..width].iter().any(|octet| octet & 0xC0 != 0x80) {
        return "invalid trailing UTF-8 octet";
    }
    let lead = u32::from(first) & (0x7F >> width);
    let value = bytes[1..width].iter().fold(lead, |value, octet| value << 6 | u32::from(octet & 0x3F));
    let shortest = match width {
        2 => 0x80,
        3 => 0x800,
        _ => 0x10000,
    };
    if value < shortest { "invalid length of a UTF-8 sequence" } else { "invalid Unicode character" }
}

fn find_forbidden(text: &str) -> Option<usize> {
    // Nearly all text is printable ASCII, which is told a block at a time.
    const BLOCK: usize = 64;
    let bytes = text.as_bytes();
    let odd = |byte: u8| byte != b'\n' && byte.wrapping_sub(0x20) > 0x5E;
    for (n, block) in bytes.chunks(BLOCK).enumerate() {
        if block.iter().fold(false, |found, byte| found | odd(*byte)) {
            let found = (n * BLOCK..n * BLOCK + block.len()).find(|at| is_forbidden(bytes, *at));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn is_forbidden(bytes: &[u8], at: usize) -> bool {
    let next = |n: usize| bytes.get(at + n).copied().unwrap_or(0);
    match bytes[at] {
        b'\t' | b'\n' | b'\r' | 0x20..=0x7E => false,
        0xC2 => matches!(next(1), 0x80..=0x84 | 0x86..=0x9F),
        0xEF => next(1) == 0xBF && matches!(next(2), 0xBE | 0xBF),
        byte => byte < 0x80,
    }
}

fn read_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (Cow<'static, str>, Option<Fault>) {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    let (mut text, mut wrong) = (String::new(), None);
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(error) => {
                let low = (0xDC00..=0xDFFF).contains(&error.unpaired_surrogate());
                wrong = Some(if low { "unexpected low surrogate area" } else { "expected low surrogate area" });
                break;
            }
        }
    }
    if wrong.is_none() && bytes.len() % 2 == 1 {
        wrong = Some("incomplete UTF-16 character");
    }
    if let Some(at) = find_forbidden(&text) {
        text.truncate(before(&text, at).len());
        wrong = Some("control characters are not allowed");
    }
    (Cow::Owned(text), wrong.map(|text| Fault { text }))
}

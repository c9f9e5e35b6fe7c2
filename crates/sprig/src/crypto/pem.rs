//! PEM: bytes between a line that begins and a line that ends. Source: `encoding/pem/pem.go`.

use chartwright_go::base64;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"\n-----END ";
const LINE_END: &[u8] = b"-----";
const WIDTH: usize = 64;

/// A block with its type's name.
pub(super) fn encode(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("-----BEGIN {kind}-----\n").into_bytes();
    for line in base64::encode64(bytes).chunks(WIDTH) {
        out.extend_from_slice(line);
        out.push(b'\n');
    }
    out.extend_from_slice(format!("-----END {kind}-----\n").as_bytes());
    out
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// A line without its break and the blanks before it, and how many bytes it took.
fn line(text: &[u8]) -> (&[u8], usize) {
    let (end, next) = match text.iter().position(|&byte| byte == b'\n') {
        Some(at) => (at, at + 1),
        None => (text.len(), text.len()),
    };
    let line = &text[..end];
    let line = if next > end { line.strip_suffix(b"\r").unwrap_or(line) } else { line };
    let blanks = line.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    (&line[..line.len() - blanks], next)
}

/// The type's name and the bytes of the first block that is sound.
pub(super) fn decode(text: &[u8]) -> Option<Block<'_>> {
    let mut rest = text;
    loop {
        let end = find(rest, END)?;
        let skipped = &rest[end + END.len()..];
        let begin = rest[..end].windows(BEGIN.len()).rposition(|window| window == BEGIN);
        if let Some(begin) = begin.filter(|&at| at == 0 || rest[at - 1] == b'\n')
            && let Some(block) = block(&rest[begin + BEGIN.len()..])
        {
            return block.ok();
        }
        rest = skipped;
    }
}

/// A block's type and bytes.
type Block<'a> = (&'a [u8], Vec<u8>);

/// That the text has ended, so that no block can follow.
struct Ended;

/// The block whose beginning has just been read; nothing if it is unsound.
fn block(text: &[u8]) -> Option<Result<Block<'_>, Ended>> {
    let (first, next) = line(text);
    let kind = first.strip_suffix(LINE_END)?;
    let mut body = &text[next..];
    let mut headers = false;
    loop {
        if body.is_empty() {
            return Some(Err(Ended));
        }
        let (header, next) = line(body);
        if !header.contains(&b':') {
            break;
        }
        headers = true;
        body = &body[next..];
    }
    // The end's line break may be the one that ended the first line, if there is nothing between.
    let from = text.len() - body.len();
    let end = find(&text[from - 1..], END)?;
    let content = if end == 0 { &[][..] } else { &body[..end - 1] };
    if headers && end == 0 {
        return None;
    }
    let trailer = text[from - 1 + end + END.len()..].strip_prefix(kind)?.strip_prefix(LINE_END)?;
    if !line(trailer).0.is_empty() {
        return None;
    }
    let coded: Vec<u8> = content.iter().copied().filter(|byte| !matches!(byte, b' ' | b'\t')).collect();
    base64::decode64(&coded).ok().map(|bytes| Ok((kind, bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 47, 48, 49, 200] {
            let bytes: Vec<u8> = (0..length).collect();
            let text = encode("SOME THING", &bytes);
            assert_eq!(decode(&text), Some((&b"SOME THING"[..], bytes)));
        }
    }

    #[test]
    fn words_around_and_broken_blocks_before_are_passed_over() {
        let text =
            b"hello\n-----BEGIN A-----\n!!\n-----END A-----\nmore\n-----BEGIN B-----\nName: value\n\nAQI=\n-----END B-----  \r\nrest";
        assert_eq!(decode(text), Some((&b"B"[..], vec![1, 2])));
        assert_eq!(decode(b"-----BEGIN A-----\nAQI=\n-----END B-----\n"), None);
        assert_eq!(decode(b"x-----BEGIN A-----\nAQI=\n-----END A-----\n"), None);
        assert_eq!(decode(b""), None);
    }
}

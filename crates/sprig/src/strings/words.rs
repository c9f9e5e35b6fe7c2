//! Abbreviating, wrapping and initials: `Masterminds/goutils` v1.1.1, which takes bytes for characters.

use crate::args::{Outcome, count, int, string};
use chartwright_go::{strings, unicode, utf8};
use chartwright_template::{CallError, Context};
use chartwright_value::Value;

pub(crate) fn abbrev(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let width = int(args[0]);
    if width < 4 {
        return Ok(args[1]);
    }
    abbreviated(ctx, args[1], 0, width)
}

pub(crate) fn abbrevboth(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (left, right) = (int(args[0]), int(args[1]));
    if right < 4 || left > 0 && right < 7 {
        return Ok(args[2]);
    }
    abbreviated(ctx, args[2], left, right)
}

/// Source: `goutils/stringutils.go`, `AbbreviateFull`. The width is at least 4.
fn abbreviated(ctx: &mut Context<'_>, value: Value, offset: i64, width: i64) -> Outcome {
    const MARKER: &[u8] = b"...";
    let text = ctx.heap.str(value);
    let length = text.len() as i64;
    if length <= width {
        return Ok(value);
    }
    let mut offset = offset.min(length);
    // The difference wraps, as in Go.
    if length.wrapping_sub(offset) < width - 3 {
        offset = length - (width - 3);
    }
    let head = |text: &[u8], width: i64| [&text[..width as usize - 3], MARKER].concat();
    let out = if offset <= 4 {
        head(text, width)
    } else if width < 7 {
        Vec::new()
    } else if offset + width - 3 < length {
        [MARKER, &head(&text[offset as usize..], width - 3)].concat()
    } else {
        [MARKER, &text[(length - (width - 3)) as usize..]].concat()
    };
    string(ctx, out)
}

pub(crate) fn wrap(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    wrapped(ctx, args[1], int(args[0]), b"\n".to_vec(), false)
}

pub(crate) fn wrap_with(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let separator = ctx.heap.str(args[1]).to_vec();
    let separator = if separator.is_empty() { b"\n".to_vec() } else { separator };
    wrapped(ctx, args[2], int(args[0]), separator, true)
}

/// Source: `goutils/wordutils.go`, `WrapCustom`.
fn wrapped(ctx: &mut Context<'_>, value: Value, width: i64, separator: Vec<u8>, break_words: bool) -> Outcome {
    let text = ctx.heap.str(value);
    let width = count(width).unwrap_or(1).max(1);
    let most = (text.len() / width + 1).saturating_mul(separator.len()).saturating_add(text.len());
    if most > ctx.budget.limits.value_bytes {
        return Err(CallError::Limit("a value is too large"));
    }
    let mut out = Vec::with_capacity(text.len() + 16);
    let mut at = 0;
    while text.len() - at > width {
        if text[at] == b' ' {
            at += 1;
            continue;
        }
        let end = if let Some(space) = text[at..=at + width].iter().rposition(|&byte| byte == b' ') {
            at + space
        } else if break_words {
            out.extend_from_slice(&text[at..at + width]);
            out.extend_from_slice(&separator);
            at += width;
            continue;
        } else if let Some(space) = strings::index(&text[at + width..], b" ") {
            at + width + space
        } else {
            out.extend_from_slice(&text[at..]);
            at = text.len();
            break;
        };
        out.extend_from_slice(&text[at..end]);
        out.extend_from_slice(&separator);
        at = end + 1;
    }
    out.extend_from_slice(text.get(at..).unwrap_or(b""));
    string(ctx, out)
}

/// A byte that goutils takes for a white-space character.
fn is_space(byte: u8) -> bool {
    unicode::is_space(byte as u32)
}

pub(crate) fn nospace(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let text = ctx.heap.str(args[0]);
    if !text.iter().any(|&byte| is_space(byte)) {
        return Ok(args[0]);
    }
    let mut out = Vec::with_capacity(text.len());
    for &byte in text.iter().filter(|&&byte| !is_space(byte)) {
        utf8::append(&mut out, byte as u32);
    }
    string(ctx, out)
}

pub(crate) fn initials(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let mut out = Vec::new();
    let mut gap = true;
    for &byte in ctx.heap.str(args[0]) {
        if is_space(byte) {
            gap = true;
        } else if gap {
            utf8::append(&mut out, byte as u32);
            gap = false;
        }
    }
    string(ctx, out)
}

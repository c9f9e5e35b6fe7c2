//! Sprig's `strings.go`: text in, text out. Words and cases are in `strings/words` and `strings/cases`, lists of strings in `lists`.

pub(crate) mod cases;
pub(crate) mod words;

use crate::args::{Outcome, count, int, nil, print, read, string, strval, too_large};
use chartwright_go::{fmt, quote as quoting, strings};
use chartwright_template::{CallError, Context};
use chartwright_value::{Kind, Type, Value};

const NEGATIVE_REPEAT: &str = "strings: negative Repeat count";

/// Part of a string by its range, sharing its bytes.
fn part(ctx: &Context<'_>, text: Value, range: (usize, usize)) -> Value {
    ctx.heap.substring(text, range.0, range.1)
}

pub(crate) fn trim(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let range = strings::space_trimmed(ctx.heap.str(args[0]));
    Ok(part(ctx, args[0], range))
}

pub(crate) fn trim_all(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (cutset, text) = (ctx.heap.str(args[0]), ctx.heap.str(args[1]));
    let codes: Vec<u32> = chartwright_go::utf8::runes(cutset).map(|(_, code, _)| code).collect();
    let range = strings::trimmed(text, |code| codes.contains(&code));
    Ok(part(ctx, args[1], range))
}

pub(crate) fn trim_suffix(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (suffix, text) = (ctx.heap.str(args[0]), ctx.heap.str(args[1]));
    let end = text.strip_suffix(suffix).unwrap_or(text).len();
    Ok(part(ctx, args[1], (0, end)))
}

pub(crate) fn trim_prefix(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (prefix, text) = (ctx.heap.str(args[0]), ctx.heap.str(args[1]));
    let start = if text.starts_with(prefix) { prefix.len() } else { 0 };
    Ok(part(ctx, args[1], (start, text.len())))
}

pub(crate) fn trunc(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (count, length) = (int(args[0]), ctx.heap.str(args[1]).len() as i64);
    let range = if count >= 0 { (0, count.min(length)) } else { ((length.saturating_add(count)).max(0), length) };
    // A cut that would take everything away takes nothing.
    let range = if count < 0 && length.saturating_add(count) <= 0 { (0, length) } else { range };
    Ok(part(ctx, args[1], (range.0 as usize, range.1 as usize)))
}

pub(crate) fn substr(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (start, end, length) = (int(args[0]), int(args[1]), ctx.heap.str(args[2]).len() as i64);
    let out_of_bounds = |what: String| Err(CallError::Failed(format!("runtime error: slice bounds out of range {what}")));
    let range = if start < 0 {
        if end < 0 {
            return out_of_bounds(format!("[:{end}]"));
        }
        if end > length {
            return out_of_bounds(format!("[:{end}] with length {length}"));
        }
        (0, end)
    } else {
        let end = if end < 0 || end > length { length } else { end };
        if start > end {
            return out_of_bounds(format!("[{start}:{end}]"));
        }
        (start, end)
    };
    Ok(part(ctx, args[2], (range.0 as usize, range.1 as usize)))
}

pub(crate) fn repeat(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let count = count(int(args[0])).ok_or(NEGATIVE_REPEAT)?;
    let length = ctx.heap.str(args[1]).len();
    if length == 0 {
        return Ok(Value::EMPTY);
    }
    // Go counts in 64 bits, wherever this runs.
    let size = (length as i64).checked_mul(int(args[0])).ok_or("strings: Repeat output length overflow")?;
    ctx.charge_bytes(usize::try_from(size).unwrap_or(usize::MAX))?;
    let text = ctx.heap.str(args[1]).repeat(count);
    Ok(ctx.heap.string(text))
}

pub(crate) fn contains(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read(ctx, args[1])?;
    Ok(Value::bool(strings::index(ctx.heap.str(args[1]), ctx.heap.str(args[0])).is_some()))
}

pub(crate) fn has_prefix(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(ctx.heap.str(args[1]).starts_with(ctx.heap.str(args[0]))))
}

pub(crate) fn has_suffix(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(Value::bool(ctx.heap.str(args[1]).ends_with(ctx.heap.str(args[0]))))
}

/// Joins what each argument becomes with spaces; nils are left out.
fn joined(ctx: &mut Context<'_>, args: &[Value], write: fn(&Context<'_>, Value, &mut Vec<u8>) -> Result<(), CallError>) -> Outcome {
    let mut out = Vec::new();
    let mut first = true;
    for &arg in args.iter().filter(|&&arg| !nil(arg)) {
        if !first {
            out.push(b' ');
        }
        first = false;
        write(ctx, arg, &mut out)?;
        fmt::fits(&out).map_err(too_large)?;
    }
    string(ctx, out)
}

pub(crate) fn quote(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    joined(ctx, args, |ctx, arg, out| {
        if arg.kind() == Kind::String {
            quoting::quote(out, ctx.heap.str(arg), false);
            return Ok(());
        }
        let mut text = Vec::new();
        print(ctx.heap, arg, &mut text)?;
        quoting::quote(out, &text, false);
        Ok(())
    })
}

pub(crate) fn squote(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    joined(ctx, args, |ctx, arg, out| {
        out.push(b'\'');
        print(ctx.heap, arg, out)?;
        out.push(b'\'');
        Ok(())
    })
}

pub(crate) fn cat(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    joined(ctx, args, |ctx, arg, out| print(ctx.heap, arg, out))
}

pub(crate) fn to_string(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    if args[0].ty() == Type::STRING {
        return Ok(args[0]);
    }
    let mut out = Vec::new();
    strval(ctx.heap, args[0], &mut out)?;
    string(ctx, out)
}

pub(crate) fn indent(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    indented(ctx, args, b"")
}

pub(crate) fn nindent(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    indented(ctx, args, b"\n")
}

fn indented(ctx: &mut Context<'_>, args: &[Value], before: &[u8]) -> Outcome {
    let spaces = count(int(args[0])).ok_or(NEGATIVE_REPEAT)?;
    let text = ctx.heap.str(args[1]);
    let lines = 1 + text.iter().filter(|&&byte| byte == b'\n').count();
    let size = lines.saturating_mul(spaces).saturating_add(text.len() + before.len());
    ctx.charge_bytes(size)?;
    let mut out = Vec::with_capacity(size);
    out.extend_from_slice(before);
    out.resize(out.len() + spaces, b' ');
    let mut rest = ctx.heap.str(args[1]);
    while let Some(end) = strings::index_byte(rest, b'\n') {
        out.extend_from_slice(&rest[..=end]);
        out.resize(out.len() + spaces, b' ');
        rest = &rest[end + 1..];
    }
    out.extend_from_slice(rest);
    Ok(ctx.heap.string(out))
}

pub(crate) fn replace(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    read(ctx, args[2])?;
    let (old, new, text) = (ctx.heap.str(args[0]), ctx.heap.str(args[1]), ctx.heap.str(args[2]));
    if !old.is_empty() && strings::index(text, old).is_none() {
        return Ok(args[2]);
    }
    let most = (text.len() / old.len().max(1) + 1).saturating_mul(new.len()).saturating_add(text.len());
    if most > fmt::MOST_BYTES {
        return Err(CallError::Limit("a value is too large"));
    }
    let mut out = Vec::with_capacity(text.len() + new.len());
    strings::replace(&mut out, text, old, new);
    string(ctx, out)
}

pub(crate) fn plural(_: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(if int(args[2]) == 1 { args[0] } else { args[1] })
}

/// A range while a text is split.
const RANGE_BYTES: usize = size_of::<(usize, usize)>();

/// The parts of a split as values that share the text's bytes.
fn parts(ctx: &mut Context<'_>, text: Value, separator: Value, limit: i64) -> Result<Vec<Value>, CallError> {
    read(ctx, text)?;
    let (whole, between) = (ctx.heap.str(text), ctx.heap.str(separator));
    // As many parts as there can be at most would be held in memory: each takes a range, and a value.
    let most = (whole.len() / between.len().max(1)).min(usize::try_from(limit).unwrap_or(usize::MAX));
    if most.saturating_mul(RANGE_BYTES) > ctx.budget.limits.value_bytes {
        let found = strings::count(whole, between).min(most);
        ctx.charge_bytes(found.saturating_mul(RANGE_BYTES))?;
    }
    let ranges = strings::split(ctx.heap.str(text), ctx.heap.str(separator), limit);
    ctx.charge(ranges.len() as u64)?;
    Ok(ranges.into_iter().map(|range| part(ctx, text, range)).collect())
}

fn numbered(ctx: &mut Context<'_>, parts: &[Value]) -> Outcome {
    let pairs: Vec<(Value, Value)> = parts.iter().enumerate().map(|(index, &part)| (ctx.heap.string(format!("_{index}")), part)).collect();
    // In the keys' own order each insertion is an append: `_10` comes before `_2`.
    let mut pairs = pairs;
    chartwright_go::sort::by(&mut pairs, |a, b| ctx.heap.str(a.0).cmp(ctx.heap.str(b.0)));
    Ok(ctx.heap.map_from(Type::STRING_MAP, &pairs))
}

pub(crate) fn split(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let parts = parts(ctx, args[1], args[0], -1)?;
    numbered(ctx, &parts)
}

pub(crate) fn splitn(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let parts = parts(ctx, args[2], args[0], int(args[1]))?;
    numbered(ctx, &parts)
}

pub(crate) fn split_list(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let parts = parts(ctx, args[1], args[0], -1)?;
    Ok(ctx.heap.list_of(Type::STRING_LIST, &parts))
}

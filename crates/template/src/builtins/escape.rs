//! `html`, `js` and `urlquery`. Source: `text/template/funcs.go`, and `net/url` for the last.

use super::{Called, TOO_LARGE};
use crate::exec::print;
use crate::{CallError, Context};
use chartwright_go::{unicode, utf8};
use chartwright_value::{Type, Value};

/// The arguments as one text. Source: `evalArgs`, where a missing value is `<no value>`.
fn joined(ctx: &Context<'_>, args: &[Value]) -> Result<Vec<u8>, CallError> {
    if let &[only] = args
        && only.ty() == Type::STRING
    {
        return Ok(ctx.heap.str(only).to_vec());
    }
    let mut out = Vec::new();
    // Go replaces a missing value by a string, which matters to the spaces between operands too.
    let textual = |value: Value| value.is_nil() || value.ty() == Type::STRING;
    for (i, &arg) in args.iter().enumerate() {
        if i > 0 && !textual(arg) && !textual(args[i - 1]) {
            out.push(b' ');
        }
        print(ctx.heap, arg.as_interface(), &mut out).map_err(|_| TOO_LARGE)?;
    }
    Ok(out)
}

fn escaped(ctx: &mut Context<'_>, args: &[Value], escape: fn(&[u8], &mut Vec<u8>)) -> Called {
    let text = joined(ctx, args)?;
    let mut out = Vec::with_capacity(text.len());
    escape(&text, &mut out);
    ctx.charge_bytes(out.len())?;
    Ok(ctx.heap.string(&out))
}

pub(super) fn html(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    escaped(ctx, args, |text, out| {
        for &byte in text {
            match byte {
                0 => out.extend_from_slice("\u{FFFD}".as_bytes()),
                b'"' => out.extend_from_slice(b"&#34;"),
                b'\'' => out.extend_from_slice(b"&#39;"),
                b'&' => out.extend_from_slice(b"&amp;"),
                b'<' => out.extend_from_slice(b"&lt;"),
                b'>' => out.extend_from_slice(b"&gt;"),
                other => out.push(other),
            }
        }
    })
}

pub(super) fn js(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    escaped(ctx, args, |text, out| {
        for (at, code, width) in utf8::runes(text) {
            match char::from_u32(code) {
                Some(c @ ('\\' | '\'' | '"')) => out.extend_from_slice(&[b'\\', c as u8]),
                Some('<' | '>' | '&' | '=') => out.extend_from_slice(format!("\\u{code:04X}").as_bytes()),
                Some(c) if c < ' ' => out.extend_from_slice(format!("\\u{code:04X}").as_bytes()),
                _ if code < 0x80 || unicode::is_print(code) => out.extend_from_slice(&text[at..at + width]),
                _ => out.extend_from_slice(format!("\\u{code:04X}").as_bytes()),
            }
        }
    })
}

pub(super) fn url_query(ctx: &mut Context<'_>, args: &[Value]) -> Called {
    escaped(ctx, args, |text, out| {
        for &byte in text {
            match byte {
                b' ' => out.push(b'+'),
                b'-' | b'_' | b'.' | b'~' => out.push(byte),
                _ if byte.is_ascii_alphanumeric() => out.push(byte),
                _ => out.extend_from_slice(format!("%{byte:02X}").as_bytes()),
            }
        }
    })
}

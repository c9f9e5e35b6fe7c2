//! Random strings and numbers. Randomness comes from the host; which bytes it gives is the host's business.

use crate::args::{self, Outcome, int, string};
use chartwright_go::{base64, utf8};
use chartwright_template::{CallError, Context};
use chartwright_value::Value;

/// A random integer below a limit, without bias.
fn below(ctx: &mut Context<'_>, limit: u64) -> u64 {
    // Draws beyond the last whole multiple are thrown away; a host that gives nothing else is not waited for.
    const ATTEMPTS: u32 = 128;
    let fair = u64::MAX - u64::MAX % limit.max(1);
    let mut draw = 0;
    for _ in 0..ATTEMPTS {
        let mut bytes = [0; 8];
        ctx.host.random(ctx.file, &mut bytes);
        draw = u64::from_le_bytes(bytes);
        if draw < fair {
            break;
        }
    }
    draw % limit.max(1)
}

/// Random characters of an alphabet; none for a negative count, whose error Sprig drops.
fn characters(ctx: &mut Context<'_>, count: i64, alphabet: &[u8]) -> Outcome {
    let Some(count) = args::count(count) else {
        return Ok(Value::EMPTY);
    };
    ctx.charge_bytes(count)?;
    ctx.charge(count as u64)?;
    let fair = 256 - 256 % alphabet.len();
    let mut out = Vec::with_capacity(count);
    let mut attempts = 0;
    while out.len() < count {
        let mut bytes = [0; 64];
        ctx.host.random(ctx.file, &mut bytes);
        attempts += 1;
        // A host whose bytes are never fair is taken as it is after a while.
        let fair = if attempts > count + 128 { 256 } else { fair };
        let wanted = count - out.len();
        out.extend(bytes.iter().filter(|&&byte| (byte as usize) < fair).take(wanted).map(|&byte| alphabet[byte as usize % alphabet.len()]));
    }
    Ok(ctx.heap.string(out))
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LETTERS_AND_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

pub(crate) fn rand_alpha_num(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    characters(ctx, int(args[0]), LETTERS_AND_DIGITS)
}

pub(crate) fn rand_alpha(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    characters(ctx, int(args[0]), LETTERS)
}

pub(crate) fn rand_numeric(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    characters(ctx, int(args[0]), b"0123456789")
}

pub(crate) fn rand_ascii(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let printable: Vec<u8> = (32..127).collect();
    characters(ctx, int(args[0]), &printable)
}

pub(crate) fn rand_bytes(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let count = args::count(int(args[0])).ok_or("runtime error: makeslice: len out of range")?;
    ctx.charge_bytes(count)?;
    let mut bytes = vec![0; count];
    ctx.host.random(ctx.file, &mut bytes);
    string(ctx, base64::encode64(&bytes))
}

pub(crate) fn rand_int(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let (min, max) = (int(args[0]), int(args[1]));
    match max.wrapping_sub(min) {
        span @ 1.. => Ok(Value::int(min.wrapping_add(below(ctx, span as u64) as i64))),
        _ => Err(CallError::from("invalid argument to Intn")),
    }
}

pub(crate) fn shuffle(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    ctx.charge_bytes(ctx.heap.str(args[0]).len().saturating_mul(size_of::<u32>()))?;
    let mut codes: Vec<u32> = utf8::runes(ctx.heap.str(args[0])).map(|(_, code, _)| code).collect();
    ctx.charge(codes.len() as u64 * 16)?;
    for index in (1..codes.len()).rev() {
        let other = below(ctx, index as u64 + 1) as usize;
        codes.swap(index, other);
    }
    let mut out = Vec::with_capacity(codes.len());
    codes.into_iter().for_each(|code| utf8::append(&mut out, code));
    string(ctx, out)
}

pub(crate) fn uuidv4(ctx: &mut Context<'_>, _: &[Value]) -> Outcome {
    let mut bytes = [0u8; 16];
    ctx.host.random(ctx.file, &mut bytes);
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let mut out = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            out.push('-');
        }
        out += &format!("{byte:02x}");
    }
    string(ctx, out)
}

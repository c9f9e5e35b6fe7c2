//! Base64, base32 and JSON.

use crate::args::{Outcome, string};
use chartwright_go::base64;
use chartwright_template::{CallError, Context};
use chartwright_value::Value;
use chartwright_value::json::{JsonOptions, TOO_LARGE, decode_json, decode_json_partly, encode_json_marked};

pub(crate) fn b64enc(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let text = base64::encode64(ctx.heap.str(args[0]));
    string(ctx, text)
}

pub(crate) fn b64dec(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    match base64::decode64(ctx.heap.str(args[0])) {
        Ok(bytes) => string(ctx, bytes),
        Err(at) => string(ctx, format!("illegal base64 data at input byte {at}")),
    }
}

pub(crate) fn b32enc(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let text = base64::encode32(ctx.heap.str(args[0]));
    string(ctx, text)
}

pub(crate) fn b32dec(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    match base64::decode32(ctx.heap.str(args[0])) {
        Ok(bytes) => string(ctx, bytes),
        Err(at) => string(ctx, format!("illegal base32 data at input byte {at}")),
    }
}

/// JSON, charged for; the inner error is Go's.
fn encode(ctx: &mut Context<'_>, value: Value, options: &JsonOptions) -> Result<Result<Value, String>, CallError> {
    match ctx.encode(|heap, mark| encode_json_marked(heap, value, options, mark)) {
        Ok(text) => {
            ctx.charge(text.len() as u64 / 16)?;
            string(ctx, text).map(Ok)
        }
        Err(error) if error == TOO_LARGE => Err(CallError::Limit("a value is too large")),
        Err(error) => Ok(Err(error)),
    }
}

pub(crate) fn to_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(encode(ctx, args[0], &JsonOptions::COMPACT)?.unwrap_or(Value::EMPTY))
}

pub(crate) fn must_to_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(encode(ctx, args[0], &JsonOptions::COMPACT)??)
}

pub(crate) fn to_pretty_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(encode(ctx, args[0], &JsonOptions::PRETTY)?.unwrap_or(Value::EMPTY))
}

pub(crate) fn must_to_pretty_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(encode(ctx, args[0], &JsonOptions::PRETTY)??)
}

/// `toRawJson` and `mustToRawJson`: the one panics with the error that the other returns, which is the same to a template.
pub(crate) fn to_raw_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(encode(ctx, args[0], &JsonOptions::RAW)??)
}

fn decode(ctx: &mut Context<'_>, text: Value) -> Result<Result<Value, String>, CallError> {
    let text = ctx.heap.str(text).to_vec();
    ctx.charge(text.len() as u64 / 16)?;
    Ok(decode_json(ctx.heap, &text))
}

pub(crate) fn from_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    let text = ctx.heap.str(args[0]).to_vec();
    ctx.charge(text.len() as u64 / 16)?;
    Ok(decode_json_partly(ctx.heap, &text).map_or(Value::NIL, |(value, _)| value))
}

pub(crate) fn must_from_json(ctx: &mut Context<'_>, args: &[Value]) -> Outcome {
    Ok(decode(ctx, args[0])??)
}

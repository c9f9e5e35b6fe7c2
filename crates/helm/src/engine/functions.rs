//! Helm's own template functions (`pkg/engine/funcs.go`), but for those that run templates, which are in `reentrant`.

use super::toml;
use crate::values::snapshot::Snapshot;
use chartwright_template::{CallError, Context, Function, Reentrant, Reentry, Templates};
use chartwright_value::json::{JsonOptions, decode_json_partly, encode_json_marked};
use chartwright_value::{Heap, Kind, Param, Signature, Value};
use chartwright_yaml::Mark;
use std::sync::Arc;

/// What `required` and `fail` put around their message, for [`super::errors`] to find.
pub(crate) const WARN_START: &str = "HELM_ERR_START";
/// See [`WARN_START`].
pub(crate) const WARN_END: &str = "HELM_ERR_END";

const TO_TEXT: Signature = Signature::new(&[Param::Any], Param::String);
const TO_MAP: Signature = Signature::new(&[Param::String], Param::Map);
const TO_LIST: Signature = Signature::new(&[Param::String], Param::List);

/// Readers that keep what a text parsed to: charts read the same labels and files over and over.
pub(crate) const READERS: &[Reentrant] = &[
    Reentrant { name: "fromYaml", signature: TO_MAP, call: from_yaml },
    Reentrant { name: "fromYamlArray", signature: TO_LIST, call: from_yaml_array },
];

/// The rows, sorted by name. They replace Sprig's of the same name.
pub(crate) const FUNCTIONS: &[Function] = &[
    Function { name: "fail", signature: Signature::new(&[Param::String], Param::String), call: fail },
    Function { name: "fromJson", signature: TO_MAP, call: from_json },
    Function { name: "fromJsonArray", signature: TO_LIST, call: from_json_array },
    Function { name: "fromToml", signature: TO_MAP, call: toml::from_toml },
    Function {
        name: "lookup",
        signature: Signature::new(&[Param::String, Param::String, Param::String, Param::String], Param::Map),
        call: lookup,
    },
    Function { name: "mustToJson", signature: TO_TEXT, call: must_to_json },
    Function { name: "required", signature: Signature::new(&[Param::String, Param::Any], Param::Any), call: required },
    Function { name: "toJson", signature: TO_TEXT, call: to_json },
    Function { name: "toToml", signature: TO_TEXT, call: toml::to_toml },
    Function { name: "toYaml", signature: TO_TEXT, call: to_yaml },
    Function { name: "toYamlPretty", signature: TO_TEXT, call: to_yaml_pretty },
];

/// Those that only Helm 4 has, or that it has of its own.
pub(crate) const FUNCTIONS_V4: &[Function] = &[
    Function { name: "mustToToml", signature: TO_TEXT, call: toml::must_to_toml },
    Function { name: "mustToYaml", signature: TO_TEXT, call: must_to_yaml },
];

type Result = std::result::Result<Value, CallError>;

pub(super) fn argument(args: &[Value], at: usize) -> Value {
    args.get(at).copied().unwrap_or(Value::NIL)
}

/// A value as `toYaml` writes it, without the last line break.
pub(crate) fn yaml_text(heap: &mut Heap, value: Value) -> std::result::Result<Value, String> {
    let mut out = Vec::new();
    chartwright_yaml::encode(heap, value, &mut out, None)?;
    Ok(heap.string(out.strip_suffix(b"\n").unwrap_or(&out)))
}

type Encode = fn(&mut Heap, Value, &mut Vec<u8>, Option<Mark<'_>>) -> std::result::Result<(), String>;

/// A value's YAML by one of the encoders, with its parts if the render is traced.
fn encoded_yaml(ctx: &mut Context<'_>, value: Value, encode: Encode) -> std::result::Result<Value, String> {
    let mut out = Vec::new();
    ctx.encode(|heap, mark| encode(heap, value, &mut out, mark))?;
    Ok(ctx.heap.string(out.strip_suffix(b"\n").unwrap_or(&out)))
}

fn charge_for(ctx: &mut Context<'_>, text: Value) -> std::result::Result<(), CallError> {
    let bytes = ctx.heap.str(text).len();
    ctx.charge(1 + bytes as u64 / 64)
}

fn to_yaml(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let text = encoded_yaml(ctx, argument(args, 0), chartwright_yaml::encode).unwrap_or(Value::EMPTY);
    charge_for(ctx, text)?;
    Ok(text)
}

fn must_to_yaml(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let text = encoded_yaml(ctx, argument(args, 0), chartwright_yaml::encode)?;
    charge_for(ctx, text)?;
    Ok(text)
}

/// Errors are swallowed, as in `toYaml`.
fn to_yaml_pretty(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let text = encoded_yaml(ctx, argument(args, 0), chartwright_yaml::encode_pretty).unwrap_or(Value::EMPTY);
    charge_for(ctx, text)?;
    Ok(text)
}

/// The map `{Error: text}` that Helm's readers give instead of failing.
pub(super) fn error_map(heap: &mut Heap, text: &str) -> Value {
    let map = heap.map();
    let text = heap.string(text);
    heap.put(map, "Error", text);
    map
}

fn error_list(heap: &mut Heap, text: &str) -> Value {
    let text = heap.string(text);
    heap.list(&[text])
}

/// A text as a map, or the map that tells why it is none.
struct ReadMap(Snapshot);

/// A text as a list, or the list that tells why it is none.
struct ReadList(Snapshot);

fn from_yaml(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> std::result::Result<Reentry, CallError> {
    charge_for(ctx, argument(args, 0))?;
    if let Some(kept) = templates.kept::<ReadMap>(ctx.heap.str(argument(args, 0))) {
        return Ok(Reentry::Value(kept.0.put(ctx.heap)));
    }
    let text = ctx.heap.str(argument(args, 0)).to_vec();
    let value = match chartwright_yaml::decode_map(ctx.heap, &text) {
        Ok(map) => map,
        Err(error) => error_map(ctx.heap, &error.message),
    };
    templates.keep(&text, Arc::new(ReadMap(Snapshot::take(ctx.heap, value)?)));
    Ok(Reentry::Value(value))
}

fn from_yaml_array(ctx: &mut Context<'_>, templates: &mut Templates<'_>, args: &[Value]) -> std::result::Result<Reentry, CallError> {
    charge_for(ctx, argument(args, 0))?;
    if let Some(kept) = templates.kept::<ReadList>(ctx.heap.str(argument(args, 0))) {
        return Ok(Reentry::Value(kept.0.put(ctx.heap)));
    }
    let text = ctx.heap.str(argument(args, 0)).to_vec();
    let value = match chartwright_yaml::decode_list(ctx.heap, &text) {
        Ok(list) => list,
        Err(error) => error_list(ctx.heap, &error.message),
    };
    templates.keep(&text, Arc::new(ReadList(Snapshot::take(ctx.heap, value)?)));
    Ok(Reentry::Value(value))
}

fn must_to_json(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let out = ctx.encode(|heap, mark| encode_json_marked(heap, argument(args, 0), &JsonOptions::COMPACT, mark))?;
    let text = ctx.heap.string(out);
    charge_for(ctx, text)?;
    Ok(text)
}

fn to_json(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    match must_to_json(ctx, args) {
        Err(CallError::Failed(_)) => Ok(Value::EMPTY),
        result => result,
    }
}

/// JSON of the wanted kind, with the error that left it incomplete; or Go's text for another kind.
fn json_of(
    heap: &mut Heap,
    text: Value,
    kind: Kind,
    nothing: Value,
    go_type: &str,
) -> std::result::Result<(Value, Option<String>), String> {
    let text = heap.str(text).to_vec();
    let (value, error) = decode_json_partly(heap, &text)?;
    let found = match value.kind() {
        found if found == kind => return Ok((value, error)),
        Kind::Nil => return error.map_or(Ok((nothing, None)), Err),
        Kind::List => "array",
        Kind::Map => "object",
        Kind::String => "string",
        Kind::Bool => "bool",
        _ => "number",
    };
    Err(format!("json: cannot unmarshal {found} into Go value of type {go_type}"))
}

fn from_json(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    charge_for(ctx, argument(args, 0))?;
    Ok(match json_of(ctx.heap, argument(args, 0), Kind::Map, Value::NIL_MAP, "map[string]interface {}") {
        Ok((map, None)) => map,
        Ok((map, Some(error))) => {
            let text = ctx.heap.string(error);
            ctx.heap.put(map, "Error", text);
            map
        }
        Err(error) => error_map(ctx.heap, &error),
    })
}

fn from_json_array(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    charge_for(ctx, argument(args, 0))?;
    Ok(match json_of(ctx.heap, argument(args, 0), Kind::List, Value::NIL_LIST, "[]interface {}") {
        Ok((list, None)) => list,
        Ok((_, Some(error))) | Err(error) => error_list(ctx.heap, &error),
    })
}

fn warn(ctx: &Context<'_>, message: Value) -> CallError {
    CallError::Failed(format!("{WARN_START}{}{WARN_END}", String::from_utf8_lossy(ctx.heap.str(message))))
}

fn required(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let value = argument(args, 1);
    let missing = value.is_nil() || value.is_invalid() || (value.kind() == Kind::String && ctx.heap.str(value).is_empty());
    if missing { Err(warn(ctx, argument(args, 0))) } else { Ok(value) }
}

fn fail(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    Err(warn(ctx, argument(args, 0)))
}

fn lookup(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let text = |at: usize| String::from_utf8_lossy(ctx.heap.str(argument(args, at))).into_owned();
    let (api_version, kind, namespace, name) = (text(0), text(1), text(2), text(3));
    Ok(ctx.host.lookup(ctx.heap, &api_version, &kind, &namespace, &name)?)
}

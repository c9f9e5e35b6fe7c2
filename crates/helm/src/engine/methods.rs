//! Methods that templates can call on `.Values` and its kin (`pkg/chart/common/values.go`), beside those of the other objects of Helm's.

use super::capabilities::HAS;
use chartwright_go::quote::quoted;
use chartwright_template::{CallError, Context, Function, Method};
use chartwright_value::{Heap, Kind, Param, Signature, Type, Value};

const ENCODE: Function = Function { name: "Encode", signature: Signature::new(&[Param::Named("io.Writer")], Param::Error), call: encode };
const MAP: Function = Function { name: "AsMap", signature: Signature::new(&[], Param::Map), call: as_map };
const PATH: Function = Function { name: "PathValue", signature: Signature::new(&[Param::String], Param::Any), call: path_value };
const TABLE: Function = Function { name: "Table", signature: Signature::new(&[Param::String], Param::Named("common.Values")), call: table };
const YAML: Function = Function { name: "YAML", signature: Signature::new(&[], Param::String), call: yaml };

/// The rows, for the types of both Helms.
pub(super) const METHODS: &[Method] = &[
    Method { receiver: Type::VERSION_SET, function: HAS },
    Method { receiver: Type::VERSION_SET_V3, function: HAS },
    Method { receiver: Type::VALUES, function: MAP },
    Method { receiver: Type::VALUES, function: ENCODE },
    Method { receiver: Type::VALUES, function: PATH },
    Method { receiver: Type::VALUES, function: TABLE },
    Method { receiver: Type::VALUES, function: YAML },
    Method { receiver: Type::VALUES_V3, function: MAP },
    Method { receiver: Type::VALUES_V3, function: ENCODE },
    Method { receiver: Type::VALUES_V3, function: PATH },
    Method { receiver: Type::VALUES_V3, function: TABLE },
    Method { receiver: Type::VALUES_V3, function: YAML },
];

type Result = std::result::Result<Value, CallError>;

fn argument(args: &[Value], at: usize) -> Value {
    args.get(at).copied().unwrap_or(Value::NIL)
}

/// The same map, which is not named any more; a new one for an empty one.
fn as_map(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let map = argument(args, 0);
    Ok(if ctx.heap.entries(map).is_empty() { ctx.heap.map() } else { map.with_type(Type::MAP) })
}

fn yaml(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let mut out = Vec::new();
    chartwright_yaml::encode(ctx.heap, argument(args, 0), &mut out, None)?;
    ctx.charge(1 + out.len() as u64 / 64)?;
    Ok(ctx.heap.string(out))
}

/// A template has no `io.Writer` to give: the arguments' check fails before this is reached.
fn encode(_: &mut Context<'_>, _: &[Value]) -> Result {
    Ok(Value::NIL)
}

/// The table that a dotted path leads to.
fn descend(heap: &Heap, from: Value, path: &[u8]) -> std::result::Result<Value, CallError> {
    let mut map = from;
    for name in path.split(|byte| *byte == b'.') {
        match heap.get(map, name) {
            Some(found) if found.kind() == Kind::Map => map = found,
            _ => return Err(CallError::Failed(format!("{} is not a table", quoted(name)))),
        }
    }
    Ok(map.with_type(from.ty()))
}

fn table(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    descend(ctx.heap, argument(args, 0), ctx.heap.str(argument(args, 1)))
}

fn path_value(ctx: &mut Context<'_>, args: &[Value]) -> Result {
    let path = ctx.heap.str(argument(args, 1));
    if path.is_empty() {
        return Err(CallError::from("YAML path cannot be empty"));
    }
    let (above, key) = match path.iter().rposition(|byte| *byte == b'.') {
        Some(dot) => (descend(ctx.heap, argument(args, 0), &path[..dot]).ok(), &path[dot + 1..]),
        None => (Some(argument(args, 0)), path),
    };
    // A table is no value, but one of the named type that an earlier `Table` put there is.
    let found = above.and_then(|map| ctx.heap.get(map, key)).filter(|value| value.ty() != Type::MAP);
    found.ok_or_else(|| CallError::Failed(format!("{} is not a value", quoted(key))))
}

//! Arguments against parameters: what is assignable, and what becomes of nothing. Source: `text/template/exec.go`, `validateType`.

use super::{Failure, Machine, Run};
use chartwright_value::{Heap, Kind, Param, Type, Value};

/// What Go's `reflect.Zero` gives for a parameter that can be nil (`canBeNil`).
pub(crate) fn zero(param: Param) -> Option<Value> {
    match param {
        Param::Any | Param::Error => Some(Value::NIL),
        Param::Reflect => Some(Value::INVALID),
        Param::List => Some(Value::NIL_LIST),
        Param::StringList => Some(Value::NIL_LIST.with_type(Type::STRING_LIST)),
        Param::Bytes => Some(Value::NIL_BYTES),
        Param::Map => Some(Value::NIL_MAP),
        Param::StringMap => Some(Value::NIL_MAP.with_type(Type::STRING_MAP)),
        Param::Object(name) | Param::Named(name) => {
            let nillable = ["*", "[", "map[", "func(", "interface"].iter().any(|start| name.starts_with(start));
            nillable.then_some(Value::NIL)
        }
        Param::Bool | Param::String | Param::Int | Param::Int64 | Param::Uint32 | Param::Uint64 | Param::Float64 | Param::Duration => None,
    }
}

/// The value as a parameter takes it, or Go's text.
pub(super) fn validate(heap: &Heap, value: Value, param: Param) -> Result<Value, String> {
    let ty = value.ty();
    let fits = match param {
        Param::Any if value.is_invalid() => return Ok(Value::NIL.with_label(value.label())),
        Param::Any => return Ok(value.as_concrete()),
        Param::Reflect => return Ok(value),
        _ if value.is_invalid() => {
            return zero(param)
                .map(|zero| zero.with_label(value.label()))
                .ok_or_else(|| format!("invalid value; expected {}", param.name()));
        }
        Param::Bool => ty == Type::BOOL,
        Param::String => ty == Type::STRING,
        Param::Int => ty == Type::INT,
        Param::Int64 => ty == Type::INT64,
        Param::Uint32 => ty == Type::UINT32,
        Param::Uint64 => ty == Type::UINT64,
        Param::Float64 => ty == Type::FLOAT64,
        Param::Duration => ty == Type::DURATION,
        Param::List => ty == Type::LIST,
        Param::StringList => matches!(ty, Type::STRING_LIST | Type::VERSION_SET | Type::VERSION_SET_V3),
        Param::Bytes => ty == Type::BYTES,
        Param::Map => matches!(ty, Type::MAP | Type::VALUES | Type::VALUES_V3),
        Param::StringMap => ty == Type::STRING_MAP,
        Param::Error | Param::Named(_) => heap.type_name(value) == param.name(),
        Param::Object(name) => {
            let found = heap.type_name(value);
            found == name || found.strip_prefix('*') == Some(name)
        }
    };
    if !fits {
        let got = if value.kind() == Kind::Nil { "interface {}".to_owned() } else { heap.type_name(value) };
        return Err(format!("wrong type for value; expected {}; got {got}", param.name()));
    }
    let value = value.as_concrete();
    // A named type becomes the parameter's own.
    Ok(match param {
        Param::Map => value.with_type(Type::MAP),
        Param::StringList => value.with_type(Type::STRING_LIST),
        _ => value,
    })
}

impl Machine<'_, '_> {
    #[inline]
    pub(super) fn check(&mut self, function: u32, param: u32) -> Run<()> {
        let signature = self.library.functions.rows[function as usize].row.signature();
        let Some(&param) = signature.params.get(param as usize) else { return Ok(()) };
        self.check_top(param)
    }

    pub(super) fn check_top(&mut self, param: Param) -> Run<()> {
        let Some(top) = self.exec.stack.last_mut() else { return Ok(()) };
        if param == Param::String && top.ty() == Type::STRING {
            *top = top.as_concrete();
            return Ok(());
        }
        *top = validate(self.context.heap, *top, param).map_err(Failure::message)?;
        Ok(())
    }
}

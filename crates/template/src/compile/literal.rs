//! Literals as the parameters they are given to want them. Source: `text/template/exec.go`, `evalArg` and `idealConstant`.

use crate::program::Literal;
use crate::tree::{NodeId, NodeKind, Number, Tree};
use chartwright_value::{Param, Type, Value};

/// The value of a literal, or Go's text where it does not fit; without a parameter, as a command of its own.
pub(crate) fn literal(tree: &Tree, node: NodeId, param: Option<Param>) -> Result<Literal, String> {
    let kind = tree.kind(node);
    if let NodeKind::Nil = kind {
        return nil(param.unwrap_or(Param::Any));
    }
    let number = match kind {
        NodeKind::Number(at) => Some(&tree.numbers[at as usize]),
        _ => None,
    };
    let expected = |what: &str| Err(format!("expected {what}; found {}", tree.print(node)));
    match param {
        Some(Param::Bool) => match kind {
            NodeKind::Bool(b) => Ok(Literal::Value(Value::bool(b))),
            _ => expected("bool"),
        },
        Some(Param::String) => match kind {
            NodeKind::String { text, .. } => Ok(string(tree, text)),
            _ => expected("string"),
        },
        Some(Param::Int | Param::Int64 | Param::Duration) => match number.and_then(|number| number.int) {
            Some(int) => Ok(Literal::Value(match param {
                Some(Param::Int) => Value::int(int),
                Some(Param::Duration) => Value::int_of(Type::DURATION, int),
                _ => Value::int64(int),
            })),
            None => expected("integer"),
        },
        Some(Param::Uint32 | Param::Uint64) => match number.and_then(|number| number.uint) {
            // Go cuts off what does not fit.
            Some(uint) if param == Some(Param::Uint32) => Ok(Literal::Value(Value::uint_of(Type::UINT32, uint as u32 as u64))),
            Some(uint) => Ok(Literal::Value(Value::uint_of(Type::UINT64, uint))),
            None => expected("unsigned integer"),
        },
        Some(Param::Float64) => match number.and_then(|number| number.float) {
            Some(float) => Ok(Literal::Value(Value::float64(float))),
            None => expected("float"),
        },
        None | Some(Param::Any | Param::Reflect) => match kind {
            NodeKind::Bool(b) => Ok(Literal::Value(Value::bool(b))),
            NodeKind::String { text, .. } => Ok(string(tree, text)),
            _ => match number {
                Some(number) => ideal(tree, number),
                None => Err(format!("can't handle assignment of {} to empty interface argument", tree.print(node))),
            },
        },
        Some(other) => Err(format!("can't handle {} for arg of type {}", tree.print(node), other.name())),
    }
}

fn string(tree: &Tree, text: u32) -> Literal {
    Literal::String(tree.strings[text as usize].as_slice().into())
}

fn nil(param: Param) -> Result<Literal, String> {
    match crate::exec::zero(param) {
        Some(value) => Ok(Literal::Value(value)),
        None => Err(format!("cannot assign nil to {}", param.name())),
    }
}

/// A number where nothing says of which type. Source: `idealConstant`.
fn ideal(tree: &Tree, number: &Number) -> Result<Literal, String> {
    let text = tree.text(number.text);
    if let Some((real, imaginary)) = number.complex {
        return Ok(Literal::Complex(real, imaginary));
    }
    let hexadecimal = text.len() > 2 && text[0] == b'0' && matches!(text[1], b'x' | b'X') && !text.iter().any(|b| b"pP".contains(b));
    let rune = text.first() == Some(&b'\'');
    if let Some(float) = number.float
        && !hexadecimal
        && !rune
        && text.iter().any(|b| b".eEpP".contains(b))
    {
        return Ok(Literal::Value(Value::float64(float)));
    }
    match number.int {
        Some(int) => Ok(Literal::Value(Value::int(int))),
        None => Err(format!("{} overflows int", String::from_utf8_lossy(text))),
    }
}

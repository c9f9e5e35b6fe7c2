//! Functions, a file a library. Each row is an overload with the types that it takes; what fits first is called, as cel-go does.

pub(super) mod convert;
mod format_text;
pub(super) mod lists;
pub(super) mod named;
mod net;
mod optional;
mod quantity;
mod regex;
pub(super) mod semver;
mod sets;
mod strings;
mod time;
mod urls;

pub(super) use quantity::Amount;

use super::value::Value;
use super::{Budget, Outcome, Stop, error};

/// An overload.
pub(super) struct Row {
    name: &'static str,
    is_member: bool,
    /// A letter for each type, the receiver's first: see [`fits`].
    takes: &'static str,
    body: fn(&mut Budget, &[Value]) -> Outcome,
}

const fn member(name: &'static str, takes: &'static str, body: fn(&mut Budget, &[Value]) -> Outcome) -> Row {
    Row { name, is_member: true, takes, body }
}

const fn global(name: &'static str, takes: &'static str, body: fn(&mut Budget, &[Value]) -> Outcome) -> Row {
    Row { name, is_member: false, takes, body }
}

/// All libraries.
const TABLES: [&[Row]; 12] = [
    convert::TABLE,
    format_text::TABLE,
    lists::TABLE,
    named::TABLE,
    net::TABLE,
    optional::TABLE,
    quantity::TABLE,
    regex::TABLE,
    semver::TABLE,
    sets::TABLE,
    strings::TABLE,
    time::TABLE,
];

/// A function of a name, with its overloads for a number of arguments.
#[derive(Clone)]
pub(super) struct Function {
    name: &'static str,
    rows: Vec<&'static Row>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A function without a receiver. The name may have a space before a dot: `optional.of`.
pub(super) fn find(name: &str, is_member: bool, count: usize) -> Option<Function> {
    let all = TABLES.iter().copied().chain([urls::TABLE]).flatten();
    let rows: Vec<&Row> = all.filter(|row| row.name == name && row.is_member == is_member && row.takes.len() == count).collect();
    Some(Function { name: rows.first()?.name, rows })
}

/// Whether a value is of the type that a letter stands for.
fn fits(letter: u8, value: &Value) -> bool {
    matches!(
        (letter, value),
        (b'*', _)
            | (b's', Value::Text(_))
            | (b'i', Value::Int(_))
            | (b'u', Value::Uint(_))
            | (b'd', Value::Double(_))
            | (b'b', Value::Bool(_))
            | (b'y', Value::Bytes(_))
            | (b'l', Value::List(_))
            | (b'm', Value::Map(_))
            | (b'D', Value::Duration(_))
            | (b'T', Value::Timestamp(_))
            | (b'O', Value::Optional(_))
            | (b'Q', Value::Quantity(_))
            | (b'U', Value::Url(_))
            | (b'I', Value::Ip(_))
            | (b'C', Value::Cidr(..))
            | (b'F', Value::Format(_))
            | (b'V', Value::Semver(_))
    )
}

impl Function {
    pub(super) fn call(&self, budget: &mut Budget, values: &[Value]) -> Outcome {
        if values.iter().any(|value| matches!(value, Value::Opaque)) {
            return Err(Stop::Unknown);
        }
        let row = self.rows.iter().find(|row| row.takes.bytes().zip(values).all(|(letter, value)| fits(letter, value)));
        match row {
            Some(row) => (row.body)(budget, values),
            None => error(self.misfit(values)),
        }
    }

    /// What is said where no overload fits. The oldest functions of the language leave their types out.
    fn misfit(&self, values: &[Value]) -> String {
        match self.name {
            "contains" | "startsWith" | "endsWith" | "matches" => "no such overload".to_owned(),
            "size" => "no such overload: size".to_owned(),
            name => {
                let types: Vec<&str> = values.iter().map(Value::type_name).collect();
                format!("no such overload: {name}({})", types.join(", "))
            }
        }
    }
}

/// What a body is called with although its row does not say so.
fn misfit() -> Outcome {
    error("no such overload")
}

//! Optional values: `cel/library.go`. What is evaluated only where it is needed (`or`, `orValue`, `optMap`) is in the tree.

use super::super::value::Value;
use super::super::{Budget, Outcome, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    global("optional.of", "*", |_, values| Ok(values.first().cloned().map_or(Value::Optional(None), Value::some))),
    global("optional.ofNonZeroValue", "*", |_, values| {
        Ok(values.first().filter(|value| !value.is_zero()).cloned().map_or(Value::Optional(None), Value::some))
    }),
    global("optional.none", "", |_, _| Ok(Value::Optional(None))),
    global("optional.unwrap", "l", unwrap),
    member("unwrapOpt", "l", unwrap),
    member("hasValue", "O", |_, values| Ok(Value::Bool(matches!(values, [Value::Optional(Some(_))])))),
    member("value", "O", |_, values| match values {
        [Value::Optional(Some(inner))] => Ok((**inner).clone()),
        _ => error("optional.none() dereference"),
    }),
    member("first", "l", |_, values| edge(values, <[Value]>::first)),
    member("last", "l", |_, values| edge(values, <[Value]>::last)),
];

fn edge(values: &[Value], which: fn(&[Value]) -> Option<&Value>) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    Ok(which(&list.items).cloned().map_or(Value::Optional(None), Value::some))
}

fn unwrap(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    budget.charge(list.items.len())?;
    let mut kept = Vec::new();
    for item in &list.items {
        match item {
            Value::Optional(inner) => kept.extend(inner.as_ref().map(|inner| (**inner).clone())),
            _ => return Err(super::Stop::Unknown),
        }
    }
    Ok(Value::list(kept))
}

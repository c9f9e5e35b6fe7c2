//! Lists: `library/lists.go` of Kubernetes, and `ext/lists.go` in version 3.

use std::cmp::Ordering;

use super::super::equal::{compare, equal, is_comparable};
use super::super::operators::binary;
use super::super::tree::Operator;
use super::super::value::Value;
use super::super::{Budget, MAX_DEPTH, Outcome, Stop, error};
use super::{Row, global, member};

pub(super) const TABLE: &[Row] = &[
    member("isSorted", "l", is_sorted),
    member("sum", "l", sum),
    member("min", "l", |budget, values| outermost(budget, values, "min", Ordering::Greater)),
    member("max", "l", |budget, values| outermost(budget, values, "max", Ordering::Less)),
    member("indexOf", "l*", |budget, values| place(budget, values, false)),
    member("lastIndexOf", "l*", |budget, values| place(budget, values, true)),
    member("includes", "l*", |budget, values| Ok(Value::Bool(!matches!(place(budget, values, false)?, Value::Int(-1))))),
    member("includes", "**", |budget, values| match values {
        [one, other] => equal(budget, one, other).map(Value::Bool),
        _ => super::misfit(),
    }),
    member("slice", "lii", slice),
    member("flatten", "l", flatten),
    member("flatten", "li", flatten),
    member("sort", "l", |budget, values| match values {
        [Value::List(list)] => sort_by(budget, &list.items, &list.items),
        _ => super::misfit(),
    }),
    member("distinct", "l", distinct),
    member("reverse", "l", reverse),
    global("lists.range", "i", range),
];

fn is_sorted(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    if let Some(first) = list.items.first().filter(|first| !is_comparable(first)) {
        return unlisted("isSorted", first);
    }
    for pair in list.items.windows(2) {
        let [one, other] = pair else { continue };
        budget.charge(1)?;
        if compare(one, other, "isSorted")? == Ordering::Greater {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

/// No overload takes lists of such items.
fn unlisted(name: &str, first: &Value) -> Outcome {
    if matches!(first, Value::Opaque) { Err(Stop::Unknown) } else { error(format!("no such overload: {name}(list)")) }
}

/// Without items, the sum is nothing of what the list's type says, which is not known here.
fn sum(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    let Some((first, rest)) = list.items.split_first() else { return Err(Stop::Unknown) };
    if !matches!(first, Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::Duration(_)) {
        return unlisted("sum", first);
    }
    let mut total = first.clone();
    for item in rest {
        total = binary(budget, Operator::Add, &total, item)?;
    }
    Ok(total)
}

fn outermost(budget: &mut Budget, values: &[Value], name: &str, gives_way: Ordering) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    let Some((first, rest)) = list.items.split_first() else { return error(format!("{name} called on empty list")) };
    if !is_comparable(first) {
        return unlisted(name, first);
    }
    let mut found = first;
    for item in rest {
        budget.charge(1)?;
        if compare(found, item, name)? == gives_way {
            found = item;
        }
    }
    Ok(found.clone())
}

fn place(budget: &mut Budget, values: &[Value], is_last: bool) -> Outcome {
    let [Value::List(list), item] = values else { return super::misfit() };
    let mut found = -1;
    for (at, own) in (0_i64..).zip(&list.items) {
        if equal(budget, own, item)? {
            found = at;
            if !is_last {
                break;
            }
        }
    }
    Ok(Value::Int(found))
}

fn slice(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list), Value::Int(start), Value::Int(end)] = values else { return super::misfit() };
    let wrong = |why: String| error(format!("cannot slice({start}, {end}), {why}"));
    let (Ok(from), Ok(to)) = (usize::try_from(*start), usize::try_from(*end)) else {
        return wrong("negative indexes not supported".to_owned());
    };
    if from > to {
        return wrong("start index must be less than or equal to end index".to_owned());
    }
    let Some(items) = list.items.get(from..to) else { return wrong(format!("list is length {}", list.items.len())) };
    budget.charge(items.len())?;
    Ok(Value::list(items.to_vec()))
}

fn flatten(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list), rest @ ..] = values else { return super::misfit() };
    let level = match rest {
        [Value::Int(level)] => match usize::try_from(*level) {
            Ok(level) => level.min(MAX_DEPTH),
            Err(_) => return error("level must be non-negative"),
        },
        _ => 1,
    };
    let mut items = list.items.clone();
    for _ in 0..level {
        let mut flat = Vec::with_capacity(items.len());
        let mut is_done = true;
        for item in items {
            match item {
                Value::List(inner) => {
                    is_done = false;
                    budget.charge(inner.items.len())?;
                    flat.extend(inner.items.iter().cloned());
                }
                other => flat.push(other),
            }
        }
        budget.charge(flat.len())?;
        items = flat;
        if is_done {
            break;
        }
    }
    Ok(Value::list(items))
}

/// Items in the order of their keys.
pub(in super::super) fn sort_by(budget: &mut Budget, items: &[Value], keys: &[Value]) -> Outcome {
    if let Some(first) = keys.first() {
        if !is_comparable(first) {
            return error("list elements must be comparable");
        }
        if keys.len() > 1 && keys.iter().any(|key| key.type_name() != first.type_name()) {
            return error("list elements must have the same type");
        }
    }
    budget.charge(items.len().saturating_mul(items.len().checked_ilog2().unwrap_or(0) as usize + 1))?;
    let mut pairs: Vec<(&Value, &Value)> = items.iter().zip(keys).collect();
    let mut failed: Option<Stop> = None;
    pairs.sort_by(|(_, one), (_, other)| match compare(one, other, "sort") {
        Ok(order) => order,
        Err(stop) => {
            failed = Some(stop);
            Ordering::Equal
        }
    });
    failed.map_or_else(|| Ok(Value::list(pairs.into_iter().map(|(item, _)| item.clone()).collect())), Err)
}

fn distinct(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    let mut kept: Vec<Value> = Vec::new();
    for item in &list.items {
        let mut is_known = false;
        for own in &kept {
            if equal(budget, own, item)? {
                is_known = true;
                break;
            }
        }
        if !is_known {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn reverse(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::List(list)] = values else { return super::misfit() };
    budget.charge(list.items.len())?;
    Ok(Value::list(list.items.iter().rev().cloned().collect()))
}

fn range(budget: &mut Budget, values: &[Value]) -> Outcome {
    let [Value::Int(count)] = values else { return super::misfit() };
    match usize::try_from(*count) {
        Ok(length) => {
            budget.charge(length)?;
            Ok(Value::list((0..*count).map(Value::Int).collect()))
        }
        Err(_) => error(format!("lists.range: size must be non-negative, got {count}")),
    }
}

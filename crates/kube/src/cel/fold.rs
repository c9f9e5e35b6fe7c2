//! Macros over items: what `parser/macro.go` and `ext/comprehensions.go` expand, and `ext/lists.go`'s `sortBy`.

use std::rc::Rc;

use super::eval::Run;
use super::functions::lists;
use super::tree::{Fold, FoldKind};
use super::value::{Map, Value};
use super::{Outcome, Stop, error};

pub(super) fn run(run: &mut Run<'_>, fold: &Fold) -> Outcome {
    let items = items(run, fold)?;
    match fold.kind {
        FoldKind::All => quantify(run, fold, items, false),
        FoldKind::Exists => quantify(run, fold, items, true),
        FoldKind::ExistsOne | FoldKind::Filter => {
            let kept = kept(run, fold, items)?;
            Ok(if fold.kind == FoldKind::Filter { Value::list(kept) } else { Value::Bool(kept.len() == 1) })
        }
        FoldKind::Map => mapped(run, fold, items).map(|made| Value::list(made.into_iter().map(|(_, value)| value).collect())),
        FoldKind::MapValues => map_of(mapped(run, fold, items)?),
        FoldKind::MapEntries => {
            let mut entries = Vec::new();
            for (_, entry) in mapped(run, fold, items)? {
                let Value::Map(entry) = entry else { return error("no such overload") };
                entries.extend(entry.entries().iter().cloned());
            }
            map_of(entries)
        }
        FoldKind::SortBy => {
            let all: Vec<Value> = items.iter().filter_map(|item| item.first().cloned()).collect();
            let keys = mapped(run, fold, items)?.into_iter().map(|(_, key)| key).collect::<Vec<_>>();
            lists::sort_by(run.budget, &all, &keys)
        }
    }
}

/// What the variables stand for, an item each: its value, or its key and its value.
fn items(run: &mut Run<'_>, fold: &Fold) -> Result<Vec<Vec<Value>>, Stop> {
    let has_keys = fold.variables.len() == 2;
    let items: Vec<Vec<Value>> = match run.eval(fold.range)? {
        Value::List(list) if has_keys => {
            let places = (0_i64..).map(Value::Int);
            places.zip(&list.items).map(|(place, item)| vec![place, item.clone()]).collect()
        }
        Value::List(list) => list.items.iter().map(|item| vec![item.clone()]).collect(),
        Value::Map(map) if has_keys => map.entries().iter().map(|(key, value)| vec![key.clone(), value.clone()]).collect(),
        Value::Map(map) => map.entries().iter().map(|(key, _)| vec![key.clone()]).collect(),
        Value::Int(_) => return error("got 'types.Int', expected iterable type"),
        Value::Text(_) => return error("got 'types.String', expected iterable type"),
        // What else has no items is refused when a definition is made.
        _ => return Err(Stop::Unknown),
    };
    run.budget.charge(items.len())?;
    Ok(items)
}

fn bound(fold: &Fold, item: &[Value]) -> Vec<(Rc<str>, Value)> {
    fold.variables.iter().cloned().zip(item.iter().cloned()).collect()
}

/// A condition; nothing but a truth will do.
fn condition(run: &mut Run<'_>, fold: &Fold, item: &[Value], id: usize) -> Result<bool, Stop> {
    match run.with(&bound(fold, item), id)? {
        Value::Bool(truth) => Ok(truth),
        Value::Opaque => Err(Stop::Unknown),
        _ => error("no such overload"),
    }
}

/// All or any of the items: an error counts only where no other item decides.
fn quantify(run: &mut Run<'_>, fold: &Fold, items: Vec<Vec<Value>>, decides: bool) -> Outcome {
    let mut failed = None;
    for item in items {
        match condition(run, fold, &item, fold.body) {
            Ok(truth) if truth == decides => return Ok(Value::Bool(decides)),
            Ok(_) => {}
            Err(Stop::Unknown) => return Err(Stop::Unknown),
            Err(stop) => failed = failed.or(Some(stop)),
        }
    }
    failed.map_or(Ok(Value::Bool(!decides)), Err)
}

/// The items that fit. All are looked at, and of several errors the last is told.
fn kept(run: &mut Run<'_>, fold: &Fold, items: Vec<Vec<Value>>) -> Result<Vec<Value>, Stop> {
    let mut kept = Vec::new();
    let mut failed = None;
    for item in items {
        match condition(run, fold, &item, fold.body) {
            Ok(true) => kept.extend(item.into_iter().next()),
            Ok(false) => {}
            Err(Stop::Unknown) => return Err(Stop::Unknown),
            Err(stop) => failed = Some(stop),
        }
    }
    failed.map_or(Ok(kept), Err)
}

/// What becomes of the items, each with its key.
fn mapped(run: &mut Run<'_>, fold: &Fold, items: Vec<Vec<Value>>) -> Result<Vec<(Value, Value)>, Stop> {
    let mut made = Vec::with_capacity(items.len());
    for item in items {
        if let Some(filter) = fold.filter
            && !condition(run, fold, &item, filter)?
        {
            continue;
        }
        let value = run.with(&bound(fold, &item), fold.body)?;
        made.extend(item.into_iter().next().map(|key| (key, value)));
    }
    Ok(made)
}

fn map_of(entries: Vec<(Value, Value)>) -> Outcome {
    match Map::made(entries) {
        Ok(map) => Ok(Value::Map(Rc::new(map))),
        Err(Value::Text(key)) => error(format!("insert failed: key {key} already exists")),
        Err(_) => Err(Stop::Unknown),
    }
}

//! What becomes of labels in Sprig's functions in a traced render: one table. A function that is not in it mixes its arguments.

use crate::defaults::is_empty;
use chartwright_template::trace::{
    Rule, Tracing, appended, encoded_inline, encoded_lines, extend, hold, indented, last_item, list_joined, mix, prepended, printed,
    replaced, same_length, select, shape, sliced, thinned, trimmed, wrapped,
};
use chartwright_value::{Kind, Label, Repr, Value};

/// The rules by function, sorted by name.
pub const RULES: &[(&str, Rule)] = &[
    ("all", shape),
    ("any", shape),
    ("append", appended),
    ("cat", printed),
    ("chunk", select),
    ("coalesce", coalesce),
    ("compact", compacted),
    ("concat", extend),
    ("contains", contains),
    ("deepCopy", hold),
    ("default", default),
    ("dict", dict),
    ("dig", dig),
    ("empty", shape),
    ("first", select),
    ("get", get),
    ("hasKey", get),
    ("indent", indented),
    ("initial", select),
    ("join", list_joined),
    ("keys", keys),
    ("kindIs", shape),
    ("kindOf", shape),
    ("last", last_item),
    ("list", hold),
    ("lower", same_length),
    ("merge", merge),
    ("mergeOverwrite", merge_overwrite),
    ("mustAppend", appended),
    ("mustChunk", select),
    ("mustCompact", compacted),
    ("mustDeepCopy", hold),
    ("mustFirst", select),
    ("mustInitial", select),
    ("mustLast", last_item),
    ("mustMerge", merge),
    ("mustMergeOverwrite", merge_overwrite),
    ("mustPrepend", prepended),
    ("mustPush", appended),
    ("mustRest", select),
    ("mustReverse", select),
    ("mustSlice", select),
    ("mustToJson", encoded_inline),
    ("mustToPrettyJson", encoded_lines),
    ("mustToRawJson", encoded_inline),
    ("mustUniq", select),
    ("mustWithout", select),
    ("nindent", indented),
    ("nospace", thinned),
    ("omit", select),
    ("pick", select),
    ("pluck", select),
    ("prepend", prepended),
    ("push", appended),
    ("replace", replaced),
    ("rest", select),
    ("reverse", select),
    ("set", set),
    ("slice", select),
    ("sortAlpha", sort_alpha),
    ("squote", wrapped),
    ("substr", sliced),
    ("swapcase", same_length),
    ("ternary", ternary),
    ("title", same_length),
    ("toJson", encoded_inline),
    ("toPrettyJson", encoded_lines),
    ("toRawJson", encoded_inline),
    ("toString", same_length),
    ("trim", trimmed),
    ("trimAll", trimmed),
    ("trimPrefix", trimmed),
    ("trimSuffix", trimmed),
    ("trimall", trimmed),
    ("trunc", sliced),
    ("tuple", hold),
    ("typeIs", shape),
    ("typeIsLike", shape),
    ("typeOf", shape),
    ("uniq", select),
    ("unset", unset),
    ("untitle", same_length),
    ("upper", same_length),
    ("values", select),
    ("without", select),
];

/// Whether a text has another in it. `contains "{{"` of a text made of many values asks whether it is a template: where it is not, its
/// parts stand as they are, and one that becomes a template changes what stands in its own place.
fn contains(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mixed = mix(t, args, result);
    match *args {
        [part, text] if result.repr() == Repr::Bool(false) && t.is_rope(text) && t.heap().str(part).starts_with(b"{{") => {
            mixed.with_label(Label(0))
        }
        _ => mixed,
    }
}

/// The value, unless it is empty: then what it could have been has decided.
fn default(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [fallback, given, ..] = args else { return result };
    let label = t.shape(*given);
    if !is_empty(t.heap(), *given) {
        return result.with_label(given.label());
    }
    let steering = t.steering(label);
    t.with(result.with_label(fallback.label()), steering)
}

fn coalesce(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mut steering = Label(0);
    for &arg in args {
        let label = t.shape(arg);
        if !is_empty(t.heap(), arg) {
            break;
        }
        let own = t.steering(label);
        steering = t.union(steering, own);
    }
    t.with(result, steering)
}

/// A list without its empty items, each of which could have stood in it.
fn compacted(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mut left_out = Label(0);
    let items = args.first().map_or_else(Vec::new, |list| t.heap().items(*list).to_vec());
    for item in items {
        if is_empty(t.heap(), item) {
            let own = t.shape(item);
            left_out = t.union(left_out, own);
        }
    }
    let result = select(t, args, result);
    t.longer_by(result, left_out)
}

fn ternary(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [_, _, condition] = args else { return result };
    let label = t.shape(*condition);
    let steering = t.steering(label);
    t.with(result, steering)
}

/// `get` and `hasKey`.
fn get(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [map, key] = args else { return result };
    let label = t.walk(*map, &[*key]);
    let label = if result.kind() == Kind::Bool { t.plain(result.with_label(label)) } else { label };
    result.with_label(label)
}

/// `dig KEY… DEFAULT MAP`.
fn dig(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [keys @ .., fallback, map] = args else { return result };
    let label = t.walk(*map, keys);
    let mut at = Some(*map);
    for key in keys {
        let name = t.heap().str(*key).to_vec();
        at = at.and_then(|map| t.heap().get(map, name));
    }
    match at {
        Some(_) => result.with_label(label),
        None => {
            let steering = t.steering(label);
            t.with(result.with_label(fallback.label()), steering)
        }
    }
}

/// A map of its own; keys that were worked out go with their values.
fn dict(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    for pair in args.chunks(2) {
        let key = pair[0];
        if key.label().0 != 0 && key.kind() == Kind::String {
            key_goes_along(t, result, key);
        }
    }
    result
}

fn key_goes_along(t: &mut Tracing<'_, '_>, map: Value, key: Value) {
    let name = t.heap().str(key).to_vec();
    if let Some(value) = t.heap().get(map, &name) {
        let label = t.plain(key);
        let value = t.with(value, label);
        t.heap().put(map, name, value);
    }
}

fn set(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [map, key, _] = args else { return result };
    key_goes_along(t, *map, *key);
    let name = t.heap().str(*key).to_vec();
    if let Some(value) = t.heap().get(*map, &name) {
        let control = t.control();
        let steering = t.steering(control);
        let value = t.with(value, steering);
        t.heap().put(*map, &name, value);
    }
    t.write(*map, Some(&name));
    result.with_label(map.label())
}

fn unset(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [map, key] = args else { return result };
    let name = t.heap().str(*key).to_vec();
    t.write(*map, Some(&name));
    result.with_label(map.label())
}

/// How many keys a merge follows for what was not there.
const MAX_MERGED: usize = 20_000;

/// `merge` and `mergeOverwrite`: what a map that comes first does not hold has let the others decide.
fn merge_in(t: &mut Tracing<'_, '_>, args: &[Value], result: Value, overwrite: bool) -> Value {
    let Some(&target) = args.first() else { return result };
    let is_empty = |t: &mut Tracing<'_, '_>, map: Value| map.kind() == Kind::Map && t.heap().entries(map).is_empty();
    let adds_nothing = !is_empty(t, result);
    let mut label = Label(0);
    for &arg in args {
        t.read_deeply(arg);
        let own = if arg.kind() == Kind::Map { t.plain(arg) } else { t.shape(arg) };
        // What holds nothing could only bring keys that are not there.
        if adds_nothing && is_empty(t, arg) {
            t.may_hold_more(result, own);
        } else {
            label = t.union(label, own);
        }
        t.inherit(result, arg);
    }
    // The maps in the order in which they decide.
    let mut order = args.to_vec();
    if overwrite {
        order.reverse();
    }
    let mut pending = vec![(result, order)];
    let mut visited = 0;
    while let Some((merged, order)) = pending.pop() {
        let entries = t.heap().entries(merged).to_vec();
        for entry in entries {
            visited += 1;
            if visited > MAX_MERGED {
                break;
            }
            let key = t.heap().str(entry.key()).to_vec();
            let own = t.plain(entry.value);
            let (mut missed, mut inner, mut came) = (Label(0), Vec::new(), false);
            for &map in &order {
                let is_merged = map.kind() == Kind::Map && map.repr() == merged.repr();
                let found = if is_merged { None } else { t.heap().get(map, &key) };
                if entry.value.kind() == Kind::Map {
                    inner.extend(found.or(is_merged.then_some(entry.value)));
                } else if let Some(found) = found {
                    came = t.plain(found) == own;
                    break;
                }
                let absent = t.missing(map, &key);
                missed = t.union(missed, absent);
            }
            if inner.len() > 1 {
                pending.push((entry.value, inner));
            } else if came && missed.0 != 0 {
                let steering = t.steering(missed);
                let value = t.with(entry.value, steering);
                t.heap().put(merged, &key, value);
            }
        }
    }
    t.write(target, None);
    result.with_label(label)
}

fn merge(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    merge_in(t, args, result, false)
}

fn merge_overwrite(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    merge_in(t, args, result, true)
}

/// Keys are there because their values are.
fn keys(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mut items = t.heap().items(result).to_vec();
    let mut at = 0;
    let mut whole = Label(0);
    for &map in args {
        t.read_deeply(map);
        let own = t.shape(map);
        whole = t.union(whole, own);
        let values: Vec<Value> = t.heap().entries(map).iter().map(|entry| entry.value).collect();
        for value in values {
            if let Some(item) = items.get_mut(at) {
                *item = item.with_label(t.plain(value));
            }
            at += 1;
        }
    }
    t.heap().list_of(result.ty(), &items).with_label(whole)
}

/// The same texts in another order.
fn sort_alpha(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some(&list) = args.first() else { return result };
    t.read_deeply(list);
    let given = t.heap().items(list).to_vec();
    let mut items = t.heap().items(result).to_vec();
    for item in &mut items {
        let text = t.heap().str(*item).to_vec();
        let from = given.iter().copied().find(|given| t.heap().str(*given) == text);
        *item = match from {
            Some(from) => item.with_label(from.label()),
            None => {
                let label = t.deep(list);
                item.with_label(label)
            }
        };
    }
    let whole = t.whole(list);
    let sorted = t.heap().list_of(result.ty(), &items).with_label(whole);
    t.as_long_as(sorted, list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_sorted_and_for_functions_that_exist() {
        assert!(RULES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(RULES.iter().all(|(name, _)| crate::FUNCTIONS.iter().any(|function| function.name == *name)));
    }
}

//! What becomes of labels in a function: rules for functions whose results are taken from their arguments, or made of them. Those for
//! texts are in [`super::text`].

use super::{Keys, MAX_VISITED, Tracer};
use crate::Context;
use chartwright_value::{Heap, Kind, Label, Repr, Value};

/// What a rule works with, after the function has given its result.
pub struct Tracing<'t, 'c> {
    /// What the function worked with.
    pub context: &'t mut Context<'c>,
    pub(crate) tracer: &'t mut Tracer,
}

/// Gives a function's result its label. The arguments are the function's own.
pub type Rule = fn(&mut Tracing<'_, '_>, &[Value], Value) -> Value;

/// The rules of Go's builtins. Those without one mix their arguments.
pub(crate) const RULES: &[(&str, Rule)] = &[
    ("index", index),
    ("len", length),
    ("not", shape),
    ("print", super::text::printed),
    ("println", super::text::printed),
    ("printf", super::text::formatted),
    ("slice", super::text::sliced_or_selected),
];

impl Tracing<'_, '_> {
    /// The values.
    pub fn heap(&mut self) -> &mut Heap {
        self.context.heap
    }

    /// A value's label as one set of paths.
    pub fn plain(&mut self, value: Value) -> Label {
        self.tracer.plain(value.label())
    }

    /// All that a value came from, its parts included.
    pub fn deep(&mut self, value: Value) -> Label {
        self.tracer.deep(self.context.heap, value)
    }

    /// What a value says by being there, empty or not.
    pub fn shape(&mut self, value: Value) -> Label {
        let label = self.tracer.truth(self.context.heap, value);
        self.tracer.touch(value.label());
        self.tracer.touch(label);
        label
    }

    /// What a list came from as a whole: the paths that decide how long it is are not told.
    pub fn whole(&mut self, value: Value) -> Label {
        let label = self.tracer.plain(value.label());
        let pending = self.tracer.pending_of(value, Keys::All);
        self.tracer.touch(label);
        self.tracer.join(label, pending)
    }

    /// Says that keys which a map does not have depend on more.
    pub fn may_hold_more(&mut self, map: Value, label: Label) {
        self.tracer.may_hold_more(map, label);
    }

    /// Says that a map's keys went into another.
    pub fn inherit(&mut self, to: Value, from: Value) {
        self.tracer.inherit(to, from);
    }

    /// Both labels.
    pub fn union(&mut self, a: Label, b: Label) -> Label {
        self.tracer.join(a, b)
    }

    /// The label's paths as conditions.
    pub fn steering(&mut self, label: Label) -> Label {
        self.tracer.steering(label)
    }

    /// The label's conditions alone.
    pub fn conditions_of(&mut self, label: Label) -> Label {
        self.tracer.conditions_of(label)
    }

    /// What decides all that happens now.
    pub fn control(&self) -> Label {
        self.tracer.control
    }

    /// A value with more paths.
    pub fn with(&mut self, value: Value, more: Label) -> Value {
        self.tracer.with(value, more)
    }

    /// What is found under a key of a map.
    pub fn child(&mut self, map: Value, key: &[u8], found: Value) -> Value {
        let label = self.tracer.child(self.context.heap, map, key, found);
        let found = found.with_label(label);
        self.tracer.touch(found.label());
        found
    }

    /// The label of a key that a map does not have: setting it would matter.
    pub fn missing(&mut self, map: Value, key: &[u8]) -> Label {
        self.tracer.missing(map.label(), key)
    }

    /// Notes that all of a value is read.
    pub fn read_deeply(&mut self, value: Value) {
        self.tracer.read_deeply(self.context.heap, value);
    }

    /// Notes that a map that others hold is written to, which the running branch decided.
    pub fn write(&mut self, map: Value, key: Option<&[u8]>) {
        self.tracer.writes |= !self.is_fresh(map);
        let control = self.tracer.control;
        self.tracer.may_change(map, key, control);
    }

    /// Whether the running file made the map itself.
    fn is_fresh(&self, map: Value) -> bool {
        self.context.heap.map_number(map).is_none_or(|number| number >= self.tracer.first_map)
    }

    /// What decided that lists are as long as they are, and not what they hold, as conditions.
    pub fn growth(&mut self, lists: &[Value]) -> Label {
        let mut growth = Label(0);
        for list in lists {
            let own = self.tracer.growth_of(list.label());
            growth = self.tracer.join(growth, own);
        }
        self.tracer.steering(growth)
    }

    /// A list whose length depends on what another's does.
    pub fn as_long_as(&mut self, made: Value, list: Value) -> Value {
        let growth = self.tracer.growth_of(list.label());
        made.with_label(self.tracer.grown(made.label(), growth))
    }

    /// A list that would be longer if others were not what they are.
    pub fn longer_by(&mut self, list: Value, others: Label) -> Value {
        if others.0 == 0 {
            return list;
        }
        let growth = self.tracer.steering(others);
        list.with_label(self.tracer.grown(list.label(), growth))
    }

    /// Follows keys and item numbers into a value: the label of what is there, or of what is missing.
    pub fn walk(&mut self, from: Value, keys: &[Value]) -> Label {
        let mut at = from;
        let mut steering = Label(0);
        for &key in keys {
            let label = self.tracer.steering(key.label());
            steering = self.tracer.join(steering, label);
            let found = match (at.kind(), key.repr()) {
                (Kind::Map, Repr::String(_)) => {
                    let name = self.context.heap.str(key).to_vec();
                    let found = self.context.heap.get(at, &name);
                    at = self.child(at, &name, found.unwrap_or(Value::NIL));
                    found.is_some()
                }
                (Kind::List, Repr::Int(item)) => {
                    let above = at.label();
                    let found = usize::try_from(item).ok().and_then(|item| self.context.heap.items(at).get(item).copied());
                    let conditions = match found {
                        Some(_) => self.tracer.conditions_of(above),
                        None => self.tracer.plain(above),
                    };
                    at = self.tracer.with(found.unwrap_or(Value::NIL), conditions);
                    self.tracer.touch(at.label());
                    found.is_some()
                }
                _ => {
                    let label = self.tracer.plain(at.label());
                    return self.tracer.join(label, steering);
                }
            };
            if !found {
                break;
            }
        }
        self.tracer.join(at.label(), steering)
    }

    /// Gives a fresh value and all its parts a label.
    pub fn relabel(&mut self, value: Value, label: Label) -> Value {
        enum Task {
            Visit(Value),
            List(Value, usize),
            Put(Value, Value),
            Map(Value),
        }
        if label.0 == 0 || !matches!(value.kind(), Kind::List | Kind::Map) {
            return value.with_label(label);
        }
        let mut tasks = vec![Task::Visit(value)];
        let mut done: Vec<Value> = Vec::new();
        let mut visited = 0;
        while let Some(task) = tasks.pop() {
            match task {
                Task::Visit(value) => {
                    visited += 1;
                    match value.kind() {
                        Kind::List if visited < MAX_VISITED && !value.is_typed_nil() => {
                            let items = self.context.heap.items(value);
                            tasks.push(Task::List(value, items.len()));
                            tasks.extend(items.iter().rev().map(|item| Task::Visit(*item)));
                        }
                        Kind::Map if visited < MAX_VISITED => {
                            tasks.push(Task::Map(value));
                            for entry in self.context.heap.entries(value) {
                                tasks.push(Task::Put(value, entry.key()));
                                tasks.push(Task::Visit(entry.value));
                            }
                        }
                        _ => done.push(value.with_label(label)),
                    }
                }
                Task::List(list, len) => {
                    let items = done.split_off(done.len().saturating_sub(len));
                    done.push(self.context.heap.list_of(list.ty(), &items).with_label(label));
                }
                Task::Put(map, key) => {
                    if let Some(value) = done.pop() {
                        self.context.heap.set(map, key, value);
                    }
                }
                Task::Map(map) => done.push(map.with_label(label)),
            }
        }
        done.pop().map_or(value, |made| if made.kind() == value.kind() { made.with_type(value.ty()) } else { value })
    }
}

/// A result that was made of all arguments: it and its parts have all of their paths.
pub fn mix(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mut label = Label(0);
    for &arg in args {
        let own = t.deep(arg);
        label = t.union(label, own);
    }
    t.relabel(result, label)
}

/// A text in which a value was encoded line by line: each key's and item's lines have its own paths.
pub fn encoded_lines(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    encoded(t, args, result, true)
}

/// A text in which a value was encoded without lines: each key and item has its own paths.
pub fn encoded_inline(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    encoded(t, args, result, false)
}

/// The parts are those that the function has noted with [`crate::Context::encode`].
fn encoded(t: &mut Tracing<'_, '_>, args: &[Value], result: Value, has_lines: bool) -> Value {
    let [value] = args else { return mix(t, args, result) };
    // An error is nothing.
    if !matches!(value.kind(), Kind::List | Kind::Map) || t.heap().str(result).is_empty() {
        return mix(t, args, result);
    }
    t.read_deeply(*value);
    let parts = t.context.marks.take().unwrap_or_default();
    let text = t.encoded(*value, result, &parts, has_lines);
    t.context.marks = Some(parts);
    text
}

/// A result that looked at what the arguments are, and not into lists and maps.
pub fn shape(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mut label = Label(0);
    for &arg in args {
        let own = t.shape(arg);
        label = t.union(label, own);
    }
    result.with_label(label)
}

/// A result that holds the arguments as they are (`list`).
pub fn hold(_: &mut Tracing<'_, '_>, _: &[Value], result: Value) -> Value {
    result
}

/// A list of the arguments' items (`concat`).
pub fn extend(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let (mut label, mut growth) = (Label(0), Label(0));
    for &arg in args.iter().filter(|arg| arg.kind() == Kind::List) {
        let own = t.whole(arg);
        label = t.union(label, own);
        let own = t.tracer.growth_of(arg.label());
        growth = t.union(growth, own);
    }
    // What one list holds does not depend on the others.
    let conditions = t.tracer.steering(label);
    let growth = t.union(growth, conditions);
    let label = if args.len() > 1 { Label(0) } else { label };
    result.with_label(t.tracer.grown(label, growth))
}

/// A list with one more item at its end, which the running branch has put there.
pub fn appended(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    put_in(t, args, result, |items| items.last_mut())
}

/// A list with one more item at its begin, which the running branch has put there.
pub fn prepended(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    put_in(t, args, result, |items| items.first_mut())
}

fn put_in(t: &mut Tracing<'_, '_>, args: &[Value], result: Value, item: impl FnOnce(&mut [Value]) -> Option<&mut Value>) -> Value {
    let [list, _] = args else { return result };
    let mut items = t.heap().items(result).to_vec();
    let control = t.tracer.control;
    let steering = t.tracer.steering(control);
    if let Some(item) = item(&mut items) {
        *item = t.with(*item, steering);
    }
    let label = t.whole(*list);
    let growth = t.tracer.growth_of(list.label());
    let label = t.tracer.grown(label, growth);
    t.heap().list_of(result.ty(), &items).with_label(label)
}

/// `len`.
fn length(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let [value] = args else { return result };
    let label = t.whole(*value);
    let growth = t.tracer.growth_of(value.label());
    let label = t.union(label, growth);
    result.with_label(label)
}

/// A part of the first list or map among the arguments; what else is given only chooses.
pub fn select(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let mut whole = Label(0);
    let mut steering = Label(0);
    for &arg in args {
        if matches!(arg.kind(), Kind::List | Kind::Map) {
            t.read_deeply(arg);
            let own = t.whole(arg);
            whole = t.union(whole, own);
        } else {
            let own = t.steering(arg.label());
            steering = t.union(steering, own);
        }
    }
    let label = if result.label().0 == 0 { whole } else { t.conditions_of(whole) };
    let label = t.union(label, steering);
    let result = t.with(result, label);
    match args.iter().find(|arg| arg.kind() == Kind::List) {
        Some(list) if result.kind() == Kind::List => t.as_long_as(result, *list),
        _ => result,
    }
}

/// A list's last item: another one could have come after it.
pub fn last_item(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let result = select(t, args, result);
    let growth = t.growth(args);
    t.with(result, growth)
}

/// `index`.
pub fn index(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some((&from, keys)) = args.split_first() else { return result };
    let label = t.walk(from, keys);
    result.with_label(label)
}

/// A result that is the last argument.
pub fn last(t: &mut Tracing<'_, '_>, args: &[Value], result: Value) -> Value {
    let Some((value, others)) = args.split_last() else { return result };
    let mut steering = Label(0);
    for other in others {
        let own = t.steering(other.label());
        steering = t.union(steering, own);
    }
    let result = result.with_label(value.label());
    t.with(result, steering)
}

//! How values of charts and of the user come together (`pkg/chart/common/util/coalesce.go`).
//!
//! The user's maps belong to the render and are written to. A chart's defaults are frozen: what is taken from them is shared, and the
//! first write to one of their maps makes this render's own copy, as Helm's deep copy would have.

use crate::engine::instance::Instance;
use chartwright_value::{Heap, Kind, Type, Value};

/// Coalescing (nulls delete) or merging (nulls stay).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Coalesce,
    Merge,
}

/// One run of the rules.
pub(crate) struct Coalescer<'a> {
    pub(crate) heap: &'a mut Heap,
    pub(crate) rule: Rule,
    /// What Helm logs, without level.
    pub(crate) warnings: &'a mut Vec<String>,
}

fn join(prefix: &str, key: &str) -> String {
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

fn is_table(value: Value) -> bool {
    value.kind() == Kind::Map && matches!(value.ty(), Type::MAP)
}

impl Coalescer<'_> {
    /// Puts a chart's defaults, and its subcharts', under the values. The chart's own recursion is bounded by how deep charts lie.
    ///
    /// # Errors
    /// A subchart's values are no map.
    pub(crate) fn chart(&mut self, chart: &Instance, values: Value, prefix: &str) -> Result<(), String> {
        self.defaults(chart, values, prefix);
        for subchart in &chart.dependencies {
            let own = match self.heap.get(values, &subchart.name) {
                None => {
                    let own = self.heap.map();
                    self.heap.put(values, &subchart.name, own);
                    own
                }
                Some(own) if is_table(own) => own,
                Some(other) => return Err(format!("type mismatch on {}: {}", subchart.name, percent_t(self.heap, other))),
            };
            let below = join(prefix, &chart.name);
            self.globals(own, values, &below);
            self.chart(subchart, own, &below)?;
        }
        Ok(())
    }

    /// Globals flow down, one level at a time.
    fn globals(&mut self, dest: Value, src: Value, prefix: &str) {
        let dest_globals = match self.heap.get(dest, "global") {
            None => self.heap.map(),
            Some(globals) if is_table(globals) => globals,
            Some(_) => return self.warn("warning: skipping globals because destination global is not a table."),
        };
        let src_globals = match self.heap.get(src, "global") {
            None => None,
            Some(globals) if is_table(globals) => Some(globals),
            Some(_) => return self.warn("warning: skipping globals because source global is not a table."),
        };
        let entries = src_globals.map_or_else(Vec::new, |globals| self.pairs(globals));
        for (key, value) in entries {
            let existing = self.heap.get(dest_globals, self.heap.str(key));
            if is_table(value) {
                let copy = self.heap.copy_map(value);
                match existing {
                    None => self.heap.set(dest_globals, key, copy),
                    Some(table) if is_table(table) => {
                        let name = self.name(key);
                        let rule = std::mem::replace(&mut self.rule, Rule::Merge);
                        self.tables(copy, table, &join(prefix, &name));
                        self.rule = rule;
                        self.heap.set(dest_globals, key, copy);
                    }
                    Some(_) => {
                        let name = chartwright_go::quote::quoted(self.heap.str(key));
                        self.warn(&format!("Conflict: cannot merge map onto non-map for {name}. Skipping."));
                    }
                }
            } else if existing.is_some_and(is_table) {
                let name = self.name(key);
                self.warn(&format!("key {name} is table. Skipping"));
            } else {
                self.heap.set(dest_globals, key, value);
            }
        }
        self.heap.put(dest, "global", dest_globals);
    }

    /// A chart's own defaults under its values (`coalesceValues`).
    fn defaults(&mut self, chart: &Instance, values: Value, prefix: &str) {
        let below = join(prefix, &chart.name);
        for (key, default) in self.pairs(chart.values) {
            match self.heap.get(values, self.heap.str(key)) {
                Some(value) if value.is_nil() && self.rule == Rule::Coalesce => {
                    let name = self.heap.str(key).to_vec();
                    self.heap.remove(values, name);
                }
                Some(value) if is_table(value) => {
                    let name = self.name(key);
                    if !is_table(default) {
                        if !default.is_nil() {
                            self.warn(&format!("warning: skipped value for {below}.{name}: Not a table."));
                        }
                        continue;
                    }
                    let rule = self.rule;
                    if chart.dependencies.iter().any(|subchart| subchart.name == name) {
                        self.rule = Rule::Merge;
                    }
                    let default = match self.rule {
                        Rule::Coalesce if chart.has_nulls => self.without_nulls(default),
                        _ => default,
                    };
                    self.tables(value, default, &join(&below, &name));
                    self.rule = rule;
                }
                Some(_) => {}
                None if self.rule == Rule::Coalesce => {
                    if !default.is_nil() {
                        let default = if chart.has_nulls { self.without_nulls(default) } else { default };
                        self.heap.set(values, key, default);
                    }
                }
                None => self.heap.set(values, key, default),
            }
        }
    }

    /// Puts one table under another (`coalesceTablesFullKey`), without native recursion.
    pub(crate) fn tables(&mut self, dest: Value, src: Value, prefix: &str) {
        let mut pending = vec![(dest, src, prefix.to_owned())];
        while let Some((dest, src, prefix)) = pending.pop() {
            self.one_table(dest, src, &prefix, &mut pending);
        }
    }

    fn one_table(&mut self, dest: Value, src: Value, prefix: &str, pending: &mut Vec<(Value, Value, String)>) {
        if self.heap.entries(src).is_empty() && !has_nil(self.heap, dest) {
            return;
        }
        let original = self.pairs(src);
        // A null of the user's reaches the defaults first, as in Helm, where they are one map with others that read them.
        for (key, value) in self.pairs(dest) {
            if value.is_nil() {
                self.heap.set(src, key, Value::NIL);
            }
        }
        let was_set = |heap: &Heap, key: Value| {
            let at = original.binary_search_by(|(known, _)| heap.str(*known).cmp(heap.str(key)));
            at.is_ok_and(|at| !original[at].1.is_nil())
        };
        for (key, value) in self.pairs(src) {
            match self.heap.get(dest, self.heap.str(key)) {
                Some(own) if own.is_nil() && self.rule == Rule::Coalesce && was_set(self.heap, key) => {
                    let name = self.heap.str(key).to_vec();
                    self.heap.remove(dest, name);
                }
                None => self.heap.set(dest, key, value),
                Some(own) if is_table(value) => {
                    let full = join(prefix, &self.name(key));
                    if is_table(own) {
                        pending.push((own, value, full));
                    } else {
                        let shown = shown(self.heap, value);
                        self.warn(&format!("warning: cannot overwrite table with non table for {full} ({shown})"));
                    }
                }
                Some(own) if is_table(own) && !value.is_nil() => {
                    let full = join(prefix, &self.name(key));
                    let shown = shown(self.heap, value);
                    self.warn(&format!("warning: destination for {full} is a table. Ignoring non-table value ({shown})"));
                }
                Some(_) => {}
            }
        }
    }

    /// Takes nulls out of a table of defaults, in place (`cleanNilValues`).
    fn without_nulls(&mut self, value: Value) -> Value {
        let mut pending = vec![value];
        while let Some(map) = pending.pop() {
            if map.kind() != Kind::Map {
                continue;
            }
            let mut nulls = Vec::new();
            for entry in self.heap.entries(map) {
                if entry.value.is_nil() {
                    nulls.push(self.heap.str(entry.key()).to_vec());
                } else if entry.value.kind() == Kind::Map {
                    pending.push(entry.value);
                }
            }
            nulls.into_iter().for_each(|key| self.heap.remove(map, key));
        }
        value
    }

    fn pairs(&self, map: Value) -> Vec<(Value, Value)> {
        self.heap.entries(map).iter().map(|entry| (entry.key(), entry.value)).collect()
    }

    fn name(&self, key: Value) -> String {
        String::from_utf8_lossy(self.heap.str(key)).into_owned()
    }

    fn warn(&mut self, text: &str) {
        self.warnings.push(text.to_owned());
    }
}

fn has_nil(heap: &Heap, map: Value) -> bool {
    heap.entries(map).iter().any(|entry| entry.value.is_nil())
}

/// `%v`.
fn shown(heap: &Heap, value: Value) -> String {
    let mut out = Vec::new();
    match chartwright_value::format::print_value(heap, value, &mut out) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => "too large to be shown".to_owned(),
    }
}

/// `%t` of what is no boolean.
fn percent_t(heap: &Heap, value: Value) -> String {
    let mut out = Vec::new();
    match chartwright_value::format::sprintf(heap, b"%t", &[value], &mut out) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => "too large to be shown".to_owned(),
    }
}

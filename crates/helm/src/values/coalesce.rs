//! How values of charts and of the user come together (`pkg/chart/common/util/coalesce.go`).
//!
//! The user's maps belong to the render and are written to. A chart's defaults are frozen: what is taken from them is shared, and the
//! first write to one of their maps makes this render's own copy, as Helm's deep copy would have.

use crate::engine::instance::Instance;
use crate::{HelmVersion, log};
use chartwright_value::{Heap, Kind, Type, Value};

/// Coalescing (nulls delete) or merging (nulls stay).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Coalesce,
    Merge,
}

/// Where a table lies, spelled out only for a warning.
pub(crate) enum Trail<'a> {
    /// A prefix, and the name below it.
    Root(&'a str, &'a str),
    /// A key below another place.
    Key(&'a Trail<'a>, Value),
}

impl Trail<'_> {
    fn text(&self, heap: &Heap) -> String {
        match self {
            Trail::Root(prefix, name) => join(prefix, name),
            Trail::Key(above, key) => join(&above.text(heap), &String::from_utf8_lossy(heap.str(*key))),
        }
    }
}

/// One run of the rules.
pub(crate) struct Coalescer<'a> {
    pub(crate) heap: &'a mut Heap,
    pub(crate) rule: Rule,
    pub(crate) helm: HelmVersion,
    /// Lines for stderr.
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
            Some(_) => return self.warn(138, "warning: skipping globals because destination global is not a table."),
        };
        let src_globals = match self.heap.get(src, "global") {
            None => None,
            Some(globals) if is_table(globals) => Some(globals),
            Some(_) => return self.warn(145, "warning: skipping globals because source global is not a table."),
        };
        let entries = src_globals.map_or_else(Vec::new, |globals| self.pairs(globals));
        for (key, value) in entries {
            let existing = self.heap.get(dest_globals, self.heap.str(key));
            if is_table(value) {
                let copy = self.heap.copy_map(value).with_label(value.label());
                match existing {
                    None => self.heap.set(dest_globals, key, copy),
                    Some(table) if is_table(table) => {
                        let name = self.name(key);
                        let rule = std::mem::replace(&mut self.rule, Rule::Merge);
                        self.tables(copy, table, &Trail::Root(prefix, &name));
                        self.rule = rule;
                        self.heap.set(dest_globals, key, copy);
                    }
                    Some(_) => {
                        let name = chartwright_go::quote::quoted(self.heap.str(key));
                        self.warn(161, &format!("Conflict: cannot merge map onto non-map for {name}. Skipping."));
                    }
                }
            } else if existing.is_some_and(is_table) {
                let name = self.name(key);
                self.warn(175, &format!("key {name} is table. Skipping"));
            } else {
                self.heap.set(dest_globals, key, value);
            }
        }
        self.heap.put(dest, "global", dest_globals);
    }

    /// A chart's own defaults under its values (`coalesceValues`).
    fn defaults(&mut self, chart: &Instance, values: Value, prefix: &str) {
        // Both have the same keys; what lies below them differs where there are nulls.
        let clean = self.pairs(chart.clean_values);
        for ((key, default), (_, clean)) in self.pairs(chart.values).into_iter().zip(clean) {
            let below = Trail::Root(prefix, &chart.name);
            match self.heap.get(values, self.heap.str(key)) {
                Some(value) if value.is_nil() && self.rule == Rule::Coalesce => {
                    let name = self.heap.str(key).to_vec();
                    self.heap.remove(values, name);
                }
                Some(value) if is_table(value) => {
                    if !is_table(default) {
                        if !default.is_nil() {
                            let place = Trail::Key(&below, key).text(self.heap);
                            self.warn(237, &format!("warning: skipped value for {place}: Not a table."));
                        }
                        continue;
                    }
                    let rule = self.rule;
                    let name = self.heap.str(key);
                    if chart.dependencies.iter().any(|subchart| subchart.name.as_bytes() == name) {
                        self.rule = Rule::Merge;
                    }
                    let default = if self.cleans() { clean } else { default };
                    self.tables(value, default, &Trail::Key(&below, key));
                    self.rule = rule;
                }
                Some(_) => {}
                None if !self.cleans() => self.heap.set(values, key, default),
                None if default.is_nil() => {}
                None => self.heap.set(values, key, clean),
            }
        }
    }

    /// Puts one table under another (`coalesceTablesFullKey`), without native recursion.
    pub(crate) fn tables(&mut self, dest: Value, src: Value, trail: &Trail<'_>) {
        // Where each table lies: the table that holds it, and its key.
        let mut places: Vec<Option<(usize, Value)>> = vec![None];
        let mut pending = vec![(dest, src, 0)];
        while let Some((dest, src, place)) = pending.pop() {
            self.one_table(dest, src, place, trail, &mut places, &mut pending);
        }
    }

    fn one_table(
        &mut self,
        dest: Value,
        src: Value,
        place: usize,
        trail: &Trail<'_>,
        places: &mut Vec<Option<(usize, Value)>>,
        pending: &mut Vec<(Value, Value, usize)>,
    ) {
        let original = self.pairs(src);
        // A null of the user's reaches the defaults first, as in Helm, where they are one map with others that read them.
        let nulls = self.heap.entries(dest).iter().filter(|entry| entry.value.is_nil()).map(|entry| entry.key()).collect::<Vec<Value>>();
        for key in &nulls {
            self.heap.set(src, *key, Value::NIL);
        }
        let was_set = |heap: &Heap, key: Value| {
            let at = original.binary_search_by(|(known, _)| heap.str(*known).cmp(heap.str(key)));
            at.is_ok_and(|at| !original[at].1.is_nil())
        };
        let full = |heap: &Heap, key: Value| {
            let mut keys = vec![key];
            let mut at = place;
            while let Some(Some((above, key))) = places.get(at) {
                keys.push(*key);
                at = *above;
            }
            keys.iter().rev().fold(trail.text(heap), |text, key| join(&text, &String::from_utf8_lossy(heap.str(*key))))
        };
        let mut warnings = Vec::new();
        let mut below = Vec::new();
        let changed = if nulls.is_empty() { original.clone() } else { self.pairs(src) };
        for (key, value) in changed {
            match self.heap.get(dest, self.heap.str(key)) {
                Some(own) if own.is_nil() && self.rule == Rule::Coalesce && was_set(self.heap, key) => {
                    let name = self.heap.str(key).to_vec();
                    self.heap.remove(dest, name);
                }
                None => self.heap.set(dest, key, value),
                Some(own) if is_table(value) => {
                    if is_table(own) {
                        below.push((own, value, key));
                    } else {
                        let (full, shown) = (full(self.heap, key), shown(self.heap, value));
                        warnings.push((316, format!("warning: cannot overwrite table with non table for {full} ({shown})")));
                    }
                }
                Some(own) if is_table(own) && !value.is_nil() => {
                    let (full, shown) = (full(self.heap, key), shown(self.heap, value));
                    warnings.push((319, format!("warning: destination for {full} is a table. Ignoring non-table value ({shown})")));
                }
                Some(_) => {}
            }
        }
        warnings.into_iter().for_each(|(line, text)| self.warn(line, &text));
        for (own, value, key) in below {
            places.push(Some((place, key)));
            pending.push((own, value, places.len() - 1));
        }
    }

    /// Whether nulls of defaults are taken out: only Helm 4 does, where it does not merge.
    fn cleans(&self) -> bool {
        self.rule == Rule::Coalesce && self.helm == HelmVersion::V4
    }

    fn pairs(&self, map: Value) -> Vec<(Value, Value)> {
        self.heap.entries(map).iter().map(|entry| (entry.key(), entry.value)).collect()
    }

    fn name(&self, key: Value) -> String {
        String::from_utf8_lossy(self.heap.str(key)).into_owned()
    }

    /// The line is that of Helm 3's `pkg/chartutil/coalesce.go`, which it prints.
    fn warn(&mut self, line: u32, text: &str) {
        self.warnings.push(log::printed(self.helm, &format!("coalesce.go:{line}"), text));
    }
}

/// Takes nulls out of a table that is being built, however deep they lie (`cleanNilValues`).
pub(crate) fn remove_nulls(heap: &mut Heap, table: Value) {
    let mut pending = vec![table];
    while let Some(map) = pending.pop() {
        let mut nulls = Vec::new();
        for entry in heap.entries(map) {
            match entry.value.kind() {
                Kind::Nil => nulls.push(heap.str(entry.key()).to_vec()),
                Kind::Map => pending.push(entry.value),
                _ => {}
            }
        }
        nulls.into_iter().for_each(|key| heap.remove(map, key));
    }
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

//! What schemas say of objects and arrays.

use super::{Found, MAX_DEPTH, Step, Walk};
use crate::schema::compile::{Additional, Dependency, Node, NodeId};
use crate::schema::equal::duplicates;
use crate::schema::failure::{Failure, Reason};
use chartwright_value::{Repr, Value};
use std::cmp::Ordering;

impl Walk<'_> {
    pub(super) fn object(&mut self, node: &Node, value: Value, found: &mut Found) {
        let heap = self.heap;
        let entries = heap.entries(value);
        let mut count = |keyword, fits: bool, want: usize| {
            if !fits {
                found.failures.push(self.failure(Reason::Count { keyword, got: entries.len(), want }));
            }
        };
        if let Some(want) = node.min_properties {
            count("minProperties", entries.len() >= want, want);
        }
        if let Some(want) = node.max_properties {
            count("maxProperties", entries.len() <= want, want);
        }
        let missing = self.missing(value, &node.required);
        if !missing.is_empty() {
            found.failures.push(self.failure(Reason::Required(missing)));
        }
        if found.enough() {
            return;
        }
        for (property, dependency) in &node.dependencies {
            if heap.get(value, property).is_none() {
                continue;
            }
            match dependency {
                Dependency::Names(names) => self.dependent("dependency", value, property, names, found),
                Dependency::Schema(id) => {
                    let result = self.check_self(*id, value, found.brief);
                    found.take(result);
                }
            }
        }
        let mut unknown = Vec::new();
        // Both stand in the order of their names.
        let mut properties = node.properties.as_slice();
        for (at, entry) in entries.iter().enumerate() {
            if found.enough() {
                return;
            }
            let key = heap.str(entry.key());
            let mut evaluated = false;
            while let [(name, id), rest @ ..] = properties {
                match name.as_bytes().cmp(key) {
                    Ordering::Less => properties = rest,
                    Ordering::Equal => {
                        evaluated = true;
                        self.below(Step::Key(entry.key()), *id, entry.value, found);
                        properties = rest;
                        break;
                    }
                    Ordering::Greater => break,
                }
            }
            for (pattern, id) in &node.pattern_properties {
                if pattern.is_match(key, &mut self.spent.work) {
                    evaluated = true;
                    self.below(Step::Key(entry.key()), *id, entry.value, found);
                }
            }
            match node.additional_properties {
                Additional::None if !evaluated => unknown.push(String::from_utf8_lossy(key).into_owned()),
                Additional::Schema(id) if !evaluated => self.below(Step::Key(entry.key()), id, entry.value, found),
                _ => {}
            }
            if evaluated || node.all_properties_evaluated {
                self.evaluated(at);
            }
        }
        if !unknown.is_empty() {
            found.failures.push(self.failure(Reason::AdditionalProperties(unknown)));
        }
        if let Some(id) = node.property_names {
            for entry in entries {
                // A property's name is checked as a value of its own, from the root.
                let mut names = Walk {
                    nodes: self.nodes,
                    heap,
                    matched: &mut *self.matched,
                    spent: &mut *self.spent,
                    path: Vec::new(),
                    chain: self.chain.clone(),
                    unevaluated: Vec::new(),
                    meta: self.meta,
                };
                names.chain.truncate(MAX_DEPTH - 1);
                if let Err(failure) = names.check(id, entry.key(), found.brief) {
                    let name = String::from_utf8_lossy(heap.str(entry.key())).into_owned();
                    let causes = if matches!(failure.reason, Reason::Group) { failure.causes } else { vec![failure] };
                    found.failures.push(Failure { causes, ..self.failure(Reason::PropertyName(name)) });
                }
            }
        }
        for (property, id) in &node.dependent_schemas {
            if heap.get(value, property).is_some() {
                let result = self.check_self(*id, value, found.brief);
                found.take(result);
            }
        }
        for (property, names) in &node.dependent_required {
            if heap.get(value, property).is_some() {
                self.dependent("dependentRequired", value, property, names, found);
            }
        }
    }

    fn dependent(&self, keyword: &'static str, value: Value, property: &str, names: &[String], found: &mut Found) {
        let missing = self.missing(value, names);
        if !missing.is_empty() {
            found.failures.push(self.failure(Reason::Dependency { keyword, property: property.to_owned(), missing }));
        }
    }

    fn missing(&self, value: Value, names: &[String]) -> Vec<String> {
        names.iter().filter(|name| self.heap.get(value, name.as_str()).is_none()).cloned().collect()
    }

    pub(super) fn array(&mut self, node: &Node, value: Value, found: &mut Found) {
        let heap = self.heap;
        let items = heap.items(value);
        let count = |keyword, want| Reason::Count { keyword, got: items.len(), want };
        if let Some(want) = node.min_items.filter(|want| items.len() < *want) {
            found.failures.push(self.failure(count("minItems", want)));
        }
        if let Some(want) = node.max_items.filter(|want| items.len() > *want) {
            found.failures.push(self.failure(count("maxItems", want)));
        }
        if node.unique_items
            && let Some((a, b)) = duplicates(heap, items)
        {
            found.failures.push(self.failure(Reason::Unique(a, b)));
        }
        for (at, (item, id)) in items.iter().zip(&node.prefix_items).enumerate() {
            self.below(Step::Index(at), *id, *item, found);
        }
        let rest = node.prefix_items.len().min(items.len());
        match node.items {
            Additional::Any => {}
            Additional::None => {
                if rest < items.len() {
                    found.failures.push(self.failure(Reason::AdditionalItems(items.len() - rest)));
                }
            }
            Additional::Schema(id) => {
                for (at, item) in items.iter().enumerate().skip(rest) {
                    self.below(Step::Index(at), id, *item, found);
                }
            }
        }
        if let Some(id) = node.contains {
            self.contains(node, id, items, found);
        }
    }

    fn contains(&mut self, node: &Node, id: NodeId, items: &[Value], found: &mut Found) {
        let mut got = Vec::new();
        let mut causes = Vec::new();
        for (at, item) in items.iter().enumerate() {
            self.path.push(Step::Index(at));
            match self.check_other(id, *item, found.brief) {
                Ok(()) => {
                    got.push(at);
                    if node.contains_evaluates {
                        self.evaluated(at);
                    }
                }
                Err(failure) => causes.push(failure),
            }
            self.path.pop();
        }
        match node.min_contains {
            Some(want) if got.len() < want => {
                let reason = Reason::MinContains { got: got.clone(), want };
                found.failures.push(Failure { causes, ..self.failure(reason) });
            }
            None if got.is_empty() => found.failures.push(Failure { causes, ..self.failure(Reason::Contains) }),
            _ => {}
        }
        if let Some(want) = node.max_contains.filter(|want| got.len() > *want) {
            found.failures.push(self.failure(Reason::MaxContains { got, want }));
        }
    }

    /// `unevaluatedProperties` and `unevaluatedItems`.
    pub(super) fn left_over(&mut self, node: &Node, value: Value, found: &mut Found) {
        let heap = self.heap;
        let schema = match value.repr() {
            Repr::Map(_) => node.unevaluated_properties,
            Repr::List(_) => node.unevaluated_items,
            _ => None,
        };
        let Some(id) = schema else {
            return;
        };
        let left = std::mem::take(&mut self.unevaluated);
        let left = left.into_iter().enumerate().filter(|(_, left)| *left).map(|(at, _)| at);
        for at in left {
            if let Some(entry) = heap.entries(value).get(at).filter(|_| matches!(value.repr(), Repr::Map(_))) {
                self.below(Step::Key(entry.key()), id, entry.value, found);
            } else if let Some(item) = heap.items(value).get(at) {
                self.below(Step::Index(at), id, *item, found);
            }
        }
    }
}

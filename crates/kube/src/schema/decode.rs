//! An object as the API server decodes it: strictly, into Go's types, with the errors of its decoder.
//!
//! Follows `decode.go` and `kubernetes_patch.go` in `sigs.k8s.io/json/internal/golang/encoding/json`.

use std::borrow::Cow;
use std::collections::HashSet;

use chartwright_go::quote::quoted;
use chartwright_yaml::{NodeId, NodeView, Tree};

use crate::node::Node;

use super::fault::{Fault, FaultKind};
use super::scalar::{self, Misfit};
use super::{Field, Own, Resource, Shape, ShapeId, Type, Version, optional};

/// Holds an object to its kind: unknown and duplicate fields, values of other types, and fields that are missing. In the document's order.
#[must_use]
pub fn decode(resource: Resource<'_>, root: Node<'_>) -> Vec<Fault> {
    let open = Open { id: root.id(), shape: resource.shape(), step: 0, lenient: false, reported: false };
    run(resource.nearest(), "", root, open)
}

/// Holds the metadata of a custom resource to its type. Keys written twice are not told of, nor what is missing: that is found otherwise.
pub(crate) fn decode_metadata(version: Version<'_>, metadata: Node<'_>) -> Vec<Fault> {
    let Some(shape) = version.schemas.metadata_shape else { return Vec::new() };
    let open = Open { id: metadata.id(), shape, step: 0, lenient: false, reported: true };
    let mut faults = run(version, "metadata", metadata, open);
    faults.retain(|fault| fault.kind != FaultKind::Duplicate);
    faults
}

fn run(version: Version<'_>, place: &'static str, root: Node<'_>, open: Open) -> Vec<Fault> {
    let mut walk = Walk { version, tree: root.tree(), place, steps: vec![Step::Root], open: vec![open], faults: Vec::new() };
    while let Some(open) = walk.open.pop() {
        walk.visit(&open);
    }
    let tree = root.tree();
    walk.faults.sort_by_key(|fault| tree.key_span(fault.node).start);
    walk.faults
}

/// Whether validation does not look at a top-level field: what controllers write, and the metadata of questions, of which nothing is stored.
fn is_reported(of: &Type, name: &str) -> bool {
    name == "status" || name == "metadata" && of.name.ends_with("Review")
}

/// How a value is reached from the one before.
enum Step<'s> {
    Root,
    Field(usize, &'s Type, &'s Field),
    Index(usize, usize),
    Key(usize, NodeId),
}

/// A value that is still to be looked at.
struct Open {
    id: NodeId,
    shape: ShapeId,
    /// The number of the step that leads to it.
    step: usize,
    /// Whether an own reader of a type reads it, which is not strict.
    lenient: bool,
    /// Whether nothing can be missing there, since nobody looks.
    reported: bool,
}

struct Walk<'s, 't> {
    version: Version<'s>,
    tree: &'t Tree,
    /// Where the root stands in its object.
    place: &'static str,
    /// Never removed: a value's path is read backwards from its step.
    steps: Vec<Step<'s>>,
    open: Vec<Open>,
    faults: Vec<Fault>,
}

/// From so many entries on keys are compared by their hashes.
const MANY: usize = 16;

impl<'s, 't> Walk<'s, 't> {
    fn visit(&mut self, open: &Open) {
        let node = Node::new(self.tree, open.id);
        let shape = self.version.shape(open.shape);
        match (shape, node.view()) {
            (Shape::Struct(number), NodeView::Mapping(entries)) => {
                if let Some(of) = self.version.type_at(number) {
                    self.fields(open, of, entries);
                }
            }
            (Shape::Map(inner), NodeView::Mapping(entries)) => self.entries(open, inner, entries),
            (Shape::List(inner), NodeView::Sequence(items)) => self.items(open, inner, items, open.lenient),
            (Shape::Own(own @ (Own::SchemaOrArray | Own::SchemaOrBool | Own::SchemaOrNames)), view) => self.schemas(open, own, view),
            _ => {
                if let Err(misfit) = scalar::fit(node, shape) {
                    self.misfit(open, misfit, false);
                }
            }
        }
    }

    fn fields(&mut self, open: &Open, of: &'s Type, entries: &'t [(NodeId, NodeId)]) {
        let from = self.open.len();
        for (key, value) in entries {
            let name = self.tree.key_text(*key);
            match self.version.field(of, &name) {
                Some(field) => {
                    self.steps.push(Step::Field(open.step, of, field));
                    let reported = open.reported || open.step == 0 && is_reported(of, &name);
                    let step = self.steps.len() - 1;
                    self.open.push(Open { id: *value, shape: field.shape, step, lenient: open.lenient, reported });
                }
                None if open.lenient => {}
                None => self.strict(open.step, &name, FaultKind::Unknown, *value),
            }
        }
        self.open[from..].reverse();
        if !open.lenient {
            // Fields that the type does not have are not counted.
            let version = self.version;
            self.duplicates(open.step, entries, |name| version.field(of, name).is_some());
        }
        if !open.reported {
            self.missing(open, of);
        }
    }

    fn missing(&mut self, open: &Open, of: &'s Type) {
        let version = self.version;
        let node = Node::new(self.tree, open.id);
        let required = of.required.iter().filter_map(|number| version.schemas.fields.get(*number));
        let missing = required.filter(|field| field.releases.contain(version.minor) && node.get(&field.name).is_none());
        let mut missing = missing.filter(|field| optional::is_needed(of, field, version.shape(field.shape))).peekable();
        if missing.peek().is_none() {
            return;
        }
        let path = self.strict_path(open.step);
        let dot = if path.is_empty() { "" } else { "." };
        let messages: Vec<String> = missing.map(|field| format!("{path}{dot}{}: Required value", field.name)).collect();
        self.faults.extend(messages.into_iter().map(|message| Fault { kind: FaultKind::Missing, node: open.id, message }));
    }

    fn entries(&mut self, open: &Open, inner: ShapeId, entries: &'t [(NodeId, NodeId)]) {
        if !open.lenient {
            self.duplicates(open.step, entries, |_| true);
        }
        for (key, value) in entries.iter().rev() {
            self.steps.push(Step::Key(open.step, *key));
            self.push(open, *value, inner, open.lenient);
        }
    }

    fn items(&mut self, open: &Open, inner: ShapeId, items: &[NodeId], lenient: bool) {
        for (index, item) in items.iter().enumerate().rev() {
            self.steps.push(Step::Index(open.step, index));
            self.push(open, *item, inner, lenient);
        }
    }

    /// Opens what the last step leads to.
    fn push(&mut self, within: &Open, id: NodeId, shape: ShapeId, lenient: bool) {
        self.open.push(Open { id, shape, step: self.steps.len() - 1, lenient, reported: within.reported });
    }

    /// Schemas of a CustomResourceDefinition that may be something else too. They are read by Go's own decoder, which is not strict.
    fn schemas(&mut self, open: &Open, own: Own, view: NodeView<'t>) {
        let schema = self.version.schemas.schema_shape;
        match (own, view) {
            (_, NodeView::Mapping(_)) => {
                if let Some(shape) = schema {
                    self.open.push(Open { shape, lenient: true, ..*open });
                }
            }
            (Own::SchemaOrArray, NodeView::Sequence(items)) => {
                if let Some(shape) = schema {
                    self.items(open, shape, items, true);
                }
            }
            (Own::SchemaOrNames, NodeView::Sequence(items)) => {
                if let Some(text) = self.version.schemas.text_shape {
                    self.items(open, text, items, true);
                }
            }
            _ => {
                if let Err(misfit) = scalar::fit(Node::new(self.tree, open.id), Shape::Own(own)) {
                    self.misfit(open, misfit, false);
                }
            }
        }
    }

    /// Keys that stand there again. Only those that count: a type's fields, or all keys of a map.
    fn duplicates(&mut self, step: usize, entries: &[(NodeId, NodeId)], counts: impl Fn(&str) -> bool) {
        if !self.tree.may_repeat_keys() {
            return;
        }
        let tree = self.tree;
        let keys: Vec<Cow<'t, str>> = entries.iter().map(|(key, _)| tree.key_text(*key)).collect();
        let mut seen: HashSet<&str> = HashSet::new();
        for (at, name) in keys.iter().enumerate() {
            let known = if keys.len() > MANY { !seen.insert(name) } else { keys[..at].contains(name) };
            if known && counts(name) {
                self.strict(step, name, FaultKind::Duplicate, entries[at].1);
            }
        }
    }

    fn strict(&mut self, step: usize, name: &str, kind: FaultKind, node: NodeId) {
        let mut path = self.strict_path(step);
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        let what = if kind == FaultKind::Unknown { "unknown" } else { "duplicate" };
        self.faults.push(Fault { kind, node, message: format!("{what} field {}", quoted(path.as_bytes())) });
    }

    fn misfit(&mut self, open: &Open, misfit: Misfit, is_final: bool) {
        let kind = if is_final || open.lenient { FaultKind::Unreadable } else { FaultKind::Type };
        let message = match misfit {
            Misfit::Final(inner) => return self.misfit(open, *inner, true),
            Misfit::Text(text) => text,
            Misfit::Type(met, go) => {
                let go = go.map_or_else(|| self.version.go_name(open.shape), str::to_owned);
                let (owner, path) = self.go_path(open.step);
                match owner {
                    Some(owner) => format!("json: cannot unmarshal {met} into Go struct field {owner}.{path} of type {go}"),
                    None => format!("json: cannot unmarshal {met} into Go value of type {go}"),
                }
            }
        };
        self.faults.push(Fault { kind, node: open.id, message });
    }

    /// The steps that lead to a value, the last first.
    fn back(&self, step: usize) -> impl Iterator<Item = &Step<'s>> {
        let mut at = Some(step);
        std::iter::from_fn(move || {
            let step = self.steps.get(at?)?;
            at = match step {
                Step::Root => None,
                Step::Field(before, ..) | Step::Index(before, _) | Step::Key(before, _) => Some(*before),
            };
            Some(step)
        })
    }

    /// `spec.containers[0].name`.
    fn strict_path(&self, step: usize) -> String {
        let steps: Vec<&Step<'_>> = self.back(step).collect();
        let mut path = String::from(self.place);
        for step in steps.into_iter().rev() {
            let key;
            let name: &str = match step {
                Step::Root => continue,
                Step::Index(_, index) => {
                    path.push_str(&format!("[{index}]"));
                    continue;
                }
                Step::Field(_, _, field) => &field.name,
                Step::Key(_, id) => {
                    key = self.tree.key_text(*id);
                    &key
                }
            };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
        path
    }

    /// The struct that the nearest field belongs to, and the fields on the way: `Container`, `spec.containers.name`.
    fn go_path(&self, step: usize) -> (Option<&'s str>, String) {
        let mut owner = None;
        let mut names: Vec<&str> = Vec::new();
        for step in self.back(step) {
            if let Step::Field(_, of, field) = step {
                owner = owner.or(Some(&*of.name));
                names.push(&field.name);
                names.extend(field.through.iter().rev().map(|embedded| &**embedded));
            }
        }
        names.reverse();
        (owner, names.join("."))
    }
}

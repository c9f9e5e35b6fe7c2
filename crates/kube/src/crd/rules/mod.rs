//! Rules in CEL that a schema holds its values to (`x-kubernetes-validations`): `k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel`, with the
//! defaults put in first, as for an object that is created.

mod names;
mod report;
mod types;

use std::collections::HashMap;
use std::rc::Rc;

use chartwright_yaml::NodeView;

use crate::cel::{Budget, List, MAX_DEPTH, Map, MapKind, Program, Stop, Value, Variables, evaluate};
use crate::node::Node;
use crate::schema::{Fault, FaultKind};

use super::defaults::Defaulted;
use super::prune::says;
use super::{Step, path};
use names::escape;

/// So many parts of a schema are looked through for rules.
const MAX_PARTS: usize = 500_000;

/// Whether there are rules in a schema. Alternatives (`allOf` and its like) cannot have any.
fn has_rules(schema: Node<'_>) -> bool {
    let mut open = vec![schema];
    let mut seen = 0;
    while let Some(schema) = open.pop() {
        seen += 1;
        if schema.items_at("x-kubernetes-validations").next().is_some() {
            return true;
        }
        if seen > MAX_PARTS {
            return false;
        }
        open.extend(schema.get("items"));
        open.extend(schema.get("additionalProperties"));
        open.extend(schema.entries_at("properties").map(|(_, property)| property));
    }
    false
}

/// The rules that do not hold for an object with its defaults.
pub(super) fn broken<'d>(schema: Node<'d>, root: Node<'d>, whole: &Defaulted<'d>) -> Vec<Fault> {
    if !has_rules(schema) {
        return Vec::new();
    }
    let mut walk = Walk { whole, steps: vec![Step::Root], programs: HashMap::new(), budget: Budget::default(), faults: Vec::new() };
    walk.visit(Part { schema, value: root, step: 0, is_resource: true }, 0);
    walk.faults
}

/// A value with its schema.
struct Part<'d> {
    schema: Node<'d>,
    value: Node<'d>,
    step: usize,
    /// Whether it is an object with metadata of its own.
    is_resource: bool,
}

impl<'d> Part<'d> {
    /// A part of an object or a list.
    fn inner(schema: Node<'d>, value: Node<'d>, step: usize) -> Self {
        Self { schema, value, step, is_resource: says(schema, "x-kubernetes-embedded-resource") }
    }
}

struct Walk<'d, 'w> {
    whole: &'w Defaulted<'d>,
    steps: Vec<Step<'d>>,
    /// Expressions that were read, and those that could not be.
    programs: HashMap<&'d str, Option<Rc<Program>>>,
    budget: Budget,
    faults: Vec<Fault>,
}

impl<'d> Walk<'d, '_> {
    /// Holds a value and all its parts to their rules, and says what expressions see of it. It goes no deeper than [`MAX_DEPTH`].
    fn visit(&mut self, part: Part<'d>, depth: usize) -> Value {
        if part.value.is_null() {
            return if says(part.schema, "nullable") { Value::Null } else { Value::Opaque };
        }
        if depth >= MAX_DEPTH {
            return Value::Opaque;
        }
        let value = match part.value.view() {
            NodeView::Mapping(_) if part.schema.str_at("type") == Some("object") => self.object(&part, depth),
            NodeView::Sequence(_) if part.schema.str_at("type") == Some("array") => self.list(&part, depth),
            NodeView::Mapping(_) | NodeView::Sequence(_) => Value::Opaque,
            _ => types::scalar(part.schema, part.value),
        };
        if types::is_exposed(part.schema) {
            for rule in part.schema.items_at("x-kubernetes-validations") {
                self.judge(rule, &part, &value);
            }
            return value;
        }
        Value::Opaque
    }

    fn step(&mut self, step: Step<'d>) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    fn list(&mut self, part: &Part<'d>, depth: usize) -> Value {
        let Some(schema) = part.schema.get("items") else { return Value::Opaque };
        let mut items = Vec::new();
        for (index, item) in part.value.items().enumerate() {
            // A null that may not be is replaced by a default, where there is one.
            let default = schema.get("default").filter(|_| item.is_null() && !says(schema, "nullable"));
            let step = self.step(Step::Index(part.step, index));
            let value = default.unwrap_or(item);
            items.push(self.visit(Part::inner(schema, value, step), depth + 1));
        }
        Value::List(Rc::new(List { items, kind: types::list_kind(part.schema) }))
    }

    fn object(&mut self, part: &Part<'d>, depth: usize) -> Value {
        let properties = part.schema.get("properties");
        let additional = part.schema.get("additionalProperties").filter(|additional| types::is_schema(*additional));
        let is_free = properties.is_none() && additional.is_some() && !part.is_resource;
        let mut entries: Vec<(Rc<str>, Value)> = Vec::new();
        let mut has_unknown = false;
        let whole = self.whole;
        for (name, value) in whole.entries(part.value) {
            if part.is_resource && matches!(&*name, "apiVersion" | "kind" | "metadata") {
                entries.push((name.as_ref().into(), self.meta(part, &name, value)));
                continue;
            }
            let own = properties.and_then(|properties| properties.get(&name));
            let Some(schema) = own.or(additional) else {
                has_unknown = true;
                continue;
            };
            let is_absent = value.is_null() && !is_free;
            let escaped = if is_free { Some(name.to_string()) } else { escape(&name) };
            let step = self.step(if own.is_some() { Step::Key(part.step, name) } else { Step::Entry(part.step, name) });
            let value = self.visit(Part::inner(schema, value, step), depth + 1);
            if let Some(escaped) = escaped.filter(|_| !is_absent) {
                entries.push((escaped.into(), value));
            }
        }
        let kind = if is_free { MapKind::Free } else { MapKind::Object(types::known(part.schema, part.is_resource)) };
        Value::Map(Rc::new(Map::of_document(entries, kind, has_unknown)))
    }

    /// What every object with metadata of its own has, whatever its schema says.
    fn meta(&self, part: &Part<'d>, name: &str, value: Node<'d>) -> Value {
        if name != "metadata" {
            return value.str().map_or(Value::Opaque, Value::text);
        }
        let mut entries: Vec<(Rc<str>, Value)> = Vec::new();
        let mut has_unknown = false;
        for (name, inner) in value.entries().filter(|(_, inner)| !inner.is_null()) {
            match name {
                "name" | "generateName" => entries.push((name.into(), inner.str().map_or(Value::Opaque, Value::text))),
                _ => has_unknown = true,
            }
        }
        // The API server makes a name where only its beginning is given.
        if part.step == 0 && entries.iter().all(|(name, _)| &**name != "name") {
            entries.push(("name".into(), Value::Opaque));
        }
        let known = ["name", "generateName"].into_iter().map(Into::into).collect();
        Value::Map(Rc::new(Map::of_document(entries, MapKind::Object(Rc::new(known)), has_unknown)))
    }

    fn program(&mut self, text: &'d str) -> Option<Rc<Program>> {
        self.programs.entry(text).or_insert_with(|| Program::parse(text).map(Rc::new)).clone()
    }

    fn judge(&mut self, rule: Node<'d>, part: &Part<'d>, value: &Value) {
        let Some(program) = rule.str_at("rule").and_then(|text| self.program(text)) else { return };
        let is_optional = says(rule, "optionalOldSelf");
        // There is no earlier object: what compares with it is not asked.
        if program.names("oldSelf") && !is_optional {
            return;
        }
        let old = is_optional.then_some(Value::Optional(None));
        let variables = Variables { own: Some(value.clone()), old };
        let message = match evaluate(&program, &variables, &mut self.budget) {
            Ok(Value::Bool(false)) => {
                let own = rule.str_at("messageExpression").and_then(|text| self.program(text));
                let variables = Variables { own: Some(value.clone()), old: None };
                let own = own.and_then(|program| match evaluate(&program, &variables, &mut self.budget) {
                    Ok(Value::Text(text)) => report::made(&text),
                    _ => None,
                });
                report::broken(rule, part.schema, &path(&self.steps, part.step), part.value, own)
            }
            Err(Stop::Error(error)) => report::failed(rule, part.schema, &path(&self.steps, part.step), &error),
            Ok(_) | Err(Stop::Unknown) => return,
        };
        self.faults.push(Fault { kind: FaultKind::Invalid, node: self.whole.home(part.value), message });
    }
}

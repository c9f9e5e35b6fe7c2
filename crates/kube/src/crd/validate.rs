//! Values that a schema does not allow: `k8s.io/kube-openapi/pkg/validation/validate`, and `listtype` of `k8s.io/apiextensions-apiserver`.
//! Rules in CEL are those of `rules`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use chartwright_go::quote::quoted;
use chartwright_go::regexp::{Regexp, Work};
use chartwright_yaml::{NodeId, NodeView};

use crate::node::Node;
use crate::schema::{Fault, FaultKind};

use super::defaults::Defaulted;
use super::keywords::Keywords;
use super::prune::says;
use super::{Step, formats, path};

/// So many values are held to a schema; what is beyond is not looked at.
const MAX_VISITS: usize = 500_000;

/// What may be done for one pattern. What takes longer is not looked at.
const PATTERN_WORK: u64 = 1_000_000;

/// What is still to be done, the last first.
enum Task<'d> {
    Visit {
        schema: Node<'d>,
        value: Node<'d>,
        step: usize,
        /// The number of the outcome that it adds to.
        out: usize,
    },
    /// Puts together what alternatives have come to.
    Combine { how: Combination, parts: std::ops::Range<usize>, value: Node<'d>, step: usize, out: usize },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Combination {
    AnyOf,
    OneOf,
    AllOf,
    Not,
}

/// What a value has come to, with how many checks it passed: of alternatives that all fail, the one that comes furthest is told of.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) faults: Vec<Fault>,
    passed: usize,
    /// Whether one of them keeps the API server from asking rules: `hasBlockingErr`.
    pub(super) blocks: bool,
}

/// The patterns of a definition that many objects are held to, compiled when they are met first.
#[derive(Default)]
pub(super) struct Patterns {
    /// By the place of the pattern in the definition; nothing for what does not compile.
    compiled: Mutex<HashMap<NodeId, Option<Arc<Regexp>>>>,
}

impl Patterns {
    fn get(&self, pattern: Node<'_>) -> Option<Arc<Regexp>> {
        // Whoever panicked with it left no half-made entry.
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = compiled.entry(pattern.id()).or_insert_with(|| compile(pattern));
        entry.clone()
    }
}

fn compile(pattern: Node<'_>) -> Option<Arc<Regexp>> {
    Regexp::compile(pattern.str()?.as_bytes()).ok().map(Arc::new)
}

struct Walk<'d, 'w> {
    patterns: Option<&'d Patterns>,
    steps: Vec<Step<'d>>,
    tasks: Vec<Task<'d>>,
    outcomes: Vec<Outcome>,
    /// The object with its defaults.
    whole: &'w Defaulted<'d>,
}

pub(super) fn invalid<'d>(schema: Node<'d>, root: Node<'d>, whole: &Defaulted<'d>, patterns: Option<&'d Patterns>) -> Outcome {
    let mut walk = Walk { patterns, steps: vec![Step::Root], tasks: Vec::new(), outcomes: vec![Outcome::default()], whole };
    walk.tasks.push(Task::Visit { schema, value: root, step: 0, out: 0 });
    let mut visits = 0;
    while let Some(task) = walk.tasks.pop() {
        match task {
            Task::Visit { schema, value, step, out } => walk.visit(schema, value, step, out),
            Task::Combine { how, parts, value, step, out } => walk.combine(how, parts, value, step, out),
        }
        visits += 1;
        if visits > MAX_VISITS {
            return Outcome { blocks: true, ..Outcome::default() };
        }
    }
    walk.outcomes.swap_remove(0)
}

/// What JSON calls a value. A number without a fraction is an integer.
fn type_of(value: Node<'_>) -> &'static str {
    match value.view() {
        NodeView::Null => "null",
        NodeView::Bool(_) => "boolean",
        NodeView::String(_) => "string",
        NodeView::Sequence(_) => "array",
        NodeView::Mapping(_) => "object",
        NodeView::Int(_) => "integer",
        NodeView::Float(float) if float.fract() == 0.0 && float.abs() < 9.2e18 => "integer",
        NodeView::Float(_) => "number",
    }
}

fn float(node: Node<'_>) -> Option<f64> {
    match node.view() {
        #[expect(clippy::cast_precision_loss, reason = "bounds are compared as the API server compares them")]
        NodeView::Int(number) => Some(number as f64),
        NodeView::Float(number) => Some(number),
        _ => None,
    }
}

/// A number as JSON writes it.
fn number(node: Node<'_>) -> String {
    node.tree().key_text(node.id()).into_owned()
}

/// A value as an error shows it.
pub(super) fn shown(value: Node<'_>) -> String {
    match value.view() {
        NodeView::String(text) => quoted(text.as_bytes()),
        NodeView::Int(_) | NodeView::Float(_) => number(value),
        _ => value.tree().to_json(value.id()).to_string(),
    }
}

fn same(one: Node<'_>, other: Node<'_>) -> bool {
    match (one.view(), other.view()) {
        (NodeView::String(one), NodeView::String(other)) => one == other,
        _ if float(one).is_some() => float(one) == float(other),
        _ => one.tree().to_json(one.id()) == other.tree().to_json(other.id()),
    }
}

impl<'d> Walk<'d, '_> {
    fn fault(&mut self, out: usize, kind: FaultKind, value: Node<'d>, message: String) {
        if let Some(outcome) = self.outcomes.get_mut(out) {
            outcome.faults.push(Fault { kind, node: self.whole.home(value), message });
        }
    }

    /// As [`Walk::fault`], of the kinds that keep rules from being asked.
    fn blocking_fault(&mut self, out: usize, kind: FaultKind, value: Node<'d>, message: String) {
        self.fault(out, kind, value, message);
        if let Some(outcome) = self.outcomes.get_mut(out) {
            outcome.blocks = true;
        }
    }

    fn passed(&mut self, out: usize, checks: usize) {
        if let Some(outcome) = self.outcomes.get_mut(out) {
            outcome.passed += checks;
        }
    }

    /// A value that is not allowed: what is shown of it, and what is said after `… in body`.
    fn refuse(&mut self, out: usize, step: usize, value: Node<'d>, shown: &str, says: &str) {
        let path = path(&self.steps, step);
        let name = if path.is_empty() { "<nil>".to_owned() } else { path.clone() };
        self.fault(out, FaultKind::Invalid, value, format!("{name}: Invalid value: {shown}: {path} in body {says}"));
    }

    fn refuse_type(&mut self, out: usize, step: usize, value: Node<'d>, shown: &str, wanted: &str) {
        self.refuse(out, step, value, shown, &format!("must be of type {wanted}: {shown}"));
        if let Some(outcome) = self.outcomes.get_mut(out) {
            outcome.blocks = true;
        }
    }

    /// What belongs to no field by itself.
    fn refuse_whole(&mut self, out: usize, value: Node<'d>, says: &str) {
        self.fault(out, FaultKind::Invalid, value, format!("<nil>: Invalid value: \"\": {says}"));
    }

    fn visit(&mut self, schema: Node<'d>, value: Node<'d>, step: usize, out: usize) {
        let met = type_of(value);
        let keywords = Keywords::of(schema);
        let wanted: &[&str] = match keywords.kind {
            _ if keywords.int_or_string => &["integer", "string"],
            Some(wanted) => &[wanted],
            None => &[],
        };
        if met == "null" {
            if !wanted.is_empty() && !keywords.nullable {
                self.mistyped(out, step, value, &wanted.join(","), met);
            } else {
                self.passed(out, 1);
            }
            return;
        }
        let format = keywords.format.filter(|format| match wanted {
            [] | ["string"] => true,
            ["integer"] => matches!(*format, "int32" | "int64"),
            ["number"] => matches!(*format, "float" | "double"),
            _ => false,
        });
        let fits = wanted.contains(&met) || met == "integer" && wanted.contains(&"number");
        let is_text = wanted.iter().all(|wanted| !matches!(*wanted, "number" | "integer"));
        match format {
            Some(format) if !matches!(met, "string" | "array") && !fits && !wanted.is_empty() => {
                let own = match met {
                    "integer" => "int64",
                    "number" => "float64",
                    _ => "",
                };
                self.mistyped(out, step, value, format, own);
            }
            Some(_) if is_text && matches!(met, "string" | "array") => self.passed(out, 1),
            _ if !fits && !wanted.is_empty() => self.mistyped(out, step, value, &wanted.join(","), met),
            _ => self.passed(out, 1),
        }
        self.alternatives(&keywords, value, step, out);
        match value.view() {
            NodeView::String(text) => self.text(&keywords, value, text, format, step, out),
            NodeView::Int(_) | NodeView::Float(_) => self.number(schema, value, wanted, format, step, out),
            NodeView::Sequence(_) => self.list(schema, &keywords, value, step, out),
            NodeView::Mapping(_) => self.object(&keywords, value, step, out),
            NodeView::Bool(_) | NodeView::Null => {}
        }
        if let Some(allowed) = keywords.values
            && !allowed.items().any(|allowed| same(allowed, value))
        {
            let supported: Vec<String> = allowed.items().map(|allowed| quoted(as_text(allowed).as_bytes())).collect();
            let path = path(&self.steps, step);
            let message = format!("{path}: Unsupported value: {}: supported values: {}", shown(value), supported.join(", "));
            self.blocking_fault(out, FaultKind::Invalid, value, message);
        }
        // Type, composition, enum and the whole are always looked at, the rest by kind.
        self.passed(out, if wanted.is_empty() && format.is_none() { 5 } else { 6 });
    }

    fn mistyped(&mut self, out: usize, step: usize, value: Node<'d>, wanted: &str, met: &str) {
        let met = quoted(met.as_bytes());
        self.refuse_type(out, step, value, &met, wanted);
    }

    fn alternatives(&mut self, keywords: &Keywords<'d>, value: Node<'d>, step: usize, out: usize) {
        if keywords.any_of.is_none() && keywords.one_of.is_none() && keywords.all_of.is_none() && keywords.not.is_none() {
            return;
        }
        let of = |list: Option<Node<'d>>| list.into_iter().flat_map(Node::items).collect::<Vec<_>>();
        for (how, parts) in [
            (Combination::AnyOf, fitting(of(keywords.any_of), value)),
            (Combination::OneOf, of(keywords.one_of)),
            (Combination::AllOf, of(keywords.all_of)),
            (Combination::Not, keywords.not.into_iter().collect()),
        ] {
            if parts.is_empty() {
                continue;
            }
            let first = self.outcomes.len();
            self.outcomes.extend(parts.iter().map(|_| Outcome::default()));
            self.tasks.push(Task::Combine { how, parts: first..self.outcomes.len(), value, step, out });
            for (at, part) in parts.into_iter().enumerate() {
                self.tasks.push(Task::Visit { schema: part, value, step, out: first + at });
            }
        }
    }

    fn combine(&mut self, how: Combination, parts: std::ops::Range<usize>, value: Node<'d>, step: usize, out: usize) {
        let outcomes: Vec<Outcome> = self.outcomes.get_mut(parts).unwrap_or_default().iter_mut().map(std::mem::take).collect();
        let valid = outcomes.iter().filter(|outcome| outcome.faults.is_empty()).count();
        let name = quoted(path(&self.steps, step).as_bytes());
        let complaint = match how {
            Combination::AnyOf if valid == 0 => Some(format!("{name} must validate at least one schema (anyOf)")),
            Combination::OneOf if valid == 0 => Some(format!("{name} must validate one and only one schema (oneOf). Found none valid")),
            Combination::OneOf if valid > 1 => {
                Some(format!("{name} must validate one and only one schema (oneOf). Found {valid} valid alternatives"))
            }
            Combination::AllOf if valid < outcomes.len() => {
                Some(format!("{name} must validate all the schemas (allOf){}", if valid == 0 { ". None validated" } else { "" }))
            }
            Combination::Not if valid > 0 => Some(format!("{name} must not validate the schema (not)")),
            _ => None,
        };
        if let Some(complaint) = &complaint {
            self.refuse_whole(out, value, complaint);
        }
        let kept: Vec<Outcome> = match how {
            Combination::AllOf => outcomes,
            Combination::Not => Vec::new(),
            // More than one that is right: nothing is said of them.
            Combination::OneOf if valid > 1 => Vec::new(),
            Combination::AnyOf | Combination::OneOf if valid > 0 => {
                outcomes.into_iter().find(|outcome| outcome.faults.is_empty()).into_iter().collect()
            }
            // The first of those that come furthest.
            Combination::AnyOf | Combination::OneOf => {
                outcomes.into_iter().rev().max_by_key(|outcome| outcome.passed).into_iter().collect()
            }
        };
        for outcome in kept {
            self.passed(out, outcome.passed);
            if let Some(into) = self.outcomes.get_mut(out) {
                into.faults.extend(outcome.faults);
                into.blocks |= outcome.blocks;
            }
        }
    }

    fn text(&mut self, keywords: &Keywords<'d>, value: Node<'d>, text: &str, format: Option<&str>, step: usize, out: usize) {
        let bounded = keywords.max_length.is_some() || keywords.min_length.is_some();
        let count = if bounded { i64::try_from(text.chars().count()).unwrap_or(i64::MAX) } else { 0 };
        let shown = || quoted(text.as_bytes());
        if let Some(most) = keywords.max_length.filter(|most| count > *most) {
            let path = path(&self.steps, step);
            self.blocking_fault(out, FaultKind::Invalid, value, format!("{path}: Too long: may not be more than {most} bytes"));
        } else if let Some(least) = keywords.min_length.filter(|least| count < *least) {
            self.refuse(out, step, value, &shown(), &format!("should be at least {least} chars long"));
        } else if let Some(pattern) = keywords.pattern
            && let Some(regexp) = self.patterns.map_or_else(|| compile(pattern), |patterns| patterns.get(pattern))
        {
            let mut work = Work::new(PATTERN_WORK);
            if !regexp.is_match(text.as_bytes(), &mut work) && !work.is_spent() {
                self.refuse(out, step, value, &shown(), &format!("should match '{}'", pattern.str().unwrap_or_default()));
            }
        }
        if let Some(format) = format.filter(|format| !formats::is_of(format, text)) {
            self.refuse_type(out, step, value, &shown(), format);
        }
    }

    fn number(&mut self, schema: Node<'d>, value: Node<'d>, wanted: &[&str], format: Option<&str>, step: usize, out: usize) {
        let Some(own) = float(value) else { return };
        let shown = || number(value);
        if wanted == ["integer"] {
            let path = || path(&self.steps, step);
            if own.fract() != 0.0 || own.abs() >= 9.3e18 {
                let format = format.map_or("(default format)".to_owned(), |format| format!("with format {format}"));
                self.refuse_whole(out, value, &format!("Checked value must be of type integer {format} in {}", path()));
            } else if format == Some("int32") && !(-2_147_483_648.0..2_147_483_648.0).contains(&own) {
                self.refuse_whole(out, value, &format!("Checked value must be of type integer with format int32 in {}", path()));
            }
        }
        if let Some((factor, node)) = schema.get("multipleOf").and_then(|node| Some((float(node)?, node)))
            && factor > 0.0
        {
            let times = if factor < 1.0 { 1.0 / factor * own } else { own / factor };
            if (times - times.round()).abs() > 1e-9 {
                self.refuse(out, step, value, &shown(), &format!("should be a multiple of {}", number(node)));
            }
        }
        if let Some((most, node)) = schema.get("maximum").and_then(|node| Some((float(node)?, node))) {
            let exclusive = says(schema, "exclusiveMaximum");
            if own > most || exclusive && own == most {
                let or_equal = if exclusive { "" } else { " or equal to" };
                self.refuse(out, step, value, &shown(), &format!("should be less than{or_equal} {}", number(node)));
            }
        }
        if let Some((least, node)) = schema.get("minimum").and_then(|node| Some((float(node)?, node))) {
            let exclusive = says(schema, "exclusiveMinimum");
            if own < least || exclusive && own == least {
                let or_equal = if exclusive { "" } else { " or equal to" };
                self.refuse(out, step, value, &shown(), &format!("should be greater than{or_equal} {}", number(node)));
            }
        }
        self.passed(out, 1);
    }

    fn list(&mut self, schema: Node<'d>, keywords: &Keywords<'d>, value: Node<'d>, step: usize, out: usize) {
        if let Some(items) = keywords.items {
            for (index, item) in value.items().enumerate() {
                self.steps.push(Step::Index(step, index));
                self.tasks.push(Task::Visit { schema: items, value: item, step: self.steps.len() - 1, out });
            }
        }
        if keywords.list_type == Some("map") {
            for (index, item) in value.items().enumerate().filter(|(_, item)| !matches!(item.view(), NodeView::Mapping(_) | NodeView::Null))
            {
                let path = path(&self.steps, step);
                let message = format!("{path}[{index}]: Invalid value: {}: must be an object for an array of list-type map", shown(item));
                self.fault(out, FaultKind::Invalid, item, message);
            }
        }
        let size = value.items().count();
        let count = i64::try_from(size).unwrap_or(i64::MAX);
        if let Some(least) = keywords.min_items.filter(|least| count < *least) {
            self.refuse(out, step, value, &count.to_string(), &format!("should have at least {least} items"));
        }
        if let Some(most) = keywords.max_items.filter(|most| count > *most) {
            let path = path(&self.steps, step);
            self.blocking_fault(
                out,
                FaultKind::Invalid,
                value,
                format!("{path}: Too many: {count}: must have at most {most} {}", items(most)),
            );
        }
        if keywords.unique_items && self.repeated(schema, value).is_some() {
            self.refuse(out, step, value, &shown(value), "shouldn't contain duplicates");
        } else if matches!(keywords.list_type, Some("set" | "map"))
            && let Some((index, item, what)) = self.repeated(schema, value)
        {
            let path = path(&self.steps, step);
            self.fault(out, FaultKind::Invalid, item, format!("{path}[{index}]: Duplicate value: {what}"));
        }
        self.passed(out, 1);
    }

    /// The first item of a list that repeats one before, with what they have in common.
    fn repeated(&self, schema: Node<'d>, list: Node<'d>) -> Option<(usize, Node<'d>, String)> {
        let keys: Vec<&str> = schema.items_at("x-kubernetes-list-map-keys").filter_map(Node::str).collect();
        let mut seen = HashSet::new();
        list.items().enumerate().find_map(|(index, item)| {
            let what = if keys.is_empty() {
                shown(item)
            } else {
                let tree = item.tree();
                let mut parts: Vec<String> = Vec::new();
                for key in &keys {
                    let own = tree.get(item.id(), key).map(|own| tree.to_json(own));
                    let default =
                        || schema.at(&["items", "properties", key, "default"]).map(|default| default.tree().to_json(default.id()));
                    if let Some(part) = own.or_else(default) {
                        parts.push(format!("{}:{part}", quoted(key.as_bytes())));
                    }
                }
                parts.sort();
                format!("{{{}}}", parts.join(","))
            };
            (!seen.insert(what.clone())).then_some((index, item, what))
        })
    }

    fn object(&mut self, keywords: &Keywords<'d>, value: Node<'d>, step: usize, out: usize) {
        let properties = keywords.properties;
        let additional = keywords.additional.filter(|additional| matches!(additional.view(), NodeView::Mapping(_)));
        let mut present: Vec<Cow<'d, str>> = Vec::new();
        let counts = keywords.required.is_some() || keywords.min_properties.is_some() || keywords.max_properties.is_some();
        let whole = self.whole;
        for (name, part) in whole.entries(value) {
            let inner = properties.and_then(|properties| properties.get(&name)).or(additional);
            if counts {
                present.push(name.clone());
            }
            if let Some(inner) = inner {
                self.steps.push(Step::Key(step, name));
                self.tasks.push(Task::Visit { schema: inner, value: part, step: self.steps.len() - 1, out });
            }
        }
        let size = || {
            let names: HashSet<_> = present.iter().collect();
            i64::try_from(names.len()).unwrap_or(i64::MAX)
        };
        if let Some((least, size)) = keywords.min_properties.map(|least| (least, size())).filter(|(least, size)| size < least) {
            self.refuse(out, step, value, &size.to_string(), &format!("should have at least {least} properties"));
        }
        if let Some((most, size)) = keywords.max_properties.map(|most| (most, size())).filter(|(most, size)| size > most) {
            let path = path(&self.steps, step);
            self.blocking_fault(
                out,
                FaultKind::Invalid,
                value,
                format!("{path}: Too many: {size}: must have at most {most} {}", items(most)),
            );
        }
        for key in keywords.required.into_iter().flat_map(Node::items).filter_map(Node::str) {
            if !present.iter().any(|own| own == key) {
                let path = path(&self.steps, step);
                let dot = if path.is_empty() { "" } else { "." };
                self.blocking_fault(out, FaultKind::Missing, value, format!("{path}{dot}{key}: Required value"));
            }
        }
    }
}

/// Of alternatives of which one has to fit, the first that fits where the type alone says so; all where more has to be asked. Most are
/// those of an integer or text, and what is wrong with the first is not said.
fn fitting<'d>(alternatives: Vec<Node<'d>>, value: Node<'d>) -> Vec<Node<'d>> {
    let met = type_of(value);
    let bare = |schema: &Node<'d>| match schema.view() {
        NodeView::Mapping([_]) => schema.str_at("type"),
        _ => None,
    };
    let fits = |wanted: &str| wanted == met || wanted == "number" && met == "integer";
    match alternatives.iter().position(|schema| bare(schema).is_none_or(fits)) {
        Some(first) if bare(&alternatives[first]).is_some() => vec![alternatives[first]],
        _ => alternatives,
    }
}

fn items(count: i64) -> &'static str {
    if count == 1 { "item" } else { "items" }
}

/// A value of an enum as the API server lists it: text as it is, all else as JSON.
fn as_text(value: Node<'_>) -> String {
    match value.str() {
        Some(text) => text.to_owned(),
        None => shown(value),
    }
}

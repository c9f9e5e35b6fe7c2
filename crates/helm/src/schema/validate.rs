//! Walks a value and a schema together (`validator.go`). Native recursion is bounded by [`MAX_DEPTH`].

mod containers;
mod spent;

pub(crate) use spent::Matched;

use super::compile::{Moving, Node, NodeId};
use super::draft::Draft;
use super::equal::{equal, number_of, type_name};
use super::failure::{Failure, Reason, quote};
use super::meta;
use super::number::is_multiple;
use chartwright_value::{Heap, Repr, Value};
use serde_json::Value as Json;
use spent::Spent;

/// How deep schemas and values may nest in each other while one value is checked.
const MAX_DEPTH: usize = 300;

pub(super) fn validate(nodes: &[Node], heap: &Heap, value: Value, matched: &mut Matched) -> Vec<Failure> {
    let unevaluated = start(&nodes[0], heap, value, false);
    let spent = &mut Spent::default();
    Walk { nodes, heap, matched, spent, path: Vec::new(), chain: Vec::new(), unevaluated, meta: None }.whole(value)
}

/// In which draft the schema at a place is written.
pub(super) struct Dialect {
    pub(super) path: Vec<String>,
    pub(super) draft: Draft,
}

/// Checks a schema by its draft's metaschema, and the parts of it that are in another draft by theirs (`handleMeta`).
pub(super) fn validate_schema(nodes: &[Node], heap: &Heap, value: Value, draft: Draft, dialects: &[Dialect]) -> Vec<Failure> {
    let (unevaluated, meta) = (start(&nodes[0], heap, value, false), Some((draft, dialects)));
    let (matched, spent) = (&mut Matched::default(), &mut Spent::default());
    Walk { nodes, heap, matched, spent, path: Vec::new(), chain: Vec::new(), unevaluated, meta }.whole(value)
}

#[derive(Clone, Copy)]
enum Step {
    Key(Value),
    Index(usize),
}

struct Walk<'a> {
    nodes: &'a [Node],
    heap: &'a Heap,
    matched: &'a mut Matched,
    spent: &'a mut Spent,
    path: Vec<Step>,
    /// The schemas entered, each with the length of the path: the same schema twice at one place is a cycle.
    chain: Vec<(NodeId, usize)>,
    /// Which of the value's properties or items no keyword has spoken of yet; empty where nobody asks.
    unevaluated: Vec<bool>,
    /// Where schemas are checked themselves: the draft of the nodes, and those of the parts.
    meta: Option<(Draft, &'a [Dialect])>,
}

/// All of a value's properties or items, if a schema or the one above it asks for those that are left over (`unevalFrom`).
fn start(node: &Node, heap: &Heap, value: Value, above_asks: bool) -> Vec<bool> {
    match value.repr() {
        Repr::Map(_) if !node.all_properties_evaluated && (above_asks || node.unevaluated_properties.is_some()) => {
            vec![true; heap.entries(value).len()]
        }
        Repr::List(_) if !node.all_items_evaluated && (above_asks || node.unevaluated_items.is_some()) => {
            let known = node.prefix_items.len();
            (0..heap.items(value).len()).map(|at| at >= known).collect()
        }
        _ => Vec::new(),
    }
}

/// What is being found about one value by one schema.
struct Found {
    failures: Vec<Failure>,
    /// Only whether it fits is asked, so the first failure is enough.
    brief: bool,
}

impl Found {
    fn take(&mut self, result: Result<(), Failure>) {
        self.failures.extend(result.err());
    }

    fn enough(&self) -> bool {
        self.brief && !self.failures.is_empty()
    }
}

impl Walk<'_> {
    fn whole(mut self, value: Value) -> Vec<Failure> {
        let result = self.check(0, value, false);
        if self.spent.is_too_much() {
            return vec![Failure { path: Vec::new(), reason: Reason::TooLong, causes: Vec::new() }];
        }
        match result {
            Ok(()) => Vec::new(),
            Err(Failure { reason: Reason::Group, causes, .. }) => causes,
            Err(failure) => vec![failure],
        }
    }

    /// The draft of the schema that is being checked here, if it is another one than that of the nodes.
    fn other_draft(&self) -> Option<Draft> {
        let (own, dialects) = self.meta?;
        let here = |dialect: &&Dialect| {
            dialect.path.len() == self.path.len()
                && dialect.path.iter().zip(&self.path).all(|(name, step)| match step {
                    Step::Key(key) => self.heap.str(*key) == name.as_bytes(),
                    Step::Index(index) => *name == index.to_string(),
                })
        };
        dialects.iter().find(here).map(|dialect| dialect.draft).filter(|draft| *draft != own)
    }

    fn failure(&self, reason: Reason) -> Failure {
        let path = self.path.iter().map(|step| match step {
            Step::Key(key) => String::from_utf8_lossy(self.heap.str(*key)).into_owned(),
            Step::Index(index) => index.to_string(),
        });
        self.spent.failures.set(self.spent.failures.get() + 1 + self.path.len());
        Failure { path: path.collect(), reason, causes: Vec::new() }
    }

    /// Checks the same value by another schema, and takes over what that one has evaluated.
    fn check_self(&mut self, id: NodeId, value: Value, brief: bool) -> Result<(), Failure> {
        let asks = self.asks();
        let inner = start(&self.nodes[id], self.heap, value, asks);
        let outer = std::mem::replace(&mut self.unevaluated, inner);
        let result = self.check(id, value, brief);
        let inner = std::mem::replace(&mut self.unevaluated, outer);
        if result.is_ok() {
            self.unevaluated.iter_mut().enumerate().for_each(|(at, left)| *left &= inner.get(at).copied().unwrap_or(false));
        }
        result
    }

    /// Checks a value that lies below, or beside, the one at hand.
    fn check_other(&mut self, id: NodeId, value: Value, brief: bool) -> Result<(), Failure> {
        let inner = start(&self.nodes[id], self.heap, value, false);
        let outer = std::mem::replace(&mut self.unevaluated, inner);
        let result = self.check(id, value, brief);
        self.unevaluated = outer;
        result
    }

    fn asks(&self) -> bool {
        self.unevaluated.iter().any(|left| *left)
    }

    fn evaluated(&mut self, at: usize) {
        if let Some(left) = self.unevaluated.get_mut(at) {
            *left = false;
        }
    }

    fn check(&mut self, id: NodeId, value: Value, brief: bool) -> Result<(), Failure> {
        let depth = self.path.len();
        let here = self.chain.iter().rev().take_while(|(_, at)| *at == depth).count();
        let start = self.chain.len() - here;
        if let Some(known) = self.chain[start..].iter().position(|(known, _)| *known == id) {
            return Err(self.failure(self.cycle(start + known, id)));
        }
        if self.chain.len() >= MAX_DEPTH {
            return Err(self.failure(Reason::TooDeep));
        }
        self.spent.checks += 1;
        if self.spent.is_too_much() {
            return Err(self.failure(Reason::TooLong));
        }
        self.chain.push((id, depth));
        let other = if id == 0 { self.other_draft() } else { None };
        let result = match other {
            None => self.check_node(id, value, brief),
            Some(draft) => {
                let mut matched = Matched::default();
                let mut other = Walk {
                    nodes: meta::nodes(draft.version()),
                    heap: self.heap,
                    matched: &mut matched,
                    spent: &mut *self.spent,
                    path: self.path.clone(),
                    chain: self.chain.clone(),
                    unevaluated: Vec::new(),
                    meta: self.meta.map(|(_, dialects)| (draft, dialects)),
                };
                other.check_node(0, value, brief)
            }
        };
        self.chain.pop();
        result
    }

    /// Two ways that lead to the same schema for the same value: the one that the chain has gone so far, and its beginning.
    fn cycle(&self, known: usize, id: NodeId) -> Reason {
        let ids: Vec<NodeId> = self.chain.iter().map(|(id, _)| *id).chain([id]).collect();
        let steps: Vec<String> = ids.windows(2).map(|pair| self.keyword(pair[0], pair[1])).collect();
        Reason::RefCycle { first: steps.concat(), second: steps[..known].concat(), url: self.nodes[id].location.clone() }
    }

    /// The keyword by which a schema leads to another.
    fn keyword(&self, from: NodeId, to: NodeId) -> String {
        let (node, target) = (&self.nodes[from], &self.nodes[to].location);
        match target.strip_prefix(node.location.as_str()) {
            _ if node.reference == Some(to) => "/$ref".to_owned(),
            Some(below) if below.starts_with('/') => below.to_owned(),
            _ => "/$dynamicRef".to_owned(),
        }
    }

    fn check_node(&mut self, id: NodeId, value: Value, brief: bool) -> Result<(), Failure> {
        let nodes = self.nodes;
        let node = &nodes[id];
        if let Some(fits) = node.boolean {
            return if fits { Ok(()) } else { Err(self.failure(Reason::FalseSchema)) };
        }
        self.scalar_rules(node, value)?;
        if let (true, Some(target)) = (node.only_reference, node.reference) {
            return self.reference(target, value, brief);
        }
        let mut found = Found { failures: Vec::new(), brief };
        if let Some(target) = node.reference {
            let result = self.reference(target, value, brief);
            found.take(result);
        }
        match value.repr() {
            Repr::Map(_) => self.object(node, value, &mut found),
            Repr::List(_) => self.array(node, value, &mut found),
            Repr::String(_) => self.string(id, value, &mut found),
            Repr::Int(_) | Repr::Uint(_) | Repr::Float(_) => self.number(node, number_of(value), &mut found),
            _ => {}
        }
        if !found.enough() {
            if let Some(reference) = &node.moving_reference {
                let target = self.target(reference);
                let result = self.reference(target, value, brief);
                found.take(result);
            }
            self.conditions(node, value, &mut found);
            self.left_over(node, value, &mut found);
        }
        match found.failures.len() {
            0 => Ok(()),
            1 => Err(found.failures.remove(0)),
            _ => Err(Failure { causes: found.failures, ..self.failure(Reason::Group) }),
        }
    }

    /// Where a reference leads from here: to the outermost schema on the way that has its anchor.
    fn target(&self, reference: &Moving) -> NodeId {
        let own = &self.nodes[reference.target];
        let resource = |id: NodeId| &self.nodes[self.nodes[id].resource];
        let mut way = self.chain.iter().map(|(id, _)| *id);
        let found = match &reference.anchor {
            None if own.recursive_anchor => way.find(|id| resource(*id).recursive_anchor),
            Some(name) if own.dynamic_anchor.as_ref() == Some(name) => {
                way.find_map(|id| resource(id).dynamic_anchors.iter().find(|(known, _)| known == name).map(|(_, id)| *id))
            }
            _ => None,
        };
        found.unwrap_or(reference.target)
    }

    fn reference(&mut self, target: NodeId, value: Value, brief: bool) -> Result<(), Failure> {
        self.check_self(target, value, brief).map_err(|failure| {
            let outer = self.failure(Reason::Reference);
            match failure.reason {
                Reason::Group => Failure { causes: failure.causes, ..outer },
                _ => Failure { causes: vec![failure], ..outer },
            }
        })
    }

    /// `type`, `const`, `enum` and `format`: the first that fails ends the check of this schema.
    fn scalar_rules(&self, node: &Node, value: Value) -> Result<(), Failure> {
        let got = type_name(value);
        if !node.types.is_empty() {
            let whole = got == "number" && node.types.contains("integer") && number_of(value).fract() == 0.0;
            if !node.types.contains(got) && !whole {
                return Err(self.failure(Reason::Type { got, want: node.types.names() }));
            }
        }
        if let Some(constant) = &node.constant
            && !equal(self.heap, value, constant)
        {
            return Err(self.failure(Reason::Const(display(constant))));
        }
        if let Some(choices) = &node.choices
            && !choices.iter().any(|choice| equal(self.heap, value, choice))
        {
            return Err(self.failure(Reason::Enum(choices.iter().map(display).collect())));
        }
        if let (Some(format), Repr::String(_)) = (node.format, value.repr()) {
            let text = String::from_utf8_lossy(self.heap.str(value));
            if let Err(reason) = (format.check)(&text) {
                let want = format.name.to_owned();
                return Err(self.failure(Reason::Format { got: quote(&text), want, reason }));
            }
        }
        Ok(())
    }

    fn below(&mut self, step: Step, id: NodeId, value: Value, found: &mut Found) {
        self.path.push(step);
        let result = self.check_other(id, value, found.brief);
        self.path.pop();
        found.take(result);
    }

    fn string(&mut self, id: NodeId, value: Value, found: &mut Found) {
        let node = &self.nodes[id];
        let bytes = self.heap.str(value);
        if node.min_length.is_some() || node.max_length.is_some() {
            let got = chartwright_go::utf8::count(bytes);
            if let Some(want) = node.min_length.filter(|want| got < *want) {
                found.failures.push(self.failure(Reason::Count { keyword: "minLength", got, want }));
            }
            if let Some(want) = node.max_length.filter(|want| got > *want) {
                found.failures.push(self.failure(Reason::Count { keyword: "maxLength", got, want }));
            }
        }
        if let Some((pattern, want)) = &node.pattern
            && !self.matched.is_match(id, pattern, bytes, &mut self.spent.work)
        {
            let got = String::from_utf8_lossy(bytes).into_owned();
            found.failures.push(self.failure(Reason::Pattern { got, want: want.clone() }));
        }
    }

    fn number(&self, node: &Node, got: f64, found: &mut Found) {
        let mut bound = |keyword, want: Option<f64>, fits: fn(f64, f64) -> bool| {
            if let Some(want) = want.filter(|want| !fits(got, *want)) {
                found.failures.push(self.failure(Reason::Bound { keyword, got, want }));
            }
        };
        bound("minimum", node.minimum, |got, want| got >= want);
        bound("maximum", node.maximum, |got, want| got <= want);
        bound("exclusiveMinimum", node.exclusive_minimum, |got, want| got > want);
        bound("exclusiveMaximum", node.exclusive_maximum, |got, want| got < want);
        bound("multipleOf", node.multiple_of, is_multiple);
    }

    fn conditions(&mut self, node: &Node, value: Value, found: &mut Found) {
        if let Some(id) = node.not
            && self.check_self(id, value, true).is_ok()
        {
            found.failures.push(self.failure(Reason::Not));
        }
        let causes: Vec<Failure> = node.all_of.iter().filter_map(|id| self.check_self(*id, value, found.brief).err()).collect();
        if !causes.is_empty() {
            found.failures.push(Failure { causes, ..self.failure(Reason::AllOf) });
        }
        if !node.any_of.is_empty() {
            let mut causes = Vec::new();
            let mut fits = false;
            for id in &node.any_of {
                match self.check_self(*id, value, found.brief) {
                    Err(failure) => causes.push(failure),
                    Ok(()) => {
                        fits = true;
                        // The others may evaluate more.
                        if !self.asks() {
                            break;
                        }
                    }
                }
            }
            if !fits {
                found.failures.push(Failure { causes, ..self.failure(Reason::AnyOf) });
            }
        }
        if !node.one_of.is_empty() {
            self.one_of(node, value, found);
        }
        if let Some(id) = node.if_ {
            let branch = if self.check_self(id, value, true).is_ok() { node.then } else { node.else_ };
            if let Some(id) = branch {
                let result = self.check_self(id, value, found.brief);
                found.take(result);
            }
        }
    }

    fn one_of(&mut self, node: &Node, value: Value, found: &mut Found) {
        let mut matched = None;
        let mut causes = Vec::new();
        for (at, id) in node.one_of.iter().enumerate() {
            match (self.check_self(*id, value, found.brief || matched.is_some()), matched) {
                (Ok(()), None) => matched = Some(at),
                (Ok(()), Some(first)) => {
                    found.failures.push(self.failure(Reason::OneOf(Some((first, at)))));
                    break;
                }
                (Err(failure), None) => causes.push(failure),
                (Err(_), Some(_)) => {}
            }
        }
        if matched.is_none() {
            found.failures.push(Failure { causes, ..self.failure(Reason::OneOf(None)) });
        }
    }
}

/// A scalar of a schema as messages show it; nothing for lists and maps.
fn display(json: &Json) -> Option<String> {
    match json {
        Json::Null => Some("<nil>".to_owned()),
        Json::Bool(b) => Some(b.to_string()),
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => Some(quote(text)),
        Json::Array(_) | Json::Object(_) => None,
    }
}

//! From a schema's text to an array of nodes that point to each other by number (`objcompiler.go`).

use super::draft::{Draft, join};
use super::failure::Failure;
use super::format::Format;
use super::resources::{Documents, Loader, Place, Roots, split};
use super::validate::{self, Dialect};
use super::{Violations, meta};
use chartwright_go::quote::quoted;
use chartwright_go::regexp::Regexp;
use chartwright_value::Heap;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::sync::Arc;

/// How many schemas there may be in one: public charts have a few thousand.
const MAX_NODES: usize = 50_000;

/// A schema's place in the array of nodes. The root is 0.
pub(super) type NodeId = usize;

/// What one schema object demands. Absent keywords demand nothing.
#[derive(Default)]
pub(super) struct Node {
    /// Where it stands: its document and a pointer into it.
    pub(super) location: String,
    pub(super) boolean: Option<bool>,
    pub(super) types: Types,
    pub(super) constant: Option<Json>,
    pub(super) choices: Option<Vec<Json>>,
    pub(super) format: Option<Format>,
    pub(super) reference: Option<NodeId>,
    /// Whether a reference is all there is: drafts before 2019-09 ignore what stands beside it.
    pub(super) only_reference: bool,
    /// `$dynamicRef` or `$recursiveRef`.
    pub(super) moving_reference: Option<Moving>,
    /// The resource that it stands in.
    pub(super) resource: NodeId,
    pub(super) recursive_anchor: bool,
    pub(super) dynamic_anchor: Option<String>,
    /// A resource's dynamic anchors.
    pub(super) dynamic_anchors: Vec<(String, NodeId)>,
    pub(super) unevaluated_properties: Option<NodeId>,
    pub(super) unevaluated_items: Option<NodeId>,
    /// Whether another keyword speaks of every property, or of every item.
    pub(super) all_properties_evaluated: bool,
    pub(super) all_items_evaluated: bool,
    pub(super) min_properties: Option<usize>,
    pub(super) max_properties: Option<usize>,
    pub(super) required: Vec<String>,
    pub(super) dependencies: Vec<(String, Dependency)>,
    pub(super) dependent_required: Vec<(String, Vec<String>)>,
    pub(super) dependent_schemas: Vec<(String, NodeId)>,
    /// Sorted by name.
    pub(super) properties: Vec<(String, NodeId)>,
    pub(super) pattern_properties: Vec<(Arc<Regexp>, NodeId)>,
    pub(super) additional_properties: Additional,
    pub(super) property_names: Option<NodeId>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) unique_items: bool,
    pub(super) prefix_items: Vec<NodeId>,
    pub(super) items: Additional,
    pub(super) contains: Option<NodeId>,
    /// Whether items that it holds for count as evaluated: from draft 2020-12 on.
    pub(super) contains_evaluates: bool,
    pub(super) min_contains: Option<usize>,
    pub(super) max_contains: Option<usize>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<(Arc<Regexp>, String)>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) exclusive_minimum: Option<f64>,
    pub(super) exclusive_maximum: Option<f64>,
    pub(super) multiple_of: Option<f64>,
    pub(super) not: Option<NodeId>,
    pub(super) all_of: Vec<NodeId>,
    pub(super) any_of: Vec<NodeId>,
    pub(super) one_of: Vec<NodeId>,
    pub(super) if_: Option<NodeId>,
    pub(super) then: Option<NodeId>,
    pub(super) else_: Option<NodeId>,
}

/// A reference whose target depends on the schemas that lead to it.
pub(super) struct Moving {
    /// Where it leads by itself.
    pub(super) target: NodeId,
    /// The anchor that a `$dynamicRef` names, empty where it names none; nothing for a `$recursiveRef`.
    pub(super) anchor: Option<String>,
}

/// What holds for the properties or items that no other keyword names.
#[derive(Default, Clone, Copy)]
pub(super) enum Additional {
    #[default]
    Any,
    None,
    Schema(NodeId),
}

/// `dependencies` of the older drafts.
pub(super) enum Dependency {
    Names(Vec<String>),
    Schema(NodeId),
}

/// A set of JSON types; empty means any.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(pub(super) u8);

/// The types in the order in which the validator names them.
pub(super) const TYPES: [&str; 7] = ["null", "boolean", "number", "integer", "string", "array", "object"];

impl Types {
    pub(super) fn of(name: &str) -> Types {
        Types(TYPES.iter().position(|known| *known == name).map_or(0, |at| 1 << at))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn contains(self, name: &str) -> bool {
        self.0 & Types::of(name).0 != 0
    }

    pub(super) fn names(self) -> String {
        TYPES.iter().filter(|name| self.contains(name)).copied().collect::<Vec<_>>().join(" or ")
    }
}

struct Compiler<'a, 'l> {
    roots: Roots<'a, 'l>,
    /// Node numbers by place.
    known: HashMap<Place, NodeId>,
    queue: Vec<Place>,
    /// The document and the draft of the schema at hand.
    here: usize,
    draft: u32,
    /// Whether a metaschema is being compiled: those of all drafts check formats.
    is_metaschema: bool,
    /// Patterns by their text: a schema says the same ones many times, and compiling them is dear.
    patterns: HashMap<String, Arc<Regexp>>,
}

/// A compiled schema.
#[derive(Default)]
pub(super) struct Compiled {
    /// The root first.
    pub(super) nodes: Vec<Node>,
    /// URNs of schemas that nobody knows.
    pub(super) unresolved: Vec<String>,
}

/// Compiles the document at a URL. `load` reads further ones that it refers to.
pub(super) fn compile(url: &str, document: Json, load: Loader<'_>) -> Result<Compiled, String> {
    let documents = Documents::default();
    let mut compiler = Compiler {
        roots: Roots::new(&documents, load),
        known: HashMap::new(),
        queue: Vec::new(),
        here: 0,
        draft: 0,
        is_metaschema: Draft::by_url(url).is_some(),
        patterns: HashMap::new(),
    };
    let root = compiler.roots.add(url, documents.keep(document))?;
    compiler.check(root, "")?;
    compiler.node(String::new());
    let mut nodes = Vec::new();
    while nodes.len() < compiler.queue.len() {
        if nodes.len() > MAX_NODES {
            return Err("the schema is too large".to_owned());
        }
        let (root, pointer) = compiler.queue[nodes.len()].clone();
        let node = compiler.compile(root, &pointer)?;
        nodes.push(Node { location: compiler.roots.roots[root].location(&pointer), ..node });
    }
    Ok(Compiled { nodes, unresolved: compiler.roots.unresolved })
}

impl<'a> Compiler<'a, '_> {
    /// Checks a schema by its draft's metaschema. A metaschema is not checked, and one that nests too deep to be checked is let through:
    /// its use is limited too.
    fn check(&self, root: usize, pointer: &str) -> Result<(), String> {
        let root = &self.roots.roots[root];
        let draft = root.resource(pointer).draft;
        if Draft::by_url(&root.url).is_some() {
            return Ok(());
        }
        let nodes = meta::nodes(draft.version());
        let mut heap = Heap::default();
        let value = super::from_json(&mut heap, root.document.pointer(pointer).unwrap_or(&Json::Null));
        let dialects: Vec<Dialect> = root.resources.iter().filter_map(|resource| resource.dialect(pointer)).collect();
        let failures = if nodes.is_empty() { Vec::new() } else { validate::validate_schema(nodes, &heap, value, draft, &dialects) };
        if failures.is_empty() || failures.iter().any(Failure::is_too_deep) {
            return Ok(());
        }
        Err(format!(
            "{} is not valid against metaschema: jsonschema validation failed with '{}#'\n{}",
            quoted(root.location(pointer).as_bytes()),
            meta::url(draft.version()),
            Violations { failures }
        ))
    }

    fn node(&mut self, pointer: String) -> NodeId {
        self.node_at((self.here, pointer))
    }

    fn node_at(&mut self, place: Place) -> NodeId {
        if let Some(id) = self.known.get(&place) {
            return *id;
        }
        let id = self.queue.len();
        self.known.insert(place.clone(), id);
        self.queue.push(place);
        id
    }

    fn compile(&mut self, root: usize, pointer: &str) -> Result<Node, String> {
        if !self.roots.roots[root].knows(pointer) {
            self.roots.learn(root, pointer)?;
            self.check(root, pointer)?;
        }
        let here = &self.roots.roots[root];
        let document: &'a Json = here.document;
        let json = document.pointer(pointer);
        let json = json.ok_or_else(|| format!("json-pointer in {} not found", quoted(here.location(pointer).as_bytes())))?;
        let resource = here.resource(pointer);
        (self.here, self.draft) = (root, resource.draft.version());
        let (base, anchors) = (resource.pointer.clone(), resource.dynamic_anchors());
        let mut node = Node { resource: self.node(base.clone()), ..Node::default() };
        if base == pointer {
            node.dynamic_anchors = anchors.into_iter().map(|(name, pointer)| (name, self.node(pointer))).collect();
        }
        let object = match json {
            Json::Bool(b) => return Ok(Node { boolean: Some(*b), ..node }),
            Json::Object(object) => object,
            _ => return Ok(node),
        };
        if let Some(reference) = object.get("$ref").and_then(Json::as_str) {
            node.reference = Some(self.resolve(pointer, reference)?);
            if self.draft < 2019 {
                node.only_reference = true;
                self.later_than_4(&mut node, pointer, object);
                return Ok(node);
            }
        }
        if self.draft >= 2019 {
            if let Some(reference) = object.get("$recursiveRef").and_then(Json::as_str) {
                node.moving_reference = Some(Moving { target: self.resolve(pointer, reference)?, anchor: None });
            }
            node.recursive_anchor = object.get("$recursiveAnchor") == Some(&Json::Bool(true));
            node.unevaluated_properties = self.child(pointer, object, "unevaluatedProperties");
            node.unevaluated_items = self.child(pointer, object, "unevaluatedItems");
        }
        if self.draft >= 2020 {
            if let Some(reference) = object.get("$dynamicRef").and_then(Json::as_str) {
                let (_, fragment) = split(reference)?;
                let anchor = if fragment.starts_with('/') { String::new() } else { fragment };
                node.moving_reference = Some(Moving { target: self.resolve(pointer, reference)?, anchor: Some(anchor) });
            }
            node.dynamic_anchor = object.get("$dynamicAnchor").and_then(Json::as_str).map(str::to_owned);
        }
        self.applicators(&mut node, pointer, object)?;
        self.validations(&mut node, pointer, object)?;
        Ok(node)
    }

    fn applicators(&mut self, node: &mut Node, pointer: &str, object: &'a Map<String, Json>) -> Result<(), String> {
        node.all_of = self.list(pointer, object, "allOf");
        node.any_of = self.list(pointer, object, "anyOf");
        node.one_of = self.list(pointer, object, "oneOf");
        node.not = self.child(pointer, object, "not");
        node.properties = self.map(pointer, object, "properties");
        for (pattern, schema) in self.map(pointer, object, "patternProperties") {
            node.pattern_properties.push((self.regexp(&pattern, pointer, "patternProperties")?, schema));
        }
        node.additional_properties = self.additional(pointer, object, "additionalProperties");
        node.all_properties_evaluated = object.contains_key("additionalProperties");
        node.all_items_evaluated = match object.get("items") {
            Some(Json::Array(_)) if self.draft < 2020 => object.contains_key("additionalItems"),
            items => items.is_some() || (self.draft < 2020 && object.contains_key("additionalItems")),
        };
        if self.draft < 2020 {
            if object.get("items").is_some_and(Json::is_array) {
                node.prefix_items = self.list(pointer, object, "items");
                node.items = self.additional(pointer, object, "additionalItems");
            } else if let Some(items) = self.child(pointer, object, "items") {
                node.items = Additional::Schema(items);
            }
        } else {
            node.prefix_items = self.list(pointer, object, "prefixItems");
            if let Some(items) = self.child(pointer, object, "items") {
                node.items = Additional::Schema(items);
            }
        }
        if let Some(Json::Object(dependencies)) = object.get("dependencies") {
            for (name, value) in dependencies {
                let dependency = match value {
                    Json::Array(_) => Dependency::Names(strings(value)),
                    _ => Dependency::Schema(self.node(join(&join(pointer, "dependencies"), name))),
                };
                node.dependencies.push((name.clone(), dependency));
            }
        }
        self.later_than_4(node, pointer, object);
        if self.draft >= 2019 {
            node.dependent_schemas = self.map(pointer, object, "dependentSchemas");
            if let Some(Json::Object(required)) = object.get("dependentRequired") {
                node.dependent_required = required.iter().map(|(name, names)| (name.clone(), strings(names))).collect();
            }
        }
        Ok(())
    }

    /// What drafts 6 and 7 have brought. The library reads it beside a `$ref` too, where nothing else counts, and of that `const` is looked at first.
    fn later_than_4(&mut self, node: &mut Node, pointer: &str, object: &'a Map<String, Json>) {
        if self.draft >= 6 {
            node.contains = self.child(pointer, object, "contains");
            node.contains_evaluates = self.draft >= 2020;
            node.property_names = self.child(pointer, object, "propertyNames");
            node.constant = object.get("const").cloned();
        }
        if self.draft >= 7 {
            node.if_ = self.child(pointer, object, "if");
            // A way that is never taken is not read.
            if object.get("if").is_some_and(|condition| *condition != Json::Bool(false)) {
                node.then = self.child(pointer, object, "then");
            }
            if object.get("if").is_some_and(|condition| *condition != Json::Bool(true)) {
                node.else_ = self.child(pointer, object, "else");
            }
        }
    }

    fn validations(&mut self, node: &mut Node, pointer: &str, object: &'a Map<String, Json>) -> Result<(), String> {
        let names = match object.get("type") {
            None => Vec::new(),
            Some(Json::String(name)) => vec![name.clone()],
            Some(Json::Array(names)) if names.iter().all(Json::is_string) => {
                names.iter().filter_map(Json::as_str).map(str::to_owned).collect()
            }
            Some(_) => return Err(format!("the schema at '#{pointer}/type' is no type's name")),
        };
        for name in names {
            let known = Types::of(&name);
            if known.is_empty() {
                return Err(format!("the schema at '#{pointer}/type' names the unknown type {}", quoted(name.as_bytes())));
            }
            node.types.0 |= known.0;
        }
        node.choices = object.get("enum").and_then(Json::as_array).cloned();
        let number = |key: &str| object.get(key).and_then(Json::as_f64);
        let size = |key: &str| number(key).filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as usize);
        let exclusive = |key: &str| object.get(key) == Some(&Json::Bool(true));
        (node.minimum, node.exclusive_minimum) = match exclusive("exclusiveMinimum") {
            true => (None, number("minimum")),
            false => (number("minimum"), number("exclusiveMinimum")),
        };
        (node.maximum, node.exclusive_maximum) = match exclusive("exclusiveMaximum") {
            true => (None, number("maximum")),
            false => (number("maximum"), number("exclusiveMaximum")),
        };
        node.multiple_of = number("multipleOf");
        node.min_length = size("minLength");
        node.max_length = size("maxLength");
        node.min_items = size("minItems");
        node.max_items = size("maxItems");
        node.min_properties = size("minProperties");
        node.max_properties = size("maxProperties");
        node.unique_items = object.get("uniqueItems") == Some(&Json::Bool(true));
        node.required = object.get("required").map(strings).unwrap_or_default();
        if let Some(pattern) = object.get("pattern").and_then(Json::as_str) {
            let compiled = self.regexp(pattern, pointer, "pattern")?;
            node.pattern = Some((compiled, pattern.to_owned()));
        }
        if node.contains.is_some() && self.draft >= 2019 {
            node.min_contains = size("minContains");
            node.max_contains = size("maxContains");
        }
        if (self.draft < 2019 || self.is_metaschema)
            && let Some(name) = object.get("format").and_then(Json::as_str)
        {
            node.format = Format::by_name(name);
        }
        Ok(())
    }

    fn child(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Option<NodeId> {
        object.get(key).map(|_| self.node(join(pointer, key)))
    }

    fn list(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Vec<NodeId> {
        let items = object.get(key).and_then(Json::as_array);
        let base = join(pointer, key);
        items.map_or_else(Vec::new, |items| (0..items.len()).map(|at| self.node(format!("{base}/{at}"))).collect())
    }

    fn map(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Vec<(String, NodeId)> {
        let entries = object.get(key).and_then(Json::as_object);
        let base = join(pointer, key);
        let mut map: Vec<(String, NodeId)> =
            entries.map_or_else(Vec::new, |entries| entries.keys().map(|name| (name.clone(), self.node(join(&base, name)))).collect());
        chartwright_go::sort::plain(&mut map);
        map
    }

    fn additional(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Additional {
        match object.get(key) {
            None | Some(Json::Bool(true)) => Additional::Any,
            Some(Json::Bool(false)) => Additional::None,
            Some(_) => Additional::Schema(self.node(join(pointer, key))),
        }
    }

    fn regexp(&mut self, pattern: &str, pointer: &str, key: &str) -> Result<Arc<Regexp>, String> {
        if let Some(known) = self.patterns.get(pattern) {
            return Ok(Arc::clone(known));
        }
        let compiled = Arc::new(Regexp::compile(pattern.as_bytes()).map_err(|error| {
            let place = self.roots.roots[self.here].location(&join(pointer, key));
            format!("invalid regex {} at {}: {error}", quoted(pattern.as_bytes()), quoted(place.as_bytes()))
        })?);
        self.patterns.insert(pattern.to_owned(), Arc::clone(&compiled));
        Ok(compiled)
    }

    /// The schema that a reference at a place means.
    fn resolve(&mut self, pointer: &str, reference: &str) -> Result<NodeId, String> {
        let (place, added) = self.roots.resolve((self.here, pointer), reference)?;
        if let Some(added) = added {
            self.check(added, "")?;
        }
        Ok(self.node_at(place))
    }
}

fn strings(json: &Json) -> Vec<String> {
    let items = json.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}

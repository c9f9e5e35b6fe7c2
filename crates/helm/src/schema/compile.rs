//! From a schema's text to an array of nodes that point to each other by number (`objcompiler.go`).

use super::format::Format;
use chartwright_go::quote::quoted;
use chartwright_go::regexp::Regexp;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::sync::Arc;

/// A schema's place in the array of nodes. The root is 0.
pub(super) type NodeId = usize;

/// What one schema object demands. Absent keywords demand nothing.
#[derive(Default)]
pub(super) struct Node {
    pub(super) boolean: Option<bool>,
    pub(super) types: Types,
    pub(super) constant: Option<Json>,
    pub(super) choices: Option<Vec<Json>>,
    pub(super) format: Option<Format>,
    pub(super) reference: Option<NodeId>,
    /// Whether a reference is all there is: drafts before 2019-09 ignore what stands beside it.
    pub(super) only_reference: bool,
    /// `$dynamicRef` or `$recursiveRef`.
    pub(super) dynamic_reference: Option<NodeId>,
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

struct Compiler<'a> {
    root: &'a Json,
    draft: u32,
    /// Node numbers by pointer.
    known: HashMap<String, NodeId>,
    queue: Vec<(String, &'a Json)>,
    anchors: HashMap<String, String>,
    /// Patterns by their text: a schema says the same ones many times, and compiling them is dear.
    patterns: HashMap<String, Arc<Regexp>>,
}

pub(super) fn compile(root: &Json) -> Result<Vec<Node>, String> {
    let draft = draft_of(root)?;
    let mut compiler =
        Compiler { root, draft, known: HashMap::new(), queue: Vec::new(), anchors: HashMap::new(), patterns: HashMap::new() };
    compiler.find_anchors();
    compiler.node(String::new(), root);
    let mut nodes = Vec::new();
    while nodes.len() < compiler.queue.len() {
        let (pointer, json) = compiler.queue[nodes.len()].clone();
        nodes.push(compiler.compile(&pointer, json)?);
    }
    Ok(nodes)
}

pub(super) fn draft_of(root: &Json) -> Result<u32, String> {
    let Some(url) = root.get("$schema").and_then(Json::as_str) else {
        return Ok(2020);
    };
    let name = url.trim_end_matches('#');
    let name = name.strip_prefix("http://").or_else(|| name.strip_prefix("https://")).unwrap_or(name);
    Ok(match name {
        "json-schema.org/draft-04/schema" => 4,
        "json-schema.org/draft-06/schema" => 6,
        "json-schema.org/draft-07/schema" => 7,
        "json-schema.org/draft/2019-09/schema" => 2019,
        "json-schema.org/draft/2020-12/schema" | "json-schema.org/schema" => 2020,
        _ => return Err(format!("the schema dialect {url} is not supported")),
    })
}

impl<'a> Compiler<'a> {
    /// Notes where `$id: "#name"` and `$anchor` stand, all over the schema.
    fn find_anchors(&mut self) {
        let mut pending = vec![(String::new(), self.root)];
        while let Some((pointer, json)) = pending.pop() {
            match json {
                Json::Object(object) => {
                    for key in ["$anchor", "$dynamicAnchor", "$id", "id"] {
                        if let Some(Json::String(text)) = object.get(key) {
                            let name = if key.ends_with("nchor") { Some(text.as_str()) } else { text.strip_prefix('#') };
                            if let Some(name) = name {
                                self.anchors.insert(name.to_owned(), pointer.clone());
                            }
                        }
                    }
                    pending.extend(object.iter().map(|(key, value)| (join(&pointer, key), value)));
                }
                Json::Array(items) => pending.extend(items.iter().enumerate().map(|(at, item)| (format!("{pointer}/{at}"), item))),
                _ => {}
            }
        }
    }

    fn node(&mut self, pointer: String, json: &'a Json) -> NodeId {
        if let Some(id) = self.known.get(&pointer) {
            return *id;
        }
        let id = self.queue.len();
        self.known.insert(pointer.clone(), id);
        self.queue.push((pointer, json));
        id
    }

    fn compile(&mut self, pointer: &str, json: &'a Json) -> Result<Node, String> {
        let object = match json {
            Json::Bool(b) => return Ok(Node { boolean: Some(*b), ..Node::default() }),
            Json::Object(object) => object,
            _ => return Err(format!("the schema at '#{pointer}' is neither an object nor a boolean")),
        };
        let mut node = Node::default();
        if let Some(reference) = object.get("$ref").and_then(Json::as_str) {
            node.reference = Some(self.resolve(reference)?);
            if self.draft < 2019 {
                node.only_reference = true;
                return Ok(node);
            }
        }
        let dynamic = match self.draft {
            2019 => object.get("$recursiveRef"),
            2020 => object.get("$dynamicRef"),
            _ => None,
        };
        if let Some(reference) = dynamic.and_then(Json::as_str) {
            // All of a chart's schema is one resource, in which such a reference leads where a plain one does.
            node.dynamic_reference = Some(self.resolve(reference)?);
        }
        if self.draft >= 2019 {
            node.unevaluated_properties = self.child(pointer, object, "unevaluatedProperties");
            node.unevaluated_items = self.child(pointer, object, "unevaluatedItems");
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
            node.pattern_properties.push((self.regexp(&pattern)?, schema));
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
                    _ => Dependency::Schema(self.node(join(&join(pointer, "dependencies"), name), value)),
                };
                node.dependencies.push((name.clone(), dependency));
            }
        }
        if self.draft >= 6 {
            node.contains = self.child(pointer, object, "contains");
            node.contains_evaluates = self.draft >= 2020;
            node.property_names = self.child(pointer, object, "propertyNames");
        }
        if self.draft >= 7 {
            node.if_ = self.child(pointer, object, "if");
            if node.if_.is_some() {
                node.then = self.child(pointer, object, "then");
                node.else_ = self.child(pointer, object, "else");
            }
        }
        if self.draft >= 2019 {
            node.dependent_schemas = self.map(pointer, object, "dependentSchemas");
            if let Some(Json::Object(required)) = object.get("dependentRequired") {
                node.dependent_required = required.iter().map(|(name, names)| (name.clone(), strings(names))).collect();
            }
        }
        Ok(())
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
        if self.draft >= 6 {
            node.constant = object.get("const").cloned();
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
            let compiled = self.regexp(pattern).map_err(|error| format!("{error} at '#{pointer}/pattern'"))?;
            node.pattern = Some((compiled, pattern.to_owned()));
        }
        if node.contains.is_some() && self.draft >= 2019 {
            node.min_contains = size("minContains");
            node.max_contains = size("maxContains");
        }
        if self.draft < 2019
            && let Some(name) = object.get("format").and_then(Json::as_str)
        {
            node.format = Format::by_name(name);
        }
        Ok(())
    }

    fn child(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Option<NodeId> {
        object.get(key).map(|json| self.node(join(pointer, key), json))
    }

    fn list(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Vec<NodeId> {
        let items = object.get(key).and_then(Json::as_array);
        let base = join(pointer, key);
        items.map_or_else(Vec::new, |items| items.iter().enumerate().map(|(at, item)| self.node(format!("{base}/{at}"), item)).collect())
    }

    fn map(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Vec<(String, NodeId)> {
        let entries = object.get(key).and_then(Json::as_object);
        let base = join(pointer, key);
        let mut map: Vec<(String, NodeId)> = entries.map_or_else(Vec::new, |entries| {
            entries.iter().map(|(name, json)| (name.clone(), self.node(join(&base, name), json))).collect()
        });
        chartwright_go::sort::plain(&mut map);
        map
    }

    fn additional(&mut self, pointer: &str, object: &'a Map<String, Json>, key: &str) -> Additional {
        match object.get(key) {
            None | Some(Json::Bool(true)) => Additional::Any,
            Some(Json::Bool(false)) => Additional::None,
            Some(json) => Additional::Schema(self.node(join(pointer, key), json)),
        }
    }

    fn regexp(&mut self, pattern: &str) -> Result<Arc<Regexp>, String> {
        if let Some(known) = self.patterns.get(pattern) {
            return Ok(Arc::clone(known));
        }
        let compiled = Regexp::compile(pattern.as_bytes());
        let compiled = Arc::new(compiled.map_err(|error| format!("invalid regex {}: {error}", quoted(pattern.as_bytes())))?);
        self.patterns.insert(pattern.to_owned(), Arc::clone(&compiled));
        Ok(compiled)
    }

    /// A `$ref` within the schema: a JSON pointer or an anchor.
    fn resolve(&mut self, reference: &str) -> Result<NodeId, String> {
        let own = self.root.get("$id").or_else(|| self.root.get("id")).and_then(Json::as_str).unwrap_or_default();
        let reference = reference.strip_prefix(own.trim_end_matches('#')).unwrap_or(reference);
        let Some(fragment) = reference.strip_prefix('#') else {
            return Err(format!("the schema reference {reference:?} leads out of the chart and is not followed"));
        };
        let fragment = percent_decoded(fragment);
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            fragment
        } else {
            self.anchors.get(&fragment).cloned().ok_or_else(|| format!("anchor in \"file:///values.schema.json#{fragment}\" not found"))?
        };
        let target = self.root.pointer(&pointer);
        let target = target.ok_or_else(|| format!("json-pointer in \"file:///values.schema.json#{pointer}\" not found"))?;
        Ok(self.node(pointer, target))
    }
}

fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn strings(json: &Json) -> Vec<String> {
    let items = json.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match tail {
            [a, b, ..] if *first == b'%' => (*a as char).to_digit(16).zip((*b as char).to_digit(16)),
            _ => None,
        };
        match code {
            Some((high, low)) => {
                out.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

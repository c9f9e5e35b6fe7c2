//! Custom resources: which definitions there are, and what is wrong with an object by its definition's schema, in the API server's words.
//!
//! Definitions are read where they stand: nothing is compiled, since most are asked of once.

mod bundle;
mod defaults;
mod formats;
mod keywords;
mod prune;
mod rules;
mod slip;
mod validate;

pub(crate) use formats::is_of as is_of_format;

pub use bundle::{Bundle, Bundled, COMMON};
pub use prune::duplicates;
pub use slip::is_slip;

use std::collections::HashMap;

use crate::kind::Kind;
use crate::node::Node;
use crate::schema::{self, Fault, Version};

/// One version of a CustomResourceDefinition.
#[derive(Clone, Copy)]
pub struct Definition<'d> {
    root: Node<'d>,
    version: Node<'d>,
    bundled: Option<&'d Bundled>,
}

impl<'d> Definition<'d> {
    /// Its schema; none where all is allowed.
    #[must_use]
    pub fn schema(self) -> Option<Node<'d>> {
        self.version.at(&["schema", "openAPIV3Schema"])
    }

    /// Whose it is, if it is none that the chart or its user brought.
    #[must_use]
    pub fn source(self) -> Option<&'d str> {
        self.bundled.map(|bundled| bundled.source.as_str())
    }

    /// Whether the API server serves the version.
    #[must_use]
    pub fn is_served(self) -> bool {
        self.version.get("served").and_then(Node::bool) == Some(true)
    }

    /// Whether its objects belong to a namespace.
    #[must_use]
    pub fn is_namespaced(self) -> bool {
        self.root.at(&["spec", "scope"]).and_then(Node::str) == Some("Namespaced")
    }

    /// The warning that the API server answers with, where the version is deprecated.
    #[must_use]
    pub fn deprecation(self, api_version: &str, kind: &str) -> Option<String> {
        self.version.get("deprecated").and_then(Node::bool).filter(|deprecated| *deprecated)?;
        let own = self.version.str_at("deprecationWarning").map(str::to_owned);
        Some(own.unwrap_or_else(|| format!("{api_version} {kind} is deprecated")))
    }
}

/// Definitions by what they define.
#[derive(Default)]
pub struct Definitions<'d> {
    /// By kind, and then by `apiVersion`.
    by_kind: HashMap<&'d str, HashMap<String, Definition<'d>>>,
}

impl<'d> Definitions<'d> {
    /// Adds a definition, if it is one. What is there already stays.
    pub fn add(&mut self, root: Node<'d>) {
        self.insert(root, None);
    }

    /// Adds a definition of the bundle.
    pub fn add_bundled(&mut self, bundled: &'d Bundled) {
        self.insert(Node::new(&bundled.tree, bundled.tree.root()), Some(bundled));
    }

    fn insert(&mut self, root: Node<'d>, bundled: Option<&'d Bundled>) {
        let text = |path: &[&str]| root.at(path).and_then(Node::str);
        let is_definition =
            Kind::of(text(&["apiVersion"]).unwrap_or_default(), text(&["kind"]).unwrap_or_default()) == Kind::CustomResourceDefinition;
        let (Some(group), Some(kind)) = (text(&["spec", "group"]), text(&["spec", "names", "kind"])) else { return };
        if !is_definition {
            return;
        }
        let versions = self.by_kind.entry(kind).or_default();
        for version in root.get("spec").into_iter().flat_map(|spec| spec.items_at("versions")) {
            if let Some(name) = version.str_at("name") {
                versions.entry(format!("{group}/{name}")).or_insert(Definition { root, version, bundled });
            }
        }
    }

    /// The definition of a kind in a version.
    #[must_use]
    pub fn get(&self, api_version: &str, kind: &str) -> Option<Definition<'d>> {
        self.by_kind.get(kind)?.get(api_version).copied()
    }

    /// Whether a kind is defined in any version of the group.
    #[must_use]
    pub fn knows(&self, group: &str, kind: &str) -> bool {
        let versions = self.by_kind.get(kind).into_iter().flat_map(HashMap::keys);
        versions.map(|api_version| crate::kind::group(api_version)).any(|known| known == group)
    }
}

/// What is wrong with an object: fields that its schema does not have, and values that it does not allow. In the
/// document's order. Metadata is held to the release's own type, once there is a table of them.
#[must_use]
pub fn check(definition: Definition<'_>, version: Option<Version<'_>>, root: Node<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let (Some(version), Some(metadata)) = (version, root.get("metadata")) {
        faults.extend(schema::decode_metadata(version, metadata));
    }
    if let Some(schema) = definition.schema() {
        let (unknown, mut dropped) = prune::prune(schema, root, true);
        faults.extend(unknown);
        // What an object says of its state is left out when it is created, where the state is kept apart.
        if definition.version.at(&["subresources", "status"]).is_some() {
            dropped.extend(root.get("status").map(Node::id));
        }
        let is_decoded = faults.is_empty();
        let whole = defaults::Defaulted::new(schema, root, &dropped);
        let found = validate::invalid(schema, root, &whole, definition.bundled.map(|bundled| &bundled.patterns));
        faults.extend(found.faults);
        // Rules are asked of what could be read, where nothing is wrong that would make them fail by itself.
        if is_decoded && !found.blocks && has_name(root) {
            faults.extend(rules::broken(schema, root, &whole));
        }
    }
    let tree = root.tree();
    faults.sort_by_key(|fault| tree.key_span(fault.node).start);
    faults
}

fn has_name(root: Node<'_>) -> bool {
    ["name", "generateName"].iter().any(|key| root.at(&["metadata", key]).and_then(Node::str).is_some_and(|name| !name.is_empty()))
}

/// What is wrong with a default by the schema that names it: the path from the value, empty where it is the value itself, and the error after it.
/// Nothing is told of a default that is an object with metadata of its own.
pub(crate) fn default_faults(schema: Node<'_>, default: Node<'_>) -> Vec<(String, String)> {
    if prune::says(schema, "x-kubernetes-embedded-resource") {
        return Vec::new();
    }
    if !prune::prune(schema, default, false).0.is_empty() {
        let shown = default.tree().to_json(default.id());
        return vec![(String::new(), format!("Invalid value: {shown}: must not have unknown fields"))];
    }
    let split = |fault: Fault| {
        let (path, rest) = fault.message.split_once(": ")?;
        Some((if path == "<nil>" { String::new() } else { path.to_owned() }, rest.to_owned()))
    };
    let dropped = std::collections::HashSet::new();
    let whole = defaults::Defaulted::new(schema, default, &dropped);
    validate::invalid(schema, default, &whole, None).faults.into_iter().filter_map(split).collect()
}

/// How a value is reached from the root: steps that are never removed, each with the number of the one before.
enum Step<'t> {
    Root,
    Key(usize, std::borrow::Cow<'t, str>),
    /// A key of a map, where that is told from a field.
    Entry(usize, std::borrow::Cow<'t, str>),
    Index(usize, usize),
}

/// The path of a step: `spec.ports[0].name`.
fn path(steps: &[Step<'_>], step: usize) -> String {
    let mut back = Vec::new();
    let mut at = Some(step);
    while let Some(step) = at.and_then(|at| steps.get(at)) {
        at = match step {
            Step::Root => None,
            Step::Key(before, _) | Step::Entry(before, _) | Step::Index(before, _) => Some(*before),
        };
        back.push(step);
    }
    let mut path = String::new();
    for step in back.into_iter().rev() {
        match step {
            Step::Root => {}
            Step::Index(_, index) => path.push_str(&format!("[{index}]")),
            Step::Entry(_, key) => path.push_str(&format!("[{key}]")),
            Step::Key(_, key) if path.is_empty() => path.push_str(key),
            Step::Key(_, key) => {
                path.push('.');
                path.push_str(key);
            }
        }
    }
    path
}

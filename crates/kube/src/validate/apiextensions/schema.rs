//! The schema of a version: a walk over all schemas in it. What a schema may be anywhere is here; what it may be so that objects have one structure,
//! is [`super::structural`]'s.

use chartwright_go::regexp::Regexp;
use chartwright_yaml::NodeView;

use super::structural;
use crate::crd;
use crate::node::Node;
use crate::validate::concern::Concern;
use crate::validate::field::{Errors, Field, FieldError, shown_text};

/// A schema with what is looked at of it, read once.
pub(super) struct Schema<'t> {
    pub(super) node: Node<'t>,
    pub(super) kind: &'t str,
    pub(super) items: Option<Node<'t>>,
    pub(super) properties: Option<Node<'t>>,
    pub(super) additional: Option<Node<'t>>,
    pub(super) not: Option<Node<'t>>,
    pub(super) lists: [Option<Node<'t>>; 3],
    pub(super) default: Option<Node<'t>>,
    pub(super) pattern: Option<Node<'t>>,
    pub(super) nullable: Option<Node<'t>>,
    pub(super) title: Option<Node<'t>>,
    pub(super) description: Option<Node<'t>>,
    pub(super) preserves: Option<Node<'t>>,
    pub(super) embedded: Option<Node<'t>>,
    pub(super) int_or_string: Option<Node<'t>>,
    pub(super) list_keys: Option<Node<'t>>,
    pub(super) list_type: Option<Node<'t>>,
    pub(super) map_type: Option<Node<'t>>,
    pub(super) rules: Option<Node<'t>>,
}

/// The lists of schemas that a schema combines.
pub(super) const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// What no schema of a definition may have, with why it cannot have a structure.
const UNSUPPORTED: [&str; 7] = ["id", "$schema", "$ref", "patternProperties", "dependencies", "additionalItems", "definitions"];
const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];
/// Properties that every object has.
const META: [&str; 3] = ["metadata", "kind", "apiVersion"];

/// Whether something is said: no empty text, no empty list, not `false`.
pub(super) fn is_said(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| match node.view() {
        NodeView::String(text) => !text.is_empty(),
        NodeView::Bool(truth) => truth,
        NodeView::Sequence(items) => !items.is_empty(),
        NodeView::Mapping(entries) => !entries.is_empty(),
        NodeView::Null => false,
        _ => true,
    })
}

impl<'t> Schema<'t> {
    fn read(node: Node<'t>) -> Self {
        let mut schema = Self {
            node,
            kind: "",
            items: None,
            properties: None,
            additional: None,
            not: None,
            lists: [None; 3],
            default: None,
            pattern: None,
            nullable: None,
            title: None,
            description: None,
            preserves: None,
            embedded: None,
            int_or_string: None,
            list_keys: None,
            list_type: None,
            map_type: None,
            rules: None,
        };
        for (key, value) in node.entries().filter(|(_, value)| !value.is_null()) {
            let place = match key {
                "type" => {
                    schema.kind = value.str().unwrap_or_default();
                    continue;
                }
                "items" => &mut schema.items,
                "properties" => &mut schema.properties,
                "additionalProperties" => &mut schema.additional,
                "not" => &mut schema.not,
                "allOf" => &mut schema.lists[0],
                "anyOf" => &mut schema.lists[1],
                "oneOf" => &mut schema.lists[2],
                "default" => &mut schema.default,
                "pattern" => &mut schema.pattern,
                "nullable" => &mut schema.nullable,
                "title" => &mut schema.title,
                "description" => &mut schema.description,
                "x-kubernetes-preserve-unknown-fields" => &mut schema.preserves,
                "x-kubernetes-embedded-resource" => &mut schema.embedded,
                "x-kubernetes-int-or-string" => &mut schema.int_or_string,
                "x-kubernetes-list-map-keys" => &mut schema.list_keys,
                "x-kubernetes-list-type" => &mut schema.list_type,
                "x-kubernetes-map-type" => &mut schema.map_type,
                "x-kubernetes-validations" => &mut schema.rules,
                _ => continue,
            };
            *place = Some(value);
        }
        schema
    }

    pub(super) fn is_on(node: Option<Node<'_>>) -> bool {
        node.and_then(Node::bool) == Some(true)
    }

    /// Whether `items` is one schema rather than a list of them.
    pub(super) fn item(&self) -> Option<Node<'t>> {
        self.items.filter(|items| matches!(items.view(), NodeView::Mapping(_)))
    }
}

/// Where a schema stands in the one that it is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    Root,
    Item,
    Property,
    /// Below `allOf`, `anyOf`, `oneOf` or `not`, where structure has been said already.
    Nested,
}

/// How a schema is reached from the one before.
#[derive(Clone, Copy)]
enum Step<'t> {
    Name(&'static str),
    Key(&'static str, &'t str),
    Index(&'static str, usize),
}

/// A schema that is still to be looked at.
#[derive(Clone, Copy)]
pub(super) struct Open<'t> {
    pub(super) node: Node<'t>,
    pub(super) rank: Rank,
    place: usize,
    /// Within the metadata of an object.
    in_meta: bool,
    /// Why it may have no default.
    no_default: Option<&'static str>,
    /// It may be `anyOf: [{type: integer}, {type: string}]`.
    pub(super) is_int_or_string: bool,
}

/// The walk: where schemas stand, and what was found. Nothing recurses on the native stack.
pub(super) struct Walk<'p, 't> {
    root: Field<'p, 't>,
    steps: Vec<(usize, Step<'t>)>,
    open: Vec<Open<'t>>,
    /// What hinders a structure; told only if each schema can be read at all.
    pub(super) structural: Vec<FieldError>,
    other: Vec<FieldError>,
    /// What cannot be read.
    unreadable: Option<String>,
    /// Schemas with defaults, which are held to them once there is a structure.
    defaults: Vec<(Open<'t>, Node<'t>)>,
}

impl<'t> Walk<'_, 't> {
    fn path(&self, place: usize, suffix: &str) -> String {
        let mut back = Vec::new();
        let mut at = place;
        while let Some((before, step)) = at.checked_sub(1).and_then(|at| self.steps.get(at)) {
            back.push(*step);
            at = *before;
        }
        let mut path = format!("{}.openAPIV3Schema", self.root.path());
        for step in back.into_iter().rev() {
            match step {
                Step::Name(name) => path.push_str(&format!(".{name}")),
                Step::Key(name, key) => path.push_str(&format!(".{name}[{key}]")),
                Step::Index(name, index) => path.push_str(&format!(".{name}[{index}]")),
            }
        }
        if !suffix.is_empty() {
            path.push('.');
            path.push_str(suffix);
        }
        path
    }

    /// The error of a field of a schema.
    pub(super) fn error(&self, open: &Open<'t>, suffix: &str, near: Node<'t>, error: impl Fn(&Field<'_, 't>) -> FieldError) -> FieldError {
        let path = self.path(open.place, suffix);
        let root = Field::root(near);
        error(&root.field(&path).of(near))
    }

    pub(super) fn tell(&mut self, open: &Open<'t>, suffix: &str, near: Node<'t>, error: impl Fn(&Field<'_, 't>) -> FieldError) {
        let error = self.error(open, suffix, near, error);
        self.other.push(error);
    }

    fn push(&mut self, open: &Open<'t>, step: Step<'t>, node: Node<'t>, rank: Rank) -> Option<&mut Open<'t>> {
        if !matches!(node.view(), NodeView::Mapping(_) | NodeView::Null) {
            return None;
        }
        self.steps.push((open.place, step));
        self.open.push(Open { node, rank, place: self.steps.len(), is_int_or_string: false, ..*open });
        self.open.last_mut()
    }

    fn visit(&mut self, open: Open<'t>) {
        let schema = Schema::read(open.node);
        structural::check(self, &open, &schema);
        self.unsupported(&open, &schema);
        self.lists_and_maps(&open, &schema);
        self.rules(&open, &schema);
        self.children(&open, &schema);
    }

    fn children(&mut self, open: &Open<'t>, schema: &Schema<'t>) {
        let is_nested = open.rank == Rank::Nested;
        let below = |rank| if is_nested { Rank::Nested } else { rank };
        if let Some(additional) = schema.additional
            && let Some(child) = self.push(open, Step::Name("additionalProperties"), additional, below(Rank::Property))
            && open.in_meta
        {
            child.no_default = Some("inside additionalProperties applying to object metadata");
        }
        let is_object = open.rank == Rank::Root || Schema::is_on(schema.embedded);
        for (name, property) in schema.properties.into_iter().flat_map(Node::entries) {
            if let Some(child) = self.push(open, Step::Key("properties", name), property, below(Rank::Property))
                && is_object
                && META.contains(&name)
            {
                child.in_meta = true;
                if open.rank == Rank::Root {
                    child.no_default = Some(match name {
                        "metadata" => "in top-level metadata",
                        "kind" => "in top-level kind",
                        _ => "in top-level apiVersion",
                    });
                }
            }
        }
        if let Some(items) = schema.items {
            self.push(open, Step::Name("items"), items, below(Rank::Item));
            for (index, item) in items.items().enumerate() {
                self.push(open, Step::Index("items", index), item, Rank::Nested);
            }
        }
        if let Some(not) = schema.not {
            self.push(open, Step::Name("not"), not, Rank::Nested);
        }
        let pair = structural::is_int_or_string(schema.lists[1]);
        for (name, list) in LISTS.into_iter().zip(schema.lists) {
            for (index, part) in list.into_iter().flat_map(Node::items).enumerate() {
                // The API server lets one pattern pass: by itself, or in the first part of `allOf`.
                let passes = !is_nested && name == "anyOf" && pair || open.is_int_or_string && name == "anyOf";
                let is_first = !is_nested && name == "allOf" && index == 0;
                if let Some(child) = self.push(open, Step::Index(name, index), part, Rank::Nested) {
                    child.is_int_or_string = is_first && structural::is_int_or_string(part.get("anyOf"));
                    if passes {
                        self.open.pop();
                    }
                }
            }
        }
    }

    /// `specStandardValidatorV3`, and what no definition may say.
    fn unsupported(&mut self, open: &Open<'t>, schema: &Schema<'t>) {
        let node = schema.node;
        if !schema.kind.is_empty() && !TYPES.contains(&schema.kind) {
            let shown = shown_text(schema.kind);
            self.tell(open, "type", node.nearest(&["type"]), |at| at.not_supported_value(&shown, &TYPES));
            if schema.kind == "null" {
                self.tell(open, "type", node.nearest(&["type"]), |at| {
                    at.forbidden("type cannot be set to null, use nullable as an alternative")
                });
            }
        }
        if let Some(default) = schema.default.filter(|_| open.rank != Rank::Nested && !open.in_meta) {
            self.defaults.push((*open, default));
        }
        if let (Some(default), Some(why)) = (schema.default, open.no_default) {
            self.tell(open, "default", default, |at| at.forbidden(&format!("must not be set {why}")));
        }
        for name in UNSUPPORTED {
            let Some(found) = node.get(name).filter(|found| name == "additionalItems" || is_said(Some(*found))) else { continue };
            self.unreadable
                .get_or_insert(format!("OpenAPIV3Schema '{}' is not supported", if name == "$schema" { "schema" } else { name }));
            if name != "$schema" {
                self.tell(open, name, found, |at| at.forbidden(&format!("{name} is not supported")));
            }
        }
        if let Some(items) = schema.items.filter(|items| matches!(items.view(), NodeView::Sequence(list) if !list.is_empty())) {
            self.unreadable.get_or_insert("OpenAPIV3Schema 'items' must be a schema, but is an array".to_owned());
            self.tell(open, "items", items, |at| at.forbidden("items must be a schema object and not an array"));
        }
        if let Some(embedded) = schema.embedded.filter(|_| open.in_meta && Schema::is_on(schema.embedded)) {
            self.tell(open, "x-kubernetes-embedded-resource", embedded, |at| at.forbidden("must not be used inside of resource meta"));
        }
        if let Some(unique) = node.get("uniqueItems").filter(|unique| unique.bool() == Some(true)) {
            self.tell(open, "uniqueItems", unique, |at| {
                at.forbidden("uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
            });
        }
        if let Some(additional) = schema.additional.filter(|additional| additional.bool() != Some(true) && is_said(schema.properties)) {
            self.tell(open, "additionalProperties", additional, |at| {
                at.forbidden("additionalProperties and properties are mutual exclusive")
            });
        }
        if let Some(preserves) = schema.preserves.filter(|preserves| preserves.bool() == Some(false)) {
            self.unreadable.get_or_insert("internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined".to_owned());
            self.tell(open, "x-kubernetes-preserve-unknown-fields", preserves, |at| at.invalid("must be true or undefined"));
        }
    }

    /// `ValidateDefaults`: each default is what its schema allows.
    fn defaults(&mut self) {
        for (open, default) in std::mem::take(&mut self.defaults) {
            for (path, says) in crd::default_faults(open.node, default) {
                let suffix = if path.is_empty() { "default".to_owned() } else { format!("default.{path}") };
                let mut error = self.error(&open, &suffix, default, |at| at.invalid_omitted(""));
                if let Some(at) = error.message.strip_suffix("Invalid value") {
                    error.message = format!("{at}{says}");
                }
                self.other.push(error);
            }
        }
    }

    /// A pattern that Go cannot read (`regexp.Compile`).
    pub(super) fn pattern(&mut self, open: &Open<'t>, schema: &Schema<'t>) {
        let Some((node, text)) = schema.pattern.and_then(|node| Some((node, node.str()?))) else { return };
        if let Err(error) = Regexp::compile(text.as_bytes())
            && error.starts_with("error parsing regexp")
        {
            let error =
                self.error(open, "pattern", node, |at| at.invalid(&format!("must be a valid regular expression, but isn't: {error}")));
            self.structural.push(error);
        }
    }
}

/// Fields that the schema of a definition with the subresource `status` may not have at its root.
const NOT_AT_ROOT: [&str; 19] = [
    "id",
    "$schema",
    "$ref",
    "nullable",
    "default",
    "enum",
    "maxProperties",
    "minProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "additionalProperties",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
    "definitions",
];

/// `validateCustomResourceDefinitionValidation`: `validation` is what holds `openAPIV3Schema`.
pub(super) fn validate(validation: &Field<'_, '_>, has_status: bool, errors: &mut Errors) {
    let schema = validation.field("openAPIV3Schema");
    let Some(node) = schema.node() else { return };
    let before = errors.len();
    if has_status {
        let kind = schema.field("type");
        if kind.text() != "object" {
            let detail = "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled";
            if !kind.text().is_empty() {
                errors.push(kind.invalid(detail));
            }
        } else if let Some(found) = NOT_AT_ROOT.into_iter().find(|name| is_said(node.get(name))) {
            // The API server shows the whole schema.
            let detail = "only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems \
                 UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields are allowed at the \
                 root of the schema if the status subresource is enabled";
            errors.push(schema.of(node.nearest(&[found])).invalid_omitted(detail));
        }
    }
    let nullable = schema.field("nullable");
    if nullable.is_on() {
        errors.push(nullable.forbidden("nullable cannot be true at the root"));
    }
    let open = Open { node, rank: Rank::Root, place: 0, in_meta: false, no_default: None, is_int_or_string: false };
    let mut walk = Walk {
        root: *validation,
        steps: Vec::new(),
        open: vec![open],
        structural: Vec::new(),
        other: Vec::new(),
        unreadable: None,
        defaults: Vec::new(),
    };
    while let Some(open) = walk.open.pop() {
        walk.visit(open);
    }
    if walk.structural.is_empty() && walk.unreadable.is_none() {
        walk.defaults();
    }
    let Walk { structural, other, unreadable, .. } = walk;
    for error in other.into_iter().chain(structural.into_iter().filter(|_| unreadable.is_none())) {
        errors.push(error.about(Concern::Other));
    }
    if let Some(detail) = unreadable.filter(|_| errors.len() == before) {
        errors.push(schema.invalid_value("\"\"", &detail));
    }
}

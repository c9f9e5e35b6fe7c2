//! Structural schemas: `k8s.io/apiextensions-apiserver/pkg/apiserver/schema/validation.go`. Each field has one type, said outside of `allOf`, `anyOf`,
//! `oneOf` and `not`.

use chartwright_yaml::NodeView;

use super::schema::{Open, Rank, Schema, Walk, is_said};
use crate::node::Node;
use crate::validate::field::{Field, FieldError, shown_text};

/// Whether a list is `[{type: integer}, {type: string}]`, which stands for a number or a text.
pub(super) fn is_int_or_string(list: Option<Node<'_>>) -> bool {
    let Some(list) = list else { return false };
    let kinds: Vec<Option<&str>> = list
        .items()
        .take(3)
        .map(|part| match part.view() {
            NodeView::Mapping(entries) if entries.len() == 1 => part.str_at("type"),
            _ => None,
        })
        .collect();
    kinds == [Some("integer"), Some("string")]
}

/// Looks at one schema.
pub(super) fn check<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, schema: &Schema<'t>) {
    walk.pattern(open, schema);
    if open.rank == Rank::Nested {
        nested(walk, open, schema);
    } else {
        invariants(walk, open, schema);
    }
}

fn tell<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, suffix: &str, near: Node<'t>, error: impl Fn(&Field<'_, 't>) -> FieldError) {
    let error = walk.error(open, suffix, near, error);
    walk.structural.push(error);
}

/// `validateNestedValueValidation`.
fn nested<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, schema: &Schema<'t>) {
    const EMPTY: &str = "must be empty to be structural";
    const UNDEFINED: &str = "must be undefined to be structural";
    const FALSE: &str = "must be false to be structural";
    if !schema.kind.is_empty() {
        tell(walk, open, "type", schema.node.nearest(&["type"]), |at| at.forbidden(EMPTY));
    }
    let additional = schema.additional.filter(|additional| additional.bool() != Some(false));
    let rest = [
        ("additionalProperties", additional, UNDEFINED),
        ("default", schema.default, UNDEFINED),
        ("title", schema.title.filter(|node| is_said(Some(*node))), EMPTY),
        ("description", schema.description.filter(|node| is_said(Some(*node))), EMPTY),
        ("nullable", schema.nullable.filter(|node| is_said(Some(*node))), FALSE),
        ("x-kubernetes-preserve-unknown-fields", schema.preserves.filter(|node| is_said(Some(*node))), FALSE),
        ("x-kubernetes-embedded-resource", schema.embedded.filter(|node| is_said(Some(*node))), FALSE),
        ("x-kubernetes-int-or-string", schema.int_or_string.filter(|node| is_said(Some(*node))), FALSE),
        ("x-kubernetes-list-map-keys", schema.list_keys.filter(|node| is_said(Some(*node))), EMPTY),
        ("x-kubernetes-list-type", schema.list_type, UNDEFINED),
        ("x-kubernetes-map-type", schema.map_type, UNDEFINED),
        ("x-kubernetes-validations", schema.rules.filter(|node| is_said(Some(*node))), EMPTY),
    ];
    for (name, node, says) in rest {
        if let Some(node) = node {
            tell(walk, open, name, node, |at| at.forbidden(says));
        }
    }
    if let Some(metadata) = schema.properties.and_then(|properties| properties.get("metadata")) {
        tell(walk, open, "properties[metadata]", metadata, |at| at.forbidden("must not be specified in a nested context"));
    }
}

/// `validateStructuralInvariants`.
fn invariants<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, schema: &Schema<'t>) {
    let node = schema.node;
    let (embedded, preserves, int_or_string) =
        (Schema::is_on(schema.embedded), Schema::is_on(schema.preserves), Schema::is_on(schema.int_or_string));
    let is_root = open.rank == Rank::Root;
    if schema.kind == "array" && schema.item().is_none() {
        tell(walk, open, "items", node, |at| at.required("must be specified"));
    }
    if let Some(additional) = schema.additional {
        if is_root {
            tell(walk, open, "additionalProperties", additional, |at| at.forbidden("must not be used at the root"));
        }
        if embedded {
            tell(walk, open, "additionalProperties", additional, |at| {
                at.forbidden("must not be used if x-kubernetes-embedded-resource is set")
            });
        }
    }
    if int_or_string && preserves {
        let near = schema.preserves.unwrap_or(node);
        tell(walk, open, "x-kubernetes-preserve-unknown-fields", near, |at| {
            at.invalid_value("true", "must be false if x-kubernetes-int-or-string is true")
        });
    }
    if int_or_string && embedded {
        let near = schema.embedded.unwrap_or(node);
        tell(walk, open, "x-kubernetes-embedded-resource", near, |at| {
            at.invalid_value("true", "must be false if x-kubernetes-int-or-string is true")
        });
    }
    kind(walk, open, schema, embedded, int_or_string || preserves);
    if is_root || embedded {
        for name in ["kind", "apiVersion"] {
            own_property(walk, open, schema, name, "string");
        }
        own_property(walk, open, schema, "metadata", "object");
    }
    if is_root {
        root_metadata(walk, open, schema);
    }
    if embedded && !preserves && !is_said(schema.properties) {
        tell(walk, open, "properties", node, |at| {
            at.required("must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields")
        });
    }
}

/// Each schema has a type, or says why not.
fn kind<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, schema: &Schema<'t>, embedded: bool, is_free: bool) {
    let near = schema.node.get("type").unwrap_or(schema.node);
    let shown = shown_text(schema.kind);
    if embedded && schema.kind != "object" {
        const SAYS: &str = "must be object if x-kubernetes-embedded-resource is true";
        let is_empty = schema.kind.is_empty();
        tell(walk, open, "type", near, |at| if is_empty { at.required(SAYS) } else { at.invalid_value(&shown, SAYS) });
    } else if schema.kind.is_empty() && !is_free {
        let says = match open.rank {
            Rank::Root => "must not be empty at the root",
            Rank::Item => "must not be empty for specified array items",
            Rank::Property | Rank::Nested => "must not be empty for specified object fields",
        };
        tell(walk, open, "type", near, |at| at.required(says));
    }
    if open.rank == Rank::Root && !schema.kind.is_empty() && schema.kind != "object" {
        tell(walk, open, "type", near, |at| at.invalid_value(&shown, "must be object at the root"));
    }
}

/// A property that every object has, with the type that it has there.
fn own_property<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, schema: &Schema<'t>, name: &str, kind: &str) {
    let Some(property) = schema.properties.and_then(|properties| properties.get(name)) else { return };
    let found = property.str_at("type").unwrap_or_default();
    if found != kind {
        let shown = shown_text(found);
        tell(walk, open, &format!("properties[{name}].type"), property, |at| at.invalid_value(&shown, &format!("must be {kind}")));
    }
}

/// The metadata of the root says nothing but what names are like.
fn root_metadata<'t>(walk: &mut Walk<'_, 't>, open: &Open<'t>, schema: &Schema<'t>) {
    let Some(metadata) = schema.properties.and_then(|properties| properties.get("metadata")) else { return };
    let is_allowed = |key: &str, value: Node<'_>| match key {
        "type" | "default" => true,
        "properties" => value.entries().all(|(name, _)| matches!(name, "name" | "generateName")),
        _ => !is_said(Some(value)),
    };
    if !metadata.entries().all(|(key, value)| is_allowed(key, value)) {
        tell(walk, open, "properties[metadata]", metadata, |at| {
            at.forbidden("must not specify anything other than name and generateName, but metadata is implicitly specified")
        });
    }
}

//! The keywords of a schema that values are held to, found in one pass. What they mean is `validate`'s.

use crate::node::Node;

/// Each with its value, unless it is null.
#[derive(Clone, Copy, Default)]
pub(super) struct Keywords<'d> {
    pub(super) kind: Option<&'d str>,
    pub(super) format: Option<&'d str>,
    pub(super) nullable: bool,
    pub(super) int_or_string: bool,
    pub(super) list_type: Option<&'d str>,
    pub(super) one_of: Option<Node<'d>>,
    pub(super) any_of: Option<Node<'d>>,
    pub(super) all_of: Option<Node<'d>>,
    pub(super) not: Option<Node<'d>>,
    pub(super) values: Option<Node<'d>>,
    pub(super) pattern: Option<Node<'d>>,
    pub(super) items: Option<Node<'d>>,
    pub(super) properties: Option<Node<'d>>,
    pub(super) additional: Option<Node<'d>>,
    pub(super) required: Option<Node<'d>>,
    pub(super) unique_items: bool,
    pub(super) max_length: Option<i64>,
    pub(super) min_length: Option<i64>,
    pub(super) max_items: Option<i64>,
    pub(super) min_items: Option<i64>,
    pub(super) max_properties: Option<i64>,
    pub(super) min_properties: Option<i64>,
}

impl<'d> Keywords<'d> {
    /// Those of a schema. Of repeated ones the last counts.
    pub(super) fn of(schema: Node<'d>) -> Self {
        let mut own = Self::default();
        for (key, node) in schema.entries() {
            let value = Some(node).filter(|node| !node.is_null());
            let (text, number) = (value.and_then(Node::str), || value.and_then(Node::int));
            let says = || value.and_then(Node::bool) == Some(true);
            match key {
                "type" => own.kind = text,
                "format" => own.format = text,
                "nullable" => own.nullable = says(),
                "x-kubernetes-int-or-string" => own.int_or_string = says(),
                "x-kubernetes-list-type" => own.list_type = text,
                "oneOf" => own.one_of = value,
                "anyOf" => own.any_of = value,
                "allOf" => own.all_of = value,
                "not" => own.not = value,
                "enum" => own.values = value,
                "pattern" => own.pattern = value,
                "items" => own.items = value,
                "properties" => own.properties = value,
                "additionalProperties" => own.additional = value,
                "required" => own.required = value,
                "uniqueItems" => own.unique_items = says(),
                "maxLength" => own.max_length = number(),
                "minLength" => own.min_length = number(),
                "maxItems" => own.max_items = number(),
                "minItems" => own.min_items = number(),
                "maxProperties" => own.max_properties = number(),
                "minProperties" => own.min_properties = number(),
                _ => {}
            }
        }
        own
    }
}

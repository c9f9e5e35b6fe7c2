//! What the lists and maps of a definition's schema merge by: `x-kubernetes-list-type`, `x-kubernetes-list-map-keys`, `x-kubernetes-map-type`.

use super::schema::{Open, Schema, Walk, is_said};
use crate::node::Node;
use crate::validate::field::shown_text;

impl<'t> Walk<'_, 't> {
    /// What lists and maps merge by.
    pub(super) fn lists_and_maps(&mut self, open: &Open<'t>, schema: &Schema<'t>) {
        let types = [
            (schema.map_type, "x-kubernetes-map-type", "object", &["atomic", "granular"][..]),
            (schema.list_type, "x-kubernetes-list-type", "array", &["atomic", "set", "map"][..]),
        ];
        for (found, name, wanted, values) in types {
            let Some(found) = found else { continue };
            if schema.kind != wanted {
                let detail = format!("must be {wanted} if {name} is specified");
                let near = schema.node.get("type").unwrap_or(found);
                let shown = shown_text(schema.kind);
                let is_empty = schema.kind.is_empty();
                self.tell(open, "type", near, |at| if is_empty { at.required(&detail) } else { at.invalid_value(&shown, &detail) });
            }
            if !values.contains(&found.str().unwrap_or_default()) {
                self.tell(open, name, found, |at| at.not_supported(values));
            }
        }
        let list_type = schema.list_type.and_then(Node::str);
        let item = schema.item();
        if list_type == Some("set")
            && schema.kind == "array"
            && let Some(item) = item
        {
            self.set_of(open, item);
        }
        if let Some(keys) = schema.list_keys.filter(|keys| is_said(Some(*keys)) && list_type != Some("map")) {
            const SAYS: &str = "must be map if x-kubernetes-list-map-keys is non-empty";
            let near = schema.list_type.unwrap_or(keys);
            let shown = list_type.map(shown_text);
            self.tell(open, "x-kubernetes-list-type", near, |at| match &shown {
                Some(shown) => at.invalid_value(shown, SAYS),
                None => at.required(SAYS),
            });
        }
        if list_type == Some("map") {
            self.map_of(open, schema);
        }
        if let (Some(kind @ ("set" | "map")), Some(item)) = (list_type, item)
            && let Some(nullable) = item.get("nullable").filter(|nullable| nullable.bool() == Some(true))
        {
            self.tell(open, "items.nullable", nullable, |at| {
                at.forbidden(&format!("cannot be nullable when x-kubernetes-list-type is {kind}"))
            });
        }
    }

    /// The items of a set are atomic.
    fn set_of(&mut self, open: &Open<'t>, item: Node<'t>) {
        const SAYS: &str = "must be atomic as item of a list with x-kubernetes-list-type=set";
        let (list, map) = (item.str_at("x-kubernetes-list-type"), item.str_at("x-kubernetes-map-type"));
        let shown = list.map_or_else(|| "null".to_owned(), shown_text);
        match item.str_at("type") {
            Some("array") if list.is_some_and(|kind| kind != "atomic") => {
                self.tell(open, "items.x-kubernetes-list-type", item, |at| at.invalid_value(&shown, SAYS));
            }
            Some("object") if map != Some("atomic") => {
                self.tell(open, "items.x-kubernetes-map-type", item, |at| at.invalid_value(&shown, SAYS));
            }
            _ => {}
        }
    }

    /// A list by keys: its items are objects that have them.
    fn map_of(&mut self, open: &Open<'t>, schema: &Schema<'t>) {
        const KEYS: &str = "x-kubernetes-list-map-keys";
        let near = schema.list_keys.unwrap_or(schema.node);
        let keys: Vec<&str> = schema.list_keys.into_iter().flat_map(Node::items).filter_map(Node::str).collect();
        if keys.is_empty() {
            self.tell(open, KEYS, near, |at| at.required("must not be empty if x-kubernetes-list-type is map"));
        }
        let Some(items) = schema.items else {
            self.tell(open, "items", schema.node, |at| at.required("must have a schema if x-kubernetes-list-type is map"));
            return;
        };
        let Some(item) = schema.item() else { return };
        let kind = item.str_at("type").unwrap_or_default();
        if kind != "object" {
            let shown = shown_text(kind);
            self.tell(open, "items.type", items, |at| {
                at.invalid_value(&shown, "must be object if parent array's x-kubernetes-list-type is map")
            });
        }
        let shown = format!("[{}]", keys.iter().map(|key| shown_text(key)).collect::<Vec<_>>().join(","));
        for (index, key) in keys.iter().enumerate() {
            let property = item.at(&["properties", key]);
            if kind == "object" {
                match property {
                    None => self.tell(open, KEYS, near, |at| at.invalid_value(&shown, "entries must all be names of item properties")),
                    Some(property) if matches!(property.str_at("type"), Some("array" | "object")) => {
                        self.tell(open, &format!("items.properties[{key}].type"), property, |at| {
                            at.invalid_value("\"object\"", "must be a scalar type if parent array's x-kubernetes-list-type is map")
                        });
                    }
                    Some(_) => {}
                }
                if keys[..index].contains(key) {
                    self.tell(open, KEYS, near, |at| at.invalid_value(&shown, "must not contain duplicate entries"));
                }
            }
            let Some(property) = property else { continue };
            let is_required = item.items_at("required").any(|name| name.str() == Some(key));
            if !is_required && property.get("default").is_none() {
                self.tell(open, &format!("items.properties[{key}].default"), property, |at| {
                    at.required("this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")
                });
            }
            if property.get("nullable").and_then(Node::bool) == Some(true) {
                self.tell(open, &format!("items.properties[{key}].nullable"), property, |at| {
                    at.forbidden("this property is in x-kubernetes-list-map-keys, so it cannot be nullable")
                });
            }
        }
    }
}

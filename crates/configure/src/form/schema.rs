//! A chart's `values.schema.json` as the form reads it: one place in it, with `$ref` and `allOf` looked through.
//! Whether a value fits is `helm::schema`'s business.

use crate::values::Node;

/// How many `$ref`s are followed from one place.
const MAX_HOPS: usize = 16;

/// A place in a schema.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'a> {
    root: &'a Node,
    node: &'a Node,
}

impl<'a> Schema<'a> {
    /// The whole schema.
    pub(crate) fn new(root: &'a Node) -> Schema<'a> {
        Schema { root, node: root }
    }

    fn at(self, node: &'a Node) -> Schema<'a> {
        Schema { root: self.root, node }
    }

    /// The place itself, what its `$ref` names, and the parts of its `allOf`, in this order.
    fn parts(self) -> Vec<&'a Node> {
        let mut parts = vec![self.node];
        if self.is_plain() {
            return parts;
        }
        let mut next = 0;
        while next < parts.len() && parts.len() < MAX_HOPS {
            let part = parts[next];
            next += 1;
            if let Some(target) = part.get("$ref").and_then(Node::str).and_then(|name| self.resolve(name)) {
                parts.push(target);
            }
            if let Some(all) = part.get("allOf").and_then(Node::list) {
                parts.extend(all);
            }
        }
        parts
    }

    fn resolve(self, name: &str) -> Option<&'a Node> {
        let pointer = name.strip_prefix('#')?;
        crate::pointer::path(pointer).iter().try_fold(self.root, |node, key| node.step(key))
    }

    /// Whether the place says everything itself.
    fn is_plain(self) -> bool {
        self.node.get("$ref").is_none() && self.node.get("allOf").is_none()
    }

    /// A keyword's value.
    pub(crate) fn get(self, keyword: &str) -> Option<&'a Node> {
        if let Some(own) = self.node.get(keyword) {
            return Some(own);
        }
        if self.is_plain() { None } else { self.parts().into_iter().find_map(|part| part.get(keyword)) }
    }

    /// A keyword's text.
    pub(crate) fn text(self, keyword: &str) -> Option<&'a str> {
        self.get(keyword).and_then(Node::str)
    }

    /// Whether a keyword is `true`.
    pub(crate) fn is(self, keyword: &str) -> bool {
        self.get(keyword).and_then(Node::bool) == Some(true)
    }

    /// A keyword's number.
    pub(crate) fn number(self, keyword: &str) -> Option<f64> {
        self.get(keyword).and_then(Node::number)
    }

    /// The named properties, in the schema's order.
    pub(crate) fn properties(self) -> Vec<(&'a str, Schema<'a>)> {
        if self.is_plain() {
            let own = self.node.get("properties").and_then(Node::map).unwrap_or_default();
            return own.iter().map(|(key, node)| (&**key, self.at(node))).collect();
        }
        let mut all: Vec<(&str, Schema<'a>)> = Vec::new();
        for (key, node) in self.parts().into_iter().filter_map(|part| part.get("properties")?.map()).flatten() {
            if !all.iter().any(|(known, _)| *known == &**key) {
                all.push((key, self.at(node)));
            }
        }
        all
    }

    /// A named property.
    pub(crate) fn named(self, key: &str) -> Option<Schema<'a>> {
        if self.is_plain() {
            return self.node.get("properties")?.get(key).map(|node| self.at(node));
        }
        self.properties().into_iter().find(|(name, _)| *name == key).map(|(_, schema)| schema)
    }

    /// Whether any property is named.
    pub(crate) fn has_properties(self) -> bool {
        self.parts().into_iter().any(|part| part.get("properties").and_then(Node::map).is_some_and(|pairs| !pairs.is_empty()))
    }

    /// The schema of a map's free keys.
    pub(crate) fn additional(self) -> Option<Schema<'a>> {
        self.get("additionalProperties").filter(|node| node.map().is_some()).map(|node| self.at(node))
    }

    /// The schema of a list's elements.
    pub(crate) fn items(self) -> Option<Schema<'a>> {
        self.get("items").filter(|node| node.map().is_some()).map(|node| self.at(node))
    }

    /// What stands below a key or an index.
    pub(crate) fn child(self, key: &str) -> Option<Schema<'a>> {
        self.named(key).or_else(|| self.additional()).or_else(|| crate::values::index(key).and_then(|_| self.items()))
    }

    /// The types that a value may have; empty where the schema does not say.
    pub(crate) fn types(self) -> Vec<&'a str> {
        match self.get("type") {
            Some(node) => {
                node.str().map(|one| vec![one]).unwrap_or_else(|| node.list().unwrap_or_default().iter().filter_map(Node::str).collect())
            }
            None => {
                let options = self.get("oneOf").or_else(|| self.get("anyOf")).and_then(Node::list).unwrap_or_default();
                let mut types: Vec<&str> = options.iter().flat_map(|option| self.at(option).plain_types()).collect();
                types.dedup();
                types
            }
        }
    }

    fn plain_types(self) -> Vec<&'a str> {
        match self.get("type") {
            Some(node) => {
                node.str().map(|one| vec![one]).unwrap_or_else(|| node.list().unwrap_or_default().iter().filter_map(Node::str).collect())
            }
            None => Vec::new(),
        }
    }

    /// Whether a value may have this type.
    pub(crate) fn allows(self, kind: &str) -> bool {
        self.types().contains(&kind)
    }

    /// The values to choose from.
    pub(crate) fn options(self) -> Option<Vec<&'a Node>> {
        if let Some(list) = self.get("enum").and_then(Node::list) {
            return Some(list.iter().collect());
        }
        if let Some(only) = self.get("const") {
            return Some(vec![only]);
        }
        // A choice written as `oneOf` constants.
        let options = self.get("oneOf").or_else(|| self.get("anyOf")).and_then(Node::list)?;
        let constants: Vec<&Node> = options.iter().filter_map(|option| option.get("const")).collect();
        (constants.len() == options.len()).then_some(constants)
    }
}

//! A field of an object, wherever it is absent too, and the errors of it: worded as `k8s.io/apimachinery/pkg/util/validation/field/errors.go`
//! words them. What is allowed where is not known here.

use chartwright_go::quote::quoted;
use chartwright_yaml::{NodeId, NodeView};

use super::concern::Concern;
use crate::node::Node;
use crate::quantity::Quantity;

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, or where it is missing the object that lacks it.
    pub node: NodeId,
    /// The API server's words: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
    pub message: String,
    /// What it is about.
    pub concern: Concern,
}

impl FieldError {
    /// The same error with what it is about.
    #[must_use]
    pub fn about(self, concern: Concern) -> Self {
        Self { concern, ..self }
    }
}

/// So many errors of an object are kept; what shows a whole list for each of its items would otherwise grow with the square.
const MAX_ERRORS: usize = 200;

/// Where the checks put their errors.
#[derive(Debug)]
pub struct Errors {
    /// The minor version of Kubernetes 1.x.
    pub minor: u32,
    pub(super) list: Vec<FieldError>,
}

impl Errors {
    pub(super) fn new(minor: u32) -> Self {
        Self { minor, list: Vec::new() }
    }

    /// Adds an error.
    pub fn push(&mut self, error: FieldError) {
        if self.list.len() < MAX_ERRORS {
            self.list.push(error);
        }
    }

    /// Adds an `Invalid value` of a field for each message, all about the same.
    pub fn invalid(&mut self, field: &Field<'_, '_>, messages: Vec<String>, concern: Concern) {
        for message in messages {
            self.push(field.invalid(&message).about(concern));
        }
    }

    /// How many there are; what was added since is told by comparing.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Gives a concern to all errors since there were `from`.
    pub fn about(&mut self, from: usize, concern: Concern) {
        for error in self.list.iter_mut().skip(from) {
            error.concern = concern;
        }
    }
}

/// How a field is reached from the one before.
#[derive(Clone, Copy)]
enum Step<'p> {
    Root,
    Name(&'p str),
    Index(usize),
    Key(&'p str),
}

/// A field, with where it stands: `spec.containers[0].name`, `spec.nodeSelector[a/b]`. It need not be there; null is absence.
///
/// Fields are chained over the native stack and cost nothing until an error is worded: `let spec = root.field("spec")`, then
/// `spec.field("template.spec")`.
#[derive(Clone, Copy)]
pub struct Field<'p, 't> {
    parent: Option<&'p Field<'p, 't>>,
    step: Step<'p>,
    node: Option<Node<'t>>,
    near: Node<'t>,
}

impl<'p, 't> Field<'p, 't> {
    /// The object itself.
    #[must_use]
    pub fn root(node: Node<'t>) -> Self {
        Self { parent: None, step: Step::Root, node: Some(node), near: node }
    }

    fn step(&'p self, step: Step<'p>, node: Option<Node<'t>>) -> Self {
        Self { parent: Some(self), step, node, near: node.unwrap_or(self.near) }
    }

    /// The field of a name, or the one at the end of a path such as `template.spec`.
    #[must_use]
    pub fn field(&'p self, name: &'p str) -> Self {
        if !name.bytes().any(|byte| byte == b'.') {
            return self.step(Step::Name(name), self.node.and_then(|node| node.get(name)));
        }
        let (mut node, mut near) = (self.node, self.near);
        for name in name.split('.') {
            node = node.and_then(|node| node.get(name));
            near = node.unwrap_or(near);
        }
        Self { near, ..self.step(Step::Name(name), node) }
    }

    /// The entry of a map; its place is written as `[key]`.
    #[must_use]
    pub fn key(&'p self, key: &'p str) -> Self {
        self.step(Step::Key(key), self.node.and_then(|node| node.get(key)))
    }

    /// A place in a list, whether there is a list or not.
    #[must_use]
    pub fn at(&'p self, index: usize) -> Self {
        self.step(Step::Index(index), self.node.and_then(|node| node.items().nth(index)).filter(|node| !node.is_null()))
    }

    /// The items of a list with their places.
    pub fn items(&'p self) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        let items: &'t [NodeId] = match self.node.map(Node::view) {
            Some(NodeView::Sequence(items)) => items,
            _ => &[],
        };
        items.iter().enumerate().map(|(index, id)| {
            let node = Node::new(self.near.tree(), *id);
            Self { near: node, ..self.step(Step::Index(index), Some(node).filter(|node| !node.is_null())) }
        })
    }

    /// The entries of a map with their keys and places.
    pub fn entries(&'p self) -> impl DoubleEndedIterator<Item = (&'t str, Self)>
    where
        't: 'p,
    {
        let entries = self.node.into_iter().flat_map(Node::entries);
        entries.map(|(key, node)| (key, Self { near: node, ..self.step(Step::Key(key), Some(node).filter(|node| !node.is_null())) }))
    }

    /// The same place, with what stands at another: for errors whose place is not that of their value.
    #[must_use]
    pub fn of(self, node: Node<'t>) -> Self {
        Self { node: Some(node), near: node, ..self }
    }

    /// Whether it is there.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.node.is_some()
    }

    /// What is there.
    #[must_use]
    pub fn node(&self) -> Option<Node<'t>> {
        self.node
    }

    /// What is there, or else what lacks it.
    #[must_use]
    pub fn near(&self) -> Node<'t> {
        self.near
    }

    /// Its text; empty where it is absent or none, as Go has it.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.str().unwrap_or_default()
    }

    /// Its text, if it is there.
    #[must_use]
    pub fn str(&self) -> Option<&'t str> {
        self.node?.str()
    }

    /// Its whole number, if it is there.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        self.node?.int()
    }

    /// Whether it is `true`.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.bool() == Some(true)
    }

    /// Its truth, if it is there.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        self.node?.bool()
    }

    /// Its amount, if it is there and can be read. What cannot is the decoder's business.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        Quantity::parse(self.node?.scalar()?.trim()).ok()
    }

    /// How many items or entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.node.map(Node::view) {
            Some(NodeView::Sequence(items)) => items.len(),
            Some(NodeView::Mapping(entries)) => entries.len(),
            _ => 0,
        }
    }

    /// Whether it has no items and no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it is a map with this key, whatever its value: to Go null is the zero of the value's type.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.node.into_iter().flat_map(Node::entries).any(|(name, _)| name == key)
    }

    /// Where it stands.
    #[must_use]
    pub fn path(&self) -> String {
        let chain: Vec<Step<'_>> = std::iter::successors(Some(self), |field| field.parent).map(|field| field.step).collect();
        let mut path = String::new();
        for step in chain.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Name(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) => path.push_str(&format!("[{key}]")),
            }
        }
        path
    }

    fn error(&self, what: &str, value: Option<&str>, detail: &str, concern: Concern) -> FieldError {
        let mut message = format!("{}: {what}", self.path());
        for part in value.into_iter().chain(Some(detail).filter(|detail| !detail.is_empty())) {
            message.push_str(": ");
            message.push_str(part);
        }
        FieldError { node: self.near.id(), message, concern }
    }

    /// `Required value`.
    #[must_use]
    pub fn required(&self, detail: &str) -> FieldError {
        self.error("Required value", None, detail, Concern::Required)
    }

    /// `Invalid value`, as it is written; what is absent is shown as the empty text.
    #[must_use]
    pub fn invalid(&self, detail: &str) -> FieldError {
        self.invalid_value(&self.shown(), detail)
    }

    /// `Invalid value` of what the API server makes of it; texts come in [`shown_text`].
    #[must_use]
    pub fn invalid_value(&self, value: &str, detail: &str) -> FieldError {
        self.error("Invalid value", Some(value), detail, Concern::Other)
    }

    /// `Invalid value` without the value (`field.OmitValueType`).
    #[must_use]
    pub fn invalid_omitted(&self, detail: &str) -> FieldError {
        self.error("Invalid value", None, detail, Concern::Other)
    }

    /// `Unsupported value`, with those that are supported, in the given order (Go's sets are sorted).
    #[must_use]
    pub fn not_supported(&self, supported: &[&str]) -> FieldError {
        self.not_supported_value(&self.shown(), supported)
    }

    /// `Unsupported value` of what the API server makes of it.
    #[must_use]
    pub fn not_supported_value(&self, value: &str, supported: &[&str]) -> FieldError {
        let supported: Vec<String> = supported.iter().map(|value| shown_text(value)).collect();
        let detail = if supported.is_empty() { String::new() } else { format!("supported values: {}", supported.join(", ")) };
        self.error("Unsupported value", Some(value), &detail, Concern::Enum)
    }

    /// `Duplicate value`.
    #[must_use]
    pub fn duplicate(&self) -> FieldError {
        self.duplicate_value(&self.shown())
    }

    /// `Duplicate value` of what the API server makes of it.
    #[must_use]
    pub fn duplicate_value(&self, value: &str) -> FieldError {
        self.error("Duplicate value", Some(value), "", Concern::Duplicate)
    }

    /// `Not found`.
    #[must_use]
    pub fn not_found(&self) -> FieldError {
        self.not_found_value(&self.shown(), "")
    }

    /// `Not found` of what the API server makes of it.
    #[must_use]
    pub fn not_found_value(&self, value: &str, detail: &str) -> FieldError {
        self.error("Not found", Some(value), detail, Concern::Other)
    }

    /// `Forbidden`.
    #[must_use]
    pub fn forbidden(&self, detail: &str) -> FieldError {
        self.error("Forbidden", None, detail, Concern::Other)
    }

    /// `Too long`: more than so many bytes.
    #[must_use]
    pub fn too_long(&self, most: usize) -> FieldError {
        let bytes = if most == 1 { "byte" } else { "bytes" };
        self.error("Too long", None, &format!("may not be more than {most} {bytes}"), Concern::Other)
    }

    /// `Too long`: more than so many characters.
    #[must_use]
    pub fn too_long_characters(&self, most: usize) -> FieldError {
        let characters = if most == 1 { "character" } else { "characters" };
        self.error("Too long", None, &format!("may not be more than {most} {characters}"), Concern::Other)
    }

    /// `Too many`: more than so many items.
    #[must_use]
    pub fn too_many(&self, actual: usize, most: usize) -> FieldError {
        let items = if most == 1 { "item" } else { "items" };
        self.error("Too many", Some(&actual.to_string()), &format!("must have at most {most} {items}"), Concern::Other)
    }

    /// The value as an error shows it.
    #[must_use]
    pub fn shown(&self) -> String {
        self.node.map_or_else(|| "\"\"".to_owned(), shown)
    }
}

/// A text as an error shows it: in Go's quotes.
#[must_use]
pub fn shown_text(text: &str) -> String {
    quoted(text.as_bytes())
}

/// A value as an error shows it: text in quotes, numbers and booleans as they are, all else as JSON.
fn shown(node: Node<'_>) -> String {
    match node.view() {
        NodeView::String(text) => shown_text(text),
        NodeView::Null => "null".to_owned(),
        _ => node.tree().to_json(node.id()).to_string(),
    }
}

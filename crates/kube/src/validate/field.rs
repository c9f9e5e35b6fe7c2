//! Errors of fields, worded as `k8s.io/apimachinery/pkg/util/validation/field/errors.go` words them.

use chartwright_go::quote::quoted;
use chartwright_yaml::{NodeId, NodeView};

use crate::node::Node;

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, or where it is missing the object that lacks it.
    pub node: NodeId,
    /// The API server's words: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
    pub message: String,
}

/// Where a field stands, as the API server writes it: `spec.containers[0].name`, `metadata.labels[a/b]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(String);

impl Path {
    /// The path of a top-level field.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// A field of what is there.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        if self.0.is_empty() { Self::new(name) } else { Self(format!("{}.{name}", self.0)) }
    }

    /// An item of the list that is there.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    /// An entry of the map that is there.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        Self(format!("{}[{key}]", self.0))
    }

    fn error(&self, node: Node<'_>, what: &str, value: Option<String>, detail: &str) -> FieldError {
        let mut message = format!("{}: {what}", self.0);
        for part in value.as_deref().into_iter().chain(Some(detail).filter(|detail| !detail.is_empty())) {
            message.push_str(": ");
            message.push_str(part);
        }
        FieldError { node: node.id(), message }
    }

    /// `Required value`; `node` is what lacks the field.
    #[must_use]
    pub fn required(&self, node: Node<'_>, detail: &str) -> FieldError {
        self.error(node, "Required value", None, detail)
    }

    /// `Invalid value`.
    #[must_use]
    pub fn invalid(&self, node: Node<'_>, detail: &str) -> FieldError {
        self.error(node, "Invalid value", Some(shown(node)), detail)
    }

    /// `Unsupported value`, with those that are supported.
    #[must_use]
    pub fn not_supported(&self, node: Node<'_>, supported: &[&str]) -> FieldError {
        let supported: Vec<String> = supported.iter().map(|value| quoted(value.as_bytes())).collect();
        let detail = if supported.is_empty() { String::new() } else { format!("supported values: {}", supported.join(", ")) };
        self.error(node, "Unsupported value", Some(shown(node)), &detail)
    }

    /// `Duplicate value`.
    #[must_use]
    pub fn duplicate(&self, node: Node<'_>) -> FieldError {
        self.error(node, "Duplicate value", Some(shown(node)), "")
    }

    /// `Forbidden`.
    #[must_use]
    pub fn forbidden(&self, node: Node<'_>, detail: &str) -> FieldError {
        self.error(node, "Forbidden", None, detail)
    }

    /// `Too long`: more than so many bytes.
    #[must_use]
    pub fn too_long(&self, node: Node<'_>, most: usize) -> FieldError {
        self.error(node, "Too long", None, &format!("may not be more than {most} bytes"))
    }

    /// `Too many`: more than so many items.
    #[must_use]
    pub fn too_many(&self, node: Node<'_>, actual: usize, most: usize) -> FieldError {
        self.error(node, "Too many", Some(actual.to_string()), &format!("must have at most {most} items"))
    }
}

/// A value as an error shows it: text in quotes, numbers and booleans as they are, all else as JSON.
fn shown(node: Node<'_>) -> String {
    match node.view() {
        NodeView::String(text) => quoted(text.as_bytes()),
        NodeView::Null => "null".to_owned(),
        _ => node.tree().to_json(node.id()).to_string(),
    }
}

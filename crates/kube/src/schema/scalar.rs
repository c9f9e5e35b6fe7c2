//! Single values against single types: what Go's decoder says where they do not fit.

use chartwright_go::{base64, duration, time};
use chartwright_yaml::NodeView;

use crate::node::Node;
use crate::quantity::Quantity;

use super::{Own, Shape};

/// Why a value does not fit.
pub(super) enum Misfit {
    /// It is JSON of another type: what was met, and the Go type where it is not that of the field.
    Type(String, Option<&'static str>),
    /// Words of their own.
    Text(String),
    /// As [`Misfit::Type`] or [`Misfit::Text`], from a type that reads itself: nothing behind it is looked at.
    Final(Box<Misfit>),
}

/// What JSON calls a value.
fn met(node: Node<'_>) -> String {
    match node.view() {
        NodeView::Null => "null",
        NodeView::Bool(_) => "bool",
        NodeView::Int(_) | NodeView::Float(_) => "number",
        NodeView::String(_) => "string",
        NodeView::Sequence(_) => "array",
        NodeView::Mapping(_) => "object",
    }
    .to_owned()
}

/// A number as JSON writes it.
fn number(node: Node<'_>) -> String {
    node.tree().key_text(node.id()).into_owned()
}

fn integer(node: Node<'_>, bits: u32) -> Result<(), Misfit> {
    let fits = match node.view() {
        NodeView::Int(whole) => bits >= 64 || i32::try_from(whole).is_ok(),
        // JSON has no point in what is whole.
        NodeView::Float(float) => float.fract() == 0.0 && float.abs() < if bits >= 64 { 9e18 } else { 2_147_483_648.0 },
        _ => return Err(Misfit::Type(met(node), None)),
    };
    if fits { Ok(()) } else { Err(Misfit::Type(format!("number {}", number(node)), None)) }
}

/// Holds a value to a shape, unless that is a list, a map or a struct. Null fits everywhere.
pub(super) fn fit(node: Node<'_>, shape: Shape) -> Result<(), Misfit> {
    let view = node.view();
    if view == NodeView::Null {
        return Ok(());
    }
    match (shape, view) {
        (Shape::Any | Shape::Missing, _)
        | (Shape::Text, NodeView::String(_))
        | (Shape::Bool, NodeView::Bool(_))
        | (Shape::Float, NodeView::Int(_) | NodeView::Float(_))
        // Numbers, a byte each; nobody writes that.
        | (Shape::Bytes, NodeView::Sequence(_)) => Ok(()),
        (Shape::Int(bits), _) => integer(node, bits),
        (Shape::Bytes, NodeView::String(text)) => match base64::decode64(text.as_bytes()) {
            Ok(_) => Ok(()),
            Err(at) => Err(Misfit::Text(format!("illegal base64 data at input byte {at}"))),
        },
        (Shape::Own(own), _) => read_itself(node, own).map_err(|misfit| Misfit::Final(Box::new(misfit))),
        _ => Err(Misfit::Type(met(node), None)),
    }
}

const RFC3339: &str = "2006-01-02T15:04:05Z07:00";
const RFC3339_MICRO: &str = "2006-01-02T15:04:05.000000Z07:00";

fn read_itself(node: Node<'_>, own: Own) -> Result<(), Misfit> {
    let text = || node.str().ok_or_else(|| Misfit::Type(met(node), Some("string")));
    match own {
        Own::Quantity => {
            let written = match node.view() {
                NodeView::String(text) => text.trim().to_owned(),
                NodeView::Int(_) | NodeView::Float(_) => number(node),
                // The parser is given the JSON, which is no quantity whatever it holds.
                _ => "{}".to_owned(),
            };
            Quantity::parse(&written).map(|_| ()).map_err(|error| Misfit::Text(error.to_string()))
        }
        Own::Time | Own::MicroTime => {
            let layout = if own == Own::Time { RFC3339 } else { RFC3339_MICRO };
            time::parse(layout.as_bytes(), text()?.as_bytes(), &time::Zone::utc()).map(|_| ()).map_err(Misfit::Text)
        }
        Own::Duration => duration::parse(text()?.as_bytes()).map(|_| ()).map_err(Misfit::Text),
        Own::IntOrString => match node.view() {
            NodeView::String(_) => Ok(()),
            _ => integer(node, 32).map_err(|misfit| match misfit {
                Misfit::Type(met, _) => Misfit::Type(met, Some("int32")),
                other => other,
            }),
        },
        Own::SchemaOrBool => match node.view() {
            NodeView::Bool(_) | NodeView::Mapping(_) => Ok(()),
            _ => Err(Misfit::Text("boolean or JSON schema expected".to_owned())),
        },
        // What is neither an object nor a list is read as nothing.
        Own::SchemaOrArray | Own::SchemaOrNames => Ok(()),
    }
}

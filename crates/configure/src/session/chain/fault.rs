//! A failed render for the page: the expression that is to be underlined, the values that led there, and what was likely meant.

use crate::insight::distance::nearest;
use crate::protocol::{ChainValue, FaultCall, FilePlace, RenderFault};
use crate::session::render::Inputs;
use crate::session::{Session, derived};
use crate::values::{Layers, Node, Value};
use chartwright_helm::{Frame, Position, RenderError, RenderErrorKind};
use std::rc::Rc;

/// What Go and Sprig say of a value that is of the wrong type (`text/template/exec.go`, `text/template/funcs.go`).
const WRONG: [&str; 6] = ["wrong type", "expected", "can't iterate", "incompatible types", "can't evaluate field", "can't index"];

impl Session {
    /// A failure of the chosen environment's render, without what the form says of it.
    pub(in crate::session) fn told_failure(&mut self, error: &RenderError) -> RenderFault {
        let name = Rc::clone(&self.state.environment);
        let inputs = self.inputs(&self.environment(), |layer| &layer.good);
        let [origins, conditions] = self.values(&inputs, &name, [error.trail.origins.clone(), error.trail.conditions.clone()]);
        let hint = error.hint.clone().or_else(|| self.meant(error, &inputs, &name, &origins));
        let calls = error.trail.frames.iter().map(call).collect();
        RenderFault {
            message: error.message.clone(),
            file: error.position.as_ref().map(|position| position.file.clone()),
            line: error.position.as_ref().map(|position| position.line),
            column: error.position.as_ref().map(|position| position.column).filter(|column| *column > 0),
            excerpt: error.excerpt.clone(),
            at: error.at,
            underline: underlined(error),
            calls,
            origins,
            conditions,
            hint,
            fields: Vec::new(),
        }
    }

    /// Which key was missing and which may have been meant, or what a value of the wrong type is.
    fn meant(&mut self, error: &RenderError, inputs: &Inputs, environment: &Rc<str>, origins: &[ChainValue]) -> Option<String> {
        if !matches!(error.kind, RenderErrorKind::Execute) {
            return None;
        }
        let readings = self.readings_of(inputs, environment);
        let empty = Node::from(Value::Map(Vec::new()));
        let layers = derived::layers(&readings, &empty);
        if let Some(missing) = origins.iter().find(|value| value.place.is_none()) {
            return Some(unset(missing, &layers));
        }
        let value = origins.first().filter(|_| WRONG.iter().any(|text| error.message.contains(text)))?;
        let node = layers.at(&crate::pointer::path(&value.id)).whole()?;
        Some(format!("{} is {}: {}", value.key, kind(&node), value.value))
    }
}

fn unset(missing: &ChainValue, layers: &Layers<'_>) -> String {
    let path = crate::pointer::path(&missing.id);
    let near = path.split_last().and_then(|(last, above)| {
        let keys = layers.at(above).keys();
        nearest(last, keys.iter().map(|key| &**key)).map(str::to_owned)
    });
    match near {
        Some(near) => format!("{} is not set; did you mean {near}?", missing.key),
        None => format!("{} is not set", missing.key),
    }
}

fn kind(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
    }
}

fn call(frame: &Frame) -> FaultCall {
    let Position { file, line, column } = frame.position.clone();
    let place = FilePlace { layer: None, file, line, column };
    FaultCall { place, template: frame.template.clone(), expression: frame.expression.clone() }
}

/// Which characters of the faulty line to underline: where they begin, from 0, and how many.
fn underlined(error: &RenderError) -> Option<(u32, u32)> {
    let (_, text) = error.excerpt.iter().find(|(number, _)| Some(*number) == error.at)?;
    let column = error.position.as_ref().map_or(0, |position| position.column as usize);
    let expression = error.trail.frames.last().map_or("", |frame| &frame.expression);
    let (begins, length) = match column.checked_sub(1) {
        Some(at) => expression_at(text, at, expression),
        None => (text.len() - text.trim_start().len(), text.trim().len()),
    };
    let count = |text: &str| text.chars().count() as u32;
    Some((count(text.get(..begins)?), count(text.get(begins..begins + length)?))).filter(|(_, length)| *length > 0)
}

/// The bytes of an expression around a place: Go tells the place of a part of it.
fn expression_at(text: &str, at: usize, expression: &str) -> (usize, usize) {
    let covers = |begins: usize| begins <= at && at <= begins + expression.len();
    let found = text.match_indices(expression).map(|(begins, _)| begins).filter(|begins| covers(*begins) && !expression.is_empty());
    if let Some(begins) = found.last() {
        return (begins, expression.len());
    }
    let rest = text.get(at..).unwrap_or_default();
    (at.min(text.len()), rest.find(|c: char| c.is_whitespace() || matches!(c, '|' | ')' | '}')).unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, at: usize, expression: &str, expected: &str) {
        let (begins, length) = expression_at(text, at, expression);
        assert_eq!(&text[begins..begins + length], expected);
    }

    #[test]
    fn the_expression_around_a_place() {
        check("a: {{ .Values.a.b }}", 15, ".Values.a.b", ".Values.a.b");
        check("a: {{ .a }} {{ .a }}", 15, ".a", ".a");
        check("a: {{ include  \"x\" . }}", 6, "include \"x\" .", "include");
        check("a", 9, ".x", "");
    }
}

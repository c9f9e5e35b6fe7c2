//! Two environments beside each other, resource by resource, and the values that make the difference.

use super::documents::{Shown, shown};
use super::{Rc, Session};
use crate::protocol::{Change, Comparison, DiffLine, ResourceDiff, Update};
use crate::text::diff::{lines, matches};
use crate::values::secret::MASK;
use crate::values::{Node, Value, leaves, to_line, to_text};
use std::collections::HashMap;

/// An effective value in words, with its key.
struct Flat {
    key: String,
    value: String,
    secret: Option<String>,
}

impl Session {
    pub(super) fn compare(&mut self, update: &mut Update) {
        let Some(left) = self.compare.clone() else {
            self.sent.comparison = None;
            return;
        };
        let chart = Rc::clone(&self.state.chart);
        let known = self.charts.get(&chart).is_some_and(|open| open.environments.iter().any(|(name, _)| *name == left));
        let left = if known { left } else { crate::library::DEFAULT.into() };
        let new = self.comparison(&chart, &left);
        if self.sent.comparison.as_ref() != Some(&new) {
            self.sent.comparison = Some(new.clone());
            update.comparison = Some(new);
        }
    }

    fn comparison(&mut self, chart: &Rc<str>, left: &Rc<str>) -> Comparison {
        let right = Rc::clone(&self.state.environment);
        let (a, b) = (self.flat(chart, left), self.flat(chart, &right));
        let mut secrets: Vec<String> = a.iter().chain(&b).filter_map(|value| value.secret.clone()).collect();
        chartwright_go::sort::plain(&mut secrets);
        let outcome = self.render_environment(chart, left);
        let left_error = outcome.as_ref().as_ref().err().map(|error| error.message.clone());
        let good = |session: &Session, name: &Rc<str>| session.good.get(&(Rc::clone(chart), Rc::clone(name))).cloned();
        let ours = good(self, &right).map(|(_, outcome)| outcome);
        let texts = |outcome: Option<&super::Outcome>| {
            outcome.and_then(|outcome| outcome.as_ref().as_ref().ok().map(|rendered| shown(rendered, &secrets))).unwrap_or_default()
        };
        let (old, new) = (texts(Some(&outcome)), texts(ours.as_ref()));
        let resources = if left_error.is_some() { Vec::new() } else { resources(&old, &new) };
        self.chain.compared = secrets;
        Comparison { left: left.to_string(), right: right.to_string(), left_error, resources, values: values(&a, &b) }
    }

    /// The texts of an environment's secrets.
    pub(super) fn secrets_of(&mut self, chart: &Rc<str>, name: &Rc<str>) -> Vec<String> {
        let mut secrets: Vec<String> = self.flat(chart, name).into_iter().filter_map(|value| value.secret).collect();
        chartwright_go::sort::plain(&mut secrets);
        secrets.dedup();
        secrets
    }

    /// The effective values of an environment, in words.
    fn flat(&mut self, chart: &Rc<str>, name: &Rc<str>) -> Vec<Flat> {
        let environment = self.environment_of(chart, name);
        let Some(open) = self.charts.get(chart) else { return Vec::new() };
        let defaults = Rc::clone(&open.defaults);
        let readings = self.readings(defaults, &environment);
        let empty = Node::from(Value::Map(Vec::new()));
        let open = self.charts.get(chart);
        let declared = |path: &[String]| open.is_some_and(|open| open.declares_secret(path));
        let layers = super::derived::layers(&readings, &empty);
        let found = leaves(&layers, &declared);
        let schema = open.and_then(|open| open.schema.as_ref()).map(crate::form::Schema::new);
        let hidden = |path: &[String]| {
            path.first().is_some_and(|key| schema.and_then(|root| root.named(key)).is_some_and(|child| child.is("x-hidden")))
        };
        found
            .iter()
            .filter(|leaf| !hidden(&leaf.path))
            .map(|leaf| {
                let secret = leaf.secret.then(|| to_text(leaf.node)).filter(|text| !text.is_empty());
                let value = if secret.is_some() { MASK.to_owned() } else { to_line(leaf.node) };
                Flat { key: crate::pointer::dotted(&leaf.path), value, secret }
            })
            .collect()
    }
}

fn values(left: &[Flat], right: &[Flat]) -> Vec<(String, Option<String>, Option<String>)> {
    let mut by_key: HashMap<&str, &Flat> = left.iter().map(|value| (value.key.as_str(), value)).collect();
    let mut out = Vec::new();
    for value in right {
        match by_key.remove(value.key.as_str()) {
            Some(other) if other.value == value.value && other.secret == value.secret => {}
            other => out.push((value.key.clone(), other.map(|other| other.value.clone()), Some(value.value.clone()))),
        }
    }
    out.extend(
        left.iter()
            .filter(|value| by_key.contains_key(value.key.as_str()))
            .map(|value| (value.key.clone(), Some(value.value.clone()), None)),
    );
    // An empty list or map that has elements on the other side is told by those.
    let inside =
        |key: &str, all: &[Flat]| all.iter().any(|value| value.key.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', '['])));
    out.retain(|(key, a, b)| match (a.as_deref(), b.as_deref()) {
        (Some("[]" | "{}"), None) => !inside(key, right),
        (None, Some("[]" | "{}")) => !inside(key, left),
        _ => true,
    });
    out
}

/// Right's documents in their order, then those that only the left has.
fn resources(left: &[Shown], right: &[Shown]) -> Vec<ResourceDiff> {
    let mut by_id: HashMap<&str, &Shown> = left.iter().map(|shown| (shown.id.as_str(), shown)).collect();
    let mut out: Vec<ResourceDiff> = right.iter().map(|shown| resource(by_id.remove(shown.id.as_str()), Some(shown))).collect();
    out.extend(left.iter().filter(|shown| by_id.contains_key(shown.id.as_str())).map(|shown| resource(Some(shown), None)));
    out
}

fn resource(left: Option<&Shown>, right: Option<&Shown>) -> ResourceDiff {
    let change = match (left, right) {
        (Some(a), Some(b)) if a.text == b.text => Change::Same,
        (Some(_), Some(_)) => Change::Changed,
        (Some(_), None) => Change::Left,
        (None, _) => Change::Right,
    };
    let text = |shown: Option<&Shown>| shown.map_or_else(Rc::default, |shown| Rc::clone(&shown.text));
    let any = right.or(left);
    ResourceDiff {
        id: any.map_or_else(String::new, |shown| shown.id.clone()),
        kind: any.map_or_else(String::new, |shown| shown.kind.to_string()),
        change,
        lines: diff_lines(&text(left), &text(right)),
    }
}

fn diff_lines(left: &str, right: &str) -> Vec<DiffLine> {
    let (a, b) = (lines(left), lines(right));
    let found = matches(&a, &b);
    let number = |at: usize| u32::try_from(at + 1).ok();
    let gone = |at: usize| DiffLine { change: Change::Left, left: number(at), right: None, text: a[at].to_owned() };
    let mut out = Vec::with_capacity(a.len().max(b.len()));
    let mut next = 0;
    let mut fresh: Vec<DiffLine> = Vec::new();
    for (at, slot) in found.iter().enumerate() {
        match slot {
            Some(from) => {
                // What went stands before what came.
                out.extend((next..*from).map(gone));
                out.append(&mut fresh);
                out.push(DiffLine { change: Change::Same, left: number(*from), right: number(at), text: b[at].to_owned() });
                next = from + 1;
            }
            None => fresh.push(DiffLine { change: Change::Right, left: None, right: number(at), text: b[at].to_owned() }),
        }
    }
    out.extend((next..a.len()).map(gone));
    out.append(&mut fresh);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: &str) {
        let text: Vec<String> = diff_lines(left, right)
            .iter()
            .map(|line| {
                format!(
                    "{}{}",
                    match line.change {
                        Change::Left => "-",
                        Change::Right => "+",
                        _ => " ",
                    },
                    line.text
                )
            })
            .collect();
        assert_eq!(text.join("\n"), expected);
    }

    #[test]
    fn lines_beside_each_other() {
        check("a\nb\nc", "a\nx\nc", " a\n-b\n+x\n c");
        check("", "a", "+a");
        check("a", "", "-a");
        check("a\nb", "b\nc", "-a\n b\n+c");
    }
}

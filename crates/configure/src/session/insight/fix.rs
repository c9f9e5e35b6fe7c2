//! A change that a rule wants in a manifest, as one of a value: guessed by the trace, tried in a render, and handed to the checks' worker, which
//! says whether the finding goes by it and nothing new comes.

use super::super::documents::{ids, shown};
use super::{Rc, Session};
use crate::checks::request::{TrialRequest, documents};
use crate::fix::candidates;
use crate::pointer;
use crate::protocol::{FixView, ManifestChange};
use crate::text::diff::{lines, matches};
use crate::values::{Node, Value, read_json, read_yaml, to_json, to_line};
use chartwright_helm::Rendered;
use chartwright_lint::fix::{Change, NewValue};
use chartwright_yaml::Tree;
use chartwright_yaml::edit::PathSegment;

impl Session {
    /// The value that makes a change in a manifest.
    pub(in crate::session) fn find_fix(&mut self, change: ManifestChange) -> FixView {
        let mut fix = FixView { change, ..FixView::default() };
        fix.refused = self.try_fix(&mut fix).err();
        fix
    }

    fn try_fix(&mut self, fix: &mut FixView) -> Result<(), String> {
        self.keep_valid_release();
        let mut environment = (*self.environment()).clone();
        if environment.layers.is_empty() {
            environment.layers.push(super::super::open::own_layer(&self.state.environment));
        }
        environment.edited = environment.edited.min(environment.layers.len() - 1);
        let wanted = fix.change.json.as_deref().map(read_json).transpose()?;
        let change = match &wanted {
            Some(value) => Change::Set(fix.change.pointer.clone(), new_value(value)),
            None => Change::Remove(fix.change.pointer.clone()),
        };
        let inputs = self.inputs(&environment, |layer| &layer.good);
        let chart = Rc::clone(&self.state.chart);
        let open = self.charts.get_mut(&chart).ok_or("There is no chart")?;
        let before =
            self.renders.fresh(open, &inputs, true).map_err(|_| "The render fails: what is shown is the last good one".to_owned())?;
        let at = ids(&before).iter().position(|id| *id == fix.change.document).ok_or("This object is no longer there")?;
        let engine = open.engine(inputs.release.helm).map_err(|error| error.message)?;
        let trace = engine.trace().ok_or("No template wrote this")?;
        let candidates = before.documents.get(at).map(|document| candidates(&trace, document, &change)).unwrap_or_default();
        for candidate in candidates {
            let path: Vec<String> = candidate.path.iter().map(key).collect();
            if self.hidden_by(&environment, &path).is_some() {
                continue;
            }
            let value = wanted.clone().unwrap_or_else(|| Value::Null.into());
            let mut trial = environment.clone();
            if self.write(&mut trial, &path, value.clone()).is_err() {
                continue;
            }
            let inputs = self.inputs(&trial, |layer| &layer.good);
            let Some(open) = self.charts.get_mut(&chart) else { continue };
            let Ok(after) = self.renders.fresh(open, &inputs, false) else { continue };
            if !is_made(&after, fix, wanted.as_ref()) {
                continue;
            }
            let was = self.look(&environment, |layers| layers.at(&path).whole());
            fix.file = environment.layer().map(|layer| layer.name.to_string()).unwrap_or_default();
            fix.key = pointer::dotted(&path);
            fix.path = path;
            fix.json = to_json(&value);
            fix.value = to_line(&value);
            fix.was = was.as_ref().map(to_line).unwrap_or_default();
            fix.lines = self.changed_lines(&before, &after);
            fix.trial = self.trial(&fix.change, &after);
            return Ok(());
        }
        Err("No value was found that makes this change".to_owned())
    }

    /// How many lines of the manifests a change touches.
    fn changed_lines(&self, before: &Rendered, after: &Rendered) -> usize {
        let secrets = self.sent.secrets();
        let (old, new) = (shown(before, &secrets), shown(after, &secrets));
        let count = |text: &str, other: &str| {
            let (a, b) = (lines(text), lines(other));
            let kept = matches(&a, &b).iter().flatten().count();
            (a.len() - kept).max(b.len() - kept)
        };
        let of =
            |all: &'_ [super::super::documents::Shown], id: &str| all.iter().find(|one| *one.id == *id).map(|one| Rc::clone(&one.text));
        let changed = new.iter().map(|one| count(of(&old, &one.id).as_deref().unwrap_or_default(), &one.text));
        let gone = old.iter().filter(|one| of(&new, &one.id).is_none()).map(|one| lines(&one.text).len());
        changed.sum::<usize>() + gone.sum::<usize>()
    }

    /// What the checks' worker is to judge: the environment with these manifests instead of its own.
    fn trial(&self, change: &ManifestChange, after: &Rendered) -> String {
        let mut all = documents(after);
        for (document, rendered) in all.iter_mut().zip(&after.documents) {
            if !self.checks.has(document.hash) {
                document.text = Some(rendered.content.to_string());
            }
        }
        let ManifestChange { document, pointer, json } = change.clone();
        let environment = self.state.environment.to_string();
        serde_json::to_string(&TrialRequest { change: (document, pointer, json), environment, documents: all }).unwrap_or_default()
    }
}

/// Whether the wanted change is in a render.
fn is_made(after: &Rendered, fix: &FixView, wanted: Option<&Node>) -> bool {
    let Some(at) = ids(after).iter().position(|id| *id == fix.change.document) else { return false };
    let Some(tree) = after.documents.get(at).and_then(|document| Tree::parse(&document.content).ok()) else { return false };
    let Ok(root) = read_yaml(&tree) else { return false };
    let path: Vec<String> = pointer::path(&fix.change.pointer);
    match (root.at(&path), wanted) {
        (Some(node), Some(wanted)) => node.same(wanted, false),
        (None, None) => true,
        (Some(node), None) => node.is_null(),
        (None, Some(_)) => false,
    }
}

fn key(segment: &PathSegment) -> String {
    match segment {
        PathSegment::Key(key) => key.clone(),
        PathSegment::Index(index) => index.to_string(),
    }
}

fn new_value(node: &Node) -> NewValue {
    match &node.value {
        Value::Null => NewValue::Null,
        Value::Bool(value) => NewValue::Bool(*value),
        Value::Int(value) => NewValue::Int(*value),
        Value::Float(value) => NewValue::Float(*value),
        Value::String(text) => NewValue::String(text.to_string()),
        Value::List(_) | Value::Map(_) => NewValue::Yaml(crate::values::to_yaml(node)),
    }
}

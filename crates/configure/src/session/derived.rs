//! What is derived from the values, top-level key by top-level key: form fields, rows, secrets. A key whose values, faults and
//! dependencies are as they were keeps what it had, so that a key press costs what it changes.

use super::Reading;
use super::edit::root;
use super::open::Open;
use super::state::Environment;
use crate::form::{Context, Part, Schema, keys, part};
use crate::protocol::{Source, StorageClass, ValueRow};
use crate::values::{Layer, Layers, Node, Value, leaves_of, rows, to_text};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// A top-level key's part of form and list.
pub(super) struct Derived {
    pub(super) key: String,
    pub(super) part: Part,
    pub(super) rows: Vec<ValueRow>,
    secrets: Vec<String>,
    of_files: usize,
    /// The faults that were known when it was made.
    faults: Vec<(String, String, String)>,
}

/// Everything that was derived last.
#[derive(Default)]
pub(super) struct Memory {
    chart: Rc<str>,
    readings: Vec<(Rc<str>, Reading, Reading)>,
    keys: Vec<(i64, String)>,
    pub(super) all: Vec<Derived>,
}

/// What came of it.
pub(super) struct Change {
    /// The places of the parts that were made anew.
    pub(super) made: Vec<usize>,
    /// Whether there are other keys than before, or another chart.
    pub(super) keys: bool,
}

impl Memory {
    /// Derives what changed.
    pub(super) fn derive(
        &mut self,
        chart: &Rc<str>,
        open: &Open,
        readings: Vec<(Rc<str>, Reading, Reading)>,
        environment: &Environment,
        violations: &BTreeMap<String, String>,
        classes: &[StorageClass],
    ) -> Change {
        let empty = Node::from(Value::Map(Vec::new()));
        let layers = layers(&readings, &empty);
        let schema = open.schema.as_ref().map(Schema::new);
        let context = Context { schema, layers: &layers, comments: &open.comments, pending: &environment.pending, violations, classes };
        let same_files =
            *self.chart == **chart && self.readings.len() == readings.len() && self.readings.iter().zip(&readings).all(|(a, b)| a.0 == b.0);
        let new_keys = if same_files && self.readings.iter().zip(&readings).all(|(a, b)| same_keys(&a.1, &b.1)) {
            self.keys.clone()
        } else {
            keys(&context)
        };
        let keys_changed = !same_files || new_keys != self.keys;
        let mut known: HashMap<String, Derived> = if same_files {
            std::mem::take(&mut self.all).into_iter().map(|derived| (derived.key.clone(), derived)).collect()
        } else {
            HashMap::new()
        };
        let declared = |path: &[String]| open.declares_secret(path);
        let mut made = Vec::new();
        let mut all = Vec::with_capacity(new_keys.len());
        for (order, key) in &new_keys {
            let faults = faults(environment, violations, key);
            let old =
                known.remove(key).filter(|old| old.faults == faults && self.unchanged(&readings, key) && depends_hold(&old.part, &layers));
            let derived = old.unwrap_or_else(|| {
                made.push(all.len());
                let leaves = leaves_of(&layers, key, &declared);
                let secrets =
                    leaves.iter().filter(|leaf| leaf.secret).map(|leaf| to_text(leaf.node)).filter(|text| !text.is_empty()).collect();
                let of_files = leaves.iter().filter(|leaf| leaf.place.source() == Source::File).count();
                let mut rows = rows(&leaves, &layers);
                for row in &mut rows {
                    // A subchart's own default is overridden too.
                    row.over.extend(open.said_below(&row.id).map(|below| (below.value.clone(), below.file.clone())));
                }
                Derived { key: key.clone(), part: part(&context, key, *order), rows, secrets, of_files, faults }
            });
            all.push(derived);
        }
        self.all = all;
        self.chart = Rc::clone(chart);
        self.keys = new_keys;
        self.readings = readings;
        Change { made, keys: keys_changed }
    }

    /// Whether all layers say of a key what they said, on the same lines.
    fn unchanged(&self, readings: &[(Rc<str>, Reading, Reading)], key: &str) -> bool {
        let same = |a: &Reading, b: &Reading| {
            Rc::ptr_eq(a, b)
                || match (get(a, key), get(b, key)) {
                    (Some(a), Some(b)) => a.same(b, true),
                    (None, None) => true,
                    _ => false,
                }
        };
        self.readings.iter().zip(readings).all(|(a, b)| same(&a.1, &b.1) && same(&a.2, &b.2))
    }

    /// The secrets' texts.
    pub(super) fn secrets(&self) -> Vec<String> {
        let mut all: Vec<String> = self.all.iter().flat_map(|derived| derived.secrets.iter().cloned()).collect();
        chartwright_go::sort::plain(&mut all);
        all.dedup();
        all
    }

    /// How many effective values come from files as they came.
    pub(super) fn of_files(&self) -> usize {
        self.all.iter().map(|derived| derived.of_files).sum()
    }

    /// How many values of the layers are mine.
    pub(super) fn mine(&self) -> usize {
        let empty = Node::from(Value::Map(Vec::new()));
        let mut count = 0;
        for (_, now, came) in &self.readings {
            if !Rc::ptr_eq(now, came) {
                let mut changed = Vec::new();
                super::edit::differing(Some(root(now, &empty)), Some(root(came, &empty)), &mut Vec::new(), &mut changed);
                count += changed.len();
            }
        }
        count
    }
}

fn get<'a>(reading: &'a Reading, key: &str) -> Option<&'a Node> {
    reading.as_ref().as_ref().ok()?.node.get(key)
}

fn same_keys(a: &Reading, b: &Reading) -> bool {
    if Rc::ptr_eq(a, b) {
        return true;
    }
    let pairs = |reading: &'_ Reading| -> Vec<Rc<str>> {
        reading
            .as_ref()
            .as_ref()
            .ok()
            .and_then(|parsed| parsed.node.map())
            .unwrap_or_default()
            .iter()
            .map(|(key, _)| Rc::clone(key))
            .collect()
    };
    pairs(a) == pairs(b)
}

pub(super) fn layers<'a>(readings: &'a [(Rc<str>, Reading, Reading)], empty: &'a Node) -> Layers<'a> {
    Layers { all: readings.iter().map(|(name, now, came)| Layer { name, now: root(now, empty), came: root(came, empty) }).collect() }
}

fn depends_hold(part: &Part, layers: &Layers<'_>) -> bool {
    part.depends.iter().all(|(path, value)| layers.at(path).whole() == *value)
}

/// What was typed and does not fit, and what the schema refuses, at and below a key.
fn faults(environment: &Environment, violations: &BTreeMap<String, String>, key: &str) -> Vec<(String, String, String)> {
    if environment.pending.is_empty() && violations.is_empty() {
        return Vec::new();
    }
    let id = crate::pointer::id(&[key.to_owned()]);
    let below = format!("{id}/");
    let here = |known: &str| known == id || known.starts_with(&below);
    let pending =
        environment.pending.iter().filter(|(known, _)| here(known)).map(|(id, (text, reason))| (id.clone(), text.clone(), reason.clone()));
    let refused = violations.iter().filter(|(known, _)| here(known)).map(|(id, message)| (id.clone(), String::new(), message.clone()));
    pending.chain(refused).collect()
}

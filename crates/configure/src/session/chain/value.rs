//! A value of a chain in words: what it is, where it is set, what it overrode.

use super::files;
use crate::pointer;
use crate::protocol::{ChainValue, FilePlace, Path, Source};
use crate::session::open::Open;
use crate::session::texts::Texts;
use crate::values::secret::{MASK, is_secret};
use crate::values::{Layers, Node, to_line};
use chartwright_helm::{Owner, Source as Set};
use std::rc::Rc;

/// How many characters of a value are shown.
const MOST: usize = 120;

/// What the values of a chain are told from.
pub(super) struct Teller<'a> {
    pub(super) open: &'a Open,
    pub(super) texts: &'a mut Texts,
    pub(super) layers: &'a Layers<'a>,
    /// The ids of the layers that are files of the environment, lowest first.
    pub(super) ids: &'a [Rc<str>],
}

impl Teller<'_> {
    /// Tells of the value at a path; `set` is every place that sets it, the one that counts first.
    pub(super) fn value(&mut self, path: Path, set: &[Set]) -> ChainValue {
        let place = self.layers.at(&path);
        let holder = path.split_last().and_then(|(_, above)| self.layers.at(above).whole());
        let hidden = is_secret(&path, holder.as_ref()) || self.open.declares_secret(&path);
        let source = place.source();
        let value = match (place.whole(), set.first()) {
            (Some(node), _) => short(&node, hidden),
            (None, Some(set)) => self.said(&path, set, hidden),
            (None, None) => String::new(),
        };
        let mut over = Vec::new();
        if source == Source::Mine
            && let Some(Owner::Layer(layer)) = set.first().map(|set| set.owner)
            && let (now, Some(was)) = (place.in_layer(layer + 1), place.came_in(layer + 1))
            && now != Some(was)
        {
            let file = set.first().map_or_else(String::new, |set| set.file.clone());
            over.push((short(was, hidden), FilePlace { file, ..FilePlace::default() }));
        }
        over.extend(set.iter().skip(1).map(|set| (self.said(&path, set, hidden), self.place(set))));
        let key = match pointer::dotted(&path) {
            key if key.is_empty() => ".Values".to_owned(),
            key => key,
        };
        ChainValue { id: pointer::id(&path), key, value, source, place: set.first().map(|set| self.place(set)), over }
    }

    fn place(&self, set: &Set) -> FilePlace {
        let layer = match set.owner {
            Owner::Layer(layer) => self.ids.get(layer).map(ToString::to_string),
            Owner::Chart | Owner::Subchart => None,
        };
        FilePlace { layer, file: set.file.clone(), line: set.line, column: set.column }
    }

    /// What one place says at a path.
    fn said(&mut self, path: &[String], set: &Set, hidden: bool) -> String {
        let node = match set.owner {
            Owner::Layer(layer) => self.layers.at(path).in_layer(layer + 1).cloned(),
            Owner::Chart => self.layers.at(path).in_layer(0).cloned(),
            Owner::Subchart => self.in_subchart(path, &set.file),
        };
        node.map(|node| short(&node, hidden)).unwrap_or_default()
    }

    /// What a subchart's defaults say: below its own name, or of `global`.
    fn in_subchart(&mut self, path: &[String], file: &str) -> Option<Node> {
        let (mut below, mut folder) = (path, file);
        while let Some((name, rest)) = folder.strip_prefix("charts/").and_then(|rest| rest.split_once('/')) {
            match below.split_first() {
                Some((key, deeper)) if *key == name => (below, folder) = (deeper, rest),
                _ => break,
            }
        }
        let text: Rc<str> = files::text(&self.open.chart, file)?.as_ref().into();
        let reading = self.texts.read(&text);
        reading.as_ref().as_ref().ok()?.node.at(below).cloned()
    }
}

/// A value in short. What is in a map or list is told by its own lines.
fn short(node: &Node, hidden: bool) -> String {
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let text = match (node.map(), node.list()) {
        (Some(pairs), _) if !pairs.is_empty() => return format!("{{{}}}", count(pairs.len(), "key", "keys")),
        (_, Some(items)) if !items.is_empty() => return format!("[{}]", count(items.len(), "item", "items")),
        _ => to_line(node),
    };
    if hidden && !text.is_empty() && node.bool().is_none() {
        return MASK.to_owned();
    }
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

//! One place in all layers at once: which layer wins there, what it would be without me, and what it hides.
//!
//! The rules are Helm's (`pkg/cli/values/options.go`, `mergeMaps`; `pkg/chart/common/util/coalesce.go`): files are merged first, maps key by
//! key and anything else wholly; then the chart's defaults fill what is missing; a null that is left takes the default away.

use super::{Node, Value};
use crate::protocol::Source;
use std::rc::Rc;

/// A file of values, as it is now and as it came.
pub(crate) struct Layer<'a> {
    pub(crate) name: &'a str,
    pub(crate) now: &'a Node,
    pub(crate) came: &'a Node,
}

/// All layers, lowest first. The first is the chart's defaults.
pub(crate) struct Layers<'a> {
    pub(crate) all: Vec<Layer<'a>>,
}

/// What each layer says at one place.
#[derive(Clone)]
pub(crate) struct Place<'a> {
    now: Vec<Option<&'a Node>>,
    came: Vec<Option<&'a Node>>,
}

impl<'a> Layers<'a> {
    /// The root.
    pub(crate) fn root(&self) -> Place<'a> {
        Place { now: self.all.iter().map(|layer| Some(layer.now)).collect(), came: self.all.iter().map(|layer| Some(layer.came)).collect() }
    }

    /// The place at a path.
    pub(crate) fn at(&self, path: &[String]) -> Place<'a> {
        path.iter().fold(self.root(), |place, key| place.child(key))
    }
}

/// Which layer wins: the topmost that says anything.
fn winner<'a>(column: &[Option<&'a Node>]) -> Option<(usize, &'a Node)> {
    column.iter().enumerate().rev().find_map(|(at, node)| node.map(|node| (at, node)))
}

/// The layers that take part in a map, all others blanked; `None` where the winner is no map.
fn merged<'a>(column: &[Option<&'a Node>]) -> Option<Vec<Option<&'a Node>>> {
    let (top, node) = winner(column)?;
    node.map()?;
    let mut out = vec![None; column.len()];
    let mut covered = false;
    for at in (0..=top).rev() {
        let Some(node) = column[at] else { continue };
        // A file's scalar or null under a map is replaced, with what lies under it in files; the chart's defaults still fill in.
        if node.map().is_none() {
            covered = true;
        } else if at == 0 || !covered {
            out[at] = Some(node);
        }
    }
    Some(out)
}

fn step<'a>(column: &[Option<&'a Node>], key: &str) -> Vec<Option<&'a Node>> {
    if let Some(maps) = merged(column) {
        return maps.iter().map(|node| node.and_then(|node| node.get(key))).collect();
    }
    let mut out = vec![None; column.len()];
    if let Some((at, node)) = winner(column) {
        out[at] = node.step(key);
    }
    out
}

fn whole(column: &[Option<&Node>]) -> Option<Node> {
    let Some(maps) = merged(column) else {
        let (_, node) = winner(column)?;
        return (!node.is_null()).then(|| node.clone());
    };
    let pairs = keys(&maps).into_iter().filter_map(|key| whole(&step(&maps, &key)).map(|node| (key, node))).collect();
    Some(Value::Map(pairs).into())
}

fn keys(maps: &[Option<&Node>]) -> Vec<Rc<str>> {
    let mut all: Vec<Rc<str>> = Vec::new();
    for (key, _) in maps.iter().flatten().filter_map(|node| node.map()).flatten() {
        if !all.contains(key) {
            all.push(Rc::clone(key));
        }
    }
    all
}

impl<'a> Place<'a> {
    /// The place below.
    pub(crate) fn child(&self, key: &str) -> Place<'a> {
        Place { now: step(&self.now, key), came: step(&self.came, key) }
    }

    /// The layer that wins and what it says, which may be null.
    pub(crate) fn said(&self) -> Option<(usize, &'a Node)> {
        winner(&self.now)
    }

    /// What wins, if it is a value at all. Of a map it is the topmost part only; see [`Place::whole`].
    pub(crate) fn value(&self) -> Option<&'a Node> {
        self.said().map(|(_, node)| node).filter(|node| !node.is_null())
    }

    /// The effective value, maps merged.
    pub(crate) fn whole(&self) -> Option<Node> {
        whole(&self.now)
    }

    /// What one layer says here now.
    pub(crate) fn in_layer(&self, layer: usize) -> Option<&'a Node> {
        self.now.get(layer).copied().flatten()
    }

    /// The keys of a map, the chart's first.
    pub(crate) fn keys(&self) -> Vec<Rc<str>> {
        merged(&self.now).map(|maps| keys(&maps)).unwrap_or_default()
    }

    /// Where the value comes from.
    pub(crate) fn source(&self) -> Source {
        let (now, came) = (winner(&self.now), winner(&self.came));
        let (Some((at, node)), Some((before, was))) = (now, came) else {
            return if now.is_some() || came.is_some() { Source::Mine } else { Source::Default };
        };
        if node.map().is_some() && was.map().is_some() {
            let keys = self.keys();
            if keys.is_empty() && at != before {
                return Source::Mine;
            }
            let own = if at == 0 { Source::Default } else { Source::File };
            return keys.iter().map(|key| self.child(key).source()).max().unwrap_or(own);
        }
        match (at == before && node == was, at) {
            (false, _) => Source::Mine,
            (true, 0) => Source::Default,
            (true, _) => Source::File,
        }
    }

    /// What it would be without me, if that is another value: the layer and what it says (`None`: nothing).
    pub(crate) fn before_me(&self) -> Option<Option<(usize, &'a Node)>> {
        let (now, came) = (winner(&self.now), winner(&self.came));
        let same = match (now, came) {
            (Some((_, a)), Some((_, b))) => a == b,
            (None, None) => true,
            _ => false,
        };
        (!same).then_some(came)
    }

    /// What the layers under the winner say, nearest first.
    pub(crate) fn hidden(&self) -> impl Iterator<Item = (usize, &'a Node)> + '_ {
        let top = self.said().map_or(0, |(at, _)| at);
        self.now[..top].iter().enumerate().rev().filter_map(|(at, node)| node.map(|node| (at, node)))
    }

    /// What the winning layer's file said here as it came, if that is another value.
    pub(crate) fn came_in(&self, layer: usize) -> Option<&'a Node> {
        self.came.get(layer).copied().flatten()
    }
}

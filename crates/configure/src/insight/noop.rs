//! Which keys of values files may be without effect, and in which order to find out. Only a render decides; what is found here are candidates.

use super::reads::Reads;
use crate::values::{Layers, Node, index};

/// How many keys are tried out.
const MOST: usize = 400;

/// A key to try.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// The layer's place among the files; the chart's own values are not one of them.
    pub(crate) layer: usize,
    pub(crate) path: Vec<String>,
    /// Why it is likely without effect; nothing where only a render can tell.
    pub(crate) presumed: Option<Presumed>,
}

/// Why a key is likely without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presumed {
    /// What lies below says the same.
    Same,
    /// What lies above says something else.
    Hidden,
    /// Nobody reads it.
    Unread,
}

/// The keys of all files, those first that are likely without effect; and how many are left out, since there are too many.
pub(crate) fn candidates(layers: &Layers<'_>, reads: &Reads) -> (Vec<Candidate>, usize) {
    let mut all = Vec::new();
    for (at, layer) in layers.all.iter().enumerate().skip(1) {
        let mut open: Vec<(&Node, Vec<String>)> = vec![(layer.now, Vec::new())];
        while let Some((node, path)) = open.pop() {
            match node.map().filter(|pairs| !pairs.is_empty()) {
                Some(pairs) => open.extend(pairs.iter().rev().map(|(key, node)| (node, [&path[..], &[key.to_string()]].concat()))),
                None if path.is_empty() => {}
                None => {
                    let presumed = presumed(layers, at, node, &path, reads);
                    all.push(Candidate { layer: at - 1, path, presumed });
                }
            }
        }
    }
    chartwright_go::sort::by_key(&mut all, |candidate| candidate.presumed.is_none());
    let untried = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    (all, untried)
}

fn presumed(layers: &Layers<'_>, at: usize, node: &Node, path: &[String], reads: &Reads) -> Option<Presumed> {
    let place = layers.at(path);
    match place.said() {
        Some((winner, _)) if winner > at => return Some(Presumed::Hidden),
        _ => {}
    }
    let below = place.hidden().find(|(layer, _)| *layer < at).map(|(_, node)| node);
    if below.is_some_and(|below| below.same(node, false)) {
        return Some(Presumed::Same);
    }
    let wild: Vec<String> = path.iter().map(|key| if index(key).is_some() { super::reads::ITEM.to_owned() } else { key.clone() }).collect();
    (!reads.has(path) && !reads.has(&wild)).then_some(Presumed::Unread)
}

/// The keys around those that were taken away, where nothing of the map around them is left: what is shown as one.
pub(crate) fn outermost(values: &Node, taken: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut open: Vec<(&Node, Vec<String>)> = vec![(values, Vec::new())];
    while let Some((node, path)) = open.pop() {
        if !path.is_empty() && is_taken(node, &path, taken) {
            found.push(path);
        } else if let Some(pairs) = node.map() {
            open.extend(pairs.iter().rev().map(|(key, node)| (node, [&path[..], &[key.to_string()]].concat())));
        }
    }
    found
}

fn is_taken(node: &Node, path: &[String], taken: &[Vec<String>]) -> bool {
    if taken.iter().any(|taken| taken == path) {
        return true;
    }
    let pairs = node.map().unwrap_or_default();
    !pairs.is_empty() && pairs.iter().all(|(key, node)| is_taken(node, &[path, &[key.to_string()]].concat(), taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Layer, read_yaml};
    use chartwright_yaml::Tree;

    fn node(text: &str) -> Node {
        read_yaml(&Tree::parse(text).expect("YAML")).expect("values")
    }

    fn path(dotted: &str) -> Vec<String> {
        dotted.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn what_is_likely_stands_first() {
        let all = [node("a: 1\nb: {c: 2}"), node("a: 1\nb: {c: 3, d: 4}\ne: 5\nf: 6"), node("f: 7")];
        let layers = Layers { all: all.iter().map(|node| Layer { name: "x", now: node, came: node }).collect() };
        let mut reads = Reads::default();
        for dotted in ["a", "b.c", "b.d", "f"] {
            reads.add(&path(dotted), false, None);
        }
        let (found, untried) = candidates(&layers, &reads);
        let told: Vec<(usize, String, Option<Presumed>)> = found.iter().map(|one| (one.layer, one.path.join("."), one.presumed)).collect();
        let expected = [
            (0, "a", Some(Presumed::Same)),
            (0, "e", Some(Presumed::Unread)),
            (0, "f", Some(Presumed::Hidden)),
            (0, "b.c", None),
            (0, "b.d", None),
            (1, "f", None),
        ];
        assert_eq!(told, expected.map(|(layer, path, presumed)| (layer, path.to_owned(), presumed)));
        assert_eq!(untried, 0);
    }

    #[test]
    fn maps_that_are_taken_whole_are_one() {
        let values = node("a: {b: 1, c: {d: 2}}\ne: {f: 3, g: 4}");
        let taken = [path("a.b"), path("a.c.d"), path("e.g")];
        assert_eq!(outermost(&values, &taken), [path("a"), path("e.g")]);
    }
}

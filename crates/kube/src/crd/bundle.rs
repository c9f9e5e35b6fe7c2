//! Definitions that many charts need and few bring: those of common operators, as `tools/kube-definitions.mjs` writes them.
//!
//! A text of lines: first the parts that stand in several places, then one for each kind. `§12;` stands for the part of that number, and a
//! part refers to earlier ones alone. What a line holds is put together when its kind is asked for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chartwright_yaml::Tree;

use super::validate::Patterns;

/// The definitions that Chartwright knows by itself. In the command they are part of the program; the page loads them on need.
pub const COMMON: &str = include_str!("../../data/definitions.txt");

/// So long may one definition become.
const MAX_LENGTH: usize = 4_000_000;

/// Definitions that are put together on need.
pub struct Bundle {
    text: Box<str>,
    parts: Vec<Range<usize>>,
    /// By `apiVersion` and kind.
    entries: HashMap<(Box<str>, Box<str>), Entry>,
}

#[derive(Clone)]
struct Entry {
    definition: Range<usize>,
    source: Range<usize>,
    /// What came of it when it was asked for first.
    bundled: OnceLock<Option<Arc<Bundled>>>,
}

/// A definition of the bundle.
pub struct Bundled {
    /// The CustomResourceDefinition, without what no check reads.
    pub tree: Tree,
    /// Whose it is: `cert-manager v1.21.2`.
    pub source: String,
    pub(super) patterns: Patterns,
}

impl Bundle {
    /// Reads a text such as [`COMMON`]. Lines that are no lines of it are left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut entries = HashMap::new();
        let mut start = 0;
        for line in text.lines() {
            let at = start;
            start += line.len() + 1;
            if line.starts_with(['{', '[']) {
                parts.push(at..at + line.len());
                continue;
            }
            let words: Vec<&str> = line.splitn(5, ' ').collect();
            let [versions, kind, from, version, definition] = words[..] else { continue };
            let end = at + line.len();
            let definition = end - definition.len()..end;
            let source = definition.start - version.len() - from.len() - 2..definition.start - 1;
            for api_version in versions.split(',') {
                let entry = Entry { definition: definition.clone(), source: source.clone(), bundled: OnceLock::new() };
                entries.insert((api_version.into(), kind.into()), entry);
            }
        }
        Self { text: text.into(), parts, entries }
    }

    /// How many kinds it holds, each version of one counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The definition of a kind in a version, put together once.
    #[must_use]
    pub fn get(&self, api_version: &str, kind: &str) -> Option<Arc<Bundled>> {
        let entry = self.entries.get(&(api_version.into(), kind.into()))?;
        entry.bundled.get_or_init(|| self.read(entry).map(Arc::new)).clone()
    }

    fn read(&self, entry: &Entry) -> Option<Bundled> {
        let json = self.put_together(self.text.get(entry.definition.clone())?)?;
        Some(Bundled {
            tree: Tree::parse(&json).ok()?,
            source: self.text.get(entry.source.clone())?.to_owned(),
            patterns: Patterns::default(),
        })
    }

    fn put_together(&self, definition: &str) -> Option<String> {
        let mut out = String::new();
        // What is still to be written, the next last, with the number below which parts may be referred to.
        let mut open = vec![(definition, self.parts.len())];
        while let Some((text, below)) = open.pop() {
            let Some((before, after)) = text.split_once('§') else {
                out.push_str(text);
                continue;
            };
            let (number, after) = after.split_once(';')?;
            let number: usize = number.parse().ok().filter(|number| *number < below)?;
            out.push_str(before);
            open.push((after, below));
            open.push((self.text.get(self.parts.get(number)?.clone())?, number));
            if out.len() > MAX_LENGTH {
                return None;
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_can_be_put_together() {
        let bundle = Bundle::parse(COMMON);
        assert!(!bundle.is_empty());
        for (api_version, kind) in bundle.entries.keys() {
            let bundled = bundle.get(api_version, kind).unwrap_or_else(|| panic!("{api_version} {kind}"));
            let root = crate::node::Node::new(&bundled.tree, bundled.tree.root());
            let mut definitions = super::super::Definitions::default();
            definitions.add(root);
            assert!(definitions.get(api_version, kind).is_some_and(|definition| definition.schema().is_some()), "{api_version} {kind}");
        }
        assert_eq!(
            bundle.get("cert-manager.io/v1", "Certificate").map(|bundled| bundled.source.clone()),
            Some("cert-manager v1.21.2".to_owned())
        );
    }

    #[test]
    fn what_refers_to_itself_is_none() {
        let bundle =
            Bundle::parse("{\"a\":§0;}\n{\"b\":§0;}\nv1 A from v1 §1;\nv1 B from v1 §9;\nv1 C from v1 §x\nv1 D from v1 {}\nno line\n");
        let got: Vec<bool> = ["A", "B", "C", "D", "E"].iter().map(|kind| bundle.get("v1", kind).is_some()).collect();
        assert_eq!(got, [false, false, false, true, false]);
    }
}

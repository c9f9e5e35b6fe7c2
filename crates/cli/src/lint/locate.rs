//! From a finding's place to characters of its line.

use super::found::Spot;
use chartwright_kube::object::Manifest;
use chartwright_lint::{Linter, Place};
use chartwright_yaml::{NodeId, Tree};
use std::sync::Arc;

/// A document's text with what has been read of it.
pub(super) struct Page<'a> {
    /// What it is called in reports.
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    lines: Option<Vec<usize>>,
    /// Its trees: those that the checks read, or read when they are needed.
    read: Option<Arc<Manifest>>,
}

impl<'a> Page<'a> {
    /// A document that was linted.
    pub(super) fn new(file: &'a str, text: &'a str, linter: &Linter) -> Page<'a> {
        Page { file, text, lines: None, read: linter.manifest(text) }
    }

    /// A line's bytes, without its line break.
    pub(super) fn line(&mut self, number: u32) -> std::ops::Range<usize> {
        let text = self.text;
        let lines = self.lines.get_or_insert_with(|| std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect());
        let at = |index: usize| lines.get(index).copied();
        let index = (number as usize).saturating_sub(1);
        let start = at(index).unwrap_or(text.len());
        let end = at(index + 1).map_or(text.len(), |next| next - 1);
        start..end.max(start)
    }

    /// Where a place stands: of a value on one line the value, else its key.
    pub(super) fn spot(&mut self, place: &Place) -> Spot {
        let bytes = self.bytes(place);
        let range = self.line(place.line);
        let line = self.text.get(range.clone()).unwrap_or_default();
        let within = bytes.start.clamp(range.start, range.end)..bytes.end.clamp(range.start, range.end);
        let count = |from: usize, to: usize| u32::try_from(self.text.get(from..to).map_or(0, |text| text.chars().count())).unwrap_or(0);
        let (column, width) = (count(range.start, within.start) + 1, count(within.start, within.end));
        Spot { file: self.file.to_owned(), line: place.line, column, width, text: Some(line.trim_end_matches('\r').to_owned()) }
    }

    /// The bytes of a place: of its value where that is a scalar on the line, else of its key; of the whole line where it has none.
    pub(super) fn bytes(&mut self, place: &Place) -> std::ops::Range<usize> {
        let whole = {
            let line = self.line(place.line);
            let text = &self.text[line.clone()];
            let blank = text.len() - text.trim_start().len();
            line.start + blank..line.start + text.trim_end().len().max(blank)
        };
        if let Some(bytes) = plain(self.text, &whole, &place.pointer) {
            return bytes;
        }
        let Some((tree, node)) = self.node(place) else { return whole };
        let key = tree.key_span(node);
        let value = tree.span(node);
        let is_short = value.line == place.line && value.end_line == place.line && value.end > value.start;
        if is_short {
            value.start..value.end
        } else if key.line == place.line && key.end > key.start && key.end_line == key.line {
            key.start..key.end
        } else {
            whole
        }
    }

    /// The node of a place.
    pub(super) fn node(&mut self, place: &Place) -> Option<(&Tree, NodeId)> {
        let text = self.text;
        let trees = self.read.get_or_insert_with(|| Arc::new(Manifest::parse(text))).trees();
        let is_there = |tree: &&Tree| {
            let span = tree.document_span();
            span.line <= place.line && place.line <= span.end_line.max(span.line)
        };
        // A document's span ends before its successor begins; a place at its very end belongs to it still.
        let tree = trees.iter().rev().find(is_there).or_else(|| trees.iter().rev().find(|tree| tree.document_span().line <= place.line))?;
        let node = tree.pointer(&place.pointer)?;
        Some((tree, node))
    }
}

/// The value of a line that holds `key: value` and nothing odd, or its key where the value is not on it: most lines need no reader of YAML to see that.
fn plain(text: &str, line: &std::ops::Range<usize>, pointer: &str) -> Option<std::ops::Range<usize>> {
    let key =
        pointer.rsplit('/').next().filter(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))?;
    let whole = text.get(line.clone())?;
    let dashes = whole.len() - whole.trim_start_matches(['-', ' ']).len();
    let value = whole[dashes..].strip_prefix(key)?.strip_prefix(':')?;
    if value.trim().is_empty() {
        let start = line.start + dashes;
        return Some(start..start + key.len());
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-' | b'_' | b':' | b'@');
    let word = value
        .strip_prefix(' ')
        .filter(|word| word.bytes().all(is_plain) && word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric))?;
    Some(line.end - word.len()..line.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_without_a_reader_is_what_the_reader_sees() {
        let text =
            "spec:\n  a:\n  - image: b.example/c:1@sha256  \n    port: 80\n    n: 'x'\n    m: {}\n    list:\n    - x\n    odd: a # b\n";
        let tree = Tree::parse(text).expect("YAML");
        let mut seen = 0;
        for (line, pointer) in [
            (1, "/spec"),
            (2, "/spec/a"),
            (3, "/spec/a/0/image"),
            (4, "/spec/a/0/port"),
            (5, "/spec/a/0/n"),
            (6, "/spec/a/0/m"),
            (7, "/spec/a/0/list"),
            (9, "/spec/a/0/odd"),
        ] {
            let range = Page::new("a.yaml", text, &Linter::default()).line(line);
            let trimmed = text[range.clone()].trim();
            let start = range.start + text[range].find(trimmed).expect("its own text");
            if let Some(bytes) = plain(text, &(start..start + trimmed.len()), pointer) {
                let node = tree.pointer(pointer).expect("a node");
                let (key, value) = (tree.key_span(node), tree.span(node));
                let expected = if value.line == line && value.end_line == line { value.start..value.end } else { key.start..key.end };
                assert_eq!(bytes, expected, "{pointer}");
                seen += 1;
            }
        }
        assert_eq!(seen, 5);
    }

    #[track_caller]
    fn check(text: &str, line: u32, pointer: &str, expected: (u32, u32, &str)) {
        let spot = Page::new("a.yaml", text, &Linter::default()).spot(&Place { document: 0, line, pointer: pointer.to_owned() });
        assert_eq!((spot.column, spot.width, spot.text.as_deref()), (expected.0, expected.1, Some(expected.2)));
    }

    #[test]
    fn values_keys_and_lines() {
        let text = "kind: Pod\nspec:\n  a: ünï  # x\n  b: {c: 1}\n---\nkind: List\nitems:\n- name: x\n";
        check(text, 3, "/spec/a", (6, 3, "  a: ünï  # x"));
        check(text, 2, "/spec", (1, 4, "spec:"));
        check(text, 4, "/spec/b/c", (10, 1, "  b: {c: 1}"));
        check(text, 8, "/items/0/name", (9, 1, "- name: x"));
        check(text, 8, "/nowhere", (1, 9, "- name: x"));
        check(text, 1, "", (1, 9, "kind: Pod"));
    }
}

//! Lines, indentation and entries: where in the text an edit may cut.

use super::EditError;
use crate::ScalarStyle;
use crate::tree::{NodeId, NodeView, Role, Style, Tree};

/// Whether the file's lines end in CR LF.
pub(super) fn uses_crlf(text: &str) -> bool {
    text.find('\n').is_some_and(|at| text[..at].ends_with('\r'))
}

/// Where the line with this byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1);
    if start == 0 && text.starts_with('\u{FEFF}') { 3.min(at) } else { start }
}

/// Where the line with this byte ends, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find('\n').map_or(text.len(), |found| at + found);
    if end > at && text.as_bytes().get(end - 1) == Some(&b'\r') && end < text.len() { end - 1 } else { end }
}

/// Where the next line begins.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |found| at + found + 1)
}

/// Whether only blanks stand before this byte on its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    text.get(line_start(text, at)..at).is_some_and(|before| before.bytes().all(|byte| byte == b' '))
}

/// How the file indents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Indents {
    /// How much deeper a mapping stands in a mapping.
    pub(super) map: usize,
    /// How much deeper the dashes under a key stand.
    pub(super) list: usize,
}

/// Looks at the first nested mapping and the first list under a key.
pub(super) fn indents(tree: &Tree) -> Indents {
    let (mut map, mut list) = (None, None);
    for id in tree.ids() {
        let node = tree.node(id);
        let Role::Value(key) = node.role else {
            continue;
        };
        let (column, key_column) = (node.span().column as usize, tree.span(key).column as usize);
        if node.style != Style::Block || node.span().line == tree.span(key).line || column < key_column {
            continue;
        }
        match tree.view(id) {
            NodeView::Mapping(_) => map = map.or(Some(column - key_column)),
            NodeView::Sequence(_) => list = list.or(Some(column - key_column)),
            _ => {}
        }
    }
    let map = map.unwrap_or(2).clamp(1, 8);
    Indents { map, list: list.unwrap_or(map.min(2)).min(8) }
}

/// One part of a collection with its key or dash.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Where the key or the dash stands; in a flow sequence the item itself.
    pub(super) start: usize,
    /// After the value.
    pub(super) end: usize,
    /// Where a value goes: after the colon or the dash.
    pub(super) value_start: usize,
    pub(super) column: usize,
}

/// The entries of a collection in order.
pub(super) fn entries(tree: &Tree, id: NodeId) -> Result<Vec<Entry>, EditError> {
    let flow = tree.node(id).style == Style::Flow;
    match tree.view(id) {
        NodeView::Mapping(_) => tree.written_pairs(id).iter().map(|(key, value)| pair_entry(tree, *key, *value)).collect(),
        NodeView::Sequence(items) => items.iter().map(|item| item_entry(tree, *item, flow)).collect(),
        _ => Ok(Vec::new()),
    }
}

/// The entry of one node in its collection.
pub(super) fn entry_of(tree: &Tree, id: NodeId) -> Result<Entry, EditError> {
    match (tree.node(id).role, tree.parent(id)) {
        (Role::Value(key), _) => pair_entry(tree, key, id),
        (Role::Item(_), Some(parent)) => item_entry(tree, id, tree.node(parent).style == Style::Flow),
        _ => Err(EditError::Unsupported("the place is no entry of a map or list")),
    }
}

fn pair_entry(tree: &Tree, key: NodeId, value: NodeId) -> Result<Entry, EditError> {
    let node = tree.node(key);
    let text = tree.text();
    let after = text.get(node.span().end..).unwrap_or("");
    let colon = node.span().end + after.len() - after.trim_start_matches([' ', '\t']).len();
    if !text.get(colon..).is_some_and(|rest| rest.starts_with(':')) {
        return Err(EditError::Unsupported("a key is not written as `key:`"));
    }
    let start = node.full_start();
    let before = text.get(line_start(text, start)..start).unwrap_or("");
    if before.trim_end().ends_with('?') {
        return Err(EditError::Unsupported("a key is not written as `key:`"));
    }
    let column = node.span().column as usize - (node.span().start - start).min(node.span().column as usize);
    Ok(Entry { start, end: end_of(tree, value).max(colon + 1), value_start: colon + 1, column })
}

fn item_entry(tree: &Tree, item: NodeId, flow: bool) -> Result<Entry, EditError> {
    let node = tree.node(item);
    if flow {
        let column = node.span().column as usize;
        return Ok(Entry { start: node.full_start(), end: end_of(tree, item), value_start: node.full_start(), column });
    }
    let text = tree.text();
    // The dash is the last thing before the item but for blanks, breaks and comments.
    let mut at = node.full_start();
    loop {
        let start = line_start(text, at);
        let before = text.get(start..at).unwrap_or("").trim_end();
        if let Some(rest) = before.strip_suffix('-') {
            let dash = start + rest.len();
            let column = rest.chars().count() + 1;
            return Ok(Entry { start: dash, end: end_of(tree, item).max(dash + 1), value_start: dash + 1, column });
        }
        // A comment may follow the dash on its line.
        if let Some(dash) = before.find("- #").or(before.find("-  #"))
            && before[..dash].bytes().all(|byte| matches!(byte, b' ' | b'-'))
        {
            let column = before[..dash].chars().count() + 1;
            return Ok(Entry { start: start + dash, end: end_of(tree, item), value_start: start + dash + 1, column });
        }
        let passable = before.is_empty() || before.trim_start().starts_with('#');
        if !passable || start == 0 {
            return Err(EditError::Unsupported("a list item has no dash of its own"));
        }
        at = start - 1;
    }
}

/// The last scalar or flow collection in a block collection.
pub(super) fn last_leaf(tree: &Tree, id: NodeId) -> NodeId {
    let mut last = id;
    loop {
        let next = match tree.node(last).style {
            Style::Block => match tree.view(last) {
                NodeView::Sequence(items) => items.last().copied(),
                NodeView::Mapping(_) => tree.written_pairs(last).last().map(|(_, value)| *value),
                _ => None,
            },
            _ => None,
        };
        match next {
            Some(next) => last = next,
            None => return last,
        }
    }
}

/// Where a node ends, with the empty lines that a `|+` block keeps.
pub(super) fn end_of(tree: &Tree, id: NodeId) -> usize {
    let last = last_leaf(tree, id);
    let end = tree.span(id).end;
    let keeps = matches!(tree.scalar_style(last), Some(ScalarStyle::Literal | ScalarStyle::Folded))
        && tree.raw(last).lines().next().is_some_and(|header| header.split('#').next().unwrap_or("").contains('+'));
    if !keeps {
        return end;
    }
    let rest = tree.text().get(end..).unwrap_or("");
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    // The last kept line break still ends the block's line.
    match rest[..blank].rfind('\n') {
        Some(at) => end + at - usize::from(rest[..at].ends_with('\r')),
        None => end,
    }
}

/// Where the comment lines right above a line begin; the line itself if there are none.
pub(super) fn comment_start(text: &str, line: usize) -> usize {
    let mut start = line;
    while start > 0 {
        let above = line_start(text, start - 1);
        if !text.get(above..start).is_some_and(|line| line.trim_start().starts_with('#')) {
            break;
        }
        start = above;
    }
    start
}

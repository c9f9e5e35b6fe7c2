//! Lists: putting an item between others, and changing their order.

use super::format::{Form, Opener};
use super::layout::{begins_line, comment_start, entries, indents, line_start, next_line};
use super::proof::{self, Change};
use super::set::{flow_gap, set};
use super::{EditError, EditOptions, NewValue, Patch, PathSegment, find, open, spell};
use crate::tree::{NodeView, Style};

/// Puts an item before the one at the index, or at the end of the list.
///
/// # Errors
/// See [`EditError`]; the file is then to be left as it is.
pub fn insert_item(text: &str, path: &[PathSegment], index: usize, value: &NewValue) -> Result<String, EditError> {
    let tree = open(text)?;
    let list = find(&tree, path)?;
    let len = match tree.view(list) {
        NodeView::Sequence(items) => items.len(),
        NodeView::Null => 0,
        _ => return Err(EditError::NotACollection(spell(path))),
    };
    if index >= len {
        let mut end = path.to_vec();
        end.push(PathSegment::Index(index));
        return set(text, &end, value, &EditOptions::default());
    }
    let form = Form::of(value)?;
    let entries = entries(&tree, list)?;
    let (entry, start) = (entries[index], entries[index].start);
    let patch = if tree.node(list).style == Style::Flow {
        Patch { start, end: start, text: format!("{},{}", form.flow(None), flow_gap(&tree, list)) }
    } else {
        let indent = entry.column - 1;
        let item = format!("-{}\n{:indent$}", form.after(Opener::Dash, indent, indents(&tree), None), "");
        let at = if begins_line(text, start) {
            comment_start(text, line_start(text, start)) + indent_of_comment(text, start, indent)
        } else {
            start
        };
        Patch { start: at, end: at, text: item }
    };
    let mut order: Vec<Option<usize>> = (0..len).map(Some).collect();
    order.insert(index, None);
    proof::prove(&tree, patch, &Change::Order { path, order, value: Some(value) })
}

/// How far into the line the new item begins, so that the indentation that is there serves it.
fn indent_of_comment(text: &str, start: usize, indent: usize) -> usize {
    let line = comment_start(text, line_start(text, start));
    let own = text.get(line..).unwrap_or("").bytes().take_while(|byte| *byte == b' ').count();
    own.min(indent)
}

/// Moves an item of a list to another place, with the comment above it.
///
/// # Errors
/// See [`EditError`]; the file is then to be left as it is.
pub fn move_item(text: &str, path: &[PathSegment], from: usize, to: usize) -> Result<String, EditError> {
    let tree = open(text)?;
    let list = find(&tree, path)?;
    let NodeView::Sequence(items) = tree.view(list) else {
        return Err(EditError::NotACollection(spell(path)));
    };
    if from >= items.len() || to >= items.len() {
        return Err(EditError::NotFound(spell(path)));
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    let entries = entries(&tree, list)?;
    let patch = if tree.node(list).style == Style::Flow {
        // The texts change places, the commas and blanks between them stay.
        let (start, end) = (entries[0].start, entries[entries.len() - 1].end);
        let mut out = String::new();
        for (n, entry) in order.iter().enumerate() {
            out.push_str(text.get(entries[*entry].start..entries[*entry].end).unwrap_or(""));
            if let Some(next) = entries.get(n + 1) {
                out.push_str(text.get(entries[n].end..next.start).unwrap_or(""));
            }
        }
        Patch { start, end, text: out }
    } else {
        if !entries.iter().all(|entry| begins_line(text, entry.start)) {
            return Err(EditError::Unsupported("the list begins on another item's line"));
        }
        let starts: Vec<usize> = entries.iter().map(|entry| comment_start(text, line_start(text, entry.start))).collect();
        let last_end = next_line(text, entries[entries.len() - 1].end);
        let piece = |n: usize| text.get(starts[n]..starts.get(n + 1).copied().unwrap_or(last_end)).unwrap_or("");
        let ends_open = !text.get(..last_end).is_some_and(|text| text.ends_with('\n'));
        let mut out = String::new();
        for n in &order {
            out.push_str(piece(*n));
            if !out.ends_with('\n') {
                out.push('\n');
            }
        }
        if ends_open {
            out.truncate(out.trim_end_matches('\n').trim_end_matches('\r').len());
        }
        Patch { start: starts[0], end: last_end, text: out }
    };
    let order = order.into_iter().map(Some).collect();
    proof::prove(&tree, patch, &Change::Order { path, order, value: None })
}

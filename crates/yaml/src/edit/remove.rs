//! Taking entries away, and giving keys another name.

use super::format::spell_key;
use super::layout::{begins_line, comment_start, entries, line_end, line_start, next_line};
use super::proof::{self, Change};
use super::{EditError, Patch, PathSegment, child, find, open, spell};
use crate::tree::{NodeId, NodeView, Role, Style, Tree};

/// What goes with a removed entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RemoveOptions {
    /// Collections that the removal leaves empty go too, all the way up. Otherwise they become `{}` or `[]`.
    pub prune_empty: bool,
    /// The comment lines right above the entry go too.
    pub comment: bool,
}

/// Removes the entry at a path.
///
/// # Errors
/// See [`EditError`]; the file is then to be left as it is.
pub fn remove(text: &str, path: &[PathSegment], options: &RemoveOptions) -> Result<String, EditError> {
    let tree = open(text)?;
    let mut node = find(&tree, path)?;
    let mut len = path.len();
    if len == 0 {
        return Err(EditError::Unsupported("the whole file cannot be removed"));
    }
    if options.prune_empty {
        while len > 1
            && let Some(parent) = tree.parent(node)
            && count(&tree, parent) == 1
        {
            node = parent;
            len -= 1;
        }
    }
    let path = &path[..len];
    if tree.node(node).anchored {
        return Err(EditError::Shared(spell(path)));
    }
    let patch = cut(&tree, node, options)?;
    proof::prove(&tree, patch, &Change::Remove { path })
}

fn count(tree: &Tree, id: NodeId) -> usize {
    match tree.view(id) {
        NodeView::Sequence(items) => items.len(),
        _ => tree.written_pairs(id).len(),
    }
}

fn cut(tree: &Tree, id: NodeId, options: &RemoveOptions) -> Result<Patch, EditError> {
    let Some(parent) = tree.parent(id) else {
        return Err(EditError::Unsupported("the whole file cannot be removed"));
    };
    let text = tree.text();
    let entries = entries(tree, parent)?;
    let index = match tree.node(id).role {
        Role::Item(index) => index as usize,
        _ => tree.written_pairs(parent).iter().position(|(_, value)| *value == id).unwrap_or(0),
    };
    let (entry, next) = (entries[index], entries.get(index + 1));
    let is_list = matches!(tree.view(parent), NodeView::Sequence(_));
    let style = tree.node(parent).style;
    if entries.len() == 1 && (style == Style::Flow || tree.parent(parent).is_some()) {
        return Ok(empty(tree, parent, entry.start, entry.end, is_list));
    }
    if style == Style::Flow {
        return Ok(match next {
            Some(next) => Patch { start: entry.start, end: next.start, text: String::new() },
            None => Patch { start: entries[index - 1].end, end: entry.end, text: String::new() },
        });
    }
    if begins_line(text, entry.start) {
        let line = line_start(text, entry.start);
        let start = if options.comment { comment_start(text, line) } else { line };
        let end = next_line(text, entry.end);
        // At the end of a file without a final line break, the break before goes instead.
        if end == text.len() && !text.ends_with('\n') && start > 0 {
            return Ok(Patch { start: line_end(text, start - 1), end, text: String::new() });
        }
        return Ok(Patch { start, end, text: String::new() });
    }
    // The entry shares its line with a dash before it: what comes next takes its place.
    let Some(next) = next else {
        return Err(EditError::Unsupported("the entry shares its line with another"));
    };
    let between = text.get(entry.end..next.start).unwrap_or("");
    if between.contains('#') {
        let start = text.get(..entry.start).unwrap_or("").trim_end_matches(' ').len();
        return Ok(Patch { start, end: line_end(text, entry.end), text: String::new() });
    }
    Ok(Patch { start: entry.start, end: next.start, text: String::new() })
}

/// Writes `{}` or `[]` for a collection that loses its last entry. Comments among its lines stay.
fn empty(tree: &Tree, id: NodeId, start: usize, end: usize, is_list: bool) -> Patch {
    let text = tree.text();
    let blank = if is_list { "[]" } else { "{}" };
    let node = tree.node(id);
    if node.style == Style::Flow {
        return Patch { start: node.span().start, end: node.span().end, text: blank.to_string() };
    }
    if let Role::Value(key) = node.role
        && begins_line(text, start)
    {
        // After the colon; a comment on its line and the lines below it stay.
        let colon = tree.span(key).end + text.get(tree.span(key).end..).unwrap_or("").find(':').map_or(0, |at| at + 1);
        let rest = text.get(colon..line_start(text, start)).unwrap_or("");
        let kept = if end_is_last(text, end) { rest.trim_end().to_string() } else { rest.to_string() };
        let lost = next_line(text, end);
        return Patch { start: colon, end: lost, text: format!(" {blank}{}", kept.replace("\r\n", "\n")) };
    }
    Patch { start, end, text: blank.to_string() }
}

/// Whether the file ends here without a final line break.
fn end_is_last(text: &str, end: usize) -> bool {
    next_line(text, end) == text.len() && !text.ends_with('\n')
}

/// Gives a key another name and leaves its place, value and comments.
///
/// # Errors
/// See [`EditError`]; the file is then to be left as it is.
pub fn rename_key(text: &str, path: &[PathSegment], name: &str) -> Result<String, EditError> {
    let tree = open(text)?;
    let node = find(&tree, path)?;
    let (Role::Value(key), Some(parent), Some((PathSegment::Key(_), before))) =
        (tree.node(node).role, tree.parent(node), path.split_last())
    else {
        return Err(EditError::NotACollection(spell(path)));
    };
    if child(&tree, parent, &PathSegment::from(name)).is_some() {
        let mut other = before.to_vec();
        other.push(PathSegment::from(name));
        return Err(EditError::Exists(spell(&other)));
    }
    let (span, flow) = (tree.span(key), tree.node(parent).style == Style::Flow);
    if tree.node(key).anchored || tree.node(key).style == Style::Alias {
        return Err(EditError::Shared(spell(path)));
    }
    let style = tree.scalar_style(key);
    let quoted = super::format::quote(name, style.filter(|style| *style != crate::ScalarStyle::Plain), flow);
    let written = if name.is_empty() { spell_key(name, flow) } else { quoted };
    let patch = Patch { start: span.start, end: span.end, text: written };
    proof::prove(&tree, patch, &Change::Rename { path, name })
}

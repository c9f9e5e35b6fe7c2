//! Setting a value: in place where something stands already, as a new entry where nothing does.

use super::format::{Form, Key, Opener, spell_key};
use super::layout::{Indents, begins_line, end_of, entries, entry_of, indents, last_leaf, line_end, line_start};
use super::proof::{self, Change};
use super::{EditError, EditOptions, NewValue, Patch, PathSegment, descend, open, spell};
use crate::ScalarStyle;
use crate::tree::{NodeId, NodeView, Role, Style, Tree};

/// Sets the value at a path. What is missing on the way is made, with the comment above it; a list grows by an item at its end.
///
/// # Errors
/// See [`EditError`]; the file is then to be left as it is.
pub fn set(text: &str, path: &[PathSegment], value: &NewValue, options: &EditOptions) -> Result<String, EditError> {
    let tree = open(text)?;
    let form = Form::of(value)?;
    let quoted = form.quoted();
    let result = set_form(&tree, path, (form, value), options);
    match (result, quoted) {
        // Indented comments below would become part of a literal block.
        (Err(EditError::Unsupported(_)), Some(quoted)) => set_form(&tree, path, (quoted, value), options),
        (result, _) => result,
    }
}

fn set_form(tree: &Tree, path: &[PathSegment], (form, value): (Form, &NewValue), options: &EditOptions) -> Result<String, EditError> {
    let (node, done) = descend(tree, path)?;
    let patch = if done == path.len() {
        replace(tree, node, path, &form)?
    } else {
        let parent = tree.node(node);
        if parent.style == Style::Alias {
            return Err(EditError::Shared(spell(&path[..done])));
        }
        add(tree, node, path, done, form, options)?
    };
    let change = Change::Set { path, value };
    proof::prove(tree, patch, &change)
}

/// Writes a value where another stands.
fn replace(tree: &Tree, id: NodeId, path: &[PathSegment], form: &Form) -> Result<Patch, EditError> {
    let node = tree.node(id);
    if node.anchored || node.style == Style::Alias {
        return Err(EditError::Shared(spell(path)));
    }
    let style = tree.scalar_style(id);
    let in_flow = tree.parent(id).is_some_and(|parent| tree.node(parent).style == Style::Flow);
    let quotes =
        style.filter(|style| matches!(style, ScalarStyle::Single | ScalarStyle::Double) && matches!(tree.view(id), NodeView::String(_)));
    let is_empty = node.span().start == node.span().end;
    if in_flow || node.style == Style::Flow && (!form.is_block() || !tree.raw(id).contains('\n') && !is_blank_collection(tree, id)) {
        // A value that is left out in flow style has no place of its own.
        let blank = if is_empty { " " } else { "" };
        return Ok(Patch { start: node.full_start(), end: node.span().end, text: format!("{blank}{}", form.flow(quotes)) });
    }
    match node.role {
        Role::Root => replace_root(tree, id, form, quotes),
        Role::Key => Err(EditError::Unsupported("a key is not a value")),
        Role::Value(_) | Role::Item(_) => {
            let entry = entry_of(tree, id)?;
            let opener = if let Role::Item(_) = node.role { Opener::Dash } else { Opener::Key };
            Ok(replace_in_block(tree, id, form, quotes, (opener, entry.value_start, entry.column - 1)))
        }
    }
}

fn is_blank_collection(tree: &Tree, id: NodeId) -> bool {
    tree.node(id).style == Style::Flow && tree.items(id).is_empty() && tree.written_pairs(id).is_empty()
}

/// Replaces what follows a colon or a dash of block style.
fn replace_in_block(tree: &Tree, id: NodeId, form: &Form, quotes: Option<ScalarStyle>, place: (Opener, usize, usize)) -> Patch {
    let (opener, value_start, column) = place;
    let text = tree.text();
    let node = tree.node(id);
    let is_scalar = matches!(node.style, Style::Scalar(_));
    let one_line = is_scalar && !tree.raw(id).contains('\n') && line_start(text, node.span().start) == line_start(text, value_start);
    let new = form.after(opener, column, indents(tree), quotes);
    if one_line && !new.contains('\n') {
        // Blanks before the old value stay.
        if node.span().start > value_start {
            return Patch { start: node.full_start(), end: node.span().end, text: new.trim_start_matches(' ').to_string() };
        }
        return Patch { start: value_start, end: value_start, text: new };
    }
    // A comment on the line of the colon stays there.
    let opening_end = line_end(text, value_start);
    let head = if node.full_start() < opening_end && !is_scalar { value_start } else { node.full_start().clamp(value_start, opening_end) };
    let mut comment = String::new();
    if node.full_start() >= opening_end {
        comment = text.get(value_start..opening_end).unwrap_or("").trim_end().to_string();
    } else if one_line {
        comment = text.get(node.span().end..opening_end).unwrap_or("").trim_end().to_string();
    } else if is_scalar {
        // A block scalar's header may have one.
        let header = text.get(head..opening_end).unwrap_or("");
        let block = matches!(tree.scalar_style(id), Some(ScalarStyle::Literal | ScalarStyle::Folded));
        comment = header.find(" #").filter(|_| block).map_or(String::new(), |at| header[at..].trim_end().to_string());
    }
    let mut end = end_of(tree, id).max(value_start);
    let last_line_end = line_end(text, end);
    if one_line || node.style == Style::Block {
        // What follows a replaced collection on its last line was said of its last entry.
        end = last_line_end.max(opening_end);
    } else if new.contains('\n') {
        let rest = text.get(end..last_line_end).unwrap_or("").trim_end();
        if comment.is_empty() {
            comment = rest.to_string();
        }
        end = last_line_end;
    }
    let text = match new.split_once('\n') {
        None => format!("{new}{comment}"),
        // A mapping that begins after its dash has no room for the comment there.
        Some((first, _)) if !comment.is_empty() && !first.trim().is_empty() && !first.trim_start().starts_with('|') => {
            let pad = column + 2;
            format!("{comment}\n{:pad$}{}", "", new.trim_start())
        }
        Some((first, rest)) => format!("{first}{comment}\n{rest}"),
    };
    Patch { start: value_start, end, text }
}

/// Replaces the whole content of the file; an empty one gets its content at the end.
fn replace_root(tree: &Tree, id: NodeId, form: &Form, quotes: Option<ScalarStyle>) -> Result<Patch, EditError> {
    let node = tree.node(id);
    let lines = form.after(Opener::Key, 0, Indents { map: 0, list: 0 }, quotes);
    let lines = lines.trim_start_matches(['\n', ' ']).to_string();
    if matches!(form, Form::Text(text) if text.contains('\n')) {
        return Err(EditError::Unsupported("a text of several lines as the whole file"));
    }
    if node.span().start == node.span().end {
        return Ok(append_to_file(tree, lines));
    }
    Ok(Patch { start: node.full_start(), end: end_of(tree, id), text: lines })
}

/// Puts lines at the end of the file, with or without a final line break as the file has it.
fn append_to_file(tree: &Tree, lines: String) -> Patch {
    let text = tree.text();
    let end = text.len();
    let content = text.trim_start_matches('\u{FEFF}');
    let text = match (content.is_empty(), content.ends_with('\n')) {
        (true, _) | (_, true) => format!("{lines}\n"),
        (false, false) => format!("\n{lines}"),
    };
    Patch { start: end, end, text }
}

/// Adds what is missing from the segment `done` on.
fn add(tree: &Tree, parent: NodeId, path: &[PathSegment], done: usize, form: Form, options: &EditOptions) -> Result<Patch, EditError> {
    let place = || spell(&path[..done]);
    let keys = path[done + 1..]
        .iter()
        .map(|segment| match segment {
            PathSegment::Key(key) => Ok(Key::Name(key.clone())),
            PathSegment::Index(0) => Ok(Key::First),
            PathSegment::Index(_) => Err(EditError::NotFound(spell(path))),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let node = tree.node(parent);
    let flow = node.style == Style::Flow;
    let blank = is_blank_collection(tree, parent);
    match (&path[done], tree.view(parent)) {
        (PathSegment::Key(key), NodeView::Mapping(_)) if !blank => add_pair(tree, parent, key, &form.under(&keys), options),
        (PathSegment::Index(index), NodeView::Sequence(items)) if !blank => {
            if *index != items.len() {
                return Err(EditError::NotFound(spell(&path[..=done])));
            }
            add_item(tree, parent, &form.under(&keys))
        }
        (PathSegment::Key(_), NodeView::Null | NodeView::Mapping(_)) | (PathSegment::Index(0), NodeView::Null | NodeView::Sequence(_)) => {
            let _ = flow;
            let first = match &path[done] {
                PathSegment::Key(key) => Key::Name(key.clone()),
                PathSegment::Index(_) => Key::First,
            };
            fill(tree, parent, path, done, first, form.under(&keys), options)
        }
        _ => Err(EditError::NotACollection(place())),
    }
}

/// Writes the first entry into what was null or empty.
fn fill(
    tree: &Tree,
    id: NodeId,
    path: &[PathSegment],
    done: usize,
    first: Key,
    form: Form,
    options: &EditOptions,
) -> Result<Patch, EditError> {
    let node = tree.node(id);
    let in_flow = tree.parent(id).is_some_and(|parent| tree.node(parent).style == Style::Flow);
    if in_flow || node.anchored {
        return replace(tree, id, &path[..done], &form.under(&[first]));
    }
    let comment = |indent: usize| comment_lines(options, indent);
    if let Role::Root = node.role {
        let lines = form.under_block(&first, &comment(0), 0, indents(tree));
        if node.span().start == node.span().end {
            return Ok(append_to_file(tree, lines));
        }
        return Ok(Patch { start: node.full_start(), end: node.span().end, text: lines });
    }
    let entry = entry_of(tree, id)?;
    let (indents, column) = (indents(tree), entry.column - 1);
    let is_item = matches!(node.role, Role::Item(_));
    let indent = match (&first, is_item) {
        (_, true) => column + 2,
        (Key::Name(_), _) => column + indents.map,
        (Key::First, _) => column + indents.list,
    };
    let block = form.under_block(&first, &comment(indent), indent, indents);
    let text = tree.text();
    let rest =
        text.get(node.span().end.max(entry.value_start)..line_end(text, node.span().end.max(entry.value_start))).unwrap_or("").trim_end();
    let end = line_end(text, node.span().end.max(entry.value_start));
    let inline = is_item && rest.is_empty() && options.comment.is_none();
    let written = if inline { format!(" {}", block.trim_start()) } else { format!("{rest}\n{:indent$}{block}", "") };
    Ok(Patch { start: entry.value_start, end, text: written })
}

impl Form {
    /// The lines of one entry, the first without its indentation.
    fn under_block(&self, key: &Key, comment: &str, indent: usize, indents: Indents) -> String {
        match key {
            Key::Name(name) => format!("{comment}{}:{}", spell_key(name, false), self.after(Opener::Key, indent, indents, None)),
            Key::First => format!("{comment}-{}", self.after(Opener::Dash, indent, indents, None)),
        }
    }
}

/// The comment's lines, each followed by the indentation of the next.
fn comment_lines(options: &EditOptions, indent: usize) -> String {
    let lines = options.comment.iter().flat_map(|comment| comment.lines());
    lines.map(|line| format!("{}\n{:indent$}", format!("# {line}").trim_end(), "")).collect()
}

fn add_pair(tree: &Tree, map: NodeId, key: &str, form: &Form, options: &EditOptions) -> Result<Patch, EditError> {
    let entries = entries(tree, map)?;
    let Some(last) = entries.last() else {
        return Err(EditError::Unsupported("an empty map"));
    };
    if tree.node(map).style == Style::Flow {
        let pair = format!("{}: {}", spell_key(key, true), form.flow(None));
        return Ok(add_to_flow(tree, map, last.end, pair));
    }
    let first = entries[0];
    let indent = first.column - 1;
    let lines = form.under_block(&Key::Name(key.to_string()), &comment_lines(options, indent), indent, indents(tree));
    Ok(insert_after(tree, map, last.end, indent, &lines))
}

/// Puts lines after the last line of a block collection.
fn insert_after(tree: &Tree, id: NodeId, end: usize, indent: usize, lines: &str) -> Patch {
    let text = tree.text();
    let at = line_end(text, end);
    let lines = format!("\n{:indent$}{lines}", "");
    let last = last_leaf(tree, id);
    let is_block = matches!(tree.scalar_style(last), Some(ScalarStyle::Literal | ScalarStyle::Folded));
    if at < text.len() || !is_block {
        return Patch { start: at, end: at, text: lines };
    }
    // The file ends inside a block scalar without a line break, which the block must not gain by what comes after it.
    let header = tree.span(last).start + 1;
    let rest = text.get(header..at).unwrap_or("").trim_start_matches(['+', '-']);
    Patch { start: header, end: at, text: format!("-{rest}{lines}") }
}

/// Puts one more entry behind the last of a flow collection, in the way the others stand.
pub(super) fn add_to_flow(tree: &Tree, id: NodeId, last_end: usize, entry: String) -> Patch {
    let text = tree.text();
    let close = tree.span(id).end.saturating_sub(1);
    let between = text.get(last_end..close).unwrap_or("");
    // A comma after the last entry is there already.
    if let Some(comma) = between.find(',').filter(|comma| !between[..*comma].contains('#')) {
        let at = last_end + comma + 1;
        let trailing = if between.contains('\n') { "," } else { "" };
        return Patch { start: at, end: at, text: format!("{}{entry}{trailing}", flow_gap(tree, id)) };
    }
    Patch { start: last_end, end: last_end, text: format!(",{}{entry}", flow_gap(tree, id)) }
}

/// What stands between two entries of a flow collection: a blank, or a line break and the entries' indentation.
pub(super) fn flow_gap(tree: &Tree, id: NodeId) -> String {
    let text = tree.text();
    match entries(tree, id).ok().and_then(|entries| entries.last().copied()) {
        Some(entry) if begins_line(text, entry.start) => format!("\n{}", " ".repeat(entry.column - 1)),
        _ => " ".to_string(),
    }
}

fn add_item(tree: &Tree, list: NodeId, form: &Form) -> Result<Patch, EditError> {
    let entries = entries(tree, list)?;
    let Some(last) = entries.last() else {
        return Err(EditError::Unsupported("an empty list"));
    };
    if tree.node(list).style == Style::Flow {
        return Ok(add_to_flow(tree, list, last.end, form.flow(None)));
    }
    let indent = last.column - 1;
    let lines = form.under_block(&Key::First, "", indent, indents(tree));
    Ok(insert_after(tree, list, last.end, indent, &lines))
}

//! The proof of an edit: the new text, read again, differs from the old one in what was asked and in nothing else.

use super::{EditError, NewValue, Patch, PathSegment, child, open, spell};
use crate::tree::{NodeId, NodeView, Tree};
use std::borrow::Cow;

/// What an edit should have changed.
pub(super) enum Change<'a> {
    Set {
        path: &'a [PathSegment],
        value: &'a NewValue,
    },
    Remove {
        path: &'a [PathSegment],
    },
    Rename {
        path: &'a [PathSegment],
        name: &'a str,
    },
    /// The list at the path has these items of the old one now, and the value where there is none.
    Order {
        path: &'a [PathSegment],
        order: Vec<Option<usize>>,
        value: Option<&'a NewValue>,
    },
}

/// The patched text, if it holds what it should.
pub(super) fn prove(tree: &Tree, patch: Patch, change: &Change<'_>) -> Result<String, EditError> {
    let text = patch.apply(tree.text());
    if holds(tree, &text, change)? {
        return Ok(text);
    }
    // A block at the very end may need the line break that the file lacks.
    if patch.end == tree.text().len() && !text.ends_with('\n') {
        let ended = if super::layout::uses_crlf(&text) { text + "\r\n" } else { text + "\n" };
        if holds(tree, &ended, change)? {
            return Ok(ended);
        }
    }
    let shared = tree.ids().any(|id| tree.node(id).anchored);
    let path = match change {
        Change::Set { path, .. } | Change::Remove { path } | Change::Rename { path, .. } | Change::Order { path, .. } => path,
    };
    Err(if shared { EditError::Shared(spell(path)) } else { EditError::Unsupported("the file is written in an unusual way") })
}

fn holds(old: &Tree, text: &str, change: &Change<'_>) -> Result<bool, EditError> {
    let Ok(new) = open(text) else {
        return Ok(false);
    };
    Ok(match change {
        Change::Set { path, value } => {
            let wanted = read(value)?;
            let Some(found) = path.iter().try_fold(new.root(), |at, segment| child(&new, at, segment)) else {
                return Ok(false);
            };
            same(&wanted, wanted.root(), &new, found)
                && same_around(old, &new, path, &mut |old_at, new_at, segment| same_but(old, old_at, &new, new_at, segment))
        }
        Change::Remove { path } => {
            let Some((last, before)) = path.split_last() else {
                return Ok(false);
            };
            // Taking the only entry of the file leaves nothing at all.
            if before.is_empty() && matches!(new.view(new.root()), NodeView::Null) {
                return Ok(old.written_pairs(old.root()).len().max(old.items(old.root()).len()) == 1);
            }
            let gone = |old_at: NodeId, new_at: NodeId| match last {
                PathSegment::Key(_) => same_but(old, old_at, &new, new_at, last) && child(&new, new_at, last).is_none(),
                PathSegment::Index(index) => {
                    let order: Vec<_> = (0..old.items(old_at).len()).filter(|at| at != index).map(Some).collect();
                    same_order(old, old_at, &new, new_at, &order, None)
                }
            };
            same_around(old, &new, before, &mut |old_at, new_at, segment| same_but(old, old_at, &new, new_at, segment))
                && both(old, &new, before).is_some_and(|(old_at, new_at)| gone(old_at, new_at))
        }
        Change::Rename { path, name } => {
            let Some((PathSegment::Key(from), before)) = path.split_last() else {
                return Ok(false);
            };
            let renamed = |old_at: NodeId, new_at: NodeId| {
                let (old_pairs, new_pairs) = (old.pairs(old_at), new.pairs(new_at));
                old_pairs.len() == new_pairs.len()
                    && old_pairs.iter().zip(new_pairs).all(|(a, b)| {
                        let key = old.key_text(a.0);
                        let key = if key == from.as_str() { Cow::Borrowed(*name) } else { key };
                        key == new.key_text(b.0) && same(old, a.1, &new, b.1)
                    })
            };
            same_around(old, &new, before, &mut |old_at, new_at, segment| same_but(old, old_at, &new, new_at, segment))
                && both(old, &new, before).is_some_and(|(old_at, new_at)| renamed(old_at, new_at))
        }
        Change::Order { path, order, value } => {
            let wanted = value.map(read).transpose()?;
            same_around(old, &new, path, &mut |old_at, new_at, segment| same_but(old, old_at, &new, new_at, segment))
                && both(old, &new, path).is_some_and(|(old_at, new_at)| same_order(old, old_at, &new, new_at, order, wanted.as_ref()))
        }
    })
}

/// The new value as a tree of its own.
fn read(value: &NewValue) -> Result<Tree, EditError> {
    let text = match value {
        NewValue::Yaml(text) => return open(text),
        NewValue::Null => "null".to_string(),
        NewValue::Bool(b) => b.to_string(),
        NewValue::Int(int) => int.to_string(),
        NewValue::Float(number) => super::format::spell_float(*number),
        NewValue::String(text) => serde_json::Value::String(text.clone()).to_string(),
        NewValue::Json(json) => json.to_string(),
    };
    // JSON's text is YAML but for a few characters, which are escaped the same way.
    let text: String = text.chars().fold(String::new(), |mut out, c| {
        match c {
            '\x7F'..='\u{A0}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)))
            }
            c => out.push(c),
        }
        out
    });
    open(&text)
}

fn both(old: &Tree, new: &Tree, path: &[PathSegment]) -> Option<(NodeId, NodeId)> {
    let reach = |tree: &Tree| path.iter().try_fold(tree.root(), |at, segment| child(tree, at, segment));
    Some((reach(old)?, reach(new)?))
}

/// Whether all collections on the way are the same but for the way itself. Where the old way ends, the rest is new.
fn same_around(old: &Tree, new: &Tree, path: &[PathSegment], same_here: &mut dyn FnMut(NodeId, NodeId, &PathSegment) -> bool) -> bool {
    let (mut old_at, mut new_at) = (Some(old.root()), new.root());
    for segment in path {
        let fine = match old_at {
            Some(old_at) => same_here(old_at, new_at, segment),
            None => new.pairs(new_at).len().max(new.items(new_at).len()) == 1,
        };
        let Some(next) = child(new, new_at, segment) else {
            return false;
        };
        if !fine {
            return false;
        }
        old_at = old_at.and_then(|old_at| child(old, old_at, segment));
        new_at = next;
    }
    true
}

/// Whether two collections are the same but for one entry, which may be missing on either side.
fn same_but(old: &Tree, old_at: NodeId, new: &Tree, new_at: NodeId, but: &PathSegment) -> bool {
    match (old.view(old_at), new.view(new_at), but) {
        (NodeView::Sequence(a), NodeView::Sequence(b), PathSegment::Index(but)) => {
            b.len() == a.len().max(but + 1) && a.iter().zip(b).enumerate().all(|(at, (a, b))| at == *but || same(old, *a, new, *b))
        }
        (NodeView::Null | NodeView::Mapping(_), NodeView::Mapping(_), PathSegment::Key(but)) => {
            same_pairs(old, old_at, new, new_at, Some(but))
        }
        (NodeView::Null, NodeView::Sequence(b), PathSegment::Index(0)) => b.len() == 1,
        _ => false,
    }
}

fn same_pairs(a: &Tree, a_at: NodeId, b: &Tree, b_at: NodeId, but: Option<&str>) -> bool {
    let all_in = |from: &Tree, from_at: NodeId, to: &Tree, to_at: NodeId, compare: bool| {
        from.pairs(from_at).iter().all(|(key, _)| {
            let key = from.key_text(*key);
            if but == Some(&*key) {
                return true;
            }
            match (from.get(from_at, &key), to.get(to_at, &key)) {
                (Some(x), Some(y)) => !compare || same(from, x, to, y),
                _ => false,
            }
        })
    };
    all_in(a, a_at, b, b_at, true) && all_in(b, b_at, a, a_at, false)
}

fn same_order(old: &Tree, old_at: NodeId, new: &Tree, new_at: NodeId, order: &[Option<usize>], value: Option<&Tree>) -> bool {
    let (NodeView::Sequence(a), NodeView::Sequence(b)) = (old.view(old_at), new.view(new_at)) else {
        return false;
    };
    order.len() == b.len()
        && order.iter().zip(b).all(|(from, b)| match (from, value) {
            (Some(from), _) => a.get(*from).is_some_and(|a| same(old, *a, new, *b)),
            (None, Some(value)) => same(value, value.root(), new, *b),
            (None, None) => false,
        })
}

/// Whether two nodes mean the same.
fn same(a: &Tree, a_at: NodeId, b: &Tree, b_at: NodeId) -> bool {
    let mut rest = vec![(a_at, b_at)];
    while let Some((a_at, b_at)) = rest.pop() {
        let equal = match (a.view(a_at), b.view(b_at)) {
            (NodeView::Sequence(x), NodeView::Sequence(y)) => {
                rest.extend(x.iter().copied().zip(y.iter().copied()));
                x.len() == y.len()
            }
            (NodeView::Mapping(x), NodeView::Mapping(y)) => {
                x.len() == y.len()
                    && x.iter().all(|(key, _)| {
                        let key = a.key_text(*key);
                        match (a.get(a_at, &key), b.get(b_at, &key)) {
                            (Some(x), Some(y)) => {
                                rest.push((x, y));
                                true
                            }
                            _ => false,
                        }
                    })
            }
            (NodeView::Int(x), NodeView::Float(y)) | (NodeView::Float(y), NodeView::Int(x)) => x as f64 == y,
            (NodeView::Float(x), NodeView::Float(y)) => x == y || x.is_nan() && y.is_nan(),
            (x, y) => x == y,
        };
        if !equal {
            return false;
        }
    }
    true
}

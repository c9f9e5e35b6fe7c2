//! A fix in the file that the manifest stands in: one document of its text is edited, comments and layout stay.

use chartwright_lint::fix::{Change, Fix};
use chartwright_yaml::Tree;
use chartwright_yaml::edit::{EditOptions, PathSegment, RemoveOptions, remove, set};

/// The text with the fix in the document that a line (from 1) belongs to.
///
/// # Errors
/// Why the file cannot be edited.
pub fn apply(text: &str, line: u32, fix: &Fix) -> Result<String, String> {
    let range = document(text, line).ok_or("the line that begins the document holds more than that")?;
    let mut edited = text[range.clone()].to_owned();
    for change in &fix.changes {
        let tree = Tree::parse(&edited).map_err(|error| error.message)?;
        let path = path(&tree, &change.path());
        let made = match change {
            Change::Set(_, value) => set(&edited, &path, value, &EditOptions::default()),
            Change::Remove(_) => remove(&edited, &path, &RemoveOptions { prune_empty: true, comment: true }),
        };
        edited = made.map_err(|error| error.to_string())?;
    }
    Ok(format!("{}{edited}{}", &text[..range.start], &text[range.end..]))
}

/// The bytes of the document that a line belongs to, without the lines that divide documents.
fn document(text: &str, line: u32) -> Option<std::ops::Range<usize>> {
    let mut range = 0..text.len();
    let mut at = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        let end = at + content.len();
        if let Some(rest) = content.strip_prefix("---").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n'])) {
            if number > line {
                range.end = at;
                break;
            }
            let rest = rest.trim();
            if !rest.is_empty() && !rest.starts_with('#') {
                return None;
            }
            range.start = end;
        }
        at = end;
    }
    Some(range)
}

/// The steps of a JSON pointer: numbers lead to items where there are lists.
fn path(tree: &Tree, keys: &[String]) -> Vec<PathSegment> {
    let mut at = Some(tree.root());
    let mut path = Vec::with_capacity(keys.len());
    for key in keys {
        let items = at.map(|node| tree.items(node)).unwrap_or_default();
        match key.parse::<usize>() {
            Ok(index) if !items.is_empty() => {
                path.push(PathSegment::Index(index));
                at = items.get(index).copied();
            }
            _ => {
                path.push(PathSegment::Key(key.clone()));
                at = at.and_then(|node| tree.get(node, key));
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use chartwright_lint::fix::NewValue;

    #[track_caller]
    fn check(text: &str, line: u32, change: Change, expected: Result<&str, &str>) {
        let made = apply(text, line, &Fix { changes: vec![change] });
        assert_eq!(made.as_deref().map_err(String::as_str), expected);
    }

    fn set_to(pointer: &str, value: NewValue) -> Change {
        Change::Set(pointer.to_owned(), value)
    }

    #[test]
    fn one_document_of_several() {
        let text = "# first\na: 1\n---\n# second\nb:\n- c: 1 # one\n--- # third\na: 1\n";
        check(text, 5, set_to("/b/0/c", NewValue::Int(2)), Ok("# first\na: 1\n---\n# second\nb:\n- c: 2 # one\n--- # third\na: 1\n"));
        check(
            text,
            8,
            set_to("/d/e", NewValue::Bool(true)),
            Ok("# first\na: 1\n---\n# second\nb:\n- c: 1 # one\n--- # third\na: 1\nd:\n  e: true\n"),
        );
        check(text, 2, set_to("/a", NewValue::Int(3)), Ok("# first\na: 3\n---\n# second\nb:\n- c: 1 # one\n--- # third\na: 1\n"));
    }

    #[test]
    fn what_goes() {
        check("a: 1\nb: 2\n", 1, Change::Remove("/a".to_owned()), Ok("b: 2\n"));
        check("a: 1\n", 1, Change::Remove("/b".to_owned()), Err("nothing is at b"));
        check("--- {a: 1}\n", 1, Change::Remove("/a".to_owned()), Err("the line that begins the document holds more than that"));
    }
}

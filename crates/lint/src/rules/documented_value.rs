//! `documented-value`: a comment that documents a value that is not there.
//!
//! # What it checks
//!
//! A comment in values.yaml that names a value by its path, as `helm-docs` (`# image.tag -- …`) and Bitnami's generator (`## @param image.tag …`)
//! read them, names one that stands in the file, or that is commented out in it,
//! or that belongs into a map which is empty there.
//!
//! # Why it matters
//!
//! Documentation made from the comments promises what the chart no longer has, or has under another name.
//!
//! # Example
//!
//! ```yaml
//! ## @param imageTag The image's tag
//! image:
//!   tag: v1
//! ```
//!
//! # Cure
//!
//! ```yaml
//! ## @param image.tag The image's tag
//! image:
//!   tag: v1
//! ```

use crate::chart::{Chart, ChartSink, Place};
use crate::finding::Severity;
use crate::rule::{Check, Rule};
use chartwright_yaml::{NodeView, Tree};

pub(super) static RULE: Rule = Rule {
    id: "documented-value",
    severity: Severity::Warning,
    by_default: true,
    group: "Chart hygiene",
    aliases: &[],
    reason: "Documentation that is made of the comments promises what is not there.",
    cure: "Write the path of the value below the comment, or take the comment out.",
    check: Check::Chart(check),
};

fn check(chart: &Chart<'_>, sink: &mut ChartSink<'_>) {
    for values in chart.values.iter().filter(|values| values.is_own) {
        let text = values.tree.text();
        for (number, line) in text.lines().enumerate() {
            let Some(key) = named(line) else { continue };
            if is_there(&values.tree, key) || is_commented_out(text, key) {
                continue;
            }
            let place = Place { file: values.file.clone(), line: u32::try_from(number + 1).unwrap_or(u32::MAX), pointer: String::new() };
            sink.report(place, format!("the comment documents {key}, which is not there"));
        }
    }
}

/// The path that a comment documents.
fn named(line: &str) -> Option<&str> {
    let comment = line.trim_start().strip_prefix('#')?.trim_start_matches('#').trim_start();
    let key = match comment.strip_prefix("@param ") {
        Some(rest) => rest.split_whitespace().next()?,
        None => {
            let (key, _) = comment.split_once(" -- ")?;
            // Prose has more than one word before its dash, and rarely a dot in it.
            (key.contains('.') && !key.ends_with('.')).then_some(key)?
        }
    };
    let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '[' | ']' | '"' | '/');
    key.chars().all(is_path).then_some(key)
}

/// A path's keys: those in quotes may hold dots.
fn keys(path: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut is_quoted = false;
    for c in path.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '.' | '[' if !is_quoted => keys.push(String::new()),
            ']' if !is_quoted => {}
            other => {
                if let Some(key) = keys.last_mut() {
                    key.push(other);
                }
            }
        }
    }
    keys.retain(|key| !key.is_empty());
    keys
}

fn is_there(tree: &Tree, path: &str) -> bool {
    let keys = keys(path);
    let mut open = vec![(tree.root(), 0)];
    while let Some((node, at)) = open.pop() {
        if at == keys.len() {
            return true;
        }
        match tree.view(node) {
            // What is empty is there to be filled.
            NodeView::Mapping([]) if at > 0 => return true,
            // A key with dots in it may be written without quotes.
            NodeView::Mapping(pairs) => open.extend(pairs.iter().filter_map(|(key, value)| {
                let text = tree.key_text(*key);
                let length = (1..=keys.len() - at).find(|length| keys[at..at + length].join(".") == text)?;
                Some((*value, at + length))
            })),
            NodeView::Null if at > 0 => return true,
            NodeView::Sequence(items) => match keys[at].parse::<usize>() {
                Ok(index) => open.extend(items.get(index).map(|item| (*item, at + 1))),
                Err(_) => open.extend(items.iter().map(|item| (*item, at))),
            },
            _ => {}
        }
    }
    false
}

/// Whether the file shows how the value would be set.
fn is_commented_out(text: &str, path: &str) -> bool {
    let keys = keys(path);
    let Some(last) = keys.last() else { return true };
    let commented = text.lines().filter_map(|line| line.trim_start().strip_prefix('#'));
    let mut shown = commented.map(|line| line.trim_start_matches(['#', ' ', '-']));
    shown.any(|line| line.strip_prefix(last.as_str()).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

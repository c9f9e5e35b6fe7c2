//! What is to be known of values files: what the schemas refuse of them, which keys nobody reads, and which passwords of the chart's own count.

use super::facts::Site;
use crate::insight::reads::{ITEM, Reads};
use crate::insight::unused::{File, Known, unused};
use crate::pointer;
use crate::protocol::{Unread as Why, UnusedKey};
use crate::values::{Node, Value};
use chartwright_helm::{Owner, RenderError, RenderErrorKind, SchemaViolation, Sources, Step};
use chartwright_lint::credentials::{names_password, names_secret};
use std::collections::HashSet;

const VALUES: &str = "values.yaml";
const SCHEMA: &str = "values.schema.json";

/// How deep values are looked through. Kubernetes' own objects stay below thirty.
const MAX_DEPTH: usize = 100;

/// A values file that has been read.
pub(crate) struct Given<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    pub(crate) values: &'a Node,
    /// Whether these are the chart's own.
    pub(crate) is_own: bool,
}

fn steps<'s>(path: impl Iterator<Item = &'s str>) -> Vec<Step> {
    path.map(|key| Step::Key(key.as_bytes().into())).collect()
}

/// What the schemas refuse: each value at the place that sets it, or the nearest around it that is set.
pub(crate) fn refused(failure: Option<&RenderError>, sources: &Sources<'_>) -> Vec<(Site, String)> {
    let Some(RenderError { kind: RenderErrorKind::Schema(violations), message, .. }) = failure else {
        return Vec::new();
    };
    if violations.is_empty() {
        let text = message.lines().skip(1).map(str::trim).collect::<Vec<_>>().join(" ");
        return vec![((SCHEMA.to_owned(), 1, String::new()), text)];
    }
    let one = |violation: &SchemaViolation| {
        let path = &violation.path;
        let nearest =
            (1..=path.len()).rev().find_map(|length| sources.of(&steps(path[..length].iter().map(String::as_str))).into_iter().next());
        let (file, line) = nearest.map_or((VALUES.to_owned(), 1), |source| (source.file, source.line.max(1)));
        let key = pointer::dotted(path);
        let message = if key.is_empty() { violation.message.clone() } else { format!("{key}: {}", violation.message) };
        ((file, line, pointer::id(path)), message)
    };
    violations.iter().map(one).collect()
}

/// The keys of files that nobody reads. `whole` are those of maps that a template takes as a whole, in a branch that is off; `defaults` are the chart's own values.
pub(crate) fn unread(
    files: &[Given<'_>],
    known: &Known<'_>,
    whole: &HashSet<String>,
    defaults: &Sources<'_>,
) -> Vec<(Site, String, bool, Option<String>)> {
    let mut found = Vec::new();
    for file in files {
        let keys = unused(&File { environment: "", name: file.name, values: file.values }, known);
        let wanted = keys.into_iter().filter(|key| match file.is_own {
            true => key.why != Why::Asleep && !is_anchor(file.text, key) && !key.path.iter().any(|key| whole.contains(key)),
            false => key.why == Why::Unknown && defaults.of(&steps(key.path.iter().map(String::as_str))).is_empty(),
        });
        found.extend(wanted.map(|key| {
            let site = (key.file, key.line.max(1), pointer::id(&key.path));
            (site, key.key, file.is_own, key.nearest)
        }));
    }
    found
}

/// Whether a key is there for others of the file to refer to.
fn is_anchor(text: &str, key: &UnusedKey) -> bool {
    let line = text.lines().nth(key.line.saturating_sub(1) as usize).unwrap_or_default();
    line.split_once(": &").is_some()
}

/// The passwords of the chart's own values that count.
pub(crate) fn counting(own: &Node, sources: &Sources<'_>, reads: &Reads) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut open = vec![(own, Vec::<String>::new())];
    while let Some((node, path)) = open.pop() {
        if path.len() > MAX_DEPTH {
            continue;
        }
        let below = |key: &str| [path.as_slice(), &[key.to_owned()]].concat();
        match &node.value {
            Value::Map(pairs) => open.extend(pairs.iter().rev().map(|(key, node)| (node, below(key)))),
            Value::List(items) => open.extend(items.iter().rev().map(|node| (node, below(ITEM)))),
            _ if node.str().is_some_and(|text| !text.is_empty()) => {
                let keys: Vec<&str> = path.iter().map(String::as_str).collect();
                let is_password = names_password(&keys) || names_secret(&keys);
                // A list is replaced as a whole.
                let set = keys.split(|key| *key == ITEM).next().unwrap_or_default();
                let is_own = || sources.of(&steps(set.iter().copied())).first().is_some_and(|source| source.owner == Owner::Chart);
                if is_password && !found.contains(&path) && is_own() && reads.has(&path) {
                    found.push(path);
                }
            }
            _ => {}
        }
    }
    found
}

//! The forms of annotations: whose they are, which check they name, and why.
//!
//! Sources: <https://docs.kubelinter.io/#/configuring-kubelinter>, kube-score's README ("Ignoring a test"),
//! <https://polaris.docs.fairwinds.com/customization/exemptions/>, <https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html>.

use chartwright_kube::node::Node;
use chartwright_kube::object::Object;
use chartwright_yaml::NodeId;

use crate::rules::find;

/// What is suppressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// One check of a tool, by its id there or here; `None` is our own.
    One { tool: Option<&'static str>, id: String },
    /// All that a tool checks.
    AllOf(&'static str),
    /// An id of our own that no rule has.
    Unknown(String),
    /// Ours, without a reason: it suppresses nothing.
    Unfounded(String),
}

/// An annotation, or a part of one, that suppresses something.
#[derive(Clone, Debug)]
pub(crate) struct Directive {
    pub(super) which: Which,
    /// The annotation's key.
    pub(super) key: String,
    pub(super) reason: Option<String>,
    /// The pointer below which it counts.
    pub(super) below: String,
    pub(super) node: NodeId,
    /// Whether the annotation says nothing else.
    pub(super) is_whole: bool,
}

impl Directive {
    /// Whether it speaks of a rule with these aliases.
    pub(super) fn is_about(&self, rule: &str, aliases: &[&str]) -> bool {
        let of = |alias: &&&str, tool: &str| alias.strip_prefix(tool).is_some_and(|rest| rest.starts_with(':'));
        match &self.which {
            Which::One { tool: None, id } => id == rule,
            Which::One { tool: Some(tool), id } => {
                id == rule || aliases.iter().filter(|alias| of(alias, tool)).any(|alias| alias[tool.len() + 1..] == **id)
            }
            Which::AllOf(tool) => aliases.iter().any(|alias| of(&alias, tool)),
            Which::Unknown(_) | Which::Unfounded(_) => false,
        }
    }
}

/// The directives among the annotations of `holder`, the object's root or its pods' template.
pub(super) fn read(object: Object<'_>, holder: Node<'_>, root: Node<'_>) -> Vec<Directive> {
    let mut directives = Vec::new();
    let Some(annotations) = holder.at(&["metadata", "annotations"]) else { return directives };
    let below = if holder.id() == root.id() { object.root().pointer() } else { holder.pointer() };
    for (key, value) in annotations.entries() {
        let text = value.scalar().unwrap_or_default();
        let parsed = parse(key, text);
        let is_whole = parsed.len() == 1;
        directives.extend(parsed.into_iter().map(|(which, reason)| Directive {
            is_whole,
            which,
            key: key.to_owned(),
            reason,
            below: below.clone(),
            node: value.id(),
        }));
    }
    directives
}

fn parse(key: &str, value: &str) -> Vec<(Which, Option<String>)> {
    let one = |tool, id: &str| Which::One { tool: Some(tool), id: id.to_owned() };
    let said = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let Some((prefix, name)) = key.split_once('/') else { return Vec::new() };
    match (prefix, name) {
        ("ignore.chartwright.io", id) => vec![(own(id, value), said(value))],
        ("ignore-check.kube-linter.io", id) => vec![(one("kube-linter", id), said(value))],
        ("kube-linter.io", "ignore-all") => vec![(Which::AllOf("kube-linter"), said(value))],
        ("kube-score", "ignore") => {
            let ids = value.split(',').map(str::trim).filter(|id| !id.is_empty());
            ids.map(|id| (one("kube-score", id), None)).collect()
        }
        ("polaris.fairwinds.com", name) if value.eq_ignore_ascii_case("true") => match (name, name.strip_suffix("-exempt")) {
            ("exempt", _) => vec![(Which::AllOf("polaris"), None)],
            (_, Some(id)) => vec![(one("polaris", id), None)],
            _ => Vec::new(),
        },
        ("checkov.io", name) if name.starts_with("skip") => {
            let (id, reason) = value.split_once('=').map_or((value, None), |(id, reason)| (id, said(reason)));
            vec![(one("checkov", id.trim()), reason)]
        }
        _ => Vec::new(),
    }
}

/// Ours names a rule of ours, and says why.
fn own(id: &str, value: &str) -> Which {
    let id = id.to_owned();
    match (find(&id), value.trim().is_empty()) {
        (None, _) => Which::Unknown(id),
        (Some(_), true) => Which::Unfounded(id),
        (Some(_), false) => Which::One { tool: None, id },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, value: &str, expected: &[(Which, Option<&str>)]) {
        let expected: Vec<(Which, Option<String>)> = expected.iter().map(|(which, why)| (which.clone(), why.map(str::to_owned))).collect();
        assert_eq!(parse(key, value), expected, "{key}: {value}");
    }

    fn one(tool: &'static str, id: &str) -> Which {
        Which::One { tool: Some(tool).filter(|tool| !tool.is_empty()), id: id.to_owned() }
    }

    #[test]
    fn forms() {
        check("ignore.chartwright.io/latest-tag", "a mirror", &[(one("", "latest-tag"), Some("a mirror"))]);
        check("ignore.chartwright.io/latest-tag", " ", &[(Which::Unfounded("latest-tag".to_owned()), None)]);
        check("ignore.chartwright.io/latest", "a mirror", &[(Which::Unknown("latest".to_owned()), Some("a mirror"))]);
        check("ignore-check.kube-linter.io/run-as-non-root", "why", &[(one("kube-linter", "run-as-non-root"), Some("why"))]);
        check("kube-linter.io/ignore-all", "why", &[(Which::AllOf("kube-linter"), Some("why"))]);
        check("kube-score/ignore", "a, b,", &[(one("kube-score", "a"), None), (one("kube-score", "b"), None)]);
        check("polaris.fairwinds.com/exempt", "true", &[(Which::AllOf("polaris"), None)]);
        check("polaris.fairwinds.com/hostPIDSet-exempt", "True", &[(one("polaris", "hostPIDSet"), None)]);
        check("polaris.fairwinds.com/hostPIDSet-exempt", "false", &[]);
        check("checkov.io/skip1", "CKV_K8S_8=no probe", &[(one("checkov", "CKV_K8S_8"), Some("no probe"))]);
        check("checkov.io/skip2", "CKV_K8S_9", &[(one("checkov", "CKV_K8S_9"), None)]);
        check("kube-score/enable", "a", &[]);
        check("plain", "a", &[]);
    }
}

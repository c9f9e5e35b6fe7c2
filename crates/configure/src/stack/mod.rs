//! A stack: several releases that are installed together, as one system. Plain data, and what can be said and made of it: what its renders come
//! to as a whole ([`check`]), in which order they go in ([`waves`]), and the files that hand it to a GitOps tool ([`files`], [`zip`]).
//! Who renders the members, and when, is not known here.

mod check;
mod export;
mod order;
mod table;
mod zip;

pub use check::{Checked, Owner, RenderedMember, Tie, check};
pub use export::{Flavour, files};
pub use order::waves;
pub use table::table;
pub use zip::zip;

use crate::library::classes;
use crate::names;
use chartwright_yaml::Tree;

/// A stack as it is handed on: what is installed, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Its name, which also names its folder in the repository: a DNS label.
    pub name: String,
    /// The Git repository that holds the charts, and is to hold the stack's folder.
    pub repository: String,
    /// A branch of it.
    pub revision: String,
    /// The releases.
    pub members: Vec<Member>,
}

/// One release of a stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The release's name.
    pub release: String,
    /// Where it goes.
    pub namespace: String,
    /// The environment whose values it has.
    pub environment: String,
    /// The chart's name.
    pub chart: String,
    /// The chart's version.
    pub version: String,
    /// The chart's folder in the repository: `charts/applications/kaggle-data-api`.
    pub folder: String,
    /// Its values files, lowest first. Empty ones are left out of what is exported.
    pub values: Vec<ValuesFile>,
}

/// A values file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValuesFile {
    /// `values-production.yaml`.
    pub name: String,
    /// Its text, as it is.
    pub text: String,
}

/// Repository, revision and folder that a chart's `sources` name, if one is an address as Git hosts write it: `URL/tree/REVISION/FOLDER`, on
/// GitLab with `/-` before it.
pub fn origin<'a>(sources: impl IntoIterator<Item = &'a str>) -> Option<(String, String, String)> {
    sources.into_iter().find_map(|source| {
        let (repository, rest) = source.split_once("/tree/")?;
        let (revision, folder) = rest.split_once('/')?;
        let repository = repository.strip_suffix("/-").unwrap_or(repository);
        let folder = folder.trim_matches('/');
        (repository.starts_with("https://") && !revision.is_empty() && !folder.is_empty()).then(|| {
            let owned = str::to_owned;
            (owned(repository), owned(revision), owned(folder))
        })
    })
}

/// The storage classes of a `storage-classes.yaml` that bind a claim at once.
pub fn immediate_classes(text: &str) -> Vec<String> {
    let Ok(tree) = Tree::parse(text) else { return Vec::new() };
    classes(&tree).into_iter().filter(|class| class.binding == "Immediate").map(|class| class.name).collect()
}

/// What is wrong with the stack as a whole, in words: nothing can be exported then.
pub fn fault(stack: &Stack) -> Option<String> {
    if let Some(what) = names::namespace_error(&stack.name) {
        return Some(format!("{:?} is no name for a stack: {what}.", stack.name));
    }
    if let Some(what) = repository_error(&stack.repository).or_else(|| revision_error(&stack.revision)) {
        return Some(format!("The repository cannot be named: {what}."));
    }
    if stack.members.is_empty() {
        return Some("A stack has at least one chart.".to_owned());
    }
    for (at, member) in stack.members.iter().enumerate() {
        if let Some(what) = names::release_error(&member.release) {
            return Some(format!("{:?} is no name for a release: {what}.", member.release));
        }
        if let Some(what) = names::namespace_error(&member.namespace) {
            return Some(format!("{:?} is no namespace: {what}.", member.namespace));
        }
        if stack.members[..at].iter().any(|other| other.release == member.release && other.namespace == member.namespace) {
            return Some(format!("There are two releases {} in the namespace {}.", member.release, member.namespace));
        }
    }
    None
}

/// What is wrong with a repository's address.
pub(crate) fn repository_error(address: &str) -> Option<String> {
    let plain = !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`'));
    let host = address.split_once("://").map_or_else(|| address.split_once(':').map(|(host, _)| host), |(_, rest)| rest.split('/').next());
    (!plain || host.is_none_or(str::is_empty)).then(|| "an address such as https://github.com/org/repository".to_owned())
}

/// What is wrong with a branch's name (`git check-ref-format`, the part of it that matters here).
pub(crate) fn revision_error(revision: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '@' | '#');
    let fits = !revision.is_empty() && !revision.starts_with('-') && !revision.contains("..") && revision.chars().all(plain);
    (!fits).then(|| "a branch such as main".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_charts_come_from() {
        let check = |source: &str, expected: Option<(&str, &str, &str)>| {
            let found = origin(["https://example.com/docs", source]);
            let found = found.as_ref().map(|(repository, revision, folder)| (repository.as_str(), revision.as_str(), folder.as_str()));
            assert_eq!(found, expected, "{source}");
        };
        check("https://github.com/a/b/tree/main/charts/x", Some(("https://github.com/a/b", "main", "charts/x")));
        check("https://gitlab.com/a/b/-/tree/v1.2/charts/x/", Some(("https://gitlab.com/a/b", "v1.2", "charts/x")));
        for none in ["https://github.com/a/b", "https://github.com/a/b/tree/main", "git@github.com:a/b/tree/main/x", ""] {
            check(none, None);
        }
    }

    #[test]
    fn stacks_that_cannot_be() {
        let member = |release: &str, namespace: &str| Member { release: release.into(), namespace: namespace.into(), ..Member::default() };
        let named = |name: &str, repository: &str, revision: &str, members: &[Member]| {
            fault(&Stack { name: name.into(), repository: repository.into(), revision: revision.into(), members: members.to_vec() })
        };
        let fault = |members: &[Member]| named("s", "https://x/y", "main", members);
        assert!(fault(&[]).is_some());
        for [name, repository, revision] in [
            ["S", "https://x/y", "main"],
            ["s", "", "main"],
            ["s", "https://x y", "main"],
            ["s", "x", "main"],
            ["s", "https://x/y", ""],
            ["s", "git@x:y", "-a"],
        ] {
            assert!(named(name, repository, revision, &[member("a", "x")]).is_some(), "{name} {repository} {revision}");
        }
        assert_eq!(named("s", "git@x:y/z.git", "release/1.2", &[member("a", "x")]), None);
        assert!(fault(&[member("A", "x")]).is_some() && fault(&[member("a", "x.y")]).is_some());
        assert_eq!(fault(&[member("a", "x"), member("a", "y"), member("b", "x")]), None);
        assert_eq!(fault(&[member("a", "x"), member("a", "x")]).as_deref(), Some("There are two releases a in the namespace x."));
    }
}

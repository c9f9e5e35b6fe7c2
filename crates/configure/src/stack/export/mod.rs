//! A stack as files of a Git repository: each member's values files as they are, and what hands the stack to a GitOps tool. All files stand in
//! one folder that is named after the stack, beside the charts' folders.

mod argo_cd;
mod flux;
mod helmfile;
mod readme;
mod yaml;

use super::{Checked, Member, Stack};

/// Who is to install the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Argo CD, by an ApplicationSet.
    ArgoCd,
    /// Flux, by a HelmRelease for each member.
    Flux,
    /// `helmfile apply`.
    Helmfile,
}

impl Flavour {
    /// All, in the order in which they are offered.
    pub const ALL: [Flavour; 3] = [Flavour::ArgoCd, Flavour::Flux, Flavour::Helmfile];

    /// Its name in file names and flags.
    pub fn name(self) -> &'static str {
        match self {
            Flavour::ArgoCd => "argocd",
            Flavour::Flux => "flux",
            Flavour::Helmfile => "helmfile",
        }
    }
}

/// In which order members go in.
pub(super) struct Order<'a> {
    /// The wave of each member.
    waves: &'a [usize],
    /// Who needs whom.
    needs: Vec<(usize, usize)>,
    /// Members that are never ready before the others are installed.
    waits_for_consumer: &'a [bool],
}

impl Order<'_> {
    fn wave(&self, member: usize) -> usize {
        self.waves.get(member).copied().unwrap_or_default()
    }

    /// The members that one has to wait for: those that it needs and that go in earlier.
    fn before(&self, member: usize) -> Vec<usize> {
        let needed = self.needs.iter().filter(|(who, what)| *who == member && self.wave(*what) < self.wave(member));
        let mut all: Vec<usize> = needed.map(|(_, what)| *what).collect();
        chartwright_go::sort::plain(&mut all);
        all.dedup();
        all
    }

    fn waits(&self, member: usize) -> bool {
        self.waits_for_consumer.get(member).copied().unwrap_or_default()
    }
}

/// The files of a stack, by their paths in the repository.
///
/// # Errors
/// What is wrong with the stack, in words ([`super::fault`]).
pub fn files(stack: &Stack, checked: &Checked, flavour: Flavour) -> Result<Vec<(String, String)>, String> {
    if let Some(fault) = super::fault(stack) {
        return Err(fault);
    }
    let needs = checked.ties.iter().map(|tie| (tie.from.0, tie.to.0)).collect();
    let order = Order { waves: &checked.waves, needs, waits_for_consumer: &checked.waits_for_consumer };
    let mut files = vec![("README.md".to_owned(), readme::readme(stack, &order, flavour))];
    for (at, member) in stack.members.iter().enumerate() {
        for (path, file) in values(stack, at).into_iter().zip(written(member)) {
            files.push((path, file.text.clone()));
        }
    }
    files.extend(match flavour {
        Flavour::ArgoCd => vec![("argocd/applicationset.yaml".to_owned(), argo_cd::application_set(stack, &order))],
        Flavour::Flux => {
            vec![("flux/source.yaml".to_owned(), flux::source(stack)), ("flux/releases.yaml".to_owned(), flux::releases(stack, &order))]
        }
        Flavour::Helmfile => vec![("helmfile.yaml".to_owned(), helmfile::helmfile(stack, &order))],
    });
    Ok(files.into_iter().map(|(path, text)| (format!("{}/{path}", stack.name), text)).collect())
}

/// What a member is called among the others: its release's name, with the namespace before it where that alone is not unique.
fn key(stack: &Stack, at: usize) -> String {
    let member = &stack.members[at];
    let is_unique = stack.members.iter().filter(|other| other.release == member.release).count() == 1;
    if is_unique { member.release.clone() } else { format!("{}-{}", member.namespace, member.release) }
}

/// The values files that say something.
fn written(member: &Member) -> impl Iterator<Item = &super::ValuesFile> {
    member.values.iter().filter(|file| !file.text.trim().is_empty())
}

/// Where a member's values files stand in the stack's folder. Files of one name are told apart by their place.
fn values(stack: &Stack, at: usize) -> Vec<String> {
    let names: Vec<&str> = written(&stack.members[at]).map(|file| file.name.as_str()).collect();
    let path = |(place, name): (usize, &&str)| {
        let again = names[..place].contains(name);
        let name = if again { format!("{}-{name}", place + 1) } else { (*name).to_owned() };
        format!("values/{}/{name}", key(stack, at))
    };
    names.iter().enumerate().map(path).collect()
}

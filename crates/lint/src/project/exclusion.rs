//! An exclusion: findings that a project knows of and lives with.

use chartwright_kube::object::ObjectRef;

use super::glob::{Glob, is_part};
use crate::rule::Rule;

/// What is not to count, and why. What it says nothing of, is all.
#[derive(Clone, Debug)]
pub struct Exclusion {
    /// The line of the file that it begins on.
    pub line: u32,
    /// Files and folders.
    pub paths: Vec<Glob>,
    /// Rules.
    pub rules: Vec<&'static Rule>,
    /// Objects, as `Kind/name` or `Kind`, both of them patterns.
    pub objects: Vec<String>,
    /// Environments of charts.
    pub environments: Vec<String>,
    /// Why.
    pub reason: String,
}

impl Exclusion {
    /// Whether it speaks of what a rule finds in an object, of which these files tell: the template and the chart, or the manifest.
    #[must_use]
    pub fn covers(&self, rule: &str, object: &ObjectRef, files: &[&str]) -> bool {
        (self.rules.is_empty() || self.rules.iter().any(|known| known.id == rule))
            && (self.objects.is_empty() || self.objects.iter().any(|pattern| is_object(pattern, object)))
            && (self.paths.is_empty() || files.iter().any(|file| self.is_of(file)))
    }

    /// Those of a finding's environments that it does not cover.
    #[must_use]
    pub fn left<'e>(&self, environments: &'e [String]) -> Vec<&'e String> {
        environments.iter().filter(|environment| !self.environments.is_empty() && !self.environments.contains(environment)).collect()
    }

    /// Whether it speaks of a finding in one of these environments at all.
    #[must_use]
    pub fn is_in(&self, environments: &[String]) -> bool {
        self.environments.is_empty() || environments.iter().any(|environment| self.environments.contains(environment))
    }

    /// Whether it speaks of a file.
    #[must_use]
    pub fn is_of(&self, file: &str) -> bool {
        self.paths.iter().any(|path| path.covers(file))
    }
}

fn is_object(pattern: &str, object: &ObjectRef) -> bool {
    let (kind, name) = pattern.split_once('/').unwrap_or((pattern, "*"));
    is_part(kind, &object.kind) && is_part(name, &object.name)
}

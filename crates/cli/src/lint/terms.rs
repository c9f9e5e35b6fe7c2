//! By what a target is judged: the command line, and below it the nearest project file upwards.

use super::gather::{shown, tidy};
use super::ground::definitions;
use super::options::{NEWEST_MINOR, Options, minor};
use chartwright_lint::project::{PROJECT_FILE, Project};
use chartwright_lint::{Finding, Linter, Profile};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The terms of some targets.
pub(super) struct Terms {
    pub(super) profile: Profile,
    /// The version as it was given.
    pub(super) kube_version: Option<String>,
    /// Its minor version.
    pub(super) minor: u32,
    /// Texts with definitions of custom resources.
    pub(super) definitions: Vec<String>,
    pub(super) project: Project,
    /// The project file's text and path, as reports show it; nothing where there is none.
    pub(super) text: String,
    pub(super) file: String,
    /// The folder of the project file, absolute.
    pub(super) home: PathBuf,
}

impl Terms {
    /// A path as the project file names it; nothing for what lies outside of its folder.
    pub(super) fn inside(&self, path: &str) -> Option<String> {
        let absolute = tidy(&std::path::absolute(path).ok()?);
        absolute.strip_prefix(&self.home).ok().map(|path| path.display().to_string())
    }

    /// Whether the project file excludes a finding in a chart or manifest file.
    pub(super) fn excludes(&self, finding: &Finding, path: &str) -> bool {
        let inside = self.inside(path);
        let files: Vec<&str> = inside.iter().map(String::as_str).collect();
        self.project
            .exclusions
            .iter()
            .any(|exclusion| exclusion.environments.is_empty() && exclusion.covers(finding.rule, &finding.object, &files))
    }

    /// Tells a linter of the rules that the project switches.
    pub(super) fn settle(&self, linter: &mut Linter) {
        for (rule, setting) in &self.project.rules {
            linter.set_rule(rule, *setting);
        }
    }
}

/// The project file that is nearest upwards from a file or folder.
pub(super) fn nearest(place: &Path) -> Option<PathBuf> {
    let absolute = tidy(&std::path::absolute(place).ok()?);
    absolute.ancestors().map(|folder| folder.join(PROJECT_FILE)).find(|file| file.is_file())
}

/// All terms, each project file read once.
pub(super) struct Book<'a> {
    options: &'a Options,
    /// Definitions of the command line's folders.
    given: Vec<String>,
    known: HashMap<Option<PathBuf>, Arc<Terms>>,
}

impl<'a> Book<'a> {
    /// Reads the definitions of the command line.
    ///
    /// # Errors
    /// The first that cannot be read.
    pub(super) fn new(options: &'a Options) -> Result<Book<'a>, String> {
        Ok(Book { options, given: definitions(&options.definitions)?, known: HashMap::new() })
    }

    /// The terms for what stands at a place.
    ///
    /// # Errors
    /// What is wrong with the project file.
    pub(super) fn of(&mut self, place: &Path) -> Result<Arc<Terms>, String> {
        let file = nearest(place);
        if let Some(terms) = self.known.get(&file) {
            return Ok(Arc::clone(terms));
        }
        let terms = Arc::new(self.read(file.as_deref())?);
        self.known.insert(file, Arc::clone(&terms));
        Ok(terms)
    }

    fn read(&self, file: Option<&Path>) -> Result<Terms, String> {
        let name = file.map(here).unwrap_or_default();
        let text = file.map(|_| crate::load::read(&name)).transpose()?.unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let project = Project::read(&text).map_err(|error| match error.line {
            0 => format!("{name}: {}", error.message),
            line => format!("{name}:{line}:{}: {}", error.column, error.message),
        })?;
        let home = file.and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        let kube_version = self.options.kube_version.clone().or_else(|| project.kube_version.clone());
        let minor = kube_version.as_deref().map_or(Ok(NEWEST_MINOR), minor)?;
        let folders = project.definitions.iter().map(|folder| here(&home.join(folder)));
        let mut definitions = definitions(&folders.collect::<Vec<_>>())?;
        definitions.extend(self.given.iter().cloned());
        let profile = self.options.profile.or(project.profile).unwrap_or_default();
        Ok(Terms { profile, kube_version, minor, definitions, project, text, file: name, home })
    }
}

/// An absolute path as one would name it from where the command runs.
pub(super) fn here(path: &Path) -> String {
    let from = std::env::current_dir().ok();
    let path = tidy(path);
    shown(from.as_deref().and_then(|from| path.strip_prefix(from).ok()).unwrap_or(&path))
}

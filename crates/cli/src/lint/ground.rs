//! What manifests are held to: the table of Kubernetes' releases, common operators' definitions, and those of folders.

use super::against::Against;
use super::gather::shown;
use super::terms::Terms;
use crate::load::{self, os_error};
use chartwright_kube::crd::{Bundle, COMMON};
use chartwright_kube::schema::{KUBERNETES, Schemas};
use chartwright_lint::Linter;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Read once, and shared by all targets.
pub(super) struct Ground {
    schemas: Option<Arc<Schemas>>,
    bundle: Arc<Bundle>,
    /// What is deployed.
    pub(super) against: Against,
}

impl Ground {
    /// Reads what is part of the program.
    pub(super) fn new() -> Ground {
        // The table is read by a test of its crate: without it the rest is told still.
        let schemas = Schemas::parse(KUBERNETES).ok().map(Arc::new);
        Ground { schemas, bundle: Arc::new(Bundle::parse(COMMON)), against: Against::default() }
    }

    /// The same, and compares with what is deployed.
    pub(super) fn with(self, against: Against) -> Ground {
        Ground { against, ..self }
    }

    /// The table of releases.
    pub(super) fn schemas(&self) -> Option<&Schemas> {
        self.schemas.as_deref()
    }

    /// One linter for one target.
    pub(super) fn linter(&self, terms: &Terms) -> Linter {
        let mut linter = self.schemas.clone().map_or_else(Linter::default, Linter::with_schemas);
        linter.set_bundle(Arc::clone(&self.bundle));
        for text in &terms.definitions {
            // It was read once already.
            let _ = linter.add_definitions(text);
        }
        terms.settle(&mut linter);
        linter
    }
}

/// Reads folders and files of definitions of custom resources.
///
/// # Errors
/// The first that cannot be read, or is no YAML.
pub(super) fn definitions(folders: &[String]) -> Result<Vec<String>, String> {
    let mut definitions = Vec::new();
    for folder in folders {
        for file in files(Path::new(folder))? {
            let name = shown(&file);
            let text = String::from_utf8_lossy(&load::read(&name)?).into_owned();
            Linter::default().add_definitions(&text).map_err(|error| format!("{name}: {}", error.message))?;
            definitions.push(text);
        }
    }
    Ok(definitions)
}

/// The YAML files of a folder and those below it, or the file itself.
fn files(place: &Path) -> Result<Vec<PathBuf>, String> {
    let kind = fs::metadata(place).map_err(|error| os_error("open", &shown(place), &error))?;
    if !kind.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut files = Vec::new();
    let mut open = vec![place.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| os_error("open", &shown(&folder), &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml" || extension == "json");
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else if is_yaml {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

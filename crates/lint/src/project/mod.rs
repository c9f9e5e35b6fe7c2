//! A project's own word on the checks: the file `.chartwright.yaml`, as plain data. Where the file is found, and what its paths lead to, is not known here.

mod exclusion;
mod glob;
mod read;

use crate::linter::Setting;
use crate::profile::Profile;
use crate::rule::Rule;

pub use exclusion::Exclusion;
pub use glob::Glob;

/// What the file is called.
pub const PROJECT_FILE: &str = ".chartwright.yaml";

/// What a project says. All paths are relative to the folder of the file.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Which rules, unless the caller says otherwise.
    pub profile: Option<Profile>,
    /// The Kubernetes to check against, as `1.31`.
    pub kube_version: Option<String>,
    /// Rules that are switched on or off, or whose findings are of another severity.
    pub rules: Vec<(&'static Rule, Setting)>,
    /// What is not to count.
    pub exclusions: Vec<Exclusion>,
    /// Folders and files with definitions of custom resources.
    pub definitions: Vec<String>,
    /// How charts are rendered.
    pub charts: Vec<ChartSettings>,
}

/// How some charts are rendered.
#[derive(Clone, Debug)]
pub struct ChartSettings {
    /// Which charts, by their folders.
    pub path: Glob,
    /// The release's name.
    pub release: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// Values files of all environments, the lowest first.
    pub values: Vec<String>,
    /// Each environment with its values files, which lie above those of all.
    pub environments: Vec<(String, Vec<String>)>,
}

/// What is wrong with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectError {
    /// Its line, from 1; 0 where there is none.
    pub line: u32,
    /// Its column, from 1; 0 where there is none.
    pub column: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Project {
    /// Reads the file's text.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(text: &str) -> Result<Project, ProjectError> {
        read::read(text)
    }

    /// How a chart is rendered, by its folder: the first that speaks of it.
    #[must_use]
    pub fn chart(&self, folder: &str) -> Option<&ChartSettings> {
        self.charts.iter().find(|settings| settings.path.is_exactly(folder))
    }
}

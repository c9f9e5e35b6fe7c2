//! A chart as files: its metadata, values, schema, templates, other files and subcharts. What they mean together is `engine`'s.

#[cfg(feature = "archives")]
mod archive;
mod describe;
pub mod ignore;
mod load;
pub mod metadata;
#[cfg(feature = "archives")]
mod package;
mod shape;

pub use load::values_text;
pub use metadata::{Dependency, Maintainer, Metadata};

use crate::values::snapshot::Snapshot;
use chartwright_value::{Heap, Value};
use std::sync::Arc;

/// How many bytes the files of a chart may have together that is packaged or comes into the page; of a folder the command takes more.
/// Helm's own limit is three times as large; with more there would be no room beside them for what is made of them.
pub const MAX_CHART_BYTES: u64 = 32 << 20;

/// A file of a chart.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path below the chart's root, with `/` between the parts.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// The content as text. What is not UTF-8 is replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

impl std::fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.path, self.bytes.len())
    }
}

/// A chart that has been read.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    pub(crate) metadata: Metadata,
    pub(crate) values_text: String,
    /// Whether there is a values.yaml at all.
    pub(crate) has_values: bool,
    /// Chart.lock as it is written.
    pub(crate) lock: Option<String>,
    pub(crate) schema: Option<String>,
    pub(crate) templates: Vec<SourceFile>,
    pub(crate) files: Vec<SourceFile>,
    pub(crate) values: Arc<Snapshot>,
    pub(crate) dependencies: Vec<Arc<Chart>>,
    pub(crate) warnings: Vec<String>,
}

impl Chart {
    /// What Chart.yaml says.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The chart's name.
    pub fn name(&self) -> &str {
        &self.metadata.name
    }

    /// Puts what values.yaml says onto a heap: a map.
    pub fn put_values(&self, heap: &mut Heap) -> Value {
        self.values.put(heap)
    }

    /// values.yaml as it is written, or the empty string.
    pub fn values_text(&self) -> &str {
        &self.values_text
    }

    /// values.schema.json as it is written.
    pub fn schema_text(&self) -> Option<&str> {
        self.schema.as_deref()
    }

    /// What stands in `templates/`, in the order of loading.
    pub fn templates(&self) -> &[SourceFile] {
        &self.templates
    }

    /// The files that are nothing else: README, environments, `crds/`, and what `.Files` offers.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// One of [`Chart::files`] by its path.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The subcharts that are there.
    pub fn dependencies(&self) -> &[Arc<Chart>] {
        &self.dependencies
    }

    /// Adds a subchart, such as one that a `file://` repository names.
    pub fn add_dependency(&mut self, chart: Chart) {
        self.dependencies.push(Arc::new(chart));
    }

    /// Names that Chart.yaml calls dependencies and that are not there (`pkg/action/install.go`, `CheckDependencies`).
    pub fn missing_dependencies(&self) -> Vec<String> {
        let there = |name: &str| self.dependencies.iter().any(|chart| chart.name() == name);
        self.metadata.dependencies.iter().filter(|d| !there(&d.name)).map(|d| d.name.clone()).collect()
    }
}

//! What `helm lint` says of a chart (`pkg/chart/v2/lint`): a file a group of rules, in the order in which Helm applies them. Files are read
//! by the caller; see [`Folder`].

mod chart_file;
mod crds;
mod dependencies;
mod deprecations;
mod folder;
mod names;
mod objects;
mod templates;
mod urls;
mod values;

pub use folder::{Entry, Folder};

use crate::values::layers::LayerCache;
use crate::values::snapshot::Snapshot;
use crate::{Chart, HelmVersion, RenderError, SourceFile, ValuesLayer};
use chartwright_template::Host;
use chartwright_value::Heap;
use std::fmt;
use std::sync::Arc;

/// How bad a message is (`support/message.go`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Something that could be better.
    Info,
    /// Against convention, but likely to work.
    Warning,
    /// Likely not to work.
    Error,
}

/// What a message is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// A field of Chart.yaml by its name; empty where it is about the file.
    ChartFile(&'static str),
    /// values.yaml and its schema.
    Values,
    /// The templates as a whole: that they load, render, are there.
    Templates,
    /// How a template's output begins.
    TopIndent,
    /// An object that a template made, or that is none.
    Object,
    /// An object in a list that is to be kept.
    ResourcePolicy,
    /// Dependencies, and the charts that are there.
    Dependencies,
    /// What lies in `crds/`.
    Crds,
}

/// One thing that the linter has to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// What it is about.
    pub topic: Topic,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about: a file of the chart, `templates/`, or the chart's folder.
    pub path: String,
    /// Helm's text.
    pub text: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Info => "INFO",
            Severity::Warning => "WARNING",
            Severity::Error => "ERROR",
        };
        write!(f, "[{severity}] {}: {}", self.path, self.text)
    }
}

/// How charts are looked at.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Helm that it is the twin of.
    pub helm: HelmVersion,
    /// The namespace of the release.
    pub namespace: String,
    /// `--kube-version`, which has been checked.
    pub kube_version: Option<String>,
    /// `--skip-schema-validation`.
    pub skip_schema_validation: bool,
    /// `--debug`: whether Helm 4's lines about checking schemas are told.
    pub debug: bool,
}

/// A run over one chart or several.
pub struct Linter {
    options: Options,
    /// The user's values. Defaults of each chart that is looked at come into their tables, as they do in Helm, for the charts after it.
    values: Snapshot,
    /// Lines for stderr, as Helm writes them.
    told: Vec<String>,
    /// Those of them that Helm writes only once, however many charts it looks at.
    once: Vec<String>,
}

impl Linter {
    /// A linter with the layers of values that the user gives, lowest first.
    ///
    /// # Errors
    /// Helm's text for the first layer that does not parse.
    pub fn new(options: Options, layers: &[ValuesLayer<'_>]) -> Result<Linter, RenderError> {
        let mut heap = Heap::default();
        let values = LayerCache::new(options.helm).merge(&mut heap, layers)?;
        let values = Snapshot::take(&heap, values).map_err(|error| RenderError::new(crate::RenderErrorKind::Limit, error))?;
        Ok(Linter { options, values, told: Vec::new(), once: Vec::new() })
    }

    /// Looks at a chart.
    pub fn run(&mut self, folder: &Folder, host: &mut dyn Host) -> Vec<Message> {
        let chart = Loaded::new(folder, self.options.helm);
        let mut messages = Messages { all: Vec::new(), topic: Topic::Templates };
        chart_file::check(&folder.chart_file, self.options.helm, messages.about(Topic::ChartFile("")));
        values::check(folder, self, host, messages.about(Topic::Values));
        templates::check(folder, &chart, self, host, messages.about(Topic::Templates));
        dependencies::check(&folder.place, chart.load(self), messages.about(Topic::Dependencies));
        if self.options.helm == HelmVersion::V4 && folder.crds != Entry::Missing {
            crds::check(folder.crds.is_folder().then(|| chart.load(self)), messages.about(Topic::Crds));
        }
        messages.all
    }

    /// The lines for stderr since this was asked last.
    pub fn take_told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.told)
    }

    fn tell(&mut self, line: String) {
        if line.contains("unresolved URN reference ignored") {
            if self.once.contains(&line) {
                return;
            }
            self.once.push(line.clone());
        }
        self.told.push(line);
    }
}

struct Messages {
    all: Vec<Message>,
    /// What those that come are about.
    topic: Topic,
}

impl Messages {
    /// Says what the messages from here on are about.
    fn about(&mut self, topic: Topic) -> &mut Messages {
        self.topic = topic;
        self
    }

    fn add(&mut self, severity: Severity, path: &str, text: impl Into<String>) {
        self.all.push(Message { topic: self.topic, severity, path: path.to_owned(), text: text.into() });
    }

    fn error(&mut self, path: &str, text: impl Into<String>) {
        self.add(Severity::Error, path, text);
    }

    fn warning(&mut self, path: &str, text: impl Into<String>) {
        self.add(Severity::Warning, path, text);
    }
}

/// What there is to say of a chart's own files, without a render: of Chart.yaml, of its dependencies and, with Helm 4, of what lies in `crds/`. Definitions are often long: unless
/// they are to be read as a whole, a file whose documents say in a line each that they are definitions is taken at its word.
pub fn look_at_files(chart_file: &Entry, chart: Option<&Chart>, helm: HelmVersion, whole_crds: bool) -> Vec<Message> {
    let mut messages = Messages { all: Vec::new(), topic: Topic::ChartFile("") };
    chart_file::check(chart_file, helm, &mut messages);
    if let Some(chart) = chart {
        dependencies::check(".", Ok(chart), messages.about(Topic::Dependencies));
        if helm == HelmVersion::V4 {
            crds::check_files(chart, |file| whole_crds || !crds::are_plain(&file.text()), messages.about(Topic::Crds));
        }
    }
    messages.all
}

/// What there is to say of the form of what a chart's own templates wrote in an install ([`crate::Engine::outputs`]): how it begins, and objects in lists that are to be kept.
pub fn look_at_outputs<'o>(chart: &Chart, outputs: impl Iterator<Item = (&'o str, &'o [u8])>, helm: HelmVersion) -> Vec<Message> {
    let mut messages = Messages { all: Vec::new(), topic: Topic::TopIndent };
    for (file, output) in outputs {
        let own = file.strip_prefix(chart.name()).and_then(|rest| rest.strip_prefix('/'));
        let own = own.filter(|path| chart.templates().iter().any(|template| template.path == *path));
        if let Some(path) = own.filter(|path| templates::is_yaml(path, helm)) {
            templates::check_form(path, output, helm, &mut messages);
        }
    }
    messages.all
}

/// The chart as it loads, or why it does not; several rules load it anew and tell again what there is to tell.
struct Loaded {
    chart: Result<Arc<Chart>, String>,
    told: Vec<String>,
}

impl Loaded {
    fn new(folder: &Folder, helm: HelmVersion) -> Loaded {
        let mut told = folder.told.clone();
        let files: Result<Vec<SourceFile>, String> = folder.files.clone();
        let chart = files.and_then(|files| Chart::load_plainly(files, helm).map_err(|error| error.message));
        if let Ok(chart) = &chart {
            told.extend_from_slice(&chart.warnings);
        }
        Loaded { chart: chart.map(Arc::new), told }
    }

    fn load(&self, linter: &mut Linter) -> Result<&Chart, &str> {
        self.load_shared(linter).map(|chart| &**chart)
    }

    fn load_shared(&self, linter: &mut Linter) -> Result<&Arc<Chart>, &str> {
        self.told.iter().for_each(|line| linter.tell(line.clone()));
        self.chart.as_ref().map_err(String::as_str)
    }
}

//! What the checks' worker answers: findings and totals by environment, and of the stack; and what silences findings.

use super::{Archive, Path, StackReport};

/// What the checks' worker answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckReport {
    /// For each environment of the chart; the chosen one first.
    pub environments: Vec<EnvironmentReport>,
    /// My silences that silence nothing in any environment.
    pub idle: Vec<Silence>,
    /// The answer to a [`FixView::trial`]: whether the finding goes and nothing new comes. Nothing else is then said.
    pub verdict: Option<(ManifestChange, bool)>,
    /// What is wrong with the project file, which then counts for nothing.
    pub project_fault: Option<String>,
    /// What is said of the stack, while it is shown.
    pub stack: Option<StackReport>,
    /// The answer to [`Action::ExportStack`](super::Action::ExportStack).
    pub archive: Option<Archive>,
    /// What is known of the releases of Kubernetes, where that was asked for. In answer to an [`Update::sweep`](super::Update::sweep) nothing else is said.
    pub sweep: Option<Vec<SweepView>>,
}

/// An environment in the releases of Kubernetes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepView {
    /// The environment's id.
    pub environment: String,
    /// What is known so far, the oldest release first.
    pub releases: Vec<ReleaseView>,
    /// Whether these are all.
    pub is_whole: bool,
    /// What breaks in some of them and not in others, once they are all known; the worst first.
    pub breaks: Vec<BreakView>,
}

/// A chart's render in a release of Kubernetes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseView {
    /// `1.33`.
    pub version: String,
    /// Why it cannot be rendered.
    pub failed: Option<String>,
    /// How many findings say that something does not work.
    pub breaks: usize,
    /// In words: `works`, `2 faults`, `fails`.
    pub words: String,
    /// How many findings there are that the chosen release has not, and how many that has which are not found here: `1 new, 4 gone`; empty for neither.
    pub compared: String,
}

/// A cause that breaks in some releases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BreakView {
    /// The rule's id.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The objects; none where nothing is rendered.
    pub objects: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// Where: `before 1.31`, `since 1.32`.
    pub releases: String,
}

/// Findings and totals of one environment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnvironmentReport {
    /// The environment's id.
    pub environment: String,
    /// Why it could not be rendered; then nothing else is known.
    pub failed: Option<String>,
    /// What is wrong, worst first: one entry for what is of one cause.
    pub findings: Vec<FindingView>,
    /// What is known and meant, in the same order.
    pub silenced: Vec<SilencedView>,
    /// What no chart defines, and who needs it: `Secret/api-credentials`, `Deployment/rel-kaggle-data-api`.
    pub prerequisites: Vec<(String, String)>,
    /// What it asks of the cluster.
    pub totals: Totals,
    /// In what it is weaker than local, in words; filled for production-like environments.
    pub weaker: Vec<String>,
}

/// A finding: one cause, with all of its places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindingView {
    /// `unset-memory-limits`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The place to look at first.
    pub place: PlaceView,
    /// Further places of the same cause.
    pub places: Vec<PlaceView>,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub reason: String,
    /// What to do.
    pub cure: String,
    /// The field that cures it, by id, if the chart has one.
    pub field: Option<String>,
    /// The change of the manifest that cures it for certain, if there is one.
    pub change: Option<ManifestChange>,
    /// The other environments in which it is found, at all of its places.
    pub elsewhere: Vec<String>,
}

impl FindingView {
    /// All objects that it is found in, each once.
    pub fn objects(&self) -> Vec<String> {
        self.named(|place| &place.object)
    }

    /// All files of the chart or above it that it is found in, each once.
    pub fn files(&self) -> Vec<String> {
        self.named(|place| &place.file)
    }

    fn named(&self, name: fn(&PlaceView) -> &String) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in std::iter::once(&self.place).chain(&self.places).map(name) {
            if !name.is_empty() && !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    }
}

/// A change of a manifest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManifestChange {
    /// The document's id.
    pub document: String,
    /// A JSON pointer in it.
    pub pointer: String,
    /// The value that it takes, as JSON; `None` takes it out.
    pub json: Option<String>,
}

/// What would have to be set for a change of a manifest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FixView {
    /// The change.
    pub change: ManifestChange,
    /// Why it cannot be had.
    pub refused: Option<String>,
    /// What is to be set, for [`Action::Set`](super::Action::Set).
    pub path: Path,
    /// The same as text: `podSecurityContext.runAsNonRoot`.
    pub key: String,
    /// The value, as JSON.
    pub json: String,
    /// The same on a line of YAML.
    pub value: String,
    /// What it was; empty where it was not set.
    pub was: String,
    /// The file that it goes to.
    pub file: String,
    /// How many lines of the manifests change.
    pub lines: usize,
    /// To be put to the checks' worker, unread: it judges what comes of it in [`CheckReport::verdict`].
    pub trial: String,
}

/// A line of a document, or of a file of the chart or of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceView {
    /// The document's id; empty for a file.
    pub document: String,
    /// The file, from the chart's folder, or the layer's name; empty for a document.
    pub file: String,
    /// `Deployment/rel-kaggle-data-api`; empty where the document could not be read.
    pub object: String,
    /// The line in [`DocumentView::text`](super::DocumentView) or in the file, counted from 1.
    pub line: u32,
}

/// A finding that is silenced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SilencedView {
    /// What is found.
    pub finding: FindingView,
    /// Who silences it.
    pub by: SilencedBy,
    /// Why, if that is said.
    pub reason: String,
}

/// Who silences a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum SilencedBy {
    /// The chart, by an annotation with this key.
    Annotation(String),
    /// The project file, by what stands on this line.
    Project(u32),
    /// I do.
    Me(Silence),
}

impl Default for SilencedBy {
    fn default() -> SilencedBy {
        SilencedBy::Annotation(String::new())
    }
}

/// What I silence of a chart, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Silence {
    /// The rule's id.
    pub rule: String,
    /// The objects, as [`PlaceView::object`] names them.
    pub objects: Vec<String>,
    /// Or the files, as [`PlaceView::file`] does.
    pub files: Vec<String>,
    /// The environment; `None` is all of them.
    pub environment: Option<String>,
    /// Why. Never empty.
    pub reason: String,
}

impl Silence {
    /// The objects or files that it speaks of, in words.
    pub fn places(&self) -> String {
        [self.objects.as_slice(), &self.files].concat().join(", ")
    }
}

/// Which rules are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// What the API server refuses.
    Api,
    /// What most teams want to hear.
    #[default]
    Default,
    /// What the API server refuses, and what a namespace of the baseline standard does not admit.
    Baseline,
    /// What the API server refuses, and what a namespace of the restricted standard does not admit.
    Restricted,
    /// Every rule.
    All,
}

impl Profile {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Profile; 5] = [Profile::Api, Profile::Default, Profile::Baseline, Profile::Restricted, Profile::All];

    /// As the command and project files name it.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Api => "api",
            Profile::Default => "default",
            Profile::Baseline => "baseline",
            Profile::Restricted => "restricted",
            Profile::All => "all",
        }
    }

    /// The profile of a name.
    pub fn find(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It will not work, or is refused.
    Error,
    /// It will hurt.
    Warning,
    /// Worth knowing.
    #[default]
    Info,
}

/// What an environment asks of the cluster. Texts are ready to show, with units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// `2–10 pods`.
    pub replicas: String,
    /// `1–5 cores`.
    pub requests_cpu: String,
    /// `1–5 Gi`.
    pub requests_memory: String,
    /// `2–10 cores`; `none` where any container has none.
    pub limits_cpu: String,
    /// `4–20 Gi`.
    pub limits_memory: String,
    /// `restricted`, `baseline`, `privileged`.
    pub security: String,
    /// `20Gi ReadWriteMany on efs-sc`.
    pub storage: String,
    /// `https://api.example.com`, `ClusterIP`.
    pub exposure: String,
    /// The quality of service of the workloads' pods: `Burstable`, or each by itself where they differ.
    pub qos: String,
}

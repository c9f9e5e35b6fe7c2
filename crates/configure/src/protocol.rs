//! What the page and the workers say to each other. Plain data with serde, and nothing else: the page links this module only, so
//! that the engine's weight stays in the workers.
//!
//! The page sends [`Action`]s to the engine's worker and gets an [`Update`] for each, which holds only what changed. An update's
//! [`Update::check`] is handed on unread to the checks' worker, which answers with a [`CheckReport`].

use serde::{Deserialize, Serialize};

/// A place in the values: keys, and indices of lists as decimal numbers.
pub type Path = Vec<String>;

/// What the user did.
#[expect(missing_docs, reason = "the variants' own lines say what their fields are")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Action {
    /// The page has started. `bundle` is the text of `charts.json`; `fragment` the URL's, without `#`; `saved` what [`Update::save`] gave last.
    Start { bundle: String, fragment: Option<String>, saved: Option<String> },
    /// Another chart, by [`ChartCard::id`].
    Chart(String),
    /// Another environment, by [`EnvironmentTab::id`].
    Environment(String),
    /// Release name, namespace and Kubernetes version, each as typed.
    Release { name: String, namespace: String, kube_version: String },
    /// A scalar field's text, as typed. What does not fit the field's type stays as typed, is told at the field, and is not written.
    Input { path: Path, text: String },
    /// A field that is chosen, not typed: a JSON value in text form (`true`, `"medium"`, `null`, `{}`).
    Set { path: Path, json: String },
    /// Takes my own setting back: the file's original value, or the default.
    Reset { path: Path },
    /// Adds an empty element to a list, or a key to a map.
    Add { path: Path, key: Option<String> },
    /// Removes a list's element or a map's key.
    Remove { path: Path },
    /// Moves a list's element.
    Move { path: Path, from: usize, to: usize },
    /// Renames a map's key.
    Rename { path: Path, key: String },
    /// The whole text of the edited file, as typed in the YAML editor.
    Yaml(String),
    /// One step back, across form and YAML.
    Undo,
    /// One step forward again.
    Redo,
    /// A values file dropped in: a new layer on top of the environment, which becomes the edited one.
    AddLayer { name: String, text: String },
    /// Which layer the form and the editor write to, by [`LayerView::id`].
    SelectLayer(String),
    /// Gives a layer another name.
    RenameLayer { id: String, name: String },
    /// A copy of a layer above it.
    DuplicateLayer(String),
    /// Takes a layer out of the environment. Undo brings it back.
    RemoveLayer(String),
    /// Moves a layer to another place in the order (0 is the lowest).
    MoveLayer { id: String, to: usize },
    /// Which environment to compare with; `None` closes the comparison and spares its work.
    Compare(Option<String>),
    /// Something to download or copy; answered by [`Update::export`].
    Export(Export),
    /// Takes all of my changes in this environment back. Undo brings them back.
    ResetAll,
    /// The checks' worker is there, or is a new one: the answer's [`Update::check`] is complete. Before the first one no update
    /// has such a part, so that nothing is rendered for checks that nobody makes.
    Recheck,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Export {
    /// The edited values file, in place.
    Values,
    /// My change to it as a unified patch.
    Patch,
    /// All manifests as one YAML.
    Manifests,
    /// The exact `helm upgrade --install` command.
    Command,
    /// The fragment of a link that restores this state, without secrets.
    Link,
}

/// What changed by an action. Absent parts are as they were.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// The charts to choose from.
    pub charts: Option<Vec<ChartCard>>,
    /// The top bar.
    pub header: Option<Header>,
    /// The environment's layers, lowest first.
    pub layers: Option<Vec<LayerView>>,
    /// The form's sections; a new chart also makes all earlier fields void.
    pub form: Option<Form>,
    /// Fields whose state changed, those of [`Form`] included when it is there.
    pub fields: Vec<Field>,
    /// The edited file's text and faults.
    pub yaml: Option<YamlView>,
    /// How the render went.
    pub render: Option<RenderView>,
    /// All documents by id, in order; present when the list itself changed.
    pub order: Option<Vec<String>>,
    /// New and changed documents.
    pub documents: Vec<DocumentView>,
    /// NOTES.txt, rendered.
    pub notes: Option<String>,
    /// The effective values; present when the list itself changed.
    pub values: Option<Vec<ValueRow>>,
    /// Rows of the effective values whose content changed, where the list is the same.
    #[serde(default)]
    pub rows: Vec<ValueRow>,
    /// The open comparison.
    pub comparison: Option<Comparison>,
    /// The answer to [`Action::Export`].
    pub export: Option<Exported>,
    /// To be kept in the browser's storage and given back in [`Action::Start`]. Holds no secrets.
    pub save: Option<String>,
    /// The URL fragment of this state.
    pub fragment: Option<String>,
    /// To be handed to the checks' worker, unread.
    pub check: Option<String>,
    /// A passing message: an unknown chart in a link, a file that could not be read.
    pub notice: Option<String>,
}

/// A chart to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartCard {
    /// Its folder below `charts/`: `applications/kaggle-data-api`.
    pub id: String,
    /// Its layer, the first folder: `applications`, `infrastructure`, `library`.
    pub group: String,
    /// From Chart.yaml.
    pub name: String,
    /// From Chart.yaml.
    pub version: String,
    /// `application` or `library`.
    pub kind: String,
    /// From Chart.yaml.
    pub description: String,
}

/// The top bar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The chosen chart's id.
    pub chart: String,
    /// The environments of the chart.
    pub environments: Vec<EnvironmentTab>,
    /// The chosen one's id.
    pub environment: String,
    /// The release's name, as typed.
    pub release: String,
    /// The namespace, as typed.
    pub namespace: String,
    /// The Kubernetes version, as typed.
    pub kube_version: String,
    /// What is wrong with name, namespace and version.
    pub release_errors: [Option<String>; 3],
    /// The versions to choose from.
    pub kube_versions: Vec<String>,
    /// Whether there is a step back.
    pub can_undo: bool,
    /// Whether there is a step forward.
    pub can_redo: bool,
    /// What the primary action downloads: `values-production.yaml`.
    pub download: String,
    /// How many values are mine.
    pub mine: usize,
    /// How many values the environment's files set.
    pub from_files: usize,
}

/// An environment to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnvironmentTab {
    /// `production`; `default` is the chart without any file.
    pub id: String,
    /// How many of its values I changed.
    pub mine: usize,
}

/// A values file of the environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerView {
    /// Stable while the layer lives.
    pub id: String,
    /// File name: `values-production.yaml`.
    pub name: String,
    /// Whether form and editor write to it.
    pub edited: bool,
    /// Whether its text differs from what it was when it came.
    pub changed: bool,
    /// Whether the chart ships it (else it was dropped in).
    pub shipped: bool,
}

/// Where a value or a line comes from. Its colour: grey, blue, amber.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Source {
    /// The chart's default.
    #[default]
    Default,
    /// A file of the environment, as it came.
    File,
    /// What I changed.
    Mine,
}

/// The form's shape: sections in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// The sections, most used first.
    pub sections: Vec<Section>,
    /// How many scalar values can be searched.
    pub total: usize,
}

/// A section of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// `Resources`.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// Its fields in order, as paths joined by `/` (see [`Field::id`]).
    pub fields: Vec<String>,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The path's JSON pointer (`/resources/limits/cpu`): the field's key everywhere.
    pub id: String,
    /// The path itself.
    pub path: Path,
    /// Short label in sentence case.
    pub label: String,
    /// What it does.
    pub description: String,
    /// What it is edited with.
    pub control: Control,
    /// The effective value as text to show and edit (or what I typed, where it does not fit). For [`Control::Choice`] the JSON text of
    /// one of its options, for [`Control::Yaml`] block YAML, empty for an empty map or list; empty for groups, lists and maps.
    pub input: String,
    /// Whether the value is absent or null.
    pub unset: bool,
    /// Where the effective value comes from.
    pub source: Source,
    /// The file that set it: `values-production.yaml`, `values.yaml`.
    pub file: String,
    /// What it would be without me, and what the chart says, where they differ from now: `768Mi in values-production.yaml, 256Mi by default`.
    pub over: Option<String>,
    /// What is wrong with it, if anything.
    pub error: Option<String>,
    /// What it depends on, when that takes its effect away: `Unused while the autoscaler is on`.
    pub inert: Option<String>,
    /// A warning to show where it is changed: `The class of an existing claim cannot change`.
    pub caution: Option<String>,
    /// Rarely needed: folded away.
    pub advanced: bool,
    /// To be masked on screen.
    pub secret: bool,
    /// Fields inside, for groups, lists and maps.
    pub children: Vec<String>,
    /// The findings that this field cures, by rule id.
    pub cures: Vec<String>,
}

/// What a field is edited with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Control {
    /// One line of text.
    Text {
        /// Shown while empty.
        placeholder: String,
    },
    /// Several lines.
    Multiline,
    /// A number.
    Number {
        /// Whole numbers only.
        integer: bool,
        /// Smallest.
        minimum: Option<f64>,
        /// Largest.
        maximum: Option<f64>,
        /// `s`, `%`, `pods`.
        unit: String,
    },
    /// A CPU or memory quantity: a number and one of the units.
    Quantity {
        /// Units to choose from: `m`, `core` or `Mi`, `Gi`.
        units: Vec<String>,
    },
    /// On or off.
    Toggle,
    /// One of a few.
    Choice {
        /// The values as JSON text.
        options: Vec<String>,
    },
    /// One of the known storage classes, or free text.
    StorageClass {
        /// What is known of each.
        classes: Vec<StorageClass>,
    },
    /// Fields inside, under a heading.
    Group,
    /// A list: elements can be added, removed and moved.
    List,
    /// A map with free keys: keys can be added, renamed and removed.
    Map,
    /// YAML text, where the schema does not say enough for a form.
    Yaml,
}

/// A known storage class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageClass {
    /// Its name.
    pub name: String,
    /// `ebs.csi.aws.com`.
    pub provisioner: String,
    /// `ReadWriteOnce` …
    pub access_modes: Vec<String>,
    /// Whether claims can grow.
    pub expansion: bool,
    /// Whether snapshots can be taken.
    pub snapshots: bool,
    /// `WaitForFirstConsumer` or `Immediate`.
    pub binding: String,
    /// One sentence.
    pub description: String,
}

/// The edited file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct YamlView {
    /// The text.
    pub text: String,
    /// Whether this update comes from the editor itself, which then must not be written to.
    pub from_editor: bool,
    /// The fault, with its line (1-based) and column (1-based), if it cannot be read. The form then shows the last good state.
    pub error: Option<Fault>,
    /// Lines (1-based) that differ from the file as it came.
    pub mine: Vec<u32>,
}

/// A fault at a place in a text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// The text.
    pub message: String,
    /// Counted from 1; 0 where unknown.
    pub line: u32,
    /// Counted from 1; 0 where unknown.
    pub column: u32,
}

/// How the render went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RenderView {
    /// How long the render took, in microseconds, as the host measured it.
    pub micros: f64,
    /// How many objects there are.
    pub objects: usize,
    /// Why it failed. The documents shown are then those of the last good render.
    pub error: Option<RenderFault>,
    /// What Helm would warn of.
    pub warnings: Vec<String>,
}

/// A render's failure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenderFault {
    /// Helm's text, word for word.
    pub message: String,
    /// `templates/deployment.yaml`, or the values file.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: Option<u32>,
    /// Counted from 1.
    pub column: Option<u32>,
    /// The lines around it: number and text.
    pub excerpt: Vec<(u32, String)>,
    /// What Helm leaves out: the key that was missing, what it might have meant.
    pub hint: Option<String>,
    /// The fields at fault, by id, with the text for each.
    pub fields: Vec<(String, String)>,
}

/// A rendered document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentView {
    /// `Deployment/rel-kaggle-data-api`, with an ordinal where that is not unique.
    pub id: String,
    /// `kaggle-data-api/templates/deployment.yaml`.
    pub source: String,
    /// `Deployment`.
    pub kind: String,
    /// `rel-kaggle-data-api`.
    pub name: String,
    /// The hook's events, if it is one.
    pub hook: Vec<String>,
    /// The text, beginning with its `# Source:` line.
    pub text: String,
    /// The source of each line, run-length: (how many lines, source).
    pub sources: Vec<(u32, Source)>,
    /// Lines (1-based) that the last action changed.
    pub changed: Vec<u32>,
}

/// An effective value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValueRow {
    /// The field's id (a JSON pointer).
    pub id: String,
    /// `resources.limits.cpu`.
    pub key: String,
    /// The value as one line of YAML; masked where secret.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
    /// The file.
    pub file: String,
    /// The line in it, counted from 1; 0 where unknown.
    pub line: u32,
    /// What it overrode, nearest first: value and file.
    pub over: Vec<(String, String)>,
}

/// Two environments beside each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The one compared with (left).
    pub left: String,
    /// The chosen one (right).
    pub right: String,
    /// Why the left one could not be rendered, if so.
    pub left_error: Option<String>,
    /// Resource by resource.
    pub resources: Vec<ResourceDiff>,
    /// The values that differ: key, left, right (`None`: absent).
    pub values: Vec<(String, Option<String>, Option<String>)>,
}

/// One resource in two environments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResourceDiff {
    /// The document's id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// What became of it.
    pub change: Change,
    /// Its lines.
    pub lines: Vec<DiffLine>,
}

/// What became of a resource or a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The same on both sides.
    Same,
    /// On both sides, but different. Never of a line.
    Changed,
    /// Only on the left.
    Left,
    /// Only on the right.
    Right,
}

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiffLine {
    /// Where it stands.
    pub change: Change,
    /// Its number on the left, counted from 1.
    pub left: Option<u32>,
    /// Its number on the right, counted from 1.
    pub right: Option<u32>,
    /// The text.
    pub text: String,
}

/// Something to download or copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exported {
    /// Which.
    pub export: Export,
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What the checks' worker answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckReport {
    /// For each environment of the chart; the chosen one first.
    pub environments: Vec<EnvironmentReport>,
}

/// Findings and totals of one environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EnvironmentReport {
    /// The environment's id.
    pub environment: String,
    /// Why it could not be rendered; then nothing else is known.
    pub failed: Option<String>,
    /// What is wrong, worst first.
    pub findings: Vec<FindingView>,
    /// What no chart defines, and who needs it: `Secret/api-credentials`, `Deployment/rel-kaggle-data-api`.
    pub prerequisites: Vec<(String, String)>,
    /// What it asks of the cluster.
    pub totals: Totals,
    /// In what it is weaker than local, in words; filled for production-like environments.
    pub weaker: Vec<String>,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingView {
    /// `unset-memory-limits`.
    pub rule: String,
    /// How bad.
    pub severity: Severity,
    /// The document's id.
    pub document: String,
    /// `Deployment/rel-kaggle-data-api`.
    pub object: String,
    /// The line in [`DocumentView::text`], counted from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub reason: String,
    /// What to do.
    pub cure: String,
    /// The field that cures it, by id, if the chart has one.
    pub field: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// It will not work, or is refused.
    Error,
    /// It will hurt.
    Warning,
    /// Worth knowing.
    Info,
}

/// What an environment asks of the cluster. Texts are ready to show, with units.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
}

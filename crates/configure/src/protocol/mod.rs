//! What the page and the workers say to each other. Plain data that [`wire`] makes bytes of, and nothing else: the page links this module
//! only, so that the engine's weight stays in the workers.
//!
//! The page sends [`Action`]s to the engine's worker and gets an [`Update`] for each, which holds only what changed. An update's
//! [`Update::check`] is handed on unread to the checks' worker, which answers with a [`CheckReport`].

mod chain;
mod form;
mod insight;
mod report;
mod shown;
mod stack;
pub mod wire;

pub use chain::{Chain, ChainValue, DocumentMarks, EnvironmentMarks, FilePlace, FileView, Marks, TemplateLine};
pub use form::{Control, Field, Form, Section, StorageClass};
pub use insight::{Blast, IdleKey, Insights, LineEdit, Touched, UnreachedLines, Unread, UnsetKey, UnusedKey};
pub use report::{
    BreakView, CheckReport, EnvironmentReport, FindingView, FixView, ManifestChange, PlaceView, Profile, ReleaseView, Severity, Silence,
    SilencedBy, SilencedView, SweepView, Totals,
};
pub use shown::{Change, Comparison, DiffLine, DocumentView, Fault, FaultCall, RenderFault, RenderView, ResourceDiff, ValueRow, YamlView};
pub use stack::{Archive, Flavour, MemberDocuments, MemberView, StackReport, StackView, TieView, WorkloadView};

/// A place in the values: keys, and indices of lists as decimal numbers.
pub type Path = Vec<String>;

/// What the user did.
#[expect(missing_docs, reason = "the variants' own lines say what their fields are")]
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The page has started. `bundle` is the text of `charts.json`; `dropped` the charts from outside that the browser keeps;
    /// `fragment` the URL's, without `#`; `saved` what [`Update::save`] gave last.
    Start { bundle: String, dropped: Vec<Dropped>, fragment: Option<String>, saved: Option<String> },
    /// Another chart, by [`ChartCard::id`].
    Chart(String),
    /// A chart from outside, which becomes the chosen one. One of the same name takes the place of the one before, and what was changed
    /// in its environments stays. Answered by [`Update::added`].
    AddChart(Dropped),
    /// Takes a chart from outside away, by [`ChartCard::id`], with what was changed in it.
    RemoveChart(String),
    /// Which Helm renders.
    Helm(Helm),
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
    /// A values file dropped in: a new layer on top of the environment, which becomes the edited one. One that is called `.chartwright.yaml` is no layer
    /// but the project file of the chart.
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
    /// Shows the stack, or closes it and spares its work. Answered by [`Update::stack`].
    Stack(bool),
    /// The stack's name, its repository and branch, each as typed.
    StackSource { name: String, repository: String, revision: String },
    /// A release of the stack, by place: its name and namespace as typed, and its environment; empty is the page's.
    SetMember { at: usize, release: String, namespace: String, environment: String },
    /// One more release in the stack, of a chart.
    AddMember(String),
    /// One less, by place.
    RemoveMember(usize),
    /// The stack as an archive for a tool. The checks' worker makes it: [`CheckReport::archive`].
    ExportStack(Flavour),
    /// Asks where a line (counted from 1) of a document came from, in an environment that is shown (empty: the chosen one). Answered by
    /// [`Update::chain`].
    Explain { environment: String, document: String, line: u32 },
    /// Asks which lines a field makes, by [`Field::id`]. Answered by [`Update::marks`].
    Point(String),
    /// Asks for the text of a file that a [`Chain`] names. Answered by [`Update::file`].
    Look(String),
    /// Takes all of my changes in this environment back. Undo brings them back.
    ResetAll,
    /// The checks' worker is there, or is a new one: the answer's [`Update::check`] is complete. Before the first one no update
    /// has such a part, so that nothing is rendered for checks that nobody makes.
    Recheck,
    /// Goes on with what is worked out of renders and their traces, for a moment. Answered by [`Update::insights`] alone.
    Analyse,
    /// Goes on with what is worked out of the chart's own files and of the values for the checks, for a moment. Answered by [`Update::inspecting`], and at the end
    /// by [`Update::check`] where something has changed.
    Inspect,
    /// Goes on to the next release of Kubernetes, of those that the chart is looked at in. Answered by [`Update::sweep`] alone.
    Sweep,
    /// Takes keys out of files, by layer and place, whose removal changes no byte of the output; refused where it would.
    Prune(Vec<(String, Path)>),
    /// Silences what a rule finds in some objects of the chart; refused without a reason.
    Silence(Silence),
    /// Takes a silence back, by all that it says.
    Unsilence(Silence),
    /// Which rules the checks ask for.
    Profile(Profile),
    /// Asks for the value that makes a change in a manifest of the chosen environment. Answered by [`Update::fix`] alone; nothing is changed.
    Fix(ManifestChange),
    /// A line of a document (from 1) as it was typed into the manifest. Answered by [`Update::edit`] alone; nothing is changed.
    EditLine { document: String, line: u32, text: String },
}

impl Action {
    /// Whether it only asks, and changes nothing.
    pub fn is_question(&self) -> bool {
        matches!(
            self,
            Action::Analyse
                | Action::Inspect
                | Action::Sweep
                | Action::EditLine { .. }
                | Action::Fix(_)
                | Action::Explain { .. }
                | Action::Point(_)
                | Action::Look(_)
                | Action::Stack(_)
                | Action::ExportStack(_)
        )
    }
}

/// A chart from outside, as it was dropped onto the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// The folder's or file's name, for what is said of it.
    pub name: String,
    /// What it holds.
    pub content: DroppedContent,
}

/// What a dropped chart holds.
#[derive(Clone, Debug, PartialEq)]
pub enum DroppedContent {
    /// A folder's files: paths with `/`, as they lie below what was dropped, and bytes. The chart is the folder of the highest Chart.yaml.
    Files(Vec<(String, Vec<u8>)>),
    /// A `.tgz` as `helm package` makes it.
    Archive(Vec<u8>),
}

/// A major version of Helm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Helm {
    /// Helm 3.22.
    V3,
    /// Helm 4.3.
    #[default]
    V4,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// What is silenced, and the profile, as the project file that `chartwright lint` reads.
    Project,
}

/// What changed by an action. Absent parts are as they were.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Update {
    /// The charts to choose from.
    pub charts: Option<Vec<ChartCard>>,
    /// The id of the chart that [`Action::AddChart`] made: what the browser keeps it by. Absent where it could not be taken in.
    pub added: Option<String>,
    /// The answer takes longer than others, and comes with the same number again: a larger engine is being fetched.
    pub loading: bool,
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
    pub rows: Vec<ValueRow>,
    /// The open comparison.
    pub comparison: Option<Comparison>,
    /// The stack, while it is shown.
    pub stack: Option<StackView>,
    /// The manifests of its members that changed.
    pub stack_documents: Vec<MemberDocuments>,
    /// The answer to [`Action::Export`].
    pub export: Option<Exported>,
    /// The answer to [`Action::Analyse`].
    pub insights: Option<Insights>,
    /// The answer to [`Action::Inspect`]: whether there is more to work out.
    pub inspecting: Option<bool>,
    /// The answer to [`Action::Sweep`], to be handed to the checks' worker, unread, which answers with [`CheckReport::sweep`]; empty where it knows everything.
    pub sweep: Option<String>,
    /// The answer to [`Action::EditLine`].
    pub edit: Option<LineEdit>,
    /// The answer to [`Action::Fix`].
    pub fix: Option<FixView>,
    /// The answer to [`Action::Explain`]; absent where there is no such line.
    pub chain: Option<Chain>,
    /// The answer to [`Action::Point`].
    pub marks: Option<Marks>,
    /// The answer to [`Action::Look`]; absent where there is no such file.
    pub file: Option<FileView>,
    /// To be kept in the browser's storage and given back in [`Action::Start`]. Holds no secrets.
    pub save: Option<String>,
    /// The same with secrets, where there are any (else empty): for an [`Action::Start`] in place of an engine that was ended. Not to be stored.
    pub memory: Option<String>,
    /// The URL fragment of this state.
    pub fragment: Option<String>,
    /// To be handed to the checks' worker, unread.
    pub check: Option<String>,
    /// A passing message: an unknown chart in a link, a file that could not be read.
    pub notice: Option<String>,
}

/// A chart to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartCard {
    /// Its folder below `charts/`: `applications/kaggle-data-api`.
    pub id: String,
    /// Its layer, the first folder: `applications`, `infrastructure`, `library`; `dropped` for charts from outside.
    pub group: String,
    /// From Chart.yaml.
    pub name: String,
    /// From Chart.yaml.
    pub version: String,
    /// `application` or `library`.
    pub kind: String,
    /// From Chart.yaml.
    pub description: String,
    /// Whether it came from outside, and can be removed.
    pub dropped: bool,
}

/// The top bar.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Which Helm renders.
    pub helm: Helm,
    /// Which rules the checks ask for.
    pub profile: Profile,
    /// How many silences of mine the chart has.
    pub silences: usize,
    /// Whether there is a project file, of the chart or dropped in.
    pub project: bool,
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
#[derive(Clone, Debug, PartialEq)]
pub struct EnvironmentTab {
    /// `production`; `ci/small` for `ci/small-values.yaml`; `default` is the chart without any file.
    pub id: String,
    /// How many of its values I changed.
    pub mine: usize,
}

/// A values file of the environment.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The chart's default.
    #[default]
    Default,
    /// A file of the environment, as it came.
    File,
    /// What I changed.
    Mine,
}

/// Something to download or copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    /// Which.
    pub export: Export,
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

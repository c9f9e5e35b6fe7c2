//! What is to be rendered: the release, its cluster, its layers of values. Plain data; nothing here is worked out.

use chartwright_template::Limits;

/// One render's question.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The release.
    pub release: Release,
    /// The Kubernetes version as `--kube-version` takes it; `None` is Helm's own default.
    pub kube_version: Option<&'a str>,
    /// What the cluster is known to serve: `.Capabilities.APIVersions` but for what is added. `None` is Helm's own list, which stands for no cluster.
    pub serves: Option<&'a [String]>,
    /// What `--api-versions` adds to the known ones.
    pub api_versions: &'a [String],
    /// The layers of values, lowest first, in the order in which Helm applies them (see [`ValuesLayer`]).
    pub values: &'a [ValuesLayer<'a>],
    /// What the result holds.
    pub show: Show,
    /// `--skip-schema-validation`.
    pub skip_schema_validation: bool,
    /// `--enable-dns`: whether `getHostByName` asks the host.
    pub enable_dns: bool,
    /// `--debug`: whether Helm 4's lines about checking schemas stand among the warnings.
    pub debug: bool,
    /// What the render may spend.
    pub limits: Limits,
    /// Whether [`crate::Engine::trace`] can tell afterwards where each line came from.
    pub trace: bool,
    /// Whether a traced render executes every file, whatever has changed since the last one.
    pub whole: bool,
}

impl Request<'_> {
    /// An install of a release by its name into a namespace, with everything else as Helm has it by default.
    pub fn new(name: &str, namespace: &str) -> Self {
        Request {
            release: Release { name: name.to_owned(), namespace: namespace.to_owned(), ..Release::default() },
            kube_version: None,
            serves: None,
            api_versions: &[],
            values: &[],
            show: Show::default(),
            skip_schema_validation: false,
            enable_dns: false,
            debug: false,
            limits: Limits::default(),
            trace: false,
            whole: false,
        }
    }
}

/// What `.Release` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// `.Release.Name`.
    pub name: String,
    /// `.Release.Namespace`.
    pub namespace: String,
    /// `.Release.IsUpgrade`.
    pub is_upgrade: bool,
    /// `.Release.IsInstall`.
    pub is_install: bool,
    /// `.Release.Revision`.
    pub revision: i64,
    /// `.Release.Service`.
    pub service: String,
}

impl Default for Release {
    fn default() -> Release {
        Release {
            name: "release-name".to_owned(),
            namespace: "default".to_owned(),
            is_upgrade: false,
            is_install: true,
            revision: 1,
            service: "Helm".to_owned(),
        }
    }
}

/// What a result holds besides the manifests. The default is `helm template`'s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Show {
    /// Hooks; `--no-hooks` takes them out.
    pub hooks: bool,
    /// `--include-crds`.
    pub crds: bool,
    /// Test hooks; `--skip-tests` takes them out.
    pub tests: bool,
    /// NOTES of subcharts too (`--render-subchart-notes` of `helm install`).
    pub subchart_notes: bool,
}

impl Default for Show {
    fn default() -> Show {
        Show { hooks: true, crds: false, tests: true, subchart_notes: false }
    }
}

/// One layer of values. Helm applies files first, then `--set-json`, `--set`, `--set-string`, `--set-file`, `--set-literal`
/// (`pkg/cli/values/options.go`); whoever makes a request keeps that order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValuesLayer<'a> {
    /// A values file: its name for errors, and its text.
    File {
        /// The name as the user gave it.
        name: &'a str,
        /// The whole text.
        text: &'a str,
    },
    /// `--set`.
    Set(&'a str),
    /// `--set-string`.
    SetString(&'a str),
    /// `--set-json`.
    SetJson(&'a str),
    /// `--set-file`; see [`crate::set::files_named`] for what has to be read.
    SetFile {
        /// The expression, `key=path`.
        expression: &'a str,
        /// The named files: path as written, and content or the error of reading it.
        files: Vec<(String, Result<Vec<u8>, String>)>,
    },
    /// `--set-literal`.
    SetLiteral(&'a str),
}

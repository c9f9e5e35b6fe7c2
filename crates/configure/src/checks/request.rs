//! What the session tells the checks' worker. Texts go once: later requests name them by their hash.

use crate::hygiene::Facts;
use crate::share::SavedSilence;
use chartwright_helm::Rendered;
use serde::{Deserialize, Serialize};

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CheckRequest {
    /// The chart's id.
    #[serde(default)]
    pub(crate) chart: String,
    pub(crate) namespace: String,
    /// The minor version of Kubernetes 1.x.
    pub(crate) minor: u32,
    /// [`crate::protocol::Profile::name`].
    #[serde(default)]
    pub(crate) profile: String,
    /// What is silenced, with the objects' names as they are rendered.
    #[serde(default)]
    pub(crate) silences: Vec<SavedSilence>,
    /// The text of the project file; empty where there is none.
    #[serde(default)]
    pub(crate) project: String,
    /// The chosen environment first.
    pub(crate) environments: Vec<EnvironmentRequest>,
    /// What is known of the chart and its values, of each environment that has been looked at.
    #[serde(default)]
    pub(crate) charts: Vec<ChartRequest>,
    /// The fields that cure a rule's finding, by rule; absent where they are as in the last request.
    pub(crate) cures: Option<std::collections::BTreeMap<String, Vec<String>>>,
    /// The stack, while it is shown.
    #[serde(default)]
    pub(crate) stack: Option<StackRequest>,
}

/// The stack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StackRequest {
    pub(crate) members: Vec<MemberRequest>,
    /// The storage classes that are known to bind claims at once.
    pub(crate) immediate: Vec<String>,
    /// What is to be downloaded.
    pub(crate) export: Option<ExportRequest>,
}

impl StackRequest {
    /// All documents of all members.
    pub(crate) fn documents(&self) -> impl Iterator<Item = &DocumentRequest> {
        self.members.iter().filter_map(|member| member.documents.as_ref()).flatten()
    }

    /// The same, to be changed.
    pub(crate) fn documents_mut(&mut self) -> impl Iterator<Item = &mut DocumentRequest> {
        self.members.iter_mut().filter_map(|member| member.documents.as_mut()).flatten()
    }
}

/// A release of the stack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct MemberRequest {
    pub(crate) namespace: String,
    /// Absent where the render failed.
    pub(crate) documents: Option<Vec<DocumentRequest>>,
}

/// What a download of the stack is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ExportRequest {
    /// [`crate::stack::Flavour::name`].
    pub(crate) flavour: String,
    /// Name, repository, revision.
    pub(crate) names: [String; 3],
    pub(crate) members: Vec<ExportedMember>,
    /// Why nothing can be downloaded: a render that failed.
    pub(crate) fault: Option<String>,
}

/// A release of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ExportedMember {
    pub(crate) release: String,
    pub(crate) namespace: String,
    pub(crate) environment: String,
    pub(crate) chart: String,
    pub(crate) version: String,
    pub(crate) folder: String,
    /// Names and texts.
    pub(crate) values: Vec<(String, String)>,
}

/// What would come of a fix.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TrialRequest {
    /// Document, pointer and value, for the answer.
    pub(crate) change: (String, String, Option<String>),
    pub(crate) environment: String,
    /// The environment's documents then.
    pub(crate) documents: Vec<DocumentRequest>,
}

/// An environment in a release of Kubernetes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct SweepRequest {
    pub(crate) environment: String,
    /// The minor version of Kubernetes 1.x.
    pub(crate) minor: u32,
    /// What is known of the environment in other releases is of other values.
    pub(crate) first: bool,
    pub(crate) failed: Option<String>,
    pub(crate) documents: Vec<DocumentRequest>,
}

/// An environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct EnvironmentRequest {
    pub(crate) environment: String,
    /// Everything is as in the last request, and the rest is left out.
    #[serde(default)]
    pub(crate) same: bool,
    pub(crate) failed: Option<String>,
    pub(crate) documents: Vec<DocumentRequest>,
    /// What the other charts render in an environment of this name.
    pub(crate) context: Vec<DocumentRequest>,
}

/// What is known of the chart with the values of an environment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ChartRequest {
    pub(crate) environment: String,
    /// Everything is as in the last request, and the rest is left out.
    #[serde(default)]
    pub(crate) same: bool,
    pub(crate) facts: Facts,
    /// The chart's own values first.
    pub(crate) files: Vec<FileRequest>,
}

/// A values file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct FileRequest {
    pub(crate) name: String,
    pub(crate) is_own: bool,
    pub(crate) hash: u64,
    /// Absent where the worker has it.
    pub(crate) text: Option<String>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct DocumentRequest {
    /// The id that the page knows it by.
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) hash: u64,
    /// Absent where the worker has it.
    pub(crate) text: Option<String>,
}

/// What a text is known by: FNV-1a.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A render's documents, without their texts.
pub(crate) fn documents(rendered: &Rendered) -> Vec<DocumentRequest> {
    let ids = crate::session::ids(rendered);
    let one = |(id, document): (String, &chartwright_helm::Document)| DocumentRequest {
        id,
        source: document.source.to_string(),
        hash: hash(&document.content),
        text: None,
    };
    ids.into_iter().zip(&rendered.documents).map(one).collect()
}

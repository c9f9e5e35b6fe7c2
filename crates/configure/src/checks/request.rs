//! What the session tells the checks' worker. Texts go once: later requests name them by their hash.

use chartwright_helm::Rendered;
use serde::{Deserialize, Serialize};

/// A request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct CheckRequest {
    pub(crate) namespace: String,
    /// The minor version of Kubernetes 1.x.
    pub(crate) minor: u32,
    /// The chosen environment first.
    pub(crate) environments: Vec<EnvironmentRequest>,
    /// The fields that cure a rule's finding, by rule; absent where they are as in the last request.
    pub(crate) cures: Option<std::collections::BTreeMap<String, Vec<String>>>,
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

/// A render's documents, without their texts.
pub(crate) fn documents(rendered: &Rendered) -> Vec<DocumentRequest> {
    let ids = crate::session::ids(rendered);
    let one = |(id, document): (String, &chartwright_helm::Document)| DocumentRequest {
        id,
        source: document.source.to_string(),
        hash: document.content.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        text: None,
    };
    ids.into_iter().zip(&rendered.documents).map(one).collect()
}

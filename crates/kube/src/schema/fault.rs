//! What is wrong with an object by its schema, in the API server's words.

use chartwright_yaml::NodeId;

use super::Resource;

/// What sort of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The type has no such field in this release.
    Unknown,
    /// The key stands there twice.
    Duplicate,
    /// A value of another type than the field's. The decoder goes on, and tells of the first.
    Type,
    /// A value that the field's own type cannot read. The decoder stops there.
    Unreadable,
    /// A field that has to be there is not.
    Missing,
    /// A value that the schema of a custom resource does not allow.
    Invalid,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort it is.
    pub kind: FaultKind,
    /// Where: the value, or of a missing field the object that lacks it.
    pub node: NodeId,
    /// The API server's words: `unknown field "spec.x"`.
    pub message: String,
}

/// So many unknown and duplicate fields are named by the API server; what is beyond it leaves out (`kubernetes_patch.go` of sigs.k8s.io/json).
const MAX_STRICT: usize = 100;

/// What the API server answers to an object with these faults when it decodes strictly; nothing where it decodes.
/// Missing fields are found later, by validation.
///
/// Follows `transformDecodeError` in `k8s.io/apiserver/pkg/endpoints/handlers/rest.go`: an error of a type that reads itself ends the decoding,
/// else the first error of types counts, else all that strictness finds.
#[must_use]
pub fn verdict(api_version: &str, kind: &str, faults: &[Fault]) -> Option<String> {
    let first = |wanted| faults.iter().find(|fault| fault.kind == wanted).map(|fault| fault.message.clone());
    let strict = || {
        let found = faults.iter().filter(|fault| matches!(fault.kind, FaultKind::Unknown | FaultKind::Duplicate));
        let mut messages: Vec<&str> = Vec::new();
        for fault in found {
            if messages.len() < MAX_STRICT && !messages.contains(&fault.message.as_str()) {
                messages.push(&fault.message);
            }
        }
        (!messages.is_empty()).then(|| format!("strict decoding error: {}", messages.join(", ")))
    };
    let error = first(FaultKind::Unreadable).or_else(|| first(FaultKind::Type)).or_else(strict)?;
    let version = api_version.rsplit('/').next().unwrap_or(api_version);
    Some(format!("{kind} in version \"{version}\" cannot be handled as a {kind}: {error}"))
}

/// What kubectl and Helm answer to an object of a kind that is not served.
#[must_use]
pub fn unserved(api_version: &str, kind: &str) -> String {
    format!("no matches for kind \"{kind}\" in version \"{api_version}\"")
}

/// Whether a kind is served by the release that it was asked of.
#[must_use]
pub fn is_served(resource: Option<Resource<'_>>) -> bool {
    resource.is_some_and(|resource| resource.served() == super::Served::Yes)
}

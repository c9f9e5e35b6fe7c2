//! `deprecated-volume`: a kind of volume that is gone or going.
//!
//! # What it checks
//!
//! No pod and no PersistentVolume uses `gitRepo`, `rbd`, `cephfs`, `glusterfs`, `quobyte`, `storageos`, `flocker`, `scaleIO` or
//! `photonPersistentDisk`. The messages are the warnings of the API server.
//!
//! # Why it matters
//!
//! The kubelet no longer has the driver: the pod waits for its volume for ever.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - {name: src, gitRepo: {repository: "https://example.com/a.git"}}
//! ```
//!
//! # Cure
//!
//! ```yaml
//! initContainers:
//!   - {name: clone, image: alpine/git, volumeMounts: [{name: src, mountPath: /src}]}
//! volumes:
//!   - {name: src, emptyDir: {}}
//! ```

use chartwright_kube::kind::Kind;
use chartwright_kube::pod::Pod;

use crate::finding::Severity;
use crate::rule::{Check, ObjectContext, Rule, Sink};

pub(super) static RULE: Rule = Rule {
    id: "deprecated-volume",
    severity: Severity::Warning,
    by_default: true,
    group: "Deprecations",
    aliases: &[],
    reason: "The kubelet no longer has the driver: the pod waits for its volume for ever.",
    cure: "Use a CSI driver, or an init container that fetches what is needed.",
    check: Check::Object(check),
};

/// `pkg/api/pod/warnings.go`
const GONE: &[(&str, &str)] = &[
    ("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
    ("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
    ("flocker", "deprecated in v1.22, non-functional in v1.25+"),
    ("storageos", "deprecated in v1.22, non-functional in v1.25+"),
    ("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
    ("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
    ("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
    ("rbd", "deprecated in v1.28, non-functional in v1.31+"),
];
/// The release that no longer clones repositories by default.
const NO_REPOSITORIES: u32 = 33;

fn check<'t>(context: ObjectContext<'t>, sink: &mut Sink<'_, 't>) {
    let object = context.object;
    let own = object.spec_node().filter(|_| object.kind() == Kind::PersistentVolume);
    let volumes = object.pod().map(Pod::spec).into_iter().flat_map(|spec| spec.items_at("volumes"));
    for volume in volumes.chain(own) {
        for (kind, message) in GONE {
            if let Some(node) = volume.get(kind) {
                sink.report(object, node, (*message).to_owned());
            }
        }
        if let Some(node) = volume.get("gitRepo") {
            let off = context.minor >= NO_REPOSITORIES;
            let message = if off { "deprecated in v1.11, and disabled by default in v1.33+" } else { "deprecated in v1.11" };
            sink.report(object, node, message.to_owned());
        }
    }
}

//! `hostPathVolumes`: a volume that is a directory of the node.
//!
//! # What it checks
//!
//! No volume has the type `hostPath`.
//!
//! # Why it matters
//!
//! Through the node's files a pod reads other pods' secrets or changes what the node runs. It also ties data to one node, where it is
//! lost when the pod moves.
//!
//! # Example
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     hostPath:
//!       path: /var/data
//! ```
//!
//! # Cure
//!
//! ```yaml
//! volumes:
//!   - name: data
//!     persistentVolumeClaim:
//!       claimName: data
//! ```

use crate::finding::Severity;
use crate::rule::{Check, Rule};

pub(super) static RULE: Rule = Rule {
    id: "hostPathVolumes",
    severity: Severity::Warning,
    by_default: true,
    group: "PSS baseline",
    aliases: &[
        "polaris:hostPathSet",
        "trivy:KSV023",
        "kubescape:C-0048",
        "kubescape:C-0203",
        "kyverno:disallow-host-path",
        "datree:CONTAINERS_INCORRECT_KEY_HOSTPATH",
    ],
    reason: "Through the node's files a pod reads other pods' secrets or changes what the node runs.",
    cure: "Use a PersistentVolumeClaim, an emptyDir or a ConfigMap.",
    check: Check::Pod(|context, sink| sink.standard(context)),
};
